//! Uses: exactly one for each billed seat, by the first rule that fits; and all counts of seats.

use std::collections::BTreeMap;

use pl::IntoLazy as _;
use polars::prelude as pl;

use super::rule::{Rule, first_that_holds, is, rule};
use super::{COUNT, Rules, STANDING, USE, collect, numbers};
use crate::domain::class::{Standing, Use};
use crate::domain::counts::{Counts, DepartmentUse, UseCounts};
use crate::domain::dataset::Dataset;
use crate::error::Error;
use crate::frame::{
    self, ADDED, BILLED, DEPARTMENT, EXEMPT, LAST_DAY, LAST_KIND, OFFERING, SANDBOX, USE_BEFORE,
    USE_NEVER, USE_NOT_REPORTED, USE_ON,
};

/// The code of access that no bill of ours has.
const NOT_BILLED: u32 = 255;
const GROUP: &str = "group";

pub(super) struct Seated {
    pub(super) uses: Vec<Option<Use>>,
    /// One row a seat: offering, department, use.
    pub(super) frame: pl::DataFrame,
}

pub(super) fn classify(
    dataset: &Dataset,
    accounts: &pl::DataFrame,
    rules: &Rules,
) -> Result<Seated, Error> {
    let seats = frame::seats(dataset)?;
    let of_account = frame::look_up(
        &accounts
            .select([EXEMPT, ADDED, DEPARTMENT, STANDING])
            .map_err(|error| Error::step("picking columns", error))?,
        dataset.seats.account.iter().map(|&row| Some(row)),
    )?;
    let of_offering = frame::look_up(
        &frame::offerings(dataset)?,
        dataset
            .seats
            .offering
            .iter()
            .map(|&row| Some(u32::from(row))),
    )?;
    let joined = frame::beside(&frame::beside(&seats, &of_account)?, &of_offering)?;
    let plan = joined.lazy().select([
        pl::col(OFFERING),
        pl::col(DEPARTMENT),
        usage(rules).alias(USE),
    ]);
    let frame = collect("classing seats", plan)?;
    let uses = numbers(&frame, USE, NOT_BILLED)?
        .into_iter()
        .map(|code| u8::try_from(code).ok().and_then(Use::from_code))
        .collect();
    Ok(Seated { uses, frame })
}

/// The rules of use, in their order.
fn usage(rules: &Rules) -> pl::Expr {
    let give = |holds: pl::Expr, used: Use| -> Rule { rule(holds, u32::from(used.code())) };
    let standing = |standing: Standing| is(STANDING, u32::from(standing.code()));
    let limit = i32::try_from(rules.inactive_after).unwrap_or(i32::MAX);
    let grace = i32::try_from(rules.grace).unwrap_or(i32::MAX);
    let cut = rules.as_of.plus_days(-limit).epoch_days();
    let newest = rules.as_of.plus_days(-grace).epoch_days();
    let on_or_after_cut = pl::col(LAST_DAY).gt_eq(pl::lit(cut));
    let before_cut = pl::col(LAST_DAY).lt_eq(pl::lit(cut));
    first_that_holds(
        vec![
            rule(is(BILLED, 0), NOT_BILLED),
            rule(standing(Standing::App), NOT_BILLED),
            rule(standing(Standing::Customer), NOT_BILLED),
            rule(standing(Standing::Disabled), NOT_BILLED),
            give(standing(Standing::Orphaned), Use::Orphaned),
            give(standing(Standing::Service).or(is(EXEMPT, 1)), Use::Exempt),
            give(is(SANDBOX, 1), Use::Sandbox),
            give(is(LAST_KIND, USE_NOT_REPORTED), Use::Unreported),
            give(is(LAST_KIND, USE_ON).and(on_or_after_cut), Use::Active),
            give(
                is(LAST_KIND, USE_ON).or(is(LAST_KIND, USE_BEFORE).and(before_cut)),
                Use::Inactive,
            ),
            // A bound inside the limit ("not in the last 60 days") leaves open whether the seat was used within it.
            give(is(LAST_KIND, USE_BEFORE), Use::Unreported),
            // A day of joining that is not known gives no grace: the seat was never used, for all that is known.
            give(
                is(LAST_KIND, USE_NEVER).and(pl::col(ADDED).gt(pl::lit(newest))),
                Use::New,
            ),
        ],
        u32::from(Use::NeverActive.code()),
    )
}

/// Counts by offering, and by department and offering.
pub(super) fn count(seats: &pl::DataFrame, dataset: &Dataset) -> Result<Counts, Error> {
    // One number for department, offering and use: grouping by one key is a fraction of the work of three.
    let uses = Use::ALL.len() as u64;
    let offerings = dataset.offerings.len().max(1) as u64;
    let wide = |name: &str| pl::col(name).cast(pl::DataType::UInt64);
    let key = (wide(DEPARTMENT) * pl::lit(offerings) + wide(OFFERING)) * pl::lit(uses) + wide(USE);
    let plan = seats
        .clone()
        .lazy()
        .filter(pl::col(USE).neq(pl::lit(NOT_BILLED)))
        .group_by([key.alias(GROUP)])
        .agg([pl::len().alias(COUNT)]);
    let grouped = collect("counting seats by department, product and use", plan)?;
    let keys = grouped
        .column(GROUP)
        .and_then(|column| column.u64().cloned());
    let keys = keys.map_err(|error| Error::step("taking a column out of a frame", error))?;
    let sizes = numbers(&grouped, COUNT, 0)?;
    let mut counts = Counts {
        uses: vec![UseCounts::default(); dataset.offerings.len()],
        ..Counts::default()
    };
    let mut by_department: BTreeMap<(u32, u16), UseCounts> = BTreeMap::new();
    for (key, size) in keys.iter().flatten().zip(sizes) {
        let place = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let (pair, used) = (key / uses, place(key % uses));
        let offering = place(pair % offerings);
        let department = u32::try_from(pair / offerings).unwrap_or(u32::MAX);
        counts.uses[offering][used] += u64::from(size);
        let row = by_department
            .entry((department, u16::try_from(offering).unwrap_or(u16::MAX)))
            .or_default();
        row[used] += u64::from(size);
    }
    counts.department_uses = by_department
        .into_iter()
        .map(|((department, offering), uses)| DepartmentUse {
            department,
            offering,
            uses,
        })
        .collect();
    Ok(counts)
}

/// For each department, the accounts that hold a billed seat.
pub(super) fn holders_by_department(department: &[u32], billed_seats: &[u16]) -> Vec<(u32, u64)> {
    let mut holders: BTreeMap<u32, u64> = BTreeMap::new();
    for (&department, _) in department
        .iter()
        .zip(billed_seats)
        .filter(|(_, seats)| **seats > 0)
    {
        *holders.entry(department).or_default() += 1;
    }
    holders.into_iter().collect()
}

/// For each account, its billed seats and the wasted ones among them.
pub(super) fn by_account(dataset: &Dataset, uses: &[Option<Use>]) -> (Vec<u16>, Vec<u16>) {
    let mut billed = vec![0_u16; dataset.accounts.len()];
    let mut wasted = vec![0_u16; dataset.accounts.len()];
    for (&account, used) in dataset.seats.account.iter().zip(uses) {
        if let Some(used) = used {
            billed[account as usize] = billed[account as usize].saturating_add(1);
            if used.is_waste() {
                wasted[account as usize] = wasted[account as usize].saturating_add(1);
            }
        }
    }
    (billed, wasted)
}
