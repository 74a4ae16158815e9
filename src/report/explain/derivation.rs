//! `Derivation`: one figure and the figures that it is made of, down to counts, prices and assumptions.
//!
//! A figure of the report brings the value that the report shows. What lies between it and its sources is computed
//! here from its parts by its `Rule`; a test recomputes every node, so a derivation that does not lead to its figure
//! cannot stay unseen.

use std::rc::Rc;

use crate::domain::day::Day;
pub(crate) use crate::figures::Unit;
use crate::model::basis::Basis;
use crate::model::inputs::facts::CountRange;
use crate::model::span::Span;
use crate::money::{Cost, Currency, Money, MoneyError, MoneyRange, Number};
use crate::named::named;

/// Derivations share their parts: a bill is part of many figures.
pub(crate) type Part = Rc<Derivation>;

named! {
    /// How a figure comes from its parts, or where one without parts comes from. Its words are the rule for a reader.
    Rule, words {
        Same = "same", "the part itself";
        Sum = "sum", "the parts added up";
        JointSum = "joint-sum", "the parts added up, every assumption and price at one place in all";
        Either = "either", "two readings: from the least to the most of the parts";
        RoundedUp = "rounded-up", "the first, rounded up to a whole multiple of the second";
        RoundedSum = "rounded-sum", "the parts added up, then rounded to the cent";
        ExactSum = "exact-sum", "the parts added up, not rounded yet";
        Difference = "difference", "the first less the second, low from low and high from high";
        Remainder = "remainder", "the first less the second, whatever each turns out to be";
        Joint = "joint", "the first less the second, every assumption and price at one place in both";
        Product = "product", "the parts multiplied";
        ExactProduct = "exact-product", "the parts multiplied, not rounded yet";
        Quotient = "quotient", "the first divided by the second";
        Scaled = "scaled", "the first times the second, divided by the third";
        LessShare = "less-share", "the first less the second as a share of it";
        Rest = "rest", "the first less the third as a share of the second";
        Complement = "complement", "one whole less the parts multiplied";
        Range = "range", "from the low end of the first to the high end of the last";
        LowEnd = "low-end", "the low end of the part";
        HighEnd = "high-end", "the high end of the part";
        UpTo = "up-to", "none of the part, or all of it";
        Negative = "negative", "the part taken off";
        Compound = "compound", "one plus the first, multiplied by itself as often as the second says";
        Whole = "whole", "the parts multiplied, rounded to a whole number";
        Greatest = "greatest", "the greater of the two";
        Least = "least", "the lesser of the two";
        InBand = "in-band", "those of the part that fall into the band";
        SharedOut = "shared-out", "the first shared out: the second's part of the third, whole cents by largest remainder";
        Distance = "distance", "how far the parts are apart";
        PerUnit = "per-unit", "the first, not below nothing, divided by the second, whatever each turns out to be";
        Root = "root", "where a straight line from the first, rising by the second, meets zero; nothing where it does not";
        Payback = "payback", "the years until the nets of the parts, added up, are no longer below zero";
        Crossing = "crossing", "the first whole number from which the second is on the other side of the first";
        NoCrossing = "no-crossing", "searched in every band: the first is always above the second";
        Recomputed = "recomputed", "computed again with one value replaced";
        Drawn = "drawn", "out of random draws";
        Counted = "counted", "counted";
        Priced = "price", "a price";
        Stated = "stated", "a configured value";
        Calendar = "calendar", "a day of the calendar";
    }
}

/// What a figure is worth.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Value {
    Amount(Amount),
    Day(Day),
    Words(String),
}

/// A number or money between two ends, of which parts may be missing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Amount {
    /// `None` where nothing is known.
    pub(crate) span: Option<Span>,
    /// With everything that it rests on at its value; `None` where a part is missing, or a search has no one answer.
    pub(crate) value: Option<Number>,
    pub(crate) missing: Vec<String>,
    pub(crate) unit: Unit,
}

impl Amount {
    /// Of what is known only as a range the value is the middle.
    pub(crate) fn new(span: Option<Span>, missing: Vec<String>, unit: Unit) -> Amount {
        let known = span.filter(|_| missing.is_empty());
        let middle = |span: Span| {
            if span.is_point() {
                return Some(span.low);
            }
            let sum = span.low.plus(span.high).ok()?;
            Some(rounded(unit, sum.times(Number::HALF).ok()?))
        };
        Amount {
            span,
            value: known.and_then(middle),
            missing,
            unit,
        }
    }

    /// What a search brought has no value between its ends.
    pub(crate) fn searched(span: Option<Span>, missing: Vec<String>, unit: Unit) -> Amount {
        let point = span.filter(|span| span.is_point() && missing.is_empty());
        Amount {
            value: point.map(|span| span.low),
            ..Amount::new(span, missing, unit)
        }
    }

    pub(crate) fn of(span: Span, unit: &'static str) -> Amount {
        Amount::new(Some(span), Vec::new(), Unit::Of(unit))
    }

    pub(crate) fn count(count: u64, unit: &'static str) -> Amount {
        Amount::of(Span::of_counts(count, count), unit)
    }

    pub(crate) fn counts(range: CountRange, unit: &'static str) -> Amount {
        Amount::of(Span::of_counts(range.certain, range.at_most), unit)
    }

    pub(crate) fn range(range: MoneyRange) -> Amount {
        let span = Span {
            low: range.low().amount(),
            high: range.high().amount(),
        };
        Amount::new(Some(span), Vec::new(), Unit::Money(range.currency()))
    }

    pub(crate) fn cost(cost: &Cost, currency: Currency) -> Amount {
        let known = cost.known().map(Amount::range);
        let span = known.and_then(|known| known.span);
        Amount::new(span, cost.missing().to_vec(), Unit::Money(currency))
    }

    /// The low end, and the high one where nothing is missing.
    pub(crate) fn ends(&self) -> (Option<Number>, Option<Number>) {
        let whole = self.span.filter(|_| self.missing.is_empty());
        (self.span.map(|span| span.low), whole.map(|span| span.high))
    }

    /// `$3,600.00–4,800.00`, `98.112 h`, `at least $3,600.00`, `unknown`.
    pub(crate) fn text(&self) -> String {
        let Some(span) = self.span else {
            return "unknown".to_owned();
        };
        let whole = self.missing.is_empty();
        let span = if whole { span } else { Span::point(span.low) };
        let text = match self.unit {
            Unit::Money(currency) => {
                let money = |number| Money::new(number, currency);
                MoneyRange::between(money(span.low), money(span.high))
                    .map_or_else(|_| span.exact(), MoneyRange::exact)
            }
            Unit::Of(unit) => {
                let rounded = Span {
                    low: span.low.rounded(6),
                    high: span.high.rounded(6),
                };
                format!("{} {unit}", rounded.exact()).trim_end().to_owned()
            }
        };
        if whole {
            text
        } else {
            format!("at least {text}")
        }
    }
}

/// One figure with how it is made.
#[derive(Debug)]
pub(crate) struct Derivation {
    /// `guard-standard/it-labour`.
    pub(crate) name: String,
    pub(crate) value: Value,
    pub(crate) rule: Rule,
    /// What there is to say besides the rule.
    pub(crate) working: String,
    pub(crate) basis: Basis,
    /// Of a figure with parts it is theirs.
    pub(crate) source: String,
    pub(crate) parts: Vec<Part>,
}

/// Where a figure without parts comes from.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    pub(crate) basis: Basis,
    pub(crate) source: String,
    pub(crate) working: String,
}

impl Origin {
    pub(crate) fn new(
        basis: Basis,
        source: impl Into<String>,
        working: impl Into<String>,
    ) -> Origin {
        Origin {
            basis,
            source: source.into(),
            working: working.into(),
        }
    }
}

impl Derivation {
    /// A figure that is made of nothing else.
    pub(crate) fn leaf(name: impl Into<String>, value: Value, rule: Rule, from: Origin) -> Part {
        Rc::new(Derivation {
            name: name.into(),
            value,
            rule,
            working: from.working,
            basis: from.basis,
            source: from.source,
            parts: Vec::new(),
        })
    }

    /// A figure of the report with what it is made of.
    pub(crate) fn figure(
        name: impl Into<String>,
        value: Amount,
        rule: Rule,
        parts: Vec<Part>,
    ) -> Part {
        Derivation::with_working(name, Value::Amount(value), rule, parts, String::new())
    }

    /// The same with words besides the rule.
    pub(crate) fn with_working(
        name: impl Into<String>,
        value: Value,
        rule: Rule,
        parts: Vec<Part>,
        working: String,
    ) -> Part {
        let value = match value {
            Value::Amount(amount) => Value::Amount(at_values(amount, rule, &parts)),
            other => other,
        };
        Rc::new(Derivation {
            name: name.into(),
            value,
            rule,
            working,
            basis: Basis::weakest(parts.iter().map(|part| part.basis)),
            source: if parts.is_empty() {
                "there is nothing to add up".to_owned()
            } else {
                "its parts".to_owned()
            },
            parts,
        })
    }

    /// A figure between the report's and its sources, computed from its parts.
    ///
    /// # Errors
    /// `TooLarge`, `DivisionByZero`.
    pub(crate) fn made(
        name: impl Into<String>,
        unit: Unit,
        rule: Rule,
        parts: Vec<Part>,
    ) -> Result<Part, MoneyError> {
        let value = computed(unit, rule, &parts)?;
        Ok(Derivation::figure(name, value, rule, parts))
    }

    /// The value as an amount; nothing known of words and days.
    pub(crate) fn amount(&self) -> Amount {
        match &self.value {
            Value::Amount(amount) => amount.clone(),
            Value::Day(_) | Value::Words(_) => {
                Amount::new(None, vec![self.name.clone()], Unit::Of(""))
            }
        }
    }
}

/// What a rule makes of parts. Of a sum, known parts add up beside unknown ones; any other rule needs them all.
fn computed(unit: Unit, rule: Rule, parts: &[Part]) -> Result<Amount, MoneyError> {
    let amounts: Vec<Amount> = parts.iter().map(|part| part.amount()).collect();
    let mut missing: Vec<String> = Vec::new();
    for reason in amounts.iter().flat_map(|amount| &amount.missing) {
        if !missing.contains(reason) {
            missing.push(reason.clone());
        }
    }
    let known: Vec<Span> = amounts.iter().filter_map(|amount| amount.span).collect();
    let is_sum = matches!(rule, Rule::Sum | Rule::RoundedSum | Rule::ExactSum);
    let enough = known.len() == amounts.len() || (is_sum && !known.is_empty());
    let span = if enough {
        rounded_span(unit, rule, &known)?
    } else {
        None
    };
    Ok(Amount::new(span, missing, unit))
}

/// A figure with the value that its rule makes of the values of its parts. Of a rule that picks an end, and of one that
/// no formula says, its own stays; what is searched or drawn has no value between its ends.
fn at_values(amount: Amount, rule: Rule, parts: &[Part]) -> Amount {
    match rule {
        _ if amount.span.is_none_or(Span::is_point) => return amount,
        Rule::Recomputed | Rule::Drawn | Rule::Root | Rule::Payback | Rule::Crossing => {
            return Amount::searched(amount.span, amount.missing, amount.unit);
        }
        Rule::Range | Rule::LowEnd | Rule::HighEnd | Rule::UpTo => return amount,
        _ => {}
    }
    let values: Option<Vec<Span>> = parts
        .iter()
        .map(|part| part.amount().value.map(Span::point))
        .collect();
    let made = values
        .filter(|values| !values.is_empty() && amount.value.is_some())
        .and_then(|values| rounded_span(amount.unit, rule, &values).ok().flatten())
        .filter(|made| made.is_point());
    Amount {
        value: made.map_or(amount.value, |made| Some(made.low)),
        ..amount
    }
}

/// What a rule makes of the ends of parts, rounded to the cent where the rule does not say "exact".
fn rounded_span(unit: Unit, rule: Rule, spans: &[Span]) -> Result<Option<Span>, MoneyError> {
    let span = of_spans(unit, rule, spans)?;
    if matches!(rule, Rule::ExactSum | Rule::ExactProduct) {
        return Ok(span);
    }
    Ok(span.map(|span| Span {
        low: rounded(unit, span.low),
        high: rounded(unit, span.high),
    }))
}

/// Money to the minor unit; other numbers as they are.
fn rounded(unit: Unit, number: Number) -> Number {
    match unit {
        Unit::Money(currency) => Money::new(number, currency).round_minor().amount(),
        Unit::Of(_) => number,
    }
}

fn of_spans(unit: Unit, rule: Rule, spans: &[Span]) -> Result<Option<Span>, MoneyError> {
    let each = |start: Number, of: &dyn Fn(Number, Number) -> Result<Number, MoneyError>| {
        spans.iter().try_fold(Span::point(start), |so_far, span| {
            Ok::<_, MoneyError>(Span {
                low: of(so_far.low, span.low)?,
                high: of(so_far.high, span.high)?,
            })
        })
    };
    let ends = |low: Number, high: Number| Some(Span::between(low, high));
    Ok(match (rule, spans) {
        (Rule::Sum | Rule::RoundedSum | Rule::ExactSum, _) => {
            Some(each(Number::ZERO, &|sum, one| sum.plus(one))?)
        }
        (Rule::Product | Rule::ExactProduct, _) => {
            Some(each(Number::ONE, &|product, one| product.times(one))?)
        }
        (Rule::Whole, _) => {
            let product = each(Number::ONE, &|product, one| product.times(one))?;
            ends(product.low.rounded(0), product.high.rounded(0))
        }
        (Rule::Complement, _) => {
            Some(each(Number::ONE, &|product, one| product.times(one))?.complement()?)
        }
        (Rule::Difference, [one, other]) => {
            ends(one.low.minus(other.low)?, one.high.minus(other.high)?)
        }
        (Rule::Remainder, [one, other]) => {
            ends(one.low.minus(other.high)?, one.high.minus(other.low)?)
        }
        (Rule::Quotient, [one, by]) => {
            ends(one.low.divided_by(by.low)?, one.high.divided_by(by.high)?)
        }
        (Rule::Scaled, [one, by, over]) => ends(
            one.low.times(by.low)?.divided_by(over.low)?,
            one.high.times(by.high)?.divided_by(over.high)?,
        ),
        (Rule::LessShare, [whole, share]) => ends(
            whole
                .low
                .minus(rounded(unit, whole.low.times(share.high)?))?,
            whole
                .high
                .minus(rounded(unit, whole.high.times(share.low)?))?,
        ),
        (Rule::Rest, [whole, part, share]) => {
            let rest = |whole: Number, part: Number, share| -> Result<Number, MoneyError> {
                let gone = rounded(unit, part.times(share)?);
                Ok(whole.minus(gone)?.max(Number::ZERO))
            };
            ends(
                rest(whole.low, part.low, share.high)?,
                rest(whole.high, part.high, share.low)?,
            )
        }
        (Rule::Range, [first, ..]) => ends(first.low, spans.last().unwrap_or(first).high),
        (Rule::Either, [one, other]) => Some(Span {
            low: one.low.min(other.low),
            high: one.high.max(other.high),
        }),
        (Rule::Same, [one]) => Some(*one),
        (Rule::LowEnd, [one]) => Some(Span::point(one.low)),
        (Rule::HighEnd, [one]) => Some(Span::point(one.high)),
        (Rule::UpTo, [all]) => ends(Number::ZERO, all.high),
        (Rule::Negative, [one]) => {
            ends(Number::ZERO.minus(one.high)?, Number::ZERO.minus(one.low)?)
        }
        (Rule::Compound, [rate, times]) => {
            let times = times
                .low
                .ceiling()
                .and_then(|times| u32::try_from(times).ok());
            let times = times.ok_or(MoneyError::TooLarge)?;
            let factor = |rate: Number| Number::ONE.plus(rate)?.power(times);
            ends(factor(rate.low)?, factor(rate.high)?)
        }
        (Rule::Greatest, [one, other]) => ends(one.low.max(other.low), one.high.max(other.high)),
        (Rule::Least, [one, other]) => ends(one.low.min(other.low), one.high.min(other.high)),
        (Rule::PerUnit, [one, by]) => ends(
            one.low.max(Number::ZERO).divided_by(by.high)?,
            one.high.max(Number::ZERO).divided_by(by.low)?,
        ),
        (Rule::Distance, [one, other]) => {
            let apart = one.low.minus(other.low)?;
            let apart = apart.max(other.low.minus(one.low)?);
            Some(Span::point(apart))
        }
        _ => None,
    })
}
