//! The years ahead: each alternative's cost and net by year, their present values, and when the money is back.
//!
//! Year 0 holds what is paid once, undiscounted; the years from 1 on hold what is paid each year and are discounted as
//! if paid at their end. Growth, rises and the discount rate enter at their values; the ranges are those of prices,
//! counts and assumed values, as in the first year. Each year as many accounts are orphaned, for its headcount, as
//! in the first.

use serde::Serialize;

pub(crate) use super::payback::Payback;
use super::payback::payback;
use crate::model::alternative::Alternative;
use crate::model::alternatives::describe::Context;
use crate::model::assumptions::assumption::Name;
use crate::model::basis::Basis;
use crate::model::inputs::fees::Inputs;
use crate::model::inputs::growth::Ahead;
use crate::model::span::Span;
use crate::model::years::{HorizonFigures, Years};
use crate::money::{Cost, MoneyError, Number};

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
    let (years, horizons) = Years::ahead(ahead)?;
    let all = years.alternatives.iter().zip(&horizons);
    all.map(|(one, horizon)| outlook(ahead, &years, one.alternative, horizon))
        .collect()
}

fn outlook(
    ahead: &Ahead<'_>,
    years: &Years,
    alternative: Alternative,
    horizon: &HorizonFigures,
) -> Result<Outlook, MoneyError> {
    let in_years: Vec<Year> = horizon
        .years
        .iter()
        .map(|year| Year {
            year: year.year,
            cost: years.cost(year.cost),
            net: years.cost(year.net),
            cumulative_net: years.cost(year.cumulative_net),
            present_cost: years.cost(year.present_cost),
            present_net: years.cost(year.present_net),
        })
        .collect();
    let rates = ahead.rates;
    let percent = |rate: Number| Span::point(rate).percent();
    Ok(Outlook {
        alternative,
        label: alternative.label(),
        total: years.cost(horizon.cost),
        total_net: years.cost(horizon.net),
        present_cost: years.cost(horizon.present_cost),
        net_present_value: years.cost(horizon.net_present_value),
        payback: payback(alternative, in_years.iter().map(|year| &year.net))?,
        discounted_payback: payback(alternative, in_years.iter().map(|year| &year.present_net))?,
        basis: basis(ahead, alternative)?,
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
        years: in_years,
    })
}

/// The weakest of what the first year rests on, of both alternatives, and of the rates.
fn basis(ahead: &Ahead<'_>, alternative: Alternative) -> Result<Basis, MoneyError> {
    let inputs = Inputs::of(ahead.facts, ahead.pricing, ahead.assumptions)?;
    let context = Context {
        facts: ahead.facts,
        inputs: &inputs,
        values: ahead.values,
        assumptions: ahead.assumptions,
    };
    let rates = RATES.iter().map(|name| ahead.assumptions.basis(*name));
    let components = [
        context.weakest(Alternative::Manual, |_| true)?,
        context.weakest(alternative, |_| true)?,
    ];
    Ok(Basis::weakest(rates.chain(components)))
}

#[cfg(test)]
mod tests {
    use super::outlooks;
    use crate::model::alternative::Alternative;
    use crate::model::basis::Basis;
    use crate::model::fixtures::{Case, benchmark_facts, organisation, pricing, state};
    use crate::model::inputs::facts::Facts;
    use crate::money::Cost;

    fn ahead(facts: Facts, rates: &[(&str, &str)]) -> Vec<super::Outlook> {
        let mut facts = facts;
        for (name, value) in rates {
            state(&mut facts, name, value);
        }
        let case = Case::of(facts);
        let pricing = pricing();
        outlooks(&case.ahead(&pricing, &case.values)).unwrap()
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
