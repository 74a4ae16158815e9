//! A table's header: column names as written and as compared.

use super::cells::Cells;
use super::source::Record;

/// What is wrong with text that holds a NUL, and what it should be.
pub(crate) const NUL: &str = "a NUL character";
pub(crate) const NO_NUL: &str = "text without NUL characters: this file is damaged";

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
    pub(crate) fn read(record: &Cells<'_>) -> Header {
        let names: Vec<String> = record.iter().map(|name| name.trim().to_owned()).collect();
        let folded = names.iter().map(|name| fold(name)).collect();
        Header { names, folded }
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
        if let Some(stray) = &record.stray_quote {
            return Some(Misfit {
                column: self.name(stray.cell),
                value: stray.text.clone(),
                reason: "a quote that ends no cell",
                expected: "a cell whose inner quotes are doubled, such as \"say \"\"hi\"\"\": where this one ends \
                           can't be told"
                    .to_owned(),
            });
        }
        if record.has_nul {
            let mut cells = record.cells.iter().enumerate();
            let (cell, text) = cells
                .find(|(_, text)| text.contains('\0'))
                .unwrap_or_default();
            return Some(Misfit {
                column: self.name(cell),
                value: text.to_owned(),
                reason: NUL,
                expected: NO_NUL.to_owned(),
            });
        }
        (record.cells.len() != self.names.len()).then(|| Misfit {
            column: "(whole record)",
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

/// Letters and digits alone, in lower case, without a bracketed suffix.
pub(crate) fn fold(name: &str) -> String {
    let name = name.split_once('[').map_or(name, |(before, _)| before);
    super::words::folded(name)
}
