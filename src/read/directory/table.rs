//! A directory that is a table: CSV, or a sheet of a workbook.

use super::formats::{self, Format, Role};
use super::person::{Cell, PersonReader};
use crate::error::Error;
use crate::read::Rules;
use crate::read::cells::Cells;
use crate::read::header::Header;
use crate::read::reading::{Batch, Reading, TableReader, Untaken};
use crate::read::source::{Body, Record, Stop};

/// One column that says something.
struct Column {
    number: usize,
    role: Role,
    rank: u8,
}

/// Reads one file. The rules say whether it lists leavers alone, and what columns of a roster mean.
pub(crate) fn read(mut file: Reading<'_>, format: &'static Format) -> Result<Batch, Stop> {
    let people = PersonReader::of(&file);
    let mut reader = Reader { format, people };
    if matches!(file.source.body, Body::Workbook) {
        reader.people.found.people.is_spreadsheet(file.number);
    }
    file.table(&mut reader)?;
    reader.people.batch(file, format.name)
}

struct Reader {
    format: &'static Format,
    people: PersonReader,
}

impl TableReader for Reader {
    type Layout = Vec<Column>;
    const EMPTY: &'static str =
        "export the file again; an empty directory would make everyone a leaver";

    fn layout(&mut self, file: &Reading<'_>, header: &Header) -> Result<Vec<Column>, Error> {
        let columns = mapped_columns(self.format, header, file.rules);
        self.people.found.has_status = columns.iter().any(|column| tells_status(column.role));
        Ok(columns)
    }

    fn used(columns: &Vec<Column>) -> Vec<usize> {
        columns.iter().map(|column| column.number).collect()
    }

    fn take(
        &mut self,
        file: &mut Reading<'_>,
        record: &Record<'_>,
        columns: &Vec<Column>,
        header: &Header,
    ) -> Result<(), Untaken> {
        let cells = cells(columns, header, record.cells);
        self.people.take(file, record.line, cells)
    }
}

/// What each column says: by the configuration's word, else by the format.
fn mapped_columns(format: &Format, header: &Header, rules: &Rules) -> Vec<Column> {
    let stated = &rules.columns;
    formats::roles(format, header.folded())
        .into_iter()
        .zip(header.folded())
        .enumerate()
        .filter_map(|(number, (usual, folded))| {
            let (role, rank) = formats::role_and_rank(stated, header.name(number), folded, usual)?;
            // Reading a day from each record costs time: only where the day of the report needs it.
            let wanted = role != Role::Added || rules.days_of_adding;
            wanted.then_some(Column { number, role, rank })
        })
        .collect()
}

fn cells<'r>(
    columns: &'r [Column],
    header: &'r Header,
    record: Cells<'r>,
) -> impl Iterator<Item = Cell<'r>> {
    columns.iter().map(move |column| Cell {
        role: column.role,
        rank: column.rank,
        column: header.name(column.number),
        number: column.number,
        text: record.get(column.number).unwrap_or(""),
    })
}

pub(crate) const fn tells_status(role: Role) -> bool {
    matches!(
        role,
        Role::Enabled
            | Role::Blocked
            | Role::Status
            | Role::StatusHint
            | Role::StatusNumber
            | Role::UserAccountControl
            | Role::Deleted
    )
}
