//! A directory that is a table: CSV, or a sheet of a workbook.

use std::collections::BTreeMap;

use super::DirectoryBatch;
use super::formats::{self, Format, Role};
use super::person::{Cell, PersonReader, Taken};
use crate::error::Error;
use crate::read::Rules;
use crate::read::cells::Cells;
use crate::read::dates::DateOrder;
use crate::read::header::Header;
use crate::read::source::{Body, Next, Source, Stop};

/// One column that says something.
struct Column {
    number: usize,
    role: Role,
    rank: u8,
}

/// Reads one file. The rules say whether it lists leavers alone, and what columns of a roster mean.
pub(crate) fn read(
    source: &Source,
    format: &'static Format,
    file_number: u16,
    rules: &Rules,
    orders: &BTreeMap<usize, DateOrder>,
) -> Result<DirectoryBatch, Stop> {
    let mut reader = PersonReader::new(&source.name, file_number, rules);
    reader.orders.clone_from(orders);
    let mut header = Header::default();
    let mut columns: Vec<Column> = Vec::new();
    let mut records = 0_u64;
    if matches!(source.body, Body::Workbook) {
        reader.people.is_spreadsheet(file_number);
    }
    source.each_record(|record| {
        if header.is_empty() {
            header = Header::read(&source.name, record)?;
            columns = mapped_columns(format, &header, rules);
            reader.has_status = columns.iter().any(|column| tells_status(column.role));
            return Ok(Next::Go);
        }
        records += 1;
        if let Some(misfit) = header.misfit(record) {
            reader.reject(
                record.line,
                misfit.column,
                &misfit.value,
                misfit.reason,
                Some(&misfit.expected),
            );
            return Ok(Next::Go);
        }
        match reader.take(record.line, cells(&columns, &header, record.cells)) {
            Taken::Ambiguous { column } => Err(Stop::Ambiguous { column }),
            Taken::Yes | Taken::Rejected => Ok(Next::Go),
        }
    })?;
    if records == 0 {
        return Err(Error::refused(
            &source.name,
            "a header and no records",
            "export the file again; an empty directory would make everyone a leaver",
        )
        .into());
    }
    let used: Vec<usize> = columns.iter().map(|column| column.number).collect();
    let (columns_used, columns_ignored) = header.split_names(&used);
    DirectoryBatch::of(
        source,
        format.name,
        reader,
        records,
        columns_used,
        columns_ignored,
    )
    .map_err(Stop::Failed)
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
