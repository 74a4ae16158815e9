//! Text in iCalendar (RFC 5545): a value on one line of content, folded between letters.

use super::line;

/// RFC 5545, 3.1: lines longer than 75 octets are folded.
const LINE_OCTETS: usize = 75;

/// RFC 5545, 3.3.11: backslash, semicolon, comma and line ends are escaped. All else that a program might take for
/// the end of a line is shown by its number.
pub(crate) fn escaped(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let lines: Vec<String> = text.split(['\n', '\r']).map(escaped_line).collect();
    lines.join("\\n")
}

fn escaped_line(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in line(text).chars() {
        if matches!(c, '\\' | ';' | ',') {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

/// Adds a line, folded between letters, with the line end that the format asks for.
pub(crate) fn push_line(out: &mut String, content: &str) {
    let mut octets = 0;
    for letter in content.chars() {
        if octets + letter.len_utf8() > LINE_OCTETS {
            out.push_str("\r\n ");
            octets = 1;
        }
        out.push(letter);
        octets += letter.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::{escaped, push_line};

    #[test]
    fn a_value_has_one_line() {
        assert_eq!(escaped("a, b; c\\d"), "a\\, b\\; c\\\\d");
        assert_eq!(
            escaped("one\r\ntwo\rthree\nfour"),
            "one\\ntwo\\nthree\\nfour"
        );
        assert_eq!(
            escaped("x\u{2028}y\u{85}z\u{b}"),
            "x\\\\u{2028}y\\\\u{85}z\\\\u{b}"
        );
    }

    #[test]
    fn lines_are_folded_between_letters() {
        let mut out = String::new();
        push_line(&mut out, &"é€😀".repeat(40));
        assert!(out.split("\r\n").all(|line| line.len() <= 75), "{out}");
        assert_eq!(
            out.replace("\r\n ", ""),
            format!("{}\r\n", "é€😀".repeat(40))
        );
    }
}
