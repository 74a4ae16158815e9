//! What one, ten and fifty more seats of each subscription cost in a year, its tier, and what the tier below saves.

use crate::domain::day::Day;
use crate::domain::product::Offering;
use crate::domain::text::grouped;
use crate::money::{Cost, Currency};
use crate::price::estate::{Estate, OfferingBill};

use super::products::name;
use super::savings::{counts_from, gone};
use super::summary::{Section, TextTable};
use super::table::{Cell, Table};

/// Where a subscription stands in its tier and what removing seats before its next bill brings, in a sentence.
pub(crate) fn headroom(line: &OfferingBill, offering: &Offering, as_of: Day) -> Option<String> {
    let before = counts_from(line, offering, as_of);
    line.headroom.as_ref()?.sentence(&before, gone(line))
}

pub(crate) fn table(
    estate: &Estate,
    offerings: &[Offering],
    currency: Currency,
    as_of: Day,
) -> Table {
    let rows = estate
        .lines
        .iter()
        .map(|line| {
            let offering = &offerings[line.offering];
            let [one, ten, fifty] = &line.more;
            let tier = line.headroom.as_ref();
            let below = tier.and_then(|tier| tier.below.as_ref());
            let mut row = vec![
                Cell::text(&offering.product),
                Cell::text(&offering.site),
                Cell::text(offering.plan_name()),
                Cell::Count(line.today.quantity),
                Cell::text(line.today.cycle.as_str()),
                Cell::text(currency.code()),
            ];
            row.extend([one, ten, fifty].into_iter().flat_map(Cell::ends));
            row.extend([
                tier.map_or(Cell::Missing, |tier| Cell::Count(tier.tier.last)),
                tier.map_or(Cell::Missing, |tier| {
                    Cell::text(if tier.is_settled {
                        "billed"
                    } else {
                        "may be billed"
                    })
                }),
                below.map_or(Cell::Missing, |below| Cell::Count(below.quantity)),
                below.map_or(Cell::Missing, |below| Cell::Count(below.above)),
            ]);
            row.extend(Cell::range(below.map(|below| below.saving)));
            row.push(headroom(line, offering, as_of).map_or(Cell::Missing, Cell::text));
            row.push(Cell::missing(&Cost::missing_in(&line.more)));
            row
        })
        .collect();
    Table {
        name: "more_seats",
        provenance:
            "one row a product and site that is billed: what more seats cost in a year as the difference of two bills, \
                     the upper end of the tier of its year and whether the tier is billed, and what the year costs less \
                     at the end of the tier below"
                .to_owned(),
        columns: &[
            "product",
            "site",
            "plan",
            "seats",
            "billing",
            "currency",
            "one_more_low",
            "one_more_high",
            "ten_more_low",
            "ten_more_high",
            "fifty_more_low",
            "fifty_more_high",
            "tier",
            "tier_is",
            "tier_below",
            "seats_above_it",
            "saving_there_low",
            "saving_there_high",
            "headroom",
            "missing",
        ],
        rows,
    }
}

pub(crate) fn section(estate: &Estate, offerings: &[Offering]) -> Section {
    let mut table = TextTable::new(&[
        "product",
        ">seats",
        "?>tier",
        ">1 more a year",
        ">10 more",
        ">50 more",
    ])
    .sourced("more_seats.csv");
    for line in &estate.lines {
        let offering = &offerings[line.offering];
        let of = name(&offering.product, &offering.site);
        let [one, ten, fifty] = &line.more;
        table.push([
            format!("{of} {}", offering.plan_name())
                .trim_end()
                .to_owned(),
            grouped(line.today.quantity),
            line.headroom
                .as_ref()
                .map_or_else(|| "–".to_owned(), |tier| grouped(tier.tier.last)),
            one.whole(),
            ten.whole(),
            fifty.whole(),
        ]);
    }
    Section {
        title: "What more seats cost".to_owned(),
        table,
        notes: Vec::new(),
    }
    .or_none("No seat is billed.")
}
