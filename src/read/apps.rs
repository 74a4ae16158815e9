//! Marketplace apps of the configuration: which offerings they are billed for, and their terms.
//!
//! An app becomes an offering beside its host on each own site; its seats are counted with the host's.

use std::collections::HashMap;

use toml::Spanned;

use super::address::normalise;
use super::atlassian::accounts::OtherAddress;
use super::atlassian::users::site_name;
use super::config::{App as Table, Config};
use crate::domain::app::{App, StatedApp, title};
use crate::domain::dataset::{Dataset, Inferred, Note};
use crate::domain::product::{Offering, SiteKind, canonical_name, counted_in, facts};
use crate::error::Error;
use crate::money::Currency;
use crate::price::Unit;
use crate::price::app::{Without, terms};
use crate::price::contract::{ContractPrice, RawContractPrice};
use crate::toml::Fault;

/// One `[[app]]` with what it is called.
struct Stated<'a> {
    table: &'a Spanned<Table>,
    line: usize,
    /// `Tempo (app of Jira)`.
    title: String,
    host: String,
    site: Option<String>,
    /// The line of the same app's first table.
    first: Option<usize>,
}

impl Stated<'_> {
    fn name(&self) -> String {
        match &self.site {
            Some(site) => format!("{} on {site}", self.title),
            None => self.title.clone(),
        }
    }

    fn is_billed(&self) -> bool {
        self.first.is_none() && !self.table.get_ref().data_center
    }
}

fn stated(config: &Config) -> Vec<Stated<'_>> {
    let mut lines: HashMap<(String, Option<String>), usize> = HashMap::new();
    let tables = config.app.iter().map(|table| {
        let one = table.get_ref();
        let host = canonical_name(one.product.get_ref().trim()).to_owned();
        let site = one.site.as_ref().map(|site| site_name(site.get_ref()));
        let site = site.filter(|site| !site.is_empty());
        let title = title(one.name.get_ref().trim(), &host);
        let line = config.line_of(table);
        let first = *lines
            .entry((title.to_lowercase(), site.clone()))
            .or_insert(line);
        Stated {
            table,
            line,
            title,
            host,
            site,
            first: (first != line).then_some(first),
        }
    });
    tables.collect()
}

/// The terms of all apps that are billed.
pub(super) fn contract_prices(
    config: &Config,
    currency: Currency,
) -> Result<Vec<ContractPrice>, Vec<Fault>> {
    let mut prices = Vec::new();
    let mut faults = Vec::new();
    let all = stated(config);
    for one in all.iter().filter(|one| one.is_billed()) {
        let app = one.table.get_ref();
        let without = match (app.has_amount(), app.free) {
            (true, _) => None,
            (false, true) => Some(Without::Free),
            (false, false) => Some(Without::Price),
        };
        let table = Spanned::new(one.table.span(), as_contract(one));
        let unit = match counted_in(&one.host) {
            "agent" => Unit::Agent,
            "creator" => Unit::Creator,
            _ => Unit::User,
        };
        let text = config.text.as_str();
        match terms(&table, without, unit, currency, &config.file, text) {
            Ok(price) => prices.push(price),
            Err(more) => faults.extend(more),
        }
    }
    if faults.is_empty() {
        Ok(prices)
    } else {
        Err(faults)
    }
}

/// The same table as terms, under the name that the app has among products.
fn as_contract(one: &Stated<'_>) -> RawContractPrice {
    let app = one.table.get_ref().clone();
    RawContractPrice {
        product: Spanned::new(app.name.span(), one.title.clone()),
        plan: None,
        site: app
            .site
            .map(|site| Spanned::new(site.span(), one.site.clone().unwrap_or_default())),
        price: app.price,
        low: app.low,
        high: app.high,
        bands: app.bands,
        mode: app.mode,
        minimum: app.minimum,
        unit: app.unit,
        per: app.per,
        discount_percent: None,
        rise_percent: None,
        billing: app.billing,
        annual_months: app.annual_months,
        tiers: app.tiers,
        currency: app.currency,
    }
}

/// Refuses what contradicts itself, whatever the exports say.
fn sound(config: &Config, one: &Stated<'_>) -> Result<(), Error> {
    let app = one.table.get_ref();
    let fault = |key: &str, message: String, hint: &str| {
        Err(config.fault_at(config.line_within(one.table, key), message, hint))
    };
    let name = app.name.get_ref().trim();
    for (key, text) in [("name", name), ("product", app.product.get_ref().trim())] {
        if text.is_empty() {
            let message = format!("`{key}` under [[app]] is empty");
            return fault(
                key,
                message,
                "name the app, and the product that it extends",
            );
        }
    }
    if facts(name).is_some() {
        return fault(
            "name",
            format!("{name:?} under [[app]] is a product of Atlassian's"),
            "state a product's price under [[product]] or [[contract]]",
        );
    }
    let is_priced = app.has_amount();
    if app.free && is_priced {
        return fault(
            "free",
            format!("{} is free and has a price", one.name()),
            "keep the one that is true",
        );
    }
    if app.data_center && (app.free || is_priced || app.billing.is_some()) {
        return fault(
            "data_center",
            format!(
                "{} runs in a Data Center and has terms of a cloud bill",
                one.name()
            ),
            "an app of a Data Center is on no cloud bill: leave its price out, or leave data_center out",
        );
    }
    Ok(())
}

/// Adds the apps as offerings beside their hosts, and what is to be said of each.
pub(super) fn add(
    config: &Config,
    others: &[OtherAddress],
    dataset: &mut Dataset,
) -> Result<(), Error> {
    let all = stated(config);
    let mut billed: HashMap<(String, usize), usize> = HashMap::new();
    // A table for one site holds before one for all.
    let closer = all.iter().filter(|one| one.site.is_some());
    let others_of = all.iter().filter(|one| one.site.is_none());
    let mut hosts: HashMap<usize, Vec<usize>> = HashMap::new();
    for one in closer.chain(others_of) {
        sound(config, one)?;
        let found: Vec<usize> = hosts_of(&dataset.offerings, one);
        if one.is_billed() {
            let exempt = exempt(config, one, others, dataset);
            for &host in &found {
                if billed.insert((one.title.clone(), host), one.line).is_none() {
                    let offering = offering(one, host, &dataset.offerings, &exempt);
                    dataset.offerings.push(offering);
                }
            }
        }
        hosts.insert(one.line, found);
    }
    if u16::try_from(dataset.offerings.len()).is_err() {
        let line = all.first().map_or(1, |one| one.line);
        let message = "there are too many apps and products on sites".to_owned();
        return Err(config.fault_at(line, message, "name fewer apps under [[app]]"));
    }
    for one in all {
        note(config, &one, dataset);
        dataset.apps.push(StatedApp {
            name: one.name(),
            line: one.line,
            first: one.first,
            hosts: hosts.remove(&one.line).unwrap_or_default(),
        });
    }
    Ok(())
}

/// Own offerings of the host, on the app's site or on all.
fn hosts_of(offerings: &[Offering], one: &Stated<'_>) -> Vec<usize> {
    let fits = |held: &Offering| {
        held.app.is_none()
            && held.kind == SiteKind::Own
            && held.product == one.host
            && one.site.as_ref().is_none_or(|site| held.site == *site)
    };
    let rows = offerings.iter().enumerate();
    rows.filter(|(_, held)| fits(held))
        .map(|(row, _)| row)
        .collect()
}

fn offering(one: &Stated<'_>, host: usize, offerings: &[Offering], exempt: &[u32]) -> Offering {
    Offering {
        product: one.title.clone(),
        site: offerings[host].site.clone(),
        plan: None,
        plan_known: true,
        renewal: one.table.get_ref().renewal,
        kind: SiteKind::Own,
        app: Some(App {
            host,
            of: one.host.clone(),
            exempt: exempt.to_vec(),
        }),
    }
}

/// The accounts that an app is not billed for.
fn exempt(
    config: &Config,
    one: &Stated<'_>,
    others: &[OtherAddress],
    dataset: &mut Dataset,
) -> Vec<u32> {
    let app = one.table.get_ref();
    let mut found: HashMap<String, Vec<u32>> = HashMap::new();
    for address in &app.exempt {
        let address =
            normalise(address).map_or_else(|| address.clone(), |known| known.into_owned());
        found.entry(address).or_default();
    }
    if found.is_empty() {
        return Vec::new();
    }
    for (row, email) in dataset.accounts.email.iter().enumerate() {
        if let Some(rows) = found.get_mut(email) {
            rows.extend(u32::try_from(row));
        }
    }
    for other in others {
        if let Some(rows) = found.get_mut(other.email.as_str()) {
            rows.push(other.account);
        }
    }
    for (address, _) in found.iter().filter(|(_, rows)| rows.is_empty()) {
        dataset.notes.push(Note::remark(
            "app-user-not-found",
            format!(
                "{}:{}: no account has the address {address}, which {} is not billed for",
                config.file,
                one.line,
                one.name()
            ),
        ));
    }
    let mut rows: Vec<u32> = found.into_values().flatten().collect();
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// What is to be said of an app besides its terms.
fn note(config: &Config, one: &Stated<'_>, dataset: &mut Dataset) {
    let app = one.table.get_ref();
    let from = format!("{}:{}", config.file, one.line);
    let mut say = |value: String| {
        dataset.inferred.push(Inferred {
            basis: "configured",
            name: one.name(),
            default: Some("not configured".to_owned()),
            value,
            from: from.clone(),
        });
    };
    match (one.first, app.data_center) {
        (Some(first), _) => say(format!("configured on line {first} already: billed once")),
        (None, true) => say("runs in a Data Center: on no cloud bill".to_owned()),
        (None, false) => {}
    }
    if one.is_billed() && !app.exempt.is_empty() {
        say(format!("not billed for {}", app.exempt.join(", ")));
    }
}
