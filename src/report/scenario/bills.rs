//! The licence bill of each scenario, beside the others: its total, what clean-up saves, and the lines that differ.
//!
//! Shown only where a scenario states prices or plans; the seats are the same ones in every case.

use std::collections::BTreeMap;

use crate::model::basis::Basis;
use crate::model::inputs::facts::AccountCounts;
use crate::money::Cost;
use crate::price::quote::{Basis as PriceBasis, BillLine};

use super::figures::{Figure, Value};
use super::{Case, in_columns};
use crate::report::summary::Section;

/// The kind of a figure that is one line of the bill.
pub(super) const LINE: &str = "licence-line";
const PRICED: &str = "seats of the exports, by contract and price book";

/// For each case the figures of its bill, the same ones in the same order.
pub(super) fn shown(cases: &[&Case]) -> Vec<Vec<Figure>> {
    let is_shown = cases.iter().any(|case| case.has_prices)
        && cases.iter().all(|case| case.model.facts.bills.is_some());
    // A free plan has no line, so a line of one case may be in no other.
    let mut lines: BTreeMap<usize, String> = BTreeMap::new();
    for line in cases.iter().flat_map(|case| &case.bill.lines) {
        lines.insert(line.offering, name(&line.today));
    }
    let counts_differ = cases
        .windows(2)
        .any(|pair| guard(pair[0]) != guard(pair[1]));
    cases
        .iter()
        .map(|case| {
            let mut figures = Vec::new();
            if is_shown {
                figures.extend(of_bill(case, &lines));
            }
            if counts_differ {
                figures.extend(of_guard(case));
            }
            figures
        })
        .collect()
}

/// `Jira on acme`: a scenario may change the plan.
fn name(line: &BillLine) -> String {
    match &line.site {
        None => line.product.clone(),
        Some(site) => format!("{} on {site}", line.product),
    }
}

fn of_bill(case: &Case, lines: &BTreeMap<usize, String>) -> Vec<Figure> {
    let figure = |kind, of: &str, label: &str, value, basis: Basis, source: &str| Figure {
        kind,
        of: of.to_owned(),
        label: label.to_owned(),
        value,
        basis: basis.as_str(),
        source: source.to_owned(),
    };
    let basis_of = |cost: &Cost| {
        let mut lines = case.bill.lines.iter();
        match cost.is_complete() {
            false => Basis::Unpriced,
            true if lines.any(|one| one.today.basis == PriceBasis::Contract) => Basis::Configured,
            true => Basis::Measured,
        }
    };
    let mut figures = vec![
        figure(
            "licence-bill",
            "",
            "licence bill a year",
            Value::Cost(case.bill.today.annual.clone()),
            basis_of(&case.bill.today.annual),
            PRICED,
        ),
        figure(
            "clean-up-saving",
            "",
            "clean-up saves a year",
            Value::Cost(case.bill.waste.clone()),
            basis_of(&case.bill.waste),
            "the difference of two bills: with the wasted seats and without them",
        ),
    ];
    for (offering, name) in lines {
        let line = case.bill.lines.iter().find(|one| one.offering == *offering);
        let value = match line {
            Some(line) => Value::Line(line.today.plan.clone(), line.today.annual.clone()),
            None => Value::Words("not billed".to_owned()),
        };
        let basis = match line.map(|one| (one.today.basis, one.today.annual.is_complete())) {
            Some((_, false)) => Basis::Unpriced,
            Some((PriceBasis::Contract, true)) => Basis::Configured,
            _ => Basis::Measured,
        };
        figures.push(figure(LINE, name, name, value, basis, PRICED));
    }
    figures
}

fn guard(case: &Case) -> Option<&AccountCounts> {
    case.model.facts.accounts.as_ref()
}

/// How many accounts each Guard plan bills: plans that include Guard and the policy for external users change it.
fn of_guard(case: &Case) -> Vec<Figure> {
    let Some(counts) = guard(case) else {
        return Vec::new();
    };
    [
        ("guard-standard", "Guard Standard", counts.guard_standard),
        ("guard-premium", "Guard Premium", counts.guard_premium),
    ]
    .into_iter()
    .map(|(of, plan, count)| Figure {
        kind: "guard-accounts",
        of: of.to_owned(),
        label: format!("{plan} accounts"),
        value: Value::Words(count.text()),
        basis: "measured",
        source: counts.source.clone(),
    })
    .collect()
}

/// The lines that are not the same in every case.
pub(super) fn lines_section(cases: &[&Case], columns: &[Vec<Figure>]) -> Option<Section> {
    let differs = |place: usize| {
        columns
            .windows(2)
            .any(|pair| pair[0].get(place) != pair[1].get(place))
    };
    let table = in_columns("a year", cases, columns, |place, figure| {
        figure.kind == LINE && differs(place)
    });
    (!table.rows.is_empty()).then(|| Section {
        title: "Licence bill, where it changes".to_owned(),
        table,
        notes: vec!["For the seats of today.".to_owned()],
    })
}

/// What a bill lacks, where it lacks something.
pub(super) fn notes(cases: &[&Case]) -> Vec<String> {
    if !cases.iter().any(|case| case.has_prices) {
        return Vec::new();
    }
    let mut lacking: Vec<(String, Vec<&str>)> = Vec::new();
    for case in cases {
        let missing = case.bill.today.annual.missing();
        if missing.is_empty() {
            continue;
        }
        let missing = missing.join("; ");
        match lacking.iter_mut().find(|(other, _)| *other == missing) {
            Some((_, names)) => names.push(&case.name),
            None => lacking.push((missing, vec![&case.name])),
        }
    }
    lacking
        .into_iter()
        .map(|(missing, names)| {
            let names: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
            format!("The licence bill of {} lacks {missing}.", names.join(", "))
        })
        .collect()
}
