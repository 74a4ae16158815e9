//! The day of a report: stated, or the newest day on which something happened. Never the clock's.

use crate::case::{Case, Ran};

const HEADER: &str = "User id,User name,email,User status,Added to org,Org role,Jira - harbour,Last seen in Jira - harbour";

fn users(added: &str, seen: &str) -> String {
    format!(
        "{HEADER}\nu1,Ana Ruiz,ana@harbour.example,Active,3 Jan 2024,,User,{seen}\n\
         u2,Ben Cho,ben@harbour.example,Active,{added},,User,Never accessed\n"
    )
}

const PEOPLE: &str =
    "email,status,end date\nana@harbour.example,Active,2027-03-31\nben@harbour.example,Active,\n";

/// A report without a stated day, as seen on 2026-11-24.
fn report(files: &[(&str, &str)]) -> Case {
    let with = |case: Case, (name, text): &(&str, &str)| case.file(name, text);
    files
        .iter()
        .fold(Case::new(), with)
        .args(["report", "DIR", "--out", "DIR/out"])
        .any_stdout()
}

fn day(ran: &Ran) -> String {
    ran.json()["as_of"].as_str().expect("a day").to_owned()
}

#[test]
fn the_newest_use_or_addition_is_the_day() {
    for (added, seen, expected) in [
        ("3 Jan 2024", "12 Nov 2026", "2026-11-12"),
        ("14 Nov 2026", "12 Nov 2026", "2026-11-14"),
        // Today is no future day, tomorrow is.
        ("3 Jan 2024", "24 Nov 2026", "2026-11-24"),
        ("12 Nov 2026", "25 Nov 2026", "2026-11-12"),
    ] {
        let ran = report(&[("users.csv", &users(added, seen)), ("people.csv", PEOPLE)])
            .any_stderr()
            .run();
        assert_eq!(day(&ran), expected, "added {added}, seen {seen}");
        let inferred = ran
            .csv("assumptions.csv")
            .shown(&["name", "value", "basis"]);
        assert!(
            inferred.contains(&format!("day of the report | {expected} | inferred")),
            "{inferred:#?}"
        );
    }
}

/// The clock decides nothing but a line on standard error.
#[test]
fn old_exports_are_told_once_and_change_no_file() {
    let files: [(&str, &str); 2] = [
        ("users.csv", &users("3 Jan 2024", "12 Aug 2026")),
        ("people.csv", PEOPLE),
    ];
    let fresh = report(&files).today("2026-09-12").any_stderr().run();
    assert!(!fresh.stderr.contains("note:"), "{}", fresh.stderr);
    let note = "note: the newest day in the exports is 2026-08-12, 32 days ago: the report is for that day; export again \
        for a later one\n";
    let files_written = fresh.files("out").len();
    let old = report(&files)
        .today("2026-09-13")
        .stderr(format!("{note}wrote {files_written} files to DIR/out\n"))
        .run();
    assert_eq!(fresh.files("out"), old.files("out"));
    // A stated day is the user's own.
    let stated = report(&files)
        .args(["--as-of", "2026-08-20"])
        .today("2027-01-01")
        .any_stderr()
        .run();
    assert!(!stated.stderr.contains("note:"), "{}", stated.stderr);
    for command in [
        &["explain", "ana@harbour.example", "DIR"][..],
        &["reconcile", "DIR", "--billed", "1"],
    ] {
        let with = |case: Case, (name, text): &(&str, &str)| case.file(name, text);
        files
            .iter()
            .fold(Case::new(), with)
            .args(command.iter().copied())
            .today("2026-09-13")
            .any_stdout()
            .stderr(note)
            .run();
    }
}

#[test]
fn a_stated_day_goes_before_the_exports() {
    let users = users("3 Jan 2024", "12 Nov 2026");
    let toml = "[organisation]\nas_of = 2026-11-18\n";
    let files: [(&str, &str); 3] = [
        ("users.csv", &users),
        ("people.csv", PEOPLE),
        ("seatledger.toml", toml),
    ];
    assert_eq!(day(&report(&files).any_stderr().run()), "2026-11-18");
    let ran = report(&files)
        .args(["--as-of", "2026-11-19"])
        .any_stderr()
        .run();
    assert_eq!(day(&ran), "2026-11-19");
    assert!(
        !String::from_utf8(ran.bytes("out/assumptions.csv"))
            .unwrap()
            .contains("day of the report")
    );
}

/// Planned days are none: leaving, expiry, a start.
#[test]
fn a_directory_alone_tells_its_day_by_sign_ins_and_additions() {
    for (column, cell, expected) in [
        ("Last sign-in", "2026-11-10", "2026-11-10"),
        ("Created", "2026-11-09T08:00:00Z", "2026-11-09"),
        ("createdDateTime", "11/9/2026 8:48:41 AM", "2026-11-09"),
        ("Last login", "2027-01-01", ""),
        ("Start date", "2026-11-09", ""),
    ] {
        let people = format!(
            "email,status,end date,{column}\nana@harbour.example,Active,2026-10-31,{cell}\n"
        );
        if expected.is_empty() {
            report(&[("people.csv", &people)])
                .status(2)
                .stderr(
                    "error: no export has a day on which something happened (a last use, a sign-in, an account added), so \
                     the day of the report can't be told\n\n\
                     hint: state the day on which the exports were made, --as-of 2026-11-30, or as_of under [organisation] \
                     in seatledger.toml\n",
                )
                .run();
        } else {
            let ran = report(&[("people.csv", &people)]).any_stderr().run();
            assert_eq!(day(&ran), expected, "{column}");
        }
    }
}

/// What exports are can be told without a day.
#[test]
fn check_and_init_need_no_day() {
    let people = "email,status\nana@harbour.example,Active\n";
    Case::new()
        .file("people.csv", people)
        .args(["check", "DIR"])
        .any_stdout()
        .run();
    let ran = Case::new()
        .file("people.csv", people)
        .args(["init", "DIR"])
        .any_stderr()
        .run();
    let toml = String::from_utf8(ran.bytes("seatledger.toml")).unwrap();
    assert!(toml.contains("\n# as_of = 2026-11-30"), "{toml}");
}

/// "Not within the last 30 days" is counted from the day of the exports, whatever the clock says.
#[test]
fn days_that_are_told_backwards_are_counted_from_the_exports_day() {
    let managed = "Name,Email,Atlassian ID,Status,Last active date [UTC],Jira\n\
        Ana Ruiz,ana@harbour.example,u1,Active,2026-08-12,harbour\n\
        Ben Cho,ben@harbour.example,u2,Active,Not active in the last 100 days,harbour\n";
    for today in ["2026-08-20", "2026-11-24"] {
        let files: [(&str, &str); 2] = [("managed.csv", managed), ("people.csv", PEOPLE)];
        let ran = report(&files).today(today).any_stderr().run();
        let findings = ran
            .csv("findings.csv")
            .shown(&["code", "email", "evidence"]);
        let found =
            "guard-without-use | ben@harbour.example | nothing used for 100 days".to_owned();
        assert!(findings.contains(&found), "{today}: {findings:#?}");
    }
}

/// "Not within the last 30 days" bounds a use and is none: were it one, the day would follow the clock.
#[test]
fn a_bound_of_the_managed_accounts_is_no_event() {
    let managed = "Name,Email,Atlassian ID,Status,Last active date [UTC],Jira\n\
        Ana Ruiz,ana@harbour.example,u1,Active,Not active in the last 30 days,harbour\n";
    let people = "email,status,Last sign-in\nana@harbour.example,Active,2026-11-10\n";
    for today in ["2026-11-20", "2026-12-20"] {
        let files: [(&str, &str); 2] = [("managed.csv", managed), ("people.csv", people)];
        let ran = report(&files).today(today).any_stderr().run();
        assert_eq!(day(&ran), "2026-11-10", "{today}");
    }
}

#[test]
fn an_identity_providers_answer_alone_tells_its_day() {
    let okta = "[{\"id\":\"1\",\"status\":\"ACTIVE\",\"created\":\"2020-01-01T00:00:00.000Z\",\
        \"lastLogin\":\"2026-11-10T08:00:00.000Z\",\"profile\":{\"login\":\"ana@harbour.example\",\
        \"email\":\"ana@harbour.example\"}}]";
    let ran = report(&[("okta.json", okta)]).any_stderr().run();
    assert_eq!(day(&ran), "2026-11-10");
    let ran = report(&[("okta.json", &okta.replace("2026-11-10T08:00:00.000Z", ""))])
        .any_stderr()
        .run();
    assert_eq!(day(&ran), "2020-01-01");
}
