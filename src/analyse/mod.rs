//! Analysis: from the dataset to classes, counts and findings. Never sees money.
//!
//! `rules` are the tables that say what each account and seat is, `classify` applies them to the dataset's columns;
//! `cubes` counts classes; `findings` asks the rules of `domain::finding` what is worth acting on.

mod checks;
mod classify;
mod cubes;
mod findings;
mod free_plan;
mod rules;

use std::thread;

use crate::domain::dataset::Dataset;
use crate::domain::finding::View;
use crate::error::Error;

pub(crate) use crate::domain::analysis::Analysis;
pub(crate) use crate::domain::settings::Settings;
pub(crate) use classify::decisions;

/// Classifies every account and seat.
pub(crate) fn analyse(dataset: &Dataset, settings: &Settings) -> Result<Analysis, Error> {
    let classes = classify::classify(dataset, settings);
    // Counting and finding have nothing to do with each other.
    let (counts, findings) = thread::scope(|scope| {
        let counts = scope.spawn(|| cubes::count(dataset, &classes, settings));
        let findings = findings::find(&View {
            dataset,
            accounts: &classes.accounts,
            uses: &classes.uses,
            settings,
        });
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
