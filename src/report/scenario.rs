//! Scenarios side by side: the licence bill, what each alternative costs and what the answer is, for the base and for
//! each what-if.

use crate::model::breakeven::{Against, HeadcountBreakEven};
use crate::model::crossing::End;
use crate::model::decision::Agreement;
use crate::model::facts::{Facts, ThirdPartyPrice};
use crate::model::horizon::Outlook;
use crate::model::way::Way;
use crate::model::whole::Model;
use crate::money::Cost;
use crate::price::estate::Estate;

use super::bills;
use super::quote::Answer;
use super::summary::{Section, Summary, TextTable};
use super::table::{Cell, Table};

/// Bills and model under one set of assumptions, prices and plans.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) model: Model,
    pub(crate) bill: Estate,
    /// Whether it states prices or plans.
    pub(crate) has_prices: bool,
    pub(crate) changes: Vec<Change>,
}

/// A value that a scenario states.
pub(crate) struct Change {
    pub(crate) key: String,
    /// The base's value in its place; `None` where the base's model has it under the same key.
    pub(crate) from: Option<String>,
    pub(crate) to: String,
    /// File and line.
    pub(crate) source: String,
}

/// One result of a case, which two cases have alike or not.
#[derive(PartialEq)]
pub(super) struct Figure {
    pub(super) kind: &'static str,
    /// The alternative or subscription that it is of, as programs know it; empty where it is of all.
    pub(super) of: String,
    pub(super) label: String,
    pub(super) value: Value,
    pub(super) basis: &'static str,
    pub(super) source: String,
}

#[derive(PartialEq)]
pub(super) enum Value {
    Cost(Cost),
    Words(String),
    /// A line of the bill with its plan.
    Line(String, Cost),
}

pub(crate) fn answer(organisation: &str, base: &Case, scenarios: &[Case]) -> Answer {
    let facts = &base.model.facts;
    let cases: Vec<&Case> = std::iter::once(base).chain(scenarios).collect();
    let bills = bills::shown(&cases);
    let columns: Vec<Vec<Figure>> = cases
        .iter()
        .zip(bills)
        .map(|(case, bills)| {
            let mut all = bills;
            all.extend(figures(&case.model));
            all
        })
        .collect();
    let mut sections = vec![side_by_side(&cases, &columns)];
    sections.extend(bills::lines_section(&cases, &columns));
    sections.push(changes_section(base, scenarios));
    let summary = Summary {
        title: format!(
            "{organisation} · scenarios · {} · {}",
            facts.day,
            facts.currency.code()
        ),
        headline: Vec::new(),
        warnings: Vec::new(),
        sections,
    };
    let table = table(&cases, &columns, facts.currency.code());
    (summary, table).into()
}

fn figures(model: &Model) -> Vec<Figure> {
    let comparison = &model.comparison;
    let mut figures: Vec<Figure> = comparison
        .alternatives
        .iter()
        .map(|one| Figure {
            kind: "first-year",
            of: one.way.as_str().to_owned(),
            label: one.label.clone(),
            value: Value::Cost(one.first_year.clone()),
            basis: one.basis.as_str(),
            source: one.source.clone(),
        })
        .collect();
    figures.extend(model.outlooks.iter().flat_map(years_ahead));
    let decision = &model.decision;
    let mut told = |kind, label: &str, words: String, source: &str| {
        figures.push(Figure {
            kind,
            of: String::new(),
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

/// What an alternative costs over the horizon and what it is worth today; work by hand is what that is against.
fn years_ahead(one: &Outlook) -> Vec<Figure> {
    let figure = |kind, what: &str, cost: &Cost| Figure {
        kind,
        of: one.way.as_str().to_owned(),
        label: format!("{}, {what}", one.label),
        value: Value::Cost(cost.clone()),
        basis: one.basis.as_str(),
        source: one.source.clone(),
    };
    let mut figures = vec![figure("all-years", "all years", &one.total)];
    if one.way != Way::Manual {
        figures.push(figure(
            "net-present-value",
            "net present value",
            &one.net_present_value,
        ));
    }
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

/// From which headcount a Guard plan pays by the benchmark, held against what it avoids. The same rows in every case:
/// a price that is no range is both ends of one.
fn break_even_figures(model: &Model) -> impl Iterator<Item = Figure> {
    let of_way = |way: Way| {
        model.headcounts.iter().filter(move |one| {
            one.way == way && one.against == Against::WhatItAvoids && one.per == "person"
        })
    };
    let ends = [Way::GuardStandard, Way::GuardPremium]
        .into_iter()
        .flat_map(|way| End::BOTH.map(|end| (way, end)));
    ends.filter_map(move |(way, end)| {
        let one = of_way(way)
            .find(|one| one.fee == end)
            .or_else(|| of_way(way).next())?;
        let (kind, price) = match end {
            End::Low => ("break-even-headcount-low-price", "low"),
            End::High => ("break-even-headcount-high-price", "high"),
        };
        Some(Figure {
            kind,
            of: way.as_str().to_owned(),
            label: format!("{} pays, {price} price", way.label()),
            value: Value::Words(headcounts(one)),
            basis: one.basis.as_str(),
            source: one.source.clone(),
        })
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
        Value::Line(plan, cost) => format!("{plan}: {}", cost.whole()),
    }
}

/// A table with a column a case, of the figures that are wanted.
pub(super) fn in_columns(
    title: &str,
    cases: &[&Case],
    columns: &[Vec<Figure>],
    wanted: impl Fn(usize, &Figure) -> bool,
) -> TextTable {
    let mut names = vec![title.to_owned()];
    names.extend(cases.iter().map(|one| one.name.clone()));
    let mut table = TextTable {
        right: vec![false; names.len()],
        optional: vec![false; names.len()],
        columns: names,
        beneath: true,
        ..TextTable::default()
    };
    let Some((base, others)) = columns.split_first() else {
        return table;
    };
    for (place, figure) in base.iter().enumerate() {
        if !wanted(place, figure) {
            continue;
        }
        let mut row = vec![figure.label.clone(), shown(&figure.value)];
        row.extend(others.iter().map(|other| match other.get(place) {
            Some(other) if other.value == figure.value => "=".to_owned(),
            Some(other) => shown(&other.value),
            None => String::new(),
        }));
        table.push(row);
    }
    table
}

fn side_by_side(cases: &[&Case], columns: &[Vec<Figure>]) -> Section {
    let mut notes = vec!["= is the same as in the base.".to_owned()];
    notes.extend(bills::notes(cases));
    notes.push("From which headcount Guard pays is by the benchmark for each person, held against what it avoids.".to_owned());
    if let Some((base, scenarios)) = cases.split_first() {
        let first_year = |case: &Case| case.model.comparison.alternatives.clone();
        let same = |one: &&&Case| {
            first_year(one) == first_year(base) && one.bill.today.annual == base.bill.today.annual
        };
        notes.extend(
            scenarios
                .iter()
                .filter(same)
                .map(|one| format!("{:?} changes no cost of the first year.", one.name)),
        );
    }
    Section {
        title: "Side by side".to_owned(),
        table: in_columns(
            "first year, years ahead, and the answer",
            cases,
            columns,
            |_, figure| figure.kind != bills::LINE,
        ),
        notes,
    }
}

fn changes_section(base: &Case, scenarios: &[Case]) -> Section {
    let rows: Vec<[String; 5]> = scenarios
        .iter()
        .flat_map(|one| one.changes.iter().map(move |change| (one, change)))
        .map(|(one, change)| {
            [
                one.name.clone(),
                change.key.clone(),
                change
                    .from
                    .clone()
                    .unwrap_or_else(|| before(base, &change.key)),
                change.to.clone(),
                change.source.clone(),
            ]
        })
        .collect();
    // Numbers are set to the right and never broken; terms in words have to be.
    let is_number = |text: &str| text.chars().all(|one| one.is_ascii_digit() || one == '.');
    let columns = if rows.iter().all(|[_, _, _, to, _]| is_number(to)) {
        ["scenario", "changes", ">from", ">to", "stated in"]
    } else {
        ["scenario", "changes", "from", "to", "stated in"]
    };
    let mut table = TextTable::new(&columns);
    for row in rows {
        table.push(row);
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
            (key == crate::model::assumption::HOURS_A_YEAR).then(|| hours.value.plain())
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

fn table(cases: &[&Case], columns: &[Vec<Figure>], currency: &str) -> Table {
    let mut rows = Vec::new();
    for (case, figures) in cases.iter().zip(columns) {
        let base = columns.first().into_iter().flatten();
        for (figure, base) in figures.iter().zip(base) {
            let same = figure.value == base.value;
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
                Cell::text(&change.to),
                Cell::text("no"),
                Cell::text("configured"),
                Cell::text(&change.source),
                Cell::Missing,
            ]);
        }
    }
    Table {
        name: "scenarios",
        provenance: "one row a scenario and figure, then its changes; what lacks a price has its floor in low and nothing in high, and the column \
                     missing says what has no price; the value of a licence line is its plan"
            .to_owned(),
        columns: &[
            "scenario", "figure", "of", "currency", "low", "high", "value", "same_as_base", "basis", "source", "missing",
        ],
        rows,
    }
}

fn figure_row(scenario: &str, figure: &Figure, same: bool, currency: &str) -> Vec<Cell> {
    let amount = |cost: &Cost, value| {
        (
            Cell::text(currency),
            Cell::ends(cost),
            value,
            cost.missing().join("; "),
        )
    };
    let (currency, [low, high], value, missing) = match &figure.value {
        Value::Cost(cost) => amount(cost, Cell::Missing),
        Value::Line(plan, cost) => amount(cost, Cell::text(plan)),
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
        Cell::text(&figure.of),
        currency,
        low,
        high,
        value,
        Cell::text(if same { "yes" } else { "no" }),
        Cell::text(figure.basis),
        Cell::text(&figure.source),
        if missing.is_empty() {
            Cell::Missing
        } else {
            Cell::text(missing)
        },
    ]
}
