//! Every derivation of five organisations, pinned: a change of the model shows as a diff, figure by figure.
//!
//! `tests/pins` holds what `explain figures --all` says of each, one figure a line: its name, what it is worth (low, value, high), its rule, its
//! basis and its parts. A part whose name begins with the figure's own stands as `/…`, one beside it as `./…`.
//! `UPDATE_PINS=1 cargo test` rewrites them.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use crate::case::{AS_OF, Case, Rows};

/// The figures of a folder's report and how each is made, one a line. The report itself says the same of them.
fn figures(case: Case) -> String {
    let all = |case: Case, more: &[&str]| {
        case.args(["explain", "figures", "DIR", "--all", "--format", "csv"])
            .args(more.iter().copied())
            .any_stdout()
            .run()
    };
    let written = case.report().any_stderr().run();
    let ran = all(Case::holding(&written, ""), &["--as-of", AS_OF]);
    let from_report = all(Case::holding(&written, "out"), &[]);
    assert!(
        from_report.stdout == ran.stdout,
        "the exports and their report.json say the same"
    );
    let table = Rows::read(ran.stdout.as_bytes());
    let place = |column: &str| table.place(column);
    let (row, part_of) = (place("row"), place("part_of"));
    let mut parts: Vec<Vec<&str>> = vec![Vec::new(); table.rows.len() + 1];
    for one in &table.rows {
        if let Ok(whole) = one[part_of].parse::<usize>() {
            parts[whole].push(&one[place("figure")]);
        }
    }
    let mut seen = BTreeSet::new();
    let mut text = String::new();
    for one in &table.rows {
        let cell = |column: &str| one[place(column)].as_str();
        let name = cell("figure");
        if !seen.insert(name) {
            continue;
        }
        let own = &parts[one[row].parse::<usize>().expect("a row's number")];
        let made_of: Vec<String> = own.iter().map(|part| short(part, name)).collect();
        let value = match (cell("low"), cell("value"), cell("high")) {
            (low, _, high) if low == high => low.to_owned(),
            (low, "", high) => format!("{low}..{high}"),
            (low, value, high) => format!("{low}..{value}..{high}"),
        };
        let line = [
            &format!("{name} = {value} {}", cell("unit")),
            cell("missing"),
            cell("rule"),
            cell("basis"),
            &made_of.join("; "),
        ]
        .map(str::trim)
        .join(" | ");
        writeln!(text, "{line}").expect("text");
    }
    text
}

/// The name of a part, short where it repeats the name of its whole.
fn short(part: &str, whole: &str) -> String {
    let beside = whole.rsplit_once('/').map_or("", |(folder, _)| folder);
    let below = |folder: &str| {
        let rest = part.strip_prefix(folder).filter(|_| !folder.is_empty());
        rest.filter(|rest| rest.starts_with('/'))
    };
    match (below(whole), below(beside)) {
        (Some(rest), _) => rest.to_owned(),
        (None, Some(rest)) => format!(".{rest}"),
        (None, None) => part.to_owned(),
    }
}

#[track_caller]
fn pinned(name: &str, case: Case) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/pins/{name}.txt"));
    let found = figures(case);
    if std::env::var_os("UPDATE_PINS").is_some() {
        std::fs::write(&path, &found).expect("the pin is written");
    }
    let expected = std::fs::read_to_string(&path).expect("a pin");
    let (old, new): (BTreeSet<&str>, BTreeSet<&str>) =
        (expected.lines().collect(), found.lines().collect());
    let gone: Vec<&&str> = old.difference(&new).take(10).collect();
    let come: Vec<&&str> = new.difference(&old).take(10).collect();
    assert!(
        found == expected,
        "tests/pins/{name}.txt: gone {gone:#?}, come {come:#?}; UPDATE_PINS=1 cargo test rewrites it"
    );
}

/// Users of Jira and Confluence, of whom every ninth has left, every eleventh has not been seen since spring, and
/// every seventeenth has a Confluence seat that no export says the use of.
fn users(count: u32) -> String {
    let mut text =
        "User id,User name,email,User status,Added to org,Org role,Jira - acme,Last seen in Jira - acme,\
         Confluence - acme,Last seen in Confluence - acme\n"
            .to_owned();
    for one in 1..=count {
        let jira = match one % 11 {
            0 => "3 Mar 2026",
            _ => "10 Nov 2026",
        };
        let confluence = match one % 17 {
            0 => "",
            _ => "12 Nov 2026",
        };
        writeln!(
            text,
            "{one},User {one},u{one}@acme.example,Active,3 Jan 2024,,User,{jira},User,{confluence}"
        )
        .expect("text");
    }
    text
}

/// The directory of those users.
fn people(count: u32) -> String {
    let mut text = "email,status,department\n".to_owned();
    for one in 1..=count {
        let status = match one % 9 {
            0 => "Terminated",
            _ => "Active",
        };
        writeln!(text, "u{one}@acme.example,{status},Sales").expect("text");
    }
    text
}

fn acme(count: u32, toml: &str) -> Case {
    Case::new()
        .file("users.csv", users(count))
        .file("people.csv", people(count))
        .file("seatledger.toml", toml)
}

#[test]
fn the_demo() {
    pinned("demo", Case::sample());
}

fn no_directory() -> Case {
    Case::new().file("users.csv", users(60))
}

#[test]
fn without_a_directory() {
    pinned("no-directory", no_directory());
}

/// Guard is held with SCIM, Jira's price is a range, there is an offer, and all grows.
fn guard_held() -> Case {
    let toml = "
[organisation]
identity_provider = \"okta\"

[guard]
held = \"standard\"

[scim]
key_created = 2026-02-01

[[product]]
product = \"Jira\"
site = \"acme\"
plan = \"Standard\"

[[contract]]
product = \"Jira\"
bands = [{ up_to = 100, low = \"7\", high = \"9\" }, { low = \"6.1\", high = \"8.3\" }]

[third_party]
name = \"Acme\"
price_per_user_month = \"1.255\"
setup_fee = 500

[assumptions]
headcount_growth = \"0.07\"
price_rise = \"0.031\"
it_hours_a_year = \"123.4\"
";
    acme(130, toml)
}

#[test]
fn with_guard_held_an_offer_and_growth() {
    pinned("guard-held", guard_held());
}

/// A volume contract for Guard, tiers for Jira, and a minimum.
fn tariffs() -> Case {
    let toml = "
[[contract]]
product = \"Atlassian Guard\"
plan = \"Standard\"
mode = \"volume\"
minimum = 90
bands = [{ up_to = 80, price = \"4.5\" }, { up_to = 120, low = \"2.0\", high = \"3.333\" }, { price = \"1.111\" }]

[[contract]]
product = \"Jira\"
site = \"acme\"
per = \"annual\"
mode = \"tiers\"
bands = [{ up_to = 100, price = 80 }, { up_to = 120, price = 80 }, { up_to = 150, price = \"81.5\" }, { price = 79 }]

[[contract]]
product = \"Confluence\"
site = \"acme\"
billing = \"annual\"
annual_months = 10
bands = [{ up_to = 10, flat = 30 }, { up_to = 100, low = \"5.1\", high = \"5.777\" }, { price = 4 }]
";
    acme(130, toml)
}

#[test]
fn with_volume_bands_and_tiers() {
    pinned("tariffs", tariffs());
}

/// Loom Enterprise is sold by quote alone, and so is what a third party asks.
fn missing_prices() -> Case {
    let users = users(20)
        .lines()
        .enumerate()
        .map(|(row, line)| match row {
            0 => format!("{line},Loom - acme,Last seen in Loom - acme\n"),
            1..=9 => format!("{line},User,5 Mar 2026\n"),
            _ => format!("{line},,\n"),
        })
        .collect::<String>();
    let toml = "[[product]]\nproduct = \"Loom\"\nsite = \"acme\"\nplan = \"Enterprise\"\n";
    acme(20, toml).file("users.csv", users)
}

#[test]
fn with_missing_prices() {
    pinned("missing-prices", missing_prices());
}

/// The organisations that are pinned beside the demo.
pub(crate) fn others() -> [Case; 4] {
    [no_directory(), guard_held(), tariffs(), missing_prices()]
}
