//! Days as exports write them. Times of day and zones are dropped: no rule of the tool needs them.
//!
//! The shapes come from the format notes: ISO, `2026/04/10`, `3 Jan 2024`, `8/19/2021 1:25:31 PM`,
//! `28.08.2024`, `20210101093000.0Z`, Windows file times. "Never" and "no date" are values, not blanks.

use serde::Deserialize;

use crate::domain::day::Day;

/// Which part of `03/04/2025` is the day.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum DateOrder {
    DayFirst,
    MonthFirst,
}

/// What a date cell says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum DateCell {
    /// Blank, or a placeholder that stands for no date.
    Blank,
    /// One of the words or zero dates that stand for "never".
    Never,
    On(Day),
    /// "Before 11 Feb 2017".
    Before(Day),
    /// "Not active in the last 180 days".
    NotWithin(i32),
    /// Two readings; the whole column or an option has to decide.
    Ambiguous,
}

const NEVER: &[&str] = &[
    "-",
    "--",
    "never",
    "never logged in",
    "never accessed",
    "never signed in",
    "n/a",
];
/// Placeholders by their first ten characters.
const NEVER_DAYS: &[&str] = &["1970-01-01", "0001-01-01"];
const NO_DAYS: &[&str] = &["0000-00-00", "9999-12-31"];
/// What a reader is told when a cell fits none of the shapes.
pub(crate) const EXPECTED: &str = "a day such as 2026-11-30, 30 Nov 2026, 2026/11/30, 11/30/2026 or 30.11.2026, or \"Never accessed\"";

/// Reads one cell; `None` when it fits no known shape.
pub(crate) fn read_day(text: &str, order: Option<DateOrder>) -> Option<DateCell> {
    if let Some(day) = day_month_year(text.as_bytes()) {
        return Some(DateCell::On(day));
    }
    if text == "Never accessed" {
        return Some(DateCell::Never);
    }
    let text = text.trim();
    if text.is_empty() || text.eq_ignore_ascii_case("null") {
        return Some(DateCell::Blank);
    }
    let first = text.as_bytes()[0];
    if !first.is_ascii_digit() {
        return read_words(text);
    }
    if let Some(head) = text.get(..10) {
        if NEVER_DAYS.contains(&head) {
            return Some(DateCell::Never);
        }
        if NO_DAYS.contains(&head) {
            return Some(DateCell::Blank);
        }
    }
    let (one, rest) = leading_number(text)?;
    let separator = rest.chars().next();
    match separator {
        None => read_digits(text),
        Some('.') if text.find('.') == Some(14) => read_digits(text.get(..14)?),
        Some(' ') => read_month_name(one, rest.trim_start()),
        Some('-') if rest.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic) => {
            read_month_name(one, rest.get(1..)?)
        }
        Some(mark @ ('-' | '/' | '.')) => {
            let (two, rest) = leading_number(rest.strip_prefix(mark)?)?;
            let (three, rest) = leading_number(rest.strip_prefix(mark)?)?;
            if !is_time(rest) {
                return None;
            }
            if one > 31 {
                return ymd(one, two, three);
            }
            if three < 1000 {
                return None;
            }
            match (mark, order) {
                ('.', _) => ymd(three, two, one),
                (_, _) if one > 12 => ymd(three, two, one),
                (_, _) if two > 12 => ymd(three, one, two),
                (_, _) if one == two => ymd(three, one, two),
                (_, Some(DateOrder::DayFirst)) => ymd(three, two, one),
                (_, Some(DateOrder::MonthFirst)) => ymd(three, one, two),
                (_, None) => Some(DateCell::Ambiguous),
            }
        }
        Some('Z') => read_digits(text.get(..14)?),
        Some(_) => None,
    }
}

/// `3 Jan 2024`, the shape of Atlassian's exports, read without any detour: a million rows have several each.
fn day_month_year(text: &[u8]) -> Option<Day> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| u32::from(byte - b'0'));
    let (day, rest) = match text {
        [one, b' ', rest @ ..] => (digit(*one)?, rest),
        [ten, one, b' ', rest @ ..] => (digit(*ten)? * 10 + digit(*one)?, rest),
        _ => return None,
    };
    let [a, b, c, b' ', year @ ..] = rest else {
        return None;
    };
    let month = month([*a, *b, *c]);
    let [thousand, hundred, ten, one] = year else {
        return None;
    };
    let year = digit(*thousand)? * 1000 + digit(*hundred)? * 100 + digit(*ten)? * 10 + digit(*one)?;
    match ymd(year, month, day)? {
        DateCell::On(day) => Some(day),
        _ => None,
    }
}

/// The month of its first three letters, or 0. All twelve are compared: months come in no order, so that a search which
/// ends at the right one is guessed wrongly by the processor nearly every time.
fn month(letters: [u8; 3]) -> u32 {
    const MONTHS: [&[u8; 3]; 12] = [
        b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov",
        b"Dec",
    ];
    (1..)
        .zip(MONTHS)
        .map(|(number, name)| number * u32::from(*name == letters))
        .sum()
}

/// The order that one `a/b/year` cell proves, if it does.
pub(crate) fn proven_order(text: &str) -> Option<DateOrder> {
    let (one, rest) = leading_number(text.trim())?;
    let mark = rest
        .chars()
        .next()
        .filter(|mark| matches!(mark, '/' | '-'))?;
    let (two, _) = leading_number(rest.strip_prefix(mark)?)?;
    match (one, two) {
        (13..=31, _) => Some(DateOrder::DayFirst),
        (1..=12, 13..=31) => Some(DateOrder::MonthFirst),
        _ => None,
    }
}

/// A Windows file time: 100 ns ticks since 1601-01-01; 0 and the largest value stand for never and no date.
pub(crate) fn read_file_time(text: &str) -> Option<DateCell> {
    let text = text.trim();
    match text {
        "" => return Some(DateCell::Blank),
        "0" => return Some(DateCell::Never),
        "9223372036854775807" => return Some(DateCell::Blank),
        _ => {}
    }
    let ticks: i64 = text.parse().ok()?;
    // 134,774 days lie between 1601-01-01 and 1970-01-01.
    let days = i32::try_from(ticks / 864_000_000_000).ok()? - 134_774;
    Some(DateCell::On(Day::from_epoch_days(days)))
}

fn read_words(text: &str) -> Option<DateCell> {
    let lower = text.to_ascii_lowercase();
    if NEVER.contains(&lower.as_str()) {
        return Some(DateCell::Never);
    }
    if let Some(day) = lower.strip_prefix("before ") {
        return match read_day(day, None)? {
            DateCell::On(day) => Some(DateCell::Before(day)),
            _ => None,
        };
    }
    let days = lower
        .strip_prefix("not active in the last ")?
        .strip_suffix(" days")?;
    let days: u16 = days.trim().parse().ok()?;
    Some(DateCell::NotWithin(days.into()))
}

/// `YYYYMMDD`, `YYYYMMDDhhmmss`, or seconds or milliseconds since 1970.
fn read_digits(text: &str) -> Option<DateCell> {
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i64 = text.parse().ok()?;
    match text.len() {
        8 | 14 => ymd(
            text.get(..4)?.parse().ok()?,
            text.get(4..6)?.parse().ok()?,
            text.get(6..8)?.parse().ok()?,
        ),
        9 | 10 => epoch_seconds(number),
        12 | 13 => epoch_seconds(number / 1000),
        _ => None,
    }
}

fn epoch_seconds(seconds: i64) -> Option<DateCell> {
    i32::try_from(seconds / 86_400)
        .ok()
        .map(|days| DateCell::On(Day::from_epoch_days(days)))
}

/// The rest of `3 Jan 2024`, `3-Jan-2024` or `3 Jan 2024 15:31:57`, from the month on.
fn read_month_name(day: u32, rest: &str) -> Option<DateCell> {
    let name = rest.get(..3)?;
    let month = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    .iter()
    .position(|month| name.eq_ignore_ascii_case(month))?;
    let rest = rest
        .get(3..)?
        .trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let rest = rest
        .strip_prefix([' ', '-', ','])
        .unwrap_or(rest)
        .trim_start();
    let (year, rest) = leading_number(rest)?;
    if !is_time(rest) || year < 1000 {
        return None;
    }
    ymd(year, month as u32 + 1, day)
}

/// Whether what follows a date can only be a time of day (which nothing needs).
fn is_time(rest: &str) -> bool {
    rest.is_empty()
        || (rest.starts_with(['T', ' ', ','])
            && rest
                .chars()
                .all(|c| c.is_ascii_digit() || "T :.,+-ZAPMapm\u{202f}".contains(c)))
}

fn leading_number(text: &str) -> Option<(u32, &str)> {
    let end = text
        .bytes()
        .position(|b| !b.is_ascii_digit())
        .unwrap_or(text.len());
    if end == 0 || end > 9 {
        return if end > 9 {
            Some((u32::MAX, text.get(end..)?))
        } else {
            None
        };
    }
    Some((text.get(..end)?.parse().ok()?, text.get(end..)?))
}

fn ymd(year: u32, month: u32, day: u32) -> Option<DateCell> {
    if !(1900..=2200).contains(&year) {
        return None;
    }
    Day::from_ymd(i32::try_from(year).ok()?, month, day).map(DateCell::On)
}

#[cfg(test)]
mod tests {
    use super::{DateCell, DateOrder, proven_order, read_day, read_file_time};
    use crate::domain::day::Day;

    fn on(year: i32, month: u32, day: u32) -> Option<DateCell> {
        Day::from_ymd(year, month, day).map(DateCell::On)
    }

    #[test]
    fn every_documented_shape_is_read() {
        for (text, expected) in [
            ("2025-09-29T01:51:15.000Z", on(2025, 9, 29)),
            ("2025-09-29T01:51:15+00:00", on(2025, 9, 29)),
            ("2026-11-02 08:12:44.0", on(2026, 11, 2)),
            ("2026/04/10 04:05:20", on(2026, 4, 10)),
            ("8/19/2021 1:25:31 PM", on(2021, 8, 19)),
            ("07/28/2025", on(2025, 7, 28)),
            ("28/08/2024", on(2024, 8, 28)),
            ("28/8/2024 9:31", on(2024, 8, 28)),
            ("28.08.2024", on(2024, 8, 28)),
            ("3 Jan 2024", on(2024, 1, 3)),
            ("28 August 2024", on(2024, 8, 28)),
            ("14 Dec 2012 15:31:57", on(2012, 12, 14)),
            ("20210101093000.0Z", on(2021, 1, 1)),
            ("2025-12-23T09:00:00", on(2025, 12, 23)),
            ("1754230000000", on(2025, 8, 3)),
            ("Never accessed", Some(DateCell::Never)),
            ("Never Accessed", Some(DateCell::Never)),
            ("Never logged in", Some(DateCell::Never)),
            ("1970-01-01T00:00:00.000Z", Some(DateCell::Never)),
            ("0001-01-01T00:00:00Z", Some(DateCell::Never)),
            ("0000-00-00", Some(DateCell::Blank)),
            ("9999-12-31T23:59:59Z", Some(DateCell::Blank)),
            ("  ", Some(DateCell::Blank)),
            (
                "Before 11 Feb 2017",
                Day::from_ymd(2017, 2, 11).map(DateCell::Before),
            ),
            (
                "Not active in the last 180 days",
                Some(DateCell::NotWithin(180)),
            ),
            ("03/04/2025", Some(DateCell::Ambiguous)),
            ("05/05/2025", on(2025, 5, 5)),
        ] {
            assert_eq!(read_day(text, None), expected, "{text}");
        }
    }

    #[test]
    fn nonsense_is_not_a_day() {
        for text in [
            "31 Feb 2024",
            "2024-13-01",
            "yesterday",
            "12",
            "3 Foo 2024",
            "2024-01-01x",
            "99999999999999999",
        ] {
            assert_eq!(read_day(text, None), None, "{text}");
        }
    }

    #[test]
    fn an_order_decides_what_one_cell_cannot() {
        assert_eq!(
            read_day("03/04/2025", Some(DateOrder::DayFirst)),
            on(2025, 4, 3)
        );
        assert_eq!(
            read_day("03/04/2025", Some(DateOrder::MonthFirst)),
            on(2025, 3, 4)
        );
        assert_eq!(proven_order("28/08/2024"), Some(DateOrder::DayFirst));
        assert_eq!(
            proven_order("8/19/2021 1:25 PM"),
            Some(DateOrder::MonthFirst)
        );
        assert_eq!(proven_order("03/04/2025"), None);
    }

    #[test]
    fn file_times_count_from_1601() {
        assert_eq!(read_file_time("133485408000000000"), on(2024, 1, 1));
        assert_eq!(read_file_time("0"), Some(DateCell::Never));
        assert_eq!(read_file_time("9223372036854775807"), Some(DateCell::Blank));
        assert_eq!(read_file_time("soon"), None);
    }
}
