//! Text in a cell of CSV: no line end, nothing unseen, nothing that a spreadsheet would run as a formula.

use super::{is_unseen, line};

/// Adds a cell, quoted where it has to be.
pub(crate) fn push_cell(out: &mut Vec<u8>, text: &str) {
    let (plain, breaks) = looked_at(text);
    if plain {
        push_shown(out, text, breaks, may_run(text));
    } else {
        let shown = line(text);
        let (_, breaks) = looked_at(&shown);
        push_shown(out, &shown, breaks, may_run(text));
    }
}

/// Whether a text is of plain ASCII, and whether it has to be quoted. Every byte is looked at, whatever the ones before
/// it were: that is faster than to stop early. A semicolon parts cells where the comma is the mark of decimals.
fn looked_at(text: &str) -> (bool, bool) {
    text.bytes().fold((true, false), |(plain, breaks), byte| {
        (
            plain & matches!(byte, b' '..=b'~'),
            breaks | matches!(byte, b',' | b'"' | b';'),
        )
    })
}

fn push_shown(out: &mut Vec<u8>, text: &str, breaks: bool, runs: bool) {
    if breaks {
        out.push(b'"');
    }
    if runs {
        out.push(b'\'');
    }
    if breaks {
        for byte in text.bytes() {
            if byte == b'"' {
                out.push(b'"');
            }
            out.push(byte);
        }
        out.push(b'"');
    } else {
        out.extend_from_slice(text.as_bytes());
    }
}

/// Whether a spreadsheet may take the text for a formula: its first sign begins one, with nothing before it but
/// quotes, blanks and what nobody sees.
pub(crate) fn may_run(text: &str) -> bool {
    match text.as_bytes().first() {
        Some(b'=' | b'+' | b'-' | b'@') => return true,
        Some(b'!'..=b'~') if !text.starts_with(is_quote) => return false,
        None => return false,
        Some(_) => {}
    }
    let first = text
        .chars()
        .find(|&c| !is_quote(c) && !c.is_whitespace() && !is_unseen(c));
    let leads = text.starts_with(['\t', '\r', '\n']);
    leads || first.is_some_and(begins_formula)
}

fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '`' | '´' | '‘' | '’' | '‚' | '“' | '”' | '„' | '«' | '»' | '＇' | '＂'
    )
}

/// The signs that begin a formula, their full-width and small forms included.
fn begins_formula(c: char) -> bool {
    matches!(
        c,
        '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '﹦' | '﹢' | '﹣' | '﹫'
    )
}

/// The text of a cell that a guard was put before, without it: the other side of [`push_cell`].
pub(crate) fn without_guard(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if may_run(rest) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::{may_run, push_cell, without_guard};

    fn cell(text: &str) -> String {
        let mut out = Vec::new();
        push_cell(&mut out, text);
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn no_cell_runs_as_a_formula() {
        for text in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "＝1+1",
            "＋1",
            "－1",
            "＠x",
            "﹦1",
            "\t=1",
            "\r=1",
            " =1",
            "\u{a0}=1",
            "\u{3000}=1",
            "\u{feff}=1",
            "\u{200b}=1",
            "\u{200d}=1",
            "\"=1",
            "'=1",
            "“=1",
            "\u{feff} \"'=1",
        ] {
            assert!(may_run(text), "{text:?}");
            assert!(
                cell(text).trim_start_matches('"').starts_with('\''),
                "{text:?}"
            );
        }
        for text in [
            "",
            "a=1",
            "1-2",
            "'a",
            "\"a\" = b",
            "ana@example.com",
            "(no department)",
            "é=1",
        ] {
            assert!(!may_run(text), "{text:?}");
        }
    }

    #[test]
    fn what_parts_cells_is_quoted_and_a_cell_has_one_line() {
        assert_eq!(cell("plain"), "plain");
        assert_eq!(cell("one; two"), "\"one; two\"");
        assert_eq!(cell("Sales, EMEA"), "\"Sales, EMEA\"");
        assert_eq!(cell("say \"hi\"\nthere"), "\"say \"\"hi\"\"\\nthere\"");
        assert_eq!(cell("é\u{202e}x"), "é\\u{202e}x");
    }

    #[test]
    fn a_guard_is_taken_off_again() {
        for text in [
            "=1",
            "'=1",
            "''=1",
            "-x@example.com",
            "'x",
            "x",
            "",
            "\"=1",
            "＝1",
        ] {
            let mut out = Vec::new();
            push_cell(&mut out, text);
            let mut reader = ::csv::ReaderBuilder::new();
            let mut reader = reader.has_headers(false).from_reader(out.as_slice());
            let record = reader
                .records()
                .next()
                .map(|record| record.expect("a record"));
            let read = record.as_ref().map_or("", |record| &record[0]);
            assert_eq!(without_guard(read), text);
        }
    }
}
