//! Days by which something has to be done: the end of a SCIM key, renewals, prices, and the calendar of them all.

use crate::case::{Case, Ran};

const USERS: &str = "\
User id,User name,email,User status,Added to org,Org role,Jira - acme,Last seen in Jira - acme
712020:a1,Ana Ruiz,ana@acme.example,Active,3 Jan 2024,,User,12 Nov 2026
712020:b2,Ben Cho,ben@acme.example,Active,15 Aug 2025,,User,Never accessed
";

/// A report of two users under a configuration, as of a day.
fn report(configuration: &str, as_of: &str) -> Ran {
    Case::new()
        .file("users.csv", USERS)
        .file("seatledger.toml", configuration)
        .args([
            "report", "DIR", "--as-of", as_of, "--full", "--out", "DIR/out",
        ])
        .any_stdout()
        .any_stderr()
        .run()
}

fn deadlines(ran: &Ran) -> Vec<String> {
    let rows = ran.csv("deadlines.csv");
    let shown = rows.shown(&["day", "kind", "days_left", "what"]);
    shown.into_iter().collect()
}

/// The summary without its line breaks and columns.
fn words(ran: &Ran) -> String {
    let words: Vec<&str> = ran.stdout.split_whitespace().collect();
    words.join(" ")
}

#[test]
fn an_older_key_ends_between_two_days_and_neither_is_dropped() {
    let ran = report("[scim]\nkey_created = 2023-06-01\n", "2026-11-20");
    assert_eq!(
        deadlines(&ran),
        [
            "2026-05-01 | scim-key-expires | -203 | SCIM key of 2023-06-01 expires on this day at the earliest, on \
             2027-05-01 at the latest (reported)",
            "2027-05-01 | scim-key-expires | 162 | SCIM key of 2023-06-01 expires on this day at the latest, on \
             2026-05-01 at the earliest (reported)",
        ]
    );
    let words = words(&ran);
    assert!(words.contains("2026-05-01 past"), "{words}");
    assert!(words.contains("2027-05-01 162"), "{words}");
    let findings = ran.csv("findings.csv").shown(&["code", "evidence"]);
    let key = "scim-key-expiry | the key of 2023-06-01 expires on a day between 2026-05-01 and 2027-05-01 (reported), \
               so it may have expired already";
    assert!(findings.iter().any(|row| row == key), "{findings:?}");
}

#[test]
fn a_key_lasts_a_calendar_year_and_its_finding_says_the_same_day() {
    let ran = report("[scim]\nkey_created = 2027-06-01\n", "2028-05-01");
    assert_eq!(
        deadlines(&ran),
        ["2028-06-01 | scim-key-expires | 31 | SCIM key of 2027-06-01 expires"]
    );
    let findings = ran.csv("findings.csv").shown(&["code", "evidence"]);
    let key = "scim-key-expiry | the key of 2027-06-01 expires on 2028-06-01, in 31 days";
    assert!(findings.iter().any(|row| row == key), "{findings:?}");
}

#[test]
fn a_day_long_past_is_told_all_the_same() {
    let ran = report(
        "[[product]]\nproduct = \"Jira\"\nsite = \"acme\"\nplan = \"Standard\"\nrenewal = 2024-03-01\n",
        "2026-11-20",
    );
    assert!(words(&ran).contains("2024-03-01 past Jira Standard on acme renews"));
}

#[test]
fn a_key_without_an_end_is_no_finding() {
    let ran = report(
        "[organisation]\nidentity_provider = \"google\"\n\n[scim]\nkey_created = 2025-06-01\n",
        "2026-11-20",
    );
    assert_eq!(deadlines(&ran), [""; 0]);
    let findings = ran.csv("findings.csv");
    assert!(!findings.column("code").contains(&"scim-key-expiry"));
}

#[test]
fn a_price_first_seen_later_is_no_change_and_guards_is_told_when_guard_is_held() {
    let jira = "[[product]]\nproduct = \"Jira\"\nsite = \"acme\"\nplan = \"Premium\"\n";
    let without = report(jira, "2026-04-01");
    assert_eq!(deadlines(&without), [""; 0]);
    let held = format!("[guard]\nheld = \"premium\"\n\n{jira}");
    let with = report(&held, "2026-04-01");
    assert_eq!(
        deadlines(&with),
        [
            "2026-07-20 | price-changes | 110 | Atlassian Guard Premium may cost $8.18 a user and month at list from \
             this day (unverified)",
            "2026-07-20 | price-changes | 110 | Atlassian Guard Standard may cost $4.20 a user and month at list from \
             this day (unverified)",
        ]
    );
}

#[test]
fn a_contracts_price_makes_an_unverified_list_price_beside_the_point() {
    let own = "[guard]\nheld = \"standard\"\n\n[[contract]]\nproduct = \"Guard\"\nplan = \"Standard\"\nprice = \"3.80\"\n";
    assert_eq!(deadlines(&report(own, "2026-11-20")), [""; 0]);
}

#[test]
fn seats_that_save_nothing_are_told_with_the_day_of_the_renewal_and_a_year_with_its_months() {
    let configuration = "\
[[product]]
product = \"Jira\"
site = \"acme\"
plan = \"Standard\"
renewal = 2027-03-01

[[contract]]
product = \"Jira\"
plan = \"Standard\"
site = \"acme\"
mode = \"tiers\"
billing = \"annual\"
annual_months = 10
bands = [{ up_to = 500, price = \"7.90\" }, { price = 7 }]
";
    let ran = report(configuration, "2026-11-20");
    let note = "The one wasted seat of Jira · acme saves nothing before 2027-03-01, nor then: the tier of 500 \
                users is billed whole";
    assert!(words(&ran).contains(note), "{}", ran.stdout);
    let working =
        "500 users × $7.90 = $3,950.00 a month × 10 months = $39,500.00 a year (contract)";
    let products = ran.csv("waste_by_product.csv");
    assert_eq!(products.column("working")[0], working);
    assert_eq!(
        ran.csv("savings.csv").column("working")[0],
        format!(
            "today {working}; after 500 users × $7.90 = $3,950.00 a month × 10 months = $39,500.00 a year"
        )
    );
}
