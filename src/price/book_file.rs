//! Price books as TOML: the text of `data/price_book.toml`, or of another book, becomes a checked `PriceBook`.
//!
//! Which entry applies when is `book`'s.

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::amounts::{RawAmount, RawBand};
use super::annual_tiers::AnnualTiers;
use super::bands::Mode;
use super::book::{PriceBook, PriceEntry, Provenance, ScimFacts, ScimWay};
use super::tiers::StatedTiers;
use super::{Billing, Unit, product_name};
use crate::toml::Fault;
use crate::toml::{Fields, RawNumber};

/// The book that the program carries.
const EMBEDDED: &str = include_str!("../../data/price_book.toml");
const EMBEDDED_NAME: &str = "data/price_book.toml";

impl PriceBook {
    /// The book that the program carries.
    ///
    /// # Errors
    /// As `parse`; a test shows that the embedded book has none.
    pub(crate) fn embedded() -> Result<PriceBook, Vec<Fault>> {
        PriceBook::parse(EMBEDDED_NAME, EMBEDDED)
    }

    /// Reads a book from text; `file` names it in faults.
    ///
    /// # Errors
    /// All faults of the book with their lines; only the first when it is not TOML of the right shape.
    pub(crate) fn parse(file: &str, text: &str) -> Result<PriceBook, Vec<Fault>> {
        let mut fields = Fields::new(file, text);
        let raw: RawBook = fields.table()?;
        let mut entries: Vec<PriceEntry> = Vec::with_capacity(raw.price.len());
        let mut lines: Vec<usize> = Vec::with_capacity(raw.price.len());
        for table in &raw.price {
            let Some(entry) = price_entry(&mut fields, table) else {
                continue;
            };
            let line = fields.line_of(table);
            let twin = entries
                .iter()
                .position(|earlier| earlier.competes_with(&entry));
            if let Some(twin) = twin {
                fields.duplicate(
                    line,
                    &entry.name(),
                    lines.get(twin).copied().unwrap_or_default(),
                );
            }
            entries.push(entry);
            lines.push(line);
        }
        let mut scim = Vec::with_capacity(raw.scim.len());
        for table in &raw.scim {
            scim.extend(scim_facts(&mut fields, table));
        }
        fields.finish(PriceBook::of(entries, scim, AnnualTiers::embedded()?))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBook {
    #[serde(default)]
    price: Vec<Spanned<RawEntry>>,
    #[serde(default)]
    scim: Vec<Spanned<RawScim>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEntry {
    product: Spanned<String>,
    plan: Spanned<String>,
    currency: Spanned<String>,
    from: Spanned<Datetime>,
    unit: Spanned<String>,
    mode: Option<Spanned<String>>,
    minimum: Option<u64>,
    price: Option<RawNumber>,
    low: Option<RawNumber>,
    high: Option<RawNumber>,
    #[serde(default)]
    custom: bool,
    #[serde(default)]
    unknown: bool,
    bands: Option<Spanned<Vec<Spanned<RawBand>>>>,
    billing: Spanned<String>,
    annual_months: Option<Spanned<u32>>,
    tiers: Option<Spanned<StatedTiers>>,
    source: Spanned<String>,
    date: Spanned<Datetime>,
    confidence: Spanned<String>,
    #[serde(default)]
    note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawScim {
    product: Spanned<String>,
    base: Spanned<String>,
    /// Plans that include SCIM; `"guard"` stands for Guard Standard on top.
    by: Spanned<Vec<String>>,
    source: Spanned<String>,
    date: Spanned<Datetime>,
    confidence: Spanned<String>,
    #[serde(default)]
    note: String,
}

fn price_entry(fields: &mut Fields<'_>, table: &Spanned<RawEntry>) -> Option<PriceEntry> {
    let line = fields.line_of(table);
    let raw = table.get_ref();
    let product = fields.words("a price", "product", &raw.product);
    let product = product_name(&product).to_owned();
    let plan = fields.words(&product, "plan", &raw.plan);
    let name = format!("{product} {plan}");

    let currency = fields.currency(&name, &raw.currency);
    let from = fields.day(&name, "from", &raw.from);
    let unit = fields.word::<Unit>(&name, "unit", &raw.unit);
    let billing = fields.word::<Billing>(&name, "billing", &raw.billing);
    let mode = match &raw.mode {
        None => Some(Mode::Marginal),
        Some(mode) => fields.word(&name, "mode", mode),
    };
    let annual_months = raw
        .annual_months
        .as_ref()
        .map(|months| fields.months(&name, months));
    if annual_months.is_some() && billing == Some(Billing::Annual) {
        let value = "given for an annual price";
        fields.wrong(
            line,
            &name,
            "annual_months",
            value,
            "it for monthly prices only",
        );
    }
    if let (Some(tiers), Some(Mode::Tiers)) = (&raw.tiers, mode) {
        let line = fields.line_of(tiers);
        let expected = "it for other modes: the bands are the tiers";
        fields.wrong(line, &name, "tiers", "given for mode = \"tiers\"", expected);
    }
    let provenance = provenance(
        fields,
        &name,
        &raw.source,
        &raw.date,
        &raw.confidence,
        &raw.note,
    );
    let (currency, unit, mode) = (currency?, unit?, mode?);

    let minimum = raw.minimum.unwrap_or(0);
    let amount = RawAmount {
        price: raw.price.as_ref(),
        low: raw.low.as_ref(),
        high: raw.high.as_ref(),
        flat: None,
        custom: raw.custom,
        unknown: raw.unknown,
    };
    let bands = match &raw.bands {
        Some(bands) if amount.is_absent() => {
            fields.bands(&name, bands, mode, minimum, unit, currency)
        }
        Some(bands) => {
            let line = fields.line_of(bands);
            fields.wrong(
                line,
                &name,
                "bands",
                "given beside a price",
                "either a price or bands",
            );
            None
        }
        None => {
            let price = fields.amount(&name, &name, line, amount, currency)?;
            fields.single_band(&name, line, price, mode, minimum)
        }
    };
    Some(PriceEntry {
        product,
        plan,
        currency,
        from: from?,
        unit,
        billing: billing?,
        annual_months,
        tiers: raw.tiers.as_ref().map(|tiers| tiers.get_ref().clone()),
        bands: bands?,
        provenance: provenance?,
    })
}

fn scim_facts(fields: &mut Fields<'_>, table: &Spanned<RawScim>) -> Option<ScimFacts> {
    let raw = table.get_ref();
    let product = fields.words("a SCIM entry", "product", &raw.product);
    let product = product_name(&product).to_owned();
    let name = format!("SCIM for {product}");
    let base = fields.words(&name, "base", &raw.base);
    let ways: Vec<ScimWay> = raw
        .by
        .get_ref()
        .iter()
        .map(|way| {
            if way == "guard" {
                ScimWay::Guard
            } else {
                ScimWay::Plan(way.clone())
            }
        })
        .collect();
    if ways.is_empty() {
        let line = fields.line_of(&raw.by);
        fields.wrong(
            line,
            &name,
            "by",
            "an empty list",
            "\"guard\" or the names of plans",
        );
    }
    let provenance = provenance(
        fields,
        &name,
        &raw.source,
        &raw.date,
        &raw.confidence,
        &raw.note,
    )?;
    Some(ScimFacts {
        product,
        base,
        ways,
        provenance,
    })
}

/// Where and when something was read, by the keys that every entry has.
pub(super) fn provenance(
    fields: &mut Fields<'_>,
    entry: &str,
    source: &Spanned<String>,
    date: &Spanned<Datetime>,
    confidence: &Spanned<String>,
    note: &str,
) -> Option<Provenance> {
    let source = fields.words(entry, "source", source);
    let date = fields.day(entry, "date", date);
    let confidence = fields.word(entry, "confidence", confidence);
    Some(Provenance {
        source,
        date: date?,
        confidence: confidence?,
        note: note.trim().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use crate::price::book::PriceBook;
    use crate::price::fixtures::entry;

    fn faults(text: &str) -> Vec<String> {
        PriceBook::parse("book.toml", text)
            .unwrap_err()
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn faults_name_line_key_and_what_is_expected() {
        let broken = entry("2026-01-01", "1,5", "reported")
            .replace("\"USD\"", "\"dollar\"")
            .replace("unit = \"user\"", "unit = \"seat\"");
        assert_eq!(
            faults(&broken),
            [
                "book.toml:4: \"currency\" of Jira Standard is \"dollar\"\n  expected a code of three letters such as \"USD\"",
                "book.toml:6: \"unit\" of Jira Standard is \"seat\"\n  expected one of \"user\", \"agent\", \"creator\"",
            ]
        );
        let price = faults(&entry("2026-01-01", "1,5", "reported"));
        assert_eq!(
            price,
            [
                "book.toml:7: \"price\" of Jira Standard is \"1,5\"\n  expected a plain decimal number such as 4.20"
            ]
        );
        let both = entry("2026-01-01", "5", "reported").replace("unit =", "custom = true\nunit =");
        assert_eq!(
            faults(&both),
            [
                "book.toml:1: \"price\" of Jira Standard is set twice, by half or not at all\n  expected exactly one of price, low with high, flat, custom or unknown"
            ]
        );
        let twice = [
            entry("2026-01-01", "5", "reported"),
            entry("2026-01-01", "6", "published"),
        ]
        .concat();
        assert_eq!(
            faults(&twice),
            ["book.toml:12: Jira Standard is set twice, first on line 1"]
        );
        let bands = entry("2026-01-01", "5", "reported")
            .replace("price = \"5\"", "bands = [\n { up_to = 10, price = 5 },\n { up_to = 5, price = 4 },\n { price = 3 },\n]");
        assert_eq!(
            faults(&bands),
            [
                "book.toml:9: \"bands\" of Jira Standard is a band that ends no later than the one before it\n  expected ends that rise from band to band"
            ]
        );
        let crossed =
            entry("2026-01-01", "5", "reported").replace("price = \"5\"", "low = 5\nhigh = 4");
        assert_eq!(
            faults(&crossed),
            ["book.toml:7: \"low\" of Jira Standard is 5\n  expected at most the high end, 4"]
        );
        assert_eq!(faults("[[price]]\nproduct = 5\n").len(), 1);
        assert!(
            faults("price = [\n")
                .first()
                .is_some_and(|fault| fault.starts_with("book.toml:"))
        );
        assert!(
            faults("colour = 1\n")
                .first()
                .is_some_and(|fault| fault.contains("colour"))
        );
    }
}
