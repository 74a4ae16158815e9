//! Text from outside made safe: one file for each kind of output, and all output passes its own.
//!
//! An export, a file name or a configuration may hold characters that steer what shows them: escape codes of
//! terminals, marks that turn the direction of reading, separators that only some programs take for the end of a
//! line, letters without any width. None of them is ever written as it is: each is shown by its number, `\u{202e}`,
//! and an end of a line or a tab within a value as `\n`, `\r`, `\t`. JSON and TOML, which are read by programs, have
//! their own escapes and give every value back as it was.
//!
//! Here are characters alone: what is written, where it breaks and how it looks is the renderers' business.

pub(crate) mod csv;
pub(crate) mod ics;
pub(crate) mod json;
pub(crate) mod markdown;
pub(crate) mod terminal;
pub(crate) mod toml;
pub(crate) mod xml;

use std::borrow::Cow;

/// Whether a character is never shown as it is: controls, marks of direction, separators of lines, format characters
/// without a width, and those that are no characters.
fn is_hostile(c: char) -> bool {
    matches!(
        c,
        '\u{0}'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'
            | '\u{200e}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fdd0}'..='\u{fdef}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e007f}'
    ) || u32::from(c) & 0xfffe == 0xfffe
}

/// The joiners that Persian and Indic names are written with, and pictures of several people: without a width, too.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Whether a character is one that nobody sees or that steers what shows it, wherever it stands.
pub(crate) fn is_unseen(c: char) -> bool {
    is_hostile(c) || is_joiner(c)
}

/// Whether every byte stands for a letter, digit or sign of ASCII: then there is nothing to look for.
fn is_plain(text: &str) -> bool {
    text.bytes()
        .fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~'))
}

/// The text on one line, with every hostile character shown by its number.
fn line(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let mut shown: Option<String> = None;
    let mut before = None;
    let mut rest = text.char_indices().peekable();
    while let Some((place, c)) = rest.next() {
        let after = rest.peek().map(|(_, after)| *after);
        // A joiner between two letters beyond ASCII has a meaning; any other hides something.
        let joins = |beside: Option<char>| beside.is_some_and(|c| !c.is_ascii() && !is_hostile(c));
        let hostile = is_hostile(c) || is_joiner(c) && !(joins(before) && joins(after));
        if hostile {
            push_escape(shown.get_or_insert_with(|| text[..place].to_owned()), c);
        } else if let Some(shown) = &mut shown {
            shown.push(c);
        }
        before = Some(c);
    }
    shown.map_or(Cow::Borrowed(text), Cow::Owned)
}

fn push_escape(shown: &mut String, c: char) {
    match c {
        '\n' => shown.push_str("\\n"),
        '\r' => shown.push_str("\\r"),
        '\t' => shown.push_str("\\t"),
        c => shown.extend(c.escape_unicode()),
    }
}

#[cfg(test)]
mod tests {
    use super::{is_hostile, line};

    #[test]
    fn what_steers_a_reader_is_shown_by_its_number() {
        assert_eq!(line("a\u{1b}[31mb"), "a\\u{1b}[31mb");
        assert_eq!(line("invoice\u{202e}fdp.exe"), "invoice\\u{202e}fdp.exe");
        assert_eq!(
            line("a\u{85}b\u{2028}c\u{feff}"),
            "a\\u{85}b\\u{2028}c\\u{feff}"
        );
        assert_eq!(line("one\r\ntwo\tthree"), "one\\r\\ntwo\\tthree");
        assert_eq!(
            line("\u{0}\u{7f}\u{ffff}\u{e0041}"),
            "\\u{0}\\u{7f}\\u{ffff}\\u{e0041}"
        );
    }

    #[test]
    fn letters_of_any_script_stay_as_they_are() {
        for text in [
            "",
            "Zoë Łukasz–Ño",
            "北京 東京 葛\u{e0100}",
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
            "👩\u{200d}👧",
            "שלום",
            "e\u{301}",
            "a\u{a0}b",
        ] {
            assert_eq!(line(text), text);
        }
        // Between other letters a joiner only hides itself.
        assert_eq!(line("ad\u{200d}min"), "ad\\u{200d}min");
        assert_eq!(line("\u{200c}می"), "\\u{200c}می");
    }

    #[test]
    fn no_control_and_no_mark_of_direction_is_let_through() {
        for c in (0..=0x10_ffff).filter_map(char::from_u32) {
            if c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') {
                assert!(is_hostile(c), "{c:?}");
            }
        }
        // What is shown is safe already, so that a text may pass twice.
        let once = line("a\u{1b}\nb").into_owned();
        assert_eq!(line(&once), once);
    }
}
