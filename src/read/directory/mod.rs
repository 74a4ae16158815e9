//! Directories: identity provider and HR exports of every vendor, read into people.
//!
//! `formats` has the facts of each layout, `person` turns one record's cells into facts of a person,
//! `people` merges records into people, `table` and `json` walk the records of a file.

pub(crate) mod formats;
pub(crate) mod json;
pub(crate) mod people;
pub(crate) mod person;
pub(crate) mod table;

use crate::domain::dataset::{Note, Reject, SourceFile};

/// What one directory file holds.
pub(crate) struct DirectoryBatch {
    pub(crate) source: SourceFile,
    pub(crate) people: people::PeopleBuilder,
    pub(crate) rejects: Vec<Reject>,
    pub(crate) notes: Vec<Note>,
    /// Whether the file lists leavers alone.
    pub(crate) leavers_only: bool,
}
