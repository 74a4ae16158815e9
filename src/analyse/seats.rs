//! Uses: exactly one for each billed seat, by the first rule that fits; and all counts of seats.

use polars::prelude as pl;
use pl::IntoLazy as _;

use super::rule::{first_that_holds, is, rule, Rule};
use super::{collect, look_up, numbers, Rules, COUNT, STANDING, USE};
use crate::domain::class::{Standing, Use};
use crate::domain::counts::{Counts, DepartmentUse, UseCounts};
use crate::domain::dataset::Dataset;
use crate::error::Error;
use crate::frame::{
    self, ACCOUNT, ADDED, BILLED, DEPARTMENT, EXEMPT, LAST_DAY, LAST_KIND, OFFERING, SANDBOX, USE_BEFORE, USE_NEVER,
    USE_NOT_REPORTED, USE_ON,
};

/// The code of access that no bill of ours has.
const NOT_BILLED: u32 = 255;

pub(super) struct Seated {
    pub(super) uses: Vec<Option<Use>>,
    /// One row a seat: account, offering, department, use.
    pub(super) frame: pl::DataFrame,
}

pub(super) fn classify(dataset: &Dataset, accounts: &pl::DataFrame, rules: &Rules) -> Result<Seated, Error> {
    let of_account = accounts.clone().lazy().select([
        pl::col(ACCOUNT),
        pl::col(EXEMPT),
        pl::col(ADDED),
        pl::col(DEPARTMENT),
        pl::col(STANDING),
    ]);
    let with_account = look_up(frame::seats(dataset)?.lazy(), of_account, ACCOUNT);
    let plan = look_up(with_account, frame::offerings(dataset)?.lazy(), OFFERING).select([
        pl::col(ACCOUNT),
        pl::col(OFFERING),
        pl::col(DEPARTMENT),
        usage(rules).alias(USE),
    ]);
    let frame = collect("joining seats to accounts and products", plan)?;
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
            give(is(LAST_KIND, USE_ON).or(is(LAST_KIND, USE_BEFORE)), Use::Inactive),
            // A day of joining that is not known gives no grace: the seat was never used, for all that is known.
            give(is(LAST_KIND, USE_NEVER).and(pl::col(ADDED).gt(pl::lit(newest))), Use::New),
        ],
        u32::from(Use::NeverActive.code()),
    )
}

/// Counts by offering, and by department and offering.
pub(super) fn count(seats: &pl::DataFrame, dataset: &Dataset) -> Result<Counts, Error> {
    let plan = seats
        .clone()
        .lazy()
        .filter(pl::col(USE).neq(pl::lit(NOT_BILLED)))
        .group_by([pl::col(DEPARTMENT), pl::col(OFFERING), pl::col(USE)])
        .agg([pl::len().alias(COUNT)]);
    let grouped = collect("counting seats by department, product and use", plan)?;
    let departments = numbers(&grouped, DEPARTMENT, 0)?;
    let offerings = numbers(&grouped, OFFERING, 0)?;
    let uses = numbers(&grouped, USE, 0)?;
    let sizes = numbers(&grouped, COUNT, 0)?;
    let mut counts = Counts { uses: vec![UseCounts::default(); dataset.offerings.len()], ..Counts::default() };
    let mut by_department: std::collections::BTreeMap<(u32, u16), UseCounts> = std::collections::BTreeMap::new();
    for row in 0..sizes.len() {
        let offering = u16::try_from(offerings[row]).unwrap_or(u16::MAX);
        let size = u64::from(sizes[row]);
        counts.uses[usize::from(offering)][uses[row] as usize] += size;
        by_department.entry((departments[row], offering)).or_default()[uses[row] as usize] += size;
    }
    counts.department_uses = by_department
        .into_iter()
        .map(|((department, offering), uses)| DepartmentUse { department, offering, uses })
        .collect();
    let holders = seats
        .clone()
        .lazy()
        .filter(pl::col(USE).neq(pl::lit(NOT_BILLED)))
        .group_by([pl::col(DEPARTMENT)])
        .agg([pl::col(ACCOUNT).n_unique().alias(COUNT)]);
    let grouped = collect("counting accounts by department", holders)?;
    counts.department_accounts = numbers(&grouped, DEPARTMENT, 0)?
        .into_iter()
        .zip(numbers(&grouped, COUNT, 0)?.into_iter().map(u64::from))
        .collect();
    counts.department_accounts.sort_unstable();
    Ok(counts)
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
