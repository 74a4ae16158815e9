//! The same table in any bytes: encoding, delimiter, line ends, quotes, case of the header and order of the columns
//! say nothing, so they change nothing. And whatever a file holds, every record is accepted or rejected.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use proptest::prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::test_runner::Config;
use serde_json::Value;

use crate::case::{AS_OF, Case};
use crate::form::{Encoding, Form, HeaderCase, form, plain};

/// A product under two names, statuses, never and no report, names with everything that has to be quoted.
/// `¶` stands for a newline within a cell.
const USERS: &str = "\
User id|User name|email|User status|Added to org|Org role|Jira Software - harbour|\
Last seen in Jira Software - harbour|Jira - harbour|Last seen in Jira - harbour|Confluence - harbour-two|\
Last seen in Confluence - harbour-two|Bitbucket - harbour
u1|Zoë Müller|zoe@harbour.example|Active|3 Jan 2024|Org Admin|User|1 Nov 2026|||User|Never accessed|User
u2|Cho, \"Ben\";\tJr|Ben@Harbour.Example|Active|3 Jan 2024||User|1 Feb 2024|User|12 Nov 2026|||
u3|José d'Ávila|jose@harbour.example|Suspended|3 Jan 2024||||User|Never accessed|||
u4|Wide Name|wide@harbour.example|Active|15 Nov 2026||||User|Never accessed|User|19 Nov 2026|
u5|Søren¶Ø|soren@harbour.example|Active|3 Jan 2024||User|20 Jan 2026|||||
u6|Gil|gil@partner.example|Active|3 Jan 2024||||||Guest|1 Nov 2026|
u7||nobody@harbour.example|Deactivated|3 Jan 2024||||User|1 Nov 2024|||";

const PEOPLE: &str = "\
userPrincipalName|displayName|mail|id|department|accountEnabled|createdDateTime
zoe@harbour.example|Zoë Müller|zoe@harbour.example|1|Müllerei|True|8/19/2021 1:25:31 PM
b17@harbour.example|Ben Cho|ben@harbour.example|2|Sales, EMEA|False|8/19/2021 1:25:31 PM
jose@harbour.example|José d'Ávila||3||True|4/3/2021 1:25:31 PM
wide@harbour.example|Wide Name|wide@harbour.example|4|Müllerei|True|
gil_partner.example#EXT#@harbour.example|Gil||5|||4/3/2021 1:25:31 PM";

/// Accounts that are looked at one by one; each look costs as much as reading both files.
const EXPLAINED: [&str; 3] = [
    "zoe@harbour.example",
    "ben@harbour.example",
    "wide@harbour.example",
];

/// The table's bytes in this form. Names that Windows-1252 has no letters for come in where it is not used.
fn bytes(table: &str, form: &Form, wide: bool) -> Vec<u8> {
    let wide_name = if wide { "Łucja Ōta 李" } else { "Lucja Ota" };
    let cell = |cell: &str| cell.replace('¶', "\n").replace("Wide Name", wide_name);
    let row = |row: &str| row.split('|').map(cell).collect();
    form.bytes(&table.lines().map(row).collect::<Vec<_>>())
        .expect("Windows-1252 has all letters of these tables")
}

fn check(users: &[u8], people: &[u8]) -> Value {
    let ran = Case::new()
        .file("users.csv", users)
        .file("people.csv", people)
        .args(["check", "DIR", "--as-of", AS_OF, "--format", "json"])
        .any_stdout()
        .run();
    serde_json::from_str(&ran.stdout).expect("JSON")
}

/// Everything that is told of the files' counts and of each account, but for lines and the names of columns.
fn told(users: &[u8], people: &[u8]) -> BTreeMap<String, String> {
    let checked = check(users, people);
    let mut told = BTreeMap::new();
    for file in checked["files"].as_array().expect("files") {
        let facts = [
            "format",
            "side",
            "records",
            "accepted",
            "rejected",
            "first_day",
            "last_day",
        ];
        let shown = facts.map(|fact| file[fact].to_string()).join(" ");
        told.insert(file["name"].to_string(), shown);
    }
    for fact in [
        "people", "accounts", "seats", "inferred", "answers", "rejects",
    ] {
        told.insert(fact.to_owned(), checked[fact].to_string());
    }
    for address in EXPLAINED {
        let ran = Case::new()
            .file("users.csv", users)
            .file("people.csv", people)
            .args(["explain", address, "DIR", "--as-of", AS_OF])
            .any_stdout()
            .run();
        let lines = ran
            .stdout
            .lines()
            .filter(|line| !line.contains("first read at"));
        told.insert(address.to_owned(), lines.collect::<Vec<_>>().join("\n"));
    }
    told
}

/// What the plain forms tell, without and with letters that Windows-1252 lacks.
fn plainly_told(wide: bool) -> &'static BTreeMap<String, String> {
    static TOLD: OnceLock<[BTreeMap<String, String>; 2]> = OnceLock::new();
    let of = |wide| {
        told(
            &bytes(USERS, &plain(13), wide),
            &bytes(PEOPLE, &plain(7), wide),
        )
    };
    &TOLD.get_or_init(|| [of(false), of(true)])[usize::from(wide)]
}

fn config(cases: u32) -> Config {
    Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    }
}

#[test]
fn the_plain_tables_are_read_as_they_were_meant() {
    let told = plainly_told(true);
    assert_eq!(
        (told["people"].as_str(), told["accounts"].as_str()),
        ("5", "7")
    );
    let zoe = &told["zoe@harbour.example"];
    assert!(
        zoe.contains("Zoë Müller") && zoe.contains("Müllerei"),
        "{zoe}"
    );
    let wide = &told["wide@harbour.example"];
    assert!(wide.contains("Łucja Ōta 李"), "{wide}");
    let report = Case::new()
        .file("users.csv", bytes(USERS, &plain(13), true))
        .file("people.csv", bytes(PEOPLE, &plain(7), true))
        .report()
        .run();
    assert_eq!(
        report.csv("accounts.csv").column("standing"),
        [
            "current",
            "orphaned",
            "disabled",
            "current",
            "unmatched",
            "unknown",
            "disabled"
        ]
    );
}

proptest! {
    #![proptest_config(config(16))]

    #[test]
    fn the_same_tables_in_any_bytes_tell_the_same(users in form(13), people in form(7), wide in any::<bool>()) {
        let narrow = [users.encoding, people.encoding].contains(&Encoding::Windows1252);
        let wide = wide && !narrow;
        let found = told(&bytes(USERS, &users, wide), &bytes(PEOPLE, &people, wide));
        for (what, plainly) in plainly_told(wide) {
            prop_assert_eq!(found.get(what), Some(plainly), "{}", what);
        }
    }
}

/// A few whole reports: the accounts to the byte.
#[test]
fn the_same_tables_in_other_bytes_give_the_same_accounts() {
    let report = |users: &Form, people: &Form| {
        let ran = Case::new()
            .file("users.csv", bytes(USERS, users, false))
            .file("people.csv", bytes(PEOPLE, people, false))
            .report()
            .run();
        String::from_utf8(ran.bytes("out/accounts.csv")).expect("text")
    };
    let plainly = report(&plain(13), &plain(7));
    let forms = [
        (Encoding::Utf16Le, '\t', false, "\r\n", HeaderCase::Upper),
        (Encoding::Windows1252, ';', true, "\r\n", HeaderCase::Lower),
    ];
    for (encoding, delimiter, says_delimiter, line_end, header) in forms {
        let other = |columns: usize| Form {
            encoding,
            delimiter,
            says_delimiter,
            line_end,
            ends_with_newline: false,
            header,
            quotes_all: true,
            order: (0..columns).rev().collect(),
        };
        assert_eq!(report(&other(13), &other(7)), plainly, "{encoding:?}");
    }
}

/// A record that cannot be used, by what is wrong with it.
#[derive(Clone, Copy, Debug)]
enum Broken {
    Short,
    Long,
    Status,
    Day,
    Nobody,
}

fn broken_user(broken: Broken) -> String {
    match broken {
        Broken::Short => "x1,Xan".to_owned(),
        Broken::Long => format!("x1,Xan,xan@harbour.example,Active{}", ",".repeat(12)),
        Broken::Status => format!("x1,Xan,xan@harbour.example,Actve{}", ",".repeat(9)),
        Broken::Day => format!("x1,Xan,xan@harbour.example,Active,someday{}", ",".repeat(8)),
        Broken::Nobody => format!(",Xan,nobody,Active{}", ",".repeat(9)),
    }
}

/// A directory lists a word of status that it does not know as unknown; it has no days that it needs.
fn broken_person(broken: Broken) -> String {
    match broken {
        Broken::Short => "xan@harbour.example,Xan".to_owned(),
        Broken::Long => "xan@harbour.example,Xan,,9,,True,,".to_owned(),
        _ => "nobody,Xan,,9,,True,".to_owned(),
    }
}

fn any_broken() -> impl Strategy<Value = Vec<(usize, Broken)>> {
    let kind = prop_oneof![
        Just(Broken::Short),
        Just(Broken::Long),
        Just(Broken::Status),
        Just(Broken::Day),
        Just(Broken::Nobody),
    ];
    proptest::collection::vec((0_usize..6, kind), 0..12)
}

/// Puts records between those of a plain table.
fn with_broken(text: Vec<u8>, broken: &[(usize, Broken)], record: fn(Broken) -> String) -> String {
    let text = String::from_utf8(text).expect("text");
    // The newline inside Søren's name is no end of a record.
    let mut lines: Vec<String> = text
        .replace("Søren\nØ", "Søren Ø")
        .lines()
        .map(str::to_owned)
        .collect();
    for &(place, broken) in broken {
        lines.insert(1 + place.min(lines.len() - 1), record(broken));
    }
    lines.join("\n") + "\n"
}

/// Numbers of one file: records, accepted, rejected.
fn counts(checked: &Value, name: &str) -> [u64; 3] {
    let mut files = checked["files"].as_array().expect("files").iter();
    let file = files.find(|file| file["name"] == name).expect("the file");
    ["records", "accepted", "rejected"].map(|fact| file[fact].as_u64().expect("a count"))
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn every_record_is_accepted_or_rejected(users in any_broken(), people in any_broken()) {
        let checked = check(
            with_broken(bytes(USERS, &plain(13), true), &users, broken_user).as_bytes(),
            with_broken(bytes(PEOPLE, &plain(7), true), &people, broken_person).as_bytes(),
        );
        let (more_users, more_people) = (users.len() as u64, people.len() as u64);
        prop_assert_eq!(counts(&checked, "users.csv"), [7 + more_users, 7, more_users]);
        prop_assert_eq!(counts(&checked, "people.csv"), [5 + more_people, 5, more_people]);
        let rejects = checked["rejects"].as_array().expect("rejects").len() as u64;
        prop_assert_eq!(rejects, more_users + more_people);
        prop_assert_eq!(&checked["accounts"], &Value::from(7));
    }
}

proptest! {
    #![proptest_config(config(256))]

    /// Anything at all behind a header: an answer or an error, and no record lost.
    #[test]
    fn no_bytes_make_it_panic(
        header in prop_oneof![
            Just("User id,User name,email,User status,Added to org,Jira - harbour,Last seen in Jira - harbour\n"),
            Just("Name,Email,Atlassian ID,Status,Last active date [UTC],Jira,Trello\n"),
            Just("userPrincipalName,mail,id,accountEnabled,department,proxyAddresses\n"),
            Just("email;status;termination date;department\n"),
            Just("[{\"id\":\"1\",\"status\":\"ACTIVE\",\"profile\":{\"login\":\"a@b.example\"}},"),
            Just(""),
        ],
        body in prop_oneof![
            proptest::collection::vec(any::<u8>(), 0..200),
            "[a-c@.,;\"\n\t 0-9/-]{0,200}".prop_map(String::into_bytes),
        ],
    ) {
        let file = [header.as_bytes(), &body].concat();
        let ran = Case::new()
            .file("export.csv", file)
            .args(["check", "DIR", "--as-of", AS_OF, "--format", "json"])
            .any_status()
            .any_stdout()
            .any_stderr()
            .run();
        if ran.status == 0 {
            let checked: Value = serde_json::from_str(&ran.stdout).expect("JSON");
            let [records, accepted, rejected] = counts(&checked, "export.csv");
            prop_assert_eq!(accepted + rejected, records);
            let listed = checked["rejects"].as_array().expect("rejects").len() as u64;
            prop_assert_eq!(listed, rejected);
        } else {
            prop_assert!(ran.stderr.starts_with("error: "), "{}", ran.stderr);
            prop_assert!(!ran.stderr.contains("this is a fault of seatledger"), "{}", ran.stderr);
        }
    }
}
