//! Deadlines as the text of an iCalendar file (RFC 5545): events of whole days, with an alarm two weeks before.
//!
//! The same deadlines give the same bytes: no clock, and identifiers made of kind, day and place.

use super::deadlines::Deadline;
use crate::domain::day::Day;

/// RFC 5545, 3.1: lines longer than 75 octets are folded.
const LINE_OCTETS: usize = 75;

/// The text of a calendar; `day` is that of the report.
pub(crate) fn calendar(deadlines: &[Deadline], organisation: &str, day: Day) -> String {
    let mut text = String::new();
    let mut line = |content: &str| fold(&mut text, content);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//seatledger//deadlines//EN");
    line("CALSCALE:GREGORIAN");
    for (place, one) in deadlines.iter().enumerate() {
        let kind = one.kind.as_str();
        line("BEGIN:VEVENT");
        line(&format!("UID:{kind}-{}-{}@seatledger", one.day, place + 1));
        line(&format!("DTSTAMP:{}T000000Z", digits(day)));
        line(&format!("DTSTART;VALUE=DATE:{}", digits(one.day)));
        line(&format!(
            "DTEND;VALUE=DATE:{}",
            digits(one.day.plus_days(1))
        ));
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

fn digits(day: Day) -> String {
    day.to_string().replace('-', "")
}

/// RFC 5545, 3.3.11: backslash, semicolon, comma and line ends are escaped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(letter);
            }
            '\n' => out.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

/// Adds a line, folded between letters, with the line end that the format asks for.
fn fold(text: &mut String, content: &str) {
    let mut octets = 0;
    for letter in content.chars() {
        if octets + letter.len_utf8() > LINE_OCTETS {
            text.push_str("\r\n ");
            octets = 1;
        }
        text.push(letter);
        octets += letter.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::calendar;
    use crate::model::deadlines::{Deadline, DeadlineKind};
    use crate::model::figure::Basis;
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
        assert!(text.contains("UID:renewal-2027-02-28-1@seatledger\r\n"));
        assert!(text.contains("DTSTART;VALUE=DATE:20270228\r\nDTEND;VALUE=DATE:20270301\r\n"));
        assert!(text.contains("SUMMARY:Acme: Jira\\, Standard\\; on acme renews\r\n"));
        assert!(text.lines().all(|line| line.len() <= 75));
        let unfolded = text.replace("\r\n ", "");
        assert!(unfolded.contains("— früh genug\\nSource: seatledger.toml"));
    }

    #[test]
    fn no_deadline_is_still_a_calendar() {
        let text = calendar(&[], "Acme", day("2026-11-23"));
        assert_eq!(text.matches("BEGIN:").count(), 1);
    }
}
