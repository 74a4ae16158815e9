//! Explaining: one account with all its classes and their reasons, or one figure down to its sources.

use crate::domain::day::LastUse;

use super::Report;
use super::detail::{ACCOUNT_COLUMNS, Detail, Field};
use super::summary::{Section, Summary, TextTable};
use super::table::{Cell, Table};

/// Everything known of the account with this address.
pub(crate) fn account(detail: &Detail, email: &str, place: &str) -> Option<Summary> {
    let row = (0..detail.accounts.len()).find(|&row| detail.accounts.email.get(row) == email)?;
    let mut facts = TextTable::new(&["fact", "value"]);
    for (column, field) in ACCOUNT_COLUMNS.iter().zip(detail.account_row(row)) {
        facts.push([column.replace('_', " "), shown(field)]);
    }
    let accounts = &detail.accounts;
    facts.push([
        "status at atlassian".to_owned(),
        accounts.status[row].as_str().to_owned(),
    ]);
    facts.push([
        "atlassian's billable flag".to_owned(),
        accounts.billable[row]
            .map_or("not reported", |flag| if flag { "yes" } else { "no" })
            .to_owned(),
    ]);
    facts.push(["first read at".to_owned(), place.to_owned()]);
    let mut seats = TextTable::new(&["product", "site", "plan", "use", "last seen"]);
    for seat in (0..detail.seats.len()).filter(|&seat| detail.seats.account[seat] as usize == row) {
        let offering = &detail.offerings[usize::from(detail.seats.offering[seat])];
        seats.push([
            offering.product.clone(),
            offering.site.clone(),
            offering.plan_name().to_owned(),
            detail.uses[seat]
                .map_or("not billed", |used| used.as_str())
                .to_owned(),
            match detail.seats.last_use[seat] {
                LastUse::On(day) => day.to_string(),
                LastUse::Before(day) => format!("before {day}"),
                LastUse::Never => "never".to_owned(),
                LastUse::NotReported => "not reported".to_owned(),
            },
        ]);
    }
    let mut findings = TextTable::new(&["finding", "severity", "evidence", "action"]);
    let mut evidence = String::new();
    for finding in 0..detail.findings.len() {
        if detail.findings[finding]
            .account
            .is_some_and(|account| account as usize == row)
        {
            let cells = detail.finding_row(finding, &mut evidence);
            findings.push([
                shown(cells[0]),
                shown(cells[1]),
                shown(cells[13]),
                shown(cells[14]),
            ]);
        }
    }
    let section = |title: &str, table: TextTable| Section {
        title: title.to_owned(),
        table,
        notes: Vec::new(),
    };
    Some(Summary {
        title: email.to_owned(),
        sections: vec![
            section("Account", facts),
            section("Access", seats),
            section("Findings", findings),
        ],
        ..Summary::default()
    })
}

fn shown(field: Field<'_>) -> String {
    match field {
        Field::Text(text) | Field::Word(text) => text.to_owned(),
        Field::Count(count) => count.to_string(),
        Field::Day(day) => day.to_string(),
        Field::Missing => String::new(),
    }
}

/// The tables whose rows can be explained by the name in one of their first two columns.
const EXPLAINED: &[&str] = &[
    "alternatives",
    "assumptions",
    "waste_by_product",
    "waste_by_department",
    "guard_billing",
];

/// Every row of the report's tables whose first cells name the figure, with the source of its table.
pub(crate) fn figure(report: &Report, name: &str) -> Option<Summary> {
    let wanted = name.trim().to_lowercase();
    let sections: Vec<Section> = explained(report)
        .filter_map(|table| rows_named(table, &wanted))
        .collect();
    (!sections.is_empty()).then(|| Summary {
        title: format!("{name} · {} · {}", report.organisation, report.as_of),
        sections,
        ..Summary::default()
    })
}

/// The names that can be explained.
pub(crate) fn figures(report: &Report) -> Vec<String> {
    let mut names: Vec<String> = explained(report)
        .flat_map(|table| table.rows.iter().flat_map(|row| row.iter().take(2)))
        .filter_map(|cell| match cell {
            Cell::Text(text) if !text.is_empty() => Some(text.clone()),
            _ => None,
        })
        .collect();
    names.sort();
    names.dedup();
    names
}

fn explained(report: &Report) -> impl Iterator<Item = &Table> {
    report
        .tables
        .iter()
        .filter(|table| EXPLAINED.contains(&table.name))
}

fn rows_named(table: &Table, wanted: &str) -> Option<Section> {
    let named = |row: &&Vec<Cell>| {
        row.iter()
            .take(2)
            .any(|cell| matches!(cell, Cell::Text(text) if text.to_lowercase() == wanted))
    };
    let mut text = TextTable::new(&["", "fact", "value"]);
    for (number, row) in table.rows.iter().filter(named).enumerate() {
        for (column, cell) in table.columns.iter().zip(row) {
            let value = match cell {
                Cell::Text(text) | Cell::Number(text) => text.clone(),
                Cell::Count(count) => count.to_string(),
                Cell::Day(day) => day.to_string(),
                Cell::Money(money) => money.grouped(),
                Cell::Missing => "not known".to_owned(),
            };
            if !value.is_empty() {
                text.push([(number + 1).to_string(), column.replace('_', " "), value]);
            }
        }
    }
    (!text.rows.is_empty()).then(|| Section {
        title: table.name.replace('_', " "),
        table: text,
        notes: vec![table.provenance.clone()],
    })
}
