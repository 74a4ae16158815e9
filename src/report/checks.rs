//! The checks that fired, for every output: lines at the top, a table, a section.

use crate::domain::check::Check;

use super::summary::{Section, TextTable};
use super::table::{Cell, Table};

/// The columns of the table; the first is for several cases side by side.
static CASE_COLUMNS: [&str; 9] = [
    "scenario",
    "code",
    "severity",
    "evidence",
    "places",
    "action",
    "fires_on",
    "severity_rule",
    "because",
];

/// The lines that stand above everything else, the gravest first.
pub(crate) fn lines(checks: &[Check]) -> Vec<String> {
    checks.iter().map(line).collect()
}

/// The lines of the severe ones alone.
pub(crate) fn severe_lines(checks: &[Check]) -> Vec<String> {
    let severe = checks.iter().filter(|one| one.is_severe());
    severe.map(line).collect()
}

pub(crate) fn line(check: &Check) -> String {
    let (severity, code) = (check.severity().as_str(), check.code().as_str());
    in_a_line(severity, code, &check.sentence())
}

pub(super) fn in_a_line(severity: &str, code: &str, sentence: &str) -> String {
    format!("{severity} {code}: {sentence}")
}

pub(crate) fn table(checks: &[Check]) -> Table {
    let row = |one: &Check| {
        vec![
            Cell::text(one.code().as_str()),
            Cell::text(one.severity().as_str()),
            Cell::text(one.evidence()),
            Cell::text(one.places().join("; ")),
            Cell::text(one.action()),
            Cell::text(one.code().entry().fires()),
            Cell::text(one.code().entry().severities()),
            Cell::text(&one.code().entry().why),
        ]
    };
    Table {
        name: "checks",
        provenance: "one row a check that fired on data or prices; while a severe one holds, no alternative is named \
                     the cheapest"
            .to_owned(),
        columns: &CASE_COLUMNS[1..],
        rows: checks.iter().map(row).collect(),
    }
}

/// The same for several cases, each check with the name of its case before it.
pub(crate) fn table_by_case(told: &[(&str, &Check)]) -> Table {
    let checks: Vec<Check> = told.iter().map(|(_, check)| (*check).clone()).collect();
    let mut table = table(&checks);
    table.columns = &CASE_COLUMNS;
    for (row, (case, _)) in table.rows.iter_mut().zip(told) {
        row.insert(0, Cell::text(*case));
    }
    table
}

/// All checks that fired, for `check`.
pub(crate) fn section(checks: &[Check]) -> Section {
    let mut table = TextTable::new(&["check", "severity", "seen", "?because"]);
    for one in checks {
        table.push([
            one.code().as_str().to_owned(),
            one.severity().as_str().to_owned(),
            one.sentence(),
            one.code().entry().why.clone(),
        ]);
    }
    Section {
        title: "Checks of data and prices".to_owned(),
        table,
        notes: Vec::new(),
    }
    .or_none("No check fires.")
}
