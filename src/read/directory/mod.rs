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
