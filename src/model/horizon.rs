//! The years ahead: each alternative's cost and net by year, their present values, and when the money is back.
//!
//! Year 0 holds what is paid once, undiscounted; the years from 1 on hold what is paid each year and are discounted as
//! if paid at their end. Growth, rises and the discount rate enter at their values; the ranges are those of prices,
//! counts and assumed values, as in the first year. Each year as many accounts are orphaned, for its headcount, as
//! in the first.

use serde::Serialize;

use super::assumption::{Name, Values};
use super::describe::Context;
use super::engine::{self, Alternative, Sheet};
use super::figure::{Basis, When};
use super::growth::inputs_by_year;
pub(crate) use super::growth::{Ahead, Rates};
use super::inputs::Inputs;
pub(crate) use super::payback::Payback;
use super::payback::payback;
use super::span::Span;
use crate::money::{Cost, Currency, MoneyError, Number};

/// What the years after the first, and what all are worth today, rest on besides the first.
const RATES: [Name; 5] = [
    Name::HorizonYears,
    Name::DiscountRate,
    Name::HeadcountGrowth,
    Name::PriceRise,
    Name::WageRise,
];

/// One year of an alternative.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Year {
    /// 0 for what is paid once.
    pub(crate) year: u32,
    pub(crate) cost: Cost,
    /// What is saved against manual work.
    pub(crate) net: Cost,
    pub(crate) cumulative_net: Cost,
    pub(crate) present_cost: Cost,
    pub(crate) present_net: Cost,
}

/// An alternative over the horizon.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Outlook {
    pub(crate) alternative: Alternative,
    pub(crate) label: &'static str,
    pub(crate) years: Vec<Year>,
    pub(crate) total: Cost,
    pub(crate) total_net: Cost,
    /// Present value of all costs, and of all nets against manual work.
    pub(crate) present_cost: Cost,
    pub(crate) net_present_value: Cost,
    /// `None` where the net is not known, and for manual work.
    pub(crate) payback: Option<Payback>,
    pub(crate) discounted_payback: Option<Payback>,
    pub(crate) basis: Basis,
    pub(crate) working: String,
    pub(crate) source: String,
}

/// Every alternative over the horizon.
///
/// # Errors
/// `CurrencyMismatch`, `TooLarge`.
pub(crate) fn outlooks(ahead: &Ahead<'_>) -> Result<Vec<Outlook>, MoneyError> {
    let years = inputs_by_year(ahead)?;
    Alternative::ALL
        .iter()
        .map(|alternative| outlook(ahead, *alternative, &years))
        .collect()
}

/// The parts of a sheet that are paid once, which save nothing yet, or those of each year.
fn half(sheet: &Sheet, when: When, currency: Currency) -> Sheet {
    let parts = sheet.parts.iter();
    Sheet {
        alternative: sheet.alternative,
        parts: parts
            .filter(|(kind, _)| kind.when() == when)
            .cloned()
            .collect(),
        avoided: match when {
            When::Yearly => sheet.avoided.clone(),
            When::Once => Cost::zero(currency),
        },
    }
}

fn outlook(
    ahead: &Ahead<'_>,
    alternative: Alternative,
    inputs: &[(Inputs, Values)],
) -> Result<Outlook, MoneyError> {
    let currency = ahead.facts.currency;
    let mut years = Vec::new();
    let mut running = Cost::zero(currency);
    let mut add = |year: u32, sheet: &Sheet, inputs: &Inputs| -> Result<(), MoneyError> {
        let (cost, net) = (sheet.total(inputs)?, sheet.net(inputs)?);
        running = sum_of_nets(&running, &net)?;
        years.push(Year {
            year,
            present_cost: present(&cost, ahead.rates.discount, year)?,
            present_net: present(&net, ahead.rates.discount, year)?,
            cumulative_net: running.clone(),
            cost,
            net,
        });
        Ok(())
    };
    for (past, (inputs, values)) in inputs.iter().enumerate() {
        let sheet = engine::sheet(alternative, inputs, values)?;
        if past == 0 {
            add(0, &half(&sheet, When::Once, currency), inputs)?;
        }
        let year = u32::try_from(past + 1).map_err(|_| MoneyError::TooLarge)?;
        add(year, &half(&sheet, When::Yearly, currency), inputs)?;
    }
    let rates = ahead.rates;
    let percent = |rate: Number| Span::point(rate).percent();
    let outlook = Outlook {
        alternative,
        label: alternative.label(),
        total: sum(currency, years.iter().map(|year| &year.cost))?,
        total_net: nets(currency, years.iter().map(|year| &year.net))?,
        present_cost: sum(currency, years.iter().map(|year| &year.present_cost))?,
        net_present_value: nets(currency, years.iter().map(|year| &year.present_net))?,
        payback: payback(alternative, years.iter().map(|year| &year.net))?,
        discounted_payback: payback(alternative, years.iter().map(|year| &year.present_net))?,
        basis: basis(ahead, alternative, inputs)?,
        working: format!(
            "{} years; headcount {} a year, prices {}, wages {}, discounted at {} from the end of each year",
            rates.years,
            percent(rates.growth)?,
            percent(rates.price_rise)?,
            percent(rates.wage_rise)?,
            percent(rates.discount)?
        ),
        source: format!(
            "{}; {}",
            alternative.components_with(Alternative::Manual),
            ahead.assumptions.named_sources(&RATES)
        ),
        years,
    };
    Ok(outlook)
}

/// The weakest of what the first year rests on, of both alternatives, and of the rates.
fn basis(
    ahead: &Ahead<'_>,
    alternative: Alternative,
    inputs: &[(Inputs, Values)],
) -> Result<Basis, MoneyError> {
    let mut bases: Vec<_> = RATES
        .iter()
        .map(|name| ahead.assumptions.basis(*name))
        .collect();
    if let Some((inputs, values)) = inputs.first() {
        let context = Context {
            facts: ahead.facts,
            inputs,
            values,
            assumptions: ahead.assumptions,
        };
        bases.push(context.weakest(Alternative::Manual, |_| true)?);
        bases.push(context.weakest(alternative, |_| true)?);
    }
    Ok(Basis::weakest(bases))
}

/// The value today of what is paid at the end of a year, rounded.
fn present(cost: &Cost, rate: Number, year: u32) -> Result<Cost, MoneyError> {
    let factor = Number::ONE.plus(rate)?.power(year)?;
    Ok(cost
        .try_map(|range| range.divided_by(factor))?
        .round_minor())
}

fn sum<'a>(currency: Currency, costs: impl Iterator<Item = &'a Cost>) -> Result<Cost, MoneyError> {
    let costs: Vec<_> = costs.collect();
    // A year of which nothing is certain, since a replaced bill is not known, leaves no certain sum.
    if let Some(unknown) = costs.iter().find(|cost| cost.known().is_none()) {
        return Ok((*unknown).clone());
    }
    Cost::sum(currency, costs)
}

fn nets<'a>(currency: Currency, costs: impl Iterator<Item = &'a Cost>) -> Result<Cost, MoneyError> {
    let mut total = Cost::zero(currency);
    for cost in costs {
        total = sum_of_nets(&total, cost)?;
    }
    Ok(total)
}

/// A net that is not known leaves no known sum: it may be negative.
fn sum_of_nets(left: &Cost, right: &Cost) -> Result<Cost, MoneyError> {
    for one in [left, right] {
        if one.known().is_none() {
            return Ok(one.clone());
        }
    }
    left.plus(right)
}

#[cfg(test)]
mod tests {
    use super::{Ahead, Rates, outlooks};
    use crate::model::engine::Alternative;
    use crate::model::facts::Facts;
    use crate::model::figure::Basis;
    use crate::model::fixtures::{Case, benchmark_facts, organisation, pricing, state};
    use crate::money::Cost;

    fn ahead(facts: Facts, rates: &[(&str, &str)]) -> Vec<super::Outlook> {
        let mut facts = facts;
        for (name, value) in rates {
            state(&mut facts, name, value);
        }
        let case = Case::of(facts);
        let pricing = pricing();
        outlooks(&Ahead {
            facts: &case.facts,
            pricing: &pricing,
            assumptions: &case.assumptions,
            values: &case.values,
            rates: Rates::of(&case.assumptions.central()),
        })
        .unwrap()
    }

    #[test]
    fn three_years_by_hand_on_paper() {
        // Licences 2,338 × 1.1 a year; labour and misses stay; 10 % discount.
        // 11,947; 2,571.80 + 9,609 = 12,180.80; 2,828.98 + 9,609 = 12,437.98
        // present: 10,860.91; 10,066.78; 9,344.84
        let all = ahead(
            benchmark_facts(500),
            &[
                ("price_rise", "0.1"),
                ("wage_rise", "0"),
                ("discount_rate", "0.1"),
            ],
        );
        let manual = &all[0];
        let costs: Vec<_> = manual
            .years
            .iter()
            .map(|year| year.cost.grouped())
            .collect();
        assert_eq!(costs, ["$0.00", "$11,947.00", "$12,180.80", "$12,437.98"]);
        let present: Vec<_> = manual
            .years
            .iter()
            .map(|year| year.present_cost.grouped())
            .collect();
        assert_eq!(present, ["$0.00", "$10,860.91", "$10,066.78", "$9,344.84"]);
        assert_eq!(manual.total.grouped(), "$36,565.78");
        assert_eq!(manual.present_cost.grouped(), "$30,272.53");
        assert_eq!(manual.net_present_value.grouped(), "$0.00");
    }

    #[test]
    fn a_present_value_names_its_rates_and_is_as_firm_as_its_weakest_part() {
        let all = ahead(benchmark_facts(500), &[("discount_rate", "0.1")]);
        assert_eq!(
            all[0].source,
            "the components of manual work; horizon_years: convention of cost-of-ownership models; \
             discount_rate: seatledger.toml; headcount_growth, wage_rise: our estimate; price_rise: excentia.github.io, \
             2024-09-17 and 2025-08-19: Guard Standard rose by 5 % in each October"
        );
        assert_eq!(all[0].basis, Basis::Assumed);
        let rates = [
            ("horizon_years", "2"),
            ("discount_rate", "0.1"),
            ("headcount_growth", "0"),
            ("price_rise", "0"),
            ("wage_rise", "0"),
        ];
        let all = ahead(benchmark_facts(500), &rates);
        assert_eq!(all[0].basis, Basis::Benchmark);
        assert_eq!(all[1].basis, Basis::Assumed);
    }

    #[test]
    fn at_no_rate_the_present_value_is_the_sum() {
        let all = ahead(
            organisation(),
            &[("discount_rate", "0"), ("headcount_growth", "0.1")],
        );
        for one in &all {
            assert_eq!(one.present_cost, one.total, "{}", one.label);
            assert_eq!(one.net_present_value, one.total_net, "{}", one.label);
        }
    }

    #[test]
    fn what_has_no_price_has_no_present_value() {
        let all = ahead(organisation(), &[]);
        let third = all
            .iter()
            .find(|one| one.alternative == Alternative::ThirdParty)
            .unwrap();
        assert!(third.net_present_value.known().is_none());
        assert_eq!(third.payback, None);
        let enterprise = &all[3];
        assert!(enterprise.net_present_value.is_complete());
        let mut facts = organisation();
        if let Some(bills) = &mut facts.bills {
            bills.jira_today = Cost::unknown("Jira");
        }
        assert!(ahead(facts, &[])[3].total.known().is_none());
    }
}
