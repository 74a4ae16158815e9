//! Findings about the account of somebody who has left, beside the account's seats.

use super::{About, Findings, View, finding};
use crate::domain::class::{Standing, StandingReason};
use crate::domain::day::LastUse;

finding! {
    ActiveAfterLeaving { days: i32 }, "active-after-leaving", High,
    "an orphaned account was used after its person's day of leaving",
    "deactivate the account and review what it did since",
    Word |f| write!(f, "last used {days} days after leaving")
}

finding! {
    AdminLeft { reason: StandingReason }, "org-admin-left", High,
    "an organisation administrator has left or is disabled in the directory",
    "remove the admin role and deactivate the account",
    Word |f| f.write_str(reason.as_str())
}

finding! {
    OrphanedWithoutSeat { reason: StandingReason }, "orphaned-account", Medium,
    "an enabled account without a billed seat whose person has left",
    "deactivate the account",
    Word |f| f.write_str(reason.as_str())
}

pub(crate) fn find(view: &View<'_>, account: usize, findings: &mut Findings) {
    let class = view.class(account);
    if class.standing != Standing::Orphaned {
        return;
    }
    let about = About::Account(account as u32);
    let reason = class.reason;
    let left = view.dataset.person_of(account).and_then(|one| one.left);
    if let Some(left) = left.filter(|&left| left <= view.settings.as_of)
        && let LastUse::On(last) = class.last_use.get()
        && last > left
    {
        let days = last.days_since(left);
        findings.add(about, ActiveAfterLeaving { days });
    }
    if view.dataset.accounts.org_admin[account] {
        findings.add(about, AdminLeft { reason });
    }
    if class.billed_seats == 0 {
        findings.add(about, OrphanedWithoutSeat { reason });
    }
}
