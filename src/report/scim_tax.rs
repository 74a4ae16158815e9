//! The SCIM tax: what one pays over a base plan to get SCIM, for every product of the price book.

use crate::money::{Cost, MoneyError};
use crate::price::quote::Pricing;
use crate::price::scim_tax::{self, Tax};

use super::products::complete;
use super::quote::Answer;
use super::summary::{Section, Summary, TextTable};
use super::table::{Cell, Table};

/// The team for which prices per seat are quoted, as in the guide.
const TEAM: u64 = 100;

/// The SCIM tax of every product of the book.
pub(crate) fn section(pricing: &Pricing<'_>) -> Result<Section, MoneyError> {
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
    Ok((summary, table(pricing)?).into())
}

/// The same as a table for programs.
fn table(pricing: &Pricing<'_>) -> Result<Table, MoneyError> {
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
