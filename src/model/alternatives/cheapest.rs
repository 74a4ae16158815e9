//! Which alternative costs least by the figures, and whether that holds all over the ranges.

use std::cmp::Ordering;

use serde::Serialize;

use super::comparison::AlternativeCost;
use super::describe::Context;
use crate::model::alternative::Alternative;
use crate::money::{Money, MoneyError};

/// The alternative that costs least by the figures.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Cheapest {
    pub(crate) alternative: Alternative,
    pub(crate) label: String,
    /// Whether it stays the cheapest of those with a price wherever prices, counts and assumed values lie within their
    /// ranges. The benchmark's and stated values are taken as they are.
    pub(crate) certain: bool,
    /// The alternatives whose ranges reach below its own, or have no known end.
    pub(crate) rivals: Vec<Alternative>,
    /// The alternatives that have no price, so that nothing can be said of them.
    pub(crate) unpriced: Vec<Alternative>,
}

/// Compares by what each saves against manual: there the part that all share has been taken out already.
pub(crate) fn cheapest(
    all: &[AlternativeCost],
    context: &Context<'_>,
) -> Result<Cheapest, MoneyError> {
    let mut best: Option<(&AlternativeCost, Money)> = None;
    let mut unpriced = Vec::new();
    for one in all {
        let Some(net) = one.middle_net()? else {
            unpriced.push(one.alternative);
            continue;
        };
        let better = match best {
            None => true,
            Some((_, so_far)) => net.compare(so_far)? == Ordering::Greater,
        };
        if better {
            best = Some((one, net));
        }
    }
    let alternative = best.map_or(Alternative::Manual, |(one, _)| one.alternative);
    let nothing = Money::zero(context.inputs.currency);
    let least = best.and_then(|(one, _)| one.net.low()).unwrap_or(nothing);
    let mut rivals = Vec::new();
    for one in all {
        if one.alternative == alternative || unpriced.contains(&one.alternative) {
            continue;
        }
        // Where what is avoided lacks a price, nobody knows how much it saves at most.
        let reaches_past = match one.net.high() {
            Some(most) => most.compare(least)? == Ordering::Greater,
            None => true,
        };
        if reaches_past {
            rivals.push(one.alternative);
        }
    }
    Ok(Cheapest {
        alternative,
        label: alternative.label().to_owned(),
        certain: rivals.is_empty(),
        rivals,
        unpriced,
    })
}

#[cfg(test)]
mod tests {
    use crate::model::alternative::Alternative;
    use crate::model::alternatives::comparison::Comparison;
    use crate::model::fixtures::{Case, benchmark_facts, organisation, state};

    #[test]
    fn manual_is_the_cheapest_by_the_benchmark_for_certain() {
        let case = Case::of(benchmark_facts(500));
        let found = Comparison::of(&case.context()).unwrap().leader;
        assert_eq!(
            (found.alternative, found.certain),
            (Alternative::Manual, true)
        );
        assert_eq!(
            found.unpriced,
            [Alternative::Enterprise, Alternative::ThirdParty]
        );
    }

    #[test]
    fn ranges_that_overlap_leave_it_open() {
        // Misses dear enough that the middle is with Guard, and its low end is not.
        let mut facts = organisation();
        state(&mut facts, "cost_per_miss", "1000");
        let case = Case::of(facts);
        let all = Comparison::of(&case.context()).unwrap();
        assert_eq!(all.leader.alternative, Alternative::GuardStandard);
        assert!(!all.leader.certain);
        assert_eq!(all.leader.rivals, [Alternative::Manual]);
    }
}
