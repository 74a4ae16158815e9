//! When a SCIM key ends: its day, or the days between which it is said to end.
//!
//! Two rules, by the day on which the key was made:
//!
//! - From 2025-01-01 on: "we automatically set it to expire in one year" (Atlassian, "Manage SCIM API key
//!   expiration", read 2026-11-23). A year is a calendar year. The page names no hour and does not say whether the
//!   key still works on its last date, so the same date a year later is the day on which it expires, and the day
//!   before is the last one to be sure of.
//! - Before: those keys had no end, and "we will set your keys to expire between May 1, 2026 and May 1, 2027", by a
//!   copy of Atlassian's release notes announced on 2026-03-09, which dates the start of this 2025-04-28, probably
//!   meaning 2026. Which day a key gets is shown at admin.atlassian.com alone.

use super::day::Day;

/// 2025-01-01: keys from before this day had no end.
const EXPIRING_SINCE: Day = Day::from_epoch_days(20_089);
/// 2026-05-01 and 2027-05-01.
const OLDER_FIRST: Day = Day::from_epoch_days(20_574);
const OLDER_LAST: Day = Day::from_epoch_days(20_939);

/// The day on which a key ends, as far as it is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum KeyEnd {
    On(Day),
    /// An older key's: some day of these, first and last included.
    Between(Day, Day),
}

impl KeyEnd {
    /// The end of the key that was made on a day.
    pub(crate) fn of(created: Day) -> KeyEnd {
        if created < EXPIRING_SINCE {
            KeyEnd::Between(OLDER_FIRST, OLDER_LAST)
        } else {
            KeyEnd::On(created.a_year_later())
        }
    }

    /// The first day on which the key may have ended: the day to act by.
    pub(crate) const fn first(self) -> Day {
        match self {
            KeyEnd::On(day) | KeyEnd::Between(day, _) => day,
        }
    }

    pub(crate) const fn source(self) -> &'static str {
        match self {
            KeyEnd::On(_) => {
                "published: https://support.atlassian.com/provisioning-users/docs/manage-scim-api-key-expiration"
            }
            KeyEnd::Between(..) => {
                "reported, a copy of Atlassian's release notes of 2026-03-09 whose own dates do not fit together: \
                 https://atlassian-releasenotes.valk.nu/features/atlassian-administration/atlassian-administration-scim-api-keys-set-to-expire"
            }
        }
    }

    /// What is known of the end, on a day: `expires on 2027-02-01, in 73 days`.
    pub(crate) fn in_words(self, as_of: Day) -> String {
        match self {
            KeyEnd::On(day) => match day.days_since(as_of) {
                0 => format!("expires today, {day}"),
                left @ 1.. => format!("expires on {day}, in {}", days(left)),
                left => format!("expired on {day}, {} ago", days(-left)),
            },
            KeyEnd::Between(first, last) if as_of < first => format!(
                "expires on a day between {first} and {last} (reported), at the earliest in {}",
                days(first.days_since(as_of))
            ),
            KeyEnd::Between(first, last) if as_of < last => format!(
                "expires on a day between {first} and {last} (reported), so it may have expired already"
            ),
            KeyEnd::Between(first, last) => {
                format!("expired on a day between {first} and {last} (reported)")
            }
        }
    }
}

fn days(number: i32) -> String {
    match number {
        1 => "1 day".to_owned(),
        number => format!("{number} days"),
    }
}

#[cfg(test)]
mod tests {
    use super::{EXPIRING_SINCE, KeyEnd};
    use crate::domain::day::Day;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_key_ends_on_the_same_date_a_year_later() {
        let end = |created| KeyEnd::of(day(created));
        assert_eq!(end("2026-02-01"), KeyEnd::On(day("2027-02-01")));
        // A leap day lies between: 366 days.
        assert_eq!(end("2027-06-01"), KeyEnd::On(day("2028-06-01")));
        assert_eq!(end("2028-02-29"), KeyEnd::On(day("2029-02-28")));
        assert_eq!(EXPIRING_SINCE, day("2025-01-01"));
        assert_eq!(end("2025-01-01"), KeyEnd::On(day("2026-01-01")));
    }

    #[test]
    fn of_an_older_key_the_days_between_are_known() {
        let end = KeyEnd::of(day("2024-12-31"));
        assert_eq!(
            end,
            KeyEnd::Between(day("2026-05-01"), day("2027-05-01")),
            "{end:?}"
        );
        assert_eq!(end.first(), day("2026-05-01"));
        assert_eq!(
            end.in_words(day("2026-04-30")),
            "expires on a day between 2026-05-01 and 2027-05-01 (reported), at the earliest in 1 day"
        );
        assert!(
            end.in_words(day("2026-11-20"))
                .ends_with("may have expired already")
        );
        assert!(
            end.in_words(day("2027-05-01"))
                .starts_with("expired on a day between")
        );
    }

    #[test]
    fn the_end_is_told_as_seen_from_a_day() {
        let end = KeyEnd::of(day("2026-02-01"));
        let told = |as_of| end.in_words(day(as_of));
        assert_eq!(told("2026-11-20"), "expires on 2027-02-01, in 73 days");
        assert_eq!(told("2027-02-01"), "expires today, 2027-02-01");
        assert_eq!(told("2027-02-03"), "expired on 2027-02-01, 2 days ago");
    }
}
