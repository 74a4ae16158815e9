//! Findings by their kind: how many there are and what to do about them. `detail` lists each one.

use crate::domain::finding::{FindingCode, Findings};
use crate::domain::text::grouped;

use super::summary::{Section, TextTable};
use super::table::{Cell, Table};

/// How many findings there are of each kind, in the order of the codes.
pub(crate) fn counts(findings: &Findings) -> Vec<u64> {
    let codes = FindingCode::ALL.iter();
    codes.map(|&code| findings.of(code).len() as u64).collect()
}

/// The findings of each kind that there is, and what to do about them.
pub(crate) fn table(counts: &[u64]) -> Table {
    let rows = FindingCode::ALL
        .iter()
        .zip(counts)
        .filter(|(_, count)| **count > 0)
        .map(|(code, &count)| {
            let facts = code.facts();
            vec![
                Cell::text(facts.code),
                Cell::text(facts.severity.as_str()),
                Cell::Count(count),
                Cell::text(facts.description),
                Cell::text(facts.action),
            ]
        })
        .collect();
    Table {
        name: "findings_by_code",
        provenance: "one row a kind of finding; findings.csv has each one".to_owned(),
        columns: &["code", "severity", "findings", "description", "action"],
        rows,
    }
}

/// The same for the summary.
pub(crate) fn section(table: &Table) -> Section {
    let mut text = TextTable::new(&["finding", "severity", ">number", "action"])
        .sourced("findings_by_code.csv");
    for row in &table.rows {
        if let [
            Cell::Text(code),
            Cell::Text(severity),
            Cell::Count(count),
            _,
            Cell::Text(action),
        ] = row.as_slice()
        {
            text.push([
                code.clone(),
                severity.clone(),
                grouped(*count),
                action.clone(),
            ]);
        }
    }
    Section {
        title: "Findings".to_owned(),
        table: text,
        notes: Vec::new(),
    }
    .or_none("There is nothing to act on.")
}
