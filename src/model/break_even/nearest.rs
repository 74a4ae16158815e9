//! What would change the answer: the nearest values at which another alternative becomes the cheapest.
//!
//! While manual work is the cheapest, that is where another costs as much. While another is, it is where that
//! alternative costs as much as manual work, or as the next one. A value is told only where nothing else turns the answer
//! before it: past that it would change nothing any more.

use std::cmp::Ordering;

use super::point::{BreakEven, Input, between};
use crate::model::alternative::Alternative;
use crate::model::alternatives::comparison::Comparison;
use crate::model::alternatives::describe::Context;
use crate::model::inputs::facts::GuardHeld;
use crate::money::MoneyError;

/// The values that would change the answer, and what they are measured against.
pub(crate) struct NearestBreakEven {
    pub(crate) points: Vec<BreakEven>,
    pub(crate) measured: String,
}

/// # Errors
/// `TooLarge`, `CurrencyMismatch`, `DivisionByZero`.
pub(crate) fn nearest_break_even(
    context: &Context<'_>,
    comparison: &Comparison,
) -> Result<NearestBreakEven, MoneyError> {
    let (pairs, mut measured) = pairs(context, comparison)?;
    if context.facts.guard_held != GuardHeld::None {
        measured.push_str("; manual work is without Guard, which is paid for today");
    }
    let mut all: Vec<Vec<BreakEven>> = Vec::new();
    for (alternative, against) in pairs {
        let mut points = between(context, alternative, against)?;
        points.retain(|one| one.distance.is_some());
        points.sort_by_key(|one| (one.distance, one.input));
        all.push(points);
    }
    let nearest = |own: &[BreakEven]| {
        let mut told = own.iter();
        told.find(|one| !all.iter().flatten().any(|other| comes_before(other, one)))
            .cloned()
    };
    let mut points: Vec<BreakEven> = all.iter().filter_map(|own| nearest(own)).collect();
    points.sort_by_key(|one| (one.distance, one.alternative, one.against));
    Ok(NearestBreakEven { points, measured })
}

/// The alternatives that are held against each other, and that in words.
fn pairs(
    context: &Context<'_>,
    comparison: &Comparison,
) -> Result<(Vec<(Alternative, Alternative)>, String), MoneyError> {
    let priced = |alternative: Alternative| {
        comparison
            .of_alternative(alternative)
            .is_some_and(|one| one.is_priced())
    };
    let cheapest = comparison.leader.alternative;
    if cheapest == Alternative::Manual {
        // Premium does what Standard does and costs its fee more, so it never is the first unless it is needed.
        if context.facts.needs_premium {
            let pairs = vec![(Alternative::GuardPremium, Alternative::Manual)];
            let words = "Guard Premium against manual work, since its features are needed; no worth is put on them";
            return Ok((
                pairs.into_iter().filter(|pair| priced(pair.0)).collect(),
                words.to_owned(),
            ));
        }
        let alternatives = [
            Alternative::GuardStandard,
            Alternative::Enterprise,
            Alternative::ThirdParty,
        ]
        .into_iter();
        let pairs = alternatives.filter(|alternative| priced(*alternative));
        return Ok((
            pairs
                .map(|alternative| (alternative, Alternative::Manual))
                .collect(),
            "against manual work".to_owned(),
        ));
    }
    let mut left_out = vec![Alternative::Manual, cheapest];
    if cheapest == Alternative::GuardStandard {
        left_out.push(Alternative::GuardPremium);
    }
    let next = comparison.best_but(&left_out)?.map(|one| one.alternative);
    let mut pairs = vec![(cheapest, Alternative::Manual)];
    let mut words = format!("{} against manual work", cheapest.in_words());
    if let Some(next) = next {
        pairs.push((cheapest, next));
        words.push_str(&format!(
            " and against the next alternative, {}",
            next.in_words()
        ));
    }
    Ok((pairs, words))
}

/// Whether a point turns the answer on the alternative from today's value to another point. A price is its alternative's own; the other
/// numbers are one for all.
fn comes_before(one: &BreakEven, other: &BreakEven) -> bool {
    let same = one.input == other.input
        && (one.input != Input::Price || one.alternative == other.alternative);
    let is_here = one.distance.is_some_and(|distance| distance.is_zero());
    same && one.distance < other.distance && (is_here || side(one) == side(other))
}

/// On which side of today's value a point lies.
fn side(one: &BreakEven) -> Option<Ordering> {
    one.needed.map(|needed| needed.low.cmp(&one.now.low))
}

#[cfg(test)]
mod tests {
    use super::{NearestBreakEven, nearest_break_even};
    use crate::model::alternative::Alternative;
    use crate::model::alternatives::comparison::Comparison;
    use crate::model::break_even::point::Input;
    use crate::model::fixtures::{Case, organisation, usd};
    use crate::model::inputs::facts::{Facts, GuardHeld, ThirdPartyPrice, ThirdPartyQuote};
    use crate::money::Cost;

    fn found(case: &Case) -> (NearestBreakEven, Alternative) {
        let context = case.context();
        let comparison = Comparison::of(&context).unwrap();
        let cheapest = comparison.leader.alternative;
        (nearest_break_even(&context, &comparison).unwrap(), cheapest)
    }

    fn told(case: &Case) -> Vec<(Alternative, Alternative, Input, String)> {
        let points = found(case).0.points.into_iter();
        points
            .map(|one| {
                (
                    one.alternative,
                    one.against,
                    one.input,
                    one.needed.unwrap().exact(),
                )
            })
            .collect()
    }

    fn statements(all: &NearestBreakEven) -> Vec<&str> {
        let points = all.points.iter();
        points.map(|one| one.statement.as_str()).collect()
    }

    fn with_offer(fee: &str) -> Facts {
        let mut facts = organisation();
        facts.third_party = Some(ThirdPartyQuote {
            name: "Acme".to_owned(),
            price: ThirdPartyPrice::AnnualFee(usd(fee)),
            set_up_fee: None,
        });
        facts
    }

    // Guard Standard at the values: seats 3,000 × 0.855, labour 4,627.20 × ¾, misses 7,171.88 × 0.81225, less 34 h:
    // 9,812.26. A third party: 4,627.20 × 0.8 of labour and 10 h of its own: 11,489.62.

    #[test]
    fn while_work_by_hand_is_the_cheapest_another_way_has_to_cost_as_much() {
        // 9,812.26 ÷ 450 ÷ 12 = 1.8171. Enterprise turns at more hours than Guard Standard, and Premium behind it.
        let case = Case::of(organisation());
        let price = (
            Alternative::GuardStandard,
            Alternative::Manual,
            Input::Price,
            "1.8171".to_owned(),
        );
        assert_eq!(told(&case), std::slice::from_ref(&price));
        assert_eq!(found(&case).0.measured, "against manual work");
        // An offer has a price of its own: 11,489.62 ÷ 400 ÷ 12.
        let case = Case::of(with_offer("15000"));
        let offer = (
            Alternative::ThirdParty,
            Alternative::Manual,
            Input::Price,
            "2.3937".to_owned(),
        );
        assert_eq!(told(&case), [offer, price]);
    }

    #[test]
    fn a_cheapest_third_party_is_held_against_work_by_hand_and_the_next_way() {
        let case = Case::of(with_offer("3000"));
        let (all, cheapest) = found(&case);
        assert_eq!(cheapest, Alternative::ThirdParty);
        // Guard Standard costs more than manual work, so a dearer offer meets manual work first.
        assert_eq!(
            statements(&all),
            [
                "Third party would cost as much as manual work at $2.39 for a user and month, $11,490 a year; now $0.63."
            ]
        );
        assert_eq!(
            all.measured,
            "the third party against manual work and against the next alternative, Guard Standard"
        );
        // At a fee of 1,000 Guard Standard saves 8,812.26, which an offer meets at 11,489.62 − 8,812.26 = 2,677.36.
        let mut case = Case::of(with_offer("500"));
        case.inputs.fees.standard.cost = Cost::from(usd("1000"));
        assert_eq!(
            told(&case),
            [(
                Alternative::ThirdParty,
                Alternative::GuardStandard,
                Input::Price,
                "0.5578".to_owned()
            )]
        );
    }

    #[test]
    fn a_cheapest_guard_is_held_against_an_offer_too() {
        // Guard Standard saves 4,000 − 1,000 more in fees and (76.8 × 0.8 − 10) − (76.8 × ¾ − 34) = 27.84 h less:
        // $107.76 an hour is nearer to $60.25 than 2,322.64 ÷ 450 ÷ 12 = $0.43 is to $0.19.
        let mut case = Case::of(with_offer("4000"));
        case.inputs.fees.standard.cost = Cost::from(usd("1000"));
        let (all, cheapest) = found(&case);
        assert_eq!(cheapest, Alternative::GuardStandard);
        assert_eq!(
            statements(&all),
            [
                "Guard Standard would cost as much as the third party at $107.76 for an IT hour, and more above that; now \
                 $60.25."
            ]
        );
        let price = super::between(
            &case.context(),
            Alternative::GuardStandard,
            Alternative::ThirdParty,
        )
        .unwrap();
        assert_eq!(price[0].needed.unwrap().exact(), "0.4301");
    }

    #[test]
    fn what_is_needed_or_held_is_said() {
        let mut facts = organisation();
        facts.needs_premium = true;
        facts.guard_held = GuardHeld::Standard;
        let (all, _) = found(&Case::of(facts));
        assert!(
            all.points
                .iter()
                .all(|one| one.alternative == Alternative::GuardPremium)
        );
        assert_eq!(all.points.len(), 1);
        assert_eq!(
            all.measured,
            "Guard Premium against manual work, since its features are needed; no worth is put on them; manual work is \
             without Guard, which is paid for today"
        );
    }
}
