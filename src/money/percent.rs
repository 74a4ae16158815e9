//! `Percent`: shares and rises of exact figures, for display.

use serde::{Deserialize, Serialize};

use super::{Money, MoneyError, Number};

/// A share or a rise in hundredths, for display.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Percent(Number);

impl Percent {
    /// `part` of `whole`.
    ///
    /// # Errors
    /// `CurrencyMismatch`, `DivisionByZero`, `TooLarge`.
    pub(crate) fn of(part: Money, whole: Money) -> Result<Percent, MoneyError> {
        part.same_currency(whole)?;
        Percent::of_numbers(part.amount(), whole.amount())
    }

    /// `part` of `whole`, for counts and hours.
    ///
    /// # Errors
    /// `DivisionByZero`, `TooLarge`.
    pub(crate) fn of_numbers(
        part: impl Into<Number>,
        whole: impl Into<Number>,
    ) -> Result<Percent, MoneyError> {
        Ok(Percent(
            part.into().times(Number::HUNDRED)?.divided_by(whole)?,
        ))
    }

    #[cfg(test)]
    /// The rise from `base` to `new`: $5 to $10 is 100 %.
    ///
    /// # Errors
    /// `CurrencyMismatch`, `DivisionByZero`, `TooLarge`.
    pub(crate) fn rise(base: Money, new: Money) -> Result<Percent, MoneyError> {
        Percent::of(new.minus(base)?, base)
    }

    /// The digits alone, rounded to whole percent: `33`.
    pub(crate) fn whole_digits(self) -> String {
        self.0.fixed(0)
    }

    /// `33%`.
    pub(crate) fn whole(self) -> String {
        format!("{}%", self.0.fixed(0))
    }

    /// The digits alone, rounded to tenths: `33.1`.
    pub(crate) fn tenths(self) -> String {
        self.0.fixed(1)
    }
}

#[cfg(test)]
mod tests {
    use crate::money::{Currency, Money, MoneyError, Percent};

    fn usd(text: &str) -> Money {
        Money::parse(text, Currency::USD).unwrap()
    }

    #[test]
    fn percentages_come_from_exact_figures() {
        assert_eq!(Percent::of(usd("3"), usd("9.05")).unwrap().tenths(), "33.1");
        assert_eq!(Percent::of(usd("4"), usd("9.05")).unwrap().whole(), "44%");
        assert_eq!(
            Percent::rise(usd("9.45"), usd("31.90")).unwrap().whole(),
            "238%"
        );
        assert_eq!(
            Percent::of_numbers(1_u64, 0_u64),
            Err(MoneyError::DivisionByZero)
        );
    }
}
