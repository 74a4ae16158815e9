//! `seatledger.toml`: what the user states beside the exports. Every key is optional.
//!
//! This is the file as written, checked for keys and types; what the values mean is settled where they are used.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Deserializer};
use toml::Spanned;

use super::dates::DateOrder;
use crate::domain::day::Day;
use crate::error::Error;
use crate::model::inputs::facts::GuardHeld;
use crate::price::amounts::RawBand;
use crate::price::contract::RawContractPrice;
use crate::price::tiers::StatedTiers;
use crate::toml::number::optional_number;
use crate::toml::{Digits, Fault, RawNumber, Text};

/// The name of the file in a folder of exports.
pub(crate) const FILE_NAME: &str = "seatledger.toml";

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Config {
    pub(crate) organisation: Organisation,
    pub(crate) guard: Guard,
    pub(crate) scim: Scim,
    pub(crate) thresholds: Thresholds,
    pub(crate) input: Input,
    pub(crate) product: Vec<Spanned<Product>>,
    /// Terms beyond a price for each: bands, tiers, minimums.
    pub(crate) contract: Vec<Spanned<RawContractPrice>>,
    /// Marketplace apps.
    pub(crate) app: Vec<Spanned<App>>,
    pub(crate) service_account: Vec<ServiceAccount>,
    pub(crate) exempt: Vec<Exemption>,
    pub(crate) third_party: ThirdParty,
    /// Names and values of assumptions; `model` knows the names.
    pub(crate) assumptions: BTreeMap<String, Digits>,
    /// The file's name, for messages; empty when there is none.
    #[serde(skip)]
    pub(crate) file: String,
    /// The file's text, by which a value's line is found again.
    #[serde(skip)]
    pub(super) text: Text<'static>,
}

/// A group's name as it is compared.
pub(crate) fn folded_group(name: &str) -> String {
    name.trim().to_lowercase()
}

impl Config {
    /// The groups that exemptions name.
    pub(crate) fn exempt_groups(&self) -> Vec<String> {
        let named = self
            .exempt
            .iter()
            .filter_map(|exempt| exempt.group.as_deref());
        let mut groups: Vec<String> = named.map(folded_group).collect();
        groups.sort();
        groups.dedup();
        groups
    }

    /// The line of a value, from 1.
    pub(crate) fn line_of<T>(&self, value: &Spanned<T>) -> usize {
        self.text.line_of(value)
    }

    /// The line of a key of a `[[table]]`, from 1; the table's own where it has no such key.
    pub(crate) fn line_within<T>(&self, table: &Spanned<T>, key: &str) -> usize {
        self.text.line_within(table, key)
    }

    /// A value that is of the right type and cannot be used all the same.
    pub(crate) fn fault(&self, key: &str, value: &str, message: String, hint: &str) -> Error {
        self.fault_at(self.line_of_key(key, value), message, hint)
    }

    /// The same, of a known line.
    pub(crate) fn fault_at(&self, line: usize, message: String, hint: impl Into<String>) -> Error {
        Error::Configuration {
            file: self.file.clone(),
            line,
            message,
            hint: hint.into(),
        }
    }

    /// The line of a key with a value, from 1; the first line where it is not found.
    pub(crate) fn line_of_key(&self, key: &str, value: &str) -> usize {
        self.text.line_of_key(key, value)
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Organisation {
    pub(crate) name: Option<String>,
    /// The day the exports were made: the report's day unless `--as-of` says another.
    #[serde(deserialize_with = "optional_day")]
    pub(crate) as_of: Option<Day>,
    pub(crate) currency: Option<Spanned<String>>,
    pub(crate) domains: Vec<String>,
    pub(crate) own_sites: Vec<String>,
    pub(crate) sandbox_sites: Vec<String>,
    pub(crate) identity_provider: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ExternalPolicy {
    Billable,
    #[default]
    NonBillable,
}

#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Guard {
    pub(crate) held: Option<GuardHeld>,
    pub(crate) needs_premium: Option<bool>,
    /// Whether SCIM is wanted at all; it is unless this says no.
    pub(crate) needs_scim: Option<bool>,
    pub(crate) external_policy: Option<ExternalPolicy>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Scim {
    #[serde(deserialize_with = "optional_day")]
    pub(crate) key_created: Option<Day>,
    /// Whether Guard's SCIM runs; without it, it does where a key is stated.
    pub(crate) in_use: Option<bool>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Thresholds {
    pub(crate) inactive_after: Option<u32>,
    pub(crate) grace: Option<u32>,
    pub(crate) treat_unmatched_as: Option<TreatUnmatched>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum TreatUnmatched {
    Unmatched,
    Orphaned,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Input {
    /// How `03/04/2025` is to be read where a column does not prove it.
    pub(crate) date_order: Option<DateOrder>,
    /// Names of files that list leavers alone.
    pub(crate) leavers_only: Vec<String>,
    /// What columns of a roster mean: `email = "Contact"`, or several, the best first.
    pub(crate) columns: BTreeMap<String, Names>,
    /// What words of a status column mean: `present = ["aktiv"]`.
    pub(crate) status: BTreeMap<String, Names>,
}

impl Input {
    /// All columns that are named.
    pub(crate) fn column_names(&self) -> Vec<String> {
        self.columns
            .values()
            .flat_map(|Names(names)| names.clone())
            .collect()
    }
}

/// One name, or several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Names(pub(crate) Vec<String>);

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Names, D::Error> {
        let wrong = |found: &toml::Value| {
            let found = serde::de::Unexpected::Other(found.type_str());
            serde::de::Error::invalid_type(found, &"a text or a list of texts")
        };
        match toml::Value::deserialize(deserializer)? {
            toml::Value::String(name) => Ok(Names(vec![name])),
            toml::Value::Array(list) => list
                .into_iter()
                .map(|value| match value {
                    toml::Value::String(name) => Ok(name),
                    other => Err(wrong(&other)),
                })
                .collect::<Result<_, _>>()
                .map(Names),
            other => Err(wrong(&other)),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Billing {
    Monthly,
    Annual,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Product {
    pub(crate) product: String,
    #[serde(default)]
    pub(crate) site: String,
    pub(crate) plan: Option<String>,
    pub(crate) billing: Option<Billing>,
    /// Contract price per user and month, as text so that no digit is lost.
    #[serde(default, deserialize_with = "optional_number")]
    pub(crate) price: Option<String>,
    /// Discount on the list price in percent.
    #[serde(default, deserialize_with = "optional_number")]
    pub(crate) discount_percent: Option<String>,
    /// By what number of users a year that is billed at once is paid: the ladder, the exact count, or upper ends.
    pub(crate) tiers: Option<StatedTiers>,
    /// Where stated, the organisation's.
    pub(crate) currency: Option<Spanned<String>>,
    #[serde(default, deserialize_with = "optional_day")]
    pub(crate) renewal: Option<Day>,
    /// Days before the renewal by which the vendor has to be told.
    pub(crate) notice_days: Option<u32>,
}

/// A Marketplace app: billed for the users of its host product on a site.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct App {
    pub(crate) name: Spanned<String>,
    /// The host.
    pub(crate) product: Spanned<String>,
    /// Without it the app is on every own site that has the host.
    pub(crate) site: Option<Spanned<String>>,
    pub(crate) price: Option<RawNumber>,
    pub(crate) low: Option<RawNumber>,
    pub(crate) high: Option<RawNumber>,
    pub(crate) bands: Option<Spanned<Vec<Spanned<RawBand>>>>,
    pub(crate) mode: Option<Spanned<String>>,
    pub(crate) minimum: Option<u64>,
    pub(crate) unit: Option<Spanned<String>>,
    pub(crate) per: Option<Spanned<String>>,
    pub(crate) billing: Option<Spanned<String>>,
    pub(crate) annual_months: Option<Spanned<u32>>,
    /// By what number of users a year that is billed at once is paid; the ladder without it.
    pub(crate) tiers: Option<Spanned<StatedTiers>>,
    pub(crate) currency: Option<Spanned<String>>,
    /// It costs nothing.
    #[serde(default)]
    pub(crate) free: bool,
    /// It runs on a server, and no user of a cloud site is billed for it.
    #[serde(default)]
    pub(crate) data_center: bool,
    /// Addresses of the users that it is not billed for.
    #[serde(default)]
    pub(crate) exempt: Vec<String>,
    #[serde(default, deserialize_with = "optional_day")]
    pub(crate) renewal: Option<Day>,
}

impl App {
    pub(crate) const fn has_amount(&self) -> bool {
        self.price.is_some() || self.low.is_some() || self.high.is_some() || self.bands.is_some()
    }
}

impl Product {
    /// Whether it says anything of what is paid.
    pub(crate) const fn has_terms(&self) -> bool {
        self.price.is_some()
            || self.discount_percent.is_some()
            || self.billing.is_some()
            || self.tiers.is_some()
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ServiceAccount {
    pub(crate) email: String,
    #[serde(default)]
    pub(crate) reason: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Exemption {
    pub(crate) email: Option<String>,
    pub(crate) department: Option<String>,
    pub(crate) group: Option<String>,
    pub(crate) reason: String,
    #[serde(default, deserialize_with = "optional_day")]
    pub(crate) until: Option<Day>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ThirdParty {
    pub(crate) name: Option<String>,
    #[serde(deserialize_with = "optional_number")]
    pub(crate) annual_fee: Option<String>,
    #[serde(deserialize_with = "optional_number")]
    pub(crate) price_per_user_month: Option<String>,
    #[serde(deserialize_with = "optional_number")]
    pub(crate) setup_fee: Option<String>,
    /// Where stated, the organisation's.
    pub(crate) currency: Option<Spanned<String>>,
}

fn optional_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Day>, D::Error> {
    let day = match toml::Value::deserialize(deserializer)? {
        // A day with a time of day behind it is that day.
        toml::Value::Datetime(at) => at
            .date
            .map_or_else(|| at.to_string(), |day| day.to_string()),
        toml::Value::String(text) => text,
        other => {
            let found = serde::de::Unexpected::Other(other.type_str());
            return Err(serde::de::Error::invalid_type(found, &"a day"));
        }
    };
    day.parse().map(Some).map_err(serde::de::Error::custom)
}

/// Reads a configuration file.
pub(crate) fn load(path: &Path) -> Result<Config, Error> {
    let name = path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    );
    parse(Text::load(path, &name)?, &name)
}

/// Reads the text of a configuration; `file` is its name in messages.
pub(crate) fn parse(text: Text<'static>, file: &str) -> Result<Config, Error> {
    let mut config: Config = text.read(file).map_err(|fault| misshapen(*fault))?;
    file.clone_into(&mut config.file);
    config.text = text;
    Ok(config)
}

/// A configuration or scenario that is not of the shape that is read.
pub(super) fn misshapen(fault: Fault) -> Error {
    match fault {
        Fault::Shape {
            file,
            line,
            message,
            hint,
        } => Error::Configuration {
            file,
            line,
            message,
            hint,
        },
        other => Error::Misstated {
            faults: vec![other.to_string()],
            hint: String::new(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::toml::Text;

    #[test]
    fn an_unknown_key_names_its_line_and_the_likely_one() {
        let error = parse(
            Text::new("[organisation]\nname = \"X\"\ncurency = \"USD\"\n"),
            "seatledger.toml",
        )
        .expect_err("unknown key");
        assert_eq!(
            error.report(),
            "error: seatledger.toml:3: unknown field `curency`, expected one of `name`, `as_of`, `currency`, `domains`, \
             `own_sites`, `sandbox_sites`, `identity_provider`\n\nhint: did you mean `currency`?"
        );
    }

    #[test]
    fn a_wrong_type_names_its_line_and_the_way_out() {
        let error = parse(
            Text::new("[thresholds]\ngrace = \"many\"\n"),
            "seatledger.toml",
        )
        .expect_err("wrong type");
        assert_eq!(
            error.report(),
            "error: seatledger.toml:2: `grace` under [thresholds] is \"many\"\n  \
             expected a whole number of zero or more\n\nhint: for example grace = 30"
        );
    }

    #[test]
    fn prices_are_numbers_with_quotes_or_without() {
        let stated = |table: &str, text: &str| {
            parse(Text::new(format!("{table}\n{text}\n")), "seatledger.toml")
        };
        let product = "[[product]]\nproduct = \"Jira\"";
        let one = stated(product, "price = 7\ndiscount_percent = \"12.5\"").expect("numbers");
        let one = one.product[0].get_ref();
        assert_eq!(one.price.as_deref(), Some("7"));
        assert_eq!(one.discount_percent.as_deref(), Some("12.5"));
        let offer = stated("[third_party]", "annual_fee = 9600").expect("a number");
        assert_eq!(offer.third_party.annual_fee.as_deref(), Some("9600"));
        let one = stated(product, "price = 8.20\ndiscount_percent = 1e1").expect("numbers");
        let one = one.product[0].get_ref();
        assert_eq!(one.price.as_deref(), Some("8.20"));
        assert_eq!(one.discount_percent.as_deref(), Some("1e1"));
        let rate = stated("[assumptions]", "it_hourly_rate = 60.250").expect("a number");
        assert_eq!(rate.assumptions["it_hourly_rate"].0, "60.250");
        assert_eq!(
            stated(product, "discount_percent = true")
                .expect_err("no number")
                .report(),
            "error: seatledger.toml:3: `discount_percent` under [[product]] is true\n  expected a number\n\n\
             hint: for example discount_percent = 8.20"
        );
    }
}
