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
use roster::{Column, Columns};

pub(crate) use layouts::{LAYOUTS, Layout, ROSTER};

/// Reads one file. The rules say whether it lists leavers alone.
pub(crate) fn read(mut file: Reading<'_>, layout: &'static Layout) -> Result<Batch, Stop> {
    let mut reader = PersonReader::of(&file);
    let mut table = match layout.fields {
        Fields::Paths(fields) => Table::of_paths(fields),
        Fields::Synonyms => {
            let found = Columns::of(file.source, file.rules)?;
            file.orders = found.orders;
            Table::of_columns(found.columns)
        }
    };
    reader.found.has_status = table.status_is_expected();
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

/// The columns that a file's records are read by, and which of them any record has.
struct Table {
    columns: TableColumns,
    seen: Vec<bool>,
}

enum TableColumns {
    Paths(&'static [Field]),
    Keys(Vec<Column>),
}

impl Table {
    fn of_paths(fields: &'static [Field]) -> Table {
        Table {
            seen: vec![false; fields.len()],
            columns: TableColumns::Paths(fields),
        }
    }

    fn of_columns(columns: Vec<Column>) -> Table {
        Table {
            seen: vec![true; columns.len()],
            columns: TableColumns::Keys(columns),
        }
    }

    /// Whether a blank day of leaving says nothing of who is still here. At an identity provider it never does:
    /// there a status that nobody asked for is unknown.
    fn status_is_expected(&self) -> bool {
        match &self.columns {
            TableColumns::Paths(_) => true,
            TableColumns::Keys(_) => self.has_status(),
        }
    }

    fn has_status(&self) -> bool {
        (0..self.seen.len()).any(|number| self.seen[number] && tells_status(self.role(number)))
    }

    fn role(&self, number: usize) -> Role {
        match &self.columns {
            TableColumns::Paths(fields) => fields[number].role,
            TableColumns::Keys(columns) => columns[number].role,
        }
    }

    fn rank(&self, number: usize) -> u8 {
        match &self.columns {
            TableColumns::Paths(_) => 0,
            TableColumns::Keys(columns) => columns[number].rank,
        }
    }

    fn name(&self, number: usize) -> &str {
        match &self.columns {
            TableColumns::Paths(fields) => fields[number].path.trim_start_matches('/'),
            TableColumns::Keys(columns) => &columns[number].key,
        }
    }

    fn used(&self) -> Vec<String> {
        (0..self.seen.len())
            .filter(|number| {
                // A day of an event decides nothing of a person: it only tells how old the file is.
                let is_event = matches!(self.role(*number), Role::SignedIn | Role::Added);
                self.seen[*number] && !is_event
            })
            .map(|number| self.name(number).to_owned())
            .collect()
    }

    fn take(
        &mut self,
        reader: &mut PersonReader,
        file: &mut Reading<'_>,
        line: u64,
        record: &Value,
    ) -> Result<(), Untaken> {
        let mut pieces: Vec<(usize, Piece<'_>)> = Vec::new();
        for number in 0..self.seen.len() {
            match &self.columns {
                TableColumns::Paths(fields) => {
                    let add = |piece| pieces.push((number, piece));
                    self.seen[number] |= fields[number].pieces(record, add);
                }
                TableColumns::Keys(columns) => flat_pieces(&columns[number], record, |piece| {
                    pieces.push((number, piece));
                }),
            }
        }
        let cells = pieces.iter().map(|(number, piece)| Cell {
            role: piece.role,
            rank: self.rank(*number),
            column: self.name(*number),
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
                file.reject(line, self.name(column), text, reason, Some(dates::EXPECTED))
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
    match record.get(&column.key) {
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
