//! Sensitivity: each assumption and each price moved to its low and its high end, all else at its value, in the order
//! of the effect on what an alternative saves over the horizon.

use serde::Serialize;

use crate::figures::Id;
use crate::model::alternative::Alternative;
use crate::model::assumptions::assumption::{Kind, Name};
use crate::model::basis::Basis;
use crate::model::inputs::fees::Inputs;
use crate::model::inputs::growth::{Ahead, Rates};
use crate::model::span::Span;
use crate::model::years::position::{self, Priced, Today};
use crate::model::years::{HorizonFigures, Leaf, Years};
use crate::money::{Currency, Money, MoneyError, MoneyRange, Number};

/// What the effect is measured on: the present value of the net over the horizon.
const MEASURE: &str = "net-present-value";

/// One bar.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Bar {
    pub(crate) name: &'static str,
    pub(crate) label: String,
    /// The ends in words: `48`, `$18,000.00`.
    pub(crate) low: String,
    pub(crate) high: String,
    /// The ends for a reader: `48`, `10%`, `$18,000`.
    #[serde(skip)]
    pub(crate) shown: [String; 2],
    pub(crate) net_at_low: Money,
    pub(crate) net_at_high: Money,
    /// The distance between the two, never negative.
    pub(crate) effect: Money,
    pub(crate) basis: Basis,
    pub(crate) source: String,
}

/// All bars of one alternative, the longest first.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Tornado {
    pub(crate) alternative: Alternative,
    pub(crate) label: &'static str,
    pub(crate) measure: &'static str,
    /// With everything at its value and every price in the middle of its range.
    pub(crate) central: Money,
    pub(crate) bars: Vec<Bar>,
    /// What of the cost that it avoids has no price and is in no net: each would add to it.
    pub(crate) missing: Vec<String>,
    pub(crate) basis: Basis,
    pub(crate) source: String,
}

/// The names that decide rules and enter no amount.
const LIMITS: [Name; 3] = [
    Name::SmallTeamLimit,
    Name::LowTurnoverLimit,
    Name::ManyProductsFrom,
];

/// The bars of an alternative; `None` when its net is not known.
///
/// # Errors
/// `CurrencyMismatch`, `TooLarge`.
pub(crate) fn tornado(
    ahead: &Ahead<'_>,
    alternative: Alternative,
) -> Result<Option<Tornado>, MoneyError> {
    let values = ahead.assumptions.central();
    let at_values = Ahead {
        values: &values,
        rates: Rates::of(&values),
        ..*ahead
    };
    let base = Base::of(&at_values, alternative)?;
    let Some(central) = base.with(&[]) else {
        return Ok(None);
    };
    let mut bars = Vec::new();
    for one in ahead.assumptions.list() {
        if LIMITS.contains(&one.name) || one.low == one.high {
            continue;
        }
        let at = |end: Number| base.moved(one.name, end);
        if let (Some(low), Some(high)) = (at(one.low)?, at(one.high)?) {
            bars.push(Bar {
                name: one.name.as_str(),
                label: one.title.clone(),
                low: one.low.plain(),
                high: one.high.plain(),
                shown: [
                    shown(one.kind, one.low, ahead.facts.currency)?,
                    shown(one.kind, one.high, ahead.facts.currency)?,
                ],
                net_at_low: low,
                net_at_high: high,
                effect: distance(low, high)?,
                basis: one.basis,
                source: format!("{}; {}", one.source, one.spread),
            });
        }
    }
    let inputs = Inputs::of(ahead.facts, ahead.pricing, ahead.assumptions)?;
    for priced in Priced::ALL {
        let Some(Today {
            label,
            range,
            basis,
            source,
        }) = position::today(&inputs, alternative, priced).filter(|one| !one.range.is_point())
        else {
            continue;
        };
        let at = |end: Number| base.placed(priced, end);
        if let (Some(low), Some(high)) = (at(Number::ZERO), at(Number::ONE)) {
            bars.push(Bar {
                name: priced.as_str(),
                label: label.to_owned(),
                low: range.low().grouped(),
                high: range.high().grouped(),
                shown: [range.low().whole(), range.high().whole()],
                net_at_low: low,
                net_at_high: high,
                effect: distance(low, high)?,
                basis,
                source: source.to_owned(),
            });
        }
    }
    let missing = match base.measured() {
        Some(net) => base.years.figures.of(net).missing().to_vec(),
        None => Vec::new(),
    };
    bars.retain(|bar| !bar.effect.is_zero());
    bars.sort_by(|left, right| {
        let by_effect = right.effect.amount().cmp(&left.effect.amount());
        by_effect.then(left.name.cmp(right.name))
    });
    Ok(Some(Tornado {
        alternative,
        label: alternative.label(),
        measure: MEASURE,
        central,
        bars,
        missing,
        basis: Basis::Assumed,
        source: "each input moved alone, all others at their values".to_owned(),
    }))
}

/// An assumption's end for a reader.
fn shown(kind: Kind, end: Number, currency: Currency) -> Result<String, MoneyError> {
    match kind {
        Kind::Money => Ok(Money::new(end, currency).round_minor().grouped()),
        Kind::Share | Kind::Rate => Span::point(end).percent(),
        _ => Ok(end.plain()),
    }
}

fn distance(low: Money, high: Money) -> Result<Money, MoneyError> {
    let range = MoneyRange::between(low, high)?;
    range.high().minus(range.low())
}

/// What is moved: the list of figures with everything at its value and every price in the middle of its range.
struct Base<'a> {
    ahead: Ahead<'a>,
    at: usize,
    years: Years,
    horizons: Vec<HorizonFigures>,
}

impl<'a> Base<'a> {
    fn of(ahead: &Ahead<'a>, alternative: Alternative) -> Result<Base<'a>, MoneyError> {
        let (years, horizons) = Years::ahead(ahead)?;
        let mut all = years.alternatives.iter();
        let at = all.position(|one| one.alternative == alternative);
        Ok(Base {
            ahead: *ahead,
            at: at.unwrap_or(0),
            years,
            horizons,
        })
    }

    /// The figure that the effect is measured on.
    fn measured(&self) -> Option<Id> {
        let found = self.horizons.get(self.at);
        found.map(|one| one.net_present_value)
    }

    fn with(&self, given: &[(Id, Number)]) -> Option<Money> {
        let mut values = Vec::new();
        self.years.figures.again(given, &mut values);
        let value = self.measured()?.among(&values)?;
        Some(Money::new(value, self.ahead.facts.currency))
    }

    /// With one assumption moved. What changes the number of years, or the counts that are priced, or that another
    /// value has kept out of the list, needs a list of its own.
    fn moved(&self, name: Name, end: Number) -> Result<Option<Money>, MoneyError> {
        let leaves = [Leaf::Assumption(name), Leaf::AtItsValue(name)];
        let found = leaves.iter().find_map(|leaf| self.years.leaves.get(leaf));
        if let (Some(leaf), false) = (found, name == Name::HeadcountGrowth) {
            return Ok(self.with(&[(*leaf, end)]));
        }
        let values = self.ahead.values.with(name, Span::point(end));
        let ahead = Ahead {
            values: &values,
            rates: Rates::of(&values),
            ..self.ahead
        };
        let alternative = self.years.alternatives.get(self.at);
        let Some(alternative) = alternative.map(|one| one.alternative) else {
            return Ok(None);
        };
        Ok(Base::of(&ahead, alternative)?.with(&[]))
    }

    fn placed(&self, priced: Priced, place: Number) -> Option<Money> {
        let leaves = &self.years.leaves;
        let seats = (priced == Priced::Waste).then_some(Leaf::PlaceOfSeats);
        let moved = [Some(Leaf::Place(priced)), seats].into_iter().flatten();
        let given: Vec<(Id, Number)> = moved
            .filter_map(|leaf| Some((*leaves.get(&leaf)?, place)))
            .collect();
        self.with(&given)
    }
}

#[cfg(test)]
mod tests {
    use super::{Tornado, tornado};
    use crate::model::alternative::Alternative;
    use crate::model::basis::Basis;
    use crate::model::fixtures::{Case, benchmark_facts, organisation, pricing, range, state};
    use crate::model::horizon::outlook::outlooks;
    use crate::model::inputs::facts::Facts;
    use crate::money::Cost;

    /// One year, of which nothing is discounted.
    fn first_year(mut facts: Facts, alternative: Alternative) -> Option<Tornado> {
        state(&mut facts, "horizon_years", "1");
        state(&mut facts, "discount_rate", "0");
        bars(facts, alternative)
    }

    fn bars(facts: Facts, alternative: Alternative) -> Option<Tornado> {
        let case = Case::of(facts);
        let pricing = pricing();
        let central = case.assumptions.central();
        let ahead = case.ahead(&pricing, &central);
        tornado(&ahead, alternative).unwrap()
    }

    #[test]
    fn the_fee_on_paper_and_the_order() {
        let found = first_year(benchmark_facts(500), Alternative::GuardStandard).unwrap();
        let fee = found
            .bars
            .iter()
            .find(|bar| bar.name == "guard_standard_fee")
            .unwrap();
        assert_eq!(fee.effect.grouped(), "$6,000.00");
        assert_eq!(
            (fee.low.as_str(), fee.high.as_str()),
            ("$18,000.00", "$24,000.00")
        );
        // ¾ of 48 to 192 hours × 60.25 = 36 to 144 h: 108 × 60.25
        let hours = found
            .bars
            .iter()
            .find(|bar| bar.name == "it_hours_per_500")
            .unwrap();
        assert_eq!(hours.effect.grouped(), "$6,507.00");
        let effects: Vec<_> = found.bars.iter().map(|bar| bar.effect.amount()).collect();
        assert!(effects.is_sorted_by(|left, right| left >= right));
        assert!(found.bars.iter().all(|bar| bar.name != "small_team_limit"));
        assert!(found.bars.iter().all(|bar| bar.name != "discount_rate"));
    }

    #[test]
    fn each_price_has_its_own_source_and_basis() {
        let mut facts = organisation();
        facts.accounts.as_mut().unwrap().guard_premium.at_most = 430;
        let bills = facts.bills.as_mut().unwrap();
        bills.jira_today = Cost::from(range("30000", "50000"));
        bills.saving_orphaned = Some(Cost::from(range("2000", "3000")));
        bills.saving_basis = Basis::Configured;
        let of = |alternative, name: &str| {
            let found = first_year(facts.clone(), alternative).unwrap();
            let bar = found.bars.into_iter().find(|bar| bar.name == name);
            let bar = bar.unwrap();
            (bar.basis, bar.source, bar.low)
        };
        let book = "price: https://www.stitchflow.com/scim/atlassian, 2026-01-11, reported; count: export-users.csv";
        assert_eq!(
            of(Alternative::GuardPremium, "guard_premium_fee"),
            (Basis::Measured, book.to_owned(), "$40,320.00".to_owned())
        );
        assert_eq!(
            of(Alternative::GuardPremium, "unused_licences"),
            (
                Basis::Configured,
                "the difference of two bills: waste_by_product.csv".to_owned(),
                "$9,000.00".to_owned()
            )
        );
        assert_eq!(
            of(Alternative::Enterprise, "jira_bill"),
            (
                Basis::Measured,
                "the bill today: waste_by_product.csv".to_owned(),
                "$30,000.00".to_owned()
            )
        );
        // Of Guard Standard, Enterprise pays for the 50 users without Jira: 50 × 3 × 12.
        assert_eq!(
            of(Alternative::Enterprise, "guard_standard_fee").2,
            "$1,800.00"
        );
    }

    #[test]
    fn over_the_horizon_its_rates_count_and_the_middle_is_the_outlooks() {
        let found = bars(organisation(), Alternative::GuardStandard).unwrap();
        assert!(found.bars.iter().any(|bar| bar.name == "discount_rate"));
        assert!(found.bars.iter().any(|bar| bar.name == "price_rise"));
        assert!(bars(organisation(), Alternative::ThirdParty).is_none());
        let case = Case::of(organisation());
        let pricing = pricing();
        let central = case.assumptions.central();
        let ahead = case.ahead(&pricing, &central);
        let outlook = &outlooks(&ahead).unwrap()[1];
        let range = outlook.net_present_value.known().unwrap();
        assert!(range.low().amount() < found.central.amount());
        assert!(found.central.amount() < range.high().amount());
    }
}
