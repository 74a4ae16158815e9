//! Exact decimals: `Number`, `Currency`, `Money`, `MoneyRange`, `Cost` and `Percent`.
//!
//! Takes text and whole numbers, gives checked arithmetic and finished text. Prices, bands and bills are
//! `price`'s; nothing here knows a product, and nothing here reads a file. `number` alone names `rust_decimal`.
//!
//! **The one rounding rule**: half away from zero, to the currency's minor unit, once for a bill line and never
//! while a line is being computed. Text is rounded by the same rule, so it never truncates. Amounts are parsed
//! from text and never pass through `f64`; `to_f64` exists for the coordinates of charts.

mod amount;
mod cost;
mod currency;
mod number;
mod percent;
mod range;

use std::error::Error;
use std::fmt;

pub(crate) use amount::Money;
pub(crate) use cost::Cost;
pub(crate) use currency::Currency;
pub(crate) use number::Number;
pub(crate) use percent::Percent;
pub(crate) use range::MoneyRange;

/// What can go wrong with exact amounts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum MoneyError {
    /// Not a plain decimal number: digits, at most one point, an optional minus; no exponent, no separators.
    NotANumber {
        text: String,
    },
    TooManyDigits {
        text: String,
    },
    NotACurrency {
        text: String,
    },
    CurrencyMismatch {
        left: Currency,
        right: Currency,
    },
    LowAboveHigh {
        low: String,
        high: String,
    },
    /// An amount is to be shared out, but every weight is zero.
    NoWeights,
    DivisionByZero,
    /// The result has more digits than an exact decimal holds.
    TooLarge,
}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MoneyError::NotANumber { text } => {
                write!(
                    f,
                    "\"{text}\" is not a plain decimal number such as \"1234.50\""
                )
            }
            MoneyError::TooManyDigits { text } => {
                write!(f, "\"{text}\" has more than {} digits", number::MOST_DIGITS)
            }
            MoneyError::NotACurrency { text } => {
                write!(
                    f,
                    "\"{text}\" is not a currency code of three letters such as \"USD\""
                )
            }
            MoneyError::CurrencyMismatch { left, right } => {
                write!(f, "{left} and {right} cannot be combined")
            }
            MoneyError::LowAboveHigh { low, high } => {
                write!(
                    f,
                    "a range from {low} to {high} has its low end above its high end"
                )
            }
            MoneyError::NoWeights => {
                f.write_str("an amount cannot be shared out over weights that are all zero")
            }
            MoneyError::DivisionByZero => f.write_str("division by zero"),
            MoneyError::TooLarge => f.write_str("a figure is too large for exact arithmetic"),
        }
    }
}

impl Error for MoneyError {}
