//! The block reader held against the csv crate, and where quotes are doubtful against a reader that goes byte by byte.
//!
//! Built for tests and for fuzzing alone.

use csv::{ReaderBuilder, StringRecord};

use super::careful::{self, Form, Trouble};
use super::source::{Next, Record};
use super::{blocks, limits};

/// A record's line, and its cells or what is wrong with it.
type Read = (u64, Result<Vec<String>, Trouble>);

impl Form {
    /// A form like a file's, with blocks and records of any size.
    pub(crate) fn sized(text: &[u8], delimiter: u8, block: usize) -> Form {
        let cr_alone = text.contains(&b'\r') && !text.contains(&b'\n');
        Form {
            delimiter,
            line_end: if cr_alone { b'\r' } else { b'\n' },
            block,
            most_bytes: limits::RECORD_BYTES,
            most_lines: limits::RECORD_LINES,
        }
    }
}

/// What the block reader or the careful one reads otherwise than it should; `None` for text that is no UTF-8.
pub(crate) fn difference(text: &[u8], form: Form) -> Option<String> {
    str::from_utf8(text).ok()?;
    let expected = by_bytes(text, form);
    let by_blocks = collected(|visit| blocks::each_record(text, form, 1, visit));
    if by_blocks != expected {
        return Some(format!("blocks: {by_blocks:?}\nbytes: {expected:?}"));
    }
    let by_care = collected(|visit| careful::each_record(text, form, 1, visit));
    if by_care != expected {
        return Some(format!("careful: {by_care:?}\nbytes: {expected:?}"));
    }
    if expected.iter().all(|(_, cells)| cells.is_ok()) {
        let by_csv = by_csv(text, form);
        if by_csv != expected {
            return Some(format!("csv: {by_csv:?}\nbytes: {expected:?}"));
        }
    }
    None
}

fn collected<T>(
    read: impl FnOnce(&mut dyn FnMut(&Record<'_>) -> Result<Next, super::source::Stop>) -> Result<(), T>,
) -> Vec<Read> {
    let mut records: Vec<Read> = Vec::new();
    let done = read(&mut |record| {
        let cells = record.cells.iter().map(str::to_owned).collect();
        let without_text = |trouble: &Trouble| match trouble.clone() {
            Trouble::Stray { cell, taken, .. } => stray(cell, taken),
            Trouble::Endless { cell, .. } => endless(cell),
            Trouble::TooLong => Trouble::TooLong,
        };
        let trouble = record.trouble.as_ref().map(without_text);
        records.push((record.line, trouble.map_or(Ok(cells), Err)));
        Ok(Next::Go)
    });
    assert!(done.is_ok(), "valid text is read");
    records
}

fn stray(cell: usize, taken: u64) -> Trouble {
    let text = String::new();
    Trouble::Stray { cell, text, taken }
}

fn endless(cell: usize) -> Trouble {
    let text = String::new();
    Trouble::Endless { cell, text }
}

/// The records as the csv crate has them, each with the line that it begins in: the crate's own numbers are those of
/// blank lines before a record.
fn by_csv(text: &[u8], form: Form) -> Vec<Read> {
    let mut reader = ReaderBuilder::new()
        .delimiter(form.delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text);
    let mut record = StringRecord::new();
    let mut records = Vec::new();
    while reader.read_record(&mut record).is_ok_and(|more| more) {
        let from = record.position().map_or(0, csv::Position::byte) as usize;
        let blank = text[from..].iter().take_while(|byte| is_line_end(**byte));
        let before = &text[..from + blank.count()];
        let line = 1 + before.iter().filter(|byte| **byte == form.line_end).count();
        let cells = record.iter().map(str::to_owned).collect();
        records.push((line as u64, Ok(cells)));
    }
    records
}

const fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}

#[derive(Clone, Copy, PartialEq)]
enum At {
    CellStart,
    Plain,
    Quoted,
    /// Behind a quote in a quoted cell.
    QuoteSeen,
}

/// The records by a plain reading, one byte after the other.
fn by_bytes(text: &[u8], form: Form) -> Vec<Read> {
    let mut records = Vec::new();
    let (mut place, mut line) = (0, 1);
    let next_line_end = |from: usize| {
        let rest = text[from..].iter();
        rest.take_while(|byte| !is_line_end(**byte)).count() + from
    };
    while place < text.len() {
        if is_line_end(text[place]) {
            line += u64::from(text[place] == form.line_end);
            place += 1;
            continue;
        }
        let (end, line_of, read) = one_by_bytes(text, place, line, form);
        let end = if read.is_err() {
            next_line_end(end)
        } else {
            end
        };
        let ends = text[place..end].iter().filter(|b| **b == form.line_end);
        line += ends.count() as u64;
        place = end;
        records.push((line_of, read));
    }
    records
}

/// Where the record at this place ends, or where its faulty cell begins, with the line of that; and its cells.
fn one_by_bytes(
    text: &[u8],
    start: usize,
    line: u64,
    form: Form,
) -> (usize, u64, Result<Vec<String>, Trouble>) {
    let mut cells = vec![Vec::new()];
    let mut at = At::CellStart;
    let (mut lines, mut opened) = (0, (start, 0));
    let mut place = start;
    let failed = |opened: (usize, u64), trouble| (opened.0, line + opened.1, Err(trouble));
    loop {
        let number = cells.len() - 1;
        let cell = &mut cells[number];
        let Some(&byte) = text.get(place) else {
            if at == At::Quoted {
                let last = u64::from(text.ends_with(&[form.line_end]) && lines > opened.1);
                return failed(opened, stray(number, lines - opened.1 - last));
            }
            break;
        };
        let length = place - start;
        let outside = at != At::Quoted;
        let ends = outside && (is_line_end(byte) || byte == form.delimiter);
        // The byte behind the last one allowed may only be a line's end.
        if length > form.most_bytes || length == form.most_bytes && !(outside && is_line_end(byte))
        {
            if length <= form.most_bytes && (outside && byte == b'"' && at == At::CellStart) {
                return failed((place, lines), endless(number));
            }
            if at == At::Quoted && !(length == form.most_bytes && byte == b'"') {
                return failed(opened, endless(number));
            }
            if length == form.most_bytes && at == At::QuoteSeen && byte != b'"' && !ends {
                return failed(opened, stray(number, lines - opened.1));
            }
            if length == form.most_bytes && at == At::QuoteSeen && byte == b'"' {
                return failed(opened, endless(number));
            }
            return (start, line, Err(Trouble::TooLong));
        }
        match at {
            At::CellStart if byte == b'"' => {
                opened = (place, lines);
                at = At::Quoted;
            }
            At::QuoteSeen if byte == b'"' => {
                cell.push(byte);
                at = At::Quoted;
            }
            _ if ends && byte == form.delimiter => {
                cells.push(Vec::new());
                at = At::CellStart;
            }
            _ if ends => break,
            At::QuoteSeen => return failed(opened, stray(number, lines - opened.1)),
            At::Quoted if byte == b'"' => at = At::QuoteSeen,
            At::Quoted => {
                cell.push(byte);
                lines += u64::from(byte == form.line_end);
                if lines >= form.most_lines {
                    return failed(opened, endless(number));
                }
            }
            At::CellStart | At::Plain => {
                cell.push(byte);
                at = At::Plain;
            }
        }
        place += 1;
    }
    let text = |cell: Vec<u8>| String::from_utf8_lossy(&cell).into_owned();
    (place, line, Ok(cells.into_iter().map(text).collect()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Strategy, prop_assert_eq, prop_oneof, proptest};
    use proptest::strategy::Just;

    use super::{Form, difference};

    /// Pieces that tables are made of, long ones among them, so that they lie across chunks and blocks anyhow.
    fn pieces(odd: bool) -> impl Strategy<Value = Vec<String>> {
        let plain = |text: &str| Just(text.to_owned());
        let any = prop_oneof![
            6 => plain(","),
            6 => plain("a"),
            2 => plain("é b"),
            2 => plain(";"),
            4 => plain("\n"),
            3 => plain("\r\n"),
            4 => plain("\"q\""),
            2 => plain("\"two\nlines\""),
            2 => plain(",\"say \"\"hi\"\"\","),
            2 => plain("\"\""),
            2 => (1_usize..90).prop_map(|count| "x".repeat(count)),
            1 => (1_usize..70).prop_map(|count| format!(",\"{}\"", "\"\"".repeat(count))),
        ];
        let oddities = prop_oneof![
            2 => plain("\""),
            2 => plain("\r"),
            1 => plain("\"never closed"),
            1 => plain("\"a \"b\" c\""),
        ];
        let one = if odd {
            prop_oneof![12 => any, 1 => oddities].boxed()
        } else {
            any.boxed()
        };
        proptest::collection::vec(one, 0..80)
    }

    proptest! {
        #[test]
        fn blocks_of_any_size_give_the_same_records(
            pieces in pieces(false),
            block in 1_usize..300,
            semicolon in proptest::bool::ANY,
        ) {
            let text = pieces.concat();
            let delimiter = if semicolon { b';' } else { b',' };
            let form = Form::sized(text.as_bytes(), delimiter, block);
            prop_assert_eq!(difference(text.as_bytes(), form), None);
        }

        #[test]
        fn odd_quotes_and_line_ends_take_no_other_record_along(
            pieces in pieces(true),
            block in 1_usize..300,
        ) {
            let text = pieces.concat();
            let form = Form::sized(text.as_bytes(), b',', block);
            prop_assert_eq!(difference(text.as_bytes(), form), None);
        }

        #[test]
        fn a_record_beyond_the_limits_takes_no_other_along(
            pieces in pieces(true),
            block in 1_usize..100,
            most_bytes in 1_usize..300,
            most_lines in 1_u64..6,
        ) {
            let text = pieces.concat();
            let form = Form {
                most_bytes,
                most_lines,
                ..Form::sized(text.as_bytes(), b',', block)
            };
            prop_assert_eq!(difference(text.as_bytes(), form), None);
        }
    }

    #[test]
    fn records_that_end_at_a_chunks_edge() {
        for width in 55..75 {
            for end in ["\n", "\r\n", "\r"] {
                for quote in ["", "\"", "\"\"", "\" "] {
                    let line = format!("{}{quote},\"{}\"{end}", "x".repeat(width), "y".repeat(62));
                    let text = [line.as_str(), "\"a\nb\",c", end, &line].concat();
                    for block in [1, 64, 65, 128] {
                        let form = Form::sized(text.as_bytes(), b',', block);
                        assert_eq!(difference(text.as_bytes(), form), None, "{text:?}");
                    }
                }
            }
        }
    }
}
