//! Scenarios side by side: the licence bill, what each alternative costs and what the answer is, for the base and for
//! each what-if.

mod bills;
mod figures;

use figures::{Figure, Value, figures};

use crate::domain::check::Check;
use crate::model::inputs::facts::{Facts, ThirdPartyPrice};
use crate::model::whole::Model;
use crate::money::Cost;
use crate::price::estate::Estate;

use super::checks;
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
        warnings: warnings(&cases),
        sections,
    };
    let table = table(&cases, &columns, facts.currency.code());
    Answer {
        summary,
        table,
        before: vec![checks::table_by_case(&fired(&cases))],
    }
}

/// The checks of the base, and those of each scenario that the base has not, with the case's name.
fn fired<'c>(cases: &[&'c Case]) -> Vec<(&'c str, &'c Check)> {
    let Some((base, others)) = cases.split_first() else {
        return Vec::new();
    };
    let known = &base.model.checks;
    let of_base = known.iter().map(|check| (base.name.as_str(), check));
    let own = others.iter().flat_map(|case| {
        let news = case.model.checks.iter().filter(|one| !known.contains(one));
        news.map(|check| (case.name.as_str(), check))
    });
    of_base.chain(own).collect()
}

fn warnings(cases: &[&Case]) -> Vec<String> {
    let base = cases.first().map_or("", |base| &base.name);
    let mut told = fired(cases);
    told.sort_by_key(|(_, check)| check.severity());
    told.into_iter()
        .map(|(case, check)| {
            let line = checks::line(check);
            if case == base {
                line
            } else {
                format!("{case:?}: {line}")
            }
        })
        .collect()
}

fn shown(value: &Value) -> String {
    match value {
        Value::Cost(cost) => cost.whole(),
        Value::Words(words) => words.clone(),
        Value::Line(plan, cost) => format!("{plan}: {}", cost.whole()),
    }
}

/// A table with a column a case, of the figures that are wanted.
fn in_columns(
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
    let mut notes = vec!["= means: the same as in the base.".to_owned()];
    notes.extend(bills::notes(cases));
    notes.push("The headcount from which Guard pays for itself comes from the benchmark per person, compared with what Guard avoids.".to_owned());
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
        ["scenario", "changes", ">from", ">to", "configured in"]
    } else {
        ["scenario", "changes", "from", "to", "configured in"]
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
            (key == crate::model::assumptions::assumption::HOURS_A_YEAR)
                .then(|| hours.value.plain())
        })
        .unwrap_or_else(|| "not configured".to_owned())
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
