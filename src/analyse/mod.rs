//! Analysis: from the dataset to classes, counts and findings. Never sees money.
//!
//! `accounts` gives standings, `seats` uses, `guard` verdicts, each by ordered rules;
//! `holdings` gathers what each account holds; `findings` says what is worth acting on.

pub(crate) mod accounts;
pub(crate) mod findings;
pub(crate) mod guard;
pub(crate) mod holdings;
pub(crate) mod seats;

use std::thread;

use crate::domain::counts::Counts;
use crate::domain::dataset::Dataset;
use crate::domain::day::Day;
use crate::error::Error;
use holdings::Holding;

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
    let classed = accounts::classify(dataset, &holdings, rules);
    let uses = seats::classify(dataset, &classed, rules);
    let (billed_seats, wasted_seats) = seats::by_account(dataset, &uses);
    let mut analysis = Analysis {
        counts: Counts::default(),
        standing: classed.standing,
        standing_reason: classed.reason,
        guard_standard: classed.guard_standard,
        guard_premium: classed.guard_premium,
        department: classed.department,
        billed_seats,
        wasted_seats,
        last_use: holdings.iter().map(|holding| holding.last_use).collect(),
        uses,
        findings: Vec::new(),
        checks: dataset.checks.clone(),
    };
    // Counting and finding have nothing to do with each other.
    (analysis.counts, analysis.findings) = thread::scope(|scope| {
        let counts = scope.spawn(|| count(dataset, &holdings, &analysis, rules));
        let findings = findings::find(dataset, &analysis, &holdings, rules);
        let counts = counts
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (counts, findings)
    });
    Ok(analysis)
}

fn count(dataset: &Dataset, holdings: &[Holding], analysis: &Analysis, rules: &Rules) -> Counts {
    let mut counts = seats::count(dataset, &analysis.department, &analysis.uses);
    counts.standings = accounts::count(&analysis.standing);
    counts.guard_standard = guard::count(&analysis.guard_standard);
    counts.guard_premium = guard::count(&analysis.guard_premium);
    accounts::count_people(dataset, rules, &mut counts);
    counts.managed_enabled = accounts::managed_enabled(dataset);
    counts.department_accounts =
        seats::holders_by_department(&analysis.department, &analysis.billed_seats);
    holdings::count(dataset, holdings, analysis, &mut counts);
    counts
}
