//! `Span`: a number between two ends, and how spans and costs combine.

use serde::Serialize;

use crate::money::{Cost, Currency, Money, MoneyError, MoneyRange, Number};

/// A number known to lie between two ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Span {
    pub(crate) low: Number,
    pub(crate) high: Number,
}

impl Span {
    pub(crate) const ONE: Span = Span::point(Number::ONE);
    pub(crate) const ZERO: Span = Span::point(Number::ZERO);

    pub(crate) const fn point(value: Number) -> Span {
        Span {
            low: value,
            high: value,
        }
    }

    /// The span between two numbers, whichever is the greater.
    pub(crate) fn between(one: Number, other: Number) -> Span {
        Span {
            low: one.min(other),
            high: one.max(other),
        }
    }

    pub(crate) fn of_counts(low: u64, high: u64) -> Span {
        Span::between(Number::from(low), Number::from(high))
    }

    pub(crate) fn is_point(self) -> bool {
        self.low == self.high
    }

    /// The product of two spans that are not negative.
    ///
    /// # Errors
    /// `TooLarge`.
    pub(crate) fn times(self, other: Span) -> Result<Span, MoneyError> {
        Ok(Span {
            low: self.low.times(other.low)?,
            high: self.high.times(other.high)?,
        })
    }

    /// Multiplied by whole numbers and divided by whole numbers, dividing last.
    ///
    /// # Errors
    /// `DivisionByZero`, `TooLarge`.
    pub(crate) fn scaled(self, by: u64, over: u64) -> Result<Span, MoneyError> {
        Ok(Span {
            low: self.low.times(by)?.divided_by(over)?,
            high: self.high.times(by)?.divided_by(over)?,
        })
    }

    /// What is left of one whole.
    ///
    /// # Errors
    /// `TooLarge`.
    pub(crate) fn complement(self) -> Result<Span, MoneyError> {
        Ok(Span {
            low: Number::ONE.minus(self.high)?,
            high: Number::ONE.minus(self.low)?,
        })
    }

    /// An amount of money for each end, rounded to the minor unit.
    pub(crate) fn money(self, currency: Currency) -> Result<Cost, MoneyError> {
        let amount = |number| Money::new(number, currency).round_minor();
        Ok(Cost::from(MoneyRange::new(
            amount(self.low),
            amount(self.high),
        )?))
    }

    /// `96`, `0.1–0.5`; at most two decimals.
    pub(crate) fn text(self) -> String {
        let (low, high) = (self.low.rounded(2).plain(), self.high.rounded(2).plain());
        if low == high {
            return low;
        }
        format!("{low}–{high}")
    }

    /// With every digit.
    pub(crate) fn exact(self) -> String {
        if self.is_point() {
            return self.low.plain();
        }
        format!("{}–{}", self.low.plain(), self.high.plain())
    }

    /// As a percentage: `25%`, `10–50%`.
    pub(crate) fn percent(self) -> Result<String, MoneyError> {
        let hundredfold = Span {
            low: self.low.times(Number::HUNDRED)?,
            high: self.high.times(Number::HUNDRED)?,
        };
        Ok(format!("{}%", hundredfold.text()))
    }
}

/// From the low end of one cost to the high end of another, with what either lacks.
///
/// # Errors
/// `CurrencyMismatch`.
pub(crate) fn from_to(low: &Cost, high: &Cost) -> Result<Cost, MoneyError> {
    let range = match (low.known(), high.known()) {
        (Some(low), Some(high)) => {
            let ends = MoneyRange::between(low.low(), high.high())?;
            Some(ends)
        }
        (low, high) => low.or(high),
    };
    with_missing(range, [low, high])
}

/// A known range with the reasons of several costs, each named once.
fn with_missing(range: Option<MoneyRange>, parts: [&Cost; 2]) -> Result<Cost, MoneyError> {
    let mut missing: Vec<String> = Vec::new();
    for reason in parts.iter().flat_map(|part| part.missing()) {
        if !missing.contains(reason) {
            missing.push(reason.clone());
        }
    }
    Ok(match range {
        Some(range) => missing
            .into_iter()
            .fold(Cost::from(range), Cost::and_missing),
        None => Cost::Unknown { missing },
    })
}

/// A cost times a share that is not negative: low by low, high by high, rounded to the minor unit.
///
/// # Errors
/// `TooLarge`.
pub(crate) fn share_of(cost: &Cost, share: Span) -> Result<Cost, MoneyError> {
    cost.try_map(|range| {
        let low = range.low().times(share.low)?.round_minor();
        let high = range.high().times(share.high)?.round_minor();
        MoneyRange::between(low, high)
    })
}

/// What is left of a whole when a share of one of its parts goes. Both rest on the same prices, so low goes with low;
/// the low end loses the greatest share and the high end the least. Never below nothing; what the whole lacks, the
/// rest lacks.
///
/// # Errors
/// `CurrencyMismatch`, `TooLarge`.
pub(crate) fn rest_after(whole: &Cost, part: &Cost, share: Span) -> Result<Cost, MoneyError> {
    let Some(part) = part.known() else {
        return Ok(whole.clone());
    };
    whole.try_map(|range| {
        let nothing = Money::zero(range.currency());
        let after = |whole: Money, part: Money, share: Number| -> Result<Money, MoneyError> {
            let rest = whole.minus(part.times(share)?.round_minor())?;
            Ok(if rest.is_negative() { nothing } else { rest })
        };
        MoneyRange::between(
            after(range.low(), part.low(), share.high)?,
            after(range.high(), part.high(), share.low)?,
        )
    })
}

/// The same cost with the other sign. A part without a price leaves nothing certain.
pub(crate) fn negated(cost: &Cost) -> Cost {
    match cost {
        Cost::Known { range } => Cost::from(range.negated()),
        Cost::AtLeast { missing, .. } | Cost::Unknown { missing } => Cost::Unknown {
            missing: missing.clone(),
        },
    }
}

/// The middle of a range, with all its digits.
///
/// # Errors
/// `TooLarge`.
pub(crate) fn middle(range: MoneyRange) -> Result<Money, MoneyError> {
    range.low().plus(range.high())?.divided_by(2_u64)
}

#[cfg(test)]
mod tests {
    use super::{Span, from_to, negated, rest_after, share_of};
    use crate::model::fixtures::{number, range, usd};
    use crate::money::Cost;

    #[test]
    fn shares_and_rests_keep_their_ends() {
        let whole = Cost::from(range("100", "200"));
        let share = Span::between(number("0.5"), number("0.25"));
        let part = share_of(&whole, share).unwrap();
        assert_eq!(part, Cost::from(range("25", "100")));
        // 100 − 40 × 0.5 and 200 − 60 × 0.25
        let leavers = Cost::from(range("40", "60"));
        assert_eq!(
            rest_after(&whole, &leavers, share).unwrap(),
            Cost::from(range("80", "185"))
        );
        assert_eq!(
            rest_after(&leavers, &whole, Span::ONE).unwrap(),
            Cost::from(range("0", "0"))
        );
        assert_eq!(share.complement().unwrap().exact(), "0.5–0.75");
        assert_eq!(share.percent().unwrap(), "25–50%");
    }

    #[test]
    fn what_is_missing_stays_missing() {
        let lacking = Cost::from(usd("10")).and_missing("Loom");
        let joined = from_to(&lacking, &Cost::from(usd("30"))).unwrap();
        assert_eq!(joined.whole(), "at least $10");
        assert_eq!(negated(&lacking), Cost::unknown("Loom"));
        assert_eq!(
            negated(&Cost::from(range("1", "2"))),
            Cost::from(range("-2", "-1"))
        );
    }
}
