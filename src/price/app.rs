//! Prices of Marketplace apps: terms of the organisation's own, for a name that no price book has.
//!
//! An app's price is its list price. Where a year of it is billed at once, it goes by the ladder of annual plans, with
//! the ladder's months, unless the terms say otherwise: the ladder's source is about apps (`data/annual_tiers.toml`).

use toml::Spanned;

use super::Unit;
use super::bands::{Band, BandPrice, Bands, Mode};
use super::contract::{ContractPrice, RawContractPrice, Terms, one};
use super::tiers::StatedTiers;
use crate::money::{Currency, Money};
use crate::toml::{Fault, Fields};

/// What an app costs, where its table states no amount.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Without {
    /// It is free.
    Free,
    /// Nobody says.
    Price,
}

/// The terms of one app. `without` is for a table that states no amount.
///
/// # Errors
/// All faults of the table.
pub(crate) fn terms(
    table: &Spanned<RawContractPrice>,
    without: Option<Without>,
    counted_in: Unit,
    currency: Currency,
    file: &str,
    text: &str,
) -> Result<ContractPrice, Vec<Fault>> {
    let mut fields = Fields::new(file, text);
    let found = one(&mut fields, table, currency);
    let mut faults = fields.into_faults();
    if without.is_some() {
        // That there is no amount is what is said here.
        faults.retain(|fault| !matches!(fault, Fault::Missing { key, .. } if key == "price"));
    }
    let (Some(mut price), true) = (found, faults.is_empty()) else {
        return Err(faults);
    };
    if let Some(without) = without {
        price.terms = plain(without, &price.name(), currency);
    }
    if let Terms::Own { unit, .. } = &mut price.terms {
        *unit = unit.or(Some(counted_in));
    }
    price.is_app = true;
    Ok(price)
}

fn plain(without: Without, name: &str, currency: Currency) -> Terms {
    let unknown = || {
        let price = BandPrice::Unknown(format!("{name}: its price is not configured"));
        Bands::new(Mode::Marginal, 0, vec![Band { up_to: None, price }])
    };
    let terms = match without {
        Without::Free => Terms::price(Money::zero(currency)),
        Without::Price => unknown().map(|bands| Terms::Own {
            bands,
            unit: None,
            per: None,
            annual_months: None,
        }),
    };
    // One band without an end is always one.
    terms.unwrap_or(Terms::List)
}

impl ContractPrice {
    /// By what an app's year is paid where nothing is stated; `None` where it is no app, or its amounts are a year's.
    pub(super) fn usual_tiers(&self) -> Option<&'static StatedTiers> {
        let by_the_month = |terms: &Terms| {
            let Terms::Own { per, bands, .. } = terms else {
                return false;
            };
            per.is_none_or(|per| per == super::Billing::Monthly) && bands.mode() != Mode::Tiers
        };
        (self.is_app && by_the_month(&self.terms)).then_some(&StatedTiers::Ladder)
    }
}
