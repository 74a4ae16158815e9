//! `explain EMAIL` names the rule that decided, by its place in its table.

use std::collections::BTreeMap;

use crate::case::{AS_OF, Case, Rows, sample_report};

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

#[test]
fn a_finished_report_explains_figures_as_they_are_and_nothing_else() {
    let written = Case::sample().report().run();
    let refused = |what: &str, more: &[&str], message: &str| {
        let folder = Case::holding(&written, "out");
        let case = folder
            .args(["explain", what, "DIR"])
            .args(more.iter().copied());
        let ran = case.any_status().any_stderr().run();
        assert_eq!((ran.status, ran.stderr), (2, message.to_owned()));
    };
    let as_they_are = "error: DIR/report.json is a finished report, and its figures are explained as they are\n\n\
                       hint: name it alone and without options that change figures, or name the exports instead\n";
    refused("figures", &["--set", "it_hourly_rate=75"], as_they_are);
    refused("figures", &["--as-of", AS_OF], as_they_are);
    refused("figures", &["DIR"], as_they_are);
    refused(
        "figures",
        &["--simulate", "100"],
        "error: DIR/report.json is a finished report: nothing is drawn again\n\n\
         hint: leave out --simulate, or name the exports\n",
    );
    refused(
        "a@northlight.example",
        &[],
        "error: DIR/report.json holds figures and no accounts\n\nhint: name the exports to explain an account\n",
    );
}

#[test]
fn a_report_that_is_not_as_one_is_written_is_refused_with_the_way_out() {
    let report = String::from_utf8(sample_report().bytes("out/report.json")).expect("UTF-8");
    let part = report.find("\"parts\": [").expect("a figure with parts") + 10;
    let cases = [
        (
            report.replacen("seatledger-report/3", "seatledger-report/2", 1),
            "it is of the form seatledger-report/2, and this program reads seatledger-report/3",
        ),
        (
            report[..report.len() / 2].to_owned(),
            "it is not as a report writes it",
        ),
        (
            format!("{}9999{}", &report[..=part], &report[part..]),
            "is not as a report writes it",
        ),
        (
            report.replacen("\"rule\": \"sum\"", "\"rule\": \"magic\"", 1),
            "is not as a report writes it",
        ),
    ];
    for (text, message) in cases {
        let ran = Case::new()
            .file("report.json", text)
            .args(["explain", "figures", "DIR/report.json"])
            .any_status()
            .any_stderr()
            .run();
        assert_eq!(ran.status, 1);
        let said = &ran.stderr;
        assert!(
            said.starts_with("error: DIR/report.json: ") && said.contains(message),
            "{said}"
        );
        assert!(
            said.ends_with(
                "hint: write the report again with `seatledger report`, or name the exports\n"
            ),
            "{said}"
        );
    }
}
