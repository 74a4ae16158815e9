//! Days before the day of the report, in the three shapes that the exports use. Each day is written once
//! and then looked up, since a large sample holds millions of dates.

use chrono::{Datelike, Days, NaiveDate};

/// Nothing in a sample is older than this.
pub(super) const OLDEST: u32 = 4_200;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

pub(super) struct Calendar {
    as_of: NaiveDate,
    days: Vec<Day>,
}

struct Day {
    spoken: String,
    iso: String,
    american: String,
}

impl Calendar {
    pub(super) fn new(as_of: NaiveDate) -> Self {
        let days = (0..=OLDEST)
            .map(|ago| Day::of(before(as_of, ago)))
            .collect();
        Self { as_of, days }
    }

    /// `3 Jan 2024`, as in the users export.
    pub(super) fn spoken(&self, ago: u32) -> &str {
        self.day(ago).map_or("", |day| &day.spoken)
    }

    /// `2024-01-03`, as in the managed-accounts export.
    pub(super) fn iso(&self, ago: u32) -> &str {
        self.day(ago).map_or("", |day| &day.iso)
    }

    /// `1/3/2024`, as in the Entra portal.
    pub(super) fn american(&self, ago: u32) -> &str {
        self.day(ago).map_or("", |day| &day.american)
    }

    /// The first day of the month that comes `months` months after the report's.
    pub(super) fn month_start_after(&self, months: u32) -> NaiveDate {
        let first = self.as_of.with_day(1).unwrap_or(self.as_of);
        first
            .checked_add_months(chrono::Months::new(months))
            .unwrap_or(first)
    }

    pub(super) fn as_of(&self) -> NaiveDate {
        self.as_of
    }

    fn day(&self, ago: u32) -> Option<&Day> {
        usize::try_from(ago)
            .ok()
            .and_then(|index| self.days.get(index))
    }
}

impl Day {
    fn of(day: NaiveDate) -> Self {
        let (year, month, number) = (day.year(), day.month(), day.day());
        let name = MONTHS
            .get(day.month0() as usize)
            .copied()
            .unwrap_or_default();
        Self {
            spoken: format!("{number} {name} {year}"),
            iso: format!("{year:04}-{month:02}-{number:02}"),
            american: format!("{month}/{number}/{year}"),
        }
    }
}

fn before(day: NaiveDate, ago: u32) -> NaiveDate {
    day.checked_sub_days(Days::new(u64::from(ago)))
        .unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::Calendar;
    use chrono::NaiveDate;

    #[test]
    fn writes_the_three_shapes() {
        let calendar = Calendar::new(NaiveDate::from_ymd_opt(2026, 1, 13).unwrap());
        assert_eq!(calendar.spoken(10), "3 Jan 2026");
        assert_eq!(calendar.iso(14), "2025-12-30");
        assert_eq!(calendar.american(4), "1/9/2026");
        assert_eq!(calendar.month_start_after(3).to_string(), "2026-04-01");
    }
}
