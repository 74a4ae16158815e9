//! What a scenario states, held against the exports and the configuration: which plans change, and whether what it
//! states has anything to act on.
//!
//! Takes the scenario's tables and the offerings, gives changes of plan or the error that names the way out. Nothing
//! is classed or priced here.

use std::collections::HashMap;

use toml::Spanned;

use super::atlassian::users::site_name;
use super::config::{Config, Product};
use super::names::Known;
use crate::domain::product::{Offering, SiteKind, canonical_name};
use crate::error::Error;
use crate::price::contract::{Contract, ContractPrice, Terms};
use crate::price::quote::Subscription;

/// Another plan for one product on a site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct PlanChange {
    /// Row of the offering in the dataset.
    pub(crate) offering: usize,
    pub(crate) product: String,
    pub(crate) site: Option<String>,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) line: usize,
}

impl PlanChange {
    /// `Jira on acme`.
    pub(crate) fn of(&self) -> String {
        name(&self.product, self.site.as_deref().unwrap_or_default())
    }
}

/// A file of prices, and what it comes to.
#[derive(Clone, Copy)]
pub(crate) struct Stated<'a> {
    pub(crate) file: &'a Config,
    pub(crate) contract: &'a Contract,
}

fn name(product: &str, site: &str) -> String {
    match site {
        "" => product.to_owned(),
        site => format!("{product} on {site}"),
    }
}

fn fault(file: &Config, line: usize, message: String, hint: impl Into<String>) -> Error {
    file.fault_at(line, message, hint)
}

/// What a scenario states as it is already: it would change nothing, in silence.
pub(crate) fn is_so_already(file: &Config, line: usize, what: &str, value: &str) -> Error {
    let message = format!("{what} is {value} already");
    fault(file, line, message, "leave it out, or state what differs")
}

/// Refuses plans that are not known, have no price and are spelt almost as one that is.
pub(crate) fn refuse_misspelt_plans(
    file: &Config,
    plans: &[PlanChange],
    contract: &Contract,
    names: &Known<'_>,
) -> Result<(), Error> {
    for change in plans {
        let terms = contract.terms(&change.product, &change.to, change.site.as_deref());
        let meant = names.plan_meant(&change.product, &change.to);
        let Some(meant) = meant.filter(|_| terms.is_none()) else {
            continue;
        };
        let message = format!("there is no plan {:?} of {}", change.to, change.product);
        return Err(fault(
            file,
            change.line,
            message,
            format!("did you mean {meant:?}?"),
        ));
    }
    Ok(())
}

/// Checks the `[[product]]` tables of a scenario by themselves.
pub(super) fn check_products(scenario: &Config) -> Result<(), Error> {
    let mut known: HashMap<(&str, String), usize> = HashMap::new();
    for table in &scenario.product {
        let one = table.get_ref();
        let line = scenario.line_of(table);
        let (product, site) = (canonical_name(&one.product), site_name(&one.site));
        let named = name(product, &site);
        for (key, stated) in [
            ("renewal", one.renewal.is_some()),
            ("notice_days", one.notice_days.is_some()),
        ] {
            if stated {
                return Err(fault(
                    scenario,
                    scenario.line_within(table, key),
                    format!("`{key}` of {named} changes no figure of a scenario"),
                    "leave it out: a report's deadlines have it from seatledger.toml",
                ));
            }
        }
        if one.plan.is_none() && !one.has_terms() {
            return Err(fault(
                scenario,
                line,
                format!("{named} has nothing that differs"),
                "give its price, discount_percent, billing, tiers or plan",
            ));
        }
        if let Some(first) = known.insert((product, site), line) {
            return Err(fault(
                scenario,
                line,
                format!("{named} is set twice, first on line {first}"),
                "state each product and site once",
            ));
        }
    }
    Ok(())
}

/// Writes the plan that is held into the `[[product]]` tables that name none: they are about that one.
pub(crate) fn name_held_plans(offerings: &[Offering], scenario: &mut Config) {
    for table in &mut scenario.product {
        let one = table.get_mut();
        let found = of_product(offerings, one);
        if let (None, [(_, held)]) = (&one.plan, found.as_slice()) {
            one.plan.clone_from(&held.plan);
        }
    }
}

/// The offerings of a product on its site, with their rows.
fn of_product<'a>(offerings: &'a [Offering], one: &Product) -> Vec<(usize, &'a Offering)> {
    let (product, site) = (canonical_name(&one.product), site_name(&one.site));
    let fits = |held: &Offering| {
        held.kind == SiteKind::Own && held.product == product && held.site == site
    };
    let rows = offerings.iter().enumerate();
    rows.filter(|(_, held)| fits(held)).collect()
}

/// The plans that a scenario changes.
///
/// # Errors
/// `Configuration` where a plan is for nothing in the exports, for several plans at once, or where a price of the
/// configuration would be taken for another plan than it was agreed for.
pub(crate) fn plan_changes(
    offerings: &[Offering],
    base: Stated<'_>,
    scenario: Stated<'_>,
) -> Result<Vec<PlanChange>, Error> {
    let mut changes = Vec::new();
    for table in &scenario.file.product {
        let Some(to) = table.get_ref().plan.as_deref().map(str::trim) else {
            continue;
        };
        let change = plan_change(offerings, scenario.file, table, to)?;
        if let Some(change) = change {
            refuse_another_plans_price(base, scenario, &change)?;
            changes.push(change);
        }
    }
    Ok(changes)
}

fn plan_change(
    offerings: &[Offering],
    file: &Config,
    table: &Spanned<Product>,
    to: &str,
) -> Result<Option<PlanChange>, Error> {
    let one = table.get_ref();
    let (product, site) = (canonical_name(&one.product), site_name(&one.site));
    let line = file.line_within(table, "plan");
    let found = of_product(offerings, one);
    match found.as_slice() {
        // The plan of the held one then says for which one the terms are.
        [(_, held)] if held.has_plan(to) && one.has_terms() => Ok(None),
        [(_, held)] if held.has_plan(to) => {
            let what = format!("the plan of {}", name(product, &site));
            Err(is_so_already(file, line, &what, held.plan_name()))
        }
        [(row, held)] => Ok(Some(PlanChange {
            offering: *row,
            product: product.to_owned(),
            site: (!site.is_empty()).then_some(site),
            from: held.plan_name().to_owned(),
            to: to.to_owned(),
            line,
        })),
        // The plan then says for which one the terms are; that they fit nothing is told where they are priced.
        [] if one.has_terms() => Ok(None),
        [] => {
            let there: Vec<String> = offerings
                .iter()
                .filter(|other| other.kind == SiteKind::Own && other.product == product)
                .map(|other| name(product, &other.site))
                .collect();
            Err(fault(
                file,
                line,
                format!(
                    "{} is no subscription of yours in the exports",
                    name(product, &site)
                ),
                if there.is_empty() {
                    "a plan can be changed for a product on a site of yours that the exports have"
                        .to_owned()
                } else {
                    format!("name the product and the site: {}", there.join(", "))
                },
            ))
        }
        several => {
            let plans: Vec<&str> = several.iter().map(|(_, held)| held.plan_name()).collect();
            Err(fault(
                file,
                line,
                format!(
                    "the exports have {} under several plans: {}",
                    name(product, &site),
                    plans.join(", ")
                ),
                "which of them would change can't be told; give a price for one plan under [[contract]]",
            ))
        }
    }
}

/// A price without a plan is for the plan that is held. It must not pass for another one's, nor be lost in silence.
fn refuse_another_plans_price(
    base: Stated<'_>,
    scenario: Stated<'_>,
    change: &PlanChange,
) -> Result<(), Error> {
    let site = change.site.as_deref();
    let contract = base.contract.under(scenario.contract.clone());
    let agreed = base.contract.terms(&change.product, &change.from, site);
    let Some(agreed) = agreed.filter(|terms| terms.plan.is_none()) else {
        return Ok(());
    };
    if contract.terms(&change.product, &change.to, site).is_some() {
        return Ok(());
    }
    Err(fault(
        scenario.file,
        change.line,
        format!(
            "{} would be {}, and its price ({}:{}) was agreed for {}",
            change.of(),
            change.to,
            base.file.file,
            agreed.line,
            change.from
        ),
        format!(
            "give price or discount_percent beside the plan (\"0\" is the list price), or give the configuration's \
             price its plan: {:?}",
            change.from
        ),
    ))
}

/// Refuses terms that give nothing its price or cycle: they would change nothing, in silence.
pub(crate) fn refuse_idle_terms(
    base: Stated<'_>,
    scenario: Stated<'_>,
    together: &Contract,
    priced: &[Subscription],
) -> Result<(), Error> {
    for terms in scenario.contract.prices() {
        let fitting: Vec<&Subscription> = priced.iter().filter(|one| fits(terms, one)).collect();
        if fitting.is_empty() {
            return Err(fits_nothing(scenario.file, terms, priced));
        }
        let holds = |one: &&Subscription| {
            together.hold(terms, &one.product, &one.plan, one.site.as_deref())
        };
        if fitting.iter().any(holds) {
            continue;
        }
        let closer: Vec<String> = fitting
            .iter()
            .filter_map(|one| {
                let closer = together.terms(&one.product, &one.plan, one.site.as_deref())?;
                let file = if base.contract.prices().contains(closer) {
                    &base.file.file
                } else {
                    &scenario.file.file
                };
                Some(format!("{} ({file}:{})", subscription(one), closer.line))
            })
            .collect();
        let (others, hint) = match terms.terms {
            Terms::List => (
                "the cycle beside the price holds",
                "set the cycle beside the price",
            ),
            _ => (
                "closer ones hold",
                "give the plan and the site as the closer terms do, and these win",
            ),
        };
        return Err(fault(
            scenario.file,
            terms.line,
            format!(
                "the terms of {} change nothing: {others} for {}",
                terms.name(),
                closer.join(", ")
            ),
            hint,
        ));
    }
    Ok(())
}

fn fits(terms: &ContractPrice, one: &Subscription) -> bool {
    terms.fits(&one.product, &one.plan, one.site.as_deref())
}

fn fits_nothing(file: &Config, terms: &ContractPrice, priced: &[Subscription]) -> Error {
    let mut there: Vec<String> = priced
        .iter()
        .filter(|one| one.product.eq_ignore_ascii_case(&terms.product))
        .map(subscription)
        .collect();
    if there.is_empty() {
        there = priced.iter().map(|one| one.product.clone()).collect();
    }
    there.sort();
    there.dedup();
    fault(
        file,
        terms.line,
        format!("nothing is priced as {}", terms.name()),
        format!("what has a price here: {}", there.join(", ")),
    )
}

/// `Jira Standard on acme`.
pub(crate) fn subscription(one: &Subscription) -> String {
    name(
        &format!("{} {}", one.product, one.plan),
        one.site.as_deref().unwrap_or_default(),
    )
}
