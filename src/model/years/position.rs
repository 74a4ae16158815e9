//! Positions: where inside its range each uncertain price or count is taken to lie.
//!
//! A price is uncertain once: every figure that rests on it lies at the same place of its range.

use crate::model::alternative::Alternative;
use crate::model::basis::Basis;
use crate::model::inputs::fees::{Fee, Inputs};
use crate::money::{Cost, MoneyError, MoneyRange, Number};
use crate::named::named;

named! {
    /// A price, or a count with its price, that may be a range.
    Priced, label {
        GuardStandard = "guard_standard_fee", "price and count of Guard Standard";
        GuardPremium = "guard_premium_fee", "price and count of Guard Premium";
        Enterprise = "enterprise_fee", "price of Jira Enterprise";
        Waste = "unused_licences", "price and number of unused seats";
        Jira = "jira_bill", "Jira bill today";
    }
}

/// A place between 0 (the low end) and 1 (the high end) for each.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Positions([Number; Priced::ALL.len()]);

impl Positions {
    /// Everything in the middle.
    ///
    /// # Errors
    /// None in practice: a half is a number.
    pub(crate) fn middle() -> Result<Positions, MoneyError> {
        let half = Number::ONE.divided_by(2_u64)?;
        Ok(Positions([half; Priced::ALL.len()]))
    }

    pub(crate) fn with(mut self, priced: Priced, place: Number) -> Positions {
        if let Some(own) = self.0.get_mut(priced as usize) {
            *own = place;
        }
        self
    }

    pub(crate) const fn of(&self, priced: Priced) -> Number {
        self.0[priced as usize]
    }
}

/// What a price's range spans today, with where it comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Today<'a> {
    pub(crate) label: &'static str,
    pub(crate) range: MoneyRange,
    pub(crate) basis: Basis,
    pub(crate) source: &'a str,
}

/// The range of each price as an alternative meets it: Jira Enterprise leaves Guard Standard for some users only.
pub(crate) fn today(
    inputs: &Inputs,
    alternative: Alternative,
    priced: Priced,
) -> Option<Today<'_>> {
    let fees = &inputs.fees;
    let (cost, basis, source) = match priced {
        Priced::Waste => {
            let waste = inputs.waste.as_ref()?;
            let range = waste.without_jira().ok()?.known()?;
            return Some(Today {
                label: match waste.of_jira {
                    Some(_) => "number of unused seats, and their price except Jira's",
                    None => priced.label(),
                },
                range,
                basis: waste.basis,
                source: &waste.source,
            });
        }
        Priced::GuardStandard if alternative == Alternative::Enterprise => {
            of(&fees.standard_beside_enterprise)
        }
        Priced::GuardStandard => of(&fees.standard),
        Priced::GuardPremium => of(&fees.premium),
        Priced::Enterprise => of(&fees.enterprise),
        Priced::Jira => of(&fees.jira_today),
    };
    Some(Today {
        label: priced.label(),
        range: cost.known()?,
        basis,
        source,
    })
}

const fn of(fee: &Fee) -> (&Cost, Basis, &String) {
    (&fee.cost, fee.basis, &fee.source)
}
