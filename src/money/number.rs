//! `Number`: an exact decimal that is not money, and the digits under `Money`. Currencies are not known here.

use std::fmt;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use super::MoneyError;

/// The rounding policy of the whole tool.
const ROUNDING: RoundingStrategy = RoundingStrategy::MidpointAwayFromZero;

/// The decimals that are looked at when rounding. A quotient ends after 28 digits, so what a half comes to exactly may
/// lie a last digit below it: 5,011.65 × (17 ÷ 18) is 4,733.225, and 4,733.22499999999999999999999 by its digits.
const LOOKED_AT: u32 = 16;

/// The longest number that is read; every such number is held exactly.
pub(super) const MOST_DIGITS: usize = 28;

/// An exact decimal that is not money: hours, rates, shares, factors.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
#[serde(into = "String", try_from = "String")]
pub(crate) struct Number(Decimal);

impl Number {
    pub(crate) const ZERO: Number = Number(Decimal::ZERO);
    pub(crate) const ONE: Number = Number(Decimal::ONE);
    pub(crate) const HUNDRED: Number = Number(Decimal::ONE_HUNDRED);
    pub(crate) const HALF: Number = Number(Decimal::from_parts(5, 0, 0, false, 1));
    pub(crate) const MINUS_HALF: Number = Number(Decimal::from_parts(5, 0, 0, true, 1));
    pub(crate) const TWENTY: Number = Number(Decimal::from_parts(20, 0, 0, false, 0));

    /// Reads a plain decimal such as `60.25` or `-3`, exactly.
    ///
    /// # Errors
    /// `NotANumber` for exponents, separators, blanks, a leading `+` or a bare point; `TooManyDigits` beyond 28.
    pub(crate) fn parse(text: &str) -> Result<Number, MoneyError> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = match unsigned.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (unsigned, None),
        };
        let all_digits =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits(whole) || !fraction.is_none_or(all_digits) {
            return Err(MoneyError::NotANumber {
                text: text.to_owned(),
            });
        }
        if whole.trim_start_matches('0').len() + fraction.map_or(0, str::len) > MOST_DIGITS {
            return Err(MoneyError::TooManyDigits {
                text: text.to_owned(),
            });
        }
        match Decimal::from_str_exact(text) {
            Ok(value) => Ok(Number(value)),
            Err(_) => Err(MoneyError::TooManyDigits {
                text: text.to_owned(),
            }),
        }
    }

    /// Reads what `plain` has written: the last digit of a quotient is one more than a user may write.
    pub(crate) fn parse_plain(text: &str) -> Option<Number> {
        Decimal::from_str_exact(text).ok().map(Number)
    }

    /// The shortest exact text: `60.25`, `96`, `0.5`.
    pub(crate) fn plain(self) -> String {
        if self.is_zero() {
            return "0".to_owned();
        }
        self.0.normalize().to_string()
    }

    /// Text with this many decimal places, rounded half away from zero; never `-0.00`.
    pub(crate) fn fixed(self, places: u32) -> String {
        let rounded = self.rounded(places).0;
        let digits = rounded.abs().to_string();
        let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
        let sign = if rounded < Decimal::ZERO { "-" } else { "" };
        if places == 0 {
            return format!("{sign}{whole}");
        }
        let width = places as usize;
        format!("{sign}{whole}.{fraction:0<width$}")
    }

    pub(crate) fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    pub(crate) fn is_negative(self) -> bool {
        self.0 < Decimal::ZERO
    }

    /// # Errors
    /// `TooLarge`.
    pub(crate) fn plus(self, other: impl Into<Number>) -> Result<Number, MoneyError> {
        self.0
            .checked_add(other.into().0)
            .map(Number)
            .ok_or(MoneyError::TooLarge)
    }

    /// # Errors
    /// `TooLarge`.
    pub(crate) fn minus(self, other: impl Into<Number>) -> Result<Number, MoneyError> {
        self.0
            .checked_sub(other.into().0)
            .map(Number)
            .ok_or(MoneyError::TooLarge)
    }

    /// The product; past 28 digits its last digit is rounded.
    ///
    /// # Errors
    /// `TooLarge`.
    pub(crate) fn times(self, other: impl Into<Number>) -> Result<Number, MoneyError> {
        self.0
            .checked_mul(other.into().0)
            .map(Number)
            .ok_or(MoneyError::TooLarge)
    }

    /// The quotient to 28 digits: inexact, so divide last and never add quotients up to a whole.
    ///
    /// # Errors
    /// `DivisionByZero`, `TooLarge`.
    pub(crate) fn divided_by(self, other: impl Into<Number>) -> Result<Number, MoneyError> {
        let divisor = other.into().0;
        if divisor.is_zero() {
            return Err(MoneyError::DivisionByZero);
        }
        self.0
            .checked_div(divisor)
            .map(Number)
            .ok_or(MoneyError::TooLarge)
    }

    /// The number multiplied by itself `exponent` times, for discounting over years.
    ///
    /// # Errors
    /// `TooLarge`.
    pub(crate) fn power(self, exponent: u32) -> Result<Number, MoneyError> {
        (0..exponent).try_fold(Number::ONE, |product, _| product.times(self))
    }

    /// The next whole number at or above; `None` when that is negative or beyond `u64`.
    pub(crate) fn ceiling(self) -> Option<u64> {
        self.0.ceil().to_u64()
    }

    /// Rounded to this many decimal places by the rule at the head of `money`.
    pub(crate) fn rounded(self, places: u32) -> Number {
        let looked_at = self
            .0
            .round_dp_with_strategy(LOOKED_AT.max(places), ROUNDING);
        Number(looked_at.round_dp_with_strategy(places, ROUNDING))
    }

    pub(super) fn negated(self) -> Number {
        Number(-self.0)
    }

    /// Decimal places that are not trailing zeros.
    pub(crate) fn places(self) -> u32 {
        self.0.normalize().scale()
    }

    /// The size of the number, whatever its sign, in whole units of the last of `places` decimals; what lies
    /// beyond them is dropped.
    pub(super) fn to_units(self, places: u32) -> Result<u128, MoneyError> {
        let scaled = self.times(Number::from(10_u32).power(places)?)?;
        scaled.0.abs().to_u128().ok_or(MoneyError::TooLarge)
    }

    /// The number of so many units of the last of `places` decimals.
    pub(super) fn from_units(units: u128, places: u32) -> Result<Number, MoneyError> {
        let units = i128::try_from(units).map_err(|_| MoneyError::TooLarge)?;
        let value = Decimal::try_from_i128_with_scale(units, places);
        value.map(Number).map_err(|_| MoneyError::TooLarge)
    }

    /// One decimal of the largest unit that the *rounded* value reaches, so 999,960 reads `1M` and not `1000k`.
    pub(super) fn compact(self) -> String {
        let thousand = Decimal::ONE_THOUSAND;
        let mut shown = self.rounded(0).0;
        let mut unit = Decimal::ONE;
        let mut letter = "";
        for next in ["k", "M", "B"] {
            if shown.abs() < thousand {
                break;
            }
            unit *= thousand;
            letter = next;
            shown = Number(self.0.checked_div(unit).unwrap_or(self.0))
                .rounded(1)
                .0;
        }
        format!("{}{letter}", shown.normalize())
    }

    /// For chart coordinates and nothing else.
    pub(crate) fn to_f64(self) -> f64 {
        self.0.to_f64().unwrap_or(f64::NAN)
    }
}

impl From<u64> for Number {
    fn from(whole: u64) -> Number {
        Number(Decimal::from(whole))
    }
}

impl From<u32> for Number {
    fn from(whole: u32) -> Number {
        Number(Decimal::from(whole))
    }
}

impl From<Number> for String {
    fn from(number: Number) -> String {
        number.plain()
    }
}

impl TryFrom<String> for Number {
    type Error = MoneyError;

    fn try_from(text: String) -> Result<Number, MoneyError> {
        Number::parse(&text)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.plain())
    }
}

/// A comma after every third digit before the point.
pub(super) fn grouped(unsigned: &str) -> String {
    let (whole, fraction) = match unsigned.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (unsigned, None),
    };
    // A unit's letter (`224k`) is no digit to be counted off.
    let digits = whole.bytes().take_while(u8::is_ascii_digit).count();
    let mut text = String::with_capacity(unsigned.len() + whole.len() / 3);
    for (place, letter) in whole.char_indices() {
        if place > 0 && place < digits && (digits - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(letter);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

#[cfg(test)]
mod tests {
    use crate::money::{Currency, MoneyError, Number};
    use proptest::prelude::{any, prop_assert_eq, proptest};

    #[test]
    fn reads_plain_decimals_only() {
        assert_eq!(
            Number::parse("90071992547409931.23").unwrap().plain(),
            "90071992547409931.23"
        );
        assert_eq!(Number::parse("-0.50").unwrap().plain(), "-0.5");
        assert_eq!(Number::parse("0009").unwrap().plain(), "9");
        assert_eq!(Number::parse("-0.00").unwrap().plain(), "0");
        assert_eq!(Number::ZERO.negated().fixed(2), "0.00");
        for text in [
            "", "1e3", "1E3", " 1", "+1", "1_000", "1,000", ".5", "5.", "-", "$4", "--1", "1.2.3",
            "inf",
        ] {
            assert_eq!(
                Number::parse(text),
                Err(MoneyError::NotANumber {
                    text: text.to_owned()
                }),
                "{text}"
            );
        }
        assert!(Number::parse("1234567890123456789012345678").is_ok());
        for text in [
            "12345678901234567890123456789",
            "0.12345678901234567890123456789",
        ] {
            assert_eq!(
                Number::parse(text),
                Err(MoneyError::TooManyDigits {
                    text: text.to_owned()
                })
            );
        }
    }

    proptest! {
        #[test]
        fn text_reads_back_as_the_same_number(units in any::<i64>(), places in 0_u32..12) {
            let number = Number::parse(&units.to_string()).unwrap();
            let number = number.divided_by(Number::from(10_u64).power(places).unwrap()).unwrap();
            prop_assert_eq!(Number::parse(&number.plain()).unwrap(), number);
        }

        #[test]
        fn any_text_is_read_or_refused(text in any::<String>()) {
            let _ = Number::parse(&text);
            let _ = Currency::parse(&text);
        }
    }
}
