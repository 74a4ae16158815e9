//! `old-price` and `newer-price`: what the answer rests on is priced long ago, or a newer unverified price differs.

use chrono::NaiveDate;

use super::Judged;
use crate::domain::check::{Check, CheckCode};
use crate::domain::product::JIRA;
use crate::model::alternative::Alternative;
use crate::money::MoneyError;
use crate::price::quote::BillLine;
use crate::price::{ENTERPRISE, GUARD, PREMIUM, STANDARD};

pub(super) fn judge(judged: &Judged<'_>) -> Result<Vec<Check>, MoneyError> {
    let lines = used(judged)?;
    let days = CheckCode::OldPrice.limit("days");
    let (mut old, mut contradicted) = (Vec::new(), Vec::new());
    for line in &lines {
        let Some(provenance) = &line.provenance else {
            continue;
        };
        let age = judged.pricing.day - provenance.date;
        if u64::try_from(age.num_days()).is_ok_and(|age| age > days) {
            old.push((name(line), format!("{}: {}", name(line), provenance.date)));
        }
        if let Some(newer) = &line.newer_unverified
            && newer.annual != line.annual
        {
            contradicted.push((
                name(line),
                format!(
                    "{}: {} a year, {} by the price of {}",
                    name(line),
                    line.annual.whole(),
                    newer.annual.whole(),
                    newer.from
                ),
            ));
        }
    }
    let mut checks = Vec::new();
    let mut told = |code, what: &str, found: Vec<(String, String)>| {
        if found.is_empty() {
            return;
        }
        let (places, words): (Vec<String>, Vec<String>) = found.into_iter().unzip();
        checks.push(Check::new(code, format!("{what}: {}", words.join("; "))).at(places));
    };
    told(
        CheckCode::OldPrice,
        &format!("the answer rests on prices older than {days} days"),
        old,
    );
    told(
        CheckCode::NewerPrice,
        "a newer, unverified price contradicts one that the answer rests on",
        contradicted,
    );
    Ok(checks)
}

/// The day on which the oldest price that the answer rests on was read.
///
/// # Errors
/// `TooLarge`.
pub(in crate::model) fn oldest_price(judged: &Judged<'_>) -> Result<Option<NaiveDate>, MoneyError> {
    let lines = used(judged)?;
    let days = lines.iter().filter_map(|line| line.provenance.as_ref());
    Ok(days.map(|known| known.date).min())
}

fn name(line: &BillLine) -> String {
    match &line.site {
        Some(site) => format!("{} {} on {site}", line.product, line.plan),
        None => format!("{} {}", line.product, line.plan),
    }
}

/// The lines that the answer rests on: those of the bill that clean-up changes, and the fees of the alternatives that
/// have a price.
fn used(judged: &Judged<'_>) -> Result<Vec<BillLine>, MoneyError> {
    let changes = |cost: &crate::money::Cost| !cost.known().is_some_and(|range| range.is_zero());
    let mut lines: Vec<BillLine> = judged
        .lines
        .iter()
        .filter(|line| line.today.quantity > 0 && changes(&line.saving))
        .map(|line| line.today.clone())
        .collect();
    let facts = judged.facts;
    let jira_users = facts.jira_users();
    let fees = [
        (
            Alternative::GuardStandard,
            GUARD,
            STANDARD,
            None,
            facts.standard_count().at_most,
        ),
        (
            Alternative::GuardPremium,
            GUARD,
            PREMIUM,
            None,
            facts.premium_count().at_most,
        ),
        (
            Alternative::Enterprise,
            JIRA,
            ENTERPRISE,
            facts.jira_site.as_deref(),
            jira_users,
        ),
    ];
    for (alternative, product, plan, site, quantity) in fees {
        let priced = judged
            .comparison
            .of_alternative(alternative)
            .is_some_and(|one| one.is_priced());
        if priced && quantity > 0 {
            lines.push(judged.pricing.quote(product, plan, site)?.line(quantity)?);
        }
    }
    Ok(lines)
}
