//! `Cost`: a range of which parts may have no price. Unknown is never zero.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::amount::Style;
use super::{Currency, Money, MoneyError, MoneyRange, Number};

/// A cost of which parts may be missing. What is missing is named and is never taken for zero.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub(crate) enum Cost {
    Known {
        range: MoneyRange,
    },
    /// A known part, and more on top that has no price. `missing` is not empty.
    AtLeast {
        range: MoneyRange,
        missing: Vec<String>,
    },
    /// Nothing is known. `missing` is not empty.
    Unknown {
        missing: Vec<String>,
    },
}

impl From<MoneyRange> for Cost {
    fn from(range: MoneyRange) -> Cost {
        Cost::Known { range }
    }
}

impl From<Money> for Cost {
    fn from(amount: Money) -> Cost {
        Cost::Known {
            range: MoneyRange::point(amount),
        }
    }
}

impl Cost {
    pub(crate) fn zero(currency: Currency) -> Cost {
        Cost::from(Money::zero(currency))
    }

    /// A cost of which nothing is known, with the reason.
    pub(crate) fn unknown(reason: impl Into<String>) -> Cost {
        Cost::Unknown {
            missing: vec![reason.into()],
        }
    }

    /// Puts a known part and the names of what is missing together.
    pub(crate) fn of(known: Option<MoneyRange>, missing: Vec<String>) -> Cost {
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
        Ok(Cost::of(known, self.missing_with(other)))
    }

    /// From the low end of this cost to the high end of a larger one, with what either lacks. Where this one is not
    /// known there is no low end, and the larger one is none.
    ///
    /// # Errors
    /// `CurrencyMismatch`.
    pub(crate) fn up_to(&self, most: &Cost) -> Result<Cost, MoneyError> {
        let known = match (self.known(), most.known()) {
            (Some(low), Some(high)) => Some(MoneyRange::between(low.low(), high.high())?),
            (low, _) => low,
        };
        Ok(Cost::of(known, self.missing_with(most)))
    }

    /// What either lacks, each reason once.
    pub(crate) fn missing_with(&self, other: &Cost) -> Vec<String> {
        Cost::missing_in([self, other])
    }

    /// What any of some lacks, each reason once.
    pub(crate) fn missing_in<'a>(costs: impl IntoIterator<Item = &'a Cost>) -> Vec<String> {
        let mut missing: Vec<String> = Vec::new();
        for reason in costs.into_iter().flat_map(Cost::missing) {
            if !missing.contains(reason) {
                missing.push(reason.clone());
            }
        }
        missing
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
        let Some(first) = parts.next() else {
            return Ok(Cost::zero(currency));
        };
        parts.try_fold(first.clone(), |sum, part| sum.plus(part))
    }

    /// What is left of this cost after an unrelated one is taken off (see `MoneyRange::minus`). When the other
    /// lacks a part, nothing certain is left and the result is unknown.
    ///
    /// # Errors
    /// `CurrencyMismatch`, `TooLarge`.
    pub(crate) fn minus(&self, other: &Cost) -> Result<Cost, MoneyError> {
        if let (Some(left), Cost::Known { range }) = (self.known(), other) {
            return Ok(Cost::of(Some(left.minus(*range)?), self.missing().to_vec()));
        }
        Ok(Cost::Unknown {
            missing: self.missing_with(other),
        })
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
        Cost::of(
            self.known().map(MoneyRange::round_minor),
            self.missing().to_vec(),
        )
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

    /// `$3,600–4,800`, `at least $3,600`, `unknown`: what lacks a part has a floor and no high end.
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
            Cost::AtLeast { range, .. } => format!("at least {}", range.low().written(style)),
            Cost::Unknown { .. } => "unknown".to_owned(),
        }
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.grouped())
    }
}

#[cfg(test)]
mod tests {
    use crate::money::{Cost, Currency, Money, MoneyRange};

    fn usd(text: &str) -> Money {
        Money::parse(text, Currency::USD).unwrap()
    }

    fn range(low: &str, high: &str) -> MoneyRange {
        MoneyRange::new(usd(low), usd(high)).unwrap()
    }

    #[test]
    fn from_one_cost_up_to_another_what_is_missing_stays_missing() {
        let lacking = Cost::from(usd("10")).and_missing("Loom");
        let joined = lacking.up_to(&Cost::from(range("20", "30"))).unwrap();
        assert_eq!(joined, Cost::from(range("10", "30")).and_missing("Loom"));
        let unknown = Cost::unknown("Loom");
        assert_eq!(lacking.up_to(&unknown).unwrap(), lacking);
        assert_eq!(unknown.up_to(&lacking).unwrap(), unknown);
    }

    #[test]
    fn an_unknown_part_is_never_zero() {
        let known = Cost::from(range("3600", "4800"));
        let unknown = Cost::unknown("Loom Enterprise: custom price");
        let sum = known.plus(&unknown).unwrap();
        assert_eq!(sum.whole(), "at least $3,600");
        assert_eq!(sum.missing(), ["Loom Enterprise: custom price"]);
        assert_eq!((sum.low(), sum.high()), (Some(usd("3600")), None));
        assert!(!sum.is_complete());
        assert_eq!(unknown.plus(&unknown).unwrap(), unknown);
        assert_eq!(unknown.grouped(), "unknown");
        assert_eq!(Cost::sum(Currency::USD, []).unwrap().grouped(), "$0.00");
        assert_eq!(Cost::sum(Currency::USD, [&unknown]).unwrap(), unknown);
        assert_eq!(known.minus(&unknown).unwrap(), unknown);
        assert_eq!(sum.minus(&unknown).unwrap(), unknown);
        assert_eq!(
            sum.minus(&Cost::from(usd("600"))).unwrap().whole(),
            "at least $3,000"
        );
    }

    #[test]
    fn money_is_serialised_as_text_and_comes_back() {
        let cost = Cost::from(range("1234.125", "1234.5")).and_missing("Compass");
        let json = serde_json::to_string(&cost).unwrap();
        assert_eq!(serde_json::from_str::<Cost>(&json).unwrap(), cost);
        assert_eq!(
            serde_json::to_string(&usd("1234.5")).unwrap(),
            r#"{"amount":"1234.50","currency":"USD"}"#
        );
        assert!(serde_json::from_str::<Money>(r#"{"amount":1234.5,"currency":"USD"}"#).is_err());
        let crossed = r#"{"low":{"amount":"2.00","currency":"USD"},"high":{"amount":"1.00","currency":"USD"}}"#;
        assert!(serde_json::from_str::<MoneyRange>(crossed).is_err());
    }
}
