//! Atlassian's own exports: the users export, the managed-accounts export and the API's JSON.
//!
//! Each reader fills an `AccountsBuilder`; merging several exports is `merge`'s work.

pub(crate) mod accounts;
pub(crate) mod api;
pub(crate) mod managed;
pub(crate) mod users;

use crate::domain::dataset::{Note, Reject, SourceFile};
use crate::error::Error;
use crate::read::json::Pages;
use crate::read::source::Source;

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

/// Refuses a file in which an id stands for many addresses: a placeholder would make one account of all of them.
fn refuse_shared_id(source: &Source, accounts: &accounts::AccountsBuilder) -> Result<(), Error> {
    let Some((one, other)) = accounts.shared_id() else {
        return Ok(());
    };
    Err(Error::refused(
        &source.name,
        format!(
            "one account id stands for more than ten addresses, for example in lines {} and {}",
            one.line, other.line
        ),
        "export the file again with the ids of the accounts, or empty that column: accounts are then told by address",
    ))
}
