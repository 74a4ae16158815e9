//! Analysis: from the dataset to classes, counts and findings. Never sees money.
//!
//! `rules` are the tables that say what each account and seat is, `classify` applies them to the dataset's columns;
//! `cubes` counts classes; `findings` says what is worth acting on.

mod access;
mod checks;
mod classify;
mod cubes;
pub(crate) mod findings;
mod free_plan;
mod rules;

use std::thread;

use crate::domain::dataset::Dataset;
use crate::domain::day::Day;
use crate::error::Error;

pub(crate) use crate::domain::analysis::Analysis;
pub(crate) use classify::decisions;

/// The thresholds and facts that classes depend on.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
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

/// Classifies every account and seat.
pub(crate) fn analyse(dataset: &Dataset, settings: &Settings) -> Result<Analysis, Error> {
    let classes = classify::classify(dataset, settings);
    // Counting and finding have nothing to do with each other.
    let (counts, findings) = thread::scope(|scope| {
        let counts = scope.spawn(|| cubes::count(dataset, &classes, settings));
        let findings = findings::find(dataset, &classes, settings);
        let counts = counts
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (counts, findings)
    });
    let counts = counts?;
    let mut checks = checks::judge(dataset, &classes.accounts, &counts, settings);
    checks.extend(free_plan::judge(dataset, &classes.accounts));
    Ok(Analysis {
        counts,
        accounts: classes.accounts,
        uses: classes.uses,
        findings,
        checks,
    })
}
