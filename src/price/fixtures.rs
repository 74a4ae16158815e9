//! Shorthand for the tests of this folder.

use std::sync::LazyLock;

use crate::toml::Text;
use serde::Deserialize;
use toml::Spanned;

use crate::money::{Currency, MoneyError};

use super::bill::Bill;
use super::book::PriceBook;
use super::contract::{Contract, RawContractPrice};
use super::quote::{Pricing, Quote, Subscription};
use super::{Billing, STANDARD};

pub(super) fn seats(product: &str, plan: &str, quantity: u64) -> Subscription {
    Subscription {
        product: product.to_owned(),
        plan: plan.to_owned(),
        site: None,
        quantity,
    }
}

impl Pricing<'_> {
    /// The bill of all subscriptions, a line for each, in their order.
    pub(super) fn bill(&self, subscriptions: &[Subscription]) -> Result<Bill, MoneyError> {
        let lines = subscriptions.iter().map(|one| self.line(one));
        Bill::of(self.currency, lines.collect::<Result<_, _>>()?)
    }
}

#[derive(Deserialize)]
struct File {
    contract: Vec<Spanned<RawContractPrice>>,
}

/// Prices by the embedded book on a day, under contract tables.
pub(super) fn bill_under(
    contract: &str,
    billing: Billing,
    day: &str,
    subscriptions: &[Subscription],
) -> Bill {
    with_pricing(contract, billing, day, |pricing| {
        pricing.bill(subscriptions).unwrap()
    })
}

/// What `ask` makes of the embedded book's prices on a day, under contract tables.
pub(super) fn with_pricing<T>(
    contract: &str,
    billing: Billing,
    day: &str,
    ask: impl FnOnce(&Pricing<'_>) -> T,
) -> T {
    static BOOK: LazyLock<PriceBook> = LazyLock::new(|| PriceBook::embedded().unwrap());
    let text = if contract.is_empty() {
        "contract = []"
    } else {
        contract
    };
    let raw: File = Text::new(text).read("seatledger.toml").unwrap();
    let contract = Contract::check(
        &raw.contract,
        Some(billing),
        Currency::USD,
        "seatledger.toml",
        text,
    )
    .unwrap();
    let pricing = Pricing {
        book: &BOOK,
        contract: &contract,
        currency: Currency::USD,
        day: day.parse().unwrap(),
    };
    ask(&pricing)
}

/// Runs a check under each form of band table, for every step from a quantity down to a smaller one.
pub(super) fn each_step(check: impl Fn(&Quote<'_>, u64, u64, &str)) {
    let tables = [
        "mode = \"volume\"\nbands = [{ up_to = 4, price = 6 }, { up_to = 8, price = 3 }, { price = 2 }]\n",
        "mode = \"volume\"\nminimum = 6\nbands = [{ up_to = 5, price = 6 }, { up_to = 9, price = 3 }, { price = 2 }]\n",
        "mode = \"volume\"\nbands = [{ up_to = 4, low = 6, high = 9 }, { low = 3, high = 8 }]\n",
        "mode = \"tiers\"\nbands = [{ up_to = 3, price = 6 }, { up_to = 6, price = 3 }, { price = 2 }]\n",
        "bands = [{ up_to = 5, flat = 30 }, { up_to = 9, price = 3 }, { price = 0 }]\n",
    ];
    for table in tables {
        let contract = format!("[[contract]]\nproduct = \"Jira\"\n{table}");
        with_pricing(&contract, Billing::Monthly, "2026-11-23", |pricing| {
            let quote = pricing.quote("Jira", STANDARD, None).unwrap();
            for quote in [quote.clone(), quote.of_held()] {
                for seats in 0..14 {
                    (0..seats).for_each(|left| check(&quote, seats, left, table));
                }
            }
        });
    }
}

pub(super) fn bill(subscriptions: &[Subscription]) -> Bill {
    bill_under("", Billing::Monthly, "2026-11-23", subscriptions)
}

/// An entry for Jira Standard, as TOML.
pub(super) fn entry(from: &str, price: &str, confidence: &str) -> String {
    format!(
        "[[price]]\nproduct = \"Jira\"\nplan = \"Standard\"\ncurrency = \"USD\"\nfrom = {from}\nunit = \"user\"\n\
         price = \"{price}\"\nbilling = \"monthly\"\nsource = \"test\"\ndate = {from}\nconfidence = \"{confidence}\"\n"
    )
}
