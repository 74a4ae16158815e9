//! What conditions can ask of an account or a seat, and the answers for one row: one bit a statement, since no column
//! that the rules read has more than a few values, and a day matters only by where it lies against a day of the
//! settings. Reading them from the dataset's columns is `classify`'s.

use std::cmp::Ordering;

use crate::domain::access::{Access, AccessSet};
use crate::domain::account::{AccountKind, AccountStatus, Policy};
use crate::domain::class::Standing;
use crate::domain::day::Day;
use crate::domain::person::PersonStatus;
use crate::domain::product::SiteKind;

/// A value that a column can have.
#[derive(Clone, Copy)]
pub(in crate::analyse) enum Value {
    Kind(AccountKind),
    Status(AccountStatus),
    Policy(Policy),
    /// The status of the account's person in the directory.
    Person(PersonStatus),
    /// The organisation manages the account: an export says so, or its domain is claimed.
    Managed,
    /// The configuration lists the account as a service account.
    Service,
    /// An exemption holds for the account on the day of the report.
    Exempt,
    /// The standing of the seat's account.
    Standing(Standing),
    /// The seat's offering is on a bill of the organisation.
    Billed,
    Site(SiteKind),
    Seen(Seen),
}

/// What an export says of a seat's last use.
#[derive(Clone, Copy)]
pub(in crate::analyse) enum Seen {
    NotReported,
    Never,
    /// Used, but not on or after a day.
    Before,
    On,
}

/// A column that a row may lack.
#[derive(Clone, Copy)]
pub(in crate::analyse) enum Column {
    /// The account's person: nobody in the directory has its address.
    Person,
}

/// A day that a row has or lacks.
#[derive(Clone, Copy)]
pub(in crate::analyse) enum Date {
    /// When the account's person left, or will leave.
    Left,
    /// When the seat was last used, or the day before which it was.
    LastSeen,
    /// When the account was added.
    Added,
}

/// A day of the settings, the same for every row.
#[derive(Clone, Copy)]
pub(in crate::analyse) enum Limit {
    /// The day of the report.
    AsOf,
    /// The first day whose use counts as active: the day of the report less `inactive_after`.
    ActiveSince,
    /// Accounts added after this day are new: the day of the report less `grace`.
    NewAfter,
}

/// What holds for every row alike.
#[derive(Clone, Copy)]
pub(in crate::analyse) enum Setting {
    /// The directory lists everyone who works here; without that, absence says nothing.
    RosterGiven,
    /// `treat_unmatched_as = "orphaned"`.
    UnmatchedAreOrphaned,
    /// External users are under a billable policy.
    ExternalPolicyBillable,
}

/// Every statement's bit: the columns follow each other, each as wide as it has values.
mod bit {
    pub(super) const KIND: u32 = 0;
    pub(super) const STATUS: u32 = KIND + 3;
    pub(super) const POLICY: u32 = STATUS + 4;
    pub(super) const PERSON: u32 = POLICY + 3;
    pub(super) const PEOPLE: u32 = 5;
    pub(super) const STANDING: u32 = PERSON + PEOPLE;
    pub(super) const SITE: u32 = STANDING + 9;
    pub(super) const SEEN: u32 = SITE + 3;
    pub(super) const FLAG: u32 = SEEN + 4;
    pub(super) const SETTING: u32 = FLAG + 4;
    pub(super) const DATE: u32 = SETTING + 3;
    pub(super) const ACCESS: u32 = DATE + 3 * 3;
}

/// All that is so of one row. Two rows with the same facts are classed alike by every table.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(in crate::analyse) struct Facts(u64);

impl Value {
    const fn bit(self) -> u32 {
        match self {
            Value::Kind(kind) => bit::KIND + kind as u32,
            Value::Status(status) => bit::STATUS + status as u32,
            Value::Policy(policy) => bit::POLICY + policy as u32,
            Value::Person(status) => bit::PERSON + status as u32,
            Value::Standing(standing) => bit::STANDING + standing as u32,
            Value::Site(kind) => bit::SITE + kind as u32,
            Value::Seen(seen) => bit::SEEN + seen as u32,
            Value::Managed => bit::FLAG,
            Value::Service => bit::FLAG + 1,
            Value::Exempt => bit::FLAG + 2,
            Value::Billed => bit::FLAG + 3,
        }
    }
}

impl Setting {
    const fn bit(self) -> u32 {
        bit::SETTING + self as u32
    }
}

/// A day of a row and the day of the settings that it is held against.
#[derive(Clone, Copy)]
pub(in crate::analyse) struct Dates {
    date: Date,
    limit: Limit,
}

/// The days that the settings come to.
pub(in crate::analyse) struct Limits {
    pub(in crate::analyse) as_of: Day,
    pub(in crate::analyse) active_since: Day,
    pub(in crate::analyse) new_after: Day,
}

impl Limits {
    const fn day(&self, limit: Limit) -> Day {
        match limit {
            Limit::AsOf => self.as_of,
            Limit::ActiveSince => self.active_since,
            Limit::NewAfter => self.new_after,
        }
    }
}

impl Date {
    /// A date has one limit, and the facts of a row say where it lies against that one alone: a table that asks for
    /// another does not compile.
    pub(in crate::analyse) const fn against(self, limit: Limit) -> Dates {
        assert!(matches!(
            (self, limit),
            (Date::Left, Limit::AsOf)
                | (Date::LastSeen, Limit::ActiveSince)
                | (Date::Added, Limit::NewAfter)
        ));
        Dates { date: self, limit }
    }
}

impl Dates {
    /// The bit that says that the date lies so against its limit.
    const fn bit(self, lies: Ordering) -> u32 {
        bit::DATE + 3 * self.date as u32 + (lies as i8 + 1) as u32
    }
}

impl Facts {
    pub(in crate::analyse) const fn with(self, value: Value) -> Facts {
        self.when(true, value)
    }

    pub(in crate::analyse) const fn when(self, so: bool, value: Value) -> Facts {
        Facts(self.0 | (so as u64) << value.bit())
    }

    pub(in crate::analyse) const fn set(self, so: bool, setting: Setting) -> Facts {
        Facts(self.0 | (so as u64) << setting.bit())
    }

    pub(in crate::analyse) const fn reaching(self, access: AccessSet) -> Facts {
        Facts(self.0 | (access.bits() as u64) << bit::ACCESS)
    }

    /// Adds where a day lies against its limit; a day that is not known lies nowhere.
    pub(in crate::analyse) fn dated(
        self,
        dates: Dates,
        day: Option<Day>,
        limits: &Limits,
    ) -> Facts {
        match day {
            Some(day) => Facts(self.0 | 1 << dates.bit(day.cmp(&limits.day(dates.limit)))),
            None => self,
        }
    }

    pub(in crate::analyse) const fn and(self, other: Facts) -> Facts {
        Facts(self.0 | other.0)
    }

    pub(super) const fn is(self, value: Value) -> bool {
        self.has_bit(value.bit())
    }

    pub(super) const fn is_set(self, setting: Setting) -> bool {
        self.has_bit(setting.bit())
    }

    pub(super) const fn lies(self, dates: Dates, lies: Ordering) -> bool {
        self.has_bit(dates.bit(lies))
    }

    pub(super) const fn reaches(self, access: Access) -> bool {
        self.has_bit(bit::ACCESS + access as u32)
    }

    pub(super) const fn lacks(self, column: Column) -> bool {
        match column {
            Column::Person => self.0 & ((1 << bit::PEOPLE) - 1) << bit::PERSON == 0,
        }
    }

    const fn has_bit(self, bit: u32) -> bool {
        self.0 & 1 << bit != 0
    }

    pub(super) const fn bits(self) -> u64 {
        self.0
    }
}
