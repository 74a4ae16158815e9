//! People of the directory, and every address by which an account can be theirs.

use std::ops::Range;

use super::day::Day;
use super::index::Index;
use super::text::Texts;

use crate::named::named;

/// What the directory says of a person's employment or sign-in.
///
/// Ordered from the mildest to the strictest: when two records disagree, the stricter one is kept.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum PersonStatus {
    /// No status column, or a blank or unknown word in it. Never taken for "present".
    Unknown,
    Present,
    /// Staged or invited: not yet active.
    NotYet,
    Disabled,
    Gone,
}

named! {
    /// Which field of the directory an address came from; the first match in this order is reported.
    AddressKind {
        Email = "email";
        Login = "login";
        Alias = "alias";
        /// The home address decoded from a guest's user principal name.
        Guest = "guest";
    }
}

/// One person.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Person {
    pub(crate) status: PersonStatus,
    /// The day of leaving, which may lie ahead.
    pub(crate) left: Option<Day>,
    /// Number of the department in `Dataset::departments`.
    pub(crate) department: u32,
}

/// All people after merging; `addresses` leads from an address to its person. Twelve bytes a person in one place: an
/// account's person is anywhere among them, and three columns would be three waits for memory.
#[derive(Clone, Default)]
pub(crate) struct People {
    pub(crate) all: Vec<Person>,
    /// People whose records disagree on the status, sorted: the stricter one was kept.
    pub(crate) disputed: Vec<u32>,
    /// People with an ended and a current employment in one list, sorted, with the day the last one ended.
    pub(crate) rehired: Vec<(u32, Option<Day>)>,
    pub(crate) addresses: AddressBook,
}

impl People {
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }
}

/// Every address of every person; of an address that several records have, the first is the one that is found.
#[derive(Clone, Default)]
pub(crate) struct AddressBook {
    pub(crate) texts: Texts,
    pub(crate) index: Index,
    pub(crate) person: Vec<u32>,
    pub(crate) kind: Vec<AddressKind>,
}

impl AddressBook {
    /// The person who has this address, and by which of their fields.
    pub(crate) fn find(&self, address: &str) -> Option<(u32, AddressKind)> {
        self.at(self.index.find(&self.texts, address)?)
    }

    /// For each of these rows of a column of addresses: the person who has it, and by which of their fields.
    pub(crate) fn find_each(
        &self,
        addresses: &Texts,
        rows: Range<usize>,
    ) -> impl Iterator<Item = Option<(u32, AddressKind)>> {
        let found = self.index.find_each(&self.texts, addresses, rows);
        found.into_iter().map(|number| self.at(number?))
    }

    fn at(&self, number: u32) -> Option<(u32, AddressKind)> {
        let number = number as usize;
        Some((*self.person.get(number)?, *self.kind.get(number)?))
    }
}
