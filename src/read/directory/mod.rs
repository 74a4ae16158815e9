//! Directories: identity provider and HR exports of every vendor, read into people.
//!
//! `formats` has the facts of each layout, `person` turns one record's cells into facts of a person,
//! `people` gathers records, `joining` says which are one person and `employment` what they then say together, `table` and `json` walk the records of a file.

mod employment;
pub(crate) mod formats;
pub(crate) mod joining;
pub(crate) mod json;
pub(crate) mod people;
pub(crate) mod person;
pub(crate) mod table;

use super::json::Pages;
use super::source::Source;
use crate::domain::dataset::{Note, Reject, Side, SourceFile};
use crate::domain::text::grouped;
use crate::error::Error;
use person::PersonReader;

/// What one directory file holds.
pub(crate) struct DirectoryBatch {
    pub(crate) source: SourceFile,
    pub(crate) people: people::PeopleBuilder,
    pub(crate) rejects: Vec<Reject>,
    pub(crate) notes: Vec<Note>,
    /// The pages of a JSON file.
    pub(crate) pages: Option<Pages>,
    /// Whether a column tells who is disabled.
    pub(crate) has_status: bool,
    /// Whether the file lists leavers alone.
    pub(crate) leavers_only: bool,
}

impl DirectoryBatch {
    /// The batch of a file whose records have all been read, under the columns that it was read by.
    ///
    /// A list of leavers that nobody said to be one is refused.
    fn of(
        source: &Source,
        format: &str,
        mut reader: PersonReader<'_>,
        records: u64,
        columns_used: Vec<String>,
        columns_ignored: Vec<String>,
    ) -> Result<DirectoryBatch, Error> {
        if reader.looks_like_leavers_only(records) {
            return Err(leavers_alone(&source.name, records));
        }
        if !reader.has_status {
            reader.people.is_silent(reader.file_number);
        }
        let leavers_only = reader.leavers_only;
        let format = if leavers_only {
            format!("{format} (leavers only)")
        } else {
            format.to_owned()
        };
        Ok(DirectoryBatch {
            source: SourceFile {
                name: source.name.clone(),
                format,
                side: Side::Directory,
                encoding: source.encoding.as_str().to_owned(),
                records,
                accepted: reader.accepted,
                rejected: reader.rejects.len() as u64,
                columns_used,
                columns_ignored,
                first_day: reader.days.first(),
                last_day: reader.days.last(),
                newest_event: reader.days.newest(),
            },
            notes: Vec::new(),
            pages: None,
            has_status: reader.has_status,
            people: reader.people,
            rejects: reader.rejects,
            leavers_only,
        })
    }
}

/// The refusal of a list of leavers that nobody said to be one.
fn leavers_alone(file: &str, records: u64) -> Error {
    Error::refused(
        file,
        format!(
            "nearly everyone of its {} people has left: it looks like a list of leavers alone",
            grouped(records)
        ),
        format!(
            "say so with --leavers-only {file} or leavers_only in seatledger.toml; as a roster it would make everyone \
             else a stranger"
        ),
    )
}
