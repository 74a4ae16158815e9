//! What can be said without any file: Guard fees for a headcount, the SCIM tax, the manual benchmark, the price book.

use crate::model::benchmark::Benchmark;
use crate::money::{Cost, Money, MoneyError};
use crate::price::bands::BandPrice;
use crate::price::book::{PriceBook, PriceEntry, Provenance};
use crate::price::quote::{BillLine, Pricing, Subscription};
use crate::price::scim_tax::{self, Tax};
use crate::price::{ENTERPRISE, GUARD, PREMIUM, STANDARD};

use super::products::complete;
use super::summary::{Section, Summary, TextTable};
use super::table::{Cell, Table};

/// The guide's total for the Enterprise minimum, which its own price and number contradict.
const GUIDE_ENTERPRISE_TOTAL: &str = "124355";
/// The team for which prices per seat are quoted, as in the guide.
const TEAM: u64 = 100;

/// A summary for people and a table for programs, which say the same.
pub(crate) struct Answer {
    pub(crate) summary: Summary,
    pub(crate) table: Table,
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
        tax_section(pricing)?,
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
    Ok(Answer { summary, table })
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
                    Ok(format!("{annual} for {count} users"))
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
        "Premium is an add-on: Standard has to be paid beside it, each for its own count of accounts. \
         Guard bills managed accounts that can reach a counted product, so the count is not the headcount: \
         `seatledger report` tells it from your exports."
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
            "Jira Enterprise bills at least {} users: {} a year. The guide prints ${} for this; its own figures, \
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

/// The SCIM tax of every product of the book.
fn tax_section(pricing: &Pricing<'_>) -> Result<Section, MoneyError> {
    let mut table = TextTable::new(&[
        "product",
        "base plan",
        ">base",
        "way to SCIM",
        ">with SCIM",
        ">SCIM tax",
        "stated",
    ]);
    let mut notes = Vec::new();
    for row in scim_tax::rows(pricing, TEAM)? {
        table.push([
            row.product.clone(),
            row.base_plan.clone(),
            per_month(&row.base),
            if row.cheapest {
                format!("{} (cheapest)", row.way)
            } else {
                row.way.clone()
            },
            per_month(&row.with_scim),
            match &row.tax {
                Tax::Percent { .. } => format!("+{}", row.tax.text()),
                Tax::Unknown(_) => row.tax.text(),
            },
            format!("{}, {}", row.facts.date, row.facts.confidence.as_str()),
        ]);
        if let Tax::Unknown(reason) = &row.tax {
            notes.push(format!("{}, {}: {reason}.", row.product, row.way));
        }
    }
    notes.push(format!(
        "Per user and month, for a team of {TEAM}. Guard spreads over all products, so beside one product's price \
         its share looks larger than beside the whole bill."
    ));
    Ok(Section {
        title: "SCIM tax: what SCIM costs over the base plan".to_owned(),
        table,
        notes,
    })
}

/// The SCIM tax alone.
pub(crate) fn scim_tax(pricing: &Pricing<'_>) -> Result<Answer, MoneyError> {
    let summary = Summary {
        title: format!(
            "SCIM tax · prices of {} · {}",
            pricing.day,
            pricing.currency.code()
        ),
        sections: vec![tax_section(pricing)?],
        ..Summary::default()
    };
    Ok(Answer {
        summary,
        table: tax_table(pricing)?,
    })
}

/// The same as a table for programs.
fn tax_table(pricing: &Pricing<'_>) -> Result<Table, MoneyError> {
    let mut table = Table {
        name: "scim_tax",
        provenance: format!(
            "one row a product and way to SCIM; prices per user and month for a team of {TEAM}"
        ),
        columns: &[
            "product",
            "base_plan",
            "currency",
            "base_low",
            "base_high",
            "way",
            "cheapest",
            "with_scim_low",
            "with_scim_high",
            "tax",
            "why_unknown",
            "stated",
            "confidence",
            "age_days",
            "source",
        ],
        rows: Vec::new(),
    };
    for row in scim_tax::rows(pricing, TEAM)? {
        let [base_low, base_high] = exact_range(&row.base);
        let [with_low, with_high] = exact_range(&row.with_scim);
        table.rows.push(vec![
            Cell::text(&row.product),
            Cell::text(&row.base_plan),
            Cell::text(pricing.currency.code()),
            base_low,
            base_high,
            Cell::text(&row.way),
            Cell::text(if row.cheapest { "yes" } else { "no" }),
            with_low,
            with_high,
            Cell::text(row.tax.text()),
            match &row.tax {
                Tax::Unknown(reason) => Cell::text(reason),
                Tax::Percent { .. } => Cell::Missing,
            },
            Cell::text(row.facts.date.to_string()),
            Cell::text(row.facts.confidence.as_str()),
            Cell::number(row.age_in_days),
            Cell::text(&row.facts.source),
        ]);
    }
    Ok(table)
}

fn exact_range(cost: &Cost) -> [Cell; 2] {
    Cell::range(complete(cost))
}

fn per_month(cost: &Cost) -> String {
    complete(cost).map_or_else(|| "unknown".to_owned(), |range| range.exact())
}

fn benchmark_section(
    benchmark: &Benchmark,
    users: &[u64],
    rows: &mut Table,
) -> Result<Section, MoneyError> {
    let mut table = TextTable::new(&[
        ">users",
        ">unused licences",
        ">IT labour",
        ">compliance misses",
        ">total a year",
    ]);
    let source = format!(
        "benchmark, {}, {}, {}",
        benchmark.confidence.as_str(),
        benchmark.date,
        benchmark.source
    );
    for &count in users {
        let licences = benchmark.unused_licences_for(count)?;
        let labour = benchmark.labour_for(count)?;
        let misses = benchmark.compliance_misses_for(count)?;
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
            "A vendor's figures for {} employees, scaled by headcount: {} licences, {} hours and {} orphaned accounts a year. \
             {} Source: {source}.",
            benchmark.employees,
            benchmark.unused_licences.quantity.plain(),
            benchmark.labour.quantity.plain(),
            benchmark.compliance_misses.quantity.plain(),
            benchmark.note
        ),
        format!(
            "The guide prints {} as its total for {} employees; its own parts add up to {}.",
            benchmark.printed_total.whole(),
            benchmark.employees,
            benchmark.total()?.whole()
        ),
    ];
    Ok(Section {
        title: "Managing accounts by hand, by the benchmark".to_owned(),
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

/// The price book, newest first within each product and plan.
pub(crate) fn prices(book: &PriceBook, day: chrono::NaiveDate) -> Answer {
    let mut text = TextTable::new(&[
        "product",
        "plan",
        "from",
        "price",
        "billed",
        "confidence",
        ">age, days",
        "source",
    ]);
    let mut table = Table {
        name: "prices",
        provenance: "one row an entry of the price book".to_owned(),
        columns: &[
            "product",
            "plan",
            "currency",
            "from",
            "unit",
            "price",
            "billed",
            "confidence",
            "stated",
            "age_days",
            "source",
            "note",
        ],
        rows: Vec::new(),
    };
    for listing in book.listing(day) {
        let entry = listing.entry;
        let price = price_text(entry);
        let known = &entry.provenance;
        text.push([
            entry.product.clone(),
            entry.plan.clone(),
            entry.from.to_string(),
            price.clone(),
            format!("{} per {}", entry.billing.as_str(), entry.unit.as_str()),
            known.confidence.as_str().to_owned(),
            listing.age_in_days.to_string(),
            short_source(&known.source).to_owned(),
        ]);
        table.rows.push(vec![
            Cell::text(&entry.product),
            Cell::text(&entry.plan),
            Cell::text(entry.currency.code()),
            Cell::text(entry.from.to_string()),
            Cell::text(entry.unit.as_str()),
            Cell::text(price),
            Cell::text(entry.billing.as_str()),
            Cell::text(known.confidence.as_str()),
            Cell::text(known.date.to_string()),
            Cell::number(listing.age_in_days),
            Cell::text(&known.source),
            Cell::text(&known.note),
        ]);
    }
    let notes = vec![
        "The latest price on or before the day of a report applies, but an unverified one never displaces a \
         reported or published one: it is shown beside it. Your contract's prices in seatledger.toml win over all."
            .to_owned(),
    ];
    let summary = Summary {
        title: format!("Price book · ages on {day}"),
        sections: vec![Section {
            title: String::new(),
            table: text,
            notes,
        }],
        ..Summary::default()
    };
    Answer { summary, table }
}

/// The host of an address, or the first words of another source, so that a terminal's table stays narrow.
fn short_source(source: &str) -> &str {
    let rest = source
        .strip_prefix("https://")
        .map_or(source, |rest| rest.split('/').next().unwrap_or(rest));
    rest.split([',', ';']).next().unwrap_or(rest)
}

/// The bands of an entry in words: `$9.05 to 100, $7.91–9.05 above`.
fn price_text(entry: &PriceEntry) -> String {
    let bands = entry.bands.bands();
    let mut before: Option<u64> = None;
    let mut parts = Vec::with_capacity(bands.len());
    for band in bands {
        let price = match &band.price {
            BandPrice::Each(range) => range.exact(),
            BandPrice::Flat(range) => format!("{} flat", range.exact()),
            BandPrice::Unknown(_) => "unknown".to_owned(),
        };
        let reach = match (before, band.up_to) {
            (_, Some(up_to)) => format!(" to {up_to}"),
            (Some(before), None) => format!(" above {before}"),
            (None, None) => String::new(),
        };
        parts.push(format!("{price}{reach}"));
        before = band.up_to;
    }
    parts.join(", ")
}
