//! What the configuration puts in the place of what the program ships with, beside assumptions and thresholds: each
//! value in words, the default, and its line.

use super::changes::{self, GuardBefore, Told};
use super::scenario::subscriptions;
use crate::domain::dataset::Inferred;
use crate::model::inputs::facts::{Facts, ThirdPartyPrice};
use crate::money::MoneyError;
use crate::price::contract::Contract;
use crate::price::estate::Estate;
use crate::price::quote::Pricing;
use crate::read::config::Config;
use crate::report::scenario::Change;

/// Contract prices and billing cycles, the keys of `[guard]`, the identity provider, the SCIM key and the third party's
/// offer. Plans are told where they take effect, when exports are merged.
pub(super) fn of(
    config: &Config,
    pricing: &Pricing<'_>,
    estate: &Estate,
    facts: &Facts,
) -> Result<Vec<Inferred>, MoneyError> {
    let at_list = Contract::default();
    let [guard, prices] = changes::of_guard_and_prices(&Told {
        file: config,
        stated: pricing.contract,
        plans: &[],
        subscriptions: &subscriptions(estate),
        before: &Pricing {
            contract: &at_list,
            ..*pricing
        },
        after: pricing.contract,
        guard_before: GuardBefore::DEFAULT,
    })?;
    let prices = prices.into_iter().map(|change| Change {
        key: format!("terms of {}", change.key),
        ..change
    });
    let changes = guard.into_iter().chain(prices).map(|change| Inferred {
        basis: "configured",
        name: change.key,
        default: change.from.filter(|from| !from.is_empty()),
        value: change.to,
        from: change.source,
    });
    Ok(changes
        .chain(identity_provider(config))
        .chain(scim_key(config))
        .chain(third_party(config, facts))
        .collect())
}

fn stated(config: &Config, key: &str, name: String, value: String) -> Inferred {
    Inferred {
        basis: "configured",
        name,
        default: Some("not configured".to_owned()),
        value,
        from: format!("{}:{}", config.file, config.line_of_key(key, "")),
    }
}

fn identity_provider(config: &Config) -> Option<Inferred> {
    let key = "identity_provider";
    let value = config.organisation.identity_provider.clone()?;
    Some(stated(config, key, key.to_owned(), value))
}

fn scim_key(config: &Config) -> Option<Inferred> {
    let key = "key_created";
    let day = config.scim.key_created?;
    Some(stated(config, key, format!("scim.{key}"), day.to_string()))
}

fn third_party(config: &Config, facts: &Facts) -> Vec<Inferred> {
    let Some(offer) = &facts.third_party else {
        return Vec::new();
    };
    let (key, price) = match offer.price {
        ThirdPartyPrice::AnnualFee(fee) => ("annual_fee", format!("{} a year", fee.grouped())),
        ThirdPartyPrice::PerUserMonth(price) => (
            "price_per_user_month",
            format!("{} a person and month", price.grouped()),
        ),
    };
    let of = |what: &str| format!("{what} of {}", offer.name);
    let set_up = offer.set_up_fee.map(|fee| {
        let value = format!("{} once", fee.grouped());
        stated(config, "setup_fee", of("set-up fee"), value)
    });
    [stated(config, key, of("price"), price)]
        .into_iter()
        .chain(set_up)
        .collect()
}
