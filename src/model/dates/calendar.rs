//! Deadlines as the text of an iCalendar file (RFC 5545): events of whole days, with an alarm two weeks before.
//!
//! The same deadlines give the same bytes: no clock. An event's identifier is made of what it is of, so that a
//! calendar that has it already updates it, whatever other deadlines come or go, and no two organisations share one.

use super::deadlines::Deadline;
use crate::domain::day::Day;
use crate::safe::ics::{escaped, push_line};

/// The text of a calendar; `day` is that of the report.
pub(crate) fn calendar(deadlines: &[Deadline], organisation: &str, day: Day) -> String {
    let mut text = String::new();
    let mut line = |content: &str| push_line(&mut text, content);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//seatledger//deadlines//EN");
    line("CALSCALE:GREGORIAN");
    let stamp = digits(day).unwrap_or_else(|| LAST_DAY.to_owned());
    for one in deadlines {
        // What lies past the last day that the format has is in deadlines.csv alone.
        let Some(starts) = digits(one.day) else {
            continue;
        };
        line("BEGIN:VEVENT");
        line(&format!(
            "UID:{:032x}@seatledger",
            identity(organisation, one)
        ));
        line(&format!("DTSTAMP:{stamp}T000000Z"));
        line(&format!("DTSTART;VALUE=DATE:{starts}"));
        // Without an end, an event of a date lasts that day.
        if let Some(ends) = digits(one.day.plus_days(1)) {
            line(&format!("DTEND;VALUE=DATE:{ends}"));
        }
        line(&format!(
            "SUMMARY:{}: {}",
            escaped(organisation),
            escaped(&one.what)
        ));
        line(&format!(
            "DESCRIPTION:{}\\nSource: {}",
            escaped(&one.action),
            escaped(&one.source)
        ));
        line("TRANSP:TRANSPARENT");
        line("BEGIN:VALARM");
        line("ACTION:DISPLAY");
        line(&format!("DESCRIPTION:{}", escaped(&one.what)));
        line("TRIGGER:-P14D");
        line("END:VALARM");
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    text
}

/// What makes an event this one and no other, as a number that is the same in every run: FNV-1a of 128 bits.
fn identity(organisation: &str, deadline: &Deadline) -> u128 {
    const START: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0100_0000_0000_0000_0000_013b;
    let day = deadline.day.to_string();
    let parts = [organisation, deadline.kind.as_str(), &deadline.what, &day];
    // No byte of UTF-8 is 255, so parts cannot run into each other.
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([u8::MAX]));
    bytes.fold(START, |hash, byte| {
        (hash ^ u128::from(byte)).wrapping_mul(PRIME)
    })
}

/// RFC 5545, 3.3.4: a year has four digits.
const LAST_DAY: &str = "99991231";

/// A day as the format writes it, where it can.
fn digits(day: Day) -> Option<String> {
    let text = day.to_string();
    let digits: String = text.split('-').collect();
    (text.len() == "9999-12-31".len() && digits.len() == LAST_DAY.len()).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::calendar;
    use crate::model::basis::Basis;
    use crate::model::dates::deadlines::{Deadline, DeadlineKind};
    use crate::model::fixtures::day;

    fn one() -> Deadline {
        Deadline {
            day: day("2027-02-28"),
            kind: DeadlineKind::Renewal,
            what: "Jira, Standard; on acme renews".to_owned(),
            action: "tell the vendor the number of seats, which is settled for a whole year — früh genug".to_owned(),
            days_left: 97,
            basis: Basis::Configured,
            source: "seatledger.toml".to_owned(),
        }
    }

    #[test]
    fn an_event_is_a_whole_day_with_its_text_escaped() {
        let text = calendar(&[one()], "Acme", day("2026-11-23"));
        assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
        assert!(text.ends_with("END:VCALENDAR\r\n"));
        assert!(text.contains("DTSTART;VALUE=DATE:20270228\r\nDTEND;VALUE=DATE:20270301\r\n"));
        assert!(text.contains("SUMMARY:Acme: Jira\\, Standard\\; on acme renews\r\n"));
        assert!(text.lines().all(|line| line.len() <= 75));
        let unfolded = text.replace("\r\n ", "");
        assert!(unfolded.contains("— früh genug\\nSource: seatledger.toml"));
    }

    fn identifiers(text: &str) -> Vec<&str> {
        text.lines()
            .filter_map(|line| line.strip_prefix("UID:"))
            .collect()
    }

    #[test]
    fn an_event_keeps_its_identifier_and_shares_it_with_no_other() {
        let of = |deadlines: &[Deadline], organisation, on| {
            let text = calendar(deadlines, organisation, day(on));
            identifiers(&text)
                .iter()
                .map(|&uid| uid.to_owned())
                .collect::<Vec<_>>()
        };
        let alone = of(&[one()], "Acme", "2026-11-23");
        assert_eq!(alone, ["cb23063281da0e639e651d2aa3945899@seatledger"]);
        // Another day's report, and an earlier deadline before it.
        let earlier = Deadline {
            day: day("2027-01-01"),
            ..one()
        };
        let both = of(&[earlier, one()], "Acme", "2026-12-01");
        assert_eq!(both[1], alone[0]);
        assert_ne!(both[0], alone[0]);
        assert_ne!(of(&[one()], "Globex", "2026-11-23"), alone);
        let notice = Deadline {
            kind: DeadlineKind::NoticeDay,
            ..one()
        };
        assert_ne!(of(&[notice], "Acme", "2026-11-23"), alone);
    }

    #[test]
    fn a_day_past_the_last_one_of_the_format_has_no_event() {
        let last = day("9999-12-31");
        let of = |day| calendar(&[Deadline { day, ..one() }], "Acme", last);
        let text = of(last);
        assert!(
            text.contains("DTSTART;VALUE=DATE:99991231\r\nSUMMARY"),
            "{text}"
        );
        assert_eq!(of(last.plus_days(1)).matches("BEGIN:").count(), 1);
        assert_eq!(of(last.plus_days(-3_660_000)).matches("BEGIN:").count(), 1);
        let far = calendar(&[one()], "Acme", last.plus_days(400));
        assert!(far.contains("DTSTAMP:99991231T000000Z\r\n"), "{far}");
    }

    #[test]
    fn no_deadline_is_still_a_calendar() {
        let text = calendar(&[], "Acme", day("2026-11-23"));
        assert_eq!(text.matches("BEGIN:").count(), 1);
    }
}
