//! A calendar day, and what is known of the last use of something.
//!
//! Times of day and zones end in `read`: exports disagree about both, and no rule of the tool needs them.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Months, NaiveDate};
use serde::{Serialize, Serializer};

/// A day as the number of days since 1970-01-01.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Day(i32);

/// 1970-01-01 counted from the first day of year 1, as chrono counts.
const EPOCH_FROM_CE: i32 = 719_163;

impl Day {
    /// The day of a calendar date, or `None` when there is no such date.
    pub(crate) fn from_ymd(year: i32, month: u32, day: u32) -> Option<Day> {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let length = match month {
            2 => 28 + u32::from(leap),
            4 | 6 | 9 | 11 => 30,
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            _ => return None,
        };
        if !(1..=length).contains(&day) || !(0..=9999).contains(&year) {
            return NaiveDate::from_ymd_opt(year, month, day).map(Day::from_date);
        }
        // Years begin in March here, so that a leap day is a year's last.
        let (year, month) = if month > 2 {
            (year, month - 3)
        } else {
            (year - 1, month + 9)
        };
        let year = year + 400;
        let days = year * 365 + year / 4 - year / 100 + year / 400;
        let in_year = (153 * month + 2) / 5 + day - 1;
        Some(Day(days + in_year as i32 - 146_097 - 719_468))
    }

    pub(crate) fn from_date(date: NaiveDate) -> Day {
        Day(date.num_days_from_ce() - EPOCH_FROM_CE)
    }

    pub(crate) const fn from_epoch_days(days: i32) -> Day {
        Day(days)
    }

    pub(crate) const fn epoch_days(self) -> i32 {
        self.0
    }

    /// The calendar date. Days outside chrono's range (none that `read` lets in) clamp to its ends.
    pub(crate) fn date(self) -> NaiveDate {
        NaiveDate::from_num_days_from_ce_opt(self.0.saturating_add(EPOCH_FROM_CE)).unwrap_or(
            if self.0 < 0 {
                NaiveDate::MIN
            } else {
                NaiveDate::MAX
            },
        )
    }

    /// Whole days from `earlier` to this day; negative when `earlier` is later.
    pub(crate) const fn days_since(self, earlier: Day) -> i32 {
        self.0.saturating_sub(earlier.0)
    }

    pub(crate) const fn plus_days(self, days: i32) -> Day {
        Day(self.0.saturating_add(days))
    }

    /// The same date of the next year; 28 February after a leap day.
    pub(crate) fn a_year_later(self) -> Day {
        self.date()
            .checked_add_months(Months::new(12))
            .map_or(self, Day::from_date)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.date();
        write!(
            f,
            "{:04}-{:02}-{:02}",
            date.year(),
            date.month(),
            date.day()
        )
    }
}

impl FromStr for Day {
    type Err = String;

    fn from_str(text: &str) -> Result<Day, String> {
        NaiveDate::parse_from_str(text, "%Y-%m-%d")
            .map(Day::from_date)
            .map_err(|_| format!("{text:?} is not a day; write it as 2026-11-30"))
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The first and last day of those seen so far and one more.
pub(crate) fn spanning(seen: Option<(Day, Day)>, day: Day) -> Option<(Day, Day)> {
    Some(seen.map_or((day, day), |(first, last)| (first.min(day), last.max(day))))
}

/// What an export says of the last use. "Never", "before some day" and "not reported" are three facts.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum LastUse {
    On(Day),
    /// Used, but not on or after this day ("Not active in the last 180 days").
    Before(Day),
    Never,
    NotReported,
}

impl LastUse {
    /// The later of two reports of the same thing; anything known beats `NotReported`.
    pub(crate) fn latest(self, other: LastUse) -> LastUse {
        if self.recency() >= other.recency() {
            self
        } else {
            other
        }
    }

    /// The day that bounds the use from above.
    pub(crate) const fn day(self) -> Option<Day> {
        match self {
            LastUse::On(day) | LastUse::Before(day) => Some(day),
            LastUse::Never | LastUse::NotReported => None,
        }
    }

    const fn recency(self) -> (u8, i32, u8) {
        match self {
            LastUse::On(day) => (2, day.0, 1),
            LastUse::Before(day) => (2, day.0, 0),
            LastUse::Never => (1, 0, 0),
            LastUse::NotReported => (0, 0, 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Day, LastUse};

    #[test]
    fn a_day_prints_as_iso_and_reads_back() {
        let day = Day::from_ymd(2024, 2, 29).expect("a leap day");
        assert_eq!(day.to_string(), "2024-02-29");
        assert_eq!("2024-02-29".parse(), Ok(day));
        assert_eq!(day.plus_days(1).to_string(), "2024-03-01");
        assert_eq!(Day::from_epoch_days(0).to_string(), "1970-01-01");
    }

    #[test]
    fn a_known_use_beats_an_unreported_one_and_the_later_day_wins() {
        let (early, late) = (Day::from_epoch_days(10), Day::from_epoch_days(20));
        assert_eq!(LastUse::NotReported.latest(LastUse::Never), LastUse::Never);
        assert_eq!(
            LastUse::Never.latest(LastUse::On(early)),
            LastUse::On(early)
        );
        assert_eq!(
            LastUse::On(late).latest(LastUse::On(early)),
            LastUse::On(late)
        );
        assert_eq!(
            LastUse::Before(late).latest(LastUse::On(late)),
            LastUse::On(late)
        );
    }
}
