//! `Lever`: a number that may turn the answer, and its words.

use serde::{Serialize, Serializer};

use super::engine::Way;

/// A number that may turn the answer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Lever {
    Price,
    HourlyRate,
    Hours,
    Orphans,
}

impl Lever {
    pub(crate) const ALL: [Lever; 4] = [
        Lever::Price,
        Lever::HourlyRate,
        Lever::Hours,
        Lever::Orphans,
    ];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Lever::Price => "price-per-user",
            Lever::HourlyRate => "hourly-rate",
            Lever::Hours => "hours-by-hand",
            Lever::Orphans => "orphan-rate",
        }
    }

    pub(super) const fn label(self) -> &'static str {
        match self {
            Lever::Price => "price for a user and month",
            Lever::HourlyRate => "cost of an IT hour",
            Lever::Hours => "IT hours by hand in a year",
            Lever::Orphans => "orphaned accounts for 100 people",
        }
    }

    /// What a value of it is for.
    pub(super) const fn of_what(self, way: Way) -> &'static str {
        match (self, way) {
            (Lever::Price, Way::GuardPremium) => {
                "for a user and month, both plans together in their present proportion"
            }
            (Lever::Price, _) => "for a user and month",
            (Lever::HourlyRate, _) => "for an IT hour",
            (Lever::Hours, _) => "IT hours by hand a year",
            (Lever::Orphans, _) => "orphaned accounts for 100 people",
        }
    }

    /// Whatever the value: `at any cost of an IT hour`.
    pub(super) const fn at_any(self) -> &'static str {
        match self {
            Lever::Price => "at any price",
            Lever::HourlyRate => "at any cost of an IT hour",
            Lever::Hours => "at any number of IT hours by hand",
            Lever::Orphans => "at any number of orphaned accounts",
        }
    }

    /// Money levers are written with a currency.
    pub(crate) const fn is_money(self) -> bool {
        matches!(self, Lever::Price | Lever::HourlyRate)
    }
}

impl Serialize for Lever {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
