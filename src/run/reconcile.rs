//! `reconcile`: the computed Guard count held against an invoice.

use std::io::Write;

use super::load::load;
use super::{Failure, lists, price_book, pricing_failed};
use crate::analyse::{Analysis, Settings};
use crate::cli::{GuardPlan as StatedPlan, ReconcileArguments};
use crate::domain::analysis::AccountClass;
use crate::domain::class::{GuardClass, GuardReason, GuardVerdict, Standing};
use crate::domain::dataset::Dataset;
use crate::domain::finding::View;
use crate::error::Error;
use crate::model::guard_count::lower::LowerBy;
use crate::model::guard_count::reconcile::{self, GuardPlan, Reducible};
use crate::price::quote::Pricing;
use crate::price::{GUARD, PREMIUM, STANDARD};
use crate::read::terms;
use crate::render::terminal::Look;
use crate::report::reconcile as report;

pub(super) fn reconcile(
    arguments: &ReconcileArguments,
    look: Look,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Failure> {
    let loaded = load(&arguments.input, err)?;
    if !loaded.dataset.has_atlassian() {
        return Err(Error::Usage {
            message: "no Atlassian export was given, so there is no count to compare".to_owned(),
            hint: "give the users export, and best the managed-accounts export too".to_owned(),
        }
        .into());
    }
    let analysis = loaded.analyse()?;
    let currency = terms::currency(&loaded.config)?;
    let contract = terms::contract(&loaded.config, currency)?;
    let book = price_book()?;
    let pricing = Pricing {
        book: &book,
        contract: &contract,
        currency,
        day: loaded.options.as_of.date(),
    };
    let (plan, name, classes, counts) = match arguments.plan {
        StatedPlan::Standard => (
            GuardPlan::Standard,
            STANDARD,
            guard_classes(&analysis, |account| account.guard_standard),
            &analysis.counts.guard_standard,
        ),
        StatedPlan::Premium => (
            GuardPlan::Premium,
            PREMIUM,
            guard_classes(&analysis, |account| account.guard_premium),
            &analysis.counts.guard_premium,
        ),
    };
    let quote = pricing.quote(GUARD, name, None).map_err(pricing_failed)?;
    let found = reconcile::reconcile(
        plan,
        arguments.billed,
        counts,
        &reducible(
            &loaded.dataset,
            &analysis,
            &loaded.options.analyse,
            &classes,
        ),
        &quote,
    )
    .map_err(pricing_failed)?;
    let answer = report::answer(
        &found,
        &analysis.checks,
        &classes,
        &loaded.dataset.accounts,
        currency.code(),
    );
    lists::print(&answer, arguments.format, look, out)
}

/// The verdict of each account under one plan.
pub(super) fn guard_classes(
    analysis: &Analysis,
    of: impl Fn(&AccountClass) -> GuardClass,
) -> Vec<GuardClass> {
    analysis.accounts.iter().map(of).collect()
}

/// For each way to lower the count, how many accounts that the plan bills it takes off. What only ends access leaves out
/// those that are to keep it; a non-billable policy takes nothing away.
pub(super) fn reducible(
    dataset: &Dataset,
    analysis: &Analysis,
    settings: &Settings,
    classes: &[GuardClass],
) -> Vec<Reducible> {
    let ways = [
        (
            LowerBy::NonBillablePolicyForFreeTrello,
            GuardReason::FreeTrelloOnly,
        ),
        (LowerBy::LeaveForeignSites, GuardReason::ForeignSiteOnly),
        (LowerBy::LeaveSandboxes, GuardReason::SandboxOnly),
    ];
    let view = View {
        dataset,
        accounts: &analysis.accounts,
        uses: &analysis.uses,
        settings,
    };
    let mut counts: Vec<(LowerBy, u64)> = Vec::new();
    let mut add = |by: LowerBy| match counts.iter_mut().find(|(known, _)| *known == by) {
        Some((_, count)) => *count += 1,
        None => counts.push((by, 1)),
    };
    for (row, class) in classes
        .iter()
        .enumerate()
        .filter(|(_, class)| class.verdict == GuardVerdict::Billable)
    {
        let mut any = false;
        let account = &analysis.accounts[row];
        if account.standing == Standing::Orphaned {
            add(LowerBy::DeactivateLeavers);
            any = true;
        }
        if view.is_unused(row) {
            add(LowerBy::DropUnusedAccess);
            any = true;
        }
        for (by, reason) in &ways {
            let stays = dataset.exempt[row] || account.standing == Standing::Service;
            if class.reason == *reason && !(stays && *by == LowerBy::LeaveSandboxes) {
                add(*by);
                any = true;
            }
        }
        if any {
            add(LowerBy::Together);
        }
    }
    counts
        .into_iter()
        .map(|(by, accounts)| Reducible { by, accounts })
        .collect()
}
