//! The rules that class accounts and seats: four ordered tables of data, without a line of code in them.
//!
//! `standing`, `usage`, `guard_standard` and `guard_premium` are the tables; each reads from top to bottom, and the
//! first rule whose condition holds decides. `facts` is what a condition can ask, `evaluate` answers it. `access` is the
//! table of what an offering says of the accounts that reach it.

pub(super) mod access;
pub(super) mod evaluate;
pub(super) mod facts;
pub(super) mod guard_premium;
pub(super) mod guard_standard;
pub(super) mod standing;
#[cfg(test)]
mod tests;
pub(super) mod usage;

use crate::domain::access::Access;
use facts::{Column, Dates, Setting, Value};

/// All rules of one question, in their order.
pub(super) struct Table<C: 'static, R: 'static> {
    pub(super) rules: &'static [Rule<C, R>],
    /// The last rule: it decides where no other holds.
    pub(super) otherwise: (C, R),
}

/// What a row is, and why, if a condition holds and that of no earlier rule does.
pub(super) struct Rule<C, R> {
    pub(super) holds: Condition,
    pub(super) class: C,
    pub(super) reason: R,
}

/// What can be asked of a row.
pub(super) enum Condition {
    /// A column has this value.
    Is(Value),
    /// The account can reach something of this kind.
    Has(Access),
    /// The account can reach this kind, and none else of these.
    HasOnly(Access, &'static [Access]),
    /// A column has no value.
    Absent(Column),
    /// A day lies so against its limit; one that the row lacks lies nowhere.
    OnOrBefore(Dates),
    OnOrAfter(Dates),
    After(Dates),
    /// The configuration or the input says so, for every row alike.
    Setting(Setting),
    Not(&'static Condition),
    All(&'static [Condition]),
    Any(&'static [Condition]),
}

/// One line of a table.
const fn rule<C: Copy, R: Copy>(holds: Condition, class: C, reason: R) -> Rule<C, R> {
    Rule {
        holds,
        class,
        reason,
    }
}
