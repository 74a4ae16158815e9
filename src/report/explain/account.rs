//! One account: all its classes with their reasons, its seats and findings.

use crate::domain::day::LastUse;

use crate::report::detail::{ACCOUNT_COLUMNS, Detail, Field};
use crate::report::quote::Answer;
use crate::report::summary::{Section, Summary, TextTable};
use crate::report::table::{Cell, Table};

/// Everything known of the account with this address.
pub(crate) fn account(detail: &Detail, email: &str, place: &str) -> Option<Answer> {
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
    let sections = vec![
        section("Account", facts),
        section("Access", seats),
        section("Findings", findings),
    ];
    Some(Answer {
        table: flat(&sections),
        summary: Summary {
            title: email.to_owned(),
            sections,
            ..Summary::default()
        },
    })
}

/// The same for programs: one row a fact.
fn flat(sections: &[Section]) -> Table {
    let mut rows = Vec::new();
    for section in sections {
        for row in &section.table.rows {
            let Some((subject, values)) = row.split_first() else {
                continue;
            };
            for (column, value) in section.table.columns.iter().skip(1).zip(values) {
                rows.push(
                    [&section.title, subject, column, value]
                        .map(Cell::text)
                        .to_vec(),
                );
            }
        }
    }
    Table {
        name: "account",
        provenance: "one row a fact of the account, a seat of it or a finding about it".to_owned(),
        columns: &["section", "subject", "fact", "value"],
        rows,
    }
}

fn shown(field: Field<'_>) -> String {
    match field {
        Field::Text(text) | Field::Word(text) => text.to_owned(),
        Field::Count(count) => count.to_string(),
        Field::Day(day) => day.to_string(),
        Field::Missing => String::new(),
    }
}
