//! The SCIM tax in words and as a table: base price, way to SCIM, its share, and what each row rests on.

use crate::money::{Cost, Money, MoneyError, Percent};
use crate::price::Unit;
use crate::price::quote::Pricing;
use crate::price::scim_tax::{self, ScimTax, Source, Tax};

use super::prices::short_source;
use super::products::complete;
use super::quote::{Answer, source_text};
use super::summary::{Section, Summary, TextTable};
use super::table::{Cell, Table};

/// The team for which prices per seat are quoted, as in the guide.
const TEAM: u64 = 100;

/// The SCIM tax of every product of the book.
pub(crate) fn answer(pricing: &Pricing<'_>) -> Result<Answer, MoneyError> {
    let summary = Summary {
        title: format!(
            "SCIM tax · prices of {} · {}",
            pricing.day,
            pricing.currency.code()
        ),
        sections: vec![section(pricing)?],
        ..Summary::default()
    };
    Ok((summary, tax_table(pricing)?).into())
}

pub(super) fn section(pricing: &Pricing<'_>) -> Result<Section, MoneyError> {
    let mut table = TextTable::new(&[
        "product",
        "?base plan",
        ">base",
        "SCIM with",
        ">with SCIM",
        ">SCIM tax",
        "confidence",
        ">age, days",
    ]);
    let mut sources: Vec<(String, Vec<Source>)> = Vec::new();
    for row in scim_tax::rows(pricing, TEAM)? {
        let share = match &row.tax {
            Tax::Percent { .. } => format!("+{}", row.tax.text()),
            Tax::Unknown(_) => "–".to_owned(),
        };
        let cheapest = if row.cheapest { " (cheapest)" } else { "" };
        let product = match row.unit {
            None | Some(Unit::User) => row.product.clone(),
            Some(unit) => format!("{} (per {})", row.product, unit.as_str()),
        };
        table.push([
            product,
            row.base_plan.clone(),
            per_month(&row.base),
            format!("{}{cheapest}", row.way),
            per_month(&row.with_scim),
            share,
            row.confidence().as_str().to_owned(),
            age(&row, pricing).map_or(String::new(), |days| days.to_string()),
        ]);
        match sources.last_mut() {
            Some((product, all)) if *product == row.product => all.extend(row.rests_on),
            _ => sources.push((row.product, row.rests_on)),
        }
    }
    let sources = sources
        .iter()
        .map(|(product, all)| format!("{product}: {}", places(all)));
    let notes = vec![
        "Confidence and age are those of a row's weakest and oldest source: the page that says how to get SCIM, and \
         each price. `--format csv` has each source in full."
            .to_owned(),
        format!("Sources. {}.", sources.collect::<Vec<_>>().join("; ")),
        format!(
            "Per user (or agent or creator, where the product says so) and month, for a team of {TEAM}. Guard covers all \
             products, so its share of one product's price looks larger than its share of the whole bill."
        ),
    ];
    Ok(Section {
        title: "SCIM tax: what SCIM costs over the base plan".to_owned(),
        table,
        notes,
    })
}

/// The same as a table for programs.
fn tax_table(pricing: &Pricing<'_>) -> Result<Table, MoneyError> {
    let mut table = Table {
        name: "scim_tax",
        provenance: format!(
            "one row a product and way to SCIM; prices per unit (user, agent or creator) and month for a team of {TEAM}; confidence is the \
             weakest, oldest and age_days are those of the oldest source that the row rests on (column sources)"
        ),
        columns: &[
            "product",
            "base_plan",
            "currency",
            "base_low",
            "base_high",
            "alternative",
            "cheapest",
            "with_scim_low",
            "with_scim_high",
            "tax_percent_low",
            "tax_percent_high",
            "why_unknown",
            "confidence",
            "oldest",
            "age_days",
            "sources",
            "unit",
        ],
        rows: Vec::new(),
    };
    for row in scim_tax::rows(pricing, TEAM)? {
        let [base_low, base_high] = exact(&row.base);
        let [with_low, with_high] = exact(&row.with_scim);
        let percent = |percent: Percent| Cell::number(percent.tenths());
        let [tax_low, tax_high, why_unknown] = match &row.tax {
            Tax::Percent { low, high } => [percent(*low), percent(*high), Cell::Missing],
            Tax::Unknown(reason) => [Cell::Missing, Cell::Missing, Cell::text(reason)],
        };
        let sources = row.rests_on.iter().map(|Source { of, known }| {
            let source = source_text(known);
            format!("{of}: {source}")
        });
        let sources: Vec<String> = sources.collect();
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
            tax_low,
            tax_high,
            why_unknown,
            Cell::text(row.confidence().as_str()),
            row.oldest()
                .map_or(Cell::Missing, |day| Cell::text(day.to_string())),
            age(&row, pricing).map_or(Cell::Missing, Cell::number),
            Cell::text(sources.join("; ")),
            row.unit
                .map_or(Cell::Missing, |unit| Cell::text(unit.as_str())),
        ]);
    }
    Ok(table)
}

/// Both ends of a unit price with every digit.
fn exact(price: &Cost) -> [Cell; 2] {
    let digits = |money: Money| {
        let amount = money.amount();
        Cell::number(amount.fixed(amount.places().max(money.currency().minor_digits())))
    };
    complete(price).map_or([Cell::Missing, Cell::Missing], |range| {
        [digits(range.low()), digits(range.high())]
    })
}

/// Days since the oldest source was read.
fn age(row: &ScimTax, pricing: &Pricing<'_>) -> Option<i64> {
    let oldest = row.oldest()?;
    Some(pricing.day.signed_duration_since(oldest).num_days())
}

/// A price, or in a word or two why there is none.
fn per_month(cost: &Cost) -> String {
    complete(cost).map_or_else(
        || {
            let why = cost.missing().first().map_or("unknown", String::as_str);
            // `Loom Enterprise: custom price, only by quote`, `Compass Standard: price not established`
            let why = why.rsplit(": ").next().unwrap_or(why);
            let why = why.strip_prefix("price ").unwrap_or(why);
            why.split(',').next().unwrap_or(why).to_owned()
        },
        |range| range.exact(),
    )
}

/// Where the sources stand, each place once.
fn places(sources: &[Source]) -> String {
    let mut places: Vec<&str> = Vec::new();
    for one in sources {
        let place = short_source(&one.known.source);
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places.join(", ")
}
