//! A file as bytes: what it is made of, how its text is decoded, and its records one by one.
//!
//! Knows encodings, delimiters and lines; knows nothing of accounts or people.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread;

use csv::{ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};

use super::cells::{Cells, FREED, Place};
use super::quotes::{self, Recent, Stray};
use super::records::Structure;
use crate::error::Error;

/// A file that reading was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub(crate) path: PathBuf,
    /// The file's name, as reports and messages show it.
    pub(crate) name: String,
    pub(crate) body: Body,
    pub(crate) encoding: TextEncoding,
    /// In bytes.
    pub(crate) size: u64,
    /// Whether lines end with CR LF.
    crlf: bool,
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
        let mut head = Vec::new();
        File::open(path)
            .and_then(|file| file.take(HEAD).read_to_end(&mut head))
            .map_err(|source| Error::cannot_open(path, source))?;
        let size = std::fs::metadata(path)
            .map_err(|source| Error::cannot_open(path, source))?
            .len();
        let encoding = encoding_of(&head);
        let body = body_of(&head, encoding);
        Ok(Source {
            path: path.to_owned(),
            name,
            body,
            encoding,
            size,
            crlf: ends_lines_with_crlf(&head, encoding),
        })
    }

    /// Roughly how many records there may be, for making room beforehand.
    pub(crate) fn likely_records(&self) -> usize {
        const BYTES_A_RECORD: u64 = 120;
        usize::try_from(self.size / BYTES_A_RECORD).unwrap_or(0)
    }

    pub(crate) fn decoded(&self) -> Result<DecodeReaderBytes<File, Vec<u8>>, Error> {
        let file =
            File::open(&self.path).map_err(|source| Error::cannot_open(&self.path, source))?;
        Ok(decoder(file, self.encoding))
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
        let mut text = BufReader::with_capacity(8 << 10, self.decoded()?);
        let mut skipped = Vec::new();
        for _ in 0..skipped_lines {
            text.read_until(b'\n', &mut skipped)
                .map_err(|source| Error::cannot_open(&self.path, source))?;
        }
        thread::scope(|scope| {
            let (give, blocks) = mpsc::sync_channel(AHEAD);
            let (give_back, used) = mpsc::channel();
            scope.spawn(move || read_ahead(text, delimiter, &give, &used));
            let mut line = 1 + skipped_lines;
            let (mut places, mut freed) = (Vec::new(), String::new());
            for ahead in blocks {
                match ahead {
                    Ahead::Block(block) => {
                        let next = block.each_record(&mut line, &mut places, &mut freed, visit)?;
                        if next == Next::Stop {
                            return Ok(());
                        }
                        // A reader that is through takes none back.
                        let _ = give_back.send(block);
                    }
                    Ahead::Odd { block, rest } => {
                        return self.each_odd_record(block.chain(rest), delimiter, line - 1, visit);
                    }
                    Ahead::NotUtf8 => return Err(Stop::NotUtf8),
                    Ahead::Failed(source) => {
                        return Err(Error::cannot_open(&self.path, source).into());
                    }
                }
            }
            Ok(())
        })
    }

    /// Records as the csv crate reads them, whatever their quotes and line ends are.
    fn each_odd_record(
        &self,
        text: impl Read,
        delimiter: u8,
        skipped_lines: u64,
        visit: &mut impl FnMut(&Record<'_>) -> Result<Next, Stop>,
    ) -> Result<(), Stop> {
        let mut places = Vec::new();
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(BUFFER)
            .from_reader(Recent::new(text));
        let mut record = StringRecord::new();
        let mut first = true;
        loop {
            match reader.read_record(&mut record) {
                Ok(false) => return Ok(()),
                Ok(true) => {
                    // The reader ends a record at the CR and counts the LF to the next one.
                    let behind = u64::from(self.crlf && !first);
                    first = false;
                    let line =
                        record.position().map_or(0, csv::Position::line) + skipped_lines + behind;
                    let stray_quote = if quotes::is_doubtful(&record) {
                        stray_quote(&reader, &record, delimiter)
                    } else {
                        None
                    };
                    let record = Record {
                        line,
                        cells: Cells::of(&record, &mut places),
                        stray_quote,
                        has_nul: memchr::memchr(0, record.as_slice().as_bytes()).is_some(),
                    };
                    if visit(&record)? == Next::Stop {
                        return Ok(());
                    }
                }
                Err(error) => {
                    return Err(match error.into_kind() {
                        csv::ErrorKind::Utf8 { .. } => Stop::NotUtf8,
                        csv::ErrorKind::Io(source) => Error::cannot_open(&self.path, source).into(),
                        other => Error::cannot_open(
                            &self.path,
                            io::Error::new(io::ErrorKind::InvalidData, format!("{other:?}")),
                        )
                        .into(),
                    });
                }
            }
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

/// The text between a cell's quotes, each pair in it made one.
fn unquoted(text: &str, start: u32, end: u32, freed: &mut String) -> Place {
    let inner = text.get(start as usize..end as usize).unwrap_or("");
    if inner.is_empty() || memchr::memchr(b'"', inner.as_bytes()).is_none() {
        return (start, end);
    }
    let before = freed.len() as u32;
    let mut rest = inner;
    while let Some((head, tail)) = rest.split_once("\"\"") {
        freed.push_str(head);
        freed.push('"');
        rest = tail;
    }
    freed.push_str(rest);
    (FREED + before, FREED + freed.len() as u32)
}

/// What the thread that reads ahead of the records hands over.
enum Ahead<R> {
    Block(Block),
    /// Quotes or line ends that are left to the csv crate, from this block on.
    Odd {
        block: Cursor<Vec<u8>>,
        rest: R,
    },
    NotUtf8,
    Failed(io::Error),
}

/// Whole records, and where their cells end.
#[derive(Default)]
struct Block {
    text: String,
    structure: Structure,
}

/// So many blocks may be read before their records are.
const AHEAD: usize = 4;

/// Reads blocks of whole records until there are no more, or nobody wants them.
fn read_ahead<R: Read>(
    mut text: R,
    delimiter: u8,
    blocks: &SyncSender<Ahead<R>>,
    used: &Receiver<Block>,
) {
    let mut begun = Vec::new();
    loop {
        let Block {
            text: room,
            mut structure,
        } = used.try_recv().unwrap_or_default();
        let mut block = room.into_bytes();
        block.clear();
        block.append(&mut begun);
        let wanted = BUFFER.max(2 * block.len()) - block.len();
        block.reserve(wanted);
        let read = match text.by_ref().take(wanted as u64).read_to_end(&mut block) {
            Ok(read) => read,
            Err(error) => {
                let _ = blocks.send(Ahead::Failed(error));
                return;
            }
        };
        let last = read == 0;
        if last && block.is_empty() {
            return;
        }
        let ended = block.last() == Some(&b'\n');
        if last && !ended {
            block.push(b'\n');
        }
        structure.of(&block, delimiter);
        if !structure.plain || last && structure.whole < block.len() {
            if last && !ended {
                block.pop();
            }
            let block = Cursor::new(block);
            let _ = blocks.send(Ahead::Odd { block, rest: text });
            return;
        }
        begun.extend_from_slice(&block[structure.whole..]);
        block.truncate(structure.whole);
        let ahead = match String::from_utf8(block) {
            Ok(text) => Ahead::Block(Block { text, structure }),
            Err(_) => Ahead::NotUtf8,
        };
        if blocks.send(ahead).is_err() || last {
            return;
        }
    }
}

impl Block {
    fn each_record(
        &self,
        line: &mut u64,
        places: &mut Vec<Place>,
        freed: &mut String,
        visit: &mut impl FnMut(&Record<'_>) -> Result<Next, Stop>,
    ) -> Result<Next, Stop> {
        let bytes = self.text.as_bytes();
        let (mut start, mut record_start) = (0_u32, 0_usize);
        let mut after = *line;
        for &end in &self.structure.ends[..self.structure.used] {
            let ends_line = bytes[end as usize] == b'\n';
            let next = end + 1;
            let with_cr = ends_line && end > start && bytes[end as usize - 1] == b'\r';
            let end = end - u32::from(with_cr);
            let quoted = start < end && bytes[start as usize] == b'"';
            places.push(if quoted {
                unquoted(&self.text, start + 1, end - 1, freed)
            } else {
                (start, end)
            });
            start = next;
            if !ends_line {
                continue;
            }
            after += if self.structure.long {
                memchr::memchr_iter(b'\n', &bytes[record_start..next as usize]).count() as u64
            } else {
                1
            };
            record_start = next as usize;
            // A line without anything is no record.
            if places.len() > 1 || quoted || places[0].0 < places[0].1 {
                let record = Record {
                    line: *line,
                    cells: Cells {
                        text: &self.text,
                        freed,
                        places,
                    },
                    stray_quote: None,
                    has_nul: false,
                };
                if visit(&record)? == Next::Stop {
                    return Ok(Next::Stop);
                }
                *line = after;
            }
            places.clear();
            freed.clear();
        }
        Ok(Next::Go)
    }
}

/// One record of a table.
#[derive(Debug)]
pub(crate) struct Record<'r> {
    pub(crate) line: u64,
    pub(crate) cells: Cells<'r>,
    /// The first cell whose quotes are not those of CSV: then none of the cells can be trusted.
    pub(super) stray_quote: Option<Stray>,
    /// Whether a cell holds a NUL, which no text has: the file is damaged, or in an encoding that it does not tell.
    pub(super) has_nul: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Next {
    Go,
    Stop,
}

/// The stray quote of the record that was just read. One so long that its beginning is gone never closes a quote.
fn stray_quote<R: Read>(
    reader: &csv::Reader<Recent<R>>,
    record: &StringRecord,
    delimiter: u8,
) -> Option<Stray> {
    let start = record.position().map_or(0, csv::Position::byte);
    match reader.get_ref().between(start, reader.position().byte()) {
        Some(bytes) => quotes::first_stray(&bytes, delimiter),
        None => Some(Stray::without_end(record)),
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

fn ends_lines_with_crlf(head: &[u8], encoding: TextEncoding) -> bool {
    let mut text = Vec::new();
    // What cannot be decoded has no lines to count.
    let _ = decoder(head, encoding).read_to_end(&mut text);
    let end = text.iter().position(|&byte| byte == b'\n');
    end.and_then(|end| end.checked_sub(1))
        .is_some_and(|before| text.get(before) == Some(&b'\r'))
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
    let mut decoded = Vec::new();
    if decoder(head, encoding).read_to_end(&mut decoded).is_err() {
        return Body::Other("undecodable bytes");
    }
    if is_binary(&decoded) {
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

/// Whether zero bytes make up more of it than damaged text has: such text is a fault of its records.
fn is_binary(head: &[u8]) -> bool {
    let first_line = head.split(|&byte| byte == b'\n').next().unwrap_or(head);
    first_line.contains(&0) || memchr::memchr_iter(0, head).count() * 32 > head.len()
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
