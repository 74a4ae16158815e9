//! `Money`: an exact amount of one currency, its arithmetic and its text.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::number::grouped;
use super::{Currency, MoneyError, Number};

/// How an amount is written.
#[derive(Clone, Copy)]
pub(super) enum Style {
    /// All minor digits, `$1,234.50`.
    Cents,
    /// No minor digits, `$1,235`.
    Whole,
    /// To one decimal of a thousand or a million, `$1.2k`.
    Compact,
    /// Every digit that the amount has, and at least the minor ones, `$146.125`.
    Exact,
}

/// An exact amount of one currency. It keeps all its digits until `round_minor`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "MoneyText", try_from = "MoneyText")]
pub(crate) struct Money {
    amount: Number,
    currency: Currency,
}

/// Money as it is serialised: strings, since a JSON number would pass through `f64`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MoneyText {
    amount: String,
    currency: String,
}

impl From<Money> for MoneyText {
    fn from(money: Money) -> MoneyText {
        let places = money.currency.minor_digits().max(money.amount.places());
        MoneyText {
            amount: money.amount.fixed(places),
            currency: money.currency.into(),
        }
    }
}

impl TryFrom<MoneyText> for Money {
    type Error = MoneyError;

    fn try_from(text: MoneyText) -> Result<Money, MoneyError> {
        Money::parse(&text.amount, Currency::parse(&text.currency)?)
    }
}

impl Money {
    pub(crate) const fn new(amount: Number, currency: Currency) -> Money {
        Money { amount, currency }
    }

    pub(crate) const fn zero(currency: Currency) -> Money {
        Money {
            amount: Number::ZERO,
            currency,
        }
    }

    /// Reads a plain decimal such as `1234.50`, exactly.
    ///
    /// # Errors
    /// As `Number::parse`.
    pub(crate) fn parse(text: &str, currency: Currency) -> Result<Money, MoneyError> {
        Ok(Money {
            amount: Number::parse(text)?,
            currency,
        })
    }

    pub(crate) const fn amount(self) -> Number {
        self.amount
    }

    pub(crate) const fn currency(self) -> Currency {
        self.currency
    }

    pub(crate) fn is_zero(self) -> bool {
        self.amount.is_zero()
    }

    pub(crate) fn is_negative(self) -> bool {
        self.amount.is_negative()
    }

    pub(super) fn same_currency(self, other: Money) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            return Ok(());
        }
        Err(MoneyError::CurrencyMismatch {
            left: self.currency,
            right: other.currency,
        })
    }

    /// # Errors
    /// `CurrencyMismatch`, `TooLarge`.
    pub(crate) fn plus(self, other: Money) -> Result<Money, MoneyError> {
        self.same_currency(other)?;
        Ok(Money {
            amount: self.amount.plus(other.amount)?,
            ..self
        })
    }

    /// # Errors
    /// `CurrencyMismatch`, `TooLarge`.
    pub(crate) fn minus(self, other: Money) -> Result<Money, MoneyError> {
        self.plus(other.negated())
    }

    /// # Errors
    /// `TooLarge`.
    pub(crate) fn times(self, factor: impl Into<Number>) -> Result<Money, MoneyError> {
        Ok(Money {
            amount: self.amount.times(factor)?,
            ..self
        })
    }

    /// The quotient to 28 digits: multiply first, divide last, then round; share a whole out with `allocate`.
    ///
    /// # Errors
    /// `DivisionByZero`, `TooLarge`.
    pub(crate) fn divided_by(self, divisor: impl Into<Number>) -> Result<Money, MoneyError> {
        Ok(Money {
            amount: self.amount.divided_by(divisor)?,
            ..self
        })
    }

    /// The same amount with the other sign.
    pub(crate) fn negated(self) -> Money {
        Money {
            amount: self.amount.negated(),
            ..self
        }
    }

    /// Rounded up to a whole multiple of a step above zero.
    ///
    /// # Errors
    /// `DivisionByZero`, `TooLarge`.
    pub(crate) fn rounded_up_to(self, step: Number) -> Result<Money, MoneyError> {
        // What a division leaves behind the eighth place is no part of an amount.
        let steps = self.amount.divided_by(step)?.rounded(8).ceiling();
        let amount = step.times(steps.ok_or(MoneyError::TooLarge)?)?;
        Ok(Money { amount, ..self })
    }

    /// Rounded to the currency's minor unit by the rule at the head of `money`.
    pub(crate) fn round_minor(self) -> Money {
        let places = self.currency.minor_digits();
        Money {
            amount: self.amount.rounded(places),
            ..self
        }
    }

    /// Which of two amounts is greater.
    ///
    /// # Errors
    /// `CurrencyMismatch`.
    pub(crate) fn compare(self, other: Money) -> Result<Ordering, MoneyError> {
        self.same_currency(other)?;
        Ok(self.amount.cmp(&other.amount))
    }

    /// The sum of amounts of one currency; zero of that currency when there are none.
    ///
    /// # Errors
    /// `CurrencyMismatch`, `TooLarge`.
    pub(crate) fn sum(
        currency: Currency,
        parts: impl IntoIterator<Item = Money>,
    ) -> Result<Money, MoneyError> {
        parts
            .into_iter()
            .try_fold(Money::zero(currency), Money::plus)
    }

    /// Shares the amount, rounded to the minor unit, out in proportion to whole weights. The parts add up to the
    /// rounded amount exactly: each gets its share rounded towards zero, and the units that are left go one each
    /// to the largest remainders, of equal ones to the earlier.
    ///
    /// # Errors
    /// `NoWeights` when all weights are zero and the amount is not; `TooLarge`.
    pub(crate) fn allocate(self, weights: &[u64]) -> Result<Vec<Money>, MoneyError> {
        let whole = self.round_minor();
        let whole_weight: u128 = weights.iter().map(|&weight| u128::from(weight)).sum();
        if whole_weight == 0 {
            let nothing = vec![Money::zero(self.currency); weights.len()];
            return if whole.is_zero() {
                Ok(nothing)
            } else {
                Err(MoneyError::NoWeights)
            };
        }
        let places = self.currency.minor_digits();
        let units = whole.amount.to_units(places)?;
        let mut shares = Vec::with_capacity(weights.len());
        for (position, &weight) in weights.iter().enumerate() {
            let product = units
                .checked_mul(u128::from(weight))
                .ok_or(MoneyError::TooLarge)?;
            shares.push((product / whole_weight, product % whole_weight, position));
        }
        let given: u128 = shares.iter().map(|share| share.0).sum();
        shares.sort_by(|left, right| right.1.cmp(&left.1).then(left.2.cmp(&right.2)));
        let left = usize::try_from(units - given).map_err(|_| MoneyError::TooLarge)?;
        for share in shares.iter_mut().take(left) {
            share.0 += 1;
        }
        shares.sort_by_key(|share| share.2);
        let mut parts = Vec::with_capacity(shares.len());
        for (share, _, _) in shares {
            let part = Money {
                amount: Number::from_units(share, places)?,
                ..self
            };
            parts.push(if whole.is_negative() {
                part.negated()
            } else {
                part
            });
        }
        Ok(parts)
    }

    /// For CSV: rounded, with all minor digits and nothing else, `1234.50`.
    pub(crate) fn plain(self) -> String {
        self.amount.fixed(self.currency.minor_digits())
    }

    /// `$1,234.50`, `1,234.50 CHF`.
    pub(crate) fn grouped(self) -> String {
        self.written(Style::Cents)
    }

    /// `$31,200`.
    pub(crate) fn whole(self) -> String {
        self.written(Style::Whole)
    }

    /// `$31.2k`, for the labels of charts.
    pub(crate) fn compact(self) -> String {
        self.written(Style::Compact)
    }

    /// With every digit, for unit prices: `$4.00`, `$146.125`.
    pub(crate) fn exact(self) -> String {
        self.written(Style::Exact)
    }

    /// For chart coordinates and nothing else.
    pub(crate) fn to_f64(self) -> f64 {
        self.amount.to_f64()
    }

    /// The digits without sign and currency, and whether what they show is negative.
    pub(super) fn digits(self, style: Style) -> (bool, String) {
        let minor = self.currency.minor_digits();
        let text = match style {
            Style::Cents => self.amount.fixed(minor),
            Style::Whole => self.amount.fixed(0),
            Style::Exact => self.amount.fixed(minor.max(self.amount.places())),
            Style::Compact => self.amount.compact(),
        };
        match text.strip_prefix('-') {
            Some(unsigned) => (true, grouped(unsigned)),
            None => (false, grouped(&text)),
        }
    }

    pub(super) fn written(self, style: Style) -> String {
        let (negative, digits) = self.digits(style);
        let sign = if negative { "-" } else { "" };
        match self.currency.symbol() {
            Some(symbol) => format!("{sign}{symbol}{digits}"),
            None => format!("{sign}{digits} {}", self.currency),
        }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.grouped())
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.exact())
    }
}

#[cfg(test)]
mod tests {
    use crate::money::{Currency, Money, MoneyError, MoneyRange, Number, Percent};
    use proptest::prelude::{prop_assert_eq, proptest};

    fn usd(text: &str) -> Money {
        Money::parse(text, Currency::USD).unwrap()
    }

    fn in_currency(text: &str, code: &str) -> Money {
        Money::parse(text, Currency::parse(code).unwrap()).unwrap()
    }

    #[test]
    fn rounds_half_away_from_zero_and_never_truncates() {
        for (exact, rounded) in [
            ("2.665", "2.67"),
            ("1.999", "2.00"),
            ("0.135", "0.14"),
            ("-2.665", "-2.67"),
            ("-0.001", "0.00"),
            ("7", "7.00"),
        ] {
            assert_eq!(usd(exact).plain(), rounded);
            assert_eq!(usd(exact).round_minor().plain(), rounded);
        }
    }

    #[test]
    fn the_missing_last_digits_of_a_quotient_move_no_half_cent() {
        // 5,011.65 ÷ 18 = 278.425; × 17 = 4,733.225 exactly, and half a cent goes up.
        let share = Number::from(17_u64).divided_by(18_u64).unwrap();
        for (amount, shared) in [("5011.65", "4733.23"), ("-5011.65", "-4733.23")] {
            let part = usd(amount).times(share).unwrap();
            assert_eq!(part.round_minor().plain(), shared);
            assert_eq!(part.plain(), shared);
        }
    }

    #[test]
    fn writes_an_amount_in_four_ways() {
        assert_eq!(usd("1234567.895").grouped(), "$1,234,567.90");
        assert_eq!(usd("-1234.5").grouped(), "-$1,234.50");
        assert_eq!(usd("31200").whole(), "$31,200");
        assert_eq!(usd("999.5").whole(), "$1,000");
        assert_eq!(usd("146.125").exact(), "$146.125");
        assert_eq!(usd("4").exact(), "$4.00");
        for (amount, text) in [
            ("950", "$950"),
            ("999.4", "$999"),
            ("999.5", "$1k"),
            ("31200", "$31.2k"),
            ("-31250", "-$31.3k"),
            ("223971", "$224k"),
            ("-108999", "-$109k"),
            ("999949", "$999.9k"),
            ("999960", "$1M"),
            ("1250000", "$1.3M"),
            ("3400000000", "$3.4B"),
        ] {
            assert_eq!(usd(amount).compact(), text);
        }
    }

    #[test]
    fn two_currencies_never_meet() {
        let mismatch = MoneyError::CurrencyMismatch {
            left: Currency::USD,
            right: Currency::parse("EUR").unwrap(),
        };
        let euro = in_currency("1", "EUR");
        assert_eq!(usd("1").plus(euro), Err(mismatch.clone()));
        assert_eq!(usd("1").minus(euro), Err(mismatch.clone()));
        assert_eq!(usd("1").compare(euro), Err(mismatch.clone()));
        assert_eq!(MoneyRange::new(usd("1"), euro), Err(mismatch.clone()));
        assert_eq!(Percent::of(usd("1"), euro), Err(mismatch));
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        let largest = usd("9999999999999999999999999999");
        assert_eq!(largest.times(100_u64), Err(MoneyError::TooLarge));
        assert_eq!(largest.allocate(&[u64::MAX]), Err(MoneyError::TooLarge));
        assert_eq!(usd("1").divided_by(0_u64), Err(MoneyError::DivisionByZero));
        assert_eq!(Number::from(10_u64).power(40), Err(MoneyError::TooLarge));
        assert_eq!(
            largest.grouped().len(),
            "$9,999,999,999,999,999,999,999,999,999.00".len()
        );
    }

    #[test]
    fn allocation_gives_the_odd_cents_to_the_largest_remainders() {
        let plain = |parts: Vec<Money>| parts.into_iter().map(Money::plain).collect::<Vec<_>>();
        assert_eq!(
            plain(usd("100").allocate(&[1, 1, 1]).unwrap()),
            ["33.34", "33.33", "33.33"]
        );
        assert_eq!(
            plain(usd("0.05").allocate(&[1, 2, 4]).unwrap()),
            ["0.01", "0.01", "0.03"]
        );
        assert_eq!(
            plain(usd("-100").allocate(&[1, 1, 1]).unwrap()),
            ["-33.34", "-33.33", "-33.33"]
        );
        assert_eq!(
            plain(usd("10").allocate(&[0, 3]).unwrap()),
            ["0.00", "10.00"]
        );
        assert_eq!(plain(usd("0").allocate(&[0, 0]).unwrap()), ["0.00", "0.00"]);
        assert_eq!(usd("1").allocate(&[0, 0]), Err(MoneyError::NoWeights));
        assert_eq!(usd("1").allocate(&[]), Err(MoneyError::NoWeights));
    }

    proptest! {
        #[test]
        fn allocated_parts_add_up(cents in -1_000_000_000_i64..1_000_000_000, weights in proptest::collection::vec(0_u64..10_000, 1..40)) {
            let amount = usd(&cents.to_string()).divided_by(100_u64).unwrap();
            match amount.allocate(&weights) {
                Ok(parts) => {
                    let sum = Money::sum(Currency::USD, parts).unwrap();
                    prop_assert_eq!(sum.plain(), amount.plain());
                }
                Err(error) => {
                    prop_assert_eq!(error, MoneyError::NoWeights);
                    prop_assert_eq!(weights.iter().sum::<u64>(), 0);
                }
            }
        }
    }
}
