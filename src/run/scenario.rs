//! `scenario`: the exports read once, then classed, priced and modelled for the base and for each scenario.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::changes::{self, GuardBefore, Told};
use super::facts::{by_other_years, facts, third_party};
use super::load::{Loaded, load};
use super::report::model;
use super::{Failure, lists, price_book, pricing_failed};
use crate::analyse::{self, Analysis};
use crate::cli::{InputArguments, ScenarioArguments};
use crate::domain::product::JIRA;
use crate::domain::stated::Stated;
use crate::error::Error;
use crate::model::assumptions::assumption::Assumptions;
use crate::model::inputs::facts::Facts;
use crate::model::whole::Evidence;
use crate::money::Number;
use crate::price::estate::{self, Estate};
use crate::price::quote::{Pricing, Subscription};
use crate::price::{ENTERPRISE, GUARD, PREMIUM, STANDARD};
use crate::read::config::{ExternalPolicy, FILE_NAME};
use crate::read::names::Known;
use crate::read::scenario::{self, Scenario};
use crate::read::terms;
use crate::read::what_if;
use crate::render::terminal::Look;
use crate::report::quote::Answer;
use crate::report::scenario::{Case, answer};

pub(super) fn scenario(
    arguments: &ScenarioArguments,
    look: Look,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Failure> {
    let (files, exports): (Vec<PathBuf>, Vec<PathBuf>) = arguments
        .input
        .paths
        .iter()
        .cloned()
        .partition(|path| is_scenario(path));
    if files.is_empty() {
        return Err(Error::Usage {
            message: "no scenario file was given".to_owned(),
            hint: "name at least one .toml file: seatledger scenario dearer-hours.toml exports/"
                .to_owned(),
        }
        .into());
    }
    let files: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    let mut scenarios = scenario::load_all(&files)?;
    let input = InputArguments {
        paths: exports,
        ..arguments.input.clone()
    };
    let mut loaded = load(&input, err)?;
    let answer = compare(&mut loaded, &mut scenarios)?;
    lists::print(&answer, arguments.format, look, out)
}

fn is_scenario(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "toml")
        && path.file_name().is_none_or(|name| name != FILE_NAME)
}

fn compare(loaded: &mut Loaded, scenarios: &mut [Scenario]) -> Result<Answer, Error> {
    let currency = terms::currency(&loaded.config)?;
    let contract = terms::contract(&loaded.config, currency)?.bound_to(&loaded.dataset.offerings);
    let book = price_book()?;
    let pricing = Pricing {
        book: &book,
        contract: &contract,
        currency,
        day: loaded.options.as_of.date(),
    };
    let analysis = loaded.analyse()?;
    let (estate, facts) = priced(loaded, &analysis, &pricing)?;
    let by_listed_years = contract.by_listed_years();
    let other_years = by_other_years(by_listed_years.as_ref(), pricing, |pricing| {
        Ok(priced(loaded, &analysis, pricing)?.1)
    })?;
    let evidence = Evidence {
        of_data: &analysis.checks,
        lines: &estate.lines,
        other_years: other_years.as_ref(),
    };
    let model_of_base = model(facts.clone(), &pricing, &loaded.config, &evidence)?;
    let base = Base {
        pricing,
        analysis,
        facts,
        assumptions: model_of_base.assumptions.clone(),
    };
    let mut cases = Vec::with_capacity(scenarios.len());
    for one in scenarios {
        what_if::name_held_plans(&loaded.dataset.offerings, &mut one.stated);
        cases.push(case(loaded, &base, one)?);
    }
    let organisation = loaded.config.organisation.name.as_deref();
    Ok(answer(
        organisation.unwrap_or("Organisation"),
        &Case {
            name: scenario::BASE.to_owned(),
            model: model_of_base,
            bill: estate,
            has_prices: false,
            changes: Vec::new(),
        },
        &cases,
    ))
}

/// What every scenario is laid over.
struct Base<'a> {
    pricing: Pricing<'a>,
    analysis: Analysis,
    facts: Facts,
    assumptions: Assumptions,
}

fn priced(
    loaded: &Loaded,
    analysis: &Analysis,
    pricing: &Pricing<'_>,
) -> Result<(Estate, Facts), Error> {
    let Loaded {
        dataset,
        config,
        options,
    } = loaded;
    let estate =
        estate::price(pricing, &dataset.offerings, &analysis.counts).map_err(pricing_failed)?;
    let facts = facts(
        dataset,
        analysis,
        &estate,
        config,
        options,
        pricing.currency,
    )?;
    Ok((estate, facts))
}

/// The exports under a scenario: classed anew where its plans or its policy change classes, and priced anew.
fn case(loaded: &mut Loaded, base: &Base<'_>, one: &Scenario) -> Result<Case, Error> {
    let pricing = &base.pricing;
    let stated = terms::stated_contract(&one.stated, &loaded.config, pricing.currency)?;
    let of_base = what_if::Stated {
        file: &loaded.config,
        contract: pricing.contract,
    };
    let of_scenario = what_if::Stated {
        file: &one.stated,
        contract: &stated,
    };
    let plans = what_if::plan_changes(&loaded.dataset.offerings, of_base, of_scenario)?;
    let names = Known {
        offerings: &loaded.dataset.offerings,
        book: pricing.book,
    };
    what_if::refuse_misspelt_plans(&one.stated, &plans, &stated, &names)?;
    let held = loaded.dataset.offerings.clone();
    for change in &plans {
        if let Some(offering) = loaded.dataset.offerings.get_mut(change.offering) {
            offering.plan = Some(change.to.clone());
            offering.plan_known = true;
        }
    }
    let stated = stated.bound_to(&loaded.dataset.offerings);
    let mut contract = pricing.contract.under(stated.clone());
    for change in &plans {
        let site = change.site.as_deref();
        contract.keep_cycle(&change.product, [&change.from, &change.to], site);
    }
    let pricing = Pricing {
        contract: &contract,
        ..*pricing
    };
    let policy = one.stated.guard.external_policy;
    let classed = if plans.is_empty() && policy.is_none() {
        None
    } else {
        let mut settings = loaded.options.analyse.clone();
        if let Some(policy) = policy {
            settings.external_policy_billable = policy == ExternalPolicy::Billable;
        }
        Some(analyse::analyse(&loaded.dataset, &settings)?)
    };
    let analysis = classed.as_ref().unwrap_or(&base.analysis);
    let (bill, facts) = priced(loaded, analysis, &pricing)?;
    let by_listed_years = contract.by_listed_years();
    let other_years = by_other_years(by_listed_years.as_ref(), pricing, |pricing| {
        laid_over(priced(loaded, analysis, pricing)?.1, one)
    })?;
    loaded.dataset.offerings = held;
    let subscriptions = subscriptions(&bill);
    let of_base = what_if::Stated {
        file: &loaded.config,
        contract: base.pricing.contract,
    };
    let of_scenario = what_if::Stated {
        file: &one.stated,
        contract: &stated,
    };
    what_if::refuse_idle_terms(of_base, of_scenario, &contract, &subscriptions)?;
    let told = Told {
        file: &one.stated,
        stated: &stated,
        plans: &plans,
        subscriptions: &subscriptions,
        before: &base.pricing,
        after: &contract,
        guard_before: GuardBefore {
            held: base.facts.guard_held,
            needs_premium: base.facts.needs_premium,
            needs_scim: base.facts.needs_scim,
            policy_is_billable: loaded.options.analyse.external_policy_billable,
        },
    };
    if let Some((line, what, value)) = changes::unchanged(&told).map_err(pricing_failed)? {
        return Err(what_if::is_so_already(&one.stated, line, &what, &value));
    }
    refuse_same_assumptions(base, one)?;
    let changes = changes::of(&told).map_err(pricing_failed)?;
    let evidence = Evidence {
        of_data: &analysis.checks,
        lines: &bill.lines,
        other_years: other_years.as_ref(),
    };
    Ok(Case {
        name: one.name.clone(),
        model: model(laid_over(facts, one)?, &pricing, &one.stated, &evidence)?,
        bill,
        has_prices: one.has_prices(),
        changes,
    })
}

/// Refuses assumptions that are what they are without the scenario.
fn refuse_same_assumptions(base: &Base<'_>, one: &Scenario) -> Result<(), Error> {
    for (name, value) in &one.stated.assumptions {
        // What is no number is told with the other faults of assumptions.
        let number = Number::parse(value.0.trim()).ok();
        if number.is_some_and(|number| base.assumptions.has_already(name, number)) {
            let line = one.stated.line_of_key(name, "");
            return Err(what_if::is_so_already(&one.stated, line, name, &value.0));
        }
    }
    Ok(())
}

/// All that is priced: the lines of the bill, and what the alternatives buy.
pub(super) fn subscriptions(bill: &Estate) -> Vec<Subscription> {
    let of = |product: &str, plan: &str, site: Option<&String>| Subscription {
        product: product.to_owned(),
        plan: plan.to_owned(),
        site: site.cloned(),
        quantity: 0,
    };
    let lines = bill.lines.iter().map(|line| &line.today);
    lines
        .map(|line| of(&line.product, &line.plan, line.site.as_ref()))
        .chain([
            of(GUARD, STANDARD, None),
            of(GUARD, PREMIUM, None),
            of(JIRA, ENTERPRISE, None),
        ])
        .collect()
}

/// The facts with what a scenario states in their place.
fn laid_over(mut facts: Facts, scenario: &Scenario) -> Result<Facts, Error> {
    let stated = &scenario.stated;
    let assumptions = stated.assumptions.iter();
    facts.assumptions.extend(
        assumptions.map(|(name, value)| (name.clone(), Stated::in_file(&stated.file, &value.0))),
    );
    if scenario.has_offer {
        facts.third_party = third_party(stated, facts.currency)?;
    }
    let guard = &stated.guard;
    facts.guard_held = guard.held.unwrap_or(facts.guard_held);
    facts.needs_premium = guard.needs_premium.unwrap_or(facts.needs_premium);
    facts.needs_scim = guard.needs_scim.unwrap_or(facts.needs_scim);
    Ok(facts)
}
