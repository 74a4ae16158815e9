//! What can be said of a number of users without any file: Guard fees, the SCIM tax, the manual benchmark.

use crate::domain::text::grouped;
use crate::model::assumptions::benchmark::Benchmark;
use crate::money::{Cost, Money, MoneyError};
use crate::price::book::Provenance;
use crate::price::quote::{BillLine, Pricing, Subscription};
use crate::price::{ENTERPRISE, GUARD, PREMIUM, STANDARD};

use super::products::complete;
use super::scim_tax;
use super::summary::{Section, Summary, TextTable};
use super::table::{Cell, Table};

/// The guide's total for the Enterprise minimum, which its own price and number contradict.
const GUIDE_ENTERPRISE_TOTAL: &str = "124355";

/// A summary for people and a table for programs, which say the same.
pub(crate) struct Answer {
    pub(crate) summary: Summary,
    /// What a CSV has.
    pub(crate) table: Table,
    /// What goes before it in JSON, since one CSV is one table.
    pub(crate) before: Vec<Table>,
}

impl From<(Summary, Table)> for Answer {
    fn from((summary, table): (Summary, Table)) -> Answer {
        Answer {
            summary,
            table,
            before: Vec::new(),
        }
    }
}

/// The Guard table, the SCIM tax and the benchmark for these numbers of users.
pub(crate) fn quote(
    pricing: &Pricing<'_>,
    benchmark: &Benchmark,
    users: &[u64],
) -> Result<Answer, MoneyError> {
    let mut table = Table {
        name: "quote",
        provenance: "one row a number of users and figure; sources in the column source".to_owned(),
        columns: &[
            "users",
            "figure",
            "currency",
            "annual_low",
            "annual_high",
            "source",
        ],
        rows: Vec::new(),
    };
    let sections = vec![
        guard_section(pricing, users, &mut table)?,
        enterprise_section(pricing)?,
        scim_tax::section(pricing)?,
        benchmark_section(benchmark, users, &mut table)?,
    ];
    let summary = Summary {
        title: format!(
            "Quote · prices of {} · {}",
            pricing.day,
            pricing.currency.code()
        ),
        headline: Vec::new(),
        warnings: Vec::new(),
        sections,
    };
    Ok((summary, table).into())
}

fn guard_line(pricing: &Pricing<'_>, plan: &str, quantity: u64) -> Result<BillLine, MoneyError> {
    pricing.line(&Subscription {
        product: GUARD.to_owned(),
        plan: plan.to_owned(),
        site: None,
        quantity,
    })
}

fn guard_section(
    pricing: &Pricing<'_>,
    users: &[u64],
    rows: &mut Table,
) -> Result<Section, MoneyError> {
    let mut table = TextTable::new(&[">users", ">Guard Standard a year", ">Guard Premium a year"]);
    let mut notes = Vec::new();
    for &count in users {
        let standard = guard_line(pricing, STANDARD, count)?;
        let premium = guard_line(pricing, PREMIUM, count)?;
        table.push([
            count.to_string(),
            standard.annual.whole(),
            premium.annual.whole(),
        ]);
        for (plan, line) in [("Guard Standard", &standard), ("Guard Premium", &premium)] {
            push_row(rows, count, plan, &line.annual, &line_source(line));
        }
    }
    for plan in [STANDARD, PREMIUM] {
        let line = guard_line(pricing, plan, users.first().copied().unwrap_or(1))?;
        if let Some(known) = &line.provenance {
            notes.push(format!("Guard {plan}: {}.", source_text(known)));
        } else {
            notes.push(format!(
                "Guard {plan}: {}.",
                line.annual.missing().join("; ")
            ));
        }
        if let Some(newer) = &line.newer_unverified {
            let amounts: Vec<String> = users
                .iter()
                .map(|&count| {
                    let line = guard_line(pricing, plan, count)?;
                    let annual = line
                        .newer_unverified
                        .map_or_else(String::new, |newer| newer.annual.whole());
                    Ok(format!("{annual} for {} users", grouped(count)))
                })
                .collect::<Result<_, MoneyError>>()?;
            notes.push(format!(
                "A newer price of {} for Guard {plan} is unverified and not used; it would make {} a year.",
                newer.from,
                amounts.join(", ")
            ));
        }
    }
    notes.push(
        "Premium is an add-on: you pay for Standard as well, each for its own count of accounts. \
         Guard bills managed accounts that can reach a counted product, so the count is not the headcount: \
         `seatledger report` counts it from your exports."
            .to_owned(),
    );
    Ok(Section {
        title: "Guard fee".to_owned(),
        table,
        notes,
    })
}

fn enterprise_section(pricing: &Pricing<'_>) -> Result<Section, MoneyError> {
    let line = pricing.line(&Subscription {
        product: "Jira".to_owned(),
        plan: ENTERPRISE.to_owned(),
        site: None,
        quantity: 1,
    })?;
    let mut notes = Vec::new();
    if let Some(minimum) = complete(&line.annual) {
        notes.push(format!(
            "Jira Enterprise bills at least {} users: {} a year. StitchFlow's guide prints ${} for this; its own figures, \
             801 users at $155, make $124,155.",
            line.billed,
            minimum.whole(),
            grouped_digits(GUIDE_ENTERPRISE_TOTAL)
        ));
        if let Some(known) = &line.provenance {
            notes.push(source_text(known) + ".");
        }
    } else {
        notes.push(format!(
            "Jira Enterprise: {}.",
            line.annual.missing().join("; ")
        ));
    }
    Ok(Section {
        title: "Enterprise".to_owned(),
        table: TextTable::default(),
        notes,
    })
}

fn grouped_digits(digits: &str) -> String {
    let (head, tail) = digits.split_at(digits.len().saturating_sub(3));
    format!("{head},{tail}")
}

fn benchmark_section(
    benchmark: &Benchmark,
    users: &[u64],
    rows: &mut Table,
) -> Result<Section, MoneyError> {
    let mut table = TextTable::new(&[
        ">users",
        ">unused seats",
        ">IT work",
        ">leavers missed",
        ">total a year",
    ]);
    let source = format!(
        "benchmark, {}, {}, {}",
        benchmark.confidence.as_str(),
        benchmark.date,
        benchmark.source
    );
    for &count in users {
        let licences = benchmark.scaled(benchmark.unused_licences, count)?;
        let labour = benchmark.scaled(benchmark.labour, count)?;
        let misses = benchmark.scaled(benchmark.compliance_misses, count)?;
        let total = Money::sum(
            licences.cost.currency(),
            [licences.cost, labour.cost, misses.cost],
        )?;
        table.push([
            count.to_string(),
            licences.cost.grouped(),
            labour.cost.grouped(),
            misses.cost.grouped(),
            total.grouped(),
        ]);
        push_row(
            rows,
            count,
            "manual (benchmark)",
            &Cost::from(total),
            &source,
        );
    }
    let notes = vec![
        format!(
            "Figures of StitchFlow, who sells the third-party alternative, for {} employees, scaled by headcount: {} licences, {} hours and {} orphaned accounts a year. \
             {} Source: {source}.",
            benchmark.employees,
            benchmark.unused_licences.quantity.plain(),
            benchmark.labour.quantity.plain(),
            benchmark.compliance_misses.quantity.plain(),
            benchmark.note
        ),
        format!(
            "StitchFlow's guide prints {} as its total for {} employees; its own parts add up to {}.",
            benchmark.printed_total.whole(),
            benchmark.employees,
            benchmark.total()?.whole()
        ),
    ];
    Ok(Section {
        title: "Manual cost, by the benchmark".to_owned(),
        table,
        notes,
    })
}

fn push_row(table: &mut Table, users: u64, figure: &str, annual: &Cost, source: &str) {
    let [low, high] = Cell::ends(annual);
    let currency = annual.known().map_or(Cell::Missing, |range| {
        Cell::text(range.low().currency().code())
    });
    table.rows.push(vec![
        Cell::Count(users),
        Cell::text(figure),
        currency,
        low,
        high,
        Cell::text(source),
    ]);
}

fn line_source(line: &BillLine) -> String {
    line.provenance
        .as_ref()
        .map_or_else(|| line.annual.missing().join("; "), source_text)
}

/// `reported, 2026-01-11, https://…`
pub(crate) fn source_text(known: &Provenance) -> String {
    format!(
        "{}, {}, {}",
        known.confidence.as_str(),
        known.date,
        known.source
    )
}
