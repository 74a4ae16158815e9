//! Lines: what an alternative saves against another one, as a straight line in one number, and where that line meets zero.
//!
//! A net is straight in each of these numbers, so two evaluations give the line. All others stay as the
//! organisation has them, every assumption at its value.

use super::alternative::Alternative;
use super::assumption::{Name, Values};
use super::crossing::End;
use super::describe::Context;
use super::input::Input;
use super::inputs::{Inputs, Waste};
use super::span::{Span, middle};
use super::years::Years;
use crate::money::{Money, MoneyError, MoneyRange, Number};

/// Where a second point of a line is taken: far out, so that rounded cents do not show.
const FAR: u64 = 1_000_000;

/// What an alternative saves against another one, as a straight line in one number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Line {
    /// With none of it, where the fees are at their worst for the alternative and where they are at their best.
    pub(crate) start: Span,
    /// What each unit adds; negative where more of it speaks against the alternative.
    pub(crate) rise: Number,
}

/// Where a line meets zero.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Root {
    At(Number),
    /// Nowhere from zero up: the alternative is the cheaper one at any value.
    AlwaysLess,
    AlwaysMore,
}

impl Root {
    /// The value, and nothing where the alternative is the one or the other already with none of it.
    pub(super) fn or_nothing(self) -> Number {
        match self {
            Root::At(value) => value,
            _ => Number::ZERO,
        }
    }

    pub(super) const fn is_met(self) -> bool {
        matches!(self, Root::At(_))
    }
}

impl Line {
    /// The roots with the fees at their best and at their worst.
    pub(super) fn roots(self) -> Result<[Root; 2], MoneyError> {
        let root = |start: Number| -> Result<Root, MoneyError> {
            let (above, below) = (
                !start.is_negative() && !start.is_zero(),
                start.is_negative(),
            );
            let falls = self.rise.is_negative();
            let moves = falls || !self.rise.is_zero();
            Ok(if moves && ((above && falls) || (below && !falls)) {
                Root::At(Number::ZERO.minus(start)?.divided_by(self.rise)?)
            } else if above || (!below && !falls) {
                Root::AlwaysLess
            } else {
                Root::AlwaysMore
            })
        };
        Ok([root(self.start.high)?, root(self.start.low)?])
    }
}

/// What an alternative saves against another one over a number; `None` where it is not known.
///
/// # Errors
/// `TooLarge`.
pub(crate) fn line(
    context: &Context<'_>,
    alternative: Alternative,
    against: Alternative,
    input: Input,
) -> Result<Option<Line>, MoneyError> {
    let mut starts = Vec::new();
    let mut rise = Number::ZERO;
    for end in End::BOTH {
        let rival = rival_end(alternative, against, end);
        let at = |x: u64| -> Result<Option<Number>, MoneyError> {
            let (Some(own), Some(other)) = (
                net(context, alternative, input, end, x)?,
                net(context, against, input, rival, x)?,
            ) else {
                return Ok(None);
            };
            own.minus(other).map(Some)
        };
        let (Some(start), Some(far)) = (at(0)?, at(FAR)?) else {
            return Ok(None);
        };
        rise = far.minus(start)?.divided_by(FAR)?;
        starts.push(start);
    }
    Ok(match starts[..] {
        [one, other] => Some(Line {
            start: Span::between(one, other),
            rise,
        }),
        _ => None,
    })
}

/// Where the other alternative's fee lies when the alternative's own lies at an end. Guard Standard's price is one price, whoever pays
/// it; unrelated prices may lie at either end, and apart they make the range.
pub(super) const fn rival_end(alternative: Alternative, against: Alternative, end: End) -> End {
    match (end, alternative.is_native() && against.is_native()) {
        (_, true) => end,
        (End::Low, false) => End::High,
        (End::High, false) => End::Low,
    }
}

/// The inputs with every fee at one end.
pub(super) fn with_fees_at(inputs: &Inputs, end: End) -> Result<Inputs, MoneyError> {
    let mut inputs = inputs.clone();
    for fee in [
        &mut inputs.fees.standard,
        &mut inputs.fees.premium,
        &mut inputs.fees.standard_beside_enterprise,
        &mut inputs.fees.third_party,
    ] {
        let point = |range: MoneyRange| Money::new(end.of(range), range.currency());
        fee.cost = fee
            .cost
            .try_map(|range| Ok(MoneyRange::point(point(range))))?;
    }
    Ok(inputs)
}

/// The net against manual work with the input at a value and the fees at one end.
fn net(
    context: &Context<'_>,
    alternative: Alternative,
    input: Input,
    end: End,
    at: u64,
) -> Result<Option<Number>, MoneyError> {
    let mut inputs = with_fees_at(context.inputs, end)?;
    let mut values: Values = context.assumptions.central();
    match input {
        Input::HourlyRate => {
            values = values.with(Name::ItHourlyRate, Span::point(Number::from(at)));
        }
        Input::Hours => inputs.hours_a_year = Some(Number::from(at)),
        Input::Orphans | Input::Price => {
            if let Some(today) = leavers_with_seats(&inputs)
                && let Some(Waste {
                    of_leavers: Some(leavers),
                    ..
                }) = &mut inputs.waste
            {
                // What stays of the waste is in no net, so it need not move along.
                let moved = leavers.times(at)?;
                *leavers = moved.try_map(|range| range.divided_by(today))?;
            }
            inputs.orphaned = Some(at);
            inputs.orphaned_unclaimed = 0;
        }
    }
    let years = Years::of(&[alternative], &inputs, &values);
    let net = years
        .of_alternative(alternative)
        .map(|one| years.cost(one.sums.net));
    net.and_then(|net| net.known())
        .map(|range| Ok(middle(range)?.amount()))
        .transpose()
}

/// The orphaned accounts whose seats the exports show: more such accounts hold more seats in proportion.
pub(super) fn leavers_with_seats(inputs: &Inputs) -> Option<u64> {
    let shown = inputs
        .waste
        .as_ref()
        .is_some_and(|waste| waste.of_leavers.is_some());
    inputs.orphaned.filter(|&count| count > 0 && shown)
}

#[cfg(test)]
mod tests {
    use super::{Line, Root};
    use crate::model::fixtures::number;
    use crate::model::span::Span;

    fn roots(low: &str, high: &str, rise: &str) -> [Root; 2] {
        let line = Line {
            start: Span::between(number(low), number(high)),
            rise: number(rise),
        };
        line.roots().unwrap()
    }

    #[test]
    fn rising_and_falling_lines_meet_zero_where_they_are_solved_on_paper() {
        let at = |text| Root::At(number(text));
        // 10 + 2 x is never zero from zero up, −30 + 2 x at 15.
        assert_eq!(roots("-30", "10", "2"), [Root::AlwaysLess, at("15")]);
        assert_eq!(roots("-30", "-10", "2"), [at("5"), at("15")]);
        // 10 − 2 x at 5, −30 − 2 x never.
        assert_eq!(roots("-30", "10", "-2"), [at("5"), Root::AlwaysMore]);
        assert_eq!(roots("10", "30", "-2"), [at("15"), at("5")]);
        assert_eq!(
            roots("-30", "10", "0"),
            [Root::AlwaysLess, Root::AlwaysMore]
        );
        assert_eq!(roots("0", "0", "2"), [Root::AlwaysLess; 2]);
    }
}
