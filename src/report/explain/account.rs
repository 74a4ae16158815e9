//! One account: all its classes with their reasons, its seats and findings.

use crate::domain::analysis::Decisions;
use crate::domain::class::GuardClass;
use crate::domain::day::{Day, LastUse};
use crate::domain::meaning::{PREMIUM_RULES, STANDARD_RULES};
use crate::report::detail::{Cells, Detail, FINDING_COLUMNS};
use crate::report::quote::Answer;
use crate::report::summary::{Section, Summary, TextTable};
use crate::report::table::{Cell, Table};

/// What is known of an account besides the report's own columns.
pub(crate) struct Record {
    /// `export-users.csv:494`.
    pub(crate) read_at: String,
    /// What the directory says of its person; `None` where nobody has its address.
    pub(crate) person: Option<String>,
    pub(crate) decisions: Decisions,
}

/// Everything known of the account of this row.
pub(crate) fn account(detail: &Detail, row: usize, record: &Record) -> Answer {
    let section = |title: &str, table: TextTable| Section {
        title: title.to_owned(),
        table,
        notes: Vec::new(),
    };
    let mut sections = vec![
        Section {
            notes: vec![
                format!("Rules of Guard Standard: {STANDARD_RULES}."),
                format!("Rules of Guard Premium: {PREMIUM_RULES}."),
            ],
            ..section("Account", facts(detail, row, record))
        },
        section("Access", seats(detail, row, &record.decisions)),
        section("Findings", findings(detail, row)),
    ];
    sections.retain(|section| !section.table.rows.is_empty());
    let table = flat(&sections);
    let summary = Summary {
        title: detail.accounts.email.get(row).to_owned(),
        sections,
        ..Summary::default()
    };
    (summary, table).into()
}

fn facts(detail: &Detail, row: usize, record: &Record) -> TextTable {
    let mut facts = TextTable::new(&["fact", "value", "why"]);
    let mut tell = |fact: &str, value: &str, why: &str| {
        if !value.is_empty() {
            facts.push([fact, value, why].map(str::to_owned));
        }
    };
    let accounts = &detail.accounts;
    tell("account id", accounts.id.get(row), "");
    tell("email", accounts.email.get(row), "");
    tell("name", accounts.name.get(row), "");
    tell("first read at", &record.read_at, "");
    tell("status at Atlassian", accounts.status[row].as_str(), "");
    let decisions = &record.decisions;
    let standing = decisions.standing;
    let why = format!("{}: {}", standing.place, standing.reason.meaning());
    tell("standing", standing.class.as_str(), &why);
    let found_by = detail.matches[row].map(|found| format!("found by its {}", found.by.as_str()));
    let person = record
        .person
        .as_deref()
        .unwrap_or("nobody with this address");
    tell("in the directory", person, &found_by.unwrap_or_default());
    let class = &detail.classes[row];
    tell("department", detail.departments.get(class.department), "");
    tell(
        "added",
        &detail.accounts.added[row].map_or_else(String::new, |day| day.to_string()),
        "",
    );
    tell("last active", &shown(class.last_use.get()), "");
    tell("seats", &class.billed_seats.to_string(), "");
    tell("wasted seats", &class.wasted_seats.to_string(), "");
    for (plan, found) in [
        ("Guard Standard", decisions.guard_standard),
        ("Guard Premium", decisions.guard_premium),
    ] {
        let value = format!("{}, {}", found.class.as_str(), found.reason.as_str());
        let class = GuardClass {
            verdict: found.class,
            reason: found.reason,
        };
        let why = format!("{}: {}", found.place, class.meaning());
        tell(plan, &value, &why);
    }
    let flag = match accounts.billable[row] {
        None => "not reported",
        Some(true) => "billable",
        Some(false) => "not billable",
    };
    tell("Atlassian's own flag", flag, "");
    facts
}

fn seats(detail: &Detail, row: usize, decisions: &Decisions) -> TextTable {
    let mut seats = TextTable::new(&[
        "product",
        "site",
        "?plan",
        "last seen",
        "use",
        ">a year, at list",
        "?why",
    ]);
    let held = (0..detail.seats.len()).filter(|&seat| detail.seats.account[seat] as usize == row);
    for (seat, found) in held.zip(&decisions.seats) {
        let place = usize::from(detail.seats.offering[seat]);
        let offering = &detail.offerings[place];
        let used = found.class;
        let price = detail.list_per_seat[place]
            .as_ref()
            .filter(|_| used.is_some());
        seats.push([
            offering.product.clone(),
            offering.site.clone(),
            offering.plan_name().to_owned(),
            match detail.seats.last_use[seat].get() {
                LastUse::Before(day) => format!("before {day}"),
                LastUse::NotReported => "not reported".to_owned(),
                other => shown(other),
            },
            used.map_or("not billed", |used| used.as_str()).to_owned(),
            match price {
                Some((low, high)) if low == high => format!("{low} {}", detail.currency),
                Some((low, high)) => format!("{low}–{high} {}", detail.currency),
                None => String::new(),
            },
            format!("{}: {}", found.place, found.reason.meaning()),
        ]);
    }
    seats
}

fn findings(detail: &Detail, row: usize) -> TextTable {
    let mut findings = TextTable::new(&["finding", "severity", "about", "evidence", "do"]);
    let mut evidence = String::new();
    for finding in detail.findings.iter() {
        if finding
            .account()
            .is_some_and(|account| account as usize == row)
        {
            let mut cells = Shown::default();
            detail.finding_row(finding, &mut evidence, &mut cells);
            let of = |column| cells.of(&FINDING_COLUMNS, column);
            let about = format!("{} {}", of("product"), of("site"));
            findings.push([
                of("code"),
                of("severity"),
                about.trim().to_owned(),
                of("evidence"),
                of("action"),
            ]);
        }
    }
    findings
}

/// The same for programs: one row a fact.
fn flat(sections: &[Section]) -> Table {
    let mut rows = Vec::new();
    for section in sections {
        for row in &section.table.rows {
            let Some((subject, values)) = row.split_first() else {
                continue;
            };
            let columns = section.table.columns.iter().skip(1);
            for (column, value) in columns.zip(values).filter(|(_, value)| !value.is_empty()) {
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

/// The cells of a row as they are shown to a person.
#[derive(Default)]
struct Shown(Vec<String>);

impl Shown {
    fn of(&self, columns: &[&str], wanted: &str) -> String {
        let mut cells = columns.iter().zip(&self.0);
        let found = cells.find(|(column, _)| **column == wanted);
        found.map_or_else(String::new, |(_, cell)| cell.clone())
    }
}

impl Cells for Shown {
    fn text(&mut self, text: &str) {
        self.0.push(text.to_owned());
    }

    fn word(&mut self, word: &str) {
        self.text(word);
    }

    fn count(&mut self, count: u64) {
        self.0.push(count.to_string());
    }

    fn day(&mut self, day: Day) {
        self.0.push(day.to_string());
    }
}

fn shown(last: LastUse) -> String {
    let mut cells = Shown::default();
    cells.last_use(last);
    cells.0.concat()
}
