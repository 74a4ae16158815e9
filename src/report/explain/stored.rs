//! The list of figures as `report.json` keeps it, and read back, so that `explain` needs no exports.
//!
//! Every figure stands once, with its parts before it. Name, worth, rule, words, basis and source are kept whole: an
//! answer from the file is the answer from the exports. A file that no report wrote is refused.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::check::in_a_sentence;
use crate::model::basis::Basis;
use crate::model::span::Span;
use crate::money::{Currency, Number};
use crate::named::of_word;
use crate::report::SCHEMA;
use crate::report::checks::in_a_line;

use super::derivation::{Amount, Derivation, Part, Rule, Unit, Value};
use super::figures::{Figure, Figures};

/// The list of a report, and which of its figures the tables show, in their order.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct StoredFigures {
    shown: Vec<Shown>,
    list: Vec<StoredFigure>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Shown {
    table: Cow<'static, str>,
    /// Where the figure stands in the list, from 0.
    figure: usize,
}

/// A figure of the list, worth a number between two ends, a day or words.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct StoredFigure {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    day: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    words: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    low: Option<String>,
    /// With everything that it rests on at its value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    /// While something is missing, both are the ends of the known rest: the low end is a floor then, and nobody knows
    /// a high one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    high: Option<String>,
    /// A currency, or what is counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unit: Option<Cow<'static, str>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    missing: Vec<String>,
    rule: Cow<'static, str>,
    /// Where its parts stand in the list, from 0.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    parts: Vec<usize>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    working: String,
    basis: Cow<'static, str>,
    source: String,
}

/// All figures of a report, and what an answer says beside them.
pub(crate) struct ReportFigures {
    pub(crate) organisation: String,
    pub(crate) as_of: String,
    pub(crate) currency: Currency,
    /// The lines of the severe checks.
    pub(crate) severe: Vec<String>,
    pub(crate) figures: Figures,
}

/// The same as it stands in the file, beside much else.
#[derive(Deserialize)]
struct Written {
    organisation: String,
    as_of: String,
    currency: String,
    checks: Vec<WrittenCheck>,
    figures: StoredFigures,
}

#[derive(Deserialize)]
struct WrittenCheck {
    severity: String,
    code: String,
    evidence: String,
    action: String,
}

#[derive(Deserialize)]
struct Schema {
    schema: String,
}

/// How deep figures may be made of figures. A report's are about twenty deep.
const DEEPEST: usize = 200;

/// The list of a report.
pub(crate) fn stored(figures: &Figures) -> StoredFigures {
    let mut storing = Storing::default();
    let shown = figures.all().iter().map(|figure| Shown {
        table: figure.table.clone(),
        figure: storing.place(&figure.part),
    });
    StoredFigures {
        shown: shown.collect(),
        list: storing.list,
    }
}

#[derive(Default)]
struct Storing {
    list: Vec<StoredFigure>,
    places: BTreeMap<String, usize>,
}

impl Storing {
    /// Where a figure stands; it is added behind its parts.
    fn place(&mut self, part: &Derivation) -> usize {
        if let Some(at) = self.places.get(&part.name) {
            return *at;
        }
        let parts = part.parts.iter().map(|part| self.place(part)).collect();
        let mut figure = StoredFigure {
            name: part.name.clone(),
            rule: part.rule.as_str().into(),
            parts,
            working: part.working.clone(),
            basis: part.basis.as_str().into(),
            source: part.source.clone(),
            ..StoredFigure::default()
        };
        match &part.value {
            Value::Day(day) => figure.day = Some(day.to_string()),
            Value::Words(words) => figure.words = Some(words.clone()),
            Value::Amount(amount) => {
                let text = |number: Option<Number>| number.map(Number::plain);
                figure.low = text(amount.span.map(|span| span.low));
                figure.value = text(amount.value);
                figure.high = text(amount.span.map(|span| span.high));
                figure.unit = Some(match amount.unit {
                    Unit::Money(currency) => currency.code().to_owned().into(),
                    Unit::Of(unit) => unit.into(),
                });
                figure.missing.clone_from(&amount.missing);
            }
        }
        self.list.push(figure);
        self.places.insert(part.name.clone(), self.list.len() - 1);
        self.list.len() - 1
    }
}

/// Whether a text starts as a report's does, whichever version wrote it.
pub(crate) fn is_report(text: &[u8]) -> bool {
    let start = &text[..text.len().min(200)];
    let form = SCHEMA.trim_end_matches(char::is_numeric);
    String::from_utf8_lossy(start).contains(&format!("\"{form}"))
}

/// Reads a `report.json`.
///
/// # Errors
/// What is wrong with it, in words.
pub(crate) fn read(text: &[u8]) -> Result<ReportFigures, String> {
    let written = |error: serde_json::Error| format!("it is not as a report writes it: {error}");
    let schema: Schema = serde_json::from_slice(text).map_err(written)?;
    if schema.schema != SCHEMA {
        return Err(format!(
            "it is of the form {}, and this program reads {SCHEMA}",
            schema.schema
        ));
    }
    let report: Written = serde_json::from_slice(text).map_err(written)?;
    let currency = Currency::parse(&report.currency)
        .map_err(|_| format!("its currency {:?} is none", report.currency))?;
    let severe = report.checks.iter().filter(|one| one.severity == "severe");
    Ok(ReportFigures {
        severe: severe
            .map(|one| {
                let sentence = in_a_sentence(&one.evidence, &one.action);
                in_a_line(&one.severity, &one.code, &sentence)
            })
            .collect(),
        figures: read_list(report.figures)?,
        organisation: report.organisation,
        as_of: report.as_of,
        currency,
    })
}

fn read_list(stored: StoredFigures) -> Result<Figures, String> {
    let StoredFigures { shown, list } = stored;
    let mut read: Vec<Part> = Vec::with_capacity(list.len());
    let mut depths = Vec::with_capacity(list.len());
    for one in list {
        let name = one.name.clone();
        let deepest = one.parts.iter().filter_map(|at| depths.get(*at)).max();
        let depth = deepest.map_or(0_usize, |depth| depth + 1);
        if depth > DEEPEST {
            return Err(format!(
                "its figure {name:?} is made of figures more than {DEEPEST} deep"
            ));
        }
        depths.push(depth);
        let part = read_figure(one, &read)
            .ok_or_else(|| format!("its figure {name:?} is not as a report writes it"))?;
        read.push(part);
    }
    let shown = shown.into_iter().map(|one| {
        let part = read.get(one.figure)?.clone();
        let table = one.table;
        Some(Figure { table, part })
    });
    let shown = shown.collect::<Option<Vec<_>>>();
    let shown = shown.ok_or("a table shows a figure that is not in its list")?;
    Ok(Figures::read(shown))
}

/// `None` where a word, a number or a part is not one that a report writes.
fn read_figure(one: StoredFigure, before: &[Part]) -> Option<Part> {
    let parts = one.parts.iter().map(|at| before.get(*at).cloned());
    let parts = parts.collect::<Option<Vec<_>>>()?;
    let value = match (one.day, one.words, one.unit) {
        (Some(day), None, None) => Value::Day(day.parse().ok()?),
        (None, Some(words), None) => Value::Words(words),
        (None, None, Some(unit)) => {
            let number = |text: Option<String>| match text {
                Some(text) => Number::parse_plain(&text).map(Some),
                None => Some(None),
            };
            let ends = number(one.low)?.zip(number(one.high)?);
            Value::Amount(Amount {
                span: ends.map(|(low, high)| Span { low, high }),
                value: number(one.value)?,
                missing: one.missing,
                unit: unit_named(&unit),
            })
        }
        _ => return None,
    };
    Some(Part::new(Derivation {
        name: one.name,
        value,
        rule: of_word(Rule::ALL.as_slice(), &one.rule)?,
        working: one.working,
        basis: of_word(Basis::ALL.as_slice(), &one.basis)?,
        source: one.source,
        parts,
    }))
}

/// A currency, or the word for what is counted. Words are kept until the program ends: a command reads one report.
fn unit_named(name: &str) -> Unit {
    match Currency::parse(name) {
        Ok(currency) => Unit::Money(currency),
        Err(_) => Unit::Of(Box::leak(name.into())),
    }
}
