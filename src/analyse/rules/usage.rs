//! How a seat is used: exactly one use for each seat on a bill of the organisation, and none for other access.

use super::Condition::{After, All, Any, Is, Not, OnOrAfter, OnOrBefore};
use super::facts::Value::{Billed, Exempt, Seen as LastUse, Site, Standing as Account};
use super::facts::{Date, Limit, Seen};
use super::{Condition, Table, rule};
use crate::domain::class::{Standing, Use, UseReason as Reason};
use crate::domain::product::SiteKind;

const HOLDS_NO_SEAT: Condition = Any(&[
    Is(Account(Standing::App)),
    Is(Account(Standing::Customer)),
    Is(Account(Standing::Disabled)),
]);

// One line a rule, so that the table is one.
#[rustfmt::skip]
pub(in crate::analyse) const USAGE: Table<Option<Use>, Reason> = Table {
    rules: &[
        rule(Not(&Is(Billed)), None, Reason::NotBilled),
        rule(HOLDS_NO_SEAT, None, Reason::HoldsNoSeat),
        rule(Is(Account(Standing::Orphaned)), Some(Use::Orphaned), Reason::OrphanedAccount),
        rule(Is(Account(Standing::Service)), Some(Use::Exempt), Reason::ServiceAccount),
        rule(Is(Exempt), Some(Use::Exempt), Reason::Exempted),
        rule(Is(Site(SiteKind::Sandbox)), Some(Use::Sandbox), Reason::OnSandbox),
        rule(Is(LastUse(Seen::NotReported)), Some(Use::Unreported), Reason::NotReported),
        rule(All(&[Is(LastUse(Seen::On)), OnOrAfter(Date::LastSeen.against(Limit::ActiveSince))]), Some(Use::Active), Reason::SeenWithinLimit),
        rule(Is(LastUse(Seen::On)), Some(Use::Inactive), Reason::SeenBeforeLimit),
        rule(All(&[Is(LastUse(Seen::Before)), OnOrBefore(Date::LastSeen.against(Limit::ActiveSince))]), Some(Use::Inactive), Reason::SeenBeforeLimit),
        // A bound inside the limit ("not in the last 60 days") leaves open whether the seat was used within it.
        rule(Is(LastUse(Seen::Before)), Some(Use::Unreported), Reason::BoundWithinLimit),
        // A day of joining that is not known gives no grace: the seat was never used, for all that is known.
        rule(After(Date::Added.against(Limit::NewAfter)), Some(Use::New), Reason::AddedLately),
    ],
    otherwise: (Some(Use::NeverActive), Reason::NeverUsed),
};
