//! Waste by product and site: counts of seats by use, today's bill and what clean-up saves.

use crate::domain::class::{Standing, Use};
use crate::domain::counts::{Counts, UseCounts, billed, wasted, wasted_at_most};
use crate::domain::product::{Offering, SiteKind};
use crate::domain::text::grouped;
use crate::money::{Cost, Currency, MoneyError, MoneyRange};
use crate::price::Billing;
use crate::price::bands::Step;
use crate::price::estate::Estate;
use crate::price::quote::BillLine;

use super::share::WasteShare;
use super::summary::{Section, TextTable};
use super::table::{Cell, Table};

/// One product on one site with its figures.
#[derive(Clone, Debug)]
pub(crate) struct ProductRow {
    pub(crate) product: String,
    pub(crate) site: String,
    pub(crate) plan: String,
    pub(crate) uses: UseCounts,
    pub(crate) annual_bill: Cost,
    pub(crate) annual_saving: Cost,
    /// Row of the offering in the dataset.
    pub(crate) offering: usize,
    /// How the bill comes about, or why it is not known.
    pub(crate) working: String,
    /// Of a Marketplace app, its host: the product, and its row in the dataset.
    pub(crate) app_of: Option<(String, usize)>,
}

impl ProductRow {
    pub(crate) fn wasted(&self) -> u64 {
        wasted(&self.uses)
    }

    /// With the seats of which nothing is reported.
    pub(crate) fn wasted_at_most(&self) -> u64 {
        wasted_at_most(&self.uses)
    }

    pub(crate) fn seats(&self) -> u64 {
        self.uses.iter().sum()
    }

    pub(crate) fn of(&self, used: Use) -> u64 {
        self.uses[usize::from(used.code())]
    }

    /// Whether its seats are seats of another row.
    pub(crate) const fn is_app(&self) -> bool {
        self.app_of.is_some()
    }

    /// The offering whose seats these are.
    pub(crate) fn bearer(&self) -> usize {
        let host = self.app_of.as_ref().map(|(_, host)| *host);
        host.unwrap_or(self.offering)
    }

    pub(crate) fn name(&self) -> String {
        name(&self.product, &self.site)
    }
}

/// `Jira · acme`.
pub(crate) fn name(product: &str, site: &str) -> String {
    if site.is_empty() {
        product.to_owned()
    } else {
        format!("{product} · {site}")
    }
}

/// One row for each offering that holds a billed seat, by product and site.
pub(crate) fn rows(
    offerings: &[Offering],
    counts: &Counts,
    estate: &Estate,
    currency: Currency,
) -> Vec<ProductRow> {
    (0..offerings.len())
        .filter(|&row| counts.uses[row].iter().any(|&count| count > 0))
        .map(|row| {
            let offering = &offerings[row];
            let line = estate.lines.iter().find(|line| line.offering == row);
            let (annual_bill, annual_saving, working) = match line {
                Some(line) => (
                    line.today.annual.clone(),
                    line.saving.clone(),
                    working(line),
                ),
                None if offering.kind == SiteKind::Sandbox || billed(&counts.uses[row]) == 0 => (
                    Cost::zero(currency),
                    Cost::zero(currency),
                    "comes with the plan".to_owned(),
                ),
                None => (
                    Cost::unknown("no price"),
                    Cost::unknown("no price"),
                    String::new(),
                ),
            };
            ProductRow {
                product: offering.product.clone(),
                site: offering.site.clone(),
                plan: offering.plan_name().to_owned(),
                uses: counts.uses[row],
                annual_bill,
                annual_saving,
                offering: row,
                working,
                app_of: offering.app.as_ref().map(|app| (app.of.clone(), app.host)),
            }
        })
        .collect()
}

/// The slabs that one period of a bill's line is the sum of.
pub(crate) fn steps(line: &BillLine) -> String {
    let steps: Vec<String> = line.working.iter().map(Step::text).collect();
    if steps.is_empty() {
        "nothing".to_owned()
    } else {
        steps.join(" + ")
    }
}

pub(crate) fn working(line: &crate::price::estate::OfferingBill) -> String {
    let missing = line.today.annual.missing();
    if !missing.is_empty() {
        return missing.join("; ");
    }
    let source = line.today.provenance.as_ref().map_or_else(
        || line.today.basis.as_str().to_owned(),
        |known| {
            format!(
                "{}, {}, {}",
                known.confidence.as_str(),
                known.date,
                known.source
            )
        },
    );
    format!("{} ({source})", steps_of(&line.today))
}

/// The slabs of a line with their period; by the tier too where nobody says whether a year goes by the count or by it.
pub(crate) fn steps_of(line: &BillLine) -> String {
    let [by_count, by_tier] = line.both_readings();
    let plain = |line: &BillLine| steps(line) + &period(line);
    match (&line.readings, line.tier) {
        (Some(_), Some(tier)) => format!(
            "by the count {}; by the tier of {} {}",
            plain(by_count),
            tier.last,
            plain(by_tier)
        ),
        _ => plain(line),
    }
}

/// The period that a line's slabs are for, and how its year follows from months where it is billed at once.
pub(crate) fn period(line: &BillLine) -> String {
    match (line.per, line.cycle) {
        (Billing::Annual, _) if line.rounded_up_to.is_none() => " a year".to_owned(),
        (Billing::Annual, _) => format!(" a year, rounded up to {}", line.annual.grouped()),
        (Billing::Monthly, Billing::Monthly) => " a month".to_owned(),
        (Billing::Monthly, Billing::Annual) => format!(
            " a month × {} months = {} a year",
            line.periods,
            line.annual.grouped()
        ),
    }
}

/// # Errors
/// `TooLarge`.
pub(crate) fn table(rows: &[ProductRow], currency: Currency) -> Result<Table, MoneyError> {
    let cells = rows
        .iter()
        .map(|row| {
            let share = WasteShare::of(row.wasted(), row.wasted_at_most(), row.seats())?;
            let [percent_low, percent_high] = WasteShare::cells(share);
            let [bill_low, bill_high] = Cell::ends(&row.annual_bill);
            let [saving_low, saving_high] = Cell::ends(&row.annual_saving);
            Ok(vec![
                Cell::text(&row.product),
                Cell::text(&row.site),
                Cell::text(&row.plan),
                Cell::Count(row.seats()),
                Cell::Count(row.of(Use::Active)),
                Cell::Count(row.of(Use::Inactive)),
                Cell::Count(row.of(Use::NeverActive)),
                Cell::Count(row.of(Use::New)),
                Cell::Count(row.of(Use::Orphaned)),
                Cell::Count(row.of(Use::Sandbox)),
                Cell::Count(row.of(Use::Exempt)),
                Cell::Count(row.of(Use::Unreported)),
                Cell::Count(row.wasted()),
                Cell::text(currency.code()),
                bill_low,
                bill_high,
                saving_low,
                saving_high,
                Cell::text(&row.working),
                percent_low,
                percent_high,
                row.app_of
                    .as_ref()
                    .map_or(Cell::Missing, |(of, _)| Cell::text(of)),
            ])
        })
        .collect::<Result<_, MoneyError>>()?;
    Ok(Table {
        name: "waste_by_product",
        provenance: "one row a product and site; counts from the exports, bills from the price book or contract \
                     (column working), savings as the difference of two bills, wasted_percent is of the seats; an app's \
                     seats are those of its host (column app_of)"
            .to_owned(),
        columns: &[
            "product", "site", "plan", "seats", "active", "inactive", "never_active", "new", "orphaned", "sandbox",
            "exempt", "unreported", "wasted", "currency", "annual_bill_low", "annual_bill_high", "annual_saving_low",
            "annual_saving_high", "working", "wasted_percent_low", "wasted_percent_high", "app_of",
        ],
        rows: cells,
    })
}

/// What the apps' seats among the wasted ones cost a year; `None` where there is no app.
///
/// # Errors
/// `TooLarge`.
pub(crate) fn apps_saving(
    rows: &[ProductRow],
    currency: Currency,
) -> Result<Option<Cost>, MoneyError> {
    let apps = || rows.iter().filter(|row| row.is_app());
    let saving = Cost::sum(currency, apps().map(|row| &row.annual_saving))?;
    Ok(apps().next().map(|_| saving))
}

/// The products in words, with what the seats without a report of activity and the unmatched accounts mean for them.
pub(crate) fn section(
    rows: &[ProductRow],
    counts: &Counts,
    estate: &Estate,
    mut notes: Vec<String>,
) -> Result<Section, MoneyError> {
    let share = |wasted, at_most, seats| -> Result<String, MoneyError> {
        let share = WasteShare::of(wasted, at_most, seats)?;
        Ok(share.map_or_else(|| "–".to_owned(), WasteShare::text))
    };
    let mut table = TextTable::new(&[
        "product",
        ">seats",
        "?>bill a year",
        "?>active",
        "?>inactive",
        "?>never",
        "?>orphaned",
        ">wasted",
        "?>share",
        ">saving a year",
    ])
    .sourced("waste_by_product.csv");
    for row in rows {
        table.push([
            format!("{} {}", row.name(), row.plan).trim_end().to_owned(),
            grouped(row.seats()),
            row.annual_bill.whole(),
            grouped(row.of(Use::Active)),
            grouped(row.of(Use::Inactive)),
            grouped(row.of(Use::NeverActive)),
            grouped(row.of(Use::Orphaned)),
            grouped(row.wasted()),
            share(row.wasted(), row.wasted_at_most(), row.seats())?,
            row.annual_saving.whole(),
        ]);
    }
    let (wasted, at_most) = (counts.wasted(), counts.wasted_at_most());
    if !rows.is_empty() {
        table.push([
            "total".to_owned(),
            grouped(counts.seats()),
            estate.today.annual.whole(),
            grouped(counts.used(Use::Active)),
            grouped(counts.used(Use::Inactive)),
            grouped(counts.used(Use::NeverActive)),
            grouped(counts.used(Use::Orphaned)),
            grouped(wasted),
            share(wasted, at_most, counts.seats())?,
            estate.waste.whole(),
        ]);
        table.has_total = true;
    }
    let unreported = counts.used(Use::Unreported);
    if unreported > 0 {
        notes.push(format!(
            "The activity of {} of {} seats is not reported, so {} to {} seats are wasted",
            grouped(unreported),
            grouped(counts.seats()),
            grouped(wasted),
            grouped(wasted + unreported)
        ));
    }
    let unmatched = counts.standing(Standing::Unmatched);
    if unmatched > 0 {
        notes.push(format!(
            "{} unmatched accounts are not counted as waste while their seats are used",
            grouped(unmatched)
        ));
    }
    let section = Section {
        title: "Waste by product".to_owned(),
        table,
        notes,
    };
    Ok(section.or_none("No account holds a seat."))
}

/// The range of a cost that has no missing part.
pub(crate) fn complete(cost: &Cost) -> Option<MoneyRange> {
    cost.known().filter(|_| cost.is_complete())
}
