//! What removing the certain waste brings, product by product: list value, saving, from which day, and what bands,
//! tiers and minimum quantities keep of it.

use crate::domain::day::Day;
use crate::domain::product::Offering;
use crate::money::{Cost, Currency, MoneyError};
use crate::price::Billing;
use crate::price::bands::{BandPrice, Step};
use crate::price::estate::{Estate, OfferingBill};
use crate::price::quote::BillLine;

use super::more_seats::headroom;
use super::products::{name, steps_of, working};
use super::table::{Cell, Table};

/// The lines of the bill that have waste.
pub(super) fn wasteful(estate: &Estate) -> impl Iterator<Item = &OfferingBill> {
    estate.lines.iter().filter(|line| gone(line) > 0)
}

pub(super) fn gone(line: &OfferingBill) -> u64 {
    line.today.quantity - line.clean_up.after.quantity
}

/// When a lower bill is the first one: in words, or the day of the renewal.
pub(super) fn counts_from(line: &OfferingBill, offering: &Offering, as_of: Day) -> String {
    match (line.today.cycle, offering.renewal) {
        (Billing::Monthly, _) => "the next monthly bill".to_owned(),
        (Billing::Annual, Some(day)) if day > as_of => day.to_string(),
        (Billing::Annual, Some(day)) => format!("the renewal after {day}"),
        (Billing::Annual, None) => "the renewal (its day is not configured)".to_owned(),
    }
}

/// # Errors
/// `TooLarge`.
pub(crate) fn table(
    estate: &Estate,
    offerings: &[Offering],
    currency: Currency,
    as_of: Day,
) -> Result<Table, MoneyError> {
    let code = || Cell::text(currency.code());
    let mut rows: Vec<Vec<Cell>> = wasteful(estate)
        .map(|line| {
            let offering = &offerings[line.offering];
            let clean_up = &line.clean_up;
            let [list_low, list_high] = Cell::ends(&clean_up.list_value);
            let [saving_low, saving_high] = Cell::ends(&clean_up.saving);
            // Billed by the year, nothing is saved before the renewal.
            let [today_low, today_high] = match line.today.cycle {
                Billing::Monthly => Cell::ends(&clean_up.saving),
                Billing::Annual => Cell::ends(&Cost::zero(currency)),
            };
            let [lost_low, lost_high] = Cell::ends(&clean_up.lost);
            let [apps_low, apps_high] = match &line.with_apps {
                Some(with_apps) => Cell::ends(&with_apps.saving),
                None => [Cell::Missing, Cell::Missing],
            };
            let drop = clean_up.next_drop.as_ref();
            let [drop_low, drop_high] = Cell::range(drop.map(|drop| drop.saving));
            vec![
                Cell::text(&offering.product),
                Cell::text(&offering.site),
                Cell::text(offering.plan_name()),
                Cell::Count(line.today.quantity),
                Cell::Count(gone(line)),
                code(),
                list_low,
                list_high,
                saving_low,
                saving_high,
                Cell::text(counts_from(line, offering, as_of)),
                lost_low,
                lost_high,
                clean_up.without_effect.map_or(Cell::Missing, Cell::Count),
                drop.map_or(Cell::Missing, |drop| Cell::Count(drop.quantity)),
                drop_low,
                drop_high,
                Cell::text(format!(
                    "today {}; after {}",
                    working(line),
                    steps_of(&clean_up.after)
                )),
                today_low,
                today_high,
                headroom(line, offering, as_of).map_or(Cell::Missing, Cell::text),
                offering
                    .app
                    .as_ref()
                    .map_or(Cell::Missing, |app| Cell::text(&app.of)),
                apps_low,
                apps_high,
            ]
        })
        .collect();
    let list = wasteful(estate).map(|line| &line.clean_up.list_value);
    let list = Cost::sum(currency, list)?;
    let [list_low, list_high] = Cell::ends(&list);
    let lacking: Vec<String> = [("list_value", &list), ("annual_saving", &estate.saving)]
        .into_iter()
        .filter(|(_, cost)| !cost.is_complete())
        .map(|(name, cost)| format!("{name} without {}", cost.missing().join("; ")))
        .collect();
    let [saving_low, saving_high] = Cell::ends(&estate.saving);
    let [today_low, today_high] = Cell::ends(&estate.saving_today);
    // One line of which it is not known leaves the whole open.
    // An app's seats are its host's, which are counted there.
    let of_products = || wasteful(estate).filter(|line| offerings[line.offering].app.is_none());
    let without_effect: Option<u64> = of_products().map(|line| line.clean_up.without_effect).sum();
    let quantities = |of: fn(&OfferingBill) -> u64| Cell::Count(of_products().map(of).sum());
    rows.push(vec![
        Cell::text("total"),
        Cell::Missing,
        Cell::Missing,
        Cell::Missing,
        quantities(gone),
        code(),
        list_low,
        list_high,
        saving_low,
        saving_high,
        Cell::Missing,
        Cell::Missing,
        Cell::Missing,
        without_effect.map_or(Cell::Missing, Cell::Count),
        Cell::Missing,
        Cell::Missing,
        Cell::Missing,
        Cell::missing(&lacking),
        today_low,
        today_high,
        Cell::Missing,
        Cell::Missing,
        Cell::Missing,
        Cell::Missing,
    ]);
    Ok(Table {
        name: "savings",
        provenance: "one row a product and site with seats that are waste for certain, and the total; list_value is \
                     the seats at today's average list price, annual_saving the difference of two bills (column \
                     working), saving_today the part of it before any renewal, lost_to_bands the seats at today's average \
                     price less the saving; saving_with_apps is a product's saving and its apps' (rows with app_of, whose \
                     seats are their host's)"
            .to_owned(),
        columns: &[
            "product",
            "site",
            "plan",
            "seats",
            "wasted",
            "currency",
            "list_value_low",
            "list_value_high",
            "annual_saving_low",
            "annual_saving_high",
            "counts_from",
            "lost_to_bands_low",
            "lost_to_bands_high",
            "seats_without_effect",
            "next_drop_at",
            "next_drop_saving_low",
            "next_drop_saving_high",
            "working",
            "saving_today_low",
            "saving_today_high",
            "headroom",
            "app_of",
            "saving_with_apps_low",
            "saving_with_apps_high",
        ],
        rows,
    })
}

/// Why seats that go leave a line's bill as it is.
fn why(after: &BillLine) -> &str {
    let is_flat = |step: &Step| matches!(step.price, BandPrice::Flat(_));
    if after.billed > after.quantity {
        after.notes.last().map_or("", String::as_str)
    } else if after.working.last().is_some_and(is_flat) {
        "their band has one price"
    } else {
        "fewer seats cost more each"
    }
}

/// Where clean-up brings less than its seats suggest, in a sentence each.
pub(crate) fn notes(estate: &Estate, offerings: &[Offering], as_of: Day) -> Vec<String> {
    wasteful(estate)
        // What costs nothing saves nothing, which needs no word.
        .filter(|line| line.today.annual != Cost::zero(estate.today.currency))
        .filter_map(|line| {
            let offering = &offerings[line.offering];
            let name = name(&offering.product, &offering.site);
            let clean_up = &line.clean_up;
            let from = counts_from(line, offering, as_of);
            if let Some(without_effect @ 1..) = clean_up.without_effect {
                let next = clean_up.next_drop.as_ref().map_or(String::new(), |drop| {
                    format!(
                        "; at {} {} the bill falls by {} a year more",
                        drop.quantity,
                        line.today.unit.map_or("seats", crate::price::Unit::plural),
                        drop.saving.whole()
                    )
                });
                let why = why(&clean_up.after);
                let save = if without_effect == 1 { "saves" } else { "save" };
                let all = gone(line);
                return Some(match line.today.cycle {
                    Billing::Monthly => format!(
                        "{without_effect} of the {all} wasted seats of {name} {save} nothing: {why}{next}"
                    ),
                    Billing::Annual if all == 1 => format!(
                        "The one wasted seat of {name} saves nothing before {from}, nor then: {why}{next}"
                    ),
                    Billing::Annual if without_effect == all => format!(
                        "None of the {all} wasted seats of {name} saves anything before {from}, nor then: {why}{next}"
                    ),
                    Billing::Annual => format!(
                        "None of the {all} wasted seats of {name} saves anything before {from}, and {without_effect} \
                         of them {save} nothing then: {why}{next}"
                    ),
                });
            }
            (line.today.cycle == Billing::Annual)
                .then(|| format!("{name} is billed by the year: its saving counts from {from}"))
        })
        .collect()
}
