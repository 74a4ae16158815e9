//! `Input`: a number that may turn the answer, and its words.

use serde::{Serialize, Serializer};

use crate::model::alternative::Alternative;

/// A number that may turn the answer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Input {
    Price,
    HourlyRate,
    Hours,
    Orphans,
}

impl Input {
    pub(crate) const ALL: [Input; 4] = [
        Input::Price,
        Input::HourlyRate,
        Input::Hours,
        Input::Orphans,
    ];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Input::Price => "price-per-user",
            Input::HourlyRate => "hourly-rate",
            Input::Hours => "manual-hours",
            Input::Orphans => "orphan-rate",
        }
    }

    pub(crate) const fn label(self) -> &'static str {
        match self {
            Input::Price => "price for a user and month",
            Input::HourlyRate => "cost of an IT hour",
            Input::Hours => "hours of manual IT work in a year",
            Input::Orphans => "orphaned accounts for 100 people",
        }
    }

    /// What a value of it is for.
    pub(crate) const fn of_what(self, alternative: Alternative) -> &'static str {
        match (self, alternative) {
            (Input::Price, Alternative::GuardPremium) => {
                "for a user and month, both plans together in their present proportion"
            }
            (Input::Price, _) => "for a user and month",
            (Input::HourlyRate, _) => "for an IT hour",
            (Input::Hours, _) => "hours of manual IT work a year",
            (Input::Orphans, _) => "orphaned accounts for 100 people",
        }
    }

    /// Whatever the value: `at any cost of an IT hour`.
    pub(crate) const fn at_any(self) -> &'static str {
        match self {
            Input::Price => "at any price",
            Input::HourlyRate => "at any cost of an IT hour",
            Input::Hours => "at any number of hours of manual IT work",
            Input::Orphans => "at any number of orphaned accounts",
        }
    }

    /// Inputs in money are written with a currency.
    pub(crate) const fn is_money(self) -> bool {
        matches!(self, Input::Price | Input::HourlyRate)
    }
}

impl Serialize for Input {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
