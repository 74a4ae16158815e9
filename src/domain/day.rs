//! A calendar day, and what is known of the last use of something.
//!
//! Times of day and zones end in `read`: exports disagree about both, and no rule of the tool needs them.

use std::fmt;
use std::num::NonZero;
use std::str::FromStr;

use chrono::{Datelike, Months, NaiveDate};
use serde::{Serialize, Serializer};

/// A day as the number of days since 1970-01-01, moved up by 2³¹ so that it is never zero and an unknown day takes no
/// room of its own: columns of days are half as wide, which saves 25 MB of a million accounts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Day(NonZero<u32>);

const MOVED: u32 = 1 << 31;

/// The years that a stated day may be in: what lies outside is a slip of the hand.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=9999;

/// 1970-01-01 counted from the first day of year 1, as chrono counts.
const EPOCH_FROM_CE: i32 = 719_163;

impl Day {
    /// The day of a calendar date, or `None` when there is no such date.
    pub(crate) fn from_ymd(year: i32, month: u32, day: u32) -> Option<Day> {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        const LENGTHS: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let usual = *LENGTHS.get((month as usize).checked_sub(1)?)?;
        let length = usual + u32::from(leap && month == 2);
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
        Some(Day::from_epoch_days(
            days + in_year as i32 - 146_097 - 719_468,
        ))
    }

    pub(crate) fn from_date(date: NaiveDate) -> Day {
        Day::from_epoch_days(date.num_days_from_ce() - EPOCH_FROM_CE)
    }

    pub(crate) const fn from_epoch_days(days: i32) -> Day {
        // The one number that has no place is six million years ago.
        match NonZero::new(days.cast_unsigned() ^ MOVED) {
            Some(moved) => Day(moved),
            None => Day(NonZero::<u32>::MIN),
        }
    }

    pub(crate) const fn epoch_days(self) -> i32 {
        (self.0.get() ^ MOVED).cast_signed()
    }

    /// The calendar date. Days outside chrono's range (none that `read` lets in) clamp to its ends.
    pub(crate) fn date(self) -> NaiveDate {
        let days = self.epoch_days();
        NaiveDate::from_num_days_from_ce_opt(days.saturating_add(EPOCH_FROM_CE)).unwrap_or(
            if days < 0 {
                NaiveDate::MIN
            } else {
                NaiveDate::MAX
            },
        )
    }

    /// Whole days from `earlier` to this day; negative when `earlier` is later.
    pub(crate) const fn days_since(self, earlier: Day) -> i32 {
        self.epoch_days().saturating_sub(earlier.epoch_days())
    }

    pub(crate) const fn plus_days(self, days: i32) -> Day {
        Day::from_epoch_days(self.epoch_days().saturating_add(days))
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
        let date = NaiveDate::parse_from_str(text, "%Y-%m-%d")
            .map_err(|_| format!("{text:?} is not a day; write it as 2026-11-30"))?;
        let (first, last) = (YEARS.start(), YEARS.end());
        if !YEARS.contains(&date.year()) {
            return Err(format!(
                "{text:?} is in the year {}; days from {first}-01-01 to {last}-12-31 are read",
                date.year()
            ));
        }
        Ok(Day::from_date(date))
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
            LastUse::On(day) => (2, day.epoch_days(), 1),
            LastUse::Before(day) => (2, day.epoch_days(), 0),
            LastUse::Never => (1, 0, 0),
            LastUse::NotReported => (0, 0, 0),
        }
    }
}

/// A last use in four bytes, as columns keep it: two bits say which it is, thirty hold the day.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct KeptUse(u32);

impl KeptUse {
    const DAY: i32 = 1 << 29;

    /// The last use; a day more than a million years away is kept as the furthest that there is.
    pub(crate) const fn get(self) -> LastUse {
        let day = Day::from_epoch_days((self.0 >> 2).cast_signed() - KeptUse::DAY);
        match self.0 & 3 {
            0 => LastUse::NotReported,
            1 => LastUse::Never,
            2 => LastUse::Before(day),
            _ => LastUse::On(day),
        }
    }
}

impl From<LastUse> for KeptUse {
    fn from(last: LastUse) -> KeptUse {
        let kind = match last {
            LastUse::NotReported => 0,
            LastUse::Never => 1,
            LastUse::Before(_) => 2,
            LastUse::On(_) => 3,
        };
        let day = last.day().map_or(0, Day::epoch_days);
        let day = day.clamp(-KeptUse::DAY, KeptUse::DAY - 1) + KeptUse::DAY;
        KeptUse(day.cast_unsigned() << 2 | kind)
    }
}

impl PartialEq<LastUse> for KeptUse {
    fn eq(&self, other: &LastUse) -> bool {
        self.get() == *other
    }
}

impl fmt::Debug for KeptUse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::{Day, KeptUse, LastUse};

    #[test]
    fn days_keep_their_order_and_an_unknown_day_takes_no_room() {
        let days = [i32::MIN + 1, -719_528, -1, 0, 1, 20_777, i32::MAX];
        for pair in days.windows(2) {
            assert!(Day::from_epoch_days(pair[0]) < Day::from_epoch_days(pair[1]));
        }
        for days in days {
            assert_eq!(Day::from_epoch_days(days).epoch_days(), days);
        }
        assert_eq!(
            Day::from_epoch_days(i32::MIN).epoch_days(),
            i32::MIN + 1,
            "the one day without a place"
        );
        assert_eq!(size_of::<Option<Day>>(), 4);
    }

    #[test]
    fn a_last_use_is_kept_in_four_bytes() {
        let days = [-719_528, -1, 0, 1, 20_777, 2_932_896].map(Day::from_epoch_days);
        let dated = days
            .into_iter()
            .flat_map(|day| [LastUse::On(day), LastUse::Before(day)]);
        for last in dated.chain([LastUse::Never, LastUse::NotReported]) {
            assert_eq!(KeptUse::from(last).get(), last);
        }
        let far = LastUse::On(Day::from_epoch_days(i32::MAX));
        let kept = KeptUse::from(far).get();
        assert_eq!(kept, LastUse::On(Day::from_epoch_days((1 << 29) - 1)));
        assert_eq!(size_of::<KeptUse>(), 4);
    }

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
