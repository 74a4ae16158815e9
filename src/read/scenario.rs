//! Scenario files: a named what-if, which lays assumptions, prices, plans, the Guard plan held and a third party's
//! offer over the configuration's.
//!
//! The keys are those of `seatledger.toml` and are checked like them; what they act on is `what_if`'s.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use super::config::{Config, Guard, Product, ThirdParty, misshapen};
use super::what_if;
use crate::error::Error;
use crate::price::contract::RawContractPrice;
use crate::toml::{Digits, Text};

/// The name of what all scenarios are held against.
pub(crate) const BASE: &str = "base";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    #[serde(default)]
    assumptions: BTreeMap<String, Digits>,
    #[serde(default)]
    guard: Guard,
    #[serde(default)]
    product: Vec<Spanned<Product>>,
    #[serde(default)]
    contract: Vec<Spanned<RawContractPrice>>,
    #[serde(default)]
    third_party: Option<ThirdParty>,
}

/// A what-if with its name.
#[derive(Debug)]
pub(crate) struct Scenario {
    pub(crate) name: String,
    /// Whether it brings an offer of its own, in the place of the configuration's.
    pub(crate) has_offer: bool,
    /// What it states, and nothing else.
    pub(crate) stated: Config,
}

impl Scenario {
    /// Whether it states prices or plans.
    pub(crate) fn has_prices(&self) -> bool {
        !self.stated.product.is_empty() || !self.stated.contract.is_empty()
    }
}

/// Reads scenario files in their order.
pub(crate) fn load_all(paths: &[&Path]) -> Result<Vec<Scenario>, Error> {
    let mut scenarios: Vec<Scenario> = Vec::with_capacity(paths.len());
    for path in paths {
        let name = path.display().to_string();
        let scenario = parse(Text::load(path, &name)?, &name)?;
        if let Some(twin) = scenarios.iter().find(|one| one.name == scenario.name) {
            return Err(scenario.stated.fault(
                "name",
                "",
                format!(
                    "the scenario {:?} is in {} too",
                    scenario.name, twin.stated.file
                ),
                "give each scenario a name of its own",
            ));
        }
        scenarios.push(scenario);
    }
    Ok(scenarios)
}

fn parse(text: Text<'static>, file: &str) -> Result<Scenario, Error> {
    let written: Written = text.read(file).map_err(|fault| misshapen(*fault))?;
    let scenario = Scenario {
        name: written.name.trim().to_owned(),
        has_offer: written.third_party.is_some(),
        stated: Config {
            assumptions: written.assumptions,
            guard: written.guard,
            product: written.product,
            contract: written.contract,
            third_party: written.third_party.unwrap_or_default(),
            file: file.to_owned(),
            text,
            ..Config::default()
        },
    };
    let fault = |key, message: String, hint| Err(scenario.stated.fault(key, "", message, hint));
    let offer = &scenario.stated.third_party;
    if scenario.name.is_empty() || scenario.name == BASE {
        return fault(
            "name",
            format!("a scenario can't be called {:?}", scenario.name),
            "name what is different, such as \"dearer hours\"",
        );
    }
    if scenario.has_offer && offer.annual_fee.is_none() && offer.price_per_user_month.is_none() {
        return fault(
            "[third_party]",
            "[third_party] has no price".to_owned(),
            "a scenario's offer takes the place of the whole offer: give annual_fee or price_per_user_month",
        );
    }
    what_if::check_products(&scenario.stated)?;
    let says_nothing = scenario.stated.assumptions.is_empty()
        && scenario.stated.guard == Guard::default()
        && !scenario.has_prices()
        && !scenario.has_offer;
    if says_nothing {
        return fault(
            "name",
            format!("the scenario {:?} changes nothing", scenario.name),
            "give it values under [assumptions] or [guard], prices or plans under [[product]] or [[contract]], or an \
             offer under [third_party]",
        );
    }
    Ok(scenario)
}
