//! Lines: what an alternative saves against another one, as a straight line in one number, and where that line meets zero.
//!
//! A net is straight in each of these numbers, so two points give the line (see `years::line`). All others stay as the
//! organisation has them, every assumption at its value; what is uncertain about prices and counts makes the range.

use super::input::Input;
use crate::model::alternative::Alternative;
use crate::model::alternatives::describe::Context;
use crate::model::assumptions::assumption::{Name, Values};
use crate::model::inputs::fees::{Inputs, Waste};
use crate::model::span::Span;
use crate::model::years::{FAR, Years};
use crate::money::{MoneyError, Number};

/// What an alternative saves against another one, as a straight line in one number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Line {
    /// With none of it, where prices and counts are at their worst for the alternative and where they are at their best.
    pub(crate) start: Span,
    /// What each unit adds there; negative where more of it speaks against the alternative.
    pub(crate) rise: Span,
}

/// Where a line meets zero.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Root {
    At(Number),
    /// Nowhere from zero up: the alternative is the cheaper one at any value.
    AlwaysLess,
    AlwaysMore,
}

impl Root {
    /// The value, and nothing where the alternative is the one or the other already with none of it.
    pub(crate) fn or_nothing(self) -> Number {
        match self {
            Root::At(value) => value,
            _ => Number::ZERO,
        }
    }

    pub(crate) const fn is_met(self) -> bool {
        matches!(self, Root::At(_))
    }
}

impl Line {
    /// Whether more of it speaks against the alternative.
    pub(crate) fn falls(self) -> bool {
        self.rise.high.is_negative()
    }

    /// The roots with prices and counts at their best and at their worst.
    pub(crate) fn roots(self) -> Result<[Root; 2], MoneyError> {
        let root = |start: Number, rise: Number| -> Result<Root, MoneyError> {
            let (above, below) = (
                !start.is_negative() && !start.is_zero(),
                start.is_negative(),
            );
            let falls = rise.is_negative();
            let moves = falls || !rise.is_zero();
            Ok(if moves && ((above && falls) || (below && !falls)) {
                Root::At(Number::ZERO.minus(start)?.divided_by(rise)?)
            } else if above || (!below && !falls) {
                Root::AlwaysLess
            } else {
                Root::AlwaysMore
            })
        };
        Ok([
            root(self.start.high, self.rise.high)?,
            root(self.start.low, self.rise.low)?,
        ])
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
    let ends = [with(context, input, 0)?, with(context, input, FAR)?];
    let found = Years::line(alternative, against, ends.each_ref());
    Ok(found.map(|(start, rise)| Line { start, rise }))
}

/// The organisation with a number at a value, every assumption at its own.
fn with(context: &Context<'_>, input: Input, at: u64) -> Result<(Inputs, Values), MoneyError> {
    let mut inputs = context.inputs.of_what_is_known();
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
                    of_jira,
                    ..
                }) = &mut inputs.waste
            {
                // What stays of the waste is in no net, so it need not move along.
                let of_jira = of_jira.as_mut().map(|jira| &mut jira.saving_orphaned);
                for seats in [Some(leavers), of_jira].into_iter().flatten() {
                    let moved = seats.times(at)?;
                    *seats = moved.try_map(|range| range.divided_by(today))?;
                }
            }
            inputs.orphaned = Some(at);
            inputs.orphaned_unclaimed = 0;
        }
    }
    Ok((inputs, values))
}

/// The orphaned accounts whose seats the exports show: more such accounts hold more seats in proportion.
pub(crate) fn leavers_with_seats(inputs: &Inputs) -> Option<u64> {
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
            rise: Span::point(number(rise)),
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
