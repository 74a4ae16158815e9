//! `Span`: a number between two ends.

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
