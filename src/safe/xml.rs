//! Text in XML, which SVG is: well formed whatever the text was. XML 1.0 has no way to write most controls, so they
//! are shown by their numbers as everywhere.

use std::borrow::Cow;

use super::line;

/// The text on one line, for a back end that escapes markup itself.
pub(crate) fn shown(text: &str) -> Cow<'_, str> {
    line(text)
}

/// The text between two tags.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in line(text).chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn markup_and_what_xml_cannot_hold_are_escaped() {
        assert_eq!(
            escaped("R&D <\u{b}]]>\u{ffff}"),
            "R&amp;D &lt;\\u{b}]]&gt;\\u{ffff}"
        );
    }
}
