//! Every CSV fixture in any bytes tells the same as it does as it stands.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use proptest::collection::vec;
use proptest::prelude::{prop_assert_eq, proptest};
use proptest::test_runner::Config;
use serde_json::{Value, json};

use super::PEOPLE;
use super::directories::ACCOUNTS;
use crate::case::{AS_OF, Case, fixture_path};
use crate::form::{Encoding, Form, HeaderCase, form, plain};

/// No fixture has more columns.
const MOST_COLUMNS: usize = 64;

/// A fixture as rows of cells, and what it tells in its plain form.
struct Fixture {
    name: String,
    rows: Vec<Vec<String>>,
    told: Vec<Value>,
}

fn fixtures() -> &'static [Fixture] {
    static FIXTURES: OnceLock<Vec<Fixture>> = OnceLock::new();
    FIXTURES.get_or_init(|| {
        let mut names: Vec<String> = fs::read_dir(fixture_path("formats"))
            .expect("the fixtures")
            .map(|entry| entry.expect("a fixture").file_name())
            .map(|name| name.to_string_lossy().into_owned())
            .filter(|name| name.ends_with(".csv"))
            .collect();
        names.sort();
        let fixture = |name: String| {
            let rows = rows(&fixture_path(&format!("formats/{name}")));
            assert!(rows[0].len() <= MOST_COLUMNS, "{name}");
            let form = plain(MOST_COLUMNS);
            let told = told(&name, &form.bytes(&rows).expect("UTF-8"), &form);
            Fixture { name, rows, told }
        };
        names.into_iter().map(fixture).collect()
    })
}

/// A fixture's cells, without the line that some tools write above the header.
fn rows(path: &Path) -> Vec<Vec<String>> {
    let bytes = fs::read(path).expect("a fixture");
    let (text, _, broken) = encoding_rs::UTF_8.decode(&bytes);
    let text = if broken {
        encoding_rs::WINDOWS_1252.decode(&bytes).0
    } else {
        text
    };
    let table = match text.split_once('\n') {
        Some((first, rest)) if first.starts_with("#TYPE") => rest,
        _ => &text,
    };
    let reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(table.as_bytes());
    let record = |record: csv::Result<csv::StringRecord>| {
        record
            .expect("a record")
            .iter()
            .map(str::to_owned)
            .collect()
    };
    reader.into_records().map(record).collect()
}

/// The fixture with what it is held against.
fn case(name: &str, bytes: &[u8]) -> Case {
    let case = Case::new().file(name, bytes);
    match name {
        name if name.starts_with("users_") || name.starts_with("managed_") => {
            case.file("people.csv", PEOPLE)
        }
        "hr_by_employee_id.csv" => case
            .file("accounts.csv", ACCOUNTS)
            .fixture("formats/idp_with_employee_ids.csv"),
        _ => case.file("accounts.csv", ACCOUNTS),
    }
}

/// The counts of each file and of the whole, and the rejects; without what the form may change: the case of
/// names, and the line that `sep=` adds.
fn told(name: &str, bytes: &[u8], form: &Form) -> Vec<Value> {
    let ran = case(name, bytes)
        .args(["check", "DIR", "--as-of", AS_OF, "--format", "json"])
        .args(leavers_only(name))
        .any_stdout()
        .run();
    let checked: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let list = |key: &str| checked[key].as_array().expect("a list").iter();
    let mut told: Vec<Value> = list("files").map(counts).collect();
    let whole = ["people", "accounts", "seats", "inferred", "answers"];
    told.extend(whole.map(|fact| checked[fact].clone()));
    told.extend(list("rejects").map(|one| reject(one, name, form)));
    told.extend(list("notes").map(|note| note["code"].clone()));
    told
}

fn leavers_only(name: &str) -> Vec<&str> {
    if name == "leavers.csv" {
        vec!["--leavers-only", name]
    } else {
        Vec::new()
    }
}

fn counts(file: &Value) -> Value {
    let number = |key: &str| file[key].as_u64().expect("a count");
    assert_eq!(
        number("accepted") + number("rejected"),
        number("records"),
        "{file}"
    );
    let facts = [
        "name",
        "format",
        "side",
        "records",
        "accepted",
        "rejected",
        "first_day",
        "last_day",
    ];
    facts.map(|fact| file[fact].clone()).into_iter().collect()
}

fn reject(reject: &Value, name: &str, form: &Form) -> Value {
    let added = u64::from(form.says_delimiter && reject["file"] == name);
    let line = reject["line"].as_u64().expect("a line") - added;
    let column = reject["column"].as_str().expect("a column").to_lowercase();
    json!([
        line,
        column,
        reject["value"],
        reject["reason"],
        reject["expected"]
    ])
}

proptest! {
    #![proptest_config(Config { cases: 4, max_shrink_iters: 64, failure_persistence: None, ..Config::default() })]

    /// Each fixture in a form of its own, so that every run has all kinds of forms.
    #[test]
    fn every_fixture_in_any_bytes_tells_the_same(forms in vec(form(MOST_COLUMNS), fixtures().len())) {
        for (fixture, form) in fixtures().iter().zip(&forms) {
            if let Some(bytes) = form.bytes(&fixture.rows) {
                let told = told(&fixture.name, &bytes, form);
                prop_assert_eq!(&told, &fixture.told, "{} as {:?}", fixture.name, form);
            }
        }
    }
}

/// Not counts alone but all that is known of Ben, whom most fixtures know to have left; in a form far from plain.
#[test]
fn every_fixture_in_other_bytes_tells_the_same_of_ben() {
    let other = Form {
        encoding: Encoding::Utf16Be,
        delimiter: ';',
        says_delimiter: true,
        line_end: "\r\n",
        ends_with_newline: false,
        header: HeaderCase::Upper,
        quotes_all: true,
        order: (0..MOST_COLUMNS).rev().collect(),
    };
    for fixture in fixtures() {
        let known = |form: &Form| {
            let bytes = form.bytes(&fixture.rows).expect("all letters");
            known_of_ben(&fixture.name, &bytes)
        };
        assert_eq!(
            known(&other),
            known(&plain(MOST_COLUMNS)),
            "{}",
            fixture.name
        );
    }
}

fn known_of_ben(name: &str, bytes: &[u8]) -> String {
    // This one has no Ben; Cy is suspended there.
    let address = match name {
        "users_group_membership.csv" => "cy@harbour.example",
        _ => "ben@harbour.example",
    };
    let ran = case(name, bytes)
        .args(["explain", address, "DIR", "--as-of", AS_OF])
        .args(leavers_only(name))
        .any_stdout()
        .run();
    let lines = ran
        .stdout
        .lines()
        .filter(|line| !line.contains("first read at"));
    lines.collect::<Vec<_>>().join("\n")
}
