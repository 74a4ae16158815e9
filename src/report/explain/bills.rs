//! Bills: a line's slabs, months and years, down to the price's source.

use crate::model::basis::Basis;
use crate::model::span::Span;
use crate::money::{Money, MoneyError, MoneyRange, Number};
use crate::price::Billing;
use crate::price::bands::{BandPrice, Step};
use crate::price::quote::{Basis as PriceBasis, BillLine};

use super::Known;
use super::derivation::{Amount, Derivation, Origin, Part, Rule, Unit, Value};

const CONTRACT: &str = "the contract in seatledger.toml";

impl Known<'_> {
    /// A year of a bill's line for a quantity.
    ///
    /// # Errors
    /// `TooLarge`.
    pub(super) fn line(
        &self,
        name: &str,
        line: &BillLine,
        quantity: &Part,
    ) -> Result<Part, MoneyError> {
        let currency = Unit::Money(self.currency());
        let value = Amount::cost(&line.annual, self.currency());
        let notes = line.notes.join("; ");
        if line.working.is_empty() {
            let from = origin(line, line.annual.missing().join("; "));
            return Ok(if line.quantity == 0 {
                Derivation::figure(name, value, Rule::Product, vec![quantity.clone()])
            } else {
                Derivation::leaf(name, Value::Amount(value), Rule::Priced, from)
            });
        }
        if line.readings.is_some() {
            let [by_count, by_tier] = line.both_readings();
            let parts = vec![
                self.line(&format!("{name}/by the count"), by_count, quantity)?,
                self.line(&format!("{name}/by the tier"), by_tier, quantity)?,
            ];
            let whole = Value::Amount(value);
            return Ok(Derivation::with_working(
                name,
                whole,
                Rule::Either,
                parts,
                notes,
            ));
        }
        let billed = self.billed(name, line, quantity)?;
        let slabs = line
            .working
            .iter()
            .map(|step| self.slab(name, line, step, &billed))
            .collect::<Result<Vec<_>, _>>()?;
        let whole = Value::Amount(value);
        let periods = |what: &str| {
            Derivation::leaf(
                format!("{name}/{what}"),
                Value::Amount(Amount::count(u64::from(line.periods), "")),
                Rule::Stated,
                origin(line, notes.clone()),
            )
        };
        if let Some(step) = line.rounded_up_to {
            let exact = |what: &str, rule, parts| {
                Derivation::made(format!("{name}/{what}"), currency, rule, parts)
            };
            let mut year = exact("period", Rule::ExactSum, slabs)?;
            if line.per == Billing::Monthly {
                let parts = vec![year, periods("months paid for a year")];
                year = exact("year before rounding", Rule::ExactProduct, parts)?;
            }
            let parts = vec![year, self.rounding(step)];
            return Ok(Derivation::with_working(
                name,
                whole,
                Rule::RoundedUp,
                parts,
                notes,
            ));
        }
        Ok(match (line.per, line.cycle) {
            (Billing::Annual, _) => {
                Derivation::with_working(name, whole, Rule::RoundedSum, slabs, notes)
            }
            (Billing::Monthly, Billing::Monthly) => {
                let month =
                    Derivation::made(format!("{name}/month"), currency, Rule::RoundedSum, slabs)?;
                let parts = vec![month, periods("monthly bills in a year")];
                Derivation::with_working(name, whole, Rule::Product, parts, String::new())
            }
            (Billing::Monthly, Billing::Annual) => {
                let month =
                    Derivation::made(format!("{name}/month"), currency, Rule::ExactSum, slabs)?;
                let parts = vec![month, periods("months paid for a year")];
                Derivation::with_working(name, whole, Rule::Product, parts, String::new())
            }
        })
    }

    /// Units paid for: the quantity, or what a minimum or a tier makes of it.
    fn billed(&self, name: &str, line: &BillLine, quantity: &Part) -> Result<Part, MoneyError> {
        if line.billed == line.quantity {
            return Ok(quantity.clone());
        }
        let unit = line.unit.map_or("users", |unit| unit.plural());
        let least = Derivation::leaf(
            format!("{name}/least-billed"),
            Value::Amount(Amount::count(line.billed, unit)),
            Rule::Stated,
            origin(line, line.notes.join("; ")),
        );
        Derivation::made(
            format!("{name}/billed"),
            Unit::Of(unit),
            Rule::Greatest,
            vec![quantity.clone(), least],
        )
    }

    /// The units of one band at its price, not rounded.
    fn slab(
        &self,
        name: &str,
        line: &BillLine,
        step: &Step,
        billed: &Part,
    ) -> Result<Part, MoneyError> {
        let band = step.band();
        let price = |price: MoneyRange, what: String| {
            Derivation::leaf(
                format!("{name}/price/{band}"),
                Value::Amount(Amount::range(price)),
                Rule::Priced,
                origin(line, what),
            )
        };
        let unit = step.unit;
        let per = match line.per {
            Billing::Monthly => "month",
            Billing::Annual => "year",
        };
        Ok(match &step.price {
            BandPrice::Unknown(reason) => Derivation::leaf(
                format!("{name}/price/{band}"),
                Value::Amount(Amount::new(
                    None,
                    vec![reason.clone()],
                    Unit::Money(self.currency()),
                )),
                Rule::Priced,
                origin(line, reason.clone()),
            ),
            BandPrice::Flat(flat) => price(
                *flat,
                format!("for {band} {} and {per}, however many", unit.plural()),
            ),
            BandPrice::Each(each) => {
                let units = if step.quantity == line.billed {
                    billed.clone()
                } else {
                    Derivation::figure(
                        format!("{name}/{}/{band}", unit.plural()),
                        Amount::count(step.quantity, unit.plural()),
                        Rule::InBand,
                        vec![billed.clone()],
                    )
                };
                let each = price(*each, format!("for each {} and {per}", unit.as_str()));
                Derivation::made(
                    format!("{name}/slab/{band}"),
                    Unit::Money(self.currency()),
                    Rule::ExactProduct,
                    vec![units, each],
                )?
            }
        })
    }

    /// Whose word the tiers of a line are: the ladder's where its year is rounded as the ladder's are, else the contract's.
    pub(super) fn origin_of_tiers(&self, line: &BillLine) -> Origin {
        if line.rounded_up_to.is_none() {
            return origin(line, line.notes.join("; "));
        }
        let known = &self.pricing.book.annual_tiers().ladder.provenance;
        let firm = known.confidence.as_str();
        Origin::new(
            Basis::Measured,
            format!("{firm}: {}, {}", known.source, known.date),
            &known.note,
        )
    }

    /// What a year by the ladder is rounded up to a whole multiple of.
    fn rounding(&self, step: Number) -> Part {
        let known = &self.pricing.book.annual_tiers().rounding.provenance;
        let firm = known.confidence.as_str();
        let amount = MoneyRange::point(Money::new(step, self.currency()));
        Derivation::leaf(
            "rounding step of annual tiers",
            Value::Amount(Amount::range(amount)),
            Rule::Priced,
            Origin::new(
                Basis::Measured,
                format!("{firm}: {}, {}", known.source, known.date),
                &known.note,
            ),
        )
    }

    /// Twelve, as a factor.
    pub(super) fn twelve(&self) -> Part {
        number("months of a year", 12, "months")
    }
}

/// A number that needs no source.
pub(super) fn number(name: &str, count: u64, unit: &'static str) -> Part {
    Derivation::leaf(
        name,
        Value::Amount(Amount::of(Span::of_counts(count, count), unit)),
        Rule::Stated,
        Origin::new(Basis::Measured, "by definition", ""),
    )
}

/// Where a line's price comes from.
fn origin(line: &BillLine, what: String) -> Origin {
    let contract = line.basis == PriceBasis::Contract;
    let basis = match (contract, line.annual.is_complete()) {
        (_, false) => Basis::Unpriced,
        (true, true) => Basis::Configured,
        (false, true) => Basis::Measured,
    };
    let book = line.provenance.as_ref().map(|known| {
        format!(
            "{}: {}, {}",
            known.confidence.as_str(),
            known.source,
            known.date
        )
    });
    let source = match (book, contract) {
        (Some(book), true) => format!("{CONTRACT}, on the list price; {book}"),
        (Some(book), false) => book,
        (None, true) => CONTRACT.to_owned(),
        (None, false) => "no price is known".to_owned(),
    };
    let mut working = what;
    let discount = line.notes.iter().find(|note| note.contains("% contract "));
    if let Some(discount) = discount.filter(|note| !working.contains(note.as_str())) {
        working = format!("{working}; {discount}");
    }
    Origin::new(basis, source, working)
}
