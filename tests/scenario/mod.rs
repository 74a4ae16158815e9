//! `scenario`: figures checked by hand, and the text of every way to state one wrongly.

mod prices;
mod wrong;

use crate::case::{Case, Ran, Rows};

const DOUBLE: &str = "name = \"double rate\"\n[assumptions]\nit_hourly_rate = \"120.50\"\n";
const OFFER: &str = "name = \"offer\"\n[third_party]\nannual_fee = \"9600\"\n";

fn sample() -> Case {
    Case::sample_in("in/")
}

/// An organisation small enough for paper: four users of Jira, of whom two are wasted; no directory.
const USERS: &str = "\
User id,User name,email,User status,Added to org,Org role,Jira - acme,Last seen in Jira - acme
712020:a1,Ana Ruiz,ana@acme.example,Active,3 Jan 2024,,User,12 Nov 2026
712020:b2,Ben Cho,ben@acme.example,Active,15 Feb 2024,,User,Never accessed
712020:c3,Cas Dam,cas@acme.example,Active,15 Feb 2024,,User,18 Nov 2026
712020:d4,Dee Eko,dee@acme.example,Active,15 Feb 2024,,User,5 Jan 2026
";
const CONFIG: &str = "\
[organisation]
domains = [\"acme.example\"]
as_of = 2026-11-20

[[product]]
product = \"Jira\"
site = \"acme\"
plan = \"Standard\"
price = \"10.00\"

[[contract]]
product = \"Guard\"
plan = \"Standard\"
price = \"4.00\"
";

fn small() -> Case {
    Case::new()
        .file("in/users.csv", USERS)
        .file("in/seatledger.toml", CONFIG)
}

/// The rows that scenarios give beside the base, some columns of each.
fn rows_of(case: Case, scenarios: &[&str], columns: &[&str]) -> Vec<String> {
    let names: Vec<String> = (1..=scenarios.len())
        .map(|number| format!("{number}.toml"))
        .collect();
    let case = scenarios
        .iter()
        .zip(&names)
        .fold(case, |case, (text, name)| case.file(name, text));
    let paths: Vec<String> = names.iter().map(|name| format!("DIR/{name}")).collect();
    let ran = case
        .args(["scenario", "--format", "csv"])
        .args(paths.iter().map(String::as_str))
        .args(["DIR/in"])
        .any_stdout()
        .run();
    Rows::read(ran.stdout.as_bytes()).shown(columns)
}

#[track_caller]
fn has(rows: &[String], wanted: &[&str]) {
    for row in wanted {
        assert!(rows.iter().any(|one| one == row), "{row}: {rows:#?}");
    }
}

fn compared(format: &str) -> Ran {
    sample()
        .file("double.toml", DOUBLE)
        .file("offer.toml", OFFER)
        .args(["scenario", "DIR/double.toml", "DIR/offer.toml", "DIR/in"])
        .args(["--format", format])
        .any_stdout()
        .run()
}

#[test]
fn a_doubled_hourly_rate_doubles_the_hours_and_nothing_else() {
    let rows = Rows::read(compared("csv").stdout.as_bytes());
    let shown = rows.shown(&["scenario", "figure", "of", "low", "high", "same_as_base"]);
    for row in [
        // 8,280.72 unused licences + 98.112 h × 60.25 + 4,303.13 misses.
        "base | first-year | manual | 18495.10 | 22170.58 | yes",
        // The same with 98.112 h × 120.50 = 11,822.50.
        "double rate | first-year | manual | 24406.35 | 28081.83 | no",
        "offer | first-year | manual | 18495.10 | 22170.58 | yes",
    ] {
        assert!(shown.iter().any(|one| one == row), "{row}: {shown:#?}");
    }
    // Set-up, key, review and the remaining manual cost twice; the fee of 16,884 and the rest once.
    let guard = "double rate | first-year | guard-standard | 24443.92 | ";
    assert!(shown.iter().any(|one| one.starts_with(guard)), "{shown:#?}");
}

#[test]
fn an_offer_gives_the_third_party_a_price() {
    let rows = Rows::read(compared("csv").stdout.as_bytes());
    let shown = rows.shown(&["scenario", "figure", "of", "missing"]);
    let row = "offer | first-year | third-party | ";
    assert!(shown.iter().any(|one| one == row), "{shown:#?}");
    let changes = rows.shown(&["scenario", "figure", "of", "value", "source"]);
    for row in [
        "double rate | changes | it_hourly_rate | 120.50 | DIR/double.toml:3",
        "offer | changes | annual_fee | 9600 | DIR/offer.toml:3",
    ] {
        assert!(changes.iter().any(|one| one == row), "{changes:#?}");
    }
}

#[test]
fn the_text_has_a_column_for_each_scenario_and_what_it_changes() {
    let text = compared("markdown").stdout;
    for line in [
        "| first year, years ahead, and the answer | base | double rate | offer |",
        "| Manual work | $18,495–22,171 | $24,406–28,082 | = |",
        "| double rate | it\\_hourly\\_rate | 60.25 | 120.50 | DIR/double.toml:3 |",
        // Twice the rate adds its labour again, which wages raise by 3 % a year: 5,911.25 × (1 + 1.03 + 1.0609) = 18,271.
        "| Manual work, all years | $57,677–69,264 | $75,948–87,535 | = |",
        "| offer | annual\\_fee | not configured | 9600 | DIR/offer.toml:3 |",
    ] {
        assert!(text.lines().any(|one| one == line), "{line}\n{text}");
    }
}
