//! Standings: exactly one for each account, by the first rule that fits.

use pl::IntoLazy as _;
use polars::prelude as pl;

use super::holdings::Holding;
use super::rule::{Rule, first_that_holds, is, pair, rule, unpair};
use super::{Rules, STANDING, collect, guard, numbers};
use crate::domain::account::{AccountKind, AccountStatus};
use crate::domain::class::{GuardClass, Standing, StandingReason};
use crate::domain::counts::{Counts, StandingCounts};
use crate::domain::dataset::{Dataset, DirectoryKind};
use crate::domain::person::PersonStatus;
use crate::error::Error;
use crate::frame::{
    self, ADDED, CLAIMED, DEPARTMENT, EXEMPT, KIND, LEFT, PERSON, PERSON_STATUS, SERVICE, STATUS,
};

const STANDING_AND_REASON: &str = "standing_and_reason";
const GUARD_STANDARD: &str = "guard_standard";
const GUARD_PREMIUM: &str = "guard_premium";

/// Accounts with their classes.
pub(super) struct Classified {
    pub(super) standing: Vec<Standing>,
    pub(super) reason: Vec<StandingReason>,
    pub(super) guard_standard: Vec<GuardClass>,
    pub(super) guard_premium: Vec<GuardClass>,
    pub(super) department: Vec<u32>,
    /// What the seat rules need of an account: its standing, exemption, day of joining and department.
    pub(super) frame: pl::DataFrame,
}

pub(super) fn classify(
    dataset: &Dataset,
    holdings: &[Holding],
    rules: &Rules,
) -> Result<Classified, Error> {
    let accounts = frame::accounts(dataset, holdings.iter().map(|holding| holding.bits))?;
    let persons = dataset
        .matches
        .iter()
        .map(|found| found.map(|found| found.person));
    let of_person = frame::look_up(&frame::people(dataset)?, persons)?;
    let plan = frame::beside(&accounts, &of_person)?.lazy().select([
        pl::col(CLAIMED),
        pl::col(STATUS),
        pl::col(EXEMPT),
        pl::col(ADDED),
        pl::col(DEPARTMENT).fill_null(pl::lit(0_u32)),
        standing(dataset.directory, rules).alias(STANDING_AND_REASON),
        guard::standard(rules).alias(GUARD_STANDARD),
        guard::premium(rules).alias(GUARD_PREMIUM),
    ]);
    let classed = collect("classing accounts", plan)?;
    let mut standing = Vec::with_capacity(classed.height());
    let mut reason = Vec::with_capacity(classed.height());
    for code in numbers(&classed, STANDING_AND_REASON, 0)? {
        let (first, second) = unpair(code);
        standing.push(Standing::from_code(first).ok_or_else(bad_code)?);
        reason.push(StandingReason::from_code(second).ok_or_else(bad_code)?);
    }
    let guard_standard = guard::classes(&numbers(&classed, GUARD_STANDARD, 0)?)?;
    let guard_premium = guard::classes(&numbers(&classed, GUARD_PREMIUM, 0)?)?;
    let department = numbers(&classed, DEPARTMENT, 0)?;
    let codes = standing.iter().map(|standing| u32::from(standing.code()));
    let frame = frame::with_numbers(
        classed.drop_many([STANDING_AND_REASON, GUARD_STANDARD, GUARD_PREMIUM]),
        STANDING,
        codes,
    )?;
    Ok(Classified {
        standing,
        reason,
        guard_standard,
        guard_premium,
        department,
        frame,
    })
}

pub(super) fn bad_code() -> Error {
    Error::step(
        "reading a class back from a frame",
        "a code that no rule gives",
    )
}

/// The rules of standing, in their order.
fn standing(directory: DirectoryKind, rules: &Rules) -> pl::Expr {
    use Standing as S;
    use StandingReason as R;
    let give = |holds: pl::Expr, standing: S, reason: R| -> Rule {
        rule(holds, pair(standing.code(), reason.code()))
    };
    let kind = |kind: AccountKind| is(KIND, frame::kind_code(kind));
    let status = |status: AccountStatus| is(STATUS, status as u32);
    let person = |status: PersonStatus| is(PERSON_STATUS, status as u32);
    let nobody = || pl::col(PERSON).is_null();
    let roster = frame::directory_lists_everyone(directory);
    let unmatched = match (roster, rules.treat_unmatched_as_orphaned) {
        (true, true) => give(nobody(), S::Orphaned, R::TreatedAsOrphaned),
        (true, false) => give(nobody(), S::Unmatched, R::NoSuchAddress),
        // Without a roster, absence says nothing: the person's status is simply not given.
        (false, _) => give(nobody(), S::Unknown, R::NoDirectory),
    };
    let left = pl::col(LEFT).lt_eq(pl::lit(rules.as_of.epoch_days()));
    first_that_holds(
        vec![
            give(kind(AccountKind::App), S::App, R::AppAccount),
            give(kind(AccountKind::Customer), S::Customer, R::CustomerAccess),
            give(status(AccountStatus::Suspended), S::Disabled, R::Suspended),
            give(
                status(AccountStatus::Deactivated),
                S::Disabled,
                R::Deactivated,
            ),
            give(status(AccountStatus::Closed), S::Disabled, R::Closed),
            give(is(SERVICE, 1), S::Service, R::ListedAsService),
            give(
                is(CLAIMED, 0).and(nobody()),
                S::External,
                R::DomainNotClaimed,
            ),
            give(
                person(PersonStatus::Gone),
                S::Orphaned,
                R::GoneFromDirectory,
            ),
            give(left, S::Orphaned, R::LeftByDate),
            give(
                person(PersonStatus::Disabled),
                S::Orphaned,
                R::DisabledInDirectory,
            ),
            unmatched,
            give(person(PersonStatus::Unknown), S::Unknown, R::NoStatusGiven),
            give(person(PersonStatus::NotYet), S::Current, R::NotYetActive),
        ],
        pair(S::Current.code(), R::PersonPresent.code()),
    )
}

pub(super) fn count(classed: &Classified) -> StandingCounts {
    let mut counts = StandingCounts::default();
    for standing in &classed.standing {
        counts[usize::from(standing.code())] += 1;
    }
    counts
}

/// Enabled accounts of claimed domains.
pub(super) fn managed_enabled(frame: &pl::DataFrame) -> Result<u64, Error> {
    let plan = frame
        .clone()
        .lazy()
        .filter(is(CLAIMED, 1).and(is(STATUS, AccountStatus::Active as u32)));
    Ok(collect("counting managed accounts", plan.select([pl::col(STATUS)]))?.height() as u64)
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
