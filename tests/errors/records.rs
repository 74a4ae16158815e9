//! Records and days that cannot be used as they stand.

use super::{A_DAY, PEOPLE, USERS, hint, lines, report_fails, report_with_fails};
use crate::case::Case;

#[test]
fn a_row_too_short_or_too_long() {
    let users = format!(
        "{USERS}712020:c3,Cy Diaz,cy@acme.example,Active\n712020:d4,Di,Eng,di@acme.example,Active,,,,\n"
    );
    report_fails(
        &[("users.csv", users.as_bytes())],
        &lines(&[
            "error: users.csv:4: \"(whole record)\" is \"4 cells\"",
            "  expected 8 cells, as the header has",
            "error: users.csv:5: \"(whole record)\" is \"9 cells\"",
            "  expected 8 cells, as the header has",
            "",
            hint::CORRECT_LINES,
        ]),
    );
    let people = format!("{PEOPLE}cy@acme.example\n");
    report_fails(
        &[
            ("users.csv", USERS.as_bytes()),
            ("people.csv", people.as_bytes()),
        ],
        &lines(&[
            "error: people.csv:4: \"(whole record)\" is \"1 cells\"",
            "  expected 3 cells, as the header has",
            "",
            hint::CORRECT_LINES,
        ]),
    );
    report_fails(
        &[(
            "managed.csv",
            b"Name,Email,Atlassian ID,Status,Last active date [UTC]\nAna,ana@acme.example,712020:a1,Active\n",
        )],
        &lines(&[
            "error: managed.csv:2: \"(whole record)\" is \"4 cells\"",
            "  expected 5 cells, as the header has",
            "",
            hint::CORRECT_LINES,
        ]),
    );
}

#[test]
fn an_invalid_date() {
    report_fails(
        &[(
            "users.csv",
            USERS.replace("12 Nov 2026", "31 Nov 2026").as_bytes(),
        )],
        &lines(&[
            "error: users.csv:2: \"Last seen in Jira - acme\" is \"31 Nov 2026\"",
            &format!("  {A_DAY}"),
            "",
            hint::CORRECT_LINES,
        ]),
    );
    // No number of days that anyone was away for.
    for days in ["-1", "-2147483648", "99999999999"] {
        let cell = format!("Not active in the last {days} days");
        report_fails(
            &[("users.csv", USERS.replace("12 Nov 2026", &cell).as_bytes())],
            &lines(&[
                &format!("error: users.csv:2: \"Last seen in Jira - acme\" is \"{cell}\""),
                &format!("  {A_DAY}"),
                "",
                hint::CORRECT_LINES,
            ]),
        );
    }
    report_fails(
        &[
            ("users.csv", USERS.as_bytes()),
            (
                "hr.csv",
                b"Work Email,Termination Date\nana@acme.example,soon\n",
            ),
        ],
        &lines(&[
            "error: hr.csv:2: \"Termination Date\" is \"soon\"",
            &format!("  {A_DAY}"),
            "",
            hint::CORRECT_LINES,
        ]),
    );
}

#[test]
fn an_unknown_status() {
    report_fails(
        &[(
            "users.csv",
            USERS
                .replace("ana@acme.example,Active", "ana@acme.example,Actve")
                .as_bytes(),
        )],
        &lines(&[
            "error: users.csv:2: \"User status\" is \"Actve\"",
            "  expected one of \"Active\", \"Suspended\", \"Deactivated\"",
            "",
            hint::CORRECT_LINES,
        ]),
    );
    report_fails(
        &[(
            "managed.csv",
            b"Name,Email,Atlassian ID,Status,Last active date [UTC]\nAna,ana@acme.example,712020:a1,Sleeping,\n",
        )],
        &lines(&[
            "error: managed.csv:2: \"Status\" is \"Sleeping\"",
            "  expected one of \"Active\", \"Deactivated\", \"Disabled\"",
            "",
            hint::CORRECT_LINES,
        ]),
    );
}

#[test]
fn no_id_and_no_address() {
    report_fails(
        &[(
            "users.csv",
            format!("{USERS},Cy Diaz,not an address,Active,,,,\n").as_bytes(),
        )],
        &lines(&[
            "error: users.csv:4: \"email\" is not valid",
            "  expected an account id or an address",
            "",
            hint::CORRECT_LINES,
        ]),
    );
}

#[test]
fn managed_accounts_that_cannot_be_used() {
    report_fails(
        &[(
            "managed.csv",
            b"Name,Email,Atlassian ID,Status,Last active date [UTC]\nAna,nobody,,Active,\nBen,,b2,Active,someday\n",
        )],
        &lines(&[
            "error: managed.csv:2: \"Email\" is not valid",
            "  expected an account id or an address",
            "error: managed.csv:3: \"Last active date [UTC]\" is \"someday\"",
            &format!("  {A_DAY}"),
            "",
            hint::CORRECT_LINES,
        ]),
    );
}

#[test]
fn a_file_time_that_is_none() {
    report_fails(
        &[
            ("users.csv", USERS.as_bytes()),
            (
                "csvde.csv",
                b"DN,objectClass,accountExpires,userPrincipalName,mail\n\
                  CN=Ana,user,soon,ana@acme.local,ana@acme.example\n",
            ),
        ],
        &lines(&[
            "error: csvde.csv:2: \"accountExpires\" is \"soon\"",
            "  expected a Windows file time such as 133485408000000000",
            "",
            hint::CORRECT_LINES,
        ]),
    );
}

#[test]
fn faults_of_all_files_come_at_once_ten_in_full_and_the_rest_counted() {
    let faulty = |count: usize| -> String {
        (0..count)
            .map(|n| format!("x{n},X,x{n}@acme.example,Actve,,,,\n"))
            .collect()
    };
    let mut expected = String::from("error: ");
    for line in 4..14 {
        expected.push_str(&format!(
            "users.csv:{line}: \"User status\" is \"Actve\"\n  expected one of \"Active\", \"Suspended\", \"Deactivated\"\nerror: "
        ));
    }
    let expected = expected.trim_end_matches("error: ");
    let header = USERS.lines().next().unwrap();
    report_fails(
        &[
            ("users.csv", format!("{USERS}{}", faulty(12)).as_bytes()),
            ("users2.csv", format!("{header}\n{}", faulty(3)).as_bytes()),
        ],
        &format!(
            "{expected}and 5 more such records\n\n{}",
            hint::CORRECT_LINES
        ),
    );
}

const AMBIGUOUS: &str = "Work Email,Status,Termination Date\n\
    ana@acme.example,Active,\n\
    ben@acme.example,Active,03/04/2025\n";

#[test]
fn ambiguous_dates_without_the_option() {
    report_fails(
        &[
            ("users.csv", USERS.as_bytes()),
            ("hr.csv", AMBIGUOUS.as_bytes()),
        ],
        &lines(&[
            "error: hr.csv: the days in \"Termination Date\" can be read two ways, for example \"03/04/2025\"",
            "",
            hint::DATE_ORDER,
        ]),
    );
}

/// Ben's standing on a day, as `explain` tells it: that is quicker than a whole report.
#[track_caller]
fn standing_of_ben(hr: impl AsRef<[u8]>, toml: &str, as_of: &str, options: &[&str]) -> String {
    let ran = Case::new()
        .file("users.csv", USERS)
        .file("hr.csv", hr)
        .file("seatledger.toml", toml)
        .args(["explain", "ben@acme.example", "DIR", "--as-of", as_of])
        .args(options.iter().copied())
        .any_stdout()
        .run();
    let line = ran
        .stdout
        .lines()
        .find_map(|line| line.trim().strip_prefix("standing "));
    let words = line.expect("a standing").split_whitespace();
    words.take(1).collect()
}

#[test]
fn ambiguous_dates_with_the_option() {
    let standing =
        |order: &str, as_of: &str| standing_of_ben(AMBIGUOUS, "", as_of, &["--date-order", order]);
    // 3 April or 4 March: on the day between, only one of them has come.
    assert_eq!(standing("day-first", "2025-03-20"), "current");
    assert_eq!(standing("month-first", "2025-03-20"), "orphaned");
    assert_eq!(standing("day-first", "2025-04-03"), "orphaned");
}

#[test]
fn the_option_in_the_configuration_settles_dates_too() {
    let toml = "[input]\ndate_order = \"month-first\"\n";
    let standing = standing_of_ben(AMBIGUOUS, toml, "2025-03-20", &[]);
    assert_eq!(standing, "orphaned");
}

/// Day first, whatever the option says: 3 April has not come.
#[test]
fn a_column_that_proves_its_order_needs_no_option() {
    let hr = format!("{AMBIGUOUS}cy@acme.example,Active,28/08/2024\n");
    for options in [&[][..], &["--date-order", "month-first"]] {
        assert_eq!(
            standing_of_ben(&hr, "", "2025-03-20", options),
            "current",
            "{options:?}"
        );
    }
}

/// The letter that is no UTF-8 stands between the day that has two readings and the one that proves the order.
#[test]
fn a_column_that_proves_its_order_behind_a_windows_1252_letter() {
    let proof = "cy@acme.example,Active,28/08/2024\n";
    let hr = [
        AMBIGUOUS.as_bytes(),
        b"m\xfcller@acme.example,Active,\n",
        proof.as_bytes(),
    ]
    .concat();
    assert_eq!(standing_of_ben(hr, "", "2025-03-20", &[]), "current");
}

#[test]
fn mixed_orders() {
    let hr =
        format!("{AMBIGUOUS}cy@acme.example,Active,28/08/2024\ndi@acme.example,Active,8/19/2021\n");
    let files: [(&str, &[u8]); 2] = [("users.csv", USERS.as_bytes()), ("hr.csv", hr.as_bytes())];
    let expected = "error: hr.csv: \"Termination Date\" has 1 days written day first and 1 written month first\n\n\
         hint: export the file again with one form of date, best 2026-11-30\n";
    report_fails(&files, expected);
    report_with_fails(&files, &["--date-order", "day-first"], 1, expected);
}

#[test]
fn mixed_orders_without_an_ambiguous_day() {
    let hr = "Work Email,Status,Termination Date\n\
        ana@acme.example,Active,28/08/2024\nben@acme.example,Active,8/19/2021\n";
    assert_eq!(standing_of_ben(hr, "", "2021-08-18", &[]), "current");
    assert_eq!(standing_of_ben(hr, "", "2021-08-19", &[]), "orphaned");
}

#[test]
fn faulty_rows_are_left_out_and_listed_when_asked() {
    let users = format!("{USERS}712020:c3,Cy Diaz,cy@acme.example,Actve,,,,\n712020:d4,Di Eng\n");
    let ran = Case::new()
        .file("users.csv", users)
        .file("people.csv", PEOPLE)
        .report()
        .args(["--skip-bad-rows"])
        .run();
    assert_eq!(
        String::from_utf8(ran.bytes("out/rejects.csv")).unwrap(),
        "file,line,column,value,reason,expected\n\
         users.csv,4,User status,Actve,unknown status,\"one of \"\"Active\"\", \"\"Suspended\"\", \"\"Deactivated\"\"\"\n\
         users.csv,5,(whole record),2 cells,wrong number of cells,\"8 cells, as the header has\"\n"
    );
    let counts = &ran.json()["counts"];
    assert_eq!(
        (&counts["records"], &counts["accepted"], &counts["rejected"]),
        (&6.into(), &4.into(), &2.into())
    );
}

#[test]
fn a_quote_that_ends_no_cell() {
    let doubled = "a cell whose inner quotes are doubled, such as \"say \"\"hi\"\"\": where this one ends can't be told";
    let people = format!(
        "{PEOPLE}\"cy \"cc\" diaz\",active,IT\ndi@acme.example,active,\"Sales \"\"EMEA\"\"\"\nel@acme.example,active,\"IT\nfay@acme.example,active,IT\n"
    );
    report_fails(
        &[
            ("users.csv", USERS.as_bytes()),
            ("people.csv", people.as_bytes()),
        ],
        &lines(&[
            "error: people.csv:4: \"email\" is not valid",
            &format!("  expected {doubled}"),
            "error: people.csv:6: \"department\" is not valid",
            &format!(
                "  expected {doubled}; it would take in the next line, which is read by itself"
            ),
            "",
            hint::CORRECT_LINES,
        ]),
    );
}
