//! The price book: dated prices with their sources, and which of them applies on a day.
//!
//! Every price has a source, the day on which it was read there, and a confidence. Reading a book is `book_file`'s;
//! what a quantity costs is `quote`'s.

use std::fmt;

use chrono::NaiveDate;

use crate::money::Currency;

use super::annual_tiers::AnnualTiers;
use super::bands::Bands;
use super::tiers::StatedTiers;
use super::{Billing, Confidence, Unit};

/// Where and when a price was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Provenance {
    /// An address or the name of a document.
    pub(crate) source: String,
    /// The day on which the source was read or published.
    pub(crate) date: NaiveDate,
    pub(crate) confidence: Confidence,
    /// What a reader of the figure should know; may be empty.
    pub(crate) note: String,
}

impl Provenance {
    /// Days from the reading of the source to `day`; negative when the source is younger.
    pub(crate) fn age_in_days(&self, day: NaiveDate) -> i64 {
        day.signed_duration_since(self.date).num_days()
    }
}

/// One price list entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct PriceEntry {
    pub(crate) product: String,
    pub(crate) plan: String,
    pub(crate) currency: Currency,
    /// The first day on which the price applies.
    pub(crate) from: NaiveDate,
    pub(crate) unit: Unit,
    /// The period that the amounts are for.
    pub(crate) billing: Billing,
    /// How many months a year costs that is billed at once, where that is known and the amounts are for a month.
    pub(crate) annual_months: Option<u32>,
    /// By what number of units a year that is billed at once is paid, where that is known.
    pub(crate) tiers: Option<StatedTiers>,
    pub(crate) bands: Bands,
    pub(crate) provenance: Provenance,
}

impl PriceEntry {
    /// `Jira Standard`.
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.product, self.plan)
    }

    fn is_for(&self, product: &str, plan: &str) -> bool {
        self.product.eq_ignore_ascii_case(product) && self.plan.eq_ignore_ascii_case(plan)
    }

    /// Whether both would apply to the same day with the same standing.
    pub(super) fn competes_with(&self, other: &PriceEntry) -> bool {
        self.is_for(&other.product, &other.plan)
            && self.currency == other.currency
            && self.billing == other.billing
            && self.from == other.from
            && self.is_verified() == other.is_verified()
    }

    /// Whether both say the same amounts. `from` is the day a price was first seen, which alone is no change.
    fn costs_the_same_as(&self, other: &PriceEntry) -> bool {
        (&self.bands, self.unit, self.annual_months, &self.tiers)
            == (&other.bands, other.unit, other.annual_months, &other.tiers)
    }

    pub(crate) fn is_verified(&self) -> bool {
        self.provenance.confidence > Confidence::Unverified
    }
}

/// An entry and its age on the day asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PriceListing<'a> {
    pub(crate) entry: &'a PriceEntry,
    pub(crate) age_in_days: i64,
}

/// The price that applies, and a younger one that nobody has verified.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Choice<'a> {
    pub(crate) entry: &'a PriceEntry,
    /// Never displaces a better source, but a reader should hear of it.
    pub(crate) newer_unverified: Option<&'a PriceEntry>,
}

/// An entry, and a later one of the same kind that has other amounts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct PriceChange<'a> {
    pub(crate) before: &'a PriceEntry,
    pub(crate) after: &'a PriceEntry,
}

/// Why the book has no price.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NoPrice {
    NotInBook,
    /// There is one in this currency only.
    OtherCurrency(Currency),
    /// The first price is from this day.
    NotBefore(NaiveDate),
}

impl fmt::Display for NoPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoPrice::NotInBook => f.write_str("not in the price book"),
            NoPrice::OtherCurrency(currency) => {
                write!(f, "the price book has a price in {currency} only")
            }
            NoPrice::NotBefore(day) => write!(f, "the price book has no price before {day}"),
        }
    }
}

/// A way to get SCIM for a product.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum ScimWay {
    /// Guard Standard on top of any plan.
    Guard,
    /// A plan that includes it.
    Plan(String),
}

/// What is known about SCIM for one product.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct ScimFacts {
    pub(crate) product: String,
    /// The lowest plan that a business would take, not the free one.
    pub(crate) base: String,
    pub(crate) ways: Vec<ScimWay>,
    pub(crate) provenance: Provenance,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct PriceBook {
    entries: Vec<PriceEntry>,
    scim: Vec<ScimFacts>,
    annual_tiers: AnnualTiers,
}

impl PriceBook {
    /// A book of these entries and facts, as `book_file` checked them.
    pub(super) const fn of(
        entries: Vec<PriceEntry>,
        scim: Vec<ScimFacts>,
        annual_tiers: AnnualTiers,
    ) -> PriceBook {
        PriceBook {
            entries,
            scim,
            annual_tiers,
        }
    }

    /// Atlassian's ladder of user tiers, with its months and rounding.
    pub(crate) const fn annual_tiers(&self) -> &AnnualTiers {
        &self.annual_tiers
    }

    /// Every entry in the order of the book, with its age.
    pub(crate) fn listing(&self, day: NaiveDate) -> impl Iterator<Item = PriceListing<'_>> {
        let age = move |entry: &PriceEntry| entry.provenance.age_in_days(day);
        self.entries.iter().map(move |entry| PriceListing {
            entry,
            age_in_days: age(entry),
        })
    }

    pub(crate) fn entries(&self) -> impl Iterator<Item = &PriceEntry> {
        self.entries.iter()
    }

    pub(crate) fn scim(&self) -> &[ScimFacts] {
        &self.scim
    }

    /// The price of a plan that applies on a day: the latest `from` on or before it. An unverified entry applies
    /// only where nothing better does; a younger one is handed out beside the choice. An entry for the wanted
    /// billing period is preferred to one for the other period, unless only the other is verified.
    ///
    /// # Errors
    /// `NoPrice` says why there is none.
    pub(crate) fn choose(
        &self,
        product: &str,
        plan: &str,
        currency: Currency,
        billing: Billing,
        day: NaiveDate,
    ) -> Result<Choice<'_>, NoPrice> {
        let named = || {
            self.entries
                .iter()
                .filter(|entry| entry.is_for(product, plan))
        };
        let latest = |billing: Billing, verified: bool| {
            named()
                .filter(|entry| entry.currency == currency && entry.billing == billing)
                .filter(|entry| entry.from <= day && entry.is_verified() == verified)
                .max_by_key(|entry| entry.from)
        };
        for verified in [true, false] {
            for billing in [billing, billing.other()] {
                let Some(entry) = latest(billing, verified) else {
                    continue;
                };
                let newer = latest(billing, false).filter(|other| other.from > entry.from);
                return Ok(Choice {
                    entry,
                    newer_unverified: newer,
                });
            }
        }
        if let Some(first) = named()
            .filter(|entry| entry.currency == currency)
            .map(|entry| entry.from)
            .min()
        {
            return Err(NoPrice::NotBefore(first));
        }
        Err(named().next().map_or(NoPrice::NotInBook, |entry| {
            NoPrice::OtherCurrency(entry.currency)
        }))
    }
}

impl PriceBook {
    /// How the price that applies on a day changes: better sources' prices of later days, each against the one
    /// before it, and unverified ones from any day since, against what applies then.
    pub(crate) fn changes<'a>(
        &'a self,
        now: &'a PriceEntry,
        day: NaiveDate,
    ) -> Vec<PriceChange<'a>> {
        let mut later: Vec<&PriceEntry> = self
            .entries
            .iter()
            .filter(|entry| entry.is_for(&now.product, &now.plan) && entry.billing == now.billing)
            .filter(|entry| entry.currency == now.currency && entry.from > now.from)
            .filter(|entry| entry.from > day || !entry.is_verified())
            .collect();
        later.sort_by_key(|entry| (entry.from, !entry.is_verified()));
        let mut changes = Vec::new();
        let mut before = now;
        for after in later {
            let have_amounts = before.bands.has_amount() && after.bands.has_amount();
            if have_amounts && !before.costs_the_same_as(after) {
                changes.push(PriceChange { before, after });
            }
            if after.is_verified() || !before.is_verified() {
                before = after;
            }
        }
        changes
    }
}

#[cfg(test)]
mod tests {
    use super::{Choice, NoPrice, PriceBook, PriceChange};
    use crate::domain::product::PRODUCTS;
    use crate::money::Currency;
    use crate::price::fixtures::entry;
    use crate::price::{Billing, Confidence, GUARD};
    use chrono::NaiveDate;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn choose<'a>(book: &'a PriceBook, on: &str) -> Result<Choice<'a>, NoPrice> {
        book.choose("jira", "standard", Currency::USD, Billing::Monthly, day(on))
    }

    fn froms(choice: Choice<'_>) -> (String, Option<String>) {
        (
            choice.entry.from.to_string(),
            choice.newer_unverified.map(|entry| entry.from.to_string()),
        )
    }

    #[test]
    fn the_embedded_book_is_sound() {
        let book = PriceBook::embedded().unwrap_or_else(|faults| panic!("{faults:?}"));
        let today = day("2026-11-24");
        assert!(book.listing(today).count() > 30);
        for listing in book.listing(today) {
            let entry = listing.entry;
            assert!(
                listing.age_in_days >= 0,
                "{} is from the future",
                entry.name()
            );
            assert!(
                entry.from <= today,
                "{} applies from the future",
                entry.name()
            );
            let known = PRODUCTS.iter().any(|product| product.name == entry.product);
            let other =
                [GUARD, "Teamwork Collection", "Rovo Dev"].contains(&entry.product.as_str());
            assert!(known || other, "{} is no product", entry.product);
            assert!(
                !entry.bands.has_amount() || !entry.provenance.source.is_empty(),
                "{}",
                entry.name()
            );
        }
        for facts in book.scim() {
            let base = book.choose(
                &facts.product,
                &facts.base,
                Currency::USD,
                Billing::Monthly,
                today,
            );
            assert!(
                base.is_ok(),
                "{} {} has no entry",
                facts.product,
                facts.base
            );
        }
    }

    #[test]
    fn guards_price_on_a_day_is_the_best_known_then() {
        let book = PriceBook::embedded().unwrap();
        let on = |on: &str| {
            froms(
                book.choose(GUARD, "Standard", Currency::USD, Billing::Monthly, day(on))
                    .unwrap(),
            )
        };
        assert_eq!(on("2020-01-01"), ("2018-07-01".to_owned(), None));
        assert_eq!(on("2024-06-01"), ("2023-12-31".to_owned(), None));
        assert_eq!(on("2026-07-19"), ("2026-01-11".to_owned(), None));
        assert_eq!(
            on("2026-11-23"),
            ("2026-01-11".to_owned(), Some("2026-07-20".to_owned()))
        );
        let early = book.choose(
            GUARD,
            "Standard",
            Currency::USD,
            Billing::Monthly,
            day("2018-06-30"),
        );
        assert_eq!(early, Err(NoPrice::NotBefore(day("2018-07-01"))));
    }

    #[test]
    fn the_latest_price_on_or_before_the_day_applies() {
        let text = [
            entry("2025-01-01", "7", "reported"),
            entry("2026-01-01", "8", "published"),
        ]
        .concat();
        let book = PriceBook::parse("book.toml", &text).unwrap();
        assert_eq!(
            choose(&book, "2024-12-31"),
            Err(NoPrice::NotBefore(day("2025-01-01")))
        );
        assert_eq!(
            froms(choose(&book, "2025-12-31").unwrap()),
            ("2025-01-01".to_owned(), None)
        );
        assert_eq!(
            froms(choose(&book, "2026-01-01").unwrap()),
            ("2026-01-01".to_owned(), None)
        );
        let absent = book.choose(
            "Jira",
            "Premium",
            Currency::USD,
            Billing::Monthly,
            day("2026-01-01"),
        );
        assert_eq!(absent, Err(NoPrice::NotInBook));
        let francs = Currency::parse("CHF").unwrap();
        let foreign = book.choose(
            "Jira",
            "Standard",
            francs,
            Billing::Monthly,
            day("2026-01-01"),
        );
        assert_eq!(foreign, Err(NoPrice::OtherCurrency(Currency::USD)));
    }

    #[test]
    fn an_unverified_price_stands_beside_a_better_one_and_never_before_it() {
        let text = [
            entry("2024-01-01", "6", "unverified"),
            entry("2025-01-01", "7", "reported"),
            entry("2026-01-01", "9", "unverified"),
        ]
        .concat();
        let book = PriceBook::parse("book.toml", &text).unwrap();
        let alone = choose(&book, "2024-06-01").unwrap();
        assert_eq!(alone.entry.provenance.confidence, Confidence::Unverified);
        assert_eq!(alone.newer_unverified, None);
        assert_eq!(
            froms(choose(&book, "2025-06-01").unwrap()),
            ("2025-01-01".to_owned(), None)
        );
        assert_eq!(
            froms(choose(&book, "2026-06-01").unwrap()),
            ("2025-01-01".to_owned(), Some("2026-01-01".to_owned()))
        );
    }

    #[test]
    fn a_price_changes_where_a_later_one_is_another() {
        let text = [
            entry("2025-01-01", "7", "reported"),
            entry("2026-01-01", "7.00", "reported"),
            entry("2026-03-01", "9", "unverified"),
            entry("2026-06-01", "8", "published"),
        ]
        .concat();
        let book = PriceBook::parse("book.toml", &text).unwrap();
        let on = |on: &str| {
            let now = choose(&book, on).unwrap().entry;
            let changes = book.changes(now, day(on));
            let told = |one: &PriceChange<'_>| {
                let PriceChange { before, after } = one;
                format!(
                    "{} {} → {}",
                    after.from,
                    before.in_words(),
                    after.in_words()
                )
            };
            changes.iter().map(told).collect::<Vec<_>>()
        };
        let unverified = "2026-03-01 $7.00 a user and month → $9.00 a user and month";
        let published = "2026-06-01 $7.00 a user and month → $8.00 a user and month";
        assert_eq!(on("2025-06-01"), [unverified, published]);
        assert_eq!(on("2026-04-01"), [unverified, published]);
        // The published price is younger than the unverified one.
        assert_eq!(on("2026-07-01"), [""; 0]);
    }
}
