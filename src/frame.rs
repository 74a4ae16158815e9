//! From the dataset to data frames: typed columns, integer ids, no text and no money.
//!
//! One function a frame; the column names are the constants here and nowhere else.

use polars::prelude as pl;

use crate::domain::account::{AccountKind, Policy};
use crate::domain::dataset::{Dataset, DirectoryKind};
use crate::domain::day::LastUse;
use crate::domain::product::{GuardStandardRule, OPSGENIE, SiteKind, TRELLO};
use crate::error::Error;

pub(crate) const ACCOUNT: &str = "account";
pub(crate) const PERSON: &str = "person";
pub(crate) const KIND: &str = "kind";
pub(crate) const STATUS: &str = "status";
pub(crate) const SERVICE: &str = "service";
pub(crate) const EXEMPT: &str = "exempt";
pub(crate) const CLAIMED: &str = "claimed";
pub(crate) const POLICY: &str = "policy";
pub(crate) const ADDED: &str = "added";
pub(crate) const PERSON_STATUS: &str = "person_status";
pub(crate) const LEFT: &str = "left";
pub(crate) const DEPARTMENT: &str = "department";
pub(crate) const OFFERING: &str = "offering";
/// What is known of a seat's last use: one of the `USE_…` codes.
pub(crate) const LAST_KIND: &str = "last_kind";
pub(crate) const LAST_DAY: &str = "last_day";
/// What a seat's offering means for Guard: a sum of the `GUARD_…` bits.
pub(crate) const GUARD_BITS: &str = "guard_bits";
pub(crate) const SANDBOX: &str = "sandbox";
pub(crate) const BILLED: &str = "billed";

pub(crate) const USE_NOT_REPORTED: u32 = 0;
pub(crate) const USE_NEVER: u32 = 1;
pub(crate) const USE_BEFORE: u32 = 2;
pub(crate) const USE_ON: u32 = 3;

pub(crate) const GUARD_COUNTS: u32 = 1;
pub(crate) const GUARD_NOT_ESTABLISHED: u32 = 1 << 1;
pub(crate) const GUARD_PLAN_INCLUDES: u32 = 1 << 2;
/// Counted access that is neither free, nor on a sandbox, nor on somebody else's site.
pub(crate) const GUARD_COUNTS_PLAIN: u32 = 1 << 3;
pub(crate) const GUARD_COUNTS_FREE_TRELLO: u32 = 1 << 4;
pub(crate) const GUARD_COUNTS_FREE_OTHER: u32 = 1 << 5;
pub(crate) const GUARD_COUNTS_SANDBOX: u32 = 1 << 6;
pub(crate) const GUARD_COUNTS_FOREIGN: u32 = 1 << 7;
/// Jira or Confluence on an own production site.
pub(crate) const GUARD_PREMIUM_OWN: u32 = 1 << 8;
pub(crate) const GUARD_PREMIUM_SANDBOX: u32 = 1 << 9;
pub(crate) const GUARD_PREMIUM_FOREIGN: u32 = 1 << 10;
pub(crate) const OPSGENIE_SEAT: u32 = 1 << 11;
pub(crate) const BITBUCKET_SEAT: u32 = 1 << 12;

/// The bits in which an account's offerings are gathered.
pub(crate) const GUARD_BIT_COUNT: u32 = 13;

/// `status` of an account that is not enabled starts here: see `AccountStatus`.
pub(crate) const ENABLED: u32 = 0;

fn frame(step: &'static str, columns: Vec<pl::Column>) -> Result<pl::DataFrame, Error> {
    let height = columns.first().map_or(0, pl::Column::len);
    pl::DataFrame::new(height, columns).map_err(|error| Error::step(step, error))
}

fn column<T, P>(name: &str, values: Vec<T>) -> pl::Column
where
    P: pl::PolarsNumericType<Native = T>,
{
    let array = pl::ChunkedArray::<P>::from_vec(name.into(), values);
    pl::IntoColumn::into_column(pl::IntoSeries::into_series(array))
}

fn numbers(name: &str, values: impl Iterator<Item = u32>) -> pl::Column {
    column::<u32, pl::UInt32Type>(name, values.collect())
}

fn optional<T: pl::PolarsNumericType>(
    name: &str,
    values: impl Iterator<Item = Option<T::Native>>,
) -> pl::Column
where
    pl::ChunkedArray<T>: pl::IntoSeries,
{
    let array: pl::ChunkedArray<T> = values.collect();
    let mut column = pl::IntoColumn::into_column(pl::IntoSeries::into_series(array));
    column.rename(name.into());
    column
}

/// One row an account: what the standing rules need, its person's facts joined by `analyse`.
pub(crate) fn accounts(dataset: &Dataset) -> Result<pl::DataFrame, Error> {
    let accounts = &dataset.accounts;
    let rows = u32::try_from(accounts.len()).unwrap_or(u32::MAX);
    let flag = |flags: &[bool]| {
        flags
            .iter()
            .map(|&flag| u32::from(flag))
            .collect::<Vec<_>>()
    };
    let claimed = accounts
        .domain
        .iter()
        .zip(&accounts.managed)
        .map(|(&domain, managed)| {
            u32::from(
                managed.unwrap_or(false)
                    || dataset
                        .claimed
                        .get(domain as usize)
                        .copied()
                        .unwrap_or(false),
            )
        });
    frame(
        "building the frame of accounts",
        vec![
            numbers(ACCOUNT, 0..rows),
            optional::<pl::UInt32Type>(
                PERSON,
                dataset
                    .matches
                    .iter()
                    .map(|found| found.map(|found| found.person)),
            ),
            numbers(
                KIND,
                accounts.kind.iter().map(|kind| match kind {
                    AccountKind::Atlassian => 0,
                    AccountKind::App => 1,
                    AccountKind::Customer => 2,
                }),
            ),
            numbers(STATUS, accounts.status.iter().map(|status| *status as u32)),
            numbers(SERVICE, flag(&dataset.service).into_iter()),
            numbers(EXEMPT, flag(&dataset.exempt).into_iter()),
            numbers(CLAIMED, claimed),
            numbers(
                POLICY,
                accounts.policy.iter().map(|policy| match policy {
                    Policy::NotReported => 0,
                    Policy::Billable => 1,
                    Policy::NonBillable => 2,
                }),
            ),
            optional::<pl::Int32Type>(
                ADDED,
                accounts
                    .added
                    .iter()
                    .map(|day| day.map(|day| day.epoch_days())),
            ),
        ],
    )
}

/// One row a person.
pub(crate) fn people(dataset: &Dataset) -> Result<pl::DataFrame, Error> {
    let people = &dataset.people;
    let rows = u32::try_from(people.len()).unwrap_or(u32::MAX);
    frame(
        "building the frame of people",
        vec![
            numbers(PERSON, 0..rows),
            numbers(
                PERSON_STATUS,
                people.status.iter().map(|status| *status as u32),
            ),
            optional::<pl::Int32Type>(
                LEFT,
                people
                    .left
                    .iter()
                    .map(|day| day.map(|day| day.epoch_days())),
            ),
            numbers(DEPARTMENT, people.department.iter().copied()),
        ],
    )
}

/// One row a seat, billed or not.
pub(crate) fn seats(dataset: &Dataset) -> Result<pl::DataFrame, Error> {
    let seats = &dataset.seats;
    frame(
        "building the frame of seats",
        vec![
            numbers(ACCOUNT, seats.account.iter().copied()),
            numbers(
                OFFERING,
                seats.offering.iter().map(|&offering| u32::from(offering)),
            ),
            numbers(
                LAST_KIND,
                seats.last_use.iter().map(|last| match last {
                    LastUse::NotReported => USE_NOT_REPORTED,
                    LastUse::Never => USE_NEVER,
                    LastUse::Before(_) => USE_BEFORE,
                    LastUse::On(_) => USE_ON,
                }),
            ),
            column::<i32, pl::Int32Type>(
                LAST_DAY,
                seats
                    .last_use
                    .iter()
                    .map(|last| last.day().map_or(0, |day| day.epoch_days()))
                    .collect(),
            ),
        ],
    )
}

/// One row an offering: whether it is billed, and what it means for Guard.
pub(crate) fn offerings(dataset: &Dataset) -> Result<pl::DataFrame, Error> {
    let offerings = &dataset.offerings;
    let rows = u32::try_from(offerings.len()).unwrap_or(u32::MAX);
    let guard_bits = offerings.iter().map(|offering| {
        let mut bits = 0;
        if offering.includes_guard() {
            bits |= GUARD_PLAN_INCLUDES;
        }
        match offering.guard_standard() {
            GuardStandardRule::Counts => {
                bits |= GUARD_COUNTS
                    | match offering.kind {
                        SiteKind::Sandbox => GUARD_COUNTS_SANDBOX,
                        SiteKind::Foreign => GUARD_COUNTS_FOREIGN,
                        SiteKind::Own if !offering.has_plan("Free") => GUARD_COUNTS_PLAIN,
                        SiteKind::Own if offering.product == TRELLO => GUARD_COUNTS_FREE_TRELLO,
                        SiteKind::Own => GUARD_COUNTS_FREE_OTHER,
                    };
            }
            GuardStandardRule::NotEstablished => bits |= GUARD_NOT_ESTABLISHED,
            GuardStandardRule::DoesNotCount => {}
        }
        if offering.decides_guard_premium() {
            bits |= match offering.kind {
                SiteKind::Own => GUARD_PREMIUM_OWN,
                SiteKind::Sandbox => GUARD_PREMIUM_SANDBOX,
                SiteKind::Foreign => GUARD_PREMIUM_FOREIGN,
            };
        }
        if offering.product == OPSGENIE {
            bits |= OPSGENIE_SEAT;
        }
        if offering.product == crate::domain::product::BITBUCKET {
            bits |= BITBUCKET_SEAT;
        }
        bits
    });
    frame(
        "building the frame of offerings",
        vec![
            numbers(OFFERING, 0..rows),
            numbers(
                BILLED,
                offerings
                    .iter()
                    .map(|offering| u32::from(offering.is_billed())),
            ),
            numbers(
                SANDBOX,
                offerings
                    .iter()
                    .map(|offering| u32::from(offering.kind == SiteKind::Sandbox)),
            ),
            numbers(GUARD_BITS, guard_bits),
        ],
    )
}

/// Whether standings can be told from the directory at all.
pub(crate) const fn directory_lists_everyone(directory: DirectoryKind) -> bool {
    matches!(directory, DirectoryKind::Roster)
}
