//! What analysis says of a dataset: the class of every row, the counts, the findings.

use std::fmt;

use super::access::AccessSet;
use super::check::Check;
use super::class::{
    GuardClass, GuardReason, GuardVerdict, Standing, StandingReason, Use, UseReason,
};
use super::counts::Counts;
use super::day::KeptUse;
use super::finding::Findings;

/// Everything that analysis says; rows as in the dataset.
#[derive(Clone, Debug)]
pub(crate) struct Analysis {
    pub(crate) counts: Counts,
    pub(crate) accounts: Vec<AccountClass>,
    /// For each seat, its use; `None` for access that is not billed.
    pub(crate) uses: Vec<Option<Use>>,
    pub(crate) findings: Findings,
    /// The checks of the data that fired: those of reading, and those of the classes.
    pub(crate) checks: Vec<Check>,
}

/// What the rules say of one account, and what its seats add up to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct AccountClass {
    pub(crate) standing: Standing,
    pub(crate) reason: StandingReason,
    pub(crate) guard_standard: GuardClass,
    pub(crate) guard_premium: GuardClass,
    /// Its person's department; 0 where it has none.
    pub(crate) department: u32,
    pub(crate) billed_seats: u16,
    /// The wasted ones among its billed seats.
    pub(crate) wasted_seats: u16,
    /// Grants of access, billed or not.
    pub(crate) grants: u16,
    pub(crate) access: AccessSet,
    /// The latest use of anything, by its seats and by the account's own column.
    pub(crate) last_use: KeptUse,
}

/// What a table of rules says of a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Decided<C, R> {
    pub(crate) class: C,
    pub(crate) reason: R,
    /// The rule that decided.
    pub(crate) place: RulePlace,
}

/// Which rule of an ordered table it was: `rule 9 of 13`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct RulePlace {
    /// From 1 on.
    pub(crate) place: usize,
    pub(crate) of: usize,
}

impl fmt::Display for RulePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rule {} of {}", self.place, self.of)
    }
}

/// What each table says of one account and its seats.
#[derive(Debug)]
pub(crate) struct Decisions {
    pub(crate) standing: Decided<Standing, StandingReason>,
    pub(crate) guard_standard: Decided<GuardVerdict, GuardReason>,
    pub(crate) guard_premium: Decided<GuardVerdict, GuardReason>,
    /// For each seat of the account, in the dataset's order.
    pub(crate) seats: Vec<Decided<Option<Use>, UseReason>>,
}
