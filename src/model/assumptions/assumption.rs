//! Assumptions: everything the model takes for granted, by name, with value, low, high, basis and source.
//!
//! Takes what `assumption_file` read and the configuration's own values, gives `Values` for the list of figures and the
//! list that a report prints. A configured value keeps the relative spread of the one that it replaces.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::name::suggestion;
pub(crate) use super::name::{Kind, Name};
use crate::domain::stated::{Place, Stated};
use crate::model::basis::Basis;
use crate::model::span::Span;
use crate::money::{Currency, MoneyError, Number};

/// Hours a year that the configuration states as they are, whatever the headcount.
pub(crate) const HOURS_A_YEAR: &str = "it_hours_a_year";

/// One assumption as the report lists it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Assumption {
    pub(crate) name: Name,
    /// In a few words, for charts.
    #[serde(skip)]
    pub(crate) title: String,
    #[serde(skip)]
    pub(crate) kind: Kind,
    pub(crate) value: Number,
    pub(crate) low: Number,
    pub(crate) high: Number,
    pub(crate) unit: String,
    pub(crate) basis: Basis,
    pub(crate) source: String,
    /// Why the low and the high end are where they are.
    pub(crate) spread: String,
    pub(crate) meaning: String,
    /// The value that the configuration replaced.
    pub(crate) default: Option<Number>,
}

impl Assumption {
    /// What runs through to every figure: low to high where assumed, else the value as it is stated.
    fn stated(&self) -> Span {
        if self.basis == Basis::Assumed {
            Span::between(self.low, self.high)
        } else {
            Span::point(self.value)
        }
    }

    fn configure(&mut self, value: Number, place: &Place) -> Result<(), MoneyError> {
        let old = self.value;
        let moved = |end: Number| -> Result<Number, MoneyError> {
            if old.is_zero() {
                return end.plus(value);
            }
            end.times(value)?.divided_by(old)
        };
        let ends = Span::between(moved(self.low)?, moved(self.high)?);
        let within = |end: Number| self.kind.within(end);
        (self.low, self.high) = (within(ends.low).min(value), within(ends.high).max(value));
        self.value = value;
        self.default = Some(old);
        self.basis = Basis::Configured;
        self.source = place.to_string();
        Ok(())
    }
}

/// A configured assumption that cannot be used. The caller knows its line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct AssumptionFault {
    pub(crate) name: String,
    pub(crate) place: Place,
    pub(crate) message: String,
    pub(crate) hint: String,
}

impl fmt::Display for AssumptionFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for AssumptionFault {}

/// Hours that are stated as they are, and where.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Hours {
    pub(crate) value: Number,
    pub(crate) source: String,
}

/// All assumptions of a run, in the order of `Name::ALL`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Assumptions {
    list: Vec<Assumption>,
    /// Of the values that are money, as they are shipped.
    currency: Currency,
    /// Hours of manual work in a year, where they are stated.
    hours_a_year: Option<Hours>,
}

/// The numbers that figures are computed with, one span for each name, and the kind of each.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Values([(Span, Kind); Name::ALL.len()]);

impl Values {
    pub(crate) const fn of(&self, name: Name) -> Span {
        self.0[name as usize].0
    }

    pub(crate) const fn kind(&self, name: Name) -> Kind {
        self.0[name as usize].1
    }

    /// The same values with one of them replaced.
    pub(crate) fn with(mut self, name: Name, span: Span) -> Values {
        self.0[name as usize].0 = span;
        self
    }
}

impl Assumptions {
    /// One assumption for each name, in the order of the names.
    pub(crate) const fn of(list: Vec<Assumption>, currency: Currency) -> Assumptions {
        Assumptions {
            list,
            currency,
            hours_a_year: None,
        }
    }

    /// Puts what is stated in the place of the defaults, and gives each value that cannot be used: an unknown name, no
    /// number, out of bounds.
    #[must_use]
    pub(crate) fn configure(&mut self, values: &BTreeMap<String, Stated>) -> Vec<AssumptionFault> {
        let set = |(name, stated): (&String, &Stated)| self.set(name, stated).err();
        values.iter().filter_map(set).collect()
    }

    fn set(&mut self, name: &str, stated: &Stated) -> Result<(), AssumptionFault> {
        let Stated { value: text, place } = stated;
        let fault = |message: String, hint: String| AssumptionFault {
            name: name.to_owned(),
            place: place.clone(),
            message,
            hint,
        };
        let value = Number::parse(text.trim()).map_err(|error| {
            let hint = "write a plain number, such as 96 or 60.25".to_owned();
            fault(format!("the assumption `{name}`: {error}"), hint)
        })?;
        if name == HOURS_A_YEAR {
            if value.is_negative() {
                let message = format!("the assumption `{name}` is {text}");
                return Err(fault(message, "expected zero or more hours".to_owned()));
            }
            self.hours_a_year = Some(Hours {
                value,
                source: place.to_string(),
            });
            return Ok(());
        }
        let Some(one) = self.list.iter_mut().find(|one| one.name.as_str() == name) else {
            let message = format!("there is no assumption called `{name}`");
            return Err(fault(message, suggestion(name, &[HOURS_A_YEAR])));
        };
        if let Some(expected) = one.kind.objection(value) {
            let message = format!("the assumption `{name}` is {text}");
            return Err(fault(message, format!("expected {expected}")));
        }
        one.configure(value, place)
            .map_err(|error| fault(format!("the assumption `{name}`: {error}"), String::new()))
    }

    pub(crate) fn list(&self) -> &[Assumption] {
        &self.list
    }

    pub(crate) fn one(&self, name: Name) -> Option<&Assumption> {
        self.list.get(name as usize)
    }

    /// The currency of the money that the program ships.
    pub(crate) const fn currency(&self) -> Currency {
        self.currency
    }

    /// The amounts of money that nobody has put their own in the place of.
    pub(crate) fn shipped_money(&self) -> impl Iterator<Item = Name> {
        let shipped = self.list.iter().filter(|one| one.default.is_none());
        let money = shipped.filter(|one| one.kind == Kind::Money);
        money.map(|one| one.name)
    }

    /// The value itself; a test shows that every name has one.
    pub(crate) fn value(&self, name: Name) -> Number {
        self.one(name).map_or(Number::ZERO, |one| one.value)
    }

    pub(crate) fn basis(&self, name: Name) -> Basis {
        self.one(name).map_or(Basis::Assumed, |one| one.basis)
    }

    /// Whether stating this value changes no figure. An assumed value has a range, which a stated one has not.
    pub(crate) fn has_already(&self, name: &str, value: Number) -> bool {
        if name == HOURS_A_YEAR {
            return self
                .hours_a_year
                .as_ref()
                .is_some_and(|hours| hours.value == value);
        }
        let mut named = self.list.iter().filter(|one| one.name.as_str() == name);
        named.any(|one| one.stated() == Span::point(value))
    }

    pub(crate) const fn hours_a_year(&self) -> Option<&Hours> {
        self.hours_a_year.as_ref()
    }

    /// What the figures of a report are made with: see the head of `model`.
    pub(crate) fn stated(&self) -> Values {
        self.values(Assumption::stated)
    }

    /// Every assumption at its value alone.
    pub(crate) fn central(&self) -> Values {
        self.values(|one| Span::point(one.value))
    }

    fn values(&self, of: impl Fn(&Assumption) -> Span) -> Values {
        let mut values = Values([(Span::ZERO, Kind::Share); Name::ALL.len()]);
        for one in &self.list {
            values.0[one.name as usize] = (of(one), one.kind);
        }
        values
    }

    /// The sources of some assumptions, each once.
    pub(crate) fn sources(&self, names: &[Name]) -> String {
        let mut told: Vec<&str> = Vec::new();
        for name in names {
            if let Some(one) = self.one(*name)
                && !told.contains(&one.source.as_str())
            {
                told.push(&one.source);
            }
        }
        told.join("; ")
    }

    /// The sources of some assumptions with the names that each is for: `horizon_years, discount_rate: a convention`.
    pub(crate) fn named_sources(&self, names: &[Name]) -> String {
        let mut told: Vec<(&str, Vec<&str>)> = Vec::new();
        for one in names.iter().filter_map(|name| self.one(*name)) {
            match told.iter_mut().find(|(source, _)| *source == one.source) {
                Some((_, names)) => names.push(one.name.as_str()),
                None => told.push((&one.source, vec![one.name.as_str()])),
            }
        }
        let told: Vec<_> = told
            .into_iter()
            .map(|(source, names)| format!("{}: {source}", names.join(", ")))
            .collect();
        told.join("; ")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Assumptions, Name};
    use crate::domain::stated::Stated;
    use crate::model::basis::Basis;
    use crate::model::fixtures::number;

    fn with(name: &str, value: &str) -> Result<Assumptions, String> {
        let values = BTreeMap::from([(name.to_owned(), Stated::by_option(value))]);
        let mut all = Assumptions::embedded().unwrap();
        match all.configure(&values).first() {
            Some(fault) => Err(format!("{fault}; {}", fault.hint)),
            None => Ok(all),
        }
    }

    #[test]
    fn a_configured_value_keeps_the_relative_spread_and_says_so() {
        let all = with("it_hourly_rate", "120.50").unwrap();
        let rate = all.one(Name::ItHourlyRate).unwrap();
        assert_eq!(
            (rate.basis, rate.default),
            (Basis::Configured, Some(number("60.25")))
        );
        assert_eq!((rate.low, rate.high), (number("90"), number("170")));
        assert_eq!(all.stated().of(Name::ItHourlyRate).exact(), "120.5");
        assert_eq!(rate.source, "option --set");
        let hours = with("it_hours_a_year", "120").unwrap();
        assert_eq!(hours.hours_a_year().unwrap().source, "option --set");
        let values = BTreeMap::from([(
            "wage_rise".to_owned(),
            Stated::in_file("scenarios/wages.toml", "0.06"),
        )]);
        let mut all = Assumptions::embedded().unwrap();
        assert_eq!(all.configure(&values), []);
        assert_eq!(
            all.one(Name::WageRise).unwrap().source,
            "scenarios/wages.toml"
        );
        let reach = with("identity_provider_reach", "1").unwrap();
        assert_eq!(
            reach.one(Name::IdentityProviderReach).unwrap().high,
            number("1")
        );
    }

    /// The sensitivity moves every value to its ends, so these have to be possible too.
    #[test]
    fn the_ends_of_a_configured_value_are_possible_values() {
        // −0.5 − 0.05 is less than any rate; 0.99 × 0.1 ÷ 0.08 = 1.2375 is more; 20 years × 5 ÷ 3 are more than 20.
        for (name, value, low, high) in [
            ("headcount_growth", "-0.5", "-0.5", "-0.4"),
            ("discount_rate", "0.99", "0.99", "1"),
            ("horizon_years", "20", "20", "20"),
        ] {
            let all = with(name, value).unwrap();
            let one = all.list().iter().find(|one| one.name.as_str() == name);
            let one = one.unwrap();
            assert_eq!((one.low, one.high), (number(low), number(high)), "{name}");
        }
    }

    #[test]
    fn assumed_values_are_ranges_and_benchmarks_are_not() {
        let values = Assumptions::embedded().unwrap().stated();
        assert_eq!(values.of(Name::ItHoursPer500).exact(), "96");
        assert_eq!(values.of(Name::LabourLeftScim).exact(), "0.1–0.5");
        let central = Assumptions::embedded().unwrap().central();
        assert_eq!(central.of(Name::LabourLeftScim).exact(), "0.25");
    }

    #[test]
    fn what_cannot_be_is_refused_with_the_way_out() {
        assert_eq!(
            with("it_hourly_rat", "5").unwrap_err(),
            "there is no assumption called `it_hourly_rat`; did you mean `it_hourly_rate`?"
        );
        assert_eq!(
            with("labour_left_scim", "1.5").unwrap_err(),
            "the assumption `labour_left_scim` is 1.5; expected a share from 0 to 1"
        );
        assert_eq!(
            with("horizon_years", "2.5").unwrap_err(),
            "the assumption `horizon_years` is 2.5; expected whole years from 1 to 20"
        );
        for rate in [
            "discount_rate",
            "headcount_growth",
            "price_rise",
            "wage_rise",
        ] {
            for value in ["-1", "-0.99", "-0.51", "1.01"] {
                assert_eq!(
                    with(rate, value).unwrap_err(),
                    format!(
                        "the assumption `{rate}` is {value}; expected a yearly share from -0.5 to 1: from half of it to \
                         twice as much"
                    )
                );
            }
        }
        assert!(
            with("it_hourly_rate", "60,25")
                .unwrap_err()
                .contains("not a plain decimal")
        );
        assert!(
            with("it_hourly_rate", "-1")
                .unwrap_err()
                .contains("zero or more")
        );
    }
}
