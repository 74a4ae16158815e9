//! A table's header: column names as written and as compared.

use super::careful::Trouble;
use super::limits::{self, COLUMNS, RECORD_BYTES, RECORD_LINES};
use super::source::Record;
use crate::error::Error;

/// Why a record is not read.
#[derive(Debug)]
pub(crate) struct Misfit<'h> {
    pub(crate) column: &'h str,
    pub(crate) value: String,
    pub(crate) reason: &'static str,
    pub(crate) expected: String,
}

/// The names of a table's columns.
#[derive(Clone, Debug, Default)]
pub(crate) struct Header {
    names: Vec<String>,
    folded: Vec<String>,
}

impl Header {
    /// Reads the first record of a table.
    pub(crate) fn read(file: &str, record: &Record<'_>) -> Result<Header, Error> {
        let refused = |found: String, hint: &str| {
            Err(Error::refused(
                &format!("{file}:{}", record.line),
                found,
                hint,
            ))
        };
        if let Some(trouble) = &record.trouble {
            return refused(
                format!("the line of column names has {}", reason(trouble)),
                "correct that line, or export the file again",
            );
        }
        if record.cells.len() > COLUMNS {
            return refused(
                format!("{} columns; at most {COLUMNS} are read", record.cells.len()),
                "export fewer columns: the README says which are used",
            );
        }
        let names = record.cells.iter();
        let names: Vec<String> = names.map(|name| name.trim().to_owned()).collect();
        let folded = names.iter().map(|name| fold(name)).collect();
        Ok(Header { names, folded })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// Names as they are compared: letters and digits alone, in lower case.
    pub(crate) fn folded(&self) -> &[String] {
        &self.folded
    }

    pub(crate) fn name(&self, column: usize) -> &str {
        self.names.get(column).map_or("", String::as_str)
    }

    /// The column of this folded name.
    pub(crate) fn find(&self, folded: &str) -> Option<usize> {
        self.folded.iter().position(|name| name == folded)
    }

    /// Why a record can't be this table's: its quotes are not those of CSV, or it has another number of cells.
    pub(crate) fn misfit(&self, record: &Record<'_>) -> Option<Misfit<'_>> {
        if let Some(trouble) = &record.trouble {
            let (cell, value) = match trouble {
                Trouble::Stray { cell, text, .. } | Trouble::Endless { cell, text } => {
                    (self.name(*cell), text.clone())
                }
                Trouble::TooLong => (WHOLE_RECORD, format!("over {}", most_bytes())),
            };
            return Some(Misfit {
                column: cell,
                value,
                reason: reason(trouble),
                expected: expected(trouble),
            });
        }
        (record.cells.len() != self.names.len()).then(|| Misfit {
            column: WHOLE_RECORD,
            value: format!("{} cells", record.cells.len()),
            reason: "wrong number of cells",
            expected: format!("{} cells, as the header has", self.names.len()),
        })
    }

    /// The names of the columns in `used`, and those of all others.
    pub(crate) fn split_names(&self, used: &[usize]) -> (Vec<String>, Vec<String>) {
        let (yes, no): (Vec<_>, Vec<_>) = self
            .names
            .iter()
            .enumerate()
            .partition(|(number, _)| used.contains(number));
        let names = |columns: Vec<(usize, &String)>| {
            columns.into_iter().map(|(_, name)| name.clone()).collect()
        };
        (names(yes), names(no))
    }
}

const WHOLE_RECORD: &str = "(whole record)";

fn most_bytes() -> String {
    limits::in_words(RECORD_BYTES as u64)
}

const STRAY: &str = "a quote that ends no cell";
const ENDLESS: &str = "a quote that nothing closes";

/// Whether this is a fault of quotes.
pub(super) fn is_of_quotes(reason: &str) -> bool {
    matches!(reason, STRAY | ENDLESS)
}

/// What is wrong, in words.
const fn reason(trouble: &Trouble) -> &'static str {
    match trouble {
        Trouble::Stray { .. } => STRAY,
        Trouble::Endless { .. } => ENDLESS,
        Trouble::TooLong => "more text than a record may have",
    }
}

/// What a record in trouble should have held.
fn expected(trouble: &Trouble) -> String {
    const DOUBLED: &str = "a cell whose inner quotes are doubled, such as \"say \"\"hi\"\"\": where this one ends \
                           can't be told";
    match trouble {
        Trouble::Stray { taken: 0, .. } => DOUBLED.to_owned(),
        Trouble::Stray { taken: 1, .. } => {
            format!("{DOUBLED}; it would take in the next line, which is read by itself")
        }
        Trouble::Stray { taken, .. } => format!(
            "{DOUBLED}; it would take in the next {taken} lines, which are read by themselves"
        ),
        Trouble::Endless { .. } => format!(
            "a quote that ends the cell within {} and {RECORD_LINES} lines; the next lines are read by themselves",
            most_bytes()
        ),
        Trouble::TooLong => format!("a record of at most {}", most_bytes()),
    }
}

/// Letters and digits alone, in lower case, without a bracketed suffix.
pub(crate) fn fold(name: &str) -> String {
    let name = name.split_once('[').map_or(name, |(before, _)| before);
    super::words::folded(name)
}
