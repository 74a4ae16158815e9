//! The checks of the data: each in a case in which it fires, and in one close by in which it does not.

use crate::case::{Case, Ran, sample_report};

/// So many accounts with one seat of Jira each: address, and day last seen.
fn users(accounts: &[(String, &str)]) -> String {
    let header = "User id,User name,email,User status,Added to org,Org role,Jira - harbour,Last seen in Jira - harbour\n";
    let row = |(number, (email, seen)): (usize, &(String, &str))| {
        format!("u{number:03},P{number},{email},Active,3 Jan 2024,,User,{seen}\n")
    };
    let rows: String = accounts.iter().enumerate().map(row).collect();
    header.to_owned() + &rows
}

fn address(number: usize) -> String {
    format!("p{number}@harbour.example")
}

/// The first of so many accounts were seen lately, the others long ago.
fn seen(lately: usize, all: usize) -> Vec<(String, &'static str)> {
    let day = |number| {
        if number < lately {
            "12 Nov 2026"
        } else {
            "1 Feb 2026"
        }
    };
    (0..all)
        .map(|number| (address(number), day(number)))
        .collect()
}

/// A directory of so many people, the last of whom have left.
fn people(present: usize, left: usize) -> String {
    let word = |number| {
        if number < present {
            "Active"
        } else {
            "Terminated"
        }
    };
    let row = |number| format!("{},{}\n", address(number), word(number));
    "email,status\n".to_owned() + &(0..present + left).map(row).collect::<String>()
}

fn report(users: &str, people: &str) -> Ran {
    Case::new()
        .file("users.csv", users)
        .file("people.csv", people)
        .report()
        .run()
}

/// Codes with severities, and evidence with the action.
fn fired(ran: &Ran) -> Vec<String> {
    ran.csv("checks.csv")
        .shown(&["code", "severity", "evidence", "action"])
}

#[track_caller]
fn fires(ran: &Ran, check: &str) {
    let fired = fired(ran);
    assert!(
        fired.iter().any(|line| line == check),
        "{check:?} is not in {fired:#?}"
    );
    assert!(
        ran.stdout.contains("settle the") || !check.contains("| severe |"),
        "{}",
        ran.stdout
    );
}

#[track_caller]
fn is_silent(ran: &Ran, code: &str) {
    let fired = fired(ran);
    assert!(
        !fired.iter().any(|line| line.starts_with(code)),
        "{fired:#?}"
    );
}

#[test]
fn nothing_severe_is_seen_in_the_demo() {
    let severe: Vec<String> = fired(sample_report())
        .into_iter()
        .filter(|line| line.contains("| severe |"))
        .collect();
    assert_eq!(severe, Vec::<String>::new());
}

#[test]
fn a_stated_day_lies_close_behind_the_newest_event() {
    let on = |day: &str| {
        Case::new()
            .file("users.csv", users(&seen(20, 25)))
            .file("people.csv", people(25, 1))
            .args(["report", "DIR", "--as-of", day, "--out", "DIR/out"])
            .any_stdout()
            .any_stderr()
            .run()
    };
    let action = "state the day on which the exports were made, or export again";
    fires(
        &on("2026-12-28"),
        &format!(
            "stated-day | severe | the day of the report, 2026-12-28, is 46 days after the newest day in the exports, \
             2026-11-12 | {action}"
        ),
    );
    is_silent(&on("2026-12-27"), "stated-day");
    is_silent(&on("2026-11-12"), "stated-day");
    fires(
        &on("2026-11-11"),
        &format!(
            "stated-day | severe | the day of the report, 2026-11-11, is before the newest day in the exports, \
             2026-11-12 | {action}"
        ),
    );
}

#[test]
fn exports_are_of_about_one_day() {
    let managed = |day: &str| {
        let text = format!(
            "Name,Email,Atlassian ID,Status,Last active date [UTC]\nP0,{},u000,Active,{day}\n",
            address(0)
        );
        Case::new()
            .file("users.csv", users(&seen(20, 25)))
            .file("managed.csv", text)
            .file("people.csv", people(25, 1))
            .report()
            .run()
    };
    fires(
        &managed("2026-09-27"),
        "exports-apart | severe | the newest day in managed.csv is 2026-09-27, and in users.csv it is 2026-11-12, 46 days \
         later | export both again on one day, or put the old one aside",
    );
    is_silent(&managed("2026-09-28"), "exports-apart");
    // A directory tells its age by its sign-ins; days of leaving are planned ones.
    let directory = |column: &str| {
        let people = people(25, 1)
            .replace("status\n", &format!("status,{column}\n"))
            .replace("Active\n", "Active,2026-08-01\n")
            .replace("Terminated\n", "Terminated,2026-08-01\n");
        report(&users(&seen(20, 25)), &people)
    };
    fires(
        &directory("last sign-in"),
        "exports-apart | severe | the newest day in people.csv is 2026-08-01, and in users.csv it is 2026-11-12, 103 days \
         later | export both again on one day, or put the old one aside",
    );
    is_silent(&directory("hire date"), "exports-apart");
}

#[test]
fn nearly_all_seats_are_never_wasted() {
    let of = |lately: usize, all: usize| report(&users(&seen(lately, all)), &people(all, 1));
    fires(
        &of(3, 30),
        "nearly-all-wasted | severe | 27 of 30 billed seats are wasted: 0 of leavers, 27 inactive, 0 never used | export \
         the users again, or state the day on which these exports were made with --as-of",
    );
    is_silent(&of(4, 30), "nearly-all-wasted");
    // Few seats prove nothing.
    is_silent(&of(1, 20), "nearly-all-wasted");
    fires(
        &report(&users(&seen(30, 30)), &people(2, 28)),
        "nearly-all-wasted | severe | 28 of 30 billed seats are wasted: 28 of leavers, 0 inactive, 0 never used | check the \
         directory's columns of status and day of leaving: it makes nearly everyone a leaver",
    );
    let never: Vec<(String, &str)> = (0..30)
        .map(|number| {
            (
                address(number),
                if number == 0 {
                    "12 Nov 2026"
                } else {
                    "Never accessed"
                },
            )
        })
        .collect();
    fires(
        &report(&users(&never), &people(30, 1)),
        "nearly-all-wasted | severe | 29 of 30 billed seats are wasted: 0 of leavers, 0 inactive, 29 never used | export the \
         users again with the days last seen: this export has a use of almost no seat",
    );
}

#[test]
fn nearly_all_accounts_are_never_strangers() {
    let short = |known: usize| report(&users(&seen(30, 30)), &people(known, 0));
    fires(
        &short(3),
        "nearly-all-strangers | severe | 27 of 30 enabled accounts are 0 external, 27 unmatched and 0 of leavers; the \
         directory has 3 people | export the directory again in full: it looks cut short, or it has other addresses than \
         Atlassian",
    );
    is_silent(&short(4), "nearly-all-strangers");
    is_silent(
        &report(&users(&seen(20, 20)), &people(1, 0)),
        "nearly-all-strangers",
    );
    // Accounts without an address have another cause.
    let hidden: Vec<(String, &str)> = (0..30)
        .map(|number| {
            (
                if number < 3 {
                    address(number)
                } else {
                    String::new()
                },
                "12 Nov 2026",
            )
        })
        .collect();
    fires(
        &report(&users(&hidden), &people(30, 1)),
        "nearly-all-strangers | severe | 27 of 30 enabled accounts are 27 external, 0 unmatched and 0 of leavers; 27 of \
         them have no address | export the accounts again with their addresses, or add an export that has them",
    );
}

#[test]
fn somebody_has_left_a_large_directory() {
    let of = |people: &str| report(&users(&seen(30, 30)), people);
    fires(
        &of(&people(101, 0)),
        "nobody-disabled | severe | none of the directory's 101 people is disabled or has left | export the directory \
         again with disabled and deleted people, or add a list of leavers with --leavers-only",
    );
    is_silent(&of(&people(100, 0)), "nobody-disabled");
    is_silent(&of(&people(101, 1)), "nobody-disabled");
    // Without a status it is a limit, told once.
    let current = people(101, 0)
        .replace("status\n", "end date\n")
        .replace("Active", "");
    let ran = of(&current);
    is_silent(&ran, "nobody-disabled");
    fires(
        &ran,
        "current-people-only | note | the directory lists 101 current people alone and has no status | add a list of \
         leavers with --leavers-only where there is one",
    );
    is_silent(
        &of(&current.replace("p100@harbour.example,", "p100@harbour.example,2026-10-31")),
        "current-people-only",
    );
}
