//! Analysis: from the dataset to classes, counts and findings. Never sees money.
//!
//! `accounts` gives standings, `seats` uses, `guard` verdicts, all as polars expressions over integer frames;
//! `holdings` gathers what each account holds; `findings` says what is worth acting on.

pub(crate) mod accounts;
pub(crate) mod findings;
pub(crate) mod guard;
pub(crate) mod holdings;
mod rule;
pub(crate) mod seats;

use polars::prelude as pl;

use crate::domain::dataset::Dataset;
use crate::domain::day::Day;
use crate::error::Error;

/// The thresholds and facts that classes depend on.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    pub(crate) as_of: Day,
    /// A seat is active when last used at most so many days before the report's day.
    pub(crate) inactive_after: u32,
    /// A never-used seat is new while its account is younger than so many days.
    pub(crate) grace: u32,
    pub(crate) treat_unmatched_as_orphaned: bool,
    /// Whether external users are under a billable policy.
    pub(crate) external_policy_billable: bool,
    /// Of a key that ends: not every identity provider's does.
    pub(crate) scim_key_created: Option<Day>,
    /// Whether the identity provider gives full SCIM; `None` where it is not known.
    pub(crate) idp_full_scim: Option<bool>,
}

pub(crate) use crate::domain::analysis::Analysis;

/// Classifies every account and seat.
pub(crate) fn analyse(dataset: &Dataset, rules: &Rules) -> Result<Analysis, Error> {
    let holdings = holdings::gather(dataset);
    let classed = accounts::classify(dataset, &holdings, rules)?;
    let seated = seats::classify(dataset, &classed.frame, rules)?;
    let mut counts = seats::count(&seated.frame, dataset)?;
    counts.standings = accounts::count(&classed);
    counts.guard_standard = guard::count(&classed.guard_standard);
    counts.guard_premium = guard::count(&classed.guard_premium);
    accounts::count_people(dataset, rules, &mut counts);
    counts.managed_enabled = accounts::managed_enabled(&classed.frame)?;
    let (billed_seats, wasted_seats) = seats::by_account(dataset, &seated.uses);
    counts.department_accounts = seats::holders_by_department(&classed.department, &billed_seats);
    let mut analysis = Analysis {
        counts,
        standing: classed.standing,
        standing_reason: classed.reason,
        guard_standard: classed.guard_standard,
        guard_premium: classed.guard_premium,
        department: classed.department,
        billed_seats,
        wasted_seats,
        last_use: holdings.iter().map(|holding| holding.last_use).collect(),
        uses: seated.uses,
        findings: Vec::new(),
    };
    holdings::count(dataset, &holdings, &mut analysis);
    analysis.findings = findings::find(dataset, &analysis, &holdings, rules);
    Ok(analysis)
}

/// A column of whole numbers of a frame, with `missing` where it has none.
fn numbers(frame: &pl::DataFrame, name: &str, missing: u32) -> Result<Vec<u32>, Error> {
    let step = "taking a column out of a frame";
    let column = frame
        .column(name)
        .map_err(|error| Error::step(step, error))?;
    let values = column.u32().map_err(|error| Error::step(step, error))?;
    Ok(values
        .iter()
        .map(|value| value.unwrap_or(missing))
        .collect())
}

fn collect(step: &'static str, plan: pl::LazyFrame) -> Result<pl::DataFrame, Error> {
    plan.collect().map_err(|error| Error::step(step, error))
}

const STANDING: &str = "standing";
const USE: &str = "use";
const COUNT: &str = "count";
