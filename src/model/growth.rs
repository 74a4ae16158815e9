//! What grows from year to year: headcount, prices and wages, and with them the engine's inputs.

use serde::Serialize;

use super::assumption::{Assumptions, Name, Values};
use super::facts::{AccountCounts, Bills, CountRange, Facts};
use super::inputs::Inputs;
use super::span::Span;
use crate::money::{Cost, MoneyError, Number};
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

/// The inputs and values of each year from 1 on.
pub(crate) fn inputs_by_year(ahead: &Ahead<'_>) -> Result<Vec<(Inputs, Values)>, MoneyError> {
    (0..ahead.rates.years)
        .map(|past| {
            let factor = |rate: Number| Number::ONE.plus(rate)?.power(past);
            let grown = factor(ahead.rates.growth)?;
            let dearer = factor(ahead.rates.price_rise)?;
            let wages = factor(ahead.rates.wage_rise)?;
            let facts = grow(ahead.facts, grown)?;
            let mut inputs = Inputs::of(&facts, ahead.pricing, ahead.assumptions)?;
            inputs.hours_a_year = inputs
                .hours_a_year
                .map(|hours| hours.times(grown))
                .transpose()?;
            let fees = &mut inputs.fees;
            for fee in [
                &mut fees.standard,
                &mut fees.premium,
                &mut fees.enterprise,
                &mut fees.standard_beside_enterprise,
                &mut fees.jira_today,
                &mut fees.third_party,
            ] {
                fee.cost = fee.cost.times(dearer)?.round_minor();
            }
            if let Some(waste) = &mut inputs.waste {
                waste.all = waste.all.times(dearer)?.round_minor();
                waste.of_leavers = match &waste.of_leavers {
                    Some(leavers) => Some(leavers.times(dearer)?.round_minor()),
                    None => None,
                };
            }
            let mut values = *ahead.values;
            for (name, by) in [
                (Name::ItHourlyRate, wages),
                (Name::CostPerMiss, wages),
                (Name::CostPerUnusedLicence, dearer),
            ] {
                values = values.with(name, values.of(name).times(Span::point(by))?);
            }
            Ok((inputs, values))
        })
        .collect()
}

/// The same organisation with more or fewer people.
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
    let cost = |cost: &Cost| Ok::<_, MoneyError>(cost.times(factor)?.round_minor());
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
    if let Some(bills) = &facts.bills {
        grown.bills = Some(Bills {
            saving: cost(&bills.saving)?,
            saving_at_most: cost(&bills.saving_at_most)?,
            saving_orphaned: bills.saving_orphaned.as_ref().map(cost).transpose()?,
            jira_today: cost(&bills.jira_today)?,
            ..bills.clone()
        });
    }
    Ok(grown)
}

#[cfg(test)]
mod tests {
    use super::{Ahead, Rates, inputs_by_year};
    use crate::model::fixtures::{Case, organisation, pricing, state};

    #[test]
    fn fees_grow_with_the_headcount_and_the_prices() {
        // 450 users × 1.1 × 1.1 = 544.5, so 545 × 3 × 12 = 19,620; two rises of 5 %: × 1.1025 = 21,631.05
        let mut facts = organisation();
        state(&mut facts, "headcount_growth", "0.1");
        let case = Case::of(facts);
        let pricing = pricing();
        let years = inputs_by_year(&Ahead {
            facts: &case.facts,
            pricing: &pricing,
            assumptions: &case.assumptions,
            values: &case.values,
            rates: Rates::of(&case.assumptions.central()),
        })
        .unwrap();
        let fee = &years[2].0.fees.standard.cost;
        assert_eq!(fee.low().unwrap().grouped(), "$21,631.05");
        assert_eq!(years[2].0.orphaned, Some(36));
    }
}
