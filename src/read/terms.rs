//! What the configuration says of money, turned into the contract and quotes that pricing takes.

use std::collections::HashMap;

use toml::Spanned;

use super::apps;
use super::atlassian::users::site_name;
use super::config::{Billing as StatedBilling, Config, Product};
use crate::error::Error;
use crate::money::{Currency, Money, MoneyError, Number};
use crate::price::contract::{Contract, ContractPrice, Terms};
use crate::price::{Billing, GUARD, PREMIUM, STANDARD, product_name};
use crate::toml::Fault;

/// The organisation's currency: US dollars unless the configuration names another.
pub(crate) fn currency(config: &Config) -> Result<Currency, Error> {
    match &config.organisation.currency {
        None => Ok(Currency::USD),
        Some(code) => parsed(config, code),
    }
}

fn parsed(config: &Config, code: &Spanned<String>) -> Result<Currency, Error> {
    let text = code.get_ref();
    Currency::parse(text).map_err(|error| {
        let message = format!("`currency` is {text:?}: {error}");
        let hint = "write a currency as three letters, such as \"USD\"";
        config.fault_at(config.line_of(code), message, hint)
    })
}

/// Refuses prices that state another currency than the organisation's.
fn one_currency(stated: &Config, organisation: &Config, currency: Currency) -> Result<(), Error> {
    let products = stated.product.iter().map(Spanned::get_ref);
    let products = products.map(|one| (one.product.as_str(), &one.currency));
    let contracts = stated.contract.iter().map(Spanned::get_ref);
    let contracts = contracts.map(|one| (one.product.get_ref().as_str(), &one.currency));
    let apps = stated.app.iter().map(Spanned::get_ref);
    let apps = apps.map(|one| (one.name.get_ref().as_str(), &one.currency));
    let third_party = std::iter::once(("the third party", &stated.third_party.currency));
    for (of, code) in products.chain(contracts).chain(apps).chain(third_party) {
        let Some(code) = code else { continue };
        let other = parsed(stated, code)?;
        if other == currency {
            continue;
        }
        let place = match &organisation.organisation.currency {
            Some(own) => format!("{}:{}", organisation.file, organisation.line_of(own)),
            None => "the default, since [organisation] has no `currency`".to_owned(),
        };
        return Err(stated.fault_at(
            stated.line_of(code),
            format!(
                "the price of {of} is in {other}, and the organisation's currency is {currency} ({place})"
            ),
            "nothing is converted: state every price in the organisation's currency",
        ));
    }
    Ok(())
}

/// The contract prices and discounts of the configuration.
pub(crate) fn contract(config: &Config, currency: Currency) -> Result<Contract, Error> {
    stated_contract(config, config, currency)
}

/// The contract prices and discounts that a file states: those of `[[contract]]`, then those of `[[product]]`.
pub(crate) fn stated_contract(
    stated: &Config,
    organisation: &Config,
    currency: Currency,
) -> Result<Contract, Error> {
    one_currency(stated, organisation, currency)?;
    let prices = stated
        .product
        .iter()
        .filter(|table| {
            let one = table.get_ref();
            one.has_terms()
        })
        .map(|table| contract_price(stated, table, currency));
    let prices = Error::all(prices)?;
    let apps = apps::contract_prices(stated, currency)
        .map_err(|faults| price_fault(&faults, "[[app]]"))?;
    let banded = Contract::check(
        &stated.contract,
        None,
        currency,
        &stated.file,
        stated.text.as_str(),
    )
    .map_err(|faults| price_fault(&faults, "[[contract]]"))?;
    let contract = banded.with(prices).with(apps);
    once_each(stated, &contract)?;
    plan_of_guard(stated, &contract)?;
    Ok(contract)
}

/// Refuses terms of Guard that name no plan: its two plans are priced apart, and no export says which one is meant.
fn plan_of_guard(stated: &Config, contract: &Contract) -> Result<(), Error> {
    let mut terms = contract.prices().iter();
    let Some(one) = terms.find(|one| one.product == GUARD && one.plan.is_none()) else {
        return Ok(());
    };
    Err(stated.fault_at(
        one.line,
        format!("the terms of {} name no plan", one.name()),
        format!("state plan = {STANDARD:?} or {PREMIUM:?}: they are priced apart"),
    ))
}

/// Refuses two amounts for the same product, plan and site: which of them is paid can't be told.
fn once_each(stated: &Config, contract: &Contract) -> Result<(), Error> {
    let mut lines = HashMap::new();
    let amounts = contract.prices().iter();
    for one in amounts.filter(|one| one.terms != Terms::List) {
        let Some(twin) = lines.insert(one.subject(), one.line) else {
            continue;
        };
        let (first, second) = (twin.min(one.line), twin.max(one.line));
        let message = format!("{} has another price on line {first}", one.name());
        return Err(stated.fault_at(second, message, "keep the one that is paid"));
    }
    Ok(())
}

fn contract_price(
    config: &Config,
    table: &Spanned<Product>,
    currency: Currency,
) -> Result<ContractPrice, Error> {
    let stated = table.get_ref();
    let fault = |key: &str, message: String, hint: &str| {
        config.fault_at(config.line_within(table, key), message, hint)
    };
    let no_amount = |key: &str, value: &str, error: &MoneyError| {
        let message = format!("`{key}` is {value:?}: {error}");
        fault(key, message, AMOUNTS)
    };
    let terms = match (&stated.price, &stated.discount_percent) {
        (Some(price), Some(_)) => {
            return Err(fault(
                "price",
                format!(
                    "{} has both a price ({price}) and a discount",
                    stated.product
                ),
                "give one of them: the price is what is paid after any discount",
            ));
        }
        (Some(price), None) => {
            let amount =
                Money::parse(price, currency).map_err(|error| no_amount("price", price, &error))?;
            let below_zero = |_| {
                let text = price.clone();
                no_amount("price", price, &MoneyError::NotANumber { text })
            };
            Terms::price(amount).map_err(below_zero)?
        }
        (None, Some(percent)) => {
            let number = Number::parse(percent)
                .map_err(|error| no_amount("discount_percent", percent, &error))?;
            let message =
                format!("`discount_percent` is {percent:?}, which is not between 0 and 100");
            Terms::discount(number).ok_or_else(|| {
                fault(
                    "discount_percent",
                    message,
                    "a discount of a fifth is \"20\"",
                )
            })?
        }
        (None, None) => Terms::List,
    };
    if stated.tiers.is_some() && stated.billing == Some(StatedBilling::Monthly) {
        return Err(fault(
            "tiers",
            format!("{} has `tiers` and is billed by the month", stated.product),
            "tiers are of a year that is billed at once: billing = \"annual\"",
        ));
    }
    let site = site_name(&stated.site);
    Ok(ContractPrice {
        product: product_name(&stated.product).to_owned(),
        plan: stated.plan.clone(),
        site: (!site.is_empty()).then_some(site),
        terms,
        billing: stated.billing.map(|billing| match billing {
            StatedBilling::Monthly => Billing::Monthly,
            StatedBilling::Annual => Billing::Annual,
        }),
        tiers: stated.tiers.clone(),
        held: None,
        is_app: false,
        line: config.line_of(table),
    })
}

const AMOUNTS: &str =
    "write amounts as plain decimal numbers, such as 8.20, and currencies as three letters";

/// The faults of the `[[contract]]` or `[[app]]` tables.
fn price_fault(faults: &[Fault], tables: &str) -> Error {
    Error::Misstated {
        faults: faults.iter().map(ToString::to_string).collect(),
        hint: format!("the README describes {tables}"),
    }
}
