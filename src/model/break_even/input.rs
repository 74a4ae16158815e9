//! `Input`: a number that may turn the answer, and its words.

use crate::model::alternative::Alternative;
use crate::named::named;

named! {
    /// A number that may turn the answer.
    Input, label, at_any {
        Price = "price-per-user", "price for a user and month", "at any price";
        HourlyRate = "hourly-rate", "cost of an IT hour", "at any cost of an IT hour";
        Hours = "manual-hours", "hours of manual IT work in a year", "at any number of hours of manual IT work";
        Orphans = "orphan-rate", "orphaned accounts for 100 people", "at any number of orphaned accounts";
    }
}

impl Input {
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

    /// Inputs in money are written with a currency.
    pub(crate) const fn is_money(self) -> bool {
        matches!(self, Input::Price | Input::HourlyRate)
    }
}
