//! Contract prices: what the organisation has negotiated, as `seatledger.toml` states it.
//!
//! Takes tables of contract prices, as text or as values, gives checked terms that win over the price book. Reading the file is `read::config`'s; applying the terms is `quote`'s.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde::Deserialize;
use toml::Spanned;

use crate::money::{Currency, Money, MoneyRange, Number};

use super::amounts::{RawAmount, RawBand};
use super::bands::{Band, BandFault, BandPrice, Bands, Mode};
use super::tiers::StatedTiers;
use super::{Billing, Unit, product_name};
use crate::toml::Fault;
use crate::toml::{Fields, RawNumber};

/// One contract price as it is written. Give a price (`price`, `low` with `high`, or `bands`), or a
/// `discount_percent` or a `rise_percent` on the price book, or only a `billing` cycle.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawContractPrice {
    pub(crate) product: Spanned<String>,
    /// Without it the terms hold for the plan that is held.
    pub(crate) plan: Option<Spanned<String>>,
    /// Without it the terms hold on every site.
    pub(crate) site: Option<Spanned<String>>,
    pub(crate) price: Option<RawNumber>,
    pub(crate) low: Option<RawNumber>,
    pub(crate) high: Option<RawNumber>,
    pub(crate) bands: Option<Spanned<Vec<Spanned<RawBand>>>>,
    pub(crate) mode: Option<Spanned<String>>,
    pub(crate) minimum: Option<u64>,
    pub(crate) unit: Option<Spanned<String>>,
    /// The period that the amounts are for, `monthly` (the default) or `annual`.
    pub(crate) per: Option<Spanned<String>>,
    pub(crate) discount_percent: Option<RawNumber>,
    /// By how much more than the list price: the list's months and bands stay.
    pub(crate) rise_percent: Option<RawNumber>,
    /// How often the bill comes; without it, the organisation's cycle.
    pub(crate) billing: Option<Spanned<String>>,
    /// Months paid for a year that is billed at once, when the amounts are for a month; 12 without it.
    pub(crate) annual_months: Option<Spanned<u32>>,
    /// By what number of users a year that is billed at once is paid: the ladder, the exact count, or upper ends.
    pub(crate) tiers: Option<Spanned<StatedTiers>>,
    /// Where stated, the organisation's; the reader of the file has checked that.
    pub(crate) currency: Option<Spanned<String>>,
}

impl RawContractPrice {
    /// Whether it has amounts of its own.
    pub(crate) const fn has_amount(&self) -> bool {
        self.price.is_some() || self.low.is_some() || self.bands.is_some()
    }
}

/// What was agreed about the amount.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Terms {
    /// Amounts of the contract's own, for a `per` each.
    Own {
        bands: Bands,
        unit: Option<Unit>,
        /// By the month where it is not stated.
        per: Option<Billing>,
        annual_months: Option<u32>,
    },
    /// The price book's amounts less this many percent; plus as many where it is negative.
    Discount(Number),
    /// The price book's amounts.
    List,
}

impl Terms {
    /// One agreed price for each unit and month.
    ///
    /// # Errors
    /// `BandFault::Negative`.
    pub(crate) fn price(amount: Money) -> Result<Terms, BandFault> {
        let price = BandPrice::Each(MoneyRange::point(amount));
        let bands = Bands::new(Mode::Marginal, 0, vec![Band { up_to: None, price }])?;
        Ok(Terms::Own {
            bands,
            unit: None,
            per: None,
            annual_months: None,
        })
    }

    /// A discount on the price book; `None` unless it is from 0 to below 100 percent.
    pub(crate) fn discount(percent: Number) -> Option<Terms> {
        let possible = !percent.is_negative() && percent < Number::HUNDRED;
        possible.then_some(Terms::Discount(percent))
    }
}

/// What was agreed about one product, plan and site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct ContractPrice {
    pub(crate) product: String,
    pub(crate) plan: Option<String>,
    pub(crate) site: Option<String>,
    pub(crate) terms: Terms,
    pub(crate) billing: Option<Billing>,
    /// By what number of units a year that is billed at once is paid.
    pub(crate) tiers: Option<StatedTiers>,
    /// Of terms without a plan: where which plan is held, since they are for those alone; for any until that is told.
    pub(crate) held: Option<Vec<HeldPlan>>,
    /// Whether it is a Marketplace app's: its price is its list price, and its year goes by the ladder.
    pub(crate) is_app: bool,
    /// The line of the configuration, from 1; 0 where it is not known.
    pub(crate) line: usize,
}

/// A plan that the organisation has of a product.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct HeldPlan {
    /// Empty for a product without sites.
    pub(super) site: String,
    pub(super) plan: String,
}

/// A product, plan and site that something is stated for, whatever the case; without a plan or site, for any.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Subject(String, Option<String>, Option<String>);

impl Subject {
    pub(crate) fn new(product: &str, plan: Option<&str>, site: Option<&str>) -> Subject {
        let folded = |text: &str| text.to_ascii_lowercase();
        Subject(folded(product), plan.map(folded), site.map(folded))
    }
}

fn same(own: &str, other: &str) -> bool {
    own.eq_ignore_ascii_case(other)
}

impl ContractPrice {
    pub(crate) fn fits(&self, product: &str, plan: &str, site: Option<&str>) -> bool {
        let own_site = self.site.as_deref();
        let is_held = |held: &HeldPlan| {
            same(&held.plan, plan) && site.is_none_or(|site| same(&held.site, site))
        };
        same(&self.product, product)
            && own_site.is_none_or(|own| site.is_some_and(|site| same(own, site)))
            && match (&self.plan, &self.held) {
                (Some(own), _) => same(own, plan),
                (None, Some(held)) => held.iter().any(is_held),
                (None, None) => true,
            }
    }

    /// What it is for, to be compared with another's.
    pub(crate) fn subject(&self) -> Subject {
        Subject::new(&self.product, self.plan.as_deref(), self.site.as_deref())
    }

    /// Terms for a site come before terms for a plan, and those before terms for the product.
    pub(super) const fn closeness(&self) -> u8 {
        2 * self.site.is_some() as u8 + self.plan.is_some() as u8
    }

    /// `Jira`, `Jira Standard`, `Jira Standard on acme`.
    pub(crate) fn name(&self) -> String {
        let plan = self
            .plan
            .as_ref()
            .map(|plan| format!(" {plan}"))
            .unwrap_or_default();
        let site = self
            .site
            .as_ref()
            .map(|site| format!(" on {site}"))
            .unwrap_or_default();
        format!("{}{plan}{site}", self.product)
    }
}

/// All that was agreed. The default is an organisation that pays list prices by the month.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Contract {
    pub(super) prices: Vec<ContractPrice>,
    /// The cycle of every subscription for which `prices` say nothing; monthly without it.
    pub(super) billing: Option<Billing>,
    /// A what-if's terms: of two equally close ones they win, and agreed terms without amounts do not keep them off.
    pub(super) what_if: Vec<ContractPrice>,
    /// Whether a year whose months are not stated costs as many as the list's, and not twelve.
    pub(super) years_as_listed: bool,
}

impl Contract {
    /// Checks the tables found in `file`, whose `text` gives the lines and the exact digits. Amounts are in the
    /// organisation's currency.
    ///
    /// # Errors
    /// All faults: an impossible value, a price and a discount together, terms that say nothing, the same
    /// product, plan and site twice.
    pub(crate) fn check(
        raw: &[Spanned<RawContractPrice>],
        billing: Option<Billing>,
        currency: Currency,
        file: &str,
        text: &str,
    ) -> Result<Contract, Vec<Fault>> {
        let mut fields = Fields::new(file, text);
        let mut prices: Vec<ContractPrice> = Vec::with_capacity(raw.len());
        let mut lines: HashMap<Subject, usize> = HashMap::with_capacity(raw.len());
        for table in raw {
            let Some(price) = one(&mut fields, table, currency) else {
                continue;
            };
            match lines.entry(price.subject()) {
                Entry::Occupied(twin) => {
                    fields.duplicate(price.line, &price.name(), *twin.get());
                }
                Entry::Vacant(first) => {
                    first.insert(price.line);
                    prices.push(price);
                }
            }
        }
        fields.finish(Contract {
            prices,
            billing,
            what_if: Vec::new(),
            years_as_listed: false,
        })
    }

    #[cfg(test)]
    /// The same where every subscription that no terms give a cycle is billed by the year.
    pub(crate) fn by_the_year(self) -> Contract {
        Contract {
            billing: Some(Billing::Annual),
            ..self
        }
    }

    pub(super) const fn reads_years_as_listed(&self) -> bool {
        self.years_as_listed
    }

    /// The same where a year whose months are not stated costs as many as the list's; `None` where no price for a month
    /// leaves that open.
    pub(crate) fn by_listed_years(&self) -> Option<Contract> {
        let mut terms = self.prices.iter().chain(&self.what_if);
        let is_open = |one: &ContractPrice| {
            let is_open = matches!(
                one.terms,
                Terms::Own {
                    per: None,
                    annual_months: None,
                    ..
                }
            );
            is_open && !one.is_app
        };
        terms.any(is_open).then(|| Contract {
            years_as_listed: true,
            ..self.clone()
        })
    }

    /// The same with further terms, which hold where both speak of the same product, plan and site.
    pub(crate) fn with(mut self, more: Vec<ContractPrice>) -> Contract {
        self.prices.extend(more);
        self
    }
}

pub(super) fn one(
    fields: &mut Fields<'_>,
    table: &Spanned<RawContractPrice>,
    currency: Currency,
) -> Option<ContractPrice> {
    let line = fields.line_of(table);
    let raw = table.get_ref();
    let product = fields.words("a contract price", "product", &raw.product);
    let product = product_name(&product).to_owned();
    let plan = raw
        .plan
        .as_ref()
        .map(|plan| fields.words(&product, "plan", plan));
    let site = raw
        .site
        .as_ref()
        .map(|site| fields.words(&product, "site", site));
    let mut price = ContractPrice {
        product,
        plan,
        site,
        terms: Terms::List,
        billing: None,
        tiers: raw.tiers.as_ref().map(|tiers| tiers.get_ref().clone()),
        held: None,
        is_app: false,
        line,
    };
    let entry = format!("the contract price of {}", price.name());
    price.billing = raw
        .billing
        .as_ref()
        .and_then(|word| fields.word(&entry, "billing", word));
    price.terms = match (
        own_terms(fields, &entry, table, currency).ok()?,
        &raw.discount_percent,
        &raw.rise_percent,
    ) {
        (Some(own), None, None) => own,
        (None, Some(discount), None) => {
            Terms::Discount(fields.discount(&entry, "discount_percent", discount)?)
        }
        (None, None, Some(rise)) => Terms::Discount(fields.rise(&entry, "rise_percent", rise)?),
        (None, None, None) => Terms::List,
        _ => {
            stated_twice(fields, &entry, line);
            return None;
        }
    };
    tiers_fit(fields, &entry, raw, &price);
    if matches!(price.terms, Terms::Own { .. }) {
        return Some(price);
    }
    // Without amounts of its own, the keys that describe amounts would be dropped in silence.
    let stray = [
        ("mode", raw.mode.is_some()),
        ("minimum", raw.minimum.is_some()),
        ("unit", raw.unit.is_some()),
        ("per", raw.per.is_some()),
        ("annual_months", raw.annual_months.is_some()),
    ];
    for (key, given) in stray {
        if given {
            let expected = "a price or bands beside it";
            fields.wrong(line, &entry, key, "given without a price", expected);
        }
    }
    if price.terms == Terms::List && raw.billing.is_none() && raw.tiers.is_none() {
        fields.missing(line, &entry, "price");
    }
    Some(price)
}

/// Refuses tiers where the same table says that there are none, or what they are.
fn tiers_fit(fields: &mut Fields<'_>, entry: &str, raw: &RawContractPrice, price: &ContractPrice) {
    let Some(tiers) = &raw.tiers else { return };
    let line = fields.line_of(tiers);
    let mut wrong = |value, expected| fields.wrong(line, entry, "tiers", value, expected);
    if price.billing == Some(Billing::Monthly) {
        wrong(
            "given for a plan that is billed by the month",
            "it beside billing = \"annual\" only",
        );
    }
    if let Terms::Own { bands, .. } = &price.terms
        && bands.mode() == Mode::Tiers
    {
        wrong(
            "given for mode = \"tiers\"",
            "it for other modes: the bands are the tiers",
        );
    }
}

fn stated_twice(fields: &mut Fields<'_>, entry: &str, line: usize) {
    let expected = "one of price, low with high, bands, discount_percent and rise_percent";
    fields.wrong(line, entry, "price", "set in two forms", expected);
}

/// A fault that has been told already.
struct Told;

/// The contract's own amounts; `None` where there are none.
fn own_terms(
    fields: &mut Fields<'_>,
    entry: &str,
    table: &Spanned<RawContractPrice>,
    currency: Currency,
) -> Result<Option<Terms>, Told> {
    let line = fields.line_of(table);
    let raw = table.get_ref();
    let mode = raw
        .mode
        .as_ref()
        .and_then(|word| fields.word::<Mode>(entry, "mode", word));
    let unit = raw
        .unit
        .as_ref()
        .and_then(|word| fields.word::<Unit>(entry, "unit", word));
    let per = raw
        .per
        .as_ref()
        .and_then(|word| fields.word::<Billing>(entry, "per", word));
    let annual_months = raw
        .annual_months
        .as_ref()
        .map(|months| fields.months(entry, months));
    let amount = RawAmount {
        price: raw.price.as_ref(),
        low: raw.low.as_ref(),
        high: raw.high.as_ref(),
        flat: None,
        custom: false,
        unknown: false,
    };
    let mode = mode.unwrap_or(Mode::Marginal);
    let minimum = raw.minimum.unwrap_or(0);
    let bands = match (&raw.bands, amount.is_absent()) {
        (Some(bands), true) => fields.bands(
            entry,
            bands,
            mode,
            minimum,
            unit.unwrap_or(Unit::User),
            currency,
        ),
        (None, false) => {
            let single = fields
                .amount(entry, entry, line, amount, currency)
                .ok_or(Told)?;
            fields.single_band(entry, line, single, mode, minimum)
        }
        (None, true) => return Ok(None),
        (Some(_), false) => {
            stated_twice(fields, entry, line);
            return Err(Told);
        }
    };
    let bands = bands.ok_or(Told)?;
    Ok(Some(Terms::Own {
        bands,
        unit,
        per,
        annual_months,
    }))
}

#[cfg(test)]
mod tests {
    use super::{Contract, RawContractPrice, Terms};
    use crate::money::{Currency, Money, MoneyRange, Number};
    use crate::price::bands::{BandFault, BandPrice};
    use crate::toml::{Fault, Text};
    use serde::Deserialize;
    use toml::Spanned;

    #[derive(Deserialize, Debug)]
    #[serde(deny_unknown_fields)]
    struct File {
        contract: Vec<Spanned<RawContractPrice>>,
    }

    fn contract(text: &str) -> Result<Contract, Vec<Fault>> {
        let file: File = Text::new(text).read("seatledger.toml").unwrap();
        Contract::check(&file.contract, None, Currency::USD, "seatledger.toml", text)
    }

    fn faults(text: &str) -> Vec<String> {
        contract(text)
            .unwrap_err()
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn tiers_are_refused_where_there_are_none() {
        let told = |terms: &str| faults(&format!("[[contract]]\nproduct = \"Jira\"\n{terms}\n"));
        let month = told("billing = \"monthly\"\ntiers = \"ladder\"");
        assert_eq!(
            month,
            [
                "seatledger.toml:4: \"tiers\" of the contract price of Jira is given for a plan that is billed by the \
                 month\n  expected it beside billing = \"annual\" only"
            ]
        );
        let twice = told(
            "mode = \"tiers\"\nbands = [{ up_to = 9, price = 8 }, { price = 7 }]\ntiers = [9]",
        );
        assert_eq!(
            twice,
            [
                "seatledger.toml:5: \"tiers\" of the contract price of Jira is given for mode = \"tiers\"\n  expected it \
                 for other modes: the bands are the tiers"
            ]
        );
        assert!(contract("[[contract]]\nproduct = \"Jira\"\ntiers = \"exact\"\n").is_ok());
    }

    #[test]
    fn a_bare_number_is_read_from_the_text() {
        let contract =
            contract("[[contract]]\nproduct = \"jira software\"\nprice = 7.10000000000000000001\n")
                .unwrap();
        let terms = contract.terms("Jira", "Standard", Some("acme")).unwrap();
        let Terms::Own { bands, .. } = &terms.terms else {
            panic!("no amount")
        };
        let exact = Money::parse("7.10000000000000000001", Currency::USD).unwrap();
        assert_eq!(
            bands.bands()[0].price,
            BandPrice::Each(MoneyRange::point(exact))
        );
    }

    #[test]
    fn every_fault_is_told_with_its_line() {
        let told = faults(
            "[[contract]]\nproduct = \"Jira\"\nprice = 1e3\n\
             [[contract]]\nproduct = \"Confluence\"\nprice = 5\ndiscount_percent = 10\n\
             [[contract]]\nproduct = \"Trello\"\nbilling = \"weekly\"\n\
             [[contract]]\nproduct = \"Loom\"\n\
             [[contract]]\nproduct = \"Guard\"\ndiscount_percent = 100\n\
             [[contract]]\nproduct = \"Bitbucket\"\ndiscount_percent = 5\nmode = \"volume\"\n",
        );
        assert_eq!(
            told,
            [
                "seatledger.toml:3: \"price\" of the contract price of Jira is 1e3\n  expected a plain decimal number such as 4.20",
                "seatledger.toml:4: \"price\" of the contract price of Confluence is set in two forms\n  expected one of price, low with high, bands, discount_percent and rise_percent",
                "seatledger.toml:10: \"billing\" of the contract price of Trello is \"weekly\"\n  expected one of \"monthly\", \"annual\"",
                "seatledger.toml:11: the contract price of Loom has no \"price\"",
                "seatledger.toml:15: \"discount_percent\" of the contract price of Atlassian Guard is 100\n  expected a percentage from 0 to below 100",
                "seatledger.toml:16: \"mode\" of the contract price of Bitbucket is given without a price\n  expected a price or bands beside it",
            ]
        );
    }

    #[test]
    fn the_same_terms_twice_are_refused() {
        let told = faults(
            "[[contract]]\nproduct = \"Jira\"\nplan = \"Standard\"\nprice = 5\n\
             [[contract]]\nproduct = \"jira\"\nplan = \"standard\"\nprice = 6\n",
        );
        assert_eq!(
            told,
            ["seatledger.toml:5: Jira standard is set twice, first on line 1"]
        );
    }

    #[test]
    fn terms_can_be_made_of_values() {
        let amount = |text| Money::parse(text, Currency::USD).unwrap();
        assert!(matches!(
            Terms::price(amount("21.50")),
            Ok(Terms::Own { .. })
        ));
        assert_eq!(Terms::price(amount("-1")), Err(BandFault::Negative(0)));
        let percent = |text| Terms::discount(Number::parse(text).unwrap());
        assert!(percent("12.5").is_some() && percent("100").is_none() && percent("-1").is_none());
    }

    #[test]
    fn an_unknown_key_is_refused() {
        let text = Text::new("[[contract]]\nproduct = \"Jira\"\nprize = 5\n");
        let wrong = text.read::<File>("seatledger.toml").unwrap_err();
        assert!(wrong.to_string().contains("prize"), "{wrong}");
    }
}
