//! From the dataset to data frames: typed columns, integer ids, no text and no money.
//!
//! One function a frame; the column names are the constants here and nowhere else.

use polars::prelude as pl;

use crate::domain::account::{AccountKind, Policy};
use crate::domain::dataset::{Dataset, DirectoryKind};
use crate::domain::day::LastUse;
use crate::domain::product::SiteKind;
use crate::error::Error;

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
/// What all that an account can reach means for Guard: the bits of `analyse::holdings`.
pub(crate) const GUARD_BITS: &str = "guard_bits";
pub(crate) const SANDBOX: &str = "sandbox";
pub(crate) const BILLED: &str = "billed";

pub(crate) const USE_NOT_REPORTED: u32 = 0;
pub(crate) const USE_NEVER: u32 = 1;
pub(crate) const USE_BEFORE: u32 = 2;
pub(crate) const USE_ON: u32 = 3;

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

/// The frame with one more column of whole numbers.
pub(crate) fn with_numbers(
    mut frame: pl::DataFrame,
    name: &str,
    values: impl Iterator<Item = u32>,
) -> Result<pl::DataFrame, Error> {
    frame
        .with_column(numbers(name, values))
        .map_err(|error| Error::step("adding a column to a frame", error))?;
    Ok(frame)
}

/// The rows of a table that these row numbers point at, in their order; an absent number gives a row of nulls.
///
/// This is a many-to-one join on row numbers: it can neither multiply rows nor lose one.
pub(crate) fn look_up(
    table: &pl::DataFrame,
    rows: impl Iterator<Item = Option<u32>>,
) -> Result<pl::DataFrame, Error> {
    let rows: pl::IdxCa = rows.collect();
    table
        .take(&rows)
        .map_err(|error| Error::step("looking up rows of a frame", error))
}

/// Two tables of equal height side by side.
pub(crate) fn beside(left: &pl::DataFrame, right: &pl::DataFrame) -> Result<pl::DataFrame, Error> {
    left.hstack(right.columns())
        .map_err(|error| Error::step("joining frames side by side", error))
}

/// One row an account: what the standing rules need, its person's facts joined by `analyse`.
pub(crate) fn accounts(
    dataset: &Dataset,
    guard_bits: impl Iterator<Item = u32>,
) -> Result<pl::DataFrame, Error> {
    let accounts = &dataset.accounts;
    let flag = |flags: &[bool]| {
        flags
            .iter()
            .map(|&flag| u32::from(flag))
            .collect::<Vec<_>>()
    };
    let claimed = (0..accounts.len()).map(|row| u32::from(dataset.is_managed(row)));
    frame(
        "building the frame of accounts",
        vec![
            optional::<pl::UInt32Type>(
                PERSON,
                dataset
                    .matches
                    .iter()
                    .map(|found| found.map(|found| found.person)),
            ),
            numbers(KIND, accounts.kind.iter().map(|&kind| kind_code(kind))),
            numbers(STATUS, accounts.status.iter().map(|status| *status as u32)),
            numbers(SERVICE, flag(&dataset.service).into_iter()),
            numbers(EXEMPT, flag(&dataset.exempt).into_iter()),
            numbers(CLAIMED, claimed),
            numbers(
                POLICY,
                accounts.policy.iter().map(|&policy| policy_code(policy)),
            ),
            numbers(GUARD_BITS, guard_bits),
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
    frame(
        "building the frame of people",
        vec![
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

/// One row an offering: whether it is billed, and whether it is a sandbox's.
pub(crate) fn offerings(dataset: &Dataset) -> Result<pl::DataFrame, Error> {
    let offerings = &dataset.offerings;
    frame(
        "building the frame of offerings",
        vec![
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
        ],
    )
}

/// Whether standings can be told from the directory at all.
pub(crate) const fn directory_lists_everyone(directory: DirectoryKind) -> bool {
    matches!(directory, DirectoryKind::Roster)
}

/// The code of an account's kind in frames.
pub(crate) const fn kind_code(kind: AccountKind) -> u32 {
    match kind {
        AccountKind::Atlassian => 0,
        AccountKind::App => 1,
        AccountKind::Customer => 2,
    }
}

/// The code of an authentication policy in frames.
pub(crate) const fn policy_code(policy: Policy) -> u32 {
    match policy {
        Policy::NotReported => 0,
        Policy::Billable => 1,
        Policy::NonBillable => 2,
    }
}
