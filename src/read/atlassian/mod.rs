//! Atlassian's own exports: the users export, the managed-accounts export and the API's JSON.
//!
//! Each reader fills an `AccountsBuilder`; merging several exports is `merge`'s work.

pub(crate) mod accounts;
pub(crate) mod api;
pub(crate) mod managed;
pub(crate) mod users;

use super::reading::{Batch, Held, Reading};
use super::source::Stop;
use crate::error::Error;
use accounts::AccountsBuilder;

/// The batch of a file of accounts. An id that stands for many addresses is refused: a placeholder would make one account
/// of all of them.
fn batch(file: Reading<'_>, format: &str, accounts: AccountsBuilder) -> Result<Batch, Stop> {
    if let Some((one, other)) = accounts.shared_id() {
        let found = format!(
            "one account id stands for more than ten addresses, for example in lines {} and {}",
            one.line, other.line
        );
        let hint = "export the file again with the ids of the accounts, or empty that column: accounts are then told by \
                    address";
        return Err(Error::refused(file.name(), found, hint).into());
    }
    Ok(file.batch(format.to_owned(), Held::Accounts(Box::new(accounts))))
}
