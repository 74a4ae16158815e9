//! The days of a file: the first and the last of all, and the newest past event.
//!
//! An event is a day on which something happened: a use, a sign-in, an account added. Planned days (leaving, start,
//! expiry) are none, and neither is a day that the clock has not reached.

use crate::domain::day::{Day, spanning};

/// The days seen so far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Days {
    today: Day,
    span: Option<(Day, Day)>,
    newest: Option<Day>,
}

impl Days {
    /// Before any day is seen.
    pub(crate) const fn until(today: Day) -> Days {
        Days {
            today,
            span: None,
            newest: None,
        }
    }

    /// A day on which something happened.
    pub(crate) fn event(&mut self, day: Day) {
        self.planned(day);
        if day <= self.today && self.newest.is_none_or(|newest| newest < day) {
            self.newest = Some(day);
        }
    }

    /// A day on which something happens or will happen.
    pub(crate) fn planned(&mut self, day: Day) {
        self.span = spanning(self.span, day);
    }

    pub(crate) fn first(&self) -> Option<Day> {
        self.span.map(|span| span.0)
    }

    pub(crate) fn last(&self) -> Option<Day> {
        self.span.map(|span| span.1)
    }

    /// The newest past event.
    pub(crate) const fn newest(&self) -> Option<Day> {
        self.newest
    }
}
