//! Scenarios side by side: what each alternative costs and what the answer is, for the base and for each what-if.

use crate::model::breakeven::{Against, HeadcountBreakEven};
use crate::model::crossing::End;
use crate::model::decision::Agreement;
use crate::model::facts::{Facts, ThirdPartyPrice};
use crate::model::whole::Model;
use crate::money::Cost;

use super::quote::Answer;
use super::summary::{Section, Summary, TextTable};
use super::table::{Cell, Table};

/// The model under one set of assumptions.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) model: Model,
    pub(crate) changes: Vec<Change>,
}

/// A value that a scenario states.
pub(crate) struct Change {
    pub(crate) key: String,
    pub(crate) value: String,
    /// File and line.
    pub(crate) source: String,
}

/// One result of a case, which two cases have alike or not.
#[derive(PartialEq)]
struct Figure {
    kind: &'static str,
    /// The alternative that it is of, as programs know it; empty where it is of all.
    alternative: &'static str,
    label: String,
    value: Value,
    basis: &'static str,
    source: String,
}

#[derive(PartialEq)]
enum Value {
    Cost(Cost),
    Words(String),
}

pub(crate) fn answer(organisation: &str, base: &Case, scenarios: &[Case]) -> Answer {
    let facts = &base.model.facts;
    let summary = Summary {
        title: format!(
            "{organisation} · scenarios · {} · {}",
            facts.day,
            facts.currency.code()
        ),
        headline: Vec::new(),
        warnings: Vec::new(),
        sections: vec![
            side_by_side(base, scenarios),
            changes_section(base, scenarios),
        ],
    };
    Answer {
        summary,
        table: table(base, scenarios),
    }
}

fn figures(model: &Model) -> Vec<Figure> {
    let comparison = &model.comparison;
    let mut figures: Vec<Figure> = comparison
        .alternatives
        .iter()
        .map(|one| Figure {
            kind: "first-year",
            alternative: one.way.as_str(),
            label: one.label.clone(),
            value: Value::Cost(one.first_year.clone()),
            basis: one.basis.as_str(),
            source: one.source.clone(),
        })
        .collect();
    let decision = &model.decision;
    let mut told = |kind, label: &str, words: String, source: &str| {
        figures.push(Figure {
            kind,
            alternative: "",
            label: label.to_owned(),
            value: Value::Words(words),
            basis: "assumed",
            source: source.to_owned(),
        });
    };
    let cheapest = &comparison.cheapest;
    let certainty = if cheapest.certain {
        ""
    } else {
        ", not for certain"
    };
    told(
        "cheapest",
        "cheapest",
        format!("{}{certainty}", cheapest.label),
        "the alternatives' first year",
    );
    told(
        "guide-advises",
        "the guide advises",
        advice(model),
        decision.source,
    );
    told(
        "guide-and-figures",
        "guide and figures",
        agreement(decision.agreement).to_owned(),
        decision.source,
    );
    figures.extend(break_even_figures(model));
    figures
}

fn advice(model: &Model) -> String {
    let decision = &model.decision;
    let applied = decision
        .situations
        .iter()
        .find(|one| decision.applied == Some(one.rule));
    applied.map_or_else(|| "nothing".to_owned(), |one| one.way.in_words().to_owned())
}

const fn agreement(agreement: Agreement) -> &'static str {
    match agreement {
        Agreement::Agree => "agree",
        Agreement::Differ => "differ",
        Agreement::CannotTell => "can't tell: no price",
        Agreement::NoAdvice => "no advice",
    }
}

/// From which headcount a Guard plan pays by the benchmark, held against what it avoids.
fn break_even_figures(model: &Model) -> impl Iterator<Item = Figure> {
    model
        .headcounts
        .iter()
        .filter(|one| one.against == Against::WhatItAvoids && one.per == "person")
        .map(|one| Figure {
            kind: match one.fee {
                End::Low => "break-even-headcount-low-price",
                End::High => "break-even-headcount-high-price",
            },
            alternative: one.way.as_str(),
            label: format!(
                "{} pays, {} price",
                one.way.label(),
                match one.fee {
                    End::Low => "low",
                    End::High => "high",
                }
            ),
            value: Value::Words(headcounts(one)),
            basis: one.basis.as_str(),
            source: one.source.clone(),
        })
}

fn headcounts(one: &HeadcountBreakEven) -> String {
    if one.searched_to == 0 {
        return "price unknown".to_owned();
    }
    if one.crossings.is_empty() {
        return format!("never up to {}", one.searched_to);
    }
    let steps: Vec<String> = one
        .crossings
        .iter()
        .map(|crossing| {
            let verb = if crossing.pays { "from" } else { "not from" };
            format!("{verb} {} people", crossing.from)
        })
        .collect();
    steps.join(", ")
}

fn shown(value: &Value) -> String {
    match value {
        Value::Cost(cost) => cost.whole(),
        Value::Words(words) => words.clone(),
    }
}

fn side_by_side(base: &Case, scenarios: &[Case]) -> Section {
    let mut columns = vec!["first year, and the answer".to_owned(), base.name.clone()];
    columns.extend(scenarios.iter().map(|one| one.name.clone()));
    let mut table = TextTable {
        right: vec![false; columns.len()],
        optional: vec![false; columns.len()],
        columns,
        ..TextTable::default()
    };
    let others: Vec<Vec<Figure>> = scenarios.iter().map(|one| figures(&one.model)).collect();
    for (place, figure) in figures(&base.model).iter().enumerate() {
        let mut row = vec![figure.label.clone(), shown(&figure.value)];
        row.extend(others.iter().map(|other| match other.get(place) {
            Some(other) if other.value == figure.value => "=".to_owned(),
            Some(other) => shown(&other.value),
            None => String::new(),
        }));
        table.push(row);
    }
    let mut notes = vec![
        "= is the same as in the base.".to_owned(),
        "From which headcount Guard pays is by the benchmark for each person, held against what it avoids.".to_owned(),
    ];
    notes.extend(
        scenarios
            .iter()
            .filter(|one| one.model.comparison.alternatives == base.model.comparison.alternatives)
            .map(|one| format!("{:?} changes no cost of the first year.", one.name)),
    );
    Section {
        title: "Side by side".to_owned(),
        table,
        notes,
    }
}

fn changes_section(base: &Case, scenarios: &[Case]) -> Section {
    let mut table = TextTable::new(&["scenario", "changes", ">from", ">to", "stated in"]);
    for one in scenarios {
        for change in &one.changes {
            table.push([
                one.name.clone(),
                change.key.clone(),
                before(base, &change.key),
                change.value.clone(),
                change.source.clone(),
            ]);
        }
    }
    Section {
        title: "What each scenario changes".to_owned(),
        table,
        notes: Vec::new(),
    }
}

/// The base's value of what a scenario changes.
fn before(base: &Case, key: &str) -> String {
    let assumptions = &base.model.assumptions;
    let known = assumptions
        .list()
        .iter()
        .find(|one| one.name.as_str() == key);
    known
        .map(|one| one.value.plain())
        .or_else(|| offered(&base.model.facts, key))
        .or_else(|| {
            let hours = assumptions.hours_a_year()?;
            (key == crate::model::assumption::HOURS_A_YEAR).then(|| hours.plain())
        })
        .unwrap_or_else(|| "not stated".to_owned())
}

fn offered(facts: &Facts, key: &str) -> Option<String> {
    let offer = facts.third_party.as_ref()?;
    let amount = match (key, offer.price) {
        ("annual_fee", ThirdPartyPrice::AnnualFee(fee)) => fee,
        ("price_per_user_month", ThirdPartyPrice::PerUserMonth(price)) => price,
        ("setup_fee", _) => offer.set_up_fee?,
        _ => return None,
    };
    Some(amount.plain())
}

fn table(base: &Case, scenarios: &[Case]) -> Table {
    let currency = base.model.facts.currency.code();
    let base_figures = figures(&base.model);
    let mut rows = Vec::new();
    for case in std::iter::once(base).chain(scenarios) {
        for (place, figure) in figures(&case.model).into_iter().enumerate() {
            let same = base_figures
                .get(place)
                .is_some_and(|base| base.value == figure.value);
            rows.push(figure_row(&case.name, figure, same, currency));
        }
        for change in &case.changes {
            rows.push(vec![
                Cell::text(&case.name),
                Cell::text("changes"),
                Cell::text(&change.key),
                Cell::Missing,
                Cell::Missing,
                Cell::Missing,
                Cell::text(&change.value),
                Cell::text("no"),
                Cell::text("configured"),
                Cell::text(&change.source),
                Cell::Missing,
            ]);
        }
    }
    Table {
        name: "scenarios",
        provenance: "one row a scenario and figure, then its changes; low and high hold the known part, and the column \
                     missing says what has no price"
            .to_owned(),
        columns: &[
            "scenario", "figure", "of", "currency", "low", "high", "value", "same_as_base", "basis", "source", "missing",
        ],
        rows,
    }
}

fn figure_row(scenario: &str, figure: Figure, same: bool, currency: &str) -> Vec<Cell> {
    let (currency, [low, high], value, missing) = match &figure.value {
        Value::Cost(cost) => (
            Cell::text(currency),
            Cell::range(cost.known()),
            Cell::Missing,
            cost.missing().join("; "),
        ),
        Value::Words(words) => (
            Cell::Missing,
            [Cell::Missing, Cell::Missing],
            Cell::text(words),
            String::new(),
        ),
    };
    vec![
        Cell::text(scenario),
        Cell::text(figure.kind),
        Cell::text(figure.alternative),
        currency,
        low,
        high,
        value,
        Cell::text(if same { "yes" } else { "no" }),
        Cell::text(figure.basis),
        Cell::text(figure.source),
        if missing.is_empty() {
            Cell::Missing
        } else {
            Cell::text(missing)
        },
    ]
}
