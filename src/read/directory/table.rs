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
use crate::read::source::{Next, Source, Stop};

/// Reads one file. The rules say whether it lists leavers alone, and what columns of a roster mean.
pub(crate) fn read(
    source: &Source,
    format: &'static Format,
    file_number: u16,
    rules: &Rules,
    orders: &BTreeMap<usize, DateOrder>,
) -> Result<DirectoryBatch, Stop> {
    let mut reader = PersonReader::new(&source.name, file_number);
    reader.leavers_only = rules.lists_leavers(&source.name);
    reader.orders.clone_from(orders);
    let mut header = Header::default();
    let mut columns: Vec<(usize, Role)> = Vec::new();
    let mut records = 0_u64;
    source.each_record(|record| {
        if header.is_empty() {
            header = Header::read(&record.cells);
            columns = mapped_columns(format, &header, &rules.columns);
            reader.has_status = columns.iter().any(|(_, role)| tells_status(*role));
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
    let used: Vec<usize> = columns.iter().map(|(number, _)| *number).collect();
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
fn mapped_columns(
    format: &Format,
    header: &Header,
    stated: &[(Role, String)],
) -> Vec<(usize, Role)> {
    formats::roles(format, header.folded())
        .into_iter()
        .enumerate()
        .filter_map(|(number, role)| {
            let named =
                |(_, name): &&(Role, String)| name.trim().eq_ignore_ascii_case(header.name(number));
            let stated = stated.iter().find(named).map(|(role, _)| *role);
            Some((number, stated.or(role)?))
        })
        .collect()
}

fn cells<'r>(
    columns: &'r [(usize, Role)],
    header: &'r Header,
    record: Cells<'r>,
) -> impl Iterator<Item = Cell<'r>> {
    columns.iter().map(move |&(number, role)| Cell {
        role,
        column: header.name(number),
        number,
        text: record.get(number).unwrap_or(""),
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
