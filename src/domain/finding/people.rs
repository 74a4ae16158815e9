//! Findings about an account and the directory's word on its person.

use super::{About, Findings, View, finding};
use crate::domain::account::AccountStatus;
use crate::domain::class::{Standing, StandingReason};
use crate::domain::day::Day;

finding! {
    UnmatchedAccount { reason: StandingReason, seats: u16 }, "unmatched-account", Medium,
    "an enabled, managed account that matches nobody in the directory",
    "find the owner or deactivate it if there is none",
    Word |f| write!(f, "{}; {seats} billed seats", reason.as_str())
}

finding! {
    SuspendedInGroups { grants: u16 }, "suspended-in-groups", Low,
    "a suspended account still belongs to groups and regains its access when restored",
    "remove it from its groups",
    Word |f| write!(f, "suspended; access to {grants} products still listed")
}

finding! {
    StatusConflict { reason: StandingReason }, "status-conflict", Medium,
    "the directory's records of the person disagree on the status; the stricter one is kept",
    "correct the record that is wrong",
    Word |f| f.write_str(reason.as_str())
}

finding! {
    Rehired { ended: Option<Day> }, "rehired", Low,
    "one list has an ended and a current employment of the person; the account counts as current",
    "confirm that the person works here",
    Word |f| match ended {
        Some(ended) => write!(f, "an employment ends on {ended} and another one goes on"),
        None => f.write_str("an employment has ended and another one has not"),
    }
}

pub(crate) fn find(view: &View<'_>, account: usize, findings: &mut Findings) {
    let class = view.class(account);
    let (accounts, people) = (&view.dataset.accounts, &view.dataset.people);
    let about = About::Account(account as u32);
    let (reason, grants) = (class.reason, class.grants);
    if class.standing == Standing::Unmatched && !view.stays(account) {
        let seats = class.billed_seats;
        findings.add(about, UnmatchedAccount { reason, seats });
    }
    let keeps_access = accounts.in_groups[account].unwrap_or(grants > 0);
    if accounts.status[account] == AccountStatus::Suspended && keeps_access && !view.stays(account)
    {
        findings.add(about, SuspendedInGroups { grants });
    }
    let matched = view.dataset.matches[account].map(|found| found.person);
    let Some(person) = matched.filter(|_| view.is_enabled(account)) else {
        return;
    };
    if people.disputed.binary_search(&person).is_ok() {
        findings.add(about, StatusConflict { reason });
    }
    let again = people
        .rehired
        .binary_search_by_key(&person, |(one, _)| *one);
    if let Ok(place) = again
        && class.standing == Standing::Current
    {
        let (_, ended) = people.rehired[place];
        findings.add(about, Rehired { ended });
    }
}
