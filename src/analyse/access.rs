//! What access to an offering says of the account that has it.

use crate::domain::access::{Access, AccessSet};
use crate::domain::product::{BITBUCKET, GuardRule, JIRA, Offering, SiteKind, TRELLO};

pub(super) fn of_offering(offering: &Offering) -> AccessSet {
    let mut access = AccessSet::default();
    match (offering.guard_standard(), offering.kind) {
        (GuardRule::Counts, SiteKind::Sandbox) => access = access.with(Access::CountedSandbox),
        (GuardRule::Counts, SiteKind::Foreign) => access = access.with(Access::CountedForeign),
        (GuardRule::Counts, SiteKind::Own) => {
            access = access.with(match offering.product.as_str() {
                _ if !offering.has_plan("Free") => Access::Counted,
                TRELLO => Access::CountedFreeTrello,
                _ => Access::CountedFree,
            });
        }
        (GuardRule::NotEstablished, _) => access = access.with(Access::NotEstablished),
        (GuardRule::DoesNotCount, _) => {}
    }
    if offering.includes_guard() {
        access = access.with(Access::PlanIncludesGuard);
    }
    match (offering.guard_premium(), offering.kind) {
        (GuardRule::Counts, SiteKind::Own) => access = access.with(Access::PremiumOwn),
        (GuardRule::Counts, SiteKind::Sandbox) => access = access.with(Access::PremiumSandbox),
        (GuardRule::Counts, SiteKind::Foreign) => access = access.with(Access::PremiumForeign),
        (GuardRule::NotEstablished, _) => access = access.with(Access::PremiumGuest),
        (GuardRule::DoesNotCount, _) => {}
    }
    match offering.product.as_str() {
        BITBUCKET => access.with(Access::Bitbucket),
        JIRA if offering.kind == SiteKind::Own && offering.is_billed() => {
            access.with(Access::JiraBilled)
        }
        _ => access,
    }
}
