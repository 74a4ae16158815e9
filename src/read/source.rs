//! A file as bytes: what it is made of, how its text is decoded, and its records one by one.
//!
//! Knows encodings, delimiters and lines; knows nothing of accounts or people.

use std::fmt;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};

use super::careful::{Form, Halt, Trouble};
use super::cells::Cells;
use super::input::{self, Input, Reader};
use super::{blocks, limits};
use crate::error::Error;

/// A file that reading was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub(crate) path: PathBuf,
    /// The file's name, as reports and messages show it.
    pub(crate) name: String,
    pub(crate) body: Body,
    pub(crate) encoding: TextEncoding,
    /// The sheet, where the file is a workbook.
    pub(crate) sheet: Option<String>,
    pub(super) input: Input,
    /// What lines are counted by: CR where the file has no LF.
    line_end: u8,
}

/// What a file is made of, told by its first bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Body {
    Table {
        delimiter: u8,
        skipped_lines: u64,
    },
    Workbook,
    Json,
    /// Neither a table nor JSON: the text says what it looks like.
    Other(&'static str),
    Empty,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum TextEncoding {
    /// UTF-8, with or without its mark.
    Utf8OrMark,
    Utf16Le,
    Utf16Be,
    Windows1252,
}

impl TextEncoding {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            TextEncoding::Utf8OrMark => "UTF-8",
            TextEncoding::Utf16Le => "UTF-16LE",
            TextEncoding::Utf16Be => "UTF-16BE",
            TextEncoding::Windows1252 => "Windows-1252",
        }
    }

    const fn forced(self) -> Option<&'static Encoding> {
        match self {
            TextEncoding::Utf8OrMark => None,
            TextEncoding::Utf16Le => Some(UTF_16LE),
            TextEncoding::Utf16Be => Some(UTF_16BE),
            TextEncoding::Windows1252 => Some(WINDOWS_1252),
        }
    }
}

/// How much of a file is looked at to tell what it is.
const HEAD: u64 = 64 * 1024;
/// Large enough that the system is asked rarely, small enough not to count as memory.
const BUFFER: usize = 256 * 1024;

/// A stop of reading: the file's fault, or a byte that is not in the assumed encoding.
#[derive(Debug)]
pub(crate) enum Stop {
    NotUtf8,
    /// A date that can be read two ways; the whole column has to decide.
    Ambiguous {
        column: usize,
    },
    Failed(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Stop {
        Stop::Failed(error)
    }
}

impl Source {
    /// Looks at the head of a file.
    pub(crate) fn open(path: &Path, name: String) -> Result<Source, Error> {
        let input = Input::open(path)?;
        let mut head = Vec::new();
        input
            .reader()
            .and_then(|reader| reader.take(HEAD).read_to_end(&mut head))
            .map_err(|error| input::failure(path, &name, error))?;
        let encoding = encoding_of(&head);
        let body = body_of(&head, encoding);
        Ok(Source {
            path: path.to_owned(),
            name,
            body,
            encoding,
            sheet: None,
            input,
            line_end: line_end_of(&head, encoding),
        })
    }

    pub(crate) fn decoded(&self) -> Result<DecodeReaderBytes<Reader, Vec<u8>>, Error> {
        let reader = self.input.reader().map_err(|error| self.failed(error))?;
        Ok(decoder(reader, self.encoding))
    }

    /// Calls `visit` with each record, the header first.
    ///
    /// A record is handed over as it is, however many cells it has. `visit` may stop the reading.
    pub(crate) fn each_record(
        &self,
        mut visit: impl FnMut(&Record<'_>) -> Result<Next, Stop>,
    ) -> Result<(), Stop> {
        match self.body {
            Body::Table {
                delimiter,
                skipped_lines,
            } => self.each_csv_record(delimiter, skipped_lines, &mut visit),
            Body::Workbook => super::workbook::each_row(self, &mut visit),
            Body::Json | Body::Other(_) | Body::Empty => Ok(()),
        }
    }

    fn each_csv_record(
        &self,
        delimiter: u8,
        skipped_lines: u64,
        visit: &mut impl FnMut(&Record<'_>) -> Result<Next, Stop>,
    ) -> Result<(), Stop> {
        let mut text = BufReader::with_capacity(
            8 << 10,
            NoNul {
                text: self.decoded()?,
                found: false,
            },
        );
        let mut skipped = Vec::new();
        for _ in 0..skipped_lines {
            text.read_until(b'\n', &mut skipped)
                .map_err(|error| self.failed(error))?;
        }
        let form = Form {
            delimiter,
            line_end: self.line_end,
            block: BUFFER,
            most_bytes: limits::RECORD_BYTES,
            most_lines: limits::RECORD_LINES,
        };
        blocks::each_record(text, form, 1 + skipped_lines, visit).map_err(|halt| match halt {
            Halt::Visitor(stop) => stop,
            Halt::NotUtf8 => Stop::NotUtf8,
            Halt::Failed {
                error,
                line,
                column,
            } if is_nul(&error) => {
                let spot = format!("at line {line}, column {column}");
                nul_found(&self.name, &spot, DAMAGED).into()
            }
            Halt::Failed { error, .. } => self.failed(error).into(),
        })
    }

    /// Why the file cannot be read on.
    pub(crate) fn failed(&self, error: io::Error) -> Error {
        input::failure(&self.path, &self.name, error)
    }

    /// Stops where the file is not the one that was opened: whatever was read of it, or is wrong with it, means nothing.
    pub(crate) fn verify(&self) -> Result<(), Error> {
        if self.input.is_unchanged() {
            return Ok(());
        }
        Err(input::changed(&self.name))
    }

    /// One sheet of a workbook.
    pub(super) fn of_sheet(&self, sheet: &str) -> Source {
        Source {
            name: format!("{} [{sheet}]", self.name),
            sheet: Some(sheet.to_owned()),
            ..self.clone()
        }
    }

    /// The same file read as Windows-1252: what a table is when it is not UTF-8 and has no mark.
    pub(crate) fn as_windows_1252(&self) -> Source {
        Source {
            encoding: TextEncoding::Windows1252,
            ..self.clone()
        }
    }
}

/// One record of a table.
#[derive(Debug)]
pub(crate) struct Record<'r> {
    pub(crate) line: u64,
    pub(crate) cells: Cells<'r>,
    /// What is wrong with the record: then it has no cells.
    pub(super) trouble: Option<Trouble>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Next {
    Go,
    Stop,
}

pub(super) const DAMAGED: &str =
    "export the file again: it was damaged on its way, or is of another program";

/// The refusal of a file with a NUL in its text; `spot` says where at its place.
pub(super) fn nul_found(place: &str, spot: &str, way_out: &str) -> Error {
    let found = format!("a NUL character {spot}, which no text holds");
    Error::refused(place, found, way_out)
}

/// Text up to a NUL, which ends it by a failure.
struct NoNul<R> {
    text: R,
    found: bool,
}

#[derive(Debug)]
struct NulFound;

impl fmt::Display for NulFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a NUL character")
    }
}

impl std::error::Error for NulFound {}

fn is_nul(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|cause| cause.is::<NulFound>())
}

impl<R: Read> Read for NoNul<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        if self.found {
            return Err(io::Error::other(NulFound));
        }
        let read = self.text.read(room)?;
        let Some(before) = memchr::memchr(0, &room[..read]) else {
            return Ok(read);
        };
        self.found = true;
        if before == 0 {
            return Err(io::Error::other(NulFound));
        }
        Ok(before)
    }
}

fn decoder<R: Read>(bytes: R, encoding: TextEncoding) -> DecodeReaderBytes<R, Vec<u8>> {
    DecodeReaderBytesBuilder::new()
        .encoding(encoding.forced())
        .utf8_passthru(true)
        .strip_bom(true)
        .bom_override(true)
        .build(bytes)
}

/// Told by the byte order mark, or by zero bytes: ASCII text as UTF-16 has one in every pair.
fn encoding_of(head: &[u8]) -> TextEncoding {
    match head {
        [0xff, 0xfe, ..] => TextEncoding::Utf16Le,
        [0xfe, 0xff, ..] => TextEncoding::Utf16Be,
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => TextEncoding::Utf16Le,
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => TextEncoding::Utf16Be,
        _ => TextEncoding::Utf8OrMark,
    }
}

fn line_end_of(head: &[u8], encoding: TextEncoding) -> u8 {
    let mut text = Vec::new();
    // What cannot be decoded has no lines to count.
    let _ = decoder(head, encoding).read_to_end(&mut text);
    let cr_alone = text.contains(&b'\r') && !text.contains(&b'\n');
    if cr_alone { b'\r' } else { b'\n' }
}

fn body_of(head: &[u8], encoding: TextEncoding) -> Body {
    if head.starts_with(b"PK\x03\x04") {
        return Body::Workbook;
    }
    if head.starts_with(b"%PDF") {
        return Body::Other("a PDF document");
    }
    if head.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Body::Other("an old Excel workbook (.xls): save it as .xlsx or CSV");
    }
    if head.starts_with(&[0x1f, 0x8b]) {
        return Body::Other("a compressed file: unpack it");
    }
    let mut decoded = Vec::new();
    if decoder(head, encoding).read_to_end(&mut decoded).is_err() {
        return Body::Other("undecodable bytes");
    }
    // A NUL further down is a fault of a text, told with its place.
    let first_line = decoded.split(|byte| *byte == b'\n').next().unwrap_or(&[]);
    let is_binary = |byte: &u8| *byte < b' ' && !matches!(byte, b'\t' | b'\r');
    if first_line.contains(&0) || decoded.contains(&0) && first_line.iter().any(is_binary) {
        return Body::Other("binary data");
    }
    let text = String::from_utf8_lossy(&decoded);
    match text.trim_start().chars().next() {
        None => return Body::Empty,
        Some('{' | '[') => return Body::Json,
        Some('<') => return Body::Other("an HTML or XML page"),
        Some(_) => {}
    }
    let mut stated = None;
    for (skipped_lines, line) in (0..).zip(text.lines()) {
        // `sep=` may name a tab, which must not be trimmed away.
        let stated_here = stated_delimiter(line.trim_end_matches('\r'));
        let line = line.trim_end();
        if let Some(delimiter) = stated_here {
            stated = Some(delimiter);
        } else if !line.starts_with("#TYPE") && !line.is_empty() {
            let delimiter = stated.unwrap_or_else(|| likely_delimiter(line));
            return Body::Table {
                delimiter,
                skipped_lines,
            };
        }
    }
    Body::Empty
}

/// Excel's convention for a first line that names the delimiter: `sep=;`.
fn stated_delimiter(line: &str) -> Option<u8> {
    let lower = line.trim_matches('"').to_ascii_lowercase();
    let mark = lower.strip_prefix("sep=")?;
    mark.bytes().next().or(Some(b','))
}

/// The mark that the header line has most of, outside quotes; a comma when there is none.
fn likely_delimiter(header: &str) -> u8 {
    let count = |mark: char| {
        let mut quoted = false;
        header
            .chars()
            .filter(|&c| {
                quoted ^= c == '"';
                c == mark && !quoted
            })
            .count()
    };
    [',', ';', '\t']
        .into_iter()
        .rev()
        .max_by_key(|&mark| count(mark))
        .map_or(b',', |mark| mark as u8)
}

#[cfg(test)]
mod tests {
    use super::{Body, TextEncoding, body_of, encoding_of};

    fn table(delimiter: u8, skipped_lines: u64) -> Body {
        Body::Table {
            delimiter,
            skipped_lines,
        }
    }

    #[test]
    fn a_files_kind_is_told_by_its_bytes() {
        for (bytes, body) in [
            (&b"a,b;c,d\n"[..], table(b',', 0)),
            (b"a;b;c\n", table(b';', 0)),
            (b"a\tb\n", table(b'\t', 0)),
            (b"\"a;b;c\",d\n", table(b',', 0)),
            (b"sep=;\r\na,b;c\r\n", table(b';', 1)),
            (b"#TYPE Microsoft.X\r\n\"a\",\"b\"\r\n", table(b',', 1)),
            (b"email\nx@y.z\n", table(b',', 0)),
            (b"\xef\xbb\xbf[{}]", Body::Json),
            (b"", Body::Empty),
            (b"\xef\xbb\xbf  \n", Body::Empty),
            (b"\0\0\0\0\0", Body::Other("binary data")),
            (b"%PDF-1.7", Body::Other("a PDF document")),
            (b"PK\x03\x04", Body::Workbook),
        ] {
            assert_eq!(body_of(bytes, encoding_of(bytes)), body, "{bytes:?}");
        }
    }

    #[test]
    fn utf_16_is_told_with_and_without_its_mark() {
        let plain: Vec<u8> = "a;b\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(encoding_of(&plain), TextEncoding::Utf16Le);
        assert_eq!(body_of(&plain, TextEncoding::Utf16Le), table(b';', 0));
        let marked: Vec<u8> = [0xff, 0xfe].into_iter().chain(plain).collect();
        assert_eq!(body_of(&marked, encoding_of(&marked)), table(b';', 0));
    }
}
