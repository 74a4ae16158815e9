//! Spreadsheets: the sheets of an `.xlsx` that hold tables, row by row.
//!
//! Cells are taken as they come, so that memory is that of a few rows wherever on the sheet they stand. `parts` looks
//! at how large everything is before anything is read.

mod parts;

use std::io;
use std::sync::{Mutex, PoisonError};

use calamine::{Data, DataRef, Reader as _, Xlsx, XlsxError};

use super::careful::Trouble;
use super::cells::{Cells, Place};
use super::input::Reader;
use super::limits::{COLUMNS, RECORD_BYTES, SHEETS};
use super::source::{Next, Record, Source, Stop, nul_found};
use crate::error::Error;

/// Rows that are looked at to tell where the table begins and how wide it is.
const LOOKED_AT: usize = 1_000;
/// A workbook's texts are held in memory while it is open: one at a time.
static ONE_OPEN: Mutex<()> = Mutex::new(());

/// The cells of a row that hold something: each with its column from 0.
#[derive(Default)]
struct Row {
    /// From 0.
    number: u32,
    cells: Vec<(usize, String)>,
    bytes: usize,
}

impl Row {
    fn is_too_long(&self) -> bool {
        self.bytes > RECORD_BYTES
    }
}

/// The names of a workbook's sheets, after a look at the size of all that will be read; `None` for another archive.
pub(super) fn sheets(source: &Source) -> Result<Option<Vec<String>>, Error> {
    let _one = ONE_OPEN.lock().unwrap_or_else(PoisonError::into_inner);
    if !parts::look_at(source)? {
        return Ok(None);
    }
    let names = opened(source)?.sheet_names();
    if names.len() > SHEETS {
        return Err(Error::refused(
            &source.name,
            format!("{} sheets; at most {SHEETS} are read", names.len()),
            "save the sheets with exports as files of their own",
        ));
    }
    Ok(Some(names))
}

/// Calls `visit` with each row of the source's sheet, from the one with the column names on.
pub(super) fn each_row(
    source: &Source,
    visit: &mut impl FnMut(&Record<'_>) -> Result<Next, Stop>,
) -> Result<(), Stop> {
    let _one = ONE_OPEN.lock().unwrap_or_else(PoisonError::into_inner);
    let mut workbook = opened(source)?;
    let Some(sheet) = &source.sheet else {
        return Ok(());
    };
    let mut rows = Rows {
        source,
        cells: match workbook.worksheet_cells_reader(sheet) {
            Ok(cells) => cells,
            // A chart, a dialogue.
            Err(XlsxError::NotAWorksheet(_)) => return Ok(()),
            Err(error) => return Err(unreadable(source, error).into()),
        },
        begun: None,
        ended: false,
    };
    let mut first: Vec<Row> = Vec::new();
    let mut bytes = 0;
    while first.len() < LOOKED_AT && bytes < RECORD_BYTES {
        let Some(row) = rows.next()? else { break };
        bytes += row.bytes;
        first.push(row);
    }
    // The header is the first row with more names than half of the widest row; rows above it are titles.
    let widest = first.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let Some(start) = first.iter().position(|row| row.cells.len() * 2 > widest) else {
        return Ok(());
    };
    let columns = || first[start..].iter().flat_map(|row| &row.cells);
    let from = columns().map(|(column, _)| *column).min().unwrap_or(0);
    let to = columns().map(|(column, _)| *column).max().unwrap_or(0);
    let mut table = Table {
        columns: (from, to),
        text: String::new(),
        places: Vec::new(),
    };
    for row in first.drain(..).skip(start) {
        if table.hand_over(&row, visit)? == Next::Stop {
            return Ok(());
        }
    }
    while let Some(row) = rows.next()? {
        if table.hand_over(&row, visit)? == Next::Stop {
            return Ok(());
        }
    }
    Ok(())
}

/// Rows made of cells as they come.
struct Rows<'w> {
    source: &'w Source,
    cells: calamine::XlsxCellReader<'w, Reader>,
    /// The first cell of the next row.
    begun: Option<(u32, usize, String)>,
    /// Whether the last cell was read: asked for another, the reader fails.
    ended: bool,
}

impl Rows<'_> {
    /// The next row that holds anything.
    fn next(&mut self) -> Result<Option<Row>, Error> {
        let mut row = Row::default();
        if let Some((number, column, text)) = self.begun.take() {
            row.number = number;
            row.bytes = text.len();
            row.cells.push((column, text));
        }
        while !self.ended {
            let cell = self.cells.next_cell();
            let Some(cell) = cell.map_err(|error| unreadable(self.source, error))? else {
                self.ended = true;
                break;
            };
            let (number, column) = cell.get_position();
            let text = text_of(cell.get_value());
            if text.trim().is_empty() {
                continue;
            }
            let column = self.checked(number, column, &text)?;
            if row.cells.is_empty() {
                row.number = number;
            } else if number != row.number {
                self.begun = Some((number, column, text));
                return Ok(Some(row));
            }
            row.bytes += text.len();
            // Of a row that is too long nothing is read.
            let kept = if row.is_too_long() {
                String::new()
            } else {
                text
            };
            if row.cells.len() <= COLUMNS {
                row.cells.push((column, kept));
            }
        }
        Ok(Some(row).filter(|row| !row.cells.is_empty()))
    }

    /// A cell's column, where it can stand in a table.
    fn checked(&self, row: u32, column: u32, text: &str) -> Result<usize, Error> {
        let place = || format!("{}:{}", self.source.name, u64::from(row) + 1);
        let column = column as usize;
        if column >= COLUMNS {
            return Err(Error::refused(
                &place(),
                format!(
                    "a cell in column {}; at most {COLUMNS} are read",
                    column + 1
                ),
                "save the table alone as a workbook or CSV",
            ));
        }
        if text.contains('\0') {
            let spot = format!("in column {}", column + 1);
            let way_out = "save the workbook again from a spreadsheet";
            return Err(nul_found(&place(), &spot, way_out));
        }
        Ok(column)
    }
}

/// Rows as records of the table's columns; what a row holds beside them makes it longer.
struct Table {
    columns: (usize, usize),
    text: String,
    places: Vec<Place>,
}

impl Table {
    fn hand_over(
        &mut self,
        row: &Row,
        visit: &mut impl FnMut(&Record<'_>) -> Result<Next, Stop>,
    ) -> Result<Next, Stop> {
        self.text.clear();
        self.places.clear();
        let trouble = row.is_too_long().then_some(Trouble::TooLong);
        if trouble.is_none() {
            let columns = || row.cells.iter().map(|(column, _)| *column);
            let from = columns().min().unwrap_or(0).min(self.columns.0);
            let to = columns().max().unwrap_or(0).max(self.columns.1);
            self.places.resize(to - from + 1, (0, 0));
            for (column, cell) in &row.cells {
                let start = self.text.len() as u32;
                self.text.push_str(cell);
                self.places[column - from] = (start, self.text.len() as u32);
            }
        }
        visit(&Record {
            line: u64::from(row.number) + 1,
            cells: Cells {
                text: &self.text,
                freed: "",
                places: &self.places,
            },
            trouble,
        })
    }
}

fn opened(source: &Source) -> Result<Xlsx<Reader>, Error> {
    let reader = source.input.reader();
    let reader = reader.map_err(|error| source.failed(error))?;
    Xlsx::new(reader).map_err(|error| unreadable(source, error))
}

fn unreadable(source: &Source, error: impl ToString) -> Error {
    source.failed(io::Error::new(
        io::ErrorKind::InvalidData,
        error.to_string(),
    ))
}

/// A cell as the text that a CSV export of it would hold.
fn text_of(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::Empty | DataRef::Error(_) => String::new(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::String(text) => text.clone(),
        DataRef::DateTime(at) => at
            .as_datetime()
            .map_or_else(|| at.to_string(), |at| at.date().to_string()),
        DataRef::Bool(yes) => yes.to_string(),
        other => Data::from(other.clone()).to_string(),
    }
}
