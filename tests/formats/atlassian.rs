//! What Atlassian exports.

use super::{PEOPLE, recognised, told, warnings};
use crate::case::{Case, Ran};

const CLAIMED: &str = "[organisation]\ndomains = [\"harbour.example\"]\n";

/// Reads an Atlassian fixture against the people.
#[track_caller]
fn atlassian(fixture: &str, expected: &str) -> Ran {
    let ran = Case::new()
        .file("people.csv", PEOPLE)
        .file("seatledger.toml", CLAIMED)
        .fixture(&format!("formats/{fixture}"))
        .report()
        .run();
    assert_eq!(told(&ran), expected, "{fixture}");
    ran
}

#[track_caller]
fn count_of(ran: &Ran, finding: &str) -> usize {
    let findings = ran.csv("findings.csv");
    let codes = findings.column("code");
    codes.iter().filter(|code| **code == finding).count()
}

#[test]
fn users_export_with_days_last_seen_alone() {
    let ran = atlassian(
        "users_last_seen_only.csv",
        "7 records = 7 + 0; 2 present, 1 left\n\
         4 accounts: disabled 2, orphaned 1, current 1\n\
         2 seats: active 1, inactive 1",
    );
    assert_eq!(
        recognised(&ran, "users_last_seen_only.csv"),
        "Atlassian users export CSV, UTF-8"
    );
    let warnings = warnings(&ran);
    assert!(
        warnings.iter().any(|text| text.starts_with(
            "users_last_seen_only.csv has days last seen without app access for \
             Last seen in Jira Service Management - harbour, Last seen in Jira - harbour"
        )),
        "{warnings:?}"
    );
}

#[test]
fn users_export_with_access() {
    let ran = atlassian(
        "users_access.csv",
        "8 records = 8 + 0; 2 present, 1 left\n\
         5 accounts: disabled 1, orphaned 1, unmatched 1, current 2\n\
         6 seats: unreported 1, active 1, inactive 2, new 2",
    );
    let products = ran.csv("waste_by_product.csv");
    assert_eq!(
        products.shown(&["product", "site", "seats", "wasted"]),
        [
            "Bitbucket | harbour | 1 | 0",
            "Confluence | harbour | 2 | 1",
            "Jira | harbour | 3 | 1"
        ]
    );
}

#[test]
fn users_export_with_a_row_for_each_group() {
    let ran = atlassian(
        "users_group_rows.csv",
        "9 records = 9 + 0; 2 present, 1 left\n\
         4 accounts: disabled 2, orphaned 1, current 1\n\
         3 seats: orphaned 1, active 1, inactive 1",
    );
    assert_eq!(count_of(&ran, "suspended-in-groups"), 1);
}

#[test]
fn users_export_with_groups_in_columns() {
    let ran = atlassian(
        "users_pivoted_groups.csv",
        "6 records = 6 + 0; 2 present, 1 left\n\
         3 accounts: disabled 2, current 1\n\
         1 seats: active 1",
    );
    assert_eq!(count_of(&ran, "suspended-in-groups"), 1);
}

#[test]
fn users_export_with_groups_in_one_cell() {
    let ran = atlassian(
        "users_group_membership.csv",
        "5 records = 5 + 0; 2 present, 1 left\n\
         2 accounts: disabled 1, current 1\n\
         1 seats: active 1",
    );
    assert_eq!(count_of(&ran, "suspended-in-groups"), 1);
}

/// A product under its former and its present name is one seat, with the later use of the two.
#[test]
fn users_export_with_renamed_products() {
    let ran = atlassian(
        "users_renamed_products.csv",
        "7 records = 7 + 0; 2 present, 1 left\n\
         4 accounts: orphaned 1, unmatched 1, current 2\n\
         8 seats: orphaned 2, active 3, inactive 1, never-active 2",
    );
    let products = ran.csv("waste_by_product.csv");
    assert_eq!(
        products.shown(&["product", "site", "seats"]),
        [
            "Jira | harbour | 4",
            "Jira Service Management | harbour-two | 4"
        ]
    );
}

#[test]
fn users_export_with_many_words_of_access() {
    atlassian(
        "users_access_words.csv",
        "10 records = 10 + 0; 2 present, 1 left\n\
         7 accounts: app 1, customer 2, external 1, unmatched 1, current 2\n\
         4 seats: active 4",
    );
}

#[test]
fn managed_accounts() {
    let ran = atlassian(
        "managed_accounts.csv",
        "9 records = 9 + 0; 2 present, 1 left\n\
         6 accounts: disabled 2, orphaned 1, unmatched 2, current 1\n\
         5 seats: orphaned 1, sandbox 1, unreported 3",
    );
    assert_eq!(
        ran.csv("guard_billing.csv")
            .shown(&["plan", "verdict", "reason", "accounts"]),
        [
            "standard | billable | counted-product | 2",
            "standard | billable | free-trello-only | 1",
            "standard | not-billable | disabled-account | 2",
            "standard | not-billable | non-billable-policy | 1",
            "premium | billable | jira-or-confluence | 3",
            "premium | not-billable | disabled-account | 2",
            "premium | not-billable | no-jira-or-confluence | 1",
        ]
    );
}

/// Both exports together: one account each, uses of the one and sites of the other.
#[test]
fn users_export_and_managed_accounts_together() {
    let ran = Case::new()
        .file("people.csv", PEOPLE)
        .fixture("formats/users_access.csv")
        .fixture("formats/managed_accounts.csv")
        .report()
        .run();
    // Dee and Eve are disabled in one of the two files; Flo and Gus are managed accounts alone.
    assert_eq!(
        told(&ran),
        "14 records = 14 + 0; 2 present, 1 left\n\
         7 accounts: disabled 3, orphaned 1, unmatched 1, current 2\n\
         7 seats: orphaned 1, unreported 2, active 1, inactive 1, new 2"
    );
}

/// A group is named in one cell with others, in a column of its own or in a row of its own: each makes Ana exempt.
#[test]
fn the_members_of_an_exempt_group_are_never_waste() {
    for file in [
        "users_group_rows.csv",
        "users_pivoted_groups.csv",
        "users_group_membership.csv",
    ] {
        let exempt = |group: &str| {
            let config = format!("[[exempt]]\ngroup = \"{group}\"\nreason = \"on call\"\n");
            let ran = Case::new()
                .fixture(&format!("formats/{file}"))
                .file("people.csv", PEOPLE)
                .file("seatledger.toml", config)
                .report()
                .run();
            let exempt = ran.csv("waste_by_product.csv").sum("exempt");
            let said = ran
                .csv("assumptions.csv")
                .column("source")
                .contains(&"on call");
            (exempt > 0, said)
        };
        assert_eq!(exempt("Org-Admins"), (true, true), "{file}");
        assert_eq!(exempt("nobody's"), (false, true), "{file}");
    }
}
