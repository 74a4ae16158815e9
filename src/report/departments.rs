//! Showback: each department's seats, its share of the bill and of the waste.
//!
//! Shares are allocated by largest remainder, so departments add up to the product totals to the cent. Of equal
//! remainders the first by name gets the odd cent: in which order the rows of an export come moves none.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::counts::{Counts, DepartmentUse, UseCounts, billed, wasted, wasted_at_most};
use crate::domain::text::Dictionary;
use crate::money::{Cost, Currency, Money, MoneyError, MoneyRange};

use super::products::ProductRow;
use super::share::WasteShare;
use super::table::{Cell, Table};

/// What accounts without a department are listed under.
pub(crate) const NO_DEPARTMENT: &str = "(no department)";

const NO_PRICE: &str = "seats without a price";

#[derive(Clone, Debug)]
pub(crate) struct DepartmentRow {
    pub(crate) name: String,
    pub(crate) accounts: u64,
    pub(crate) seats: u64,
    pub(crate) wasted: u64,
    /// With the seats of which nothing is reported.
    pub(crate) wasted_at_most: u64,
    /// Low and high are shared out apart: each column adds up to the products' own.
    pub(crate) bill_low: Money,
    pub(crate) bill_high: Money,
    pub(crate) waste_low: Money,
    pub(crate) waste_high: Money,
    /// Billed seats of products of whose bill or saving a part has no price, and those of them that may be waste:
    /// only what is known of their cost is in the amounts, which have no high end then.
    pub(crate) unpriced_seats: u64,
    pub(crate) unpriced_waste: u64,
    /// Its part of each product that it holds seats of.
    pub(crate) shares: Vec<Share>,
}

impl DepartmentRow {
    /// What its wasted seats cost: a floor where some have no price.
    pub(crate) fn waste(&self) -> Result<Cost, MoneyError> {
        let known = MoneyRange::between(self.waste_low, self.waste_high)?;
        Ok(match self.unpriced_waste {
            0 => Cost::from(known),
            _ if known.is_zero() => Cost::unknown(NO_PRICE),
            _ => Cost::from(known).and_missing(NO_PRICE),
        })
    }

    /// Its part of the bill, likewise.
    pub(crate) fn bill(&self) -> Result<Cost, MoneyError> {
        let known = MoneyRange::between(self.bill_low, self.bill_high)?;
        Ok(match self.unpriced_seats {
            0 => Cost::from(known),
            _ => Cost::from(known).and_missing(NO_PRICE),
        })
    }
}

/// A department's part of one product.
#[derive(Clone, Debug)]
pub(crate) struct Share {
    /// Row of the offering in the dataset.
    pub(crate) offering: usize,
    pub(crate) uses: UseCounts,
    /// Low and high; `None` where there is no price, or no seat that bears a part.
    pub(crate) bill: Option<MoneyRange>,
    pub(crate) waste: Option<MoneyRange>,
    /// Whether it is an app, whose seats are counted with its host's.
    pub(crate) is_app: bool,
    /// Row of the offering whose seats these are: an app's are its host's.
    pub(crate) bearer: usize,
    /// Whether the whole of its bill and saving has a price.
    pub(crate) is_priced: bool,
}

/// One row for each department that holds a billed seat, by name, the nameless last.
pub(crate) fn rows(
    products: &[ProductRow],
    counts: &Counts,
    departments: &Dictionary,
    currency: Currency,
) -> Result<Vec<DepartmentRow>, MoneyError> {
    let mut rows: BTreeMap<u32, DepartmentRow> = counts
        .department_accounts
        .iter()
        .map(|&(department, accounts)| {
            (
                department,
                empty_row(departments.get(department), accounts, currency),
            )
        })
        .collect();
    let mut without_price: BTreeSet<(u32, usize)> = BTreeSet::new();
    for product in products {
        let mut shares: Vec<&DepartmentUse> = counts
            .department_uses
            .iter()
            .filter(|row| usize::from(row.offering) == product.offering)
            .collect();
        // A department's number is its place in the files, and must not decide.
        shares.sort_by_key(|row| shown(departments.get(row.department)));
        let (bill, saving) = (product.annual_bill.known(), product.annual_saving.known());
        let is_priced = product.annual_bill.is_complete() && product.annual_saving.is_complete();
        let bill_low = allocate(bill.map(MoneyRange::low), &shares, billed)?;
        let bill_high = allocate(bill.map(MoneyRange::high), &shares, billed)?;
        let waste_low = allocate(saving.map(MoneyRange::low), &shares, wasted)?;
        let waste_high = allocate(saving.map(MoneyRange::high), &shares, wasted_at_most)?;
        for (place, share) in shares.iter().enumerate() {
            let row = rows
                .entry(share.department)
                .or_insert_with(|| empty_row(departments.get(share.department), 0, currency));
            // An app's seats are its host's, which are counted there.
            if !product.is_app() {
                row.seats += share.uses.iter().sum::<u64>();
                row.wasted += wasted(&share.uses);
                row.wasted_at_most += wasted_at_most(&share.uses);
            }
            for (amount, shared) in [
                (&mut row.bill_low, &bill_low),
                (&mut row.bill_high, &bill_high),
                (&mut row.waste_low, &waste_low),
                (&mut row.waste_high, &waste_high),
            ] {
                if let Some(share) = shared.get(place) {
                    *amount = amount.plus(*share)?;
                }
            }
            let bearer = product.bearer();
            if !is_priced && without_price.insert((share.department, bearer)) {
                row.unpriced_seats += billed(&share.uses);
                row.unpriced_waste += wasted_at_most(&share.uses);
            }
            let both = |low: &[Money], high: &[Money]| -> Result<Option<MoneyRange>, MoneyError> {
                let ends = low.get(place).zip(high.get(place));
                ends.map(|(low, high)| MoneyRange::between(*low, *high))
                    .transpose()
            };
            row.shares.push(Share {
                offering: product.offering,
                uses: share.uses,
                bill: both(&bill_low, &bill_high)?,
                waste: waste_range(place, &waste_low, &waste_high, currency)?,
                is_app: product.is_app(),
                bearer,
                is_priced,
            });
        }
    }
    let mut rows: Vec<DepartmentRow> = rows.into_values().collect();
    rows.sort_by(|one, other| {
        (one.name == NO_DEPARTMENT, &one.name).cmp(&(other.name == NO_DEPARTMENT, &other.name))
    });
    Ok(rows)
}

/// The name that a department is listed under.
fn shown(name: &str) -> &str {
    match name {
        "" => NO_DEPARTMENT,
        name => name,
    }
}

fn empty_row(name: &str, accounts: u64, currency: Currency) -> DepartmentRow {
    DepartmentRow {
        name: shown(name).to_owned(),
        accounts,
        seats: 0,
        wasted: 0,
        wasted_at_most: 0,
        bill_low: Money::zero(currency),
        bill_high: Money::zero(currency),
        waste_low: Money::zero(currency),
        waste_high: Money::zero(currency),
        unpriced_seats: 0,
        unpriced_waste: 0,
        shares: Vec::new(),
    }
}

/// A department's waste of one product: of one without certain waste the low end is nothing.
fn waste_range(
    place: usize,
    low: &[Money],
    high: &[Money],
    currency: Currency,
) -> Result<Option<MoneyRange>, MoneyError> {
    if low.is_empty() && high.is_empty() {
        return Ok(None);
    }
    let end = |list: &[Money]| list.get(place).copied().unwrap_or(Money::zero(currency));
    MoneyRange::between(end(low), end(high)).map(Some)
}

/// The amount shared by these seats of each department; nothing where there is no amount or no such seat.
fn allocate(
    amount: Option<Money>,
    shares: &[&DepartmentUse],
    seats: fn(&UseCounts) -> u64,
) -> Result<Vec<Money>, MoneyError> {
    let weights: Vec<u64> = shares.iter().map(|share| seats(&share.uses)).collect();
    match amount {
        Some(amount) if weights.iter().any(|&weight| weight > 0) => amount.allocate(&weights),
        _ => Ok(Vec::new()),
    }
}

/// # Errors
/// `TooLarge`.
pub(crate) fn table(rows: &[DepartmentRow], currency: Currency) -> Result<Table, MoneyError> {
    let cells = rows
        .iter()
        .map(|row| {
            let high = |amount, unpriced| match unpriced {
                0 => Cell::Money(amount),
                _ => Cell::Missing,
            };
            let share = WasteShare::of(row.wasted, row.wasted_at_most, row.seats)?;
            let [percent_low, percent_high] = WasteShare::cells(share);
            Ok(vec![
                Cell::text(&row.name),
                Cell::Count(row.accounts),
                Cell::Count(row.seats),
                Cell::Count(row.wasted),
                Cell::text(currency.code()),
                Cell::Money(row.bill_low),
                high(row.bill_high, row.unpriced_seats),
                Cell::Money(row.waste_low),
                high(row.waste_high, row.unpriced_waste),
                Cell::Count(row.unpriced_seats),
                percent_low,
                percent_high,
            ])
        })
        .collect::<Result<_, MoneyError>>()?;
    Ok(Table {
        name: "waste_by_department",
        provenance: "one row a department of the directory; each product's bill and saving shared by seats, \
                     by largest remainder, so that departments add up to the products; where a seat has no price \
                     (unpriced_seats) low is the known rest and high is empty; wasted_percent is of the seats"
            .to_owned(),
        columns: &[
            "department", "accounts", "seats", "wasted", "currency", "annual_bill_low", "annual_bill_high",
            "annual_waste_low", "annual_waste_high", "unpriced_seats",
            "wasted_percent_low", "wasted_percent_high",
        ],
        rows: cells,
    })
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::{prop_assert_eq, proptest};

    use super::rows;
    use crate::domain::class::Use;
    use crate::domain::counts::{Counts, DepartmentUse, UseCounts};
    use crate::domain::text::Dictionary;
    use crate::money::{Cost, Currency, Money, Number};
    use crate::report::products::ProductRow;

    const USD: Currency = Currency::USD;

    fn cents(cents: u64) -> Money {
        let whole = Number::from(cents).divided_by(Number::HUNDRED).unwrap();
        Money::new(whole, USD)
    }

    /// A product and its apps, each with a bill and a saving in cents.
    fn products(amounts: &[(u64, u64)]) -> Vec<ProductRow> {
        let row = |(offering, &(bill, saving)): (usize, &(u64, u64))| ProductRow {
            product: format!("product {offering}"),
            site: "acme".to_owned(),
            plan: String::new(),
            uses: UseCounts::default(),
            annual_bill: Cost::from(cents(bill)),
            annual_saving: Cost::from(cents(saving)),
            offering,
            working: String::new(),
            app_of: (offering > 0).then(|| ("product 0".to_owned(), 0)),
        };
        amounts.iter().enumerate().map(row).collect()
    }

    proptest! {
        #[test]
        fn departments_of_apps_add_up_to_the_apps_bills_to_the_cent(
            amounts in vec((0_u64..10_000_000, 0_u64..1_000_000), 1..5),
            seats in vec((0_u64..400, 1_u64..60), 1..12),
        ) {
            let mut names = Dictionary::default();
            names.intern("");
            let mut counts = Counts { products: 1, ..Counts::default() };
            for (place, &(active, inactive)) in seats.iter().enumerate() {
                let department = names.intern(&format!("department {place}"));
                for offering in 0..amounts.len() {
                    let mut uses = UseCounts::default();
                    uses[usize::from(Use::Active.code())] = active;
                    uses[usize::from(Use::Inactive.code())] = inactive;
                    let offering = u16::try_from(offering).unwrap();
                    counts.department_uses.push(DepartmentUse { department, offering, uses });
                }
            }
            let departments = rows(&products(&amounts), &counts, &names, USD).unwrap();
            for (offering, &(bill, saving)) in amounts.iter().enumerate() {
                let shares = || {
                    let all = departments.iter().flat_map(|row| &row.shares);
                    all.filter(|share| share.offering == offering)
                };
                let bills = shares().map(|share| Cost::from(share.bill.unwrap()));
                let bills: Vec<Cost> = bills.collect();
                prop_assert_eq!(Cost::sum(USD, &bills).unwrap(), Cost::from(cents(bill)));
                let wastes = shares().map(|share| Cost::from(share.waste.unwrap()));
                let wastes: Vec<Cost> = wastes.collect();
                prop_assert_eq!(Cost::sum(USD, &wastes).unwrap(), Cost::from(cents(saving)));
            }
            let held: u64 = departments.iter().map(|row| row.seats).sum();
            let expected: u64 = seats.iter().map(|(active, inactive)| active + inactive).sum();
            prop_assert_eq!(held, expected);
        }
    }
}
