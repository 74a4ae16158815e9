//! Seats as columns: one row is one account's access to one product on one site.

use std::ops::Range;

use super::day::{KeptUse, LastUse};

/// All seats, sorted by account and offering, each pair at most once.
#[derive(Clone, Default)]
pub(crate) struct Seats {
    /// Row of the account in `Dataset::accounts`.
    pub(crate) account: Vec<u32>,
    /// Row of the product and site in `Dataset::offerings`.
    pub(crate) offering: Vec<u16>,
    pub(crate) last_use: Vec<KeptUse>,
}

impl Seats {
    pub(crate) fn len(&self) -> usize {
        self.account.len()
    }

    /// Each account that has seats, with their rows.
    pub(crate) fn by_account(&self) -> impl Iterator<Item = (u32, Range<usize>)> {
        let mut start = 0;
        self.account.chunk_by(u32::eq).map(move |rows| {
            let seats = start..start + rows.len();
            start = seats.end;
            (rows[0], seats)
        })
    }

    pub(crate) fn push(&mut self, account: u32, offering: u16, last_use: LastUse) {
        self.account.push(account);
        self.offering.push(offering);
        self.last_use.push(last_use.into());
    }
}
