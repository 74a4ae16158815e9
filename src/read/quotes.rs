//! Quotes that end no cell. A CSV reader takes `"a "b" c"` for the cell `a b" c"` without a word; some exporters
//! write such cells (JumpCloud's among them), and what was meant can't be told. Here the bytes of a doubtful record
//! are looked at once more.

use std::io::{self, Read};
use std::mem;

use csv::StringRecord;

/// A cell whose quotes are not those of CSV.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Stray {
    pub(super) cell: usize,
    /// The cell as the file has it, cut where it is long.
    pub(super) text: String,
}

const SHOWN: usize = 60;

impl Stray {
    /// A record too long to be looked at again: its longest cell has swallowed the rest.
    pub(super) fn without_end(record: &StringRecord) -> Stray {
        let longest = record.iter().enumerate().max_by_key(|(_, cell)| cell.len());
        longest.map_or_else(
            || stray(0, b""),
            |(cell, text)| stray(cell, text.as_bytes()),
        )
    }
}

/// Whether a record as it was read can come of stray quotes: then a cell holds a quote or a line's end.
pub(super) fn is_doubtful(record: &StringRecord) -> bool {
    let cells = record.as_slice().bytes();
    // Every byte is looked at, whatever the ones before it were: that is faster than to stop early.
    // As numbers rather than truths, for which the compiler has wide instructions.
    cells.fold(0_u8, |doubt, byte| {
        doubt | u8::from(byte == b'"') | u8::from(byte == b'\n')
    }) != 0
}

/// The first cell of a record's own bytes that begins with a quote and does not end with its partner.
pub(super) fn first_stray(record: &[u8], delimiter: u8) -> Option<Stray> {
    // The reader leaves the end of the line before to the next record.
    let start = record
        .iter()
        .take_while(|byte| matches!(byte, b'\r' | b'\n'))
        .count();
    let mut rest = &record[start..];
    let mut cell = 0;
    loop {
        let length = match rest.strip_prefix(b"\"") {
            Some(quoted) => match quoted_length(quoted) {
                Some(length) if ends_cell(&quoted[length..], delimiter) => length + 1,
                _ => return Some(stray(cell, rest)),
            },
            None => rest
                .iter()
                .position(|&byte| byte == delimiter)
                .unwrap_or(rest.len()),
        };
        rest = rest[length..].split_first()?.1;
        cell += 1;
    }
}

fn stray(cell: usize, rest: &[u8]) -> Stray {
    let line = rest.split(|byte| *byte == b'\n').next().unwrap_or(rest);
    let text = String::from_utf8_lossy(line.trim_ascii_end());
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    Stray { cell, text: shown }
}

/// How many bytes there are up to and with the quote that closes a cell; pairs of quotes stand for one.
fn quoted_length(quoted: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += quoted.get(at..)?.iter().position(|&byte| byte == b'"')? + 1;
        if quoted.get(at) != Some(&b'"') {
            return Some(at);
        }
        at += 1;
    }
}

fn ends_cell(rest: &[u8], delimiter: u8) -> bool {
    rest.first()
        .is_none_or(|&byte| byte == delimiter || byte == b'\r' || byte == b'\n')
}

/// A reader that remembers what it gave last: the record in hand is in there.
pub(super) struct Recent<R> {
    inner: R,
    given: u64,
    before: Vec<u8>,
    last: Vec<u8>,
}

impl<R> Recent<R> {
    pub(super) fn new(inner: R) -> Recent<R> {
        Recent {
            inner,
            given: 0,
            before: Vec::new(),
            last: Vec::new(),
        }
    }

    /// The bytes from one place to another; `None` where they are given too long ago.
    pub(super) fn between(&self, from: u64, to: u64) -> Option<Vec<u8>> {
        let kept = [&self.before[..], &self.last[..]].concat();
        let start = self.given - kept.len() as u64;
        let place = |at: u64| usize::try_from(at.checked_sub(start)?).ok();
        kept.get(place(from)?..place(to)?).map(<[u8]>::to_vec)
    }
}

impl<R: Read> Read for Recent<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        if length > 0 {
            mem::swap(&mut self.before, &mut self.last);
            self.last.clear();
            self.last.extend_from_slice(&buffer[..length]);
            self.given += length as u64;
        }
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::{Recent, Stray, first_stray};

    #[test]
    fn quotes_that_csv_allows_are_none() {
        for record in [
            "",
            "a,b",
            "\"a\",\"\",\"c\"\r\n",
            "\"a \"\"b\"\" c\",d",
            "\r\n\"two\nlines\",x\n",
            "5\" pipe,say \"hi\"",
            "\"\"\"\"",
        ] {
            assert_eq!(first_stray(record.as_bytes(), b','), None, "{record}");
        }
    }

    #[test]
    fn a_quote_that_ends_no_cell_is_stray() {
        for (record, cell, text) in [
            ("x,\"a \"b\" c\",d\n", 1, "\"a \"b\" c\",d"),
            ("\"a\" ,b", 0, "\"a\" ,b"),
            ("x;y;\"never closed\nz;z\n", 2, "\"never closed"),
        ] {
            let delimiter = if record.contains(';') { b';' } else { b',' };
            let text = text.to_owned();
            assert_eq!(
                first_stray(record.as_bytes(), delimiter),
                Some(Stray { cell, text }),
                "{record}"
            );
        }
    }

    #[test]
    fn what_was_given_last_is_remembered() {
        let mut recent = Recent::new(&b"abcdefgh"[..]);
        for _ in 0..3 {
            let mut two = [0; 2];
            recent.read_exact(&mut two).expect("there is more");
        }
        assert_eq!(recent.between(3, 6), Some(b"def".to_vec()));
        assert_eq!(recent.between(1, 6), None);
        assert_eq!(recent.between(3, 7), None);
    }
}
