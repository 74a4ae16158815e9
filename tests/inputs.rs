//! What lies among the exports, and what one file says twice: nothing of it is lost without a word.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use crate::case::Case;
use crate::limits::{row, workbook_of};

const USERS: &str = "User id,User name,email,User status,Jira - acme,Last seen in Jira - acme\n";

fn check(case: Case) -> String {
    let ran = case
        .args(["check", "DIR", "--as-of", "2026-11-20"])
        .any_stdout()
        .width(200)
        .run();
    ran.stdout
}

#[test]
fn an_id_with_two_addresses_is_matched_by_either() {
    // The order of the rows decides nothing.
    let rows = [
        "1,Ana,ana@acme.example,Active,User,\n",
        "1,Ana,ana.berg@acme.example,Active,User,\n",
    ];
    for rows in [rows.concat(), [rows[1], rows[0]].concat()] {
        for address in ["ana@acme.example", "ana.berg@acme.example"] {
            let case = Case::new()
                .file(
                    "users.csv",
                    format!("{USERS}{rows}2,Ben,ben@acme.example,Active,User,\n"),
                )
                .file(
                    "people.csv",
                    format!("email,status\n{address},disabled\nben@acme.example,active\n"),
                )
                .report()
                .run();
            let standings = case.csv("accounts.csv").shown(&["standing"]);
            assert_eq!(standings, ["orphaned", "current"], "{address}");
        }
    }
    let said = check(
        Case::new()
            .file("users.csv", format!("{USERS}{}", rows.concat()))
            .file("people.csv", "email,status\nana@acme.example,active\n"),
    );
    let note = "1 account has more than one address, for example in users.csv:2 and users.csv:3";
    assert!(said.contains(note), "{said}");
}

#[test]
fn an_id_of_very_many_addresses_is_a_fault_of_the_file() {
    let rows = |count: usize| -> String {
        (0..count)
            .map(|n| format!("N/A,X,x{n}@acme.example,Active,User,\n"))
            .collect()
    };
    Case::new()
        .file("users.csv", format!("{USERS}{}", rows(12)))
        .args(["check", "DIR", "--as-of", "2026-11-20"])
        .status(1)
        .stderr(
            "error: users.csv: one account id stands for more than ten addresses, for example in lines 2 and 12\n\n\
             hint: export the file again with the ids of the accounts, or empty that column: accounts are then told by address\n",
        )
        .run();
    check(Case::new().file("users.csv", format!("{USERS}{}", rows(10))));
}

#[test]
fn what_lies_in_a_folder_and_is_not_read_is_named_and_counted() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("exports");
    fs::create_dir(&folder).expect("a folder");
    let row = "1,Ana,ana@acme.example,Active,User,\n";
    fs::write(folder.join("users.csv"), format!("{USERS}{row}")).expect("written");
    fs::write(folder.join("colours.csv"), "colour,shape\nred,round\n").expect("written");
    fs::write(folder.join("more.zip"), b"PK\x03\x04").expect("written");
    fs::write(folder.join("packed"), b"\x1f\x8b\x08").expect("written");
    symlink("/nowhere/at/all.csv", folder.join("gone.csv")).expect("a link");
    let made = Command::new("mkfifo").arg(folder.join("pipe.csv")).status();
    assert!(made.is_ok_and(|made| made.success()), "a pipe");
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_seatledger"))
            .args(arguments)
            .args(["--as-of", "2026-11-20"])
            .current_dir(place.path())
            .env("COLUMNS", "200")
            .output()
            .expect("the program starts");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let said = run(&["check", "exports"]);
    for note in [
        "not read: colours.csv has the columns colour, shape",
        "not read: more.zip is an archive by its name",
        "not read: packed is a compressed file",
        "not read: gone.csv is a link that leads nowhere",
        "not read: pipe.csv is no file but a pipe",
    ] {
        assert!(said.contains(note), "{note}: {said}");
    }
    run(&["report", "exports", "--out", "out"]);
    let report = fs::read_to_string(place.path().join("out/report.json")).expect("a report");
    assert!(report.contains("5 files or sheets were not read: `seatledger check` names them"));
}

#[test]
fn a_nul_is_a_fault_with_its_place() {
    let row = "1,Ana,ana@acme.example,Active,User,\n";
    let table = format!("{USERS}{row}2,B\0n,ben@acme.example,Active,User,\n");
    // Behind the first look, and behind many blocks.
    let far = format!(
        "{USERS}{}3,B\0n,ben@acme.example,Active,User,\n",
        row.repeat(20_000)
    );
    for (name, content, found) in [
        ("users.csv", table, "users.csv: a NUL character at line 3, column 4, which no text holds"),
        ("users.csv", far, "users.csv: a NUL character at line 20002, column 4, which no text holds"),
        (
            "users.json",
            "[{\"account_id\":\"1\",\"account_status\":\"active\",\"name\":\"B\\u0000n\",\"email\":\"b@acme.example\",\"product_access\":[]}]".to_owned(),
            "users.json:1: a NUL character under \"name\", which no text holds",
        ),
    ] {
        Case::new()
            .file(name, content)
            .args(["check", "DIR", "--as-of", "2026-11-20", "--skip-bad-rows"])
            .status(1)
            .stderr(format!(
                "error: {found}\n\nhint: export the file again: it was damaged on its way, or is of another program\n"
            ))
            .run();
    }
}

#[test]
fn a_stray_quote_takes_no_other_line_along() {
    let row = |n: usize| format!("{n},X,x{n}@acme.example,Active,User,\n");
    let rows = |from: usize, to: usize| (from..to).map(row).collect::<String>();
    // The next quote stands 30,000 lines further down.
    let users = format!(
        "{USERS}{}0,\"Ana,a@acme.example,Active,User,\n{}9,\"Ben\",b@acme.example,Active,User,\n",
        rows(10, 12),
        rows(100, 30_100)
    );
    let ran = Case::new()
        .file("users.csv", users)
        .report()
        .args(["--skip-bad-rows"])
        .run();
    let counts = &ran.json()["counts"];
    assert_eq!(
        (&counts["records"], &counts["accepted"], &counts["rejected"]),
        (&30_004.into(), &30_003.into(), &1.into())
    );
    let rejects = ran.csv("rejects.csv");
    assert_eq!(rejects.column("line"), ["4"]);
    assert_eq!(rejects.column("reason"), ["a quote that nothing closes"]);
    // Nearer by, the lines are counted.
    let users = format!(
        "{USERS}0,\"Ana,a@acme.example,Active,User,\n{}9,\"Ben\",b@acme.example,Active,User,\n",
        rows(10, 15)
    );
    let ran = Case::new()
        .file("users.csv", users)
        .report()
        .args(["--skip-bad-rows"])
        .run();
    let rejects = ran.csv("rejects.csv");
    assert_eq!(rejects.column("reason"), ["a quote that ends no cell"]);
    assert!(
        rejects.column("expected")[0]
            .ends_with("it would take in the next 6 lines, which are read by themselves")
    );
    assert_eq!(ran.json()["counts"]["accepted"], 6);
}

#[test]
fn a_long_quoted_cell_is_read() {
    let name = "say \"\"hi\"\"\n".repeat(5_000) + &"x".repeat(4 << 20);
    let users = format!(
        "{USERS}1,\"{name}\",ana@acme.example,Active,User,\n2,Ben,ben@acme.example,Active,User,\n"
    );
    let said = check(Case::new().file("users.csv", users));
    assert!(said.contains('2'), "{said}");
}

#[test]
fn every_sheet_with_a_table_is_read_and_the_others_are_named() {
    let people = |to: &mut dyn std::io::Write| {
        row(to, 1, &[("A", "Our people")]);
        row(to, 3, &[("A", "email"), ("B", "status")]);
        row(to, 4, &[("A", "ana@acme.example"), ("B", "active")]);
    };
    let more = |to: &mut dyn std::io::Write| {
        row(to, 1, &[("B", "email"), ("C", "status")]);
        row(to, 7, &[("B", "ben@acme.example"), ("C", "disabled")]);
    };
    let notes = |to: &mut dyn std::io::Write| {
        row(to, 1, &[("A", "colour"), ("B", "shape")]);
        row(to, 2, &[("A", "red"), ("B", "round")]);
    };
    let none = |to: &mut dyn std::io::Write| row(to, 1, &[("A", "email"), ("B", "status")]);
    let blank = |_: &mut dyn std::io::Write| {};
    let all = workbook_of(
        &[
            ("Staff", &people),
            ("Empty", &blank),
            ("Left", &more),
            ("Notes", &notes),
            ("Later", &none),
        ],
        &[],
    );
    let users = format!(
        "{USERS}1,Ana,ana@acme.example,Active,User,\n2,Ben,ben@acme.example,Active,User,\n"
    );
    let ran = Case::new()
        .file("users.csv", &users)
        .file("people.xlsx", &all)
        .report()
        .run();
    assert_eq!(
        ran.csv("accounts.csv").shown(&["standing"]),
        ["current", "orphaned"]
    );
    let said = check(
        Case::new()
            .file("users.csv", &users)
            .file("people.xlsx", &all),
    );
    for part in [
        "people.xlsx [Staff]",
        "people.xlsx [Left]",
        "not read: people.xlsx [Notes] has the columns colour, shape",
        "not read: people.xlsx [Later] has column names and no rows",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!said.contains("[Empty]"), "{said}");
    // One table alone is called by its file's name; a fault in it is told with its row.
    let wrong = |to: &mut dyn std::io::Write| {
        row(to, 1, &[("A", "email"), ("B", "status")]);
        row(to, 9, &[("A", "ben@acme.example"), ("B", "sleeping")]);
    };
    Case::new()
        .file("users.csv", &users)
        .file(
            "people.xlsx",
            workbook_of(&[("Staff", &wrong), ("Empty", &blank)], &[]),
        )
        .args(["check", "DIR", "--as-of", "2026-11-20"])
        .any_stderr()
        .any_stdout()
        .any_status()
        .run();
}
