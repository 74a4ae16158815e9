//! Seats by the days since their last use: how many, what they are worth, and what another limit would save.

use crate::domain::idle::{Row, RowCount, is_wasted};
use crate::money::{Cost, MoneyError};
use crate::price::idle::Fall;
use crate::report::idle::held;

use super::Known;
use super::counts::{Counted, OfferingSeats};
use super::derivation::{Amount, Derivation, Part, Rule, Unit};
use super::figures::Figures;
use super::savings::Pair;

const TABLE: &str = "idle_seats";
const SEATS: Unit = Unit::Of("seats");

/// The counts of one row, of one product or of all.
struct RowParts {
    row: Row,
    seats: Part,
    leavers: Part,
    /// Those that may have been idle for longer.
    open: Part,
}

/// One product's spread, with its place on the bill and today's bill where it has one.
struct Held<'a> {
    seats: &'a OfferingSeats,
    bill: Option<(usize, Part)>,
    rows: Vec<RowParts>,
    /// Whether its seats are those of another product.
    is_app: bool,
}

/// Seats that are wasted under a limit.
struct Wasted {
    certain: Part,
    at_most: Part,
}

/// What bills fall by: each product's, and all of them.
struct Falls {
    each: Vec<Part>,
    /// The bills without the seats: how many are left, and the bill.
    after: Vec<Option<(u64, Part)>>,
    total: Part,
}

impl Known<'_> {
    /// The columns of `idle_seats.csv`; `bills` are today's of each offering.
    pub(super) fn idle(
        &self,
        counted: &Counted,
        bills: &[Option<Part>],
        figures: &mut Figures,
    ) -> Result<(), MoneyError> {
        let limits = &self.counts.idle.limits;
        let mut products: Vec<Held<'_>> = Vec::new();
        for (offering, spread, line) in held(self.counts, self.estate) {
            let seats = &counted.seats[offering];
            let rows = limits.rows().map(|row| {
                let name = self.row_name(&seats.name, row);
                self.counted_row(&name, row, spread.of(limits, row))
            });
            products.push(Held {
                seats,
                bill: line.zip(bills[offering].clone()),
                rows: rows.collect(),
                is_app: self.offerings[offering].app.is_some(),
            });
        }
        let all = limits
            .rows()
            .enumerate()
            .map(|(place, row)| self.all_of(place, row, &products))
            .collect::<Result<Vec<_>, _>>()?;
        let of_products = products.iter().flat_map(|product| &product.rows);
        for row in of_products.chain(&all) {
            for part in [&row.seats, &row.leavers, &row.open] {
                figures.add(TABLE, part.clone());
            }
        }
        for (place, (row, fall)) in limits.rows().zip(&self.estate.idle.rows).enumerate() {
            let what = format!("{}/annual-worth", self.step(row));
            let gone = |number: usize| products[number].rows[place].seats.clone();
            self.falls(&products, fall, &what, &gone, None, figures)?;
        }
        for row in limits.rows() {
            if let Some(limit) = limits.below(row) {
                self.at_limit(&products, &all, (row, limit), figures)?;
            }
        }
        Ok(())
    }

    fn step(&self, row: Row) -> String {
        format!("idle/{}", self.counts.idle.limits.name(row))
    }

    fn row_name(&self, of: &str, row: Row) -> String {
        format!("{of}/{}", self.step(row))
    }

    fn counted_row(&self, name: &str, row: Row, count: RowCount) -> RowParts {
        let counted = |what: &str, count: u64, told: &str| {
            self.counted(format!("{name}/{what}"), count, "seats", told)
        };
        RowParts {
            row,
            seats: counted("seats", count.seats, ""),
            leavers: counted("leavers", count.leavers, "seats of orphaned accounts"),
            open: counted(
                "may-be-longer",
                count.open,
                "of the others, those of which only a bound or nothing is reported",
            ),
        }
    }

    /// The counts of all products.
    fn all_of(
        &self,
        place: usize,
        row: Row,
        products: &[Held<'_>],
    ) -> Result<RowParts, MoneyError> {
        let name = self.row_name("licences", row);
        let sum = |what: &str, of: fn(&RowParts) -> &Part| {
            let parts = products
                .iter()
                .filter(|product| !product.is_app)
                .map(|product| of(&product.rows[place]).clone());
            Derivation::made(format!("{name}/{what}"), SEATS, Rule::Sum, parts.collect())
        };
        Ok(RowParts {
            row,
            seats: sum("seats", |row| &row.seats)?,
            leavers: sum("leavers", |row| &row.leavers)?,
            open: sum("may-be-longer", |row| &row.open)?,
        })
    }

    /// What each product's bill falls by without some of its seats, and what all of them fall by. Bills that `like` has
    /// told are not told again.
    fn falls(
        &self,
        products: &[Held<'_>],
        fall: &Fall,
        what: &str,
        gone: &dyn Fn(usize) -> Part,
        like: Option<&Falls>,
        figures: &mut Figures,
    ) -> Result<Falls, MoneyError> {
        let mut pairs = Vec::new();
        let mut each = Vec::new();
        let mut bills = Vec::new();
        for (number, product) in products.iter().enumerate() {
            let name = &product.seats.name;
            let Some((place, bill)) = &product.bill else {
                // What comes with a plan is worth nothing.
                let unit = Unit::Money(self.currency());
                let none = Derivation::made(format!("{name}/{what}"), unit, Rule::Sum, Vec::new())?;
                each.push(figures.add(TABLE, none));
                bills.push(None);
                continue;
            };
            let (today, after) = (&self.estate.lines[*place].today, &fall.after.lines[*place]);
            // As many seats cost as much: their bill is told once.
            let told = like.and_then(|like| like.after[number].as_ref());
            let told = told.filter(|(quantity, _)| *quantity == after.quantity);
            let after_part = match told {
                Some((_, told)) => told.clone(),
                None if today.quantity == after.quantity => bill.clone(),
                None => {
                    let what = format!("without {what}");
                    self.after(product.seats, &what, after, &gone(number))?
                }
            };
            bills.push(Some((after.quantity, after_part.clone())));
            let pair = Pair {
                seats: product.seats,
                today,
                today_part: bill.clone(),
                after,
                after_part,
            };
            each.push(figures.add(TABLE, self.fall(name, what, &pair)?));
            pairs.push(pair);
        }
        let name = format!("licences/{what}");
        let parts = self.fallen(&name, what, &pairs)?;
        let total = Amount::cost(&fall.total, self.currency());
        let total = Derivation::figure(name, total, Rule::Sum, parts);
        Ok(Falls {
            each,
            after: bills,
            total: figures.add(TABLE, total),
        })
    }

    /// What the limit below a step would save.
    fn at_limit(
        &self,
        products: &[Held<'_>],
        all: &[RowParts],
        (row, limit): (Row, usize),
        figures: &mut Figures,
    ) -> Result<(), MoneyError> {
        let Some(worth) = self.estate.idle.limits.get(limit) else {
            return Ok(());
        };
        let total = self.wasted("licences", all, row, limit)?;
        let wasted = products
            .iter()
            .map(|product| self.wasted(&product.seats.name, &product.rows, row, limit))
            .collect::<Result<Vec<_>, _>>()?;
        for one in wasted.iter().chain([&total]) {
            figures.add(TABLE, one.certain.clone());
            figures.add(TABLE, one.at_most.clone());
        }
        let step = self.step(row);
        let certain = self.falls(
            products,
            &worth.certain,
            &format!("{step}/certain-saving"),
            &|number| wasted[number].certain.clone(),
            None,
            figures,
        )?;
        let most = self.falls(
            products,
            &worth.at_most,
            &format!("{step}/saving-at-most"),
            &|number| wasted[number].at_most.clone(),
            Some(&certain),
            figures,
        )?;
        let mut add = |of: &str, cost: &Cost, ends: [&Part; 2]| {
            let amount = Amount::cost(cost, self.currency());
            let name = format!("{of}/{step}/annual-saving");
            let ends = ends.into_iter().cloned().collect();
            figures.add(TABLE, Derivation::figure(name, amount, Rule::Range, ends));
        };
        let nothing = Cost::zero(self.currency());
        for (product, ends) in products.iter().zip(certain.each.iter().zip(&most.each)) {
            let place = product.bill.as_ref().map(|(place, _)| *place);
            let cost = place.and_then(|place| worth.lines.get(place));
            add(
                &product.seats.name,
                cost.unwrap_or(&nothing),
                [ends.0, ends.1],
            );
        }
        add("licences", &worth.total, [&certain.total, &most.total]);
        Ok(())
    }

    fn wasted(
        &self,
        of: &str,
        rows: &[RowParts],
        row: Row,
        limit: usize,
    ) -> Result<Wasted, MoneyError> {
        let name = |what: &str| format!("{}/{what}", self.row_name(of, row));
        let counted = || rows.iter().filter(|row| !row.row.is_apart());
        let certain = counted().map(|row| match is_wasted(row.row, limit) {
            true => row.seats.clone(),
            false => row.leavers.clone(),
        });
        let certain = Derivation::made(name("wasted"), SEATS, Rule::Sum, certain.collect())?;
        let open = counted().filter(|row| !is_wasted(row.row, limit));
        let open = open.map(|row| row.open.clone());
        let parts = [certain.clone()].into_iter().chain(open).collect();
        Ok(Wasted {
            at_most: Derivation::made(name("wasted-at-most"), SEATS, Rule::Sum, parts)?,
            certain,
        })
    }
}
