//! `explain EMAIL` names the rule that decided, by its place in its table.

use std::collections::BTreeMap;

use crate::case::{Case, Rows};

const USERS: &str = "User id,User name,email,User status,Added to org,Org role,Jira - acme,Last seen in Jira - acme,\
    Confluence - acme,Last seen in Confluence - acme,Jira - acme-sandbox-1,Last seen in Jira - acme-sandbox-1\n\
    u1,Ana,ana@acme.example,Active,1 Jan 2020,,User,19 Nov 2026,User,1 Jan 2026,User,Never accessed\n\
    u2,Ben,ben@acme.example,Active,1 Jan 2020,,User,19 Nov 2026,User,,,\n\
    u3,Cy,cy@acme.example,Suspended,1 Jan 2020,,User,19 Nov 2026,,,,\n";
const PEOPLE: &str = "email,status,termination date\nana@acme.example,Active,\nben@acme.example,Active,2026-11-01\n\
    cy@acme.example,Active,\n";

/// The words of one fact of an account's explanation, by what they are about.
fn told(email: &str, fact: &str) -> BTreeMap<String, String> {
    let ran = Case::new()
        .file("users.csv", USERS)
        .file("people.csv", PEOPLE)
        .args([
            "explain",
            email,
            "DIR",
            "--as-of",
            "2026-11-20",
            "--format",
            "csv",
        ])
        .any_stdout()
        .run();
    let rows = Rows::read(ran.stdout.as_bytes());
    let [subject, of, value] = ["subject", "fact", "value"].map(|column| rows.place(column));
    let told = rows.rows.iter().filter(|row| row[of] == fact);
    told.map(|row| (row[subject].clone(), row[value].clone()))
        .collect()
}

#[track_caller]
fn is_told(email: &str, expected: &[(&str, &str)]) {
    let told = told(email, "why");
    for (subject, why) in expected {
        assert_eq!(
            told.get(*subject).map(String::as_str),
            Some(*why),
            "{told:?}"
        );
    }
}

#[test]
fn the_rule_that_decided_is_named_by_its_place() {
    is_told(
        "ana@acme.example",
        &[
            (
                "standing",
                "rule 16 of 16: its person is present in the directory",
            ),
            (
                "Confluence",
                "rule 9 of 13: last seen longer ago than the limit",
            ),
        ],
    );
    is_told(
        "ben@acme.example",
        &[
            (
                "standing",
                "rule 9 of 16: its person left on or before the day of the report",
            ),
            ("Jira", "rule 3 of 13: its account is orphaned"),
            ("Confluence", "rule 3 of 13: its account is orphaned"),
        ],
    );
    is_told(
        "cy@acme.example",
        &[
            ("standing", "rule 3 of 16: it is suspended at Atlassian"),
            (
                "Guard Standard",
                "rule 3 of 14: it is disabled: not counted",
            ),
            (
                "Jira",
                "rule 2 of 13: an account of this standing holds no billed seat",
            ),
        ],
    );
}
