//! Standings: exactly one for each account, by the first rule that fits.

use super::Rules;
use super::guard;
use super::holdings::Holding;
use crate::domain::account::{AccountKind, AccountStatus};
use crate::domain::class::{GuardClass, Standing, StandingReason};
use crate::domain::counts::{Counts, StandingCounts};
use crate::domain::dataset::{Dataset, DirectoryKind};
use crate::domain::person::PersonStatus;
use crate::parallel;

/// Accounts with their classes.
#[derive(Default)]
pub(super) struct Classified {
    pub(super) standing: Vec<Standing>,
    pub(super) reason: Vec<StandingReason>,
    pub(super) guard_standard: Vec<GuardClass>,
    pub(super) guard_premium: Vec<GuardClass>,
    pub(super) department: Vec<u32>,
}

pub(super) fn classify(dataset: &Dataset, holdings: &[Holding], rules: &Rules) -> Classified {
    let parts = parallel::stretches(dataset.accounts.len(), |rows| {
        let mut part = Classified::default();
        for row in rows {
            let (standing, reason) = standing(dataset, rules, row);
            part.standing.push(standing);
            part.reason.push(reason);
            let account = guard::Account::of(dataset, row, holdings[row].bits);
            part.guard_standard.push(guard::standard(&account, rules));
            part.guard_premium.push(guard::premium(&account, rules));
            let person = dataset.matches[row].map(|found| found.person as usize);
            part.department
                .push(person.map_or(0, |person| dataset.people.department[person]));
        }
        part
    });
    let mut all = Classified::default();
    for part in parts {
        all.standing.extend(part.standing);
        all.reason.extend(part.reason);
        all.guard_standard.extend(part.guard_standard);
        all.guard_premium.extend(part.guard_premium);
        all.department.extend(part.department);
    }
    all
}

/// The standing of an account, by the first rule that fits.
fn standing(dataset: &Dataset, rules: &Rules, row: usize) -> (Standing, StandingReason) {
    use Standing as S;
    use StandingReason as R;
    match dataset.accounts.kind[row] {
        AccountKind::App => return (S::App, R::AppAccount),
        AccountKind::Customer => return (S::Customer, R::CustomerAccess),
        AccountKind::Atlassian => {}
    }
    match dataset.accounts.status[row] {
        AccountStatus::Suspended => return (S::Disabled, R::Suspended),
        AccountStatus::Deactivated => return (S::Disabled, R::Deactivated),
        AccountStatus::Closed => return (S::Disabled, R::Closed),
        AccountStatus::Active => {}
    }
    if dataset.service[row] {
        return (S::Service, R::ListedAsService);
    }
    let Some(found) = dataset.matches[row] else {
        let roster = dataset.directory == DirectoryKind::Roster;
        return match (dataset.is_managed(row), roster) {
            (false, _) => (S::External, R::DomainNotClaimed),
            (true, true) if rules.treat_unmatched_as_orphaned => {
                (S::Orphaned, R::TreatedAsOrphaned)
            }
            (true, true) => (S::Unmatched, R::NoSuchAddress),
            // Without a roster, absence says nothing: the person's status is simply not given.
            (true, false) => (S::Unknown, R::NoDirectory),
        };
    };
    let person = found.person as usize;
    let left = dataset.people.left[person].is_some_and(|day| day <= rules.as_of);
    match dataset.people.status[person] {
        PersonStatus::Gone => (S::Orphaned, R::GoneFromDirectory),
        _ if left => (S::Orphaned, R::LeftByDate),
        PersonStatus::Disabled => (S::Orphaned, R::DisabledInDirectory),
        PersonStatus::Unknown => (S::Unknown, R::NoStatusGiven),
        PersonStatus::NotYet => (S::Current, R::NotYetActive),
        PersonStatus::Present => (S::Current, R::PersonPresent),
    }
}

pub(super) fn count(standings: &[Standing]) -> StandingCounts {
    let mut counts = StandingCounts::default();
    for standing in standings {
        counts[usize::from(standing.code())] += 1;
    }
    counts
}

/// Enabled accounts of claimed domains.
pub(super) fn managed_enabled(dataset: &Dataset) -> u64 {
    let status = dataset.accounts.status.iter().enumerate();
    status
        .filter(|&(row, &status)| status == AccountStatus::Active && dataset.is_managed(row))
        .count() as u64
}

/// How many people the directory has, and how many of them are gone.
pub(super) fn count_people(dataset: &Dataset, rules: &Rules, counts: &mut Counts) {
    let people = &dataset.people;
    for (status, left) in people.status.iter().zip(&people.left) {
        let gone = matches!(status, PersonStatus::Disabled | PersonStatus::Gone)
            || left.is_some_and(|day| day <= rules.as_of);
        match (gone, status) {
            (true, _) => counts.people_left += 1,
            (false, PersonStatus::Present) => counts.people_present += 1,
            (false, _) => {}
        }
    }
}
