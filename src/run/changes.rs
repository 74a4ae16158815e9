//! What a scenario changes, in words: each value that it states, the base's in its place, and its line. The same for
//! what the configuration puts in the place of defaults.

use crate::model::inputs::facts::GuardHeld;
use crate::money::MoneyError;
use crate::price::contract::{Contract, ContractPrice, Terms};
use crate::price::in_words::billed;
use crate::price::quote::{Pricing, Subscription};
use crate::price::{Billing, Unit};
use crate::read::config::{Config, ExternalPolicy};
use crate::read::what_if::{self, PlanChange};
use crate::report::scenario::Change;

/// A file beside what it is laid over: a scenario over the base, or the configuration over what the program ships.
pub(super) struct Told<'a> {
    pub(super) file: &'a Config,
    /// The terms that it states.
    pub(super) stated: &'a Contract,
    pub(super) plans: &'a [PlanChange],
    /// What is priced under it.
    pub(super) subscriptions: &'a [Subscription],
    /// Prices without it.
    pub(super) before: &'a Pricing<'a>,
    /// What is agreed under it, terms from before included.
    pub(super) after: &'a Contract,
    pub(super) guard_before: GuardBefore,
}

/// What `[guard]` would take the place of.
#[derive(Clone, Copy)]
pub(super) struct GuardBefore {
    pub(super) held: GuardHeld,
    pub(super) needs_premium: bool,
    pub(super) needs_scim: bool,
    pub(super) policy_is_billable: bool,
}

impl GuardBefore {
    /// What holds where nothing is stated.
    pub(super) const DEFAULT: GuardBefore = GuardBefore {
        held: GuardHeld::None,
        needs_premium: false,
        needs_scim: true,
        policy_is_billable: false,
    };
}

/// A change and its line.
type Placed = (usize, Change);

impl Told<'_> {
    fn at(&self, line: usize, key: String, from: Option<String>, to: String) -> Placed {
        let source = format!("{}:{line}", self.file.file);
        let change = Change {
            key,
            from,
            to,
            source,
        };
        (line, change)
    }
}

/// Every value that a scenario states, in the order of its lines.
pub(super) fn of(told: &Told<'_>) -> Result<Vec<Change>, MoneyError> {
    let mut changes: Vec<Placed> = Vec::new();
    for (key, value) in plain(told.file) {
        let line = told.file.line_of_key(key, "");
        changes.push(told.at(line, key.to_owned(), None, value.to_owned()));
    }
    changes.extend(guard(told));
    for plan in told.plans {
        let key = format!("plan of {}", plan.of());
        changes.push(told.at(plan.line, key, Some(plan.from.clone()), plan.to.clone()));
    }
    changes.extend(prices(told)?);
    Ok(in_order(changes))
}

/// The first value of `[guard]` or of prices that is as it was before: its line, name and words.
pub(super) fn unchanged(told: &Told<'_>) -> Result<Option<(usize, String, String)>, MoneyError> {
    let is_same = |change: &Change| change.from.as_ref() == Some(&change.to);
    let mut of_guard = guard(told).into_iter();
    if let Some((line, change)) = of_guard.find(|(_, change)| is_same(change)) {
        return Ok(Some((line, change.key, change.to)));
    }
    for terms in told.stated.prices() {
        let before = before(told, terms)?;
        let to = words_of(terms, before.unit);
        if before.from == to && !before.plan_changes {
            return Ok(Some((terms.line, terms.name(), to)));
        }
    }
    Ok(None)
}

/// What `[guard]` states that is not as it was before, and what prices state, each in the order of their lines.
pub(super) fn of_guard_and_prices(told: &Told<'_>) -> Result<[Vec<Change>; 2], MoneyError> {
    let changed = |mut all: Vec<Placed>| {
        all.retain(|(_, change)| change.from.as_ref() != Some(&change.to));
        in_order(all)
    };
    Ok([changed(guard(told)), changed(prices(told)?)])
}

fn in_order(mut changes: Vec<Placed>) -> Vec<Change> {
    changes.sort_by_key(|(line, _)| *line);
    changes.into_iter().map(|(_, change)| change).collect()
}

fn prices(told: &Told<'_>) -> Result<Vec<Placed>, MoneyError> {
    let mut changes = Vec::new();
    for terms in told.stated.prices() {
        let before = before(told, terms)?;
        let (from, closer) = (before.from, before.closer);
        let mut to = words_of(terms, before.unit);
        if !closer.is_empty() {
            let what = match terms.terms {
                Terms::List => "the billing cycle configured with the price stays",
                _ => "closer terms stay",
            };
            to += &format!("; {what} for {}", closer.join(", "));
        }
        changes.push(told.at(terms.line, terms.name(), Some(from), to));
    }
    Ok(changes)
}

/// Assumptions and the third party's amounts: the report knows what the base has in their place.
fn plain(stated: &Config) -> impl Iterator<Item = (&str, &str)> {
    let offer = &stated.third_party;
    let offered = [
        ("annual_fee", &offer.annual_fee),
        ("price_per_user_month", &offer.price_per_user_month),
        ("setup_fee", &offer.setup_fee),
    ];
    let assumptions = stated.assumptions.iter();
    assumptions
        .map(|(name, value)| (name.as_str(), value.0.as_str()))
        .chain(
            offered
                .into_iter()
                .filter_map(|(key, value)| Some((key, value.as_deref()?))),
        )
}

/// The keys of `[guard]` that are stated, with what was before.
fn guard(told: &Told<'_>) -> Vec<Placed> {
    let stated = &told.file.guard;
    let before = told.guard_before;
    let policy = |billable: bool| match billable {
        true => "billable",
        false => "non-billable",
    };
    let changed = |key, from: &dyn ToString, to: Option<String>| {
        let from = from.to_string();
        to.map(|to| (key, from, to))
    };
    [
        changed(
            "held",
            &before.held.as_str(),
            stated.held.map(|to| to.as_str().to_owned()),
        ),
        changed(
            "needs_premium",
            &before.needs_premium,
            stated.needs_premium.map(|to| to.to_string()),
        ),
        changed(
            "needs_scim",
            &before.needs_scim,
            stated.needs_scim.map(|to| to.to_string()),
        ),
        changed(
            "external_policy",
            &policy(before.policy_is_billable),
            stated
                .external_policy
                .map(|to| policy(to == ExternalPolicy::Billable).to_owned()),
        ),
    ]
    .into_iter()
    .flatten()
    .map(|(key, from, to)| {
        let line = told.file.line_of_key(key, "");
        told.at(line, format!("guard.{key}"), Some(from), to)
    })
    .collect()
}

/// What some terms of a scenario take the place of.
struct Before {
    /// What the base has agreed for all that they hold for.
    from: String,
    /// What the first of it is counted in.
    unit: Unit,
    /// What they would fit too, were it not for closer terms.
    closer: Vec<String>,
    /// Whether a plan that they hold for is another one than before.
    plan_changes: bool,
}

/// What some terms state.
fn words_of(terms: &ContractPrice, unit: Unit) -> String {
    let amounts = (terms.terms != Terms::List).then(|| terms.terms.in_words(unit));
    in_words(amounts, terms.billing)
}

fn before(told: &Told<'_>, terms: &ContractPrice) -> Result<Before, MoneyError> {
    let mut found: Vec<String> = Vec::new();
    let mut counted = None;
    let mut closer = Vec::new();
    let mut plan_changes = false;
    for one in told.subscriptions {
        let site = one.site.as_deref();
        if !terms.fits(&one.product, &one.plan, site) {
            continue;
        }
        if !told.after.hold(terms, &one.product, &one.plan, site) {
            closer.push(what_if::subscription(one));
            continue;
        }
        let changed = told.plans.iter().find(|change| {
            (&change.product, &change.to, &change.site) == (&one.product, &one.plan, &one.site)
        });
        plan_changes |= changed.is_some();
        let plan = changed.map_or(&one.plan, |change| &change.from);
        let quote = told.before.quote(&one.product, plan, site)?;
        let unit = quote.unit().unwrap_or(Unit::User);
        counted = counted.or(Some(unit));
        let contract = told.before.contract;
        let agreed = contract.terms(&one.product, plan, site);
        let agreed = match agreed {
            None if quote.at_list().unit().is_none() => "no list price".to_owned(),
            agreed => agreed
                .map_or(&Terms::List, |agreed| &agreed.terms)
                .in_words(unit),
        };
        let amounts = (terms.terms != Terms::List).then_some(agreed);
        let cycle = contract.billing(&one.product, plan, site);
        let words = in_words(amounts, terms.billing.map(|_| cycle));
        if !found.contains(&words) {
            found.push(words);
        }
    }
    Ok(Before {
        from: found.join(" / "),
        unit: counted.unwrap_or(Unit::User),
        closer,
        plan_changes,
    })
}

/// Amounts and cycle, whichever of them is spoken of.
fn in_words(amounts: Option<String>, cycle: Option<Billing>) -> String {
    let cycle = cycle.map(|cycle| billed(cycle).to_owned());
    let parts: Vec<String> = amounts.into_iter().chain(cycle).collect();
    parts.join(", ")
}
