//! `scenario`: the exports read and classed once, the model run for the base and for each scenario.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::facts::{facts, third_party};
use super::load::{Loaded, load};
use super::report::model;
use super::{Failure, lists, price_book, pricing_failed};
use crate::cli::{InputArguments, ScenarioArguments};
use crate::error::Error;
use crate::model::facts::Facts;
use crate::price::estate;
use crate::price::quote::Pricing;
use crate::read::config::FILE_NAME;
use crate::read::scenario::{self, Scenario};
use crate::read::terms;
use crate::render::terminal::Look;
use crate::report::quote::Answer;
use crate::report::scenario::{Case, Change, answer};

pub(super) fn scenario(
    arguments: &ScenarioArguments,
    look: Look,
    out: &mut dyn Write,
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
    let scenarios = scenario::load_all(&files)?;
    let loaded = load(&InputArguments {
        paths: exports,
        ..arguments.input.clone()
    })?;
    let answer = compare(&loaded, &scenarios)?;
    lists::print(&answer, arguments.format, look, out)
}

fn is_scenario(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "toml")
        && path.file_name().is_none_or(|name| name != FILE_NAME)
}

fn compare(loaded: &Loaded, scenarios: &[Scenario]) -> Result<Answer, Error> {
    let Loaded {
        dataset,
        config,
        options,
    } = loaded;
    let analysis = loaded.analyse()?;
    let currency = terms::currency(config)?;
    let contract = terms::contract(config, currency)?;
    let book = price_book()?;
    let pricing = Pricing {
        book: &book,
        contract: &contract,
        currency,
        day: options.as_of.date(),
    };
    let estate =
        estate::price(&pricing, &dataset.offerings, &analysis.counts).map_err(pricing_failed)?;
    let facts = facts(dataset, &analysis, &estate, config, options, currency)?;
    let base = model(facts.clone(), &pricing, config)?;
    let mut cases = Vec::with_capacity(scenarios.len());
    for one in scenarios {
        cases.push(Case {
            name: one.name.clone(),
            model: model(laid_over(&facts, one)?, &pricing, &one.stated)?,
            changes: changes(one),
        });
    }
    let organisation = config.organisation.name.as_deref();
    Ok(answer(
        organisation.unwrap_or("Organisation"),
        &Case {
            name: scenario::BASE.to_owned(),
            model: base,
            changes: Vec::new(),
        },
        &cases,
    ))
}

/// The facts of the base with what a scenario states in their place.
fn laid_over(facts: &Facts, scenario: &Scenario) -> Result<Facts, Error> {
    let mut facts = facts.clone();
    facts.assumptions.extend(
        scenario
            .stated
            .assumptions
            .iter()
            .map(|(name, value)| (name.clone(), value.0.clone())),
    );
    if scenario.has_offer {
        facts.third_party = third_party(&scenario.stated, facts.currency)?;
    }
    Ok(facts)
}

/// Every value that a scenario states, with its line.
fn changes(scenario: &Scenario) -> Vec<Change> {
    let stated = &scenario.stated;
    let offer = &stated.third_party;
    let mut values: BTreeMap<&str, &str> = stated
        .assumptions
        .iter()
        .map(|(name, value)| (name.as_str(), value.0.as_str()))
        .collect();
    let offered = [
        ("annual_fee", &offer.annual_fee),
        ("price_per_user_month", &offer.price_per_user_month),
        ("setup_fee", &offer.setup_fee),
    ];
    values.extend(
        offered
            .into_iter()
            .filter_map(|(key, value)| Some((key, value.as_deref()?))),
    );
    values
        .into_iter()
        .map(|(key, value)| Change {
            key: key.to_owned(),
            value: value.to_owned(),
            source: format!("{}:{}", stated.file, stated.line_of_key(key, "")),
        })
        .collect()
}
