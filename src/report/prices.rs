//! The price book as a list: each entry with its age and how far it can be trusted.

use crate::price::bands::BandPrice;
use crate::price::book::{PriceBook, PriceEntry};

use super::quote::Answer;
use super::summary::{Section, Summary, TextTable};
use super::table::{Cell, Table};

/// The price book, newest first within each product and plan.
pub(crate) fn answer(book: &PriceBook, day: chrono::NaiveDate) -> Answer {
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
    (summary, table).into()
}

/// The host of an address, or the first words of another source, so that a terminal's table stays narrow.
pub(super) fn short_source(source: &str) -> &str {
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
