//! What analysis says of a dataset: the class of every row, the counts, the findings.

use super::check::Check;
use super::class::{GuardClass, Standing, StandingReason, Use};
use super::counts::Counts;
use super::day::LastUse;
use super::finding::Finding;

/// Everything that analysis says; rows as in the dataset.
#[derive(Clone, Debug)]
pub(crate) struct Analysis {
    pub(crate) counts: Counts,
    pub(crate) standing: Vec<Standing>,
    pub(crate) standing_reason: Vec<StandingReason>,
    pub(crate) guard_standard: Vec<GuardClass>,
    pub(crate) guard_premium: Vec<GuardClass>,
    /// For each account, its person's department (0 where it has none).
    pub(crate) department: Vec<u32>,
    /// For each account, its billed seats and the wasted ones among them.
    pub(crate) billed_seats: Vec<u16>,
    pub(crate) wasted_seats: Vec<u16>,
    /// For each account, the latest use of anything.
    pub(crate) last_use: Vec<LastUse>,
    /// For each seat, its use; `None` for access that is not billed.
    pub(crate) uses: Vec<Option<Use>>,
    /// Sorted by code, account and seat.
    pub(crate) findings: Vec<Finding>,
    /// The checks of the data that fired: those of reading, and those of the classes.
    pub(crate) checks: Vec<Check>,
}
