//! Records one after the other, whatever their quotes and line ends are: what the block reader leaves.
//!
//! A quote that ends no cell makes its line faulty, and reading goes on behind that line: what the quote would have
//! taken is read. So does a line without end. Memory is that of the largest record allowed.

use std::io::{self, Read};

use memchr::{memchr, memchr_iter, memchr2};

use super::cells::{Cells, Place};
use super::source::{Next, Record, Stop};

/// How a table is cut into records.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    pub(crate) delimiter: u8,
    /// What lines are counted by: LF, or CR where a file has no LF.
    pub(crate) line_end: u8,
    /// Bytes that are read at once.
    pub(crate) block: usize,
    /// Bytes and lines that one record may have.
    pub(crate) most_bytes: usize,
    pub(crate) most_lines: u64,
}

/// What keeps a record from being cells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Trouble {
    /// A cell whose quotes are not those of CSV, as the file has it up to its line's end; read on, it would have
    /// taken so many line ends in.
    Stray {
        cell: usize,
        text: String,
        taken: u64,
    },
    /// A quote that nothing closes within the bytes and lines of a record.
    Endless { cell: usize, text: String },
    /// More bytes than a record may have.
    TooLong,
}

/// So much of a faulty cell is shown.
const SHOWN: usize = 60;
/// As bytes: no character has more than four.
const MOST_SHOWN: usize = 4 * SHOWN + 4;

/// The cells of the record in hand.
#[derive(Default)]
struct Parsed {
    text: Vec<u8>,
    places: Vec<Place>,
}

enum Outcome {
    /// A record of so many bytes, its line end not counted.
    Whole(usize),
    /// The bytes end before the record does; within a quoted cell that begins here, if in any.
    More { quoted: Option<usize> },
    /// A quote at this place closes nowhere that a cell can end.
    Stray { at: usize, taken: u64 },
    /// A quote at this place takes in too many lines.
    Endless { at: usize },
}

impl Parsed {
    /// Reads one record from the beginning of `bytes`, which end the file or are cut somewhere.
    fn read(&mut self, bytes: &[u8], ended: bool, form: Form) -> Outcome {
        self.text.clear();
        self.places.clear();
        let (mut at, mut lines) = (0, 0);
        loop {
            let start = self.text.len() as u32;
            if bytes.get(at) == Some(&b'"') {
                let opening = at;
                let within = lines;
                at += 1;
                loop {
                    let Some(length) = memchr(b'"', &bytes[at..]) else {
                        lines += count(form.line_end, &bytes[at..]);
                        return match lines >= form.most_lines {
                            true => Outcome::Endless { at: opening },
                            false if ended => Outcome::Stray {
                                at: opening,
                                // Behind the last line end there is no line.
                                taken: (lines - within)
                                    .saturating_sub(u64::from(bytes.ends_with(&[form.line_end]))),
                            },
                            false => Outcome::More {
                                quoted: Some(opening),
                            },
                        };
                    };
                    self.text.extend_from_slice(&bytes[at..at + length]);
                    lines += count(form.line_end, &bytes[at..at + length]);
                    if lines >= form.most_lines {
                        return Outcome::Endless { at: opening };
                    }
                    at += length + 1;
                    match bytes.get(at) {
                        Some(b'"') => {
                            self.text.push(b'"');
                            at += 1;
                        }
                        Some(&next) if next == form.delimiter || matches!(next, b'\r' | b'\n') => {
                            break;
                        }
                        Some(_) => {
                            return Outcome::Stray {
                                at: opening,
                                taken: lines - within,
                            };
                        }
                        None if ended => break,
                        None => return Outcome::More { quoted: None },
                    }
                }
            } else {
                let rest = &bytes[at..];
                let length = memchr::memchr3(form.delimiter, b'\r', b'\n', rest);
                if length.is_none() && !ended {
                    return Outcome::More { quoted: None };
                }
                let length = length.unwrap_or(rest.len());
                self.text.extend_from_slice(&rest[..length]);
                at += length;
            }
            self.places.push((start, self.text.len() as u32));
            match bytes.get(at) {
                Some(&next) if next == form.delimiter => at += 1,
                _ => return Outcome::Whole(at),
            }
        }
    }
}

fn count(byte: u8, bytes: &[u8]) -> u64 {
    memchr_iter(byte, bytes).count() as u64
}

struct Careful<R> {
    text: R,
    form: Form,
    buffer: Vec<u8>,
    /// Where the unread bytes of the buffer begin.
    at: usize,
    ended: bool,
    /// The line that the unread bytes begin in.
    line: u64,
    /// What ended the text before its end: told when all before it is read.
    failure: Option<io::Error>,
}

impl<R: Read> Careful<R> {
    /// Passes over so many unread bytes.
    fn pass(&mut self, bytes: usize) {
        let passed = &self.buffer[self.at..self.at + bytes];
        self.line += count(self.form.line_end, passed);
        self.at += bytes;
    }

    /// Reads as many bytes again as are unread, or a block. Says whether there were any.
    fn fill(&mut self) -> Result<bool, Halt> {
        if let Some(error) = self.failure.take() {
            let unread = &self.buffer[self.at..];
            return Err(Halt::failed(error, self.line, unread, self.form.line_end));
        }
        self.buffer.drain(..self.at);
        self.at = 0;
        let before = self.buffer.len();
        let wanted = self.form.block.max(before);
        self.buffer.reserve(wanted);
        let mut part = self.text.by_ref().take(wanted as u64);
        match part.read_to_end(&mut self.buffer) {
            Ok(read) => self.ended = read == 0,
            Err(error) => self.failure = Some(error),
        }
        Ok(self.buffer.len() > before)
    }

    /// Passes over line ends. Says whether anything is left.
    fn pass_blank(&mut self) -> Result<bool, Halt> {
        loop {
            let unread = &self.buffer[self.at..];
            let blank = unread
                .iter()
                .take_while(|byte| matches!(byte, b'\r' | b'\n'))
                .count();
            let left = blank < unread.len();
            self.pass(blank);
            if left || self.ended {
                return Ok(left);
            }
            self.fill()?;
        }
    }

    /// Passes over the rest of a line, whatever its length.
    fn pass_line(&mut self) -> Result<(), Halt> {
        loop {
            let unread = &self.buffer[self.at..];
            if let Some(end) = memchr2(b'\r', b'\n', unread) {
                self.pass(end);
                return Ok(());
            }
            self.pass(unread.len());
            if self.ended {
                return Ok(());
            }
            self.fill()?;
        }
    }

    /// Reads the next record, whose first byte is there. Its cells are in `parsed` unless something is wrong with it.
    fn next(&mut self, parsed: &mut Parsed) -> Result<(u64, Option<Trouble>), Halt> {
        loop {
            let unread = &self.buffer[self.at..];
            let most = self.form.most_bytes + 1;
            let bytes = &unread[..unread.len().min(most)];
            let whole = self.ended && bytes.len() == unread.len();
            let full = bytes.len() == most;
            match parsed.read(bytes, whole, self.form) {
                Outcome::Whole(length) if length < most => {
                    let line = self.line;
                    self.pass(length);
                    return Ok((line, None));
                }
                Outcome::Stray { at, taken } => {
                    let (line, text) = self.pass_line_of(at)?;
                    let cell = parsed.places.len();
                    return Ok((line, Some(Trouble::Stray { cell, text, taken })));
                }
                Outcome::More { quoted: Some(at) } if full => {
                    return self.endless(at, parsed.places.len());
                }
                Outcome::Endless { at } => return self.endless(at, parsed.places.len()),
                Outcome::Whole(_) | Outcome::More { .. } if full => {
                    let line = self.line;
                    self.pass_line()?;
                    return Ok((line, Some(Trouble::TooLong)));
                }
                Outcome::Whole(_) | Outcome::More { .. } => {
                    self.fill()?;
                }
            }
        }
    }

    fn endless(&mut self, at: usize, cell: usize) -> Result<(u64, Option<Trouble>), Halt> {
        let (line, text) = self.pass_line_of(at)?;
        Ok((line, Some(Trouble::Endless { cell, text })))
    }

    /// Passes over the line that a faulty cell begins in. Gives its number and the cell as it stands there.
    fn pass_line_of(&mut self, cell: usize) -> Result<(u64, String), Halt> {
        let (length, is_whole) = loop {
            let rest = &self.buffer[self.at + cell..];
            let end = memchr2(b'\r', b'\n', rest);
            if end.is_some() || rest.len() > MOST_SHOWN || self.ended {
                break (end.unwrap_or(rest.len()), end.is_some());
            }
            self.fill()?;
        };
        let raw = &self.buffer[self.at + cell..][..length];
        let text = shown(&raw[..length.min(MOST_SHOWN)]);
        self.pass(cell);
        let line = self.line;
        self.pass(length);
        if !is_whole {
            self.pass_line()?;
        }
        Ok((line, text))
    }
}

fn shown(raw: &[u8]) -> String {
    let text = String::from_utf8_lossy(raw.trim_ascii_end());
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

/// Calls `visit` with each record of a text that begins in this line.
pub(super) fn each_record(
    text: impl Read,
    form: Form,
    line: u64,
    visit: &mut (impl FnMut(&Record<'_>) -> Result<Next, Stop> + ?Sized),
) -> Result<(), Halt> {
    let mut careful = Careful {
        text,
        form,
        buffer: Vec::new(),
        at: 0,
        ended: false,
        line,
        failure: None,
    };
    let mut parsed = Parsed::default();
    while careful.pass_blank()? {
        let (line, trouble) = careful.next(&mut parsed)?;
        let (text, places) = match trouble {
            None => (str::from_utf8(&parsed.text), &parsed.places[..]),
            Some(_) => (Ok(""), &[][..]),
        };
        let cells = Cells {
            text: text.map_err(|_| Halt::NotUtf8)?,
            freed: "",
            places,
        };
        let record = Record {
            line,
            cells,
            trouble,
        };
        if visit(&record)? == Next::Stop {
            return Ok(());
        }
    }
    Ok(())
}

/// Why a table is not read to its end.
#[derive(Debug)]
pub(crate) enum Halt {
    Visitor(Stop),
    NotUtf8,
    /// The text cannot be read beyond this line and column.
    Failed {
        error: io::Error,
        line: u64,
        column: u64,
    },
}

impl From<Stop> for Halt {
    fn from(stop: Stop) -> Halt {
        Halt::Visitor(stop)
    }
}

impl Halt {
    /// A failure behind these bytes, which begin in this line.
    pub(super) fn failed(error: io::Error, line: u64, before: &[u8], line_end: u8) -> Halt {
        let start = memchr::memrchr(line_end, before).map_or(0, |end| end + 1);
        let column = 1 + String::from_utf8_lossy(&before[start..]).chars().count() as u64;
        let line = line + count(line_end, before);
        Halt::Failed {
            error,
            line,
            column,
        }
    }
}
