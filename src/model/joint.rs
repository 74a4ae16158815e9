//! A difference of two ways, computed jointly: each assumed value and each uncertain price lies at one place for both.
//!
//! Two ranges taken off each other would count what they share twice, as if a review took 4 hours under one alternative and 24
//! under the other. A net is linear in every one of these values alone, so the extremes of a difference lie at
//! corners. They are found by moving one value at a time to its better end until nothing improves, from the middle
//! and from both ends of everything.

use super::assumption::{Name, Values};
use super::inputs::Inputs;
use super::position::{Positions, Priced, pinned};
use super::span::Span;
use crate::money::{Cost, Money, MoneyError, MoneyRange, Number};

/// No search has needed more rounds than a few; this bounds what rounding to cents could make of it.
const MOST_ROUNDS: usize = 12;

/// What has one place for both alternatives.
#[derive(Clone, Copy, Debug)]
enum Axis {
    Assumed(Name, Span),
    Priced(Priced),
}

/// One place of everything.
#[derive(Clone, Copy, Debug)]
struct Place {
    values: Values,
    positions: Positions,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Search {
    Least,
    Most,
}

impl Axis {
    fn all(values: &Values) -> Vec<Axis> {
        let assumed = Name::ALL.iter().map(|name| (*name, values.of(*name)));
        let assumed = assumed.filter(|(_, span)| !span.is_point());
        let priced = Priced::ALL.into_iter().map(Axis::Priced);
        assumed
            .map(|(name, span)| Axis::Assumed(name, span))
            .chain(priced)
            .collect()
    }

    /// A place with this value between its low end (0) and its high end (1).
    fn at(self, place: Place, share: Number) -> Result<Place, MoneyError> {
        Ok(match self {
            Axis::Assumed(name, span) => {
                let width = span.high.minus(span.low)?;
                let value = span.low.plus(width.times(share)?)?;
                Place {
                    values: place.values.with(name, Span::point(value)),
                    ..place
                }
            }
            Axis::Priced(priced) => Place {
                positions: place.positions.with(priced, share),
                ..place
            },
        })
    }
}

/// The range of a difference that has been computed from ranges, `plain`, when all that it rests on lies at one place.
/// What it lacks it still lacks.
///
/// # Errors
/// Those of `difference`; `TooLarge`.
pub(super) fn joint(
    inputs: &Inputs,
    values: &Values,
    plain: &Cost,
    difference: &dyn Fn(&Inputs, &Values) -> Result<Cost, MoneyError>,
) -> Result<Cost, MoneyError> {
    let Some(range) = plain.known().filter(|range| !range.is_point()) else {
        return Ok(plain.clone());
    };
    let axes = Axis::all(values);
    let half = Number::ONE.divided_by(2_u64)?;
    let mut starts = Vec::with_capacity(3);
    for share in [half, Number::ZERO, Number::ONE] {
        let nowhere = Place {
            values: *values,
            positions: Positions::middle()?,
        };
        let start = axes
            .iter()
            .try_fold(nowhere, |place, axis| axis.at(place, share))?;
        starts.push(start);
    }
    let amount = |place: &Place, search: Search| -> Result<Option<Money>, MoneyError> {
        let inputs = pinned(inputs, &place.positions)?;
        let found = difference(&inputs, &place.values)?.known();
        Ok(found.map(|found| match search {
            Search::Least => found.low(),
            Search::Most => found.high(),
        }))
    };
    let best = |search: Search| -> Result<Option<Money>, MoneyError> {
        let is_better = |new: Money, old: Money| match search {
            Search::Least => new.amount() < old.amount(),
            Search::Most => new.amount() > old.amount(),
        };
        let mut best: Option<Money> = None;
        for start in &starts {
            let mut place = *start;
            let Some(mut own) = amount(&place, search)? else {
                return Ok(None);
            };
            for _ in 0..MOST_ROUNDS {
                let mut improved = false;
                for axis in &axes {
                    for share in [Number::ZERO, Number::ONE] {
                        let moved = axis.at(place, share)?;
                        if let Some(new) = amount(&moved, search)?
                            && is_better(new, own)
                        {
                            (place, own, improved) = (moved, new, true);
                        }
                    }
                }
                if !improved {
                    break;
                }
            }
            if best.is_none_or(|best| is_better(own, best)) {
                best = Some(own);
            }
        }
        Ok(best)
    };
    let ends = (best(Search::Least)?, best(Search::Most)?);
    plain.try_map(|_| match ends {
        (Some(low), Some(high)) => MoneyRange::between(low, high),
        _ => Ok(range),
    })
}

#[cfg(test)]
mod tests {
    use oorandom::Rand64;

    use super::{Axis, Place};
    use crate::model::alternatives::Comparison;
    use crate::model::assumption::Values;
    use crate::model::ceiling::free_less;
    use crate::model::engine::{Alternative, net_against_today, sheet};
    use crate::model::facts::{GuardHeld, ThirdPartyPrice, ThirdPartyQuote};
    use crate::model::fixtures::{Case, benchmark_facts, number, organisation, usd};
    use crate::model::inputs::Inputs;
    use crate::model::position::{Positions, pinned};
    use crate::money::{Cost, Money, Number};

    fn cases() -> [Case; 3] {
        let mut offered = organisation();
        offered.third_party = Some(ThirdPartyQuote {
            name: "Acme".to_owned(),
            price: ThirdPartyPrice::AnnualFee(usd("6000")),
            set_up_fee: None,
        });
        let mut held = offered.clone();
        held.guard_held = GuardHeld::Standard;
        held.scim_in_use = true;
        [
            Case::of(offered),
            Case::of(held),
            Case::of(benchmark_facts(333)),
        ]
    }

    #[track_caller]
    fn holds(
        case: &Case,
        stated: &Cost,
        of: &dyn Fn(&Inputs, &Values) -> Cost,
        chance: &mut Rand64,
    ) {
        let Some(range) = stated.known() else { return };
        let slack = Money::new(number("0.05"), range.currency());
        let (low, high) = (
            range.low().minus(slack).unwrap(),
            range.high().plus(slack).unwrap(),
        );
        for draw in 0..300 {
            let mut place = Place {
                values: case.values,
                positions: Positions::middle().unwrap(),
            };
            for axis in Axis::all(&case.values) {
                // Corners, and every third time anywhere.
                let share = match draw % 3 {
                    0 => Number::from(chance.rand_range(0..11))
                        .divided_by(10_u64)
                        .unwrap(),
                    _ => Number::from(chance.rand_range(0..2)),
                };
                place = axis.at(place, share).unwrap();
            }
            let inputs = pinned(&case.inputs, &place.positions).unwrap();
            let drawn = of(&inputs, &place.values).known().unwrap();
            assert!(
                low.amount() <= drawn.low().amount() && drawn.high().amount() <= high.amount(),
                "{range:?} without {drawn:?}"
            );
        }
    }

    #[test]
    fn no_place_of_assumptions_and_prices_lies_outside() {
        let mut chance = Rand64::new(7);
        for case in cases() {
            let all = Comparison::of(&case.context()).unwrap();
            for ceiling in &all.ceilings {
                let alternative = ceiling.against;
                let of = |inputs: &Inputs, values: &Values| {
                    free_less(alternative, inputs, values).unwrap()
                };
                holds(&case, &ceiling.annual, &of, &mut chance);
            }
            let third = all.of_alternative(Alternative::ThirdParty).unwrap();
            let of = |inputs: &Inputs, values: &Values| {
                let sheet = sheet(Alternative::ThirdParty, inputs, values).unwrap();
                net_against_today(&sheet, inputs, values).unwrap()
            };
            holds(&case, &third.net_against_today, &of, &mut chance);
        }
    }
}
