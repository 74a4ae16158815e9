//! Positions: where inside its range each uncertain price or count is taken to lie.
//!
//! A price is uncertain once: every figure that rests on it lies at the same place of its range.

use serde::{Serialize, Serializer};

use super::engine::Alternative;
use super::figure::Basis;
use super::inputs::{Fee, Inputs};
use crate::money::{Cost, Money, MoneyError, MoneyRange, Number};

/// A price, or a count with its price, that may be a range.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Priced {
    GuardStandard,
    GuardPremium,
    Enterprise,
    Waste,
    Jira,
}

impl Priced {
    pub(crate) const ALL: [Priced; 5] = [
        Priced::GuardStandard,
        Priced::GuardPremium,
        Priced::Enterprise,
        Priced::Waste,
        Priced::Jira,
    ];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Priced::GuardStandard => "guard_standard_fee",
            Priced::GuardPremium => "guard_premium_fee",
            Priced::Enterprise => "enterprise_fee",
            Priced::Waste => "unused_licences",
            Priced::Jira => "jira_bill",
        }
    }

    pub(crate) const fn label(self) -> &'static str {
        match self {
            Priced::GuardStandard => "price and count of Guard Standard",
            Priced::GuardPremium => "price and count of Guard Premium",
            Priced::Enterprise => "price of Jira Enterprise",
            Priced::Waste => "price and number of unused seats",
            Priced::Jira => "Jira bill today",
        }
    }
}

impl Serialize for Priced {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
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

    const fn of(&self, priced: Priced) -> Number {
        self.0[priced as usize]
    }
}

/// What a range is at one place of it, rounded to the minor unit.
fn at(range: MoneyRange, place: Number) -> Result<Money, MoneyError> {
    let width = range.high().minus(range.low())?;
    Ok(range.low().plus(width.times(place)?)?.round_minor())
}

fn pin(cost: &mut Cost, place: Number) -> Result<(), MoneyError> {
    *cost = cost.try_map(|range| Ok(MoneyRange::point(at(range, place)?)))?;
    Ok(())
}

/// What a price's range spans today, with where it comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Today<'a> {
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
            (&waste.all, waste.basis, &waste.source)
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
        range: cost.known()?,
        basis,
        source,
    })
}

const fn of(fee: &Fee) -> (&Cost, Basis, &String) {
    (&fee.cost, fee.basis, &fee.source)
}

/// The inputs with every range pinned to a place, so that the engine gives points.
///
/// # Errors
/// `TooLarge`.
pub(crate) fn pinned(inputs: &Inputs, positions: &Positions) -> Result<Inputs, MoneyError> {
    let mut inputs = inputs.clone();
    let fees = &mut inputs.fees;
    let standard = positions.of(Priced::GuardStandard);
    pin(&mut fees.standard.cost, standard)?;
    pin(&mut fees.standard_beside_enterprise.cost, standard)?;
    pin(&mut fees.premium.cost, positions.of(Priced::GuardPremium))?;
    pin(&mut fees.enterprise.cost, positions.of(Priced::Enterprise))?;
    pin(&mut fees.jira_today.cost, positions.of(Priced::Jira))?;
    if let Some(waste) = &mut inputs.waste {
        let place = positions.of(Priced::Waste);
        pin(&mut waste.all, place)?;
        if let Some(leavers) = &mut waste.of_leavers {
            pin(leavers, place)?;
        }
    }
    Ok(inputs)
}

#[cfg(test)]
mod tests {
    use oorandom::Rand64;

    use super::{Positions, Priced, pinned};
    use crate::model::engine::{Alternative, sheet};
    use crate::model::facts::{ThirdPartyPrice, ThirdPartyQuote};
    use crate::model::figure::Basis;
    use crate::model::fixtures::{Case, benchmark_facts, number, organisation, usd};
    use crate::model::span::Span;
    use crate::money::{Money, Number};

    fn cases() -> [Case; 2] {
        let mut facts = organisation();
        facts.third_party = Some(ThirdPartyQuote {
            name: "Acme".to_owned(),
            price: ThirdPartyPrice::AnnualFee(usd("6000")),
            set_up_fee: None,
        });
        [Case::of(facts), Case::of(benchmark_facts(333))]
    }

    #[test]
    fn at_a_point_the_net_is_manual_less_the_alternative_to_the_cent() {
        for case in cases() {
            let values = case.assumptions.central();
            let inputs = pinned(&case.inputs, &Positions::middle().unwrap()).unwrap();
            let total = |alternative| {
                let sheet = sheet(alternative, &inputs, &values).unwrap();
                (sheet.total(&inputs).unwrap(), sheet.net(&inputs).unwrap())
            };
            let (manual, _) = total(Alternative::Manual);
            for alternative in Alternative::ALL {
                let (own, net) = total(alternative);
                if net.is_complete() {
                    assert_eq!(manual.minus(&own).unwrap(), net, "{alternative:?}");
                }
            }
        }
    }

    /// Whatever the prices, counts and assumed values turn out to be, totals and nets stay inside their ranges, but
    /// for the cents that rounding each component may move.
    #[test]
    fn ranges_hold_whatever_is_drawn() {
        let mut chance = Rand64::new(11);
        let cents = number("0.05");
        for case in cases() {
            for _ in 0..150 {
                let mut place = || {
                    Number::from(chance.rand_range(0..11))
                        .divided_by(10_u64)
                        .unwrap()
                };
                let mut values = case.assumptions.central();
                for one in case.assumptions.list() {
                    if one.basis == Basis::Assumed {
                        let width = one.high.minus(one.low).unwrap();
                        let drawn = one.low.plus(width.times(place()).unwrap()).unwrap();
                        values = values.with(one.name, Span::point(drawn));
                    }
                }
                let mut positions = Positions::middle().unwrap();
                for priced in Priced::ALL {
                    positions = positions.with(priced, place());
                }
                let inputs = pinned(&case.inputs, &positions).unwrap();
                for alternative in Alternative::ALL {
                    let stated = sheet(alternative, &case.inputs, &case.values).unwrap();
                    let drawn = sheet(alternative, &inputs, &values).unwrap();
                    let pairs = [
                        (
                            stated.net(&case.inputs).unwrap(),
                            drawn.net(&inputs).unwrap(),
                        ),
                        (
                            stated.total(&case.inputs).unwrap(),
                            drawn.total(&inputs).unwrap(),
                        ),
                    ];
                    for (range, point) in pairs {
                        let (Some(range), Some(point)) = (range.known(), point.known()) else {
                            continue;
                        };
                        let slack = Money::new(cents, range.currency());
                        let low = range.low().minus(slack).unwrap();
                        let high = range.high().plus(slack).unwrap();
                        assert!(
                            low.amount() <= point.low().amount(),
                            "{alternative:?} {range:?} {point:?}"
                        );
                        assert!(
                            point.high().amount() <= high.amount(),
                            "{alternative:?} {range:?} {point:?}"
                        );
                    }
                }
            }
        }
    }
}
