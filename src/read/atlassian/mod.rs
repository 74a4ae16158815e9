//! Atlassian's own exports: the users export, the managed-accounts export and the API's JSON.
//!
//! Each reader fills an `AccountsBuilder`; merging several exports is `merge`'s work.

pub(crate) mod accounts;
pub(crate) mod api;
pub(crate) mod managed;
pub(crate) mod users;

use crate::domain::dataset::{Note, Reject, SourceFile};
use crate::read::json::Pages;

/// What one Atlassian file holds.
pub(crate) struct AtlassianBatch {
    pub(crate) source: SourceFile,
    pub(crate) accounts: accounts::AccountsBuilder,
    pub(crate) rejects: Vec<Reject>,
    pub(crate) notes: Vec<Note>,
    /// The pages of a JSON file.
    pub(crate) pages: Option<Pages>,
    /// Whether a day in it is told by how long it lies before the day of the export.
    pub(crate) counts_back: bool,
}
