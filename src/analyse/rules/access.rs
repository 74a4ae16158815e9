//! What access to an offering says of the account that has it: one line a kind of access, with all that must hold of
//! the offering.

use Asked::{Billed, Free, IncludesGuard, Is, Not, On, Premium, Standard};
use GuardRule::{Counts, NotEstablished};
use SiteKind::{Foreign, Own, Sandbox};

use crate::domain::access::{Access, AccessSet};
use crate::domain::product::{BITBUCKET, GuardRule, JIRA, Offering, SiteKind, TRELLO};

/// What can be asked of an offering.
enum Asked {
    /// Each Guard plan's rule for the product.
    Standard(GuardRule),
    Premium(GuardRule),
    On(SiteKind),
    Is(&'static str),
    Free,
    Billed,
    IncludesGuard,
    Not(&'static Asked),
}

// One line a kind, so that the table is one.
#[rustfmt::skip]
const ACCESS: &[(Access, &[Asked])] = &[
    (Access::Counted, &[Standard(Counts), On(Own), Not(&Free)]),
    (Access::CountedFreeTrello, &[Standard(Counts), On(Own), Free, Is(TRELLO)]),
    (Access::CountedFree, &[Standard(Counts), On(Own), Free, Not(&Is(TRELLO))]),
    (Access::CountedSandbox, &[Standard(Counts), On(Sandbox)]),
    (Access::CountedForeign, &[Standard(Counts), On(Foreign)]),
    (Access::NotEstablished, &[Standard(NotEstablished)]),
    (Access::PlanIncludesGuard, &[IncludesGuard]),
    (Access::PremiumOwn, &[Premium(Counts), On(Own)]),
    (Access::PremiumSandbox, &[Premium(Counts), On(Sandbox)]),
    (Access::PremiumForeign, &[Premium(Counts), On(Foreign)]),
    (Access::PremiumGuest, &[Premium(NotEstablished)]),
    (Access::Bitbucket, &[Is(BITBUCKET)]),
    (Access::JiraBilled, &[Is(JIRA), On(Own), Billed]),
];

pub(in crate::analyse) fn of_offering(offering: &Offering) -> AccessSet {
    let lines = ACCESS.iter();
    let hold = lines.filter(|(_, asked)| asked.iter().all(|one| holds(one, offering)));
    hold.fold(AccessSet::default(), |set, (access, _)| set.with(*access))
}

fn holds(asked: &Asked, offering: &Offering) -> bool {
    match *asked {
        Standard(rule) => offering.guard_standard() == rule,
        Premium(rule) => offering.guard_premium() == rule,
        On(kind) => offering.kind == kind,
        Is(product) => offering.product == product,
        Free => offering.has_plan("Free"),
        Billed => offering.is_billed(),
        IncludesGuard => offering.includes_guard(),
        Not(asked) => !holds(asked, offering),
    }
}

#[cfg(test)]
mod tests {
    use super::ACCESS;
    use crate::domain::access::Access;

    #[test]
    fn every_kind_of_access_has_its_line() {
        let lines = ACCESS.iter().map(|(access, _)| *access);
        assert_eq!(lines.collect::<Vec<_>>(), Access::ALL);
    }
}
