//! Exact decimals: `Number`, `Currency`, `Money`, `MoneyRange`, `Cost` and `Percent`. The only module that names
//! `rust_decimal`.
//!
//! Takes text and whole numbers, gives checked arithmetic and finished text. Prices, bands and bills are
//! `price`'s; nothing here knows a product, and nothing here reads a file.
//!
//! **The one rounding rule**: half away from zero, to the currency's minor unit, once for a bill line and never
//! while a line is being computed. Text is rounded by the same rule, so it never truncates. Amounts are parsed
//! from text and never pass through `f64`; `to_f64` exists for the coordinates of charts.

use std::cmp::Ordering;
use std::error::Error;
use std::fmt;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

/// The rounding policy of the whole tool.
const ROUNDING: RoundingStrategy = RoundingStrategy::MidpointAwayFromZero;

/// The longest number that is read; every such number is held exactly.
const MOST_DIGITS: usize = 28;

/// What can go wrong with exact amounts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum MoneyError {
    /// Not a plain decimal number: digits, at most one point, an optional minus; no exponent, no separators.
    NotANumber { text: String },
    TooManyDigits { text: String },
    NotACurrency { text: String },
    CurrencyMismatch { left: Currency, right: Currency },
    LowAboveHigh { low: String, high: String },
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
                write!(f, "\"{text}\" is not a plain decimal number such as \"1234.50\"")
            }
            MoneyError::TooManyDigits { text } => {
                write!(f, "\"{text}\" has more than {MOST_DIGITS} digits")
            }
            MoneyError::NotACurrency { text } => {
                write!(f, "\"{text}\" is not a currency code of three letters such as \"USD\"")
            }
            MoneyError::CurrencyMismatch { left, right } => {
                write!(f, "{left} and {right} cannot be combined")
            }
            MoneyError::LowAboveHigh { low, high } => {
                write!(f, "a range from {low} to {high} has its low end above its high end")
            }
            MoneyError::NoWeights => f.write_str("an amount cannot be shared out over weights that are all zero"),
            MoneyError::DivisionByZero => f.write_str("division by zero"),
            MoneyError::TooLarge => f.write_str("a figure is too large for exact arithmetic"),
        }
    }
}

impl Error for MoneyError {}

// --- numbers -----------------------------------------------------------------------------------------------

/// An exact decimal that is not money: hours, rates, shares, factors.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub(crate) struct Number(Decimal);

impl Number {
    pub(crate) const ZERO: Number = Number(Decimal::ZERO);
    pub(crate) const ONE: Number = Number(Decimal::ONE);
    pub(crate) const HUNDRED: Number = Number(Decimal::ONE_HUNDRED);

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
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits(whole) || !fraction.is_none_or(all_digits) {
            return Err(MoneyError::NotANumber { text: text.to_owned() });
        }
        if whole.trim_start_matches('0').len() + fraction.map_or(0, str::len) > MOST_DIGITS {
            return Err(MoneyError::TooManyDigits { text: text.to_owned() });
        }
        match Decimal::from_str_exact(text) {
            Ok(value) => Ok(Number(value)),
            Err(_) => Err(MoneyError::TooManyDigits { text: text.to_owned() }),
        }
    }

    /// The shortest exact text: `60.25`, `96`, `0.5`.
    pub(crate) fn plain(self) -> String {
        self.0.normalize().to_string()
    }

    /// Text with this many decimal places, rounded half away from zero.
    pub(crate) fn fixed(self, places: u32) -> String {
        fixed(self.0, places)
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
        self.0.checked_add(other.into().0).map(Number).ok_or(MoneyError::TooLarge)
    }

    /// # Errors
    /// `TooLarge`.
    pub(crate) fn minus(self, other: impl Into<Number>) -> Result<Number, MoneyError> {
        self.0.checked_sub(other.into().0).map(Number).ok_or(MoneyError::TooLarge)
    }

    /// The product; past 28 digits its last digit is rounded.
    ///
    /// # Errors
    /// `TooLarge`.
    pub(crate) fn times(self, other: impl Into<Number>) -> Result<Number, MoneyError> {
        self.0.checked_mul(other.into().0).map(Number).ok_or(MoneyError::TooLarge)
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
        self.0.checked_div(divisor).map(Number).ok_or(MoneyError::TooLarge)
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

/// `value` rounded and written with exactly `places` decimals; never `-0.00`.
fn fixed(value: Decimal, places: u32) -> String {
    let rounded = value.round_dp_with_strategy(places, ROUNDING);
    let digits = rounded.abs().to_string();
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let sign = if rounded < Decimal::ZERO { "-" } else { "" };
    let places = places as usize;
    if places == 0 {
        return format!("{sign}{whole}");
    }
    format!("{sign}{whole}.{fraction:0<places$}")
}

/// A comma after every third digit before the point.
fn grouped(unsigned: &str) -> String {
    let (whole, fraction) = match unsigned.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (unsigned, None),
    };
    let mut text = String::with_capacity(unsigned.len() + whole.len() / 3);
    for (place, digit) in whole.char_indices() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

// --- currency ----------------------------------------------------------------------------------------------

/// An ISO 4217 currency by its three letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub(crate) struct Currency([u8; 3]);

impl Currency {
    pub(crate) const USD: Currency = Currency(*b"USD");

    /// Reads a code in either case.
    ///
    /// # Errors
    /// `NotACurrency` unless the text is three ASCII letters.
    pub(crate) fn parse(text: &str) -> Result<Currency, MoneyError> {
        match <[u8; 3]>::try_from(text.to_ascii_uppercase().as_bytes()) {
            Ok(code) if code.iter().all(u8::is_ascii_uppercase) => Ok(Currency(code)),
            _ => Err(MoneyError::NotACurrency { text: text.to_owned() }),
        }
    }

    /// The code, `USD`.
    pub(crate) fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }

    /// Decimal places of the smallest coin, by ISO 4217, list one.
    pub(crate) fn minor_digits(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF" | b"UGX"
            | b"UYI" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            b"CLF" | b"UYW" => 4,
            _ => 2,
        }
    }

    /// The sign before an amount; other currencies are written by their code after it.
    fn symbol(self) -> Option<&'static str> {
        match &self.0 {
            b"USD" => Some("$"),
            b"EUR" => Some("€"),
            b"GBP" => Some("£"),
            _ => None,
        }
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> String {
        currency.code().to_owned()
    }
}

impl TryFrom<String> for Currency {
    type Error = MoneyError;

    fn try_from(text: String) -> Result<Currency, MoneyError> {
        Currency::parse(&text)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

// --- money -------------------------------------------------------------------------------------------------

/// How an amount is written.
#[derive(Clone, Copy)]
enum Style {
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
        let places = money.currency.minor_digits().max(money.amount.0.normalize().scale());
        MoneyText { amount: money.amount.fixed(places), currency: money.currency.into() }
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
        Money { amount: Number::ZERO, currency }
    }

    /// Reads a plain decimal such as `1234.50`, exactly.
    ///
    /// # Errors
    /// As `Number::parse`.
    pub(crate) fn parse(text: &str, currency: Currency) -> Result<Money, MoneyError> {
        Ok(Money { amount: Number::parse(text)?, currency })
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

    fn same_currency(self, other: Money) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            return Ok(());
        }
        Err(MoneyError::CurrencyMismatch { left: self.currency, right: other.currency })
    }

    /// # Errors
    /// `CurrencyMismatch`, `TooLarge`.
    pub(crate) fn plus(self, other: Money) -> Result<Money, MoneyError> {
        self.same_currency(other)?;
        Ok(Money { amount: self.amount.plus(other.amount)?, ..self })
    }

    /// # Errors
    /// `CurrencyMismatch`, `TooLarge`.
    pub(crate) fn minus(self, other: Money) -> Result<Money, MoneyError> {
        self.plus(other.negated())
    }

    /// # Errors
    /// `TooLarge`.
    pub(crate) fn times(self, factor: impl Into<Number>) -> Result<Money, MoneyError> {
        Ok(Money { amount: self.amount.times(factor)?, ..self })
    }

    /// The quotient to 28 digits: multiply first, divide last, then round; share a whole out with `allocate`.
    ///
    /// # Errors
    /// `DivisionByZero`, `TooLarge`.
    pub(crate) fn divided_by(self, divisor: impl Into<Number>) -> Result<Money, MoneyError> {
        Ok(Money { amount: self.amount.divided_by(divisor)?, ..self })
    }

    /// The same amount with the other sign.
    pub(crate) fn negated(self) -> Money {
        Money { amount: Number(-self.amount.0), ..self }
    }

    /// Rounded to the currency's minor unit by the rule at the head of this file.
    pub(crate) fn round_minor(self) -> Money {
        let places = self.currency.minor_digits();
        Money { amount: Number(self.amount.0.round_dp_with_strategy(places, ROUNDING)), ..self }
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
    pub(crate) fn sum(currency: Currency, parts: impl IntoIterator<Item = Money>) -> Result<Money, MoneyError> {
        parts.into_iter().try_fold(Money::zero(currency), Money::plus)
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
            return if whole.is_zero() { Ok(nothing) } else { Err(MoneyError::NoWeights) };
        }
        let places = self.currency.minor_digits();
        let scale = Number::from(10_u64).power(places)?;
        let units = whole.amount.times(scale)?.0.abs().to_u128().ok_or(MoneyError::TooLarge)?;
        let mut shares = Vec::with_capacity(weights.len());
        for (position, &weight) in weights.iter().enumerate() {
            let product = units.checked_mul(u128::from(weight)).ok_or(MoneyError::TooLarge)?;
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
            let share = i128::try_from(share).map_err(|_| MoneyError::TooLarge)?;
            let part = Decimal::try_from_i128_with_scale(share, places).map_err(|_| MoneyError::TooLarge)?;
            let part = Money { amount: Number(part), ..self };
            parts.push(if whole.is_negative() { part.negated() } else { part });
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
    fn digits(self, style: Style) -> (bool, String) {
        let minor = self.currency.minor_digits();
        let text = match style {
            Style::Cents => self.amount.fixed(minor),
            Style::Whole => self.amount.fixed(0),
            Style::Exact => self.amount.fixed(minor.max(self.amount.0.normalize().scale())),
            Style::Compact => compact(self.amount.0),
        };
        match text.strip_prefix('-') {
            Some(unsigned) => (true, grouped(unsigned)),
            None => (false, grouped(&text)),
        }
    }

    fn written(self, style: Style) -> String {
        let (negative, digits) = self.digits(style);
        let sign = if negative { "-" } else { "" };
        match self.currency.symbol() {
            Some(symbol) => format!("{sign}{symbol}{digits}"),
            None => format!("{sign}{digits} {}", self.currency),
        }
    }
}

/// One decimal of the largest unit that the *rounded* value reaches, so 999,960 reads `1M` and not `1000k`.
fn compact(value: Decimal) -> String {
    let mut shown = value.round_dp_with_strategy(0, ROUNDING);
    let mut unit = Decimal::ONE;
    let mut letter = "";
    for next in ["k", "M", "B"] {
        if shown.abs() < Decimal::ONE_THOUSAND {
            break;
        }
        unit *= Decimal::ONE_THOUSAND;
        letter = next;
        shown = value.checked_div(unit).unwrap_or(value).round_dp_with_strategy(1, ROUNDING);
    }
    format!("{}{letter}", shown.normalize())
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

// --- ranges ------------------------------------------------------------------------------------------------

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
        RangeEnds { low: range.low, high: range.high }
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
            return Err(MoneyError::LowAboveHigh { low: low.exact(), high: high.exact() });
        }
        Ok(MoneyRange { low, high })
    }

    pub(crate) const fn point(amount: Money) -> MoneyRange {
        MoneyRange { low: amount, high: amount }
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
            Ordering::Greater => Ok(MoneyRange { low: other, high: one }),
            _ => Ok(MoneyRange { low: one, high: other }),
        }
    }

    pub(crate) const fn low(self) -> Money {
        self.low
    }

    pub(crate) const fn high(self) -> Money {
        self.high
    }

    pub(crate) const fn currency(self) -> Currency {
        self.low.currency
    }

    pub(crate) fn is_point(self) -> bool {
        self.low == self.high
    }

    pub(crate) fn is_zero(self) -> bool {
        self.low.is_zero() && self.high.is_zero()
    }

    /// # Errors
    /// `CurrencyMismatch`, `TooLarge`.
    pub(crate) fn plus(self, other: MoneyRange) -> Result<MoneyRange, MoneyError> {
        Ok(MoneyRange { low: self.low.plus(other.low)?, high: self.high.plus(other.high)? })
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
        Ok(MoneyRange { low: self.low.minus(other.high)?, high: self.high.minus(other.low)? })
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
        MoneyRange::between(self.low.divided_by(divisor)?, self.high.divided_by(divisor)?)
    }

    /// Both ends rounded to the minor unit.
    pub(crate) fn round_minor(self) -> MoneyRange {
        MoneyRange { low: self.low.round_minor(), high: self.high.round_minor() }
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

    fn written(self, style: Style) -> String {
        let (low_negative, low) = self.low.digits(style);
        let (high_negative, high) = self.high.digits(style);
        if low == high && low_negative == high_negative {
            return self.low.written(style);
        }
        if low_negative || high_negative {
            return format!("{} to {}", self.low.written(style), self.high.written(style));
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

// --- costs -------------------------------------------------------------------------------------------------

/// A cost of which parts may be missing. What is missing is named and is never taken for zero.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub(crate) enum Cost {
    Known { range: MoneyRange },
    /// A known part, and more on top that has no price. `missing` is not empty.
    AtLeast { range: MoneyRange, missing: Vec<String> },
    /// Nothing is known. `missing` is not empty.
    Unknown { missing: Vec<String> },
}

impl From<MoneyRange> for Cost {
    fn from(range: MoneyRange) -> Cost {
        Cost::Known { range }
    }
}

impl From<Money> for Cost {
    fn from(amount: Money) -> Cost {
        Cost::Known { range: MoneyRange::point(amount) }
    }
}

impl Cost {
    pub(crate) fn zero(currency: Currency) -> Cost {
        Cost::from(Money::zero(currency))
    }

    /// A cost of which nothing is known, with the reason.
    pub(crate) fn unknown(reason: impl Into<String>) -> Cost {
        Cost::Unknown { missing: vec![reason.into()] }
    }

    /// Puts a known part and the names of what is missing together.
    fn of(known: Option<MoneyRange>, missing: Vec<String>) -> Cost {
        match known {
            Some(range) if missing.is_empty() => Cost::Known { range },
            Some(range) => Cost::AtLeast { range, missing },
            None => Cost::Unknown { missing },
        }
    }

    /// The part that is known; `None` when nothing is.
    pub(crate) fn known(&self) -> Option<MoneyRange> {
        match self {
            Cost::Known { range } | Cost::AtLeast { range, .. } => Some(*range),
            Cost::Unknown { .. } => None,
        }
    }

    pub(crate) fn is_complete(&self) -> bool {
        matches!(self, Cost::Known { .. })
    }

    /// What has no price, in the order in which it was met.
    pub(crate) fn missing(&self) -> &[String] {
        match self {
            Cost::Known { .. } => &[],
            Cost::AtLeast { missing, .. } | Cost::Unknown { missing } => missing,
        }
    }

    /// The least that it can be: unknown parts add to it, never the other way. `None` when nothing is known.
    pub(crate) fn low(&self) -> Option<Money> {
        self.known().map(MoneyRange::low)
    }

    /// The most that it can be; `None` when any part is missing.
    pub(crate) fn high(&self) -> Option<Money> {
        match self {
            Cost::Known { range } => Some(range.high()),
            Cost::AtLeast { .. } | Cost::Unknown { .. } => None,
        }
    }

    /// The same cost with a further part that has no price.
    pub(crate) fn and_missing(self, reason: impl Into<String>) -> Cost {
        let known = self.known();
        let mut missing = match self {
            Cost::Known { .. } => Vec::new(),
            Cost::AtLeast { missing, .. } | Cost::Unknown { missing } => missing,
        };
        missing.push(reason.into());
        Cost::of(known, missing)
    }

    /// Known parts add up; what either lacks, the sum lacks, each reason named once.
    ///
    /// # Errors
    /// `CurrencyMismatch`, `TooLarge`.
    pub(crate) fn plus(&self, other: &Cost) -> Result<Cost, MoneyError> {
        let known = match (self.known(), other.known()) {
            (Some(left), Some(right)) => Some(left.plus(right)?),
            (left, right) => left.or(right),
        };
        let mut missing = self.missing().to_vec();
        for reason in other.missing() {
            if !missing.contains(reason) {
                missing.push(reason.clone());
            }
        }
        Ok(Cost::of(known, missing))
    }

    /// The sum; zero of the currency when there are no parts, unknown when no part is known.
    ///
    /// # Errors
    /// `CurrencyMismatch`, `TooLarge`.
    pub(crate) fn sum<'a>(
        currency: Currency,
        parts: impl IntoIterator<Item = &'a Cost>,
    ) -> Result<Cost, MoneyError> {
        let mut parts = parts.into_iter();
        let Some(first) = parts.next() else { return Ok(Cost::zero(currency)) };
        parts.try_fold(first.clone(), |sum, part| sum.plus(part))
    }

    /// What is left of this cost after an unrelated one is taken off (see `MoneyRange::minus`). When the other
    /// lacks a part, nothing certain is left and the result is unknown.
    ///
    /// # Errors
    /// `CurrencyMismatch`, `TooLarge`.
    pub(crate) fn minus(&self, other: &Cost) -> Result<Cost, MoneyError> {
        match (self.known(), other) {
            (Some(left), Cost::Known { range }) => Ok(Cost::of(Some(left.minus(*range)?), self.missing().to_vec())),
            _ => {
                let missing = self.missing().iter().chain(other.missing()).cloned().collect();
                Ok(Cost::of(None, missing))
            }
        }
    }

    /// The cost times a factor that is not negative, such as years or a share.
    ///
    /// # Errors
    /// `TooLarge`.
    pub(crate) fn times(&self, factor: impl Into<Number>) -> Result<Cost, MoneyError> {
        let factor = factor.into();
        self.try_map(|range| range.times(factor))
    }

    /// The known part rounded to the minor unit.
    pub(crate) fn round_minor(&self) -> Cost {
        Cost::of(self.known().map(MoneyRange::round_minor), self.missing().to_vec())
    }

    /// The same cost with its known part replaced.
    ///
    /// # Errors
    /// Those of `change`.
    pub(crate) fn try_map(
        &self,
        change: impl FnOnce(MoneyRange) -> Result<MoneyRange, MoneyError>,
    ) -> Result<Cost, MoneyError> {
        let known = self.known().map(change).transpose()?;
        Ok(Cost::of(known, self.missing().to_vec()))
    }

    /// `$3,600.00`, `at least $3,600.00`, `unknown`.
    pub(crate) fn grouped(&self) -> String {
        self.written(Style::Cents)
    }

    /// `$3,600–4,800`, `at least $3,600`, `unknown`.
    pub(crate) fn whole(&self) -> String {
        self.written(Style::Whole)
    }

    /// `$3.6k`, `at least $3.6k`, `unknown`.
    pub(crate) fn compact(&self) -> String {
        self.written(Style::Compact)
    }

    fn written(&self, style: Style) -> String {
        match self {
            Cost::Known { range } => range.written(style),
            Cost::AtLeast { range, .. } => format!("at least {}", range.written(style)),
            Cost::Unknown { .. } => "unknown".to_owned(),
        }
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.grouped())
    }
}

// --- percentages -------------------------------------------------------------------------------------------

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
        Percent::of_numbers(part.amount, whole.amount)
    }

    /// `part` of `whole`, for counts and hours.
    ///
    /// # Errors
    /// `DivisionByZero`, `TooLarge`.
    pub(crate) fn of_numbers(part: impl Into<Number>, whole: impl Into<Number>) -> Result<Percent, MoneyError> {
        Ok(Percent(part.into().times(Number::HUNDRED)?.divided_by(whole)?))
    }

    /// The rise from `base` to `new`: $5 to $10 is 100 %.
    ///
    /// # Errors
    /// `CurrencyMismatch`, `DivisionByZero`, `TooLarge`.
    pub(crate) fn rise(base: Money, new: Money) -> Result<Percent, MoneyError> {
        Percent::of(new.minus(base)?, base)
    }

    pub(crate) const fn number(self) -> Number {
        self.0
    }

    /// The digits alone, rounded to whole percent: `33`.
    pub(crate) fn whole_digits(self) -> String {
        self.0.fixed(0)
    }

    /// `33%`.
    pub(crate) fn whole(self) -> String {
        format!("{}%", self.0.fixed(0))
    }

    /// `33.1%`.
    pub(crate) fn tenths(self) -> String {
        format!("{}%", self.0.fixed(1))
    }
}

#[cfg(test)]
mod tests {
    use super::{Cost, Currency, Money, MoneyError, MoneyRange, Number, Percent};
    use proptest::prelude::{any, prop_assert_eq, proptest};

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
    fn reads_plain_decimals_only() {
        assert_eq!(Number::parse("90071992547409931.23").unwrap().plain(), "90071992547409931.23");
        assert_eq!(Number::parse("-0.50").unwrap().plain(), "-0.5");
        assert_eq!(Number::parse("0009").unwrap().plain(), "9");
        for text in ["", "1e3", "1E3", " 1", "+1", "1_000", "1,000", ".5", "5.", "-", "$4", "--1", "1.2.3", "inf"] {
            assert_eq!(Number::parse(text), Err(MoneyError::NotANumber { text: text.to_owned() }), "{text}");
        }
        assert!(Number::parse("1234567890123456789012345678").is_ok());
        for text in ["12345678901234567890123456789", "0.12345678901234567890123456789"] {
            assert_eq!(Number::parse(text), Err(MoneyError::TooManyDigits { text: text.to_owned() }));
        }
    }

    #[test]
    fn a_currency_is_three_letters_and_knows_its_coins() {
        assert_eq!(Currency::parse("usd").unwrap(), Currency::USD);
        for text in ["", "US", "USDD", "U$D", "éD"] {
            assert_eq!(Currency::parse(text), Err(MoneyError::NotACurrency { text: text.to_owned() }));
        }
        assert_eq!(in_currency("1234.5", "JPY").grouped(), "1,235 JPY");
        assert_eq!(in_currency("1234.5", "KWD").grouped(), "1,234.500 KWD");
        assert_eq!(in_currency("1234.5", "CHF").grouped(), "1,234.50 CHF");
        assert_eq!(in_currency("1234.5", "EUR").grouped(), "€1,234.50");
    }

    #[test]
    fn rounds_half_away_from_zero_and_never_truncates() {
        for (exact, rounded) in
            [("2.665", "2.67"), ("1.999", "2.00"), ("0.135", "0.14"), ("-2.665", "-2.67"), ("-0.001", "0.00"), ("7", "7.00")]
        {
            assert_eq!(usd(exact).plain(), rounded);
            assert_eq!(usd(exact).round_minor().plain(), rounded);
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
        let mismatch = MoneyError::CurrencyMismatch { left: Currency::USD, right: Currency::parse("EUR").unwrap() };
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
        assert_eq!(largest.grouped().len(), "$9,999,999,999,999,999,999,999,999,999.00".len());
    }

    #[test]
    fn allocation_gives_the_odd_cents_to_the_largest_remainders() {
        let plain = |parts: Vec<Money>| parts.into_iter().map(Money::plain).collect::<Vec<_>>();
        assert_eq!(plain(usd("100").allocate(&[1, 1, 1]).unwrap()), ["33.34", "33.33", "33.33"]);
        assert_eq!(plain(usd("0.05").allocate(&[1, 2, 4]).unwrap()), ["0.01", "0.01", "0.03"]);
        assert_eq!(plain(usd("-100").allocate(&[1, 1, 1]).unwrap()), ["-33.34", "-33.33", "-33.33"]);
        assert_eq!(plain(usd("10").allocate(&[0, 3]).unwrap()), ["0.00", "10.00"]);
        assert_eq!(plain(usd("0").allocate(&[0, 0]).unwrap()), ["0.00", "0.00"]);
        assert_eq!(usd("1").allocate(&[0, 0]), Err(MoneyError::NoWeights));
        assert_eq!(usd("1").allocate(&[]), Err(MoneyError::NoWeights));
    }

    #[test]
    fn ranges_read_as_ranges_and_points_as_points() {
        assert_eq!(range("3600", "4800").whole(), "$3,600–4,800");
        assert_eq!(range("3600", "4800").compact(), "$3.6k–4.8k");
        assert_eq!(range("9600", "9600").whole(), "$9,600");
        assert_eq!(range("-500", "300").whole(), "-$500 to $300");
        let francs = MoneyRange::new(in_currency("1000", "CHF"), in_currency("2000", "CHF")).unwrap();
        assert_eq!(francs.whole(), "1,000–2,000 CHF");
        assert_eq!(
            MoneyRange::new(usd("2"), usd("1")),
            Err(MoneyError::LowAboveHigh { low: "$2.00".to_owned(), high: "$1.00".to_owned() })
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

    #[test]
    fn an_unknown_part_is_never_zero() {
        let known = Cost::from(range("3600", "4800"));
        let unknown = Cost::unknown("Loom Enterprise: custom price");
        let sum = known.plus(&unknown).unwrap();
        assert_eq!(sum.whole(), "at least $3,600–4,800");
        assert_eq!(sum.missing(), ["Loom Enterprise: custom price"]);
        assert_eq!((sum.low(), sum.high()), (Some(usd("3600")), None));
        assert!(!sum.is_complete());
        assert_eq!(unknown.plus(&unknown).unwrap(), unknown);
        assert_eq!(unknown.grouped(), "unknown");
        assert_eq!(Cost::sum(Currency::USD, []).unwrap().grouped(), "$0.00");
        assert_eq!(Cost::sum(Currency::USD, [&unknown]).unwrap(), unknown);
        assert_eq!(known.minus(&unknown).unwrap(), unknown);
        assert_eq!(sum.minus(&Cost::from(usd("600"))).unwrap().whole(), "at least $3,000–4,200");
    }

    #[test]
    fn percentages_come_from_exact_figures() {
        assert_eq!(Percent::of(usd("3"), usd("9.05")).unwrap().tenths(), "33.1%");
        assert_eq!(Percent::of(usd("4"), usd("9.05")).unwrap().whole(), "44%");
        assert_eq!(Percent::rise(usd("9.45"), usd("31.90")).unwrap().whole(), "238%");
        assert_eq!(Percent::of_numbers(1_u64, 0_u64), Err(MoneyError::DivisionByZero));
    }

    #[test]
    fn money_is_serialised_as_text_and_comes_back() {
        let cost = Cost::from(range("1234.125", "1234.5")).and_missing("Compass");
        let json = serde_json::to_string(&cost).unwrap();
        assert_eq!(serde_json::from_str::<Cost>(&json).unwrap(), cost);
        assert_eq!(serde_json::to_string(&usd("1234.5")).unwrap(), r#"{"amount":"1234.50","currency":"USD"}"#);
        assert!(serde_json::from_str::<Money>(r#"{"amount":1234.5,"currency":"USD"}"#).is_err());
        let crossed = r#"{"low":{"amount":"2.00","currency":"USD"},"high":{"amount":"1.00","currency":"USD"}}"#;
        assert!(serde_json::from_str::<MoneyRange>(crossed).is_err());
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
