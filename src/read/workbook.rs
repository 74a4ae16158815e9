//! Spreadsheets: the first sheet of an `.xlsx` that has a table, row by row.

use std::io;

use calamine::{Data, Reader, Xlsx, open_workbook};
use csv::StringRecord;

use super::cells::Cells;
use super::source::{Next, Record, Source, Stop};
use crate::error::Error;

/// Calls `visit` with each row of the first sheet that has any; titles above the table are passed over.
pub(crate) fn each_row(
    source: &Source,
    visit: &mut impl FnMut(&Record<'_>) -> Result<Next, Stop>,
) -> Result<(), Stop> {
    let unreadable = |error: calamine::XlsxError| {
        Error::cannot_open(
            &source.path,
            io::Error::new(io::ErrorKind::InvalidData, error.to_string()),
        )
    };
    let mut workbook: Xlsx<_> = open_workbook(&source.path).map_err(unreadable)?;
    for sheet in workbook.sheet_names() {
        let range = workbook.worksheet_range(&sheet).map_err(unreadable)?;
        let first_line = u64::from(range.start().map_or(0, |(row, _)| row)) + 1;
        let rows: Vec<StringRecord> = range
            .rows()
            .map(|row| row.iter().map(text_of).collect::<StringRecord>())
            .collect();
        // The header is the first row with as many names as the table is wide; rows above it are titles.
        let filled = |row: &StringRecord| row.iter().filter(|cell| !cell.trim().is_empty()).count();
        let widest = rows.iter().map(filled).max().unwrap_or(0);
        let Some(start) = rows.iter().position(|row| filled(row) * 2 > widest) else {
            continue;
        };
        let mut places = Vec::new();
        for (place, row) in rows.iter().enumerate().skip(start) {
            let record = Record {
                line: first_line + place as u64,
                cells: Cells::of(row, &mut places),
                stray_quote: None,
                has_nul: row.as_slice().contains('\0'),
            };
            if filled(row) > 0 && visit(&record)? == Next::Stop {
                return Ok(());
            }
        }
        return Ok(());
    }
    Ok(())
}

/// A cell as the text that a CSV export of it would hold.
fn text_of(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::DateTime(at) => at
            .as_datetime()
            .map_or_else(|| at.to_string(), |at| at.date().to_string()),
        Data::Bool(yes) => yes.to_string(),
        other => other.to_string(),
    }
}
