//! How large the parts of a workbook are, unpacked, and the texts in them: a few kilobytes may unpack to anything.
//!
//! What is declared proves nothing, so every part is unpacked once and counted, with the memory of one text.

use std::io::{self, BufRead, BufReader, Read};

use quick_xml::Reader as Xml;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::unreadable;
use crate::error::Error;
use crate::read::limits::{CELL_BYTES, PART_BYTES, SHARED_TEXT_BYTES, SHEET_BYTES, in_words};
use crate::read::source::Source;

const SMALLER: &str = "save the sheet with the export as CSV, or as a workbook of its own";
/// Memory of a text that a workbook declares, before it is read.
const BYTES_A_TEXT: u64 = 24;

/// Refuses a workbook that would not fit into memory. Says whether the archive is a workbook at all.
pub(super) fn look_at(source: &Source) -> Result<bool, Error> {
    let reader = source.input.reader();
    let reader = reader.map_err(|error| source.failed(error))?;
    let mut archive = ZipArchive::new(reader).map_err(|error| unreadable(source, error))?;
    let is_workbook = |name: &str| name.ends_with("workbook.xml");
    if !archive
        .file_names()
        .flatten()
        .any(|name| is_workbook(&name))
    {
        return Ok(false);
    }
    for number in 0..archive.len() {
        let part = archive.by_index(number);
        let part = part.map_err(|error| unreadable(source, error))?;
        let name = part.name();
        let name = name
            .map_err(|error| unreadable(source, error))?
            .into_owned();
        if let Some(found) = too_large(&name, part) {
            return Err(Error::refused(
                &source.name,
                format!("{} of the workbook has {found}", kind(&name)),
                SMALLER,
            ));
        }
    }
    Ok(true)
}

fn is_shared_texts(name: &str) -> bool {
    name.to_lowercase().ends_with("sharedstrings.xml")
}

fn kind(name: &str) -> String {
    if is_shared_texts(name) {
        return "the list of texts".to_owned();
    }
    let file = name.rsplit('/').next().unwrap_or(name);
    let known: String = file.chars().filter(|c| !c.is_control()).take(40).collect();
    format!("the part {known}")
}

/// What is too large in a part.
fn too_large(name: &str, part: impl Read) -> Option<String> {
    let lower = name.to_lowercase();
    let small = ["styles.xml", "workbook.xml", ".rels", "/theme"];
    let most = if is_shared_texts(name) {
        SHARED_TEXT_BYTES
    } else if small.iter().any(|part| lower.contains(part)) {
        PART_BYTES
    } else {
        SHEET_BYTES
    };
    let mut xml = Xml::from_reader(Bounded {
        text: BufReader::with_capacity(64 << 10, part),
        left: CELL_BYTES,
        all: 0,
        most,
    });
    let (mut room, mut texts, mut declared) = (Vec::new(), 0_u64, 0_u64);
    let mut in_text = false;
    loop {
        room.clear();
        let event = xml.read_event_into(&mut room);
        match event {
            Ok(Event::Start(tag)) => match tag.local_name().as_ref() {
                "c" | "si" => in_text = true,
                "sst" => {
                    let stated = tag.attributes().flatten();
                    let unique = stated.filter(|one| one.key.as_ref() == "uniqueCount");
                    let number = unique.filter_map(|one| one.value.parse().ok()).next();
                    declared = number.unwrap_or(0);
                }
                _ => {}
            },
            Ok(Event::End(tag)) => match tag.local_name().as_ref() {
                "c" => in_text = false,
                "si" => {
                    in_text = false;
                    texts += 1;
                }
                // Nothing behind the cells is read.
                "sheetData" => return None,
                _ => {}
            },
            Ok(Event::Eof) => break,
            Ok(_) => {}
            // What is no XML is no sheet, and reading says so where it matters.
            Err(_) => break,
        }
        if !in_text {
            xml.get_mut().left = CELL_BYTES;
        }
    }
    let read = xml.get_ref();
    if read.all > most {
        return Some(format!("more than {}", in_words(most)));
    }
    if read.left == 0 {
        return Some(format!(
            "a text of more than {}",
            in_words(CELL_BYTES as u64)
        ));
    }
    let room = declared.saturating_mul(BYTES_A_TEXT);
    (declared > texts && room > SHARED_TEXT_BYTES)
        .then(|| format!("{declared} texts by its own word and {texts} in fact"))
}

/// Text that ends by a failure where one piece of it, or all of it, is too large.
struct Bounded<R> {
    text: R,
    /// Bytes that the piece in hand may still have.
    left: usize,
    all: u64,
    most: u64,
}

impl<R: BufRead> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 || self.all > self.most {
            return Err(io::Error::other("too large"));
        }
        let bytes = self.text.fill_buf()?;
        Ok(&bytes[..bytes.len().min(self.left)])
    }

    fn consume(&mut self, bytes: usize) {
        self.left -= bytes.min(self.left);
        self.all += bytes as u64;
        self.text.consume(bytes);
    }
}

impl<R: BufRead> Read for Bounded<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(room)?;
        self.consume(read);
        Ok(read)
    }
}
