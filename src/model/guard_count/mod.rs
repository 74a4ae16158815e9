//! The Guard count held against an invoice, and the lawful ways to lower it.

pub(crate) mod difference;
pub(crate) mod lower;
pub(crate) mod reconcile;
