//! Explaining: one account with all its classes and their reasons, or one figure down to its sources.
//!
//! ```text
//! the model's list of figures ─► listed ─► years, ceilings, remaining_manual_cost ─┐
//! Known (counts, bills, model) ─► counts, bills, savings, break_even, … ───────────┴─► Figures ─ find ─► Answer
//!                                                            stored: report.json ◄─┴─► again, without exports
//! ```
//!
//! Every figure of the report's tables is a `Derivation` here, under a name made of the words that the tables use. The
//! costs of the alternatives are read off the list that computed them. Other figures bring the report's values, and
//! what lies between them and their sources follows from their parts.

mod account;
mod answer;
mod avoidable;
mod bills;
mod break_even;
mod ceilings;
mod counts;
mod derivation;
mod fees;
mod figures;
mod idle;
mod listed;
mod more_seats;
mod remaining_manual_cost;
mod savings;
mod showback;
mod stated;
mod stored;
mod swings;
mod unit_price;
mod years;

pub(crate) use account::{Record, account};
pub(crate) use answer::{Derivations, TreeLine, derivations, listing};
pub(crate) use figures::{Figures, Found};
pub(crate) use stored::{ReportFigures, StoredFigures, is_report, read, stored};

use crate::domain::counts::Counts;
use crate::domain::dataset::{Dataset, Side, SourceFile};
use crate::domain::product::Offering;
use crate::domain::text::Dictionary;
use crate::money::{Currency, MoneyError};
use crate::price::estate::Estate;
use crate::price::quote::{BillLine, Pricing, Quote};

use super::build::Modelled;

/// What derivations draw on.
pub(crate) struct Known<'a> {
    pub(crate) files: &'a [SourceFile],
    pub(crate) offerings: &'a [Offering],
    pub(crate) departments: &'a Dictionary,
    pub(crate) counts: &'a Counts,
    /// How many findings there are of each kind, in the order of the codes.
    pub(crate) findings: Vec<u64>,
    pub(crate) estate: &'a Estate,
    pub(crate) pricing: Pricing<'a>,
    pub(crate) modelled: &'a Modelled,
}

impl<'a> Known<'a> {
    pub(crate) fn of(
        dataset: &'a Dataset,
        counts: &'a Counts,
        findings: Vec<u64>,
        estate: &'a Estate,
        pricing: Pricing<'a>,
        modelled: &'a Modelled,
    ) -> Known<'a> {
        Known {
            files: &dataset.files,
            offerings: &dataset.offerings,
            departments: &dataset.departments,
            counts,
            findings,
            estate,
            pricing,
            modelled,
        }
    }

    fn currency(&self) -> Currency {
        self.pricing.currency
    }

    /// The price of a line of today's bill, for any quantity.
    fn held(&self, line: &BillLine) -> Result<Quote<'a>, MoneyError> {
        let quote = self
            .pricing
            .quote(&line.product, &line.plan, line.site.as_deref())?;
        Ok(quote.of_held())
    }

    /// The files of one side, by name.
    fn files_of(&self, side: Side) -> String {
        let files = self.files.iter().filter(|file| file.side == side);
        let names: Vec<&str> = files.map(|file| file.name.as_str()).collect();
        names.join(", ")
    }

    /// Every figure of the report.
    ///
    /// # Errors
    /// `TooLarge`, `CurrencyMismatch`.
    pub(crate) fn figures(&self) -> Result<Figures, MoneyError> {
        Figures::of(self)
    }
}
