//! Every CSV format in its documented shape: a fixture of invented people for each, and the exact counts it gives.
//!
//! The people are the same throughout: Ana works here, Ben has left or is disabled, Cy has two addresses, Dee is in
//! no directory, Gil is a partner's. A format that loses a fact shows as another count.

use serde_json::Value;

use crate::case::{Case, Ran};

/// The accounts that directories are held against: each has a seat of Jira.
const ACCOUNTS: &str = "\
User id,User name,email,User status,Added to org,Org role,Jira - harbour,Last seen in Jira - harbour
u1,Ana Ruiz,ana@harbour.example,Active,3 Jan 2024,,User,12 Nov 2026
u2,Ben Cho,ben@harbour.example,Active,3 Jan 2024,,User,1 Nov 2026
u3,Cy Diaz,cy.diaz@harbour.example,Active,3 Jan 2024,,User,Never accessed
u4,Dee Ek,dee@harbour.example,Active,3 Jan 2024,,User,1 Jan 2026
u5,Gil Partner,gil@partner.example,Active,3 Jan 2024,,User,12 Nov 2026
";

/// The directory that Atlassian exports are held against.
const PEOPLE: &str = "\
email,status,department
ana@harbour.example,Active,IT
ben@harbour.example,Terminated,Sales
cy@harbour.example,Active,IT
";
const CLAIMED: &str = "[organisation]\ndomains = [\"harbour.example\"]\n";

/// The counts of a report in a few lines: zeros are left out.
fn told(ran: &Ran) -> String {
    let json = ran.json();
    let counts = &json["counts"];
    let named = |list: &Value| {
        let shown = list.as_array().expect("a list").iter().filter_map(|entry| {
            let count = entry["count"].as_u64().filter(|&count| count > 0)?;
            Some(format!("{} {count}", entry["name"].as_str()?))
        });
        shown.collect::<Vec<_>>().join(", ")
    };
    format!(
        "{} records = {} + {}; {} present, {} left\n{} accounts: {}\n{} seats: {}",
        counts["records"],
        counts["accepted"],
        counts["rejected"],
        counts["people_present"],
        counts["people_left"],
        counts["accounts"],
        named(&counts["standings"]),
        counts["seats"],
        named(&counts["uses"]),
    )
}

fn warnings(ran: &Ran) -> Vec<String> {
    let json = ran.json();
    let list = json["summary"]["warnings"].as_array().expect("warnings");
    list.iter()
        .map(|text| text.as_str().expect("text").to_owned())
        .collect()
}

/// What one input is: its format and encoding.
fn recognised(ran: &Ran, file: &str) -> String {
    let json = ran.json();
    let mut inputs = json["inputs"].as_array().expect("inputs").iter();
    let input = inputs
        .find(|input| input["name"] == file)
        .unwrap_or_else(|| panic!("{file} is among the inputs"));
    let text = |key: &str| input[key].as_str().expect("text").to_owned();
    format!("{}, {}", text("format"), text("encoding"))
}

/// Reads a directory fixture against the accounts.
#[track_caller]
fn directory(fixture: &str, format: &str, expected: &str) -> Ran {
    let ran = Case::new()
        .file("users.csv", ACCOUNTS)
        .fixture(&format!("formats/{fixture}"))
        .report()
        .run();
    assert_eq!(recognised(&ran, fixture), format);
    assert_eq!(told(&ran), expected, "{fixture}");
    ran
}

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

// --- Atlassian -------------------------------------------------------------------------------------------------

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

// --- directories -----------------------------------------------------------------------------------------------

/// Cy is known by both addresses, Dee and Gil by none.
const ALL_TOLD: &str = "8 records = 8 + 0; 2 present, 1 left\n\
    5 accounts: external 1, orphaned 1, unmatched 1, current 2\n\
    5 seats: orphaned 1, active 2, inactive 1, never-active 1";

#[test]
fn google_workspace_portal() {
    directory(
        "google_users.csv",
        "Google Workspace users CSV, UTF-8",
        "8 records = 8 + 0; 2 present, 1 left\n\
         5 accounts: external 1, orphaned 1, unmatched 2, current 1\n\
         5 seats: orphaned 1, active 2, inactive 1, never-active 1",
    );
}

#[test]
fn entra_portal_of_the_older_generation() {
    directory("entra_old.csv", "Entra users CSV, UTF-8", ALL_TOLD);
}

#[test]
fn entra_portal_of_the_newer_generation_with_a_guest() {
    directory(
        "entra_new.csv",
        "Entra users CSV, UTF-8",
        "9 records = 9 + 0; 3 present, 1 left\n\
         5 accounts: orphaned 1, unmatched 1, current 3\n\
         5 seats: orphaned 1, active 2, inactive 1, never-active 1",
    );
}

#[test]
fn microsoft_365_admin_center() {
    directory(
        "microsoft_365.csv",
        "Microsoft 365 users CSV, UTF-8",
        "9 records = 9 + 0; 2 present, 2 left\n\
         5 accounts: external 1, orphaned 1, unmatched 1, current 2\n\
         5 seats: orphaned 1, active 2, inactive 1, never-active 1",
    );
}

#[test]
fn graph_without_the_status_leaves_people_unknown_and_says_so() {
    let ran = directory(
        "graph_without_status.csv",
        "Microsoft Graph users CSV, UTF-8",
        "8 records = 8 + 0; 0 present, 0 left\n\
         5 accounts: external 1, unmatched 1, unknown 3\n\
         5 seats: active 3, inactive 1, never-active 1",
    );
    let said = "graph_without_status.csv has no column that tells who is disabled: 3 people count as unknown; \
        export it with the status (Entra: accountEnabled)";
    assert!(
        warnings(&ran).iter().any(|text| text == said),
        "{:?}",
        warnings(&ran)
    );
}

#[test]
fn powershell_get_mguser_with_a_blank_status() {
    let ran = directory(
        "get_mguser.csv",
        "Microsoft Graph users CSV, UTF-8",
        "8 records = 8 + 0; 1 present, 1 left\n\
         5 accounts: external 1, orphaned 1, unmatched 1, unknown 1, current 1\n\
         5 seats: orphaned 1, active 2, inactive 1, never-active 1",
    );
    let said = "get_mguser.csv: 1 people have no status: their accounts are counted as unknown";
    assert!(
        warnings(&ran).iter().any(|text| text == said),
        "{:?}",
        warnings(&ran)
    );
}

/// UTF-16 with its mark, `#TYPE` first, and an account of no person: listed, not lost.
#[test]
fn active_directory_get_aduser() {
    let ran = directory(
        "get_aduser.csv",
        "Active Directory CSV (Get-ADUser), UTF-16LE",
        "9 records = 8 + 1; 2 present, 1 left\n\
         5 accounts: external 1, orphaned 1, unmatched 1, current 2\n\
         5 seats: orphaned 1, active 2, inactive 1, never-active 1",
    );
    assert_eq!(
        ran.csv("rejects.csv").shown(&["file", "line", "reason"]),
        ["get_aduser.csv | 6 | neither an address nor an employee id: nothing can match it"]
    );
}

#[test]
fn active_directory_csvde() {
    let ran = directory(
        "csvde.csv",
        "Active Directory CSV (csvde), Windows-1252",
        ALL_TOLD,
    );
    let departments = ran.csv("accounts.csv");
    assert_eq!(
        departments.column("department"),
        ["IT", "Sales", "Müllerei", "", ""]
    );
}

#[test]
fn okta_rockstar() {
    directory(
        "okta_rockstar.csv",
        "Okta users CSV (Rockstar), UTF-8",
        &ALL_TOLD.replace("8 records = 8", "9 records = 9"),
    );
}

#[test]
fn okta_password_health() {
    directory(
        "okta_password_health.csv",
        "Okta Password Health CSV, UTF-8",
        "9 records = 8 + 1; 2 present, 1 left\n\
         5 accounts: external 1, orphaned 1, unmatched 2, current 1\n\
         5 seats: orphaned 1, active 2, inactive 1, never-active 1",
    );
}

#[test]
fn gam_with_lists_in_numbered_columns() {
    directory("gam.csv", "GAM users CSV, UTF-8", ALL_TOLD);
}

#[test]
fn gam_of_the_legacy_layout() {
    directory("gam_legacy.csv", "GAM users CSV (legacy), UTF-8", ALL_TOLD);
}

#[test]
fn gam_with_addresses_alone() {
    directory(
        "gam_addresses_only.csv",
        "GAM users CSV, UTF-8",
        "8 records = 8 + 0; 0 present, 0 left\n\
         5 accounts: external 1, unmatched 2, unknown 2\n\
         5 seats: active 3, inactive 1, never-active 1",
    );
}

#[test]
fn jumpcloud_group_report_has_one_person_in_several_rows() {
    directory(
        "jumpcloud_groups.csv",
        "JumpCloud group report CSV, UTF-8",
        "10 records = 9 + 1; 1 present, 1 left\n\
         5 accounts: external 1, orphaned 1, unmatched 2, current 1\n\
         5 seats: orphaned 1, active 2, inactive 1, never-active 1",
    );
}

#[test]
fn jumpcloud_exporter_does_not_say_who_is_suspended() {
    directory(
        "jumpcloud_exporter.csv",
        "JumpCloud users CSV, UTF-8",
        "8 records = 8 + 0; 0 present, 0 left\n\
         5 accounts: external 1, unmatched 2, unknown 2\n\
         5 seats: active 3, inactive 1, never-active 1",
    );
}

#[test]
fn onelogin_by_the_usual_names_of_columns() {
    directory("onelogin.csv", "roster, UTF-8", ALL_TOLD);
}

/// Ben leaves on the day of the report, Cy the day after.
#[test]
fn roster_with_leavers_to_come() {
    let ran = directory(
        "roster_with_leavers_to_come.csv",
        "roster, UTF-8",
        "9 records = 9 + 0; 2 present, 2 left\n\
         5 accounts: external 1, orphaned 2, unmatched 1, current 1\n\
         5 seats: orphaned 2, active 2, never-active 1",
    );
    let accounts = ran.csv("accounts.csv");
    assert_eq!(
        accounts.shown(&["email", "standing_reason"])[1],
        "ben@harbour.example | left-by-date"
    );
}

#[test]
fn bamboohr_report() {
    directory(
        "bamboohr.csv",
        "roster, UTF-8",
        "9 records = 9 + 0; 2 present, 2 left\n\
         5 accounts: external 1, orphaned 1, unmatched 2, current 1\n\
         5 seats: orphaned 1, active 2, inactive 1, never-active 1",
    );
}

#[test]
fn workday_report() {
    directory(
        "workday.csv",
        "roster, UTF-8",
        "8 records = 8 + 0; 2 present, 1 left\n\
         5 accounts: external 1, orphaned 1, unmatched 2, current 1\n\
         5 seats: orphaned 1, active 2, inactive 1, never-active 1",
    );
}

/// HR has no addresses and the identity provider no leavers: the employee id leads from one to the other.
#[test]
fn an_employee_id_is_the_bridge_from_hr_to_addresses() {
    let ran = Case::new()
        .file("users.csv", ACCOUNTS)
        .fixture("formats/hr_by_employee_id.csv")
        .fixture("formats/idp_with_employee_ids.csv")
        .report()
        .run();
    assert_eq!(
        told(&ran),
        "12 records = 12 + 0; 2 present, 2 left\n\
         5 accounts: external 1, orphaned 1, unmatched 2, current 1\n\
         5 seats: orphaned 1, active 2, inactive 1, never-active 1"
    );
    let accounts = ran.csv("accounts.csv");
    assert_eq!(
        accounts.shown(&["email", "standing", "department"])[..2],
        [
            "ana@harbour.example | current | IT",
            "ben@harbour.example | orphaned | Sales"
        ]
    );
}

/// Whoever is not on the list may well work here; whoever leaves next month still does.
#[test]
fn a_list_of_leavers_alone() {
    let ran = Case::new()
        .file("users.csv", ACCOUNTS)
        .fixture("formats/leavers.csv")
        .report()
        .args(["--leavers-only", "leavers.csv"])
        .run();
    assert_eq!(
        recognised(&ran, "leavers.csv"),
        "roster (leavers only), UTF-8"
    );
    assert_eq!(
        told(&ran),
        "8 records = 8 + 0; 1 present, 2 left\n\
         5 accounts: external 1, orphaned 1, unknown 2, current 1\n\
         5 seats: orphaned 1, active 2, inactive 1, never-active 1"
    );
}

#[test]
fn a_list_of_leavers_by_the_configuration_beside_a_roster() {
    let ran = Case::new()
        .file("users.csv", ACCOUNTS)
        .file(
            "seatledger.toml",
            "[input]\nleavers_only = [\"leavers.csv\"]\n",
        )
        .file("people.csv", PEOPLE.replace("Terminated", "Active"))
        .fixture("formats/leavers.csv")
        .report()
        .run();
    let accounts = ran.csv("accounts.csv");
    assert_eq!(
        accounts.column("standing"),
        ["current", "orphaned", "unmatched", "current", "external"]
    );
}

/// A workbook: a title above the table, days as days, ids as numbers, a second sheet that is none.
#[test]
fn a_workbook() {
    let ran = Case::new()
        .file("users.csv", ACCOUNTS)
        .fixture("formats/people.xlsx")
        .report()
        .run();
    assert_eq!(
        told(&ran),
        "9 records = 9 + 0; 2 present, 2 left\n\
         5 accounts: external 1, orphaned 2, current 2\n\
         5 seats: orphaned 2, active 2, never-active 1"
    );
    let accounts = ran.csv("accounts.csv");
    assert_eq!(
        accounts.shown(&["email", "standing_reason", "department"]),
        [
            "ana@harbour.example | person-present | IT",
            "ben@harbour.example | left-by-date | Sales",
            "cy.diaz@harbour.example | person-present | IT",
            "dee@harbour.example | gone-in-directory | Sales",
            "gil@partner.example | domain-not-claimed | ",
        ]
    );
}

/// `[input.columns]` names what no synonym knows.
#[test]
fn columns_named_in_the_configuration() {
    let ran = Case::new()
        .file("users.csv", ACCOUNTS)
        .file(
            "seatledger.toml",
            "[input.columns]\nemail = \"Kontakt\"\nleft = \"Austritt\"\ndepartment = \"Abteilung\"\n",
        )
        .file(
            "liste.csv",
            "Name;Kontakt;Abteilung;Austritt\nAna Ruiz;ana@harbour.example;IT;\n\
             Ben Cho;ben@harbour.example;Vertrieb;30.09.2026\nCy Diaz;cy@harbour.example;IT;\n",
        )
        .report()
        .run();
    assert_eq!(
        told(&ran),
        "8 records = 8 + 0; 2 present, 1 left\n\
         5 accounts: external 1, orphaned 1, unmatched 2, current 1\n\
         5 seats: orphaned 1, active 2, inactive 1, never-active 1"
    );
}
