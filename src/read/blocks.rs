//! A table's text as records, read ahead by a thread of its own, block by block.
//!
//! `records` tells where the cells of a block end; from the first block on that is not plain, `careful` reads.

use std::io::{self, Cursor, Read};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread;

use super::careful::{self, Form, Halt};
use super::cells::{Cells, FREED, Place};
use super::records::Structure;
use super::source::{Next, Record, Stop};

/// So many blocks may be read before their records are.
const AHEAD: usize = 4;

/// What the thread that reads ahead of the records hands over.
enum Ahead<R> {
    Block(Block),
    /// Quotes or line ends that are left to the careful reader, from this block on.
    Odd {
        block: Cursor<Vec<u8>>,
        rest: Rest<R>,
    },
    NotUtf8,
    /// The text ends here by a failure, behind these bytes of no whole record.
    Failed {
        error: io::Error,
        tail: Vec<u8>,
    },
}

/// What comes behind a block: more text, or the failure that ended it.
struct Rest<R> {
    text: R,
    failure: Option<io::Error>,
}

impl<R: Read> Read for Rest<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        match self.failure.take() {
            Some(failure) => Err(failure),
            None => self.text.read(room),
        }
    }
}

/// Whole records, and where their cells end.
#[derive(Default)]
struct Block {
    text: String,
    structure: Structure,
}

/// Calls `visit` with each record of a text that begins in this line.
pub(super) fn each_record<R: Read + Send>(
    text: R,
    form: Form,
    mut line: u64,
    visit: &mut (impl FnMut(&Record<'_>) -> Result<Next, Stop> + ?Sized),
) -> Result<(), Halt> {
    thread::scope(|scope| {
        let (give, blocks) = mpsc::sync_channel(AHEAD);
        let (give_back, used) = mpsc::channel();
        scope.spawn(move || read_ahead(text, form, &give, &used));
        let (mut places, mut freed) = (Vec::new(), String::new());
        for ahead in blocks {
            match ahead {
                Ahead::Block(block) => {
                    if block.each_record(&mut line, &mut places, &mut freed, visit)? == Next::Stop {
                        return Ok(());
                    }
                    // A reader that is through takes none back.
                    let _ = give_back.send(block);
                }
                Ahead::Odd { block, rest } => {
                    return careful::each_record(block.chain(rest), form, line, visit);
                }
                Ahead::NotUtf8 => return Err(Halt::NotUtf8),
                Ahead::Failed { error, tail } => {
                    return Err(Halt::failed(error, line, &tail, form.line_end));
                }
            }
        }
        Ok(())
    })
}

/// Reads blocks of whole records until there are no more, or nobody wants them.
fn read_ahead<R: Read>(
    mut text: R,
    form: Form,
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
        // A record that fills the block makes the next one larger, up to the most that a record may have.
        let wanted = form
            .block
            .max(2 * block.len())
            .min(form.most_bytes.max(block.len()) + 1)
            - block.len();
        block.reserve(wanted);
        let mut part = text.by_ref().take(wanted as u64);
        let (read, failure) = match part.read_to_end(&mut block) {
            Ok(read) => (read, None),
            Err(error) => (0, Some(error)),
        };
        let last = read == 0 && failure.is_none();
        if last && block.is_empty() {
            return;
        }
        let ended = block.last() == Some(&b'\n');
        if last && !ended {
            block.push(b'\n');
        }
        structure.of(&block, form.delimiter, form.most_lines);
        let odd = !structure.plain
            || block.len() > form.most_bytes
            || last && structure.whole < block.len();
        if odd {
            if last && !ended {
                block.pop();
            }
            let block = Cursor::new(block);
            let rest = Rest { text, failure };
            let _ = blocks.send(Ahead::Odd { block, rest });
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
        if let Some(error) = failure {
            let _ = blocks.send(Ahead::Failed { error, tail: begun });
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
        visit: &mut (impl FnMut(&Record<'_>) -> Result<Next, Stop> + ?Sized),
    ) -> Result<Next, Stop> {
        let bytes = self.text.as_bytes();
        let (mut start, mut record_start) = (0_u32, 0_usize);
        for &end in &self.structure.ends[..self.structure.used] {
            let ends_line = bytes[end as usize] == b'\n';
            let next = end + 1;
            let with_cr = ends_line && end > start && bytes[end as usize - 1] == b'\r';
            let end = end - u32::from(with_cr);
            let quoted = start < end && bytes[start as usize] == b'"';
            places.push(if quoted && end - start == 2 {
                (start + 1, start + 1)
            } else if quoted {
                unquoted(&self.text, start + 1, end - 1, freed)
            } else {
                (start, end)
            });
            start = next;
            if !ends_line {
                continue;
            }
            // A line without anything is no record.
            if places.len() > 1 || quoted || places[0].0 < places[0].1 {
                let record = Record {
                    line: *line,
                    cells: Cells {
                        text: &self.text,
                        freed,
                        places,
                    },
                    trouble: None,
                };
                if visit(&record)? == Next::Stop {
                    return Ok(Next::Stop);
                }
            }
            *line += if self.structure.long {
                memchr::memchr_iter(b'\n', &bytes[record_start..next as usize]).count() as u64
            } else {
                1
            };
            record_start = next as usize;
            places.clear();
            freed.clear();
        }
        Ok(Next::Go)
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
