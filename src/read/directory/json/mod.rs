//! A directory that is JSON: answers of identity providers' APIs, reports of HR systems, home-made lists.
//!
//! Each record's fields become the cells that a table would have, so that the rules of statuses, addresses and
//! days stand in one place, `person`.

mod fields;
mod layouts;
mod roster;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use serde_json::Value;

use super::formats::Role;
use super::person::{Cell, PersonReader};
use super::table::tells_status;
use crate::domain::dataset::{Note, Side};
use crate::error::Error;
use crate::read::dates;
use crate::read::json::text_of;
use crate::read::reading::{Batch, Reading, Untaken};
use crate::read::source::Stop;
use fields::{Field, Piece};
use layouts::Fields;
use roster::Columns;

pub(crate) use layouts::{LAYOUTS, Layout, ROSTER};

/// Reads one file. The rules say whether it lists leavers alone.
pub(crate) fn read(mut file: Reading<'_>, layout: &'static Layout) -> Result<Batch, Stop> {
    let mut reader = PersonReader::of(&file);
    let mut table = match layout.fields {
        Fields::Paths(fields) => Table(fields.iter().map(Column::of_path).collect()),
        Fields::Synonyms => {
            let found = Columns::of(file.source, file.rules)?;
            file.orders = found.orders;
            Table(found.columns)
        }
    };
    // A blank day of leaving says nothing of who is still here at an identity provider: there a status that nobody asked
    // for is unknown.
    reader.found.has_status = matches!(layout.fields, Fields::Paths(_)) || table.has_status();
    let (keys, others) = file.objects(
        Side::Directory,
        layout.full_pages,
        |file, number, record| table.take(&mut reader, file, number, record),
    )?;
    if others == file.records {
        return Err(Error::refused(
            file.name(),
            "groups alone, and no people",
            "export the users: a SCIM service has them under /Users",
        )
        .into());
    }
    reader.found.has_status = table.has_status();
    file.columns_used = table.used();
    file.columns_ignored = keys.others(&file.columns_used);
    let doubt = layout
        .doubt
        .map(|(code, text)| Note::doubt(code, format!("{} {text}", file.name())));
    file.notes.extend(doubt);
    reader.batch(file, layout.name)
}

/// A column that a file's records are read by: a field of a known layout, or a key that says something by its name.
struct Column {
    name: String,
    role: Role,
    /// Its place among the columns that say the same.
    rank: u8,
    field: Option<&'static Field>,
    /// Whether any record has it.
    seen: bool,
}

impl Column {
    fn of_path(field: &'static Field) -> Column {
        Column {
            name: field.path.trim_start_matches('/').to_owned(),
            role: field.role,
            rank: 0,
            field: Some(field),
            seen: false,
        }
    }

    fn of_key(key: String, role: Role, rank: u8) -> Column {
        Column {
            name: key,
            role,
            rank,
            field: None,
            seen: true,
        }
    }
}

/// All columns, in their order.
struct Table(Vec<Column>);

impl Table {
    fn has_status(&self) -> bool {
        let mut columns = self.0.iter();
        columns.any(|column| column.seen && tells_status(column.role))
    }

    fn used(&self) -> Vec<String> {
        // A day of an event decides nothing of a person: it only tells how old the file is.
        let is_event = |column: &Column| matches!(column.role, Role::SignedIn | Role::Added);
        let used = self.0.iter().filter(|one| one.seen && !is_event(one));
        used.map(|column| column.name.clone()).collect()
    }

    fn take(
        &mut self,
        reader: &mut PersonReader,
        file: &mut Reading<'_>,
        line: u64,
        record: &Value,
    ) -> Result<(), Untaken> {
        let mut pieces: Vec<(usize, Piece<'_>)> = Vec::new();
        for (number, column) in self.0.iter_mut().enumerate() {
            let add = |piece| pieces.push((number, piece));
            match column.field {
                Some(field) => column.seen |= field.pieces(record, add),
                None => flat_pieces(column, record, add),
            }
        }
        let cells = pieces.iter().map(|(number, piece)| Cell {
            role: piece.role,
            rank: self.0[*number].rank,
            column: &self.0[*number].name,
            number: *number,
            text: &piece.text,
        });
        // A roster's order of days is settled before; an API that writes such days is not one we know.
        reader.take(file, line, cells).map_err(|why| match why {
            Untaken::Rejected => why,
            Untaken::Ambiguous { column } => {
                let mut own = pieces.iter().filter(|(number, _)| *number == column);
                let text = own.next().map_or("", |(_, piece)| &piece.text);
                let reason = "a day that can be read two ways";
                file.reject(
                    line,
                    &self.0[column].name,
                    text,
                    reason,
                    Some(dates::EXPECTED),
                )
            }
        })
    }
}

/// The cells of one key. A day of leaving that the record leaves out is a blank one.
fn flat_pieces<'r>(column: &Column, record: &'r Value, mut add: impl FnMut(Piece<'r>)) {
    let role = column.role;
    let is_key = matches!(
        role,
        Role::Email | Role::Login | Role::AliasList | Role::EmployeeId
    );
    // An element of a list is one address, which may have a plus in it.
    let of_one = if role == Role::AliasList {
        Role::Alias
    } else {
        role
    };
    match record.get(&column.name) {
        Some(Value::Array(list)) if is_key => {
            for value in list {
                add(Piece {
                    role: of_one,
                    text: text_of(value),
                });
            }
        }
        Some(value) => {
            let text = text_of(value);
            if !(is_key && text.is_empty()) {
                add(Piece { role, text });
            }
        }
        None if role == Role::Left => add(Piece {
            role,
            text: Cow::Borrowed(""),
        }),
        None => {}
    }
}
