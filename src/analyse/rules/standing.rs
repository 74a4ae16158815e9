//! What an account is: exactly one standing each.

use super::Condition::{Absent, All, Is, Not, OnOrBefore, Setting};
use super::facts::Value::{Kind, Managed, Person, Service, Status};
use super::facts::{Column, Date, Limit, Setting as Set};
use super::{Table, rule};
use crate::domain::account::{AccountKind, AccountStatus};
use crate::domain::class::{Standing, StandingReason as Reason};
use crate::domain::person::PersonStatus;

// One line a rule, so that the table is one.
#[rustfmt::skip]
pub(in crate::analyse) const STANDING: Table<Standing, Reason> = Table {
    rules: &[
        // Neither apps nor customers hold a billed seat, nor does an account that cannot sign in.
        rule(Is(Kind(AccountKind::App)), Standing::App, Reason::AppAccount),
        rule(Is(Kind(AccountKind::Customer)), Standing::Customer, Reason::CustomerAccess),
        rule(Is(Status(AccountStatus::Suspended)), Standing::Disabled, Reason::Suspended),
        rule(Is(Status(AccountStatus::Deactivated)), Standing::Disabled, Reason::Deactivated),
        rule(Is(Status(AccountStatus::Closed)), Standing::Disabled, Reason::Closed),
        rule(Is(Service), Standing::Service, Reason::ListedAsService),
        rule(All(&[Not(&Is(Managed)), Absent(Column::Person)]), Standing::External, Reason::DomainNotClaimed),
        rule(Is(Person(PersonStatus::Gone)), Standing::Orphaned, Reason::GoneFromDirectory),
        rule(OnOrBefore(Date::Left.against(Limit::AsOf)), Standing::Orphaned, Reason::LeftByDate),
        rule(Is(Person(PersonStatus::Disabled)), Standing::Orphaned, Reason::DisabledInDirectory),
        // Without a roster, absence says nothing: the person's status is simply not given.
        rule(All(&[Absent(Column::Person), Not(&Setting(Set::RosterGiven))]), Standing::Unknown, Reason::NoDirectory),
        rule(All(&[Absent(Column::Person), Setting(Set::UnmatchedAreOrphaned)]), Standing::Orphaned, Reason::TreatedAsOrphaned),
        rule(Absent(Column::Person), Standing::Unmatched, Reason::NoSuchAddress),
        rule(Is(Person(PersonStatus::Unknown)), Standing::Unknown, Reason::NoStatusGiven),
        rule(Is(Person(PersonStatus::NotYet)), Standing::Current, Reason::NotYetActive),
    ],
    otherwise: (Standing::Current, Reason::PersonPresent),
};
