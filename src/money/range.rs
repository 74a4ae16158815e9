//! `MoneyRange`: an amount between two ends, and the two kinds of difference.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::amount::Style;
use super::{Currency, Money, MoneyError, Number};

/// An amount known to lie between two ends, `low` at most `high`. A point has equal ends.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "RangeEnds", try_from = "RangeEnds")]
pub(crate) struct MoneyRange {
    low: Money,
    high: Money,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RangeEnds {
    low: Money,
    high: Money,
}

impl From<MoneyRange> for RangeEnds {
    fn from(range: MoneyRange) -> RangeEnds {
        RangeEnds {
            low: range.low,
            high: range.high,
        }
    }
}

impl TryFrom<RangeEnds> for MoneyRange {
    type Error = MoneyError;

    fn try_from(ends: RangeEnds) -> Result<MoneyRange, MoneyError> {
        MoneyRange::new(ends.low, ends.high)
    }
}

impl MoneyRange {
    /// # Errors
    /// `LowAboveHigh`, `CurrencyMismatch`.
    pub(crate) fn new(low: Money, high: Money) -> Result<MoneyRange, MoneyError> {
        if low.compare(high)? == Ordering::Greater {
            return Err(MoneyError::LowAboveHigh {
                low: low.exact(),
                high: high.exact(),
            });
        }
        Ok(MoneyRange { low, high })
    }

    pub(crate) const fn point(amount: Money) -> MoneyRange {
        MoneyRange {
            low: amount,
            high: amount,
        }
    }

    pub(crate) const fn zero(currency: Currency) -> MoneyRange {
        MoneyRange::point(Money::zero(currency))
    }

    /// The range between two amounts, whichever is the greater.
    ///
    /// # Errors
    /// `CurrencyMismatch`.
    pub(crate) fn between(one: Money, other: Money) -> Result<MoneyRange, MoneyError> {
        match one.compare(other)? {
            Ordering::Greater => Ok(MoneyRange {
                low: other,
                high: one,
            }),
            _ => Ok(MoneyRange {
                low: one,
                high: other,
            }),
        }
    }

    pub(crate) const fn low(self) -> Money {
        self.low
    }

    pub(crate) const fn high(self) -> Money {
        self.high
    }

    pub(crate) const fn currency(self) -> Currency {
        self.low.currency()
    }

    pub(crate) fn is_point(self) -> bool {
        self.low == self.high
    }

    pub(crate) fn is_zero(self) -> bool {
        self.low.is_zero() && self.high.is_zero()
    }

    /// With the other sign.
    pub(crate) fn negated(self) -> MoneyRange {
        MoneyRange {
            low: self.high.negated(),
            high: self.low.negated(),
        }
    }

    /// # Errors
    /// `CurrencyMismatch`, `TooLarge`.
    pub(crate) fn plus(self, other: MoneyRange) -> Result<MoneyRange, MoneyError> {
        Ok(MoneyRange {
            low: self.low.plus(other.low)?,
            high: self.high.plus(other.high)?,
        })
    }

    /// The difference of two figures that rest on the **same** uncertain price, such as a bill today and the same
    /// bill with fewer seats: both are low or both are high, so it lies between `low − low` and `high − high`.
    ///
    /// # Errors
    /// `CurrencyMismatch`, `TooLarge`.
    pub(crate) fn paired_difference(self, other: MoneyRange) -> Result<MoneyRange, MoneyError> {
        MoneyRange::between(self.low.minus(other.low)?, self.high.minus(other.high)?)
    }

    /// The difference of two figures that have nothing to do with each other, such as a manual cost and a fee:
    /// from `low − high` to `high − low`.
    ///
    /// # Errors
    /// `CurrencyMismatch`, `TooLarge`.
    pub(crate) fn minus(self, other: MoneyRange) -> Result<MoneyRange, MoneyError> {
        Ok(MoneyRange {
            low: self.low.minus(other.high)?,
            high: self.high.minus(other.low)?,
        })
    }

    /// # Errors
    /// `TooLarge`.
    pub(crate) fn times(self, factor: impl Into<Number>) -> Result<MoneyRange, MoneyError> {
        let factor = factor.into();
        MoneyRange::between(self.low.times(factor)?, self.high.times(factor)?)
    }

    /// # Errors
    /// `DivisionByZero`, `TooLarge`.
    pub(crate) fn divided_by(self, divisor: impl Into<Number>) -> Result<MoneyRange, MoneyError> {
        let divisor = divisor.into();
        MoneyRange::between(
            self.low.divided_by(divisor)?,
            self.high.divided_by(divisor)?,
        )
    }

    /// From the least to the most of two ranges.
    ///
    /// # Errors
    /// `CurrencyMismatch`.
    pub(crate) fn hull(self, other: MoneyRange) -> Result<MoneyRange, MoneyError> {
        let low = match self.low.compare(other.low)? {
            Ordering::Greater => other.low,
            _ => self.low,
        };
        let high = match self.high.compare(other.high)? {
            Ordering::Less => other.high,
            _ => self.high,
        };
        Ok(MoneyRange { low, high })
    }

    /// Both ends rounded up to a whole multiple of a step above zero.
    ///
    /// # Errors
    /// `DivisionByZero`, `TooLarge`.
    pub(crate) fn rounded_up_to(self, step: Number) -> Result<MoneyRange, MoneyError> {
        Ok(MoneyRange {
            low: self.low.rounded_up_to(step)?,
            high: self.high.rounded_up_to(step)?,
        })
    }

    /// Both ends rounded to the minor unit.
    pub(crate) fn round_minor(self) -> MoneyRange {
        MoneyRange {
            low: self.low.round_minor(),
            high: self.high.round_minor(),
        }
    }

    /// `$3,600.00–4,800.00`; a point is one amount.
    pub(crate) fn grouped(self) -> String {
        self.written(Style::Cents)
    }

    /// `$3,600–4,800`.
    pub(crate) fn whole(self) -> String {
        self.written(Style::Whole)
    }

    /// `$3.6k–4.8k`.
    pub(crate) fn compact(self) -> String {
        self.written(Style::Compact)
    }

    /// With every digit, for unit prices: `$3.00–4.00`.
    pub(crate) fn exact(self) -> String {
        self.written(Style::Exact)
    }

    pub(super) fn written(self, style: Style) -> String {
        let (low_negative, low) = self.low.digits(style);
        let (high_negative, high) = self.high.digits(style);
        if low == high && low_negative == high_negative {
            return self.low.written(style);
        }
        if low_negative || high_negative {
            return format!(
                "{} to {}",
                self.low.written(style),
                self.high.written(style)
            );
        }
        match self.currency().symbol() {
            Some(symbol) => format!("{symbol}{low}–{high}"),
            None => format!("{low}–{high} {}", self.currency()),
        }
    }
}

impl fmt::Display for MoneyRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.grouped())
    }
}

impl fmt::Debug for MoneyRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.exact())
    }
}

#[cfg(test)]
mod tests {
    use crate::money::{Currency, Money, MoneyError, MoneyRange};

    fn usd(text: &str) -> Money {
        Money::parse(text, Currency::USD).unwrap()
    }

    fn in_currency(text: &str, code: &str) -> Money {
        Money::parse(text, Currency::parse(code).unwrap()).unwrap()
    }

    fn range(low: &str, high: &str) -> MoneyRange {
        MoneyRange::new(usd(low), usd(high)).unwrap()
    }

    #[test]
    fn ranges_read_as_ranges_and_points_as_points() {
        assert_eq!(range("3600", "4800").whole(), "$3,600–4,800");
        assert_eq!(range("3600", "4800").compact(), "$3.6k–4.8k");
        assert_eq!(range("9600", "9600").whole(), "$9,600");
        assert_eq!(range("-500", "300").whole(), "-$500 to $300");
        let francs =
            MoneyRange::new(in_currency("1000", "CHF"), in_currency("2000", "CHF")).unwrap();
        assert_eq!(francs.whole(), "1,000–2,000 CHF");
        assert_eq!(
            MoneyRange::new(usd("2"), usd("1")),
            Err(MoneyError::LowAboveHigh {
                low: "$2.00".to_owned(),
                high: "$1.00".to_owned()
            })
        );
    }

    #[test]
    fn paired_and_unrelated_differences_differ() {
        let today = range("300", "400");
        let after = range("270", "360");
        assert_eq!(today.paired_difference(after).unwrap(), range("30", "40"));
        assert_eq!(after.paired_difference(today).unwrap(), range("-40", "-30"));
        assert_eq!(today.minus(after).unwrap(), range("-60", "130"));
    }
}
