//! `plan-order`: a larger plan that costs less for a unit than a smaller plan of the same product.
//!
//! Judged for every subscription of the bill and for Jira Enterprise, which is an alternative: a pair of plans is looked
//! at where one of them is held or compared. Guard Premium is paid on top of Standard, so its price stands by itself. Units are compared at the quantity of the subscription,
//! by what is billed: a minimum raises what is paid, not the price of a unit.

use std::collections::BTreeSet;

use super::Judged;
use crate::domain::check::{Check, CheckCode};
use crate::domain::product::JIRA;
use crate::model::alternative::Alternative;
use crate::model::span::middle;
use crate::money::{Money, MoneyError, MoneyRange};
use crate::price::{ENTERPRISE, PREMIUM, STANDARD};

/// A smaller plan and a larger one, of those that cost something.
const PAIRS: [(&str, &str); 3] = [
    (STANDARD, PREMIUM),
    (PREMIUM, ENTERPRISE),
    (STANDARD, ENTERPRISE),
];

const MONTHS: u32 = 12;

/// A subscription that is held or compared.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Held<'a> {
    product: &'a str,
    plan: &'a str,
    site: Option<&'a str>,
    quantity: u64,
}

pub(super) fn judge(judged: &Judged<'_>) -> Result<Vec<Check>, MoneyError> {
    let (mut seen, mut told) = (BTreeSet::new(), BTreeSet::new());
    let mut checks = Vec::new();
    for one in subscriptions(judged) {
        for pair in PAIRS {
            let concerns = [pair.0, pair.1].contains(&one.plan);
            let larger = (one.product, one.site, pair.1);
            // One smaller plan is enough to say that a larger one's price is out of order.
            if !concerns || told.contains(&larger) || !seen.insert((one.product, one.site, pair)) {
                continue;
            }
            if let Some(check) = compare(judged, &one, pair)? {
                told.insert(larger);
                checks.push(check);
            }
        }
    }
    Ok(checks)
}

fn subscriptions<'a>(judged: &Judged<'a>) -> Vec<Held<'a>> {
    let facts = judged.facts;
    let held = |product, plan, site, quantity| Held {
        product,
        plan,
        site,
        quantity,
    };
    let mut all: Vec<Held<'_>> = judged
        .lines
        .iter()
        .map(|line| &line.today)
        .filter(|line| line.quantity > 0)
        .map(|line| {
            let site = line.site.as_deref();
            held(
                line.product.as_str(),
                line.plan.as_str(),
                site,
                line.quantity,
            )
        })
        .collect();
    let jira_users = facts.jira_users();
    all.push(held(
        JIRA,
        ENTERPRISE,
        facts.jira_site.as_deref(),
        jira_users,
    ));
    all
}

fn compare(
    judged: &Judged<'_>,
    one: &Held<'_>,
    (smaller, larger): (&str, &str),
) -> Result<Option<Check>, MoneyError> {
    let year = |plan| unit_year(judged, one, plan);
    let (Some(less), Some(more)) = (year(smaller)?, year(larger)?) else {
        return Ok(None);
    };
    if middle(more)?.amount() >= middle(less)?.amount() {
        return Ok(None);
    }
    let alternative = match (one.product, larger) {
        (JIRA, ENTERPRISE) => Some(Alternative::Enterprise),
        _ => None,
    };
    let month = |range: MoneyRange| -> Result<String, MoneyError> {
        Ok(range.divided_by(MONTHS)?.round_minor().grouped())
    };
    let place = match one.site {
        Some(site) => format!("{} {larger} on {site}", one.product),
        None => format!("{} {larger}", one.product),
    };
    let evidence = format!(
        "{place} costs {} for a unit and month, less than {smaller} at {}",
        month(more)?,
        month(less)?
    );
    let check = Check::new(CheckCode::PlanOrder, evidence)
        .at([place])
        .doing(format!(
            "ask the vendor for the price of {} {larger} and state it under [[contract]]",
            one.product
        ))
        .severe_if(alternative.is_some_and(|one| judged.may_be_cheapest(one)));
    Ok(Some(check))
}

/// What a unit of a plan costs in a year at a quantity; `None` without a full price.
fn unit_year(
    judged: &Judged<'_>,
    one: &Held<'_>,
    plan: &str,
) -> Result<Option<MoneyRange>, MoneyError> {
    let quote = judged.pricing.quote(one.product, plan, one.site)?;
    let quantity = one.quantity.max(1);
    let billed = quote.line(quantity)?.billed.max(1);
    let year = quote.exact_year(quantity)?;
    let Some(range) = year.known().filter(|_| year.is_complete()) else {
        return Ok(None);
    };
    // A free plan is no price that another one could undercut.
    if middle(range)? == Money::zero(judged.pricing.currency) {
        return Ok(None);
    }
    Ok(Some(range.divided_by(billed)?))
}
