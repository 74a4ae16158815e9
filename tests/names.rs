//! Misspelt names in the configuration: a warning with the line and the name that was likely meant, never an error.

use crate::case::{AS_OF, Case};

const USERS: &str = "\
User id,User name,email,User status,Added to org,Org role,Jira - acme,Last seen in Jira - acme,Confluence - acme-labs,Last seen in Confluence - acme-labs
712020:a1,Ana Ruiz,ana@acme.example,Active,3 Jan 2024,,User,12 Nov 2026,User,12 Nov 2026
";

/// The lines of `report` and of `check` that warn of a name.
fn warnings(configuration: &str) -> Vec<String> {
    let case = || {
        Case::new()
            .file("users.csv", USERS)
            .file("seatledger.toml", configuration)
    };
    let report = case()
        .args(["report", "DIR", "--as-of", AS_OF, "--out", "DIR/out"])
        .any_stdout()
        .any_stderr()
        .run();
    let of = |summary: &serde_json::Value| -> Vec<String> {
        let all = summary.as_array().expect("a list").iter();
        let texts = all.map(|text| text.as_str().expect("text").to_owned());
        texts
            .filter(|text| text.starts_with("seatledger.toml:"))
            .collect()
    };
    let told = of(&report.json()["summary"]["warnings"]);
    let check = case()
        .args(["check", "DIR", "--as-of", AS_OF, "--format", "json"])
        .any_stdout()
        .run();
    let check: serde_json::Value = serde_json::from_str(&check.stdout).expect("JSON");
    let notes = check["notes"].as_array().expect("notes").iter();
    let doubts = notes.filter(|note| note["doubt"] == true);
    let texts: Vec<serde_json::Value> = doubts.map(|note| note["text"].clone()).collect();
    assert_eq!(of(&texts.into()), told);
    told
}

#[test]
fn a_name_that_is_not_known_is_told_with_its_line_and_the_nearest_one() {
    let configuration = "\
[[contract]]
product = \"Jirra\"
price = 7

[[contract]]
product = \"Jira\"
plan = \"Standart\"
price = 7

[[product]]
product = \"Jira\"
site = \"acne\"
price = \"7\"

[[product]]
product = \"Confluence\"
site = \"nosuchsite\"
renewal = 2027-03-01

[[product]]
product = \"Confluence\"
site = \"acme-labs\"
plan = \"Premum\"

[[contract]]
product = \"Jira\"
plan = \"Premium\"
price = 12
";
    assert_eq!(
        warnings(configuration),
        [
            "seatledger.toml:12: [[product]] is for a site \"acne\", which no export has, and changes no figure; did \
             you mean \"acme\"?",
            "seatledger.toml:17: [[product]] is for a site \"nosuchsite\", which no export has, and changes no figure; \
             there are acme, acme-labs",
            "seatledger.toml:23: [[product]] is for a plan \"Premum\" of Confluence, which is not known, and has no \
             price; did you mean \"Premium\"?",
            "seatledger.toml:2: [[contract]] is for a product \"Jirra\", which nothing is called, and changes no \
             figure; did you mean \"Jira\"?",
            "seatledger.toml:7: [[contract]] is for a plan \"Standart\" of Jira, which is not known, and changes no \
             figure; did you mean \"Standard\"?",
            "seatledger.toml:26: [[contract]] is for nothing that the exports have, and changes no figure; they have \
             Jira Standard on acme",
        ]
    );
}

#[test]
fn what_is_for_something_or_waits_for_seats_is_no_doubt() {
    let configuration = "\
[[contract]]
product = \"guard\"
plan = \"premium\"
price = 6

[[contract]]
product = \"jira\"
plan = \"Enterprise\"
price = 12

[[contract]]
product = \"Jira Software\"
price = 7

[[contract]]
product = \"Compass\"
plan = \"Standard\"
price = 7

[[product]]
product = \"Confluence\"
site = \"https://acme-labs.atlassian.net/\"
plan = \"Academic\"
price = \"3\"
";
    assert_eq!(warnings(configuration), [""; 0]);
}
