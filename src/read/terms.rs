//! What the configuration says of money, turned into the contract and quotes that pricing takes.

use toml::Spanned;

use super::atlassian::users::site_name;
use super::config::{Billing as StatedBilling, Config, Product};
use crate::domain::product::canonical_name;
use crate::error::Error;
use crate::money::{Currency, Money, MoneyError, Number};
use crate::price::Billing;
use crate::price::contract::{Contract, ContractPrice, Terms};
use crate::price::fault::PriceError;

/// The organisation's currency: US dollars unless the configuration names another.
pub(crate) fn currency(config: &Config) -> Result<Currency, Error> {
    match &config.organisation.currency {
        None => Ok(Currency::USD),
        Some(code) => parsed(config, code),
    }
}

fn parsed(config: &Config, code: &Spanned<String>) -> Result<Currency, Error> {
    let text = code.get_ref();
    Currency::parse(text).map_err(|error| Error::Configuration {
        file: config.file.clone(),
        line: config.line_of(code),
        message: format!("`currency` is {text:?}: {error}"),
        hint: "write a currency as three letters, such as \"USD\"".to_owned(),
    })
}

/// Refuses prices that state another currency than the organisation's.
fn one_currency(config: &Config, organisation: Currency) -> Result<(), Error> {
    let products = config.product.iter();
    let products = products.map(|stated| (stated.product.as_str(), &stated.currency));
    let contracts = config.contract.iter().map(Spanned::get_ref);
    let contracts = contracts.map(|stated| (stated.product.get_ref().as_str(), &stated.currency));
    let third_party = std::iter::once(("the third party", &config.third_party.currency));
    for (of, code) in products.chain(contracts).chain(third_party) {
        let Some(code) = code else { continue };
        let stated = parsed(config, code)?;
        if stated != organisation {
            return Err(two_currencies(config, of, code, stated, organisation));
        }
    }
    Ok(())
}

fn two_currencies(
    config: &Config,
    of: &str,
    code: &Spanned<String>,
    stated: Currency,
    organisation: Currency,
) -> Error {
    let place = match &config.organisation.currency {
        Some(own) => format!("{}:{}", config.file, config.line_of(own)),
        None => "the default, since [organisation] has no `currency`".to_owned(),
    };
    Error::Configuration {
        file: config.file.clone(),
        line: config.line_of(code),
        message: format!(
            "the price of {of} is in {stated}, and the organisation's currency is {organisation} ({place})"
        ),
        hint: "nothing is converted: state every price in the organisation's currency".to_owned(),
    }
}

/// The contract prices and discounts of `[[product]]`.
pub(crate) fn contract(config: &Config, currency: Currency) -> Result<Contract, Error> {
    one_currency(config, currency)?;
    let prices = config
        .product
        .iter()
        .filter(|stated| {
            stated.price.is_some() || stated.discount_percent.is_some() || stated.billing.is_some()
        })
        .map(|stated| contract_price(config, stated, currency))
        .collect::<Result<Vec<_>, _>>()?;
    let banded = Contract::check(&config.contract, None, currency, &config.file, &config.text)
        .map_err(|faults| price_fault(&faults))?;
    Ok(banded.with(prices))
}

fn contract_price(
    config: &Config,
    stated: &Product,
    currency: Currency,
) -> Result<ContractPrice, Error> {
    let terms = match (&stated.price, &stated.discount_percent) {
        (Some(price), Some(_)) => {
            return Err(config.fault(
                "price",
                price,
                format!(
                    "{} has both a price ({price}) and a discount",
                    stated.product
                ),
                "give one of them: the price is what is paid after any discount",
            ));
        }
        (Some(price), None) => {
            let amount = Money::parse(price, currency)
                .map_err(|error| fault(config, "price", price, &error))?;
            Terms::price(amount).map_err(|_| {
                fault(
                    config,
                    "price",
                    price,
                    &MoneyError::NotANumber {
                        text: price.clone(),
                    },
                )
            })?
        }
        (None, Some(percent)) => {
            let number = Number::parse(percent)
                .map_err(|error| fault(config, "discount_percent", percent, &error))?;
            Terms::discount(number).ok_or_else(|| out_of_range(config, percent))?
        }
        (None, None) => Terms::List,
    };
    let site = site_name(&stated.site);
    Ok(ContractPrice {
        product: canonical_name(&stated.product).to_owned(),
        plan: stated.plan.clone(),
        site: (!site.is_empty()).then_some(site),
        terms,
        billing: stated.billing.map(|billing| match billing {
            StatedBilling::Monthly => Billing::Monthly,
            StatedBilling::Annual => Billing::Annual,
        }),
        line: 0,
    })
}

/// How many faults of the `[[contract]]` tables are shown in full.
const SHOWN: usize = 10;

/// The first faults of the `[[contract]]` tables, with the number of the others.
fn price_fault(faults: &[PriceError]) -> Error {
    let more = match faults.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    let told: Vec<_> = faults.iter().take(SHOWN).map(ToString::to_string).collect();
    Error::Usage {
        message: told.join("\nerror: ") + &more,
        hint: "the README describes [[contract]]".to_owned(),
    }
}

fn fault(config: &Config, key: &str, value: &str, error: &MoneyError) -> Error {
    config.fault(
        key,
        value,
        format!("`{key}` is {value:?}: {error}"),
        "write amounts as plain decimal numbers in quotes, such as \"8.20\", and currencies as three letters",
    )
}

fn out_of_range(config: &Config, percent: &str) -> Error {
    config.fault(
        "discount_percent",
        percent,
        format!("`discount_percent` is {percent:?}, which is not between 0 and 100"),
        "a discount of a fifth is \"20\"",
    )
}
