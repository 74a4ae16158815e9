//! What grows from year to year: the rates of it, and an organisation with more or fewer people.

use serde::Serialize;

use super::facts::{AccountCounts, CountRange, Facts};
use crate::model::assumptions::assumption::{Assumptions, Name, Values};
use crate::money::{MoneyError, Number};
use crate::price::quote::Pricing;

/// Yearly rates, each a share.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Rates {
    pub(crate) years: u32,
    pub(crate) growth: Number,
    pub(crate) price_rise: Number,
    pub(crate) wage_rise: Number,
    pub(crate) discount: Number,
}

impl Rates {
    /// The rates among values; of a span its low end.
    pub(crate) fn of(values: &Values) -> Rates {
        let value = |name| values.of(name).low;
        Rates {
            years: value(Name::HorizonYears)
                .ceiling()
                .and_then(|years| u32::try_from(years).ok())
                .unwrap_or(1)
                .clamp(1, 20),
            growth: value(Name::HeadcountGrowth),
            price_rise: value(Name::PriceRise),
            wage_rise: value(Name::WageRise),
            discount: value(Name::DiscountRate),
        }
    }
}

/// What years are computed from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ahead<'a> {
    pub(crate) facts: &'a Facts,
    pub(crate) pricing: &'a Pricing<'a>,
    pub(crate) assumptions: &'a Assumptions,
    pub(crate) values: &'a Values,
    pub(crate) rates: Rates,
}

/// The same organisation with more or fewer people, as its fees are priced. What grows besides is a figure of the list.
pub(crate) fn grow(facts: &Facts, factor: Number) -> Result<Facts, MoneyError> {
    if factor == Number::ONE {
        return Ok(facts.clone());
    }
    let count = |count: u64| -> Result<u64, MoneyError> {
        let grown = Number::from(count).times(factor)?.rounded(0);
        grown.ceiling().ok_or(MoneyError::TooLarge)
    };
    let counts = |range: CountRange| -> Result<CountRange, MoneyError> {
        Ok(CountRange {
            certain: count(range.certain)?,
            at_most: count(range.at_most)?,
        })
    };
    let mut grown = facts.clone();
    grown.headcount.count = count(facts.headcount.count)?;
    if let Some(accounts) = &facts.accounts {
        grown.accounts = Some(AccountCounts {
            orphaned: accounts.orphaned.map(count).transpose()?,
            orphaned_unclaimed: count(accounts.orphaned_unclaimed)?,
            guard_standard: counts(accounts.guard_standard)?,
            guard_premium: counts(accounts.guard_premium)?,
            guard_standard_without_jira: accounts
                .guard_standard_without_jira
                .map(counts)
                .transpose()?,
            jira_users: count(accounts.jira_users)?,
            ..accounts.clone()
        });
    }
    Ok(grown)
}
