//! Amounts and bands as TOML states them: `price`, `low` with `high`, `flat`, `custom` or `unknown`.
//!
//! Shared by the price book and by contract prices. How bands are added up is `bands`'.

use serde::Deserialize;
use toml::Spanned;

use crate::money::{Currency, Money, MoneyRange, Number};
use crate::toml::{Fields, RawNumber};

use super::Unit;
use super::bands::{Band, BandFault, BandPrice, Bands, Mode};

/// A price has at most so many bands; Atlassian's longest ladder has some sixty tiers.
const MOST_BANDS: usize = 1_000;

/// One band as it is written.
#[derive(Clone, Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawBand {
    pub(crate) up_to: Option<Spanned<u64>>,
    pub(crate) price: Option<RawNumber>,
    pub(crate) low: Option<RawNumber>,
    pub(crate) high: Option<RawNumber>,
    pub(crate) flat: Option<RawNumber>,
    #[serde(default)]
    pub(crate) custom: bool,
    #[serde(default)]
    pub(crate) unknown: bool,
}

/// The keys that state an amount, wherever they stand.
#[derive(Clone, Copy)]
pub(crate) struct RawAmount<'a> {
    pub(crate) price: Option<&'a RawNumber>,
    pub(crate) low: Option<&'a RawNumber>,
    pub(crate) high: Option<&'a RawNumber>,
    pub(crate) flat: Option<&'a RawNumber>,
    pub(crate) custom: bool,
    pub(crate) unknown: bool,
}

impl RawAmount<'_> {
    pub(crate) const fn is_absent(&self) -> bool {
        self.price.is_none()
            && self.low.is_none()
            && self.high.is_none()
            && self.flat.is_none()
            && !self.custom
            && !self.unknown
    }
}

impl RawBand {
    fn amount(&self) -> RawAmount<'_> {
        RawAmount {
            price: self.price.as_ref(),
            low: self.low.as_ref(),
            high: self.high.as_ref(),
            flat: self.flat.as_ref(),
            custom: self.custom,
            unknown: self.unknown,
        }
    }
}

impl Fields<'_> {
    /// How many months' price a year costs.
    pub(crate) fn months(&mut self, entry: &str, field: &Spanned<u32>) -> u32 {
        let given = *field.get_ref();
        if !(1..=12).contains(&given) {
            let line = self.line_of(field);
            self.wrong(line, entry, "annual_months", &given.to_string(), "1 to 12");
        }
        given
    }

    /// A percentage from 0 up to, but not including, 100.
    pub(crate) fn discount(&mut self, entry: &str, key: &str, field: &RawNumber) -> Option<Number> {
        let number = self.number(entry, key, field)?;
        if number.is_negative() || number >= Number::HUNDRED {
            let expected = "a percentage from 0 to below 100";
            self.wrong(self.line_of(field), entry, key, &number.plain(), expected);
            return None;
        }
        Some(number)
    }

    /// A percentage above 0 and up to 1,000 by which a price rises, as a negative discount.
    pub(crate) fn rise(&mut self, entry: &str, key: &str, field: &RawNumber) -> Option<Number> {
        let number = self.number(entry, key, field)?;
        let most = Number::from(1_000_u64);
        if number.is_negative() || number.is_zero() || number > most {
            let expected = "a percentage above 0 and up to 1000";
            self.wrong(self.line_of(field), entry, key, &number.plain(), expected);
            return None;
        }
        Number::ZERO.minus(number).ok()
    }

    /// What the amount keys of a table say: exactly one of `price`, `low` with `high`, `flat`, `custom`, `unknown`.
    /// `what` names the thing priced, for the reason of an unknown amount.
    pub(crate) fn amount(
        &mut self,
        entry: &str,
        what: &str,
        line: usize,
        raw: RawAmount<'_>,
        currency: Currency,
    ) -> Option<BandPrice> {
        let in_currency = |number| MoneyRange::point(Money::new(number, currency));
        match (
            raw.price,
            raw.low,
            raw.high,
            raw.flat,
            raw.custom,
            raw.unknown,
        ) {
            (Some(price), None, None, None, false, false) => {
                let number = self.number(entry, "price", price)?;
                Some(BandPrice::Each(in_currency(number)))
            }
            (None, Some(low), Some(high), None, false, false) => {
                let ends = (
                    self.number(entry, "low", low),
                    self.number(entry, "high", high),
                );
                let (Some(least), Some(most)) = ends else {
                    return None;
                };
                let (from, to) = (Money::new(least, currency), Money::new(most, currency));
                let range = MoneyRange::new(from, to).ok();
                if range.is_none() {
                    let expected = format!("at most the high end, {most}");
                    self.wrong(self.line_of(low), entry, "low", &least.plain(), &expected);
                }
                range.map(BandPrice::Each)
            }
            (None, None, None, Some(flat), false, false) => {
                let number = self.number(entry, "flat", flat)?;
                Some(BandPrice::Flat(in_currency(number)))
            }
            (None, None, None, None, true, false) => Some(BandPrice::Unknown(format!(
                "{what}: custom price, only by quote"
            ))),
            (None, None, None, None, false, true) => {
                Some(BandPrice::Unknown(format!("{what}: price not established")))
            }
            _ => {
                let expected = "exactly one of price, low with high, flat, custom or unknown";
                self.wrong(
                    line,
                    entry,
                    "price",
                    "set twice, by half or not at all",
                    expected,
                );
                None
            }
        }
    }

    /// A whole price table.
    pub(crate) fn bands(
        &mut self,
        entry: &str,
        field: &Spanned<Vec<Spanned<RawBand>>>,
        mode: Mode,
        minimum: u64,
        unit: Unit,
        currency: Currency,
    ) -> Option<Bands> {
        let count = field.get_ref().len();
        if count > MOST_BANDS {
            let value = format!("a list of {count} bands");
            let expected = format!("at most {MOST_BANDS} bands");
            self.wrong(self.line_of(field), entry, "bands", &value, &expected);
            return None;
        }
        let mut bands = Vec::with_capacity(count);
        let mut before = 0;
        for raw in field.get_ref() {
            let line = self.line_of(raw);
            let raw = raw.get_ref();
            let up_to = raw.up_to.as_ref().map(|end| *end.get_ref());
            let what = match before {
                0 => entry.to_owned(),
                end => format!("{entry} above {}", unit.counted(end)),
            };
            if let Some(price) = self.amount(entry, &what, line, raw.amount(), currency) {
                bands.push(Band { up_to, price });
            }
            before = up_to.unwrap_or(before);
        }
        if bands.len() < field.get_ref().len() {
            return None;
        }
        match Bands::new(mode, minimum, bands) {
            Ok(bands) => Some(bands),
            Err(fault) => {
                let (place, value, expected) = explain(fault);
                let line = field
                    .get_ref()
                    .get(place)
                    .map_or(self.line_of(field), |band| self.line_of(band));
                self.wrong(line, entry, "bands", value, expected);
                None
            }
        }
    }

    /// One price for any quantity.
    pub(crate) fn single_band(
        &mut self,
        entry: &str,
        line: usize,
        price: BandPrice,
        mode: Mode,
        minimum: u64,
    ) -> Option<Bands> {
        match Bands::new(mode, minimum, vec![Band { up_to: None, price }]) {
            Ok(bands) => Some(bands),
            Err(fault) => {
                let (_, value, expected) = explain(fault);
                self.wrong(line, entry, "price", value, expected);
                None
            }
        }
    }
}

/// The band at fault, what it is, and what it should be.
const fn explain(fault: BandFault) -> (usize, &'static str, &'static str) {
    match fault {
        BandFault::Empty => (0, "an empty list", "at least one band"),
        BandFault::NotAscending(place) => (
            place,
            "a band that ends no later than the one before it",
            "ends that rise from band to band",
        ),
        BandFault::EndlessBeforeLast(place) => (
            place,
            "a band without \"up_to\" before the last",
            "\"up_to\" in every band but the last",
        ),
        BandFault::LastHasEnd => (
            usize::MAX,
            "a table that ends",
            "a last band without \"up_to\"",
        ),
        BandFault::Negative(place) => (place, "a negative price", "a price of zero or more"),
    }
}
