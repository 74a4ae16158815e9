//! What scenarios are compared by: each case's first years, years ahead, answer and break-even headcounts.

use crate::model::alternative::Alternative;
use crate::model::break_even::crossing::End;
use crate::model::break_even::headcount::{Against, HeadcountBreakEven};
use crate::model::decision::conclusion::Conclusion;
use crate::model::decision::rules::Agreement;
use crate::model::decision::sureness::Sureness;
use crate::model::horizon::outlook::Outlook;
use crate::model::whole::Model;
use crate::money::Cost;
use crate::report::sureness::rests_on;

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

/// What is compared: first years, years ahead, the answer, break-even headcounts.
pub(super) fn figures(model: &Model) -> Vec<Figure> {
    let comparison = &model.comparison;
    let mut figures: Vec<Figure> = comparison
        .alternatives
        .iter()
        .map(|one| Figure {
            kind: "first-year",
            of: one.alternative.as_str().to_owned(),
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
    told(
        "cheapest",
        "cheapest",
        cheapest(&model.conclusion),
        "the alternatives' first year",
    );
    told(
        "how-sure",
        "how sure",
        how_sure(&model.sureness),
        "the components of the alternatives",
    );
    told(
        "guide-advises",
        "StitchFlow's guide advises",
        advice(model),
        decision.source,
    );
    told(
        "guide-and-figures",
        "StitchFlow's guide and the figures",
        agreement(decision.agreement).to_owned(),
        decision.source,
    );
    figures.extend(break_even_figures(model));
    figures
}

/// What an alternative costs over the horizon and what it is worth today; manual work is what that is against.
fn years_ahead(one: &Outlook) -> Vec<Figure> {
    let figure = |kind, what: &str, cost: &Cost| Figure {
        kind,
        of: one.alternative.as_str().to_owned(),
        label: format!("{}, {what}", one.label),
        value: Value::Cost(cost.clone()),
        basis: one.basis.as_str(),
        source: one.source.clone(),
    };
    let mut figures = vec![figure("all-years", "all years", &one.total)];
    if one.alternative != Alternative::Manual {
        figures.push(figure(
            "net-present-value",
            "net present value",
            &one.net_present_value,
        ));
    }
    figures
}

/// The cheapest alternative, or the checks that have to be settled before one is named.
fn cheapest(conclusion: &Conclusion) -> String {
    match conclusion {
        Conclusion::Cheapest(cheapest) if cheapest.certain => cheapest.label.clone(),
        Conclusion::Cheapest(cheapest) => format!("{}, not for certain", cheapest.label),
        Conclusion::Withheld(checks) => {
            let mut codes: Vec<&str> = checks.iter().map(|one| one.code().as_str()).collect();
            codes.dedup();
            format!("not named: settle {} first", codes.join(", "))
        }
    }
}

/// What today's cost rests on, and that of the cheapest alternative.
fn how_sure(sure: &Sureness) -> String {
    let all: Vec<String> = sure
        .all()
        .map(|one| format!("{}: {}", one.alternative.label(), rests_on(one)))
        .collect();
    all.join("; ")
}

fn advice(model: &Model) -> String {
    let decision = &model.decision;
    let applied = decision
        .situations
        .iter()
        .find(|one| decision.applied == Some(one.rule));
    applied.map_or_else(
        || "nothing".to_owned(),
        |one| one.alternative.in_words().to_owned(),
    )
}

const fn agreement(agreement: Agreement) -> &'static str {
    match agreement {
        Agreement::Agree => "agree",
        Agreement::Differ => "differ",
        Agreement::CannotTell => "can't tell: no price",
        Agreement::NoAdvice => "no advice",
        Agreement::Withheld => "can't tell: a severe check",
    }
}

/// From which headcount a Guard plan pays by the benchmark, held against what it avoids. The same rows in every case:
/// a price that is no range is both ends of one.
fn break_even_figures(model: &Model) -> impl Iterator<Item = Figure> {
    let of_alternative = |alternative: Alternative| {
        model.headcounts.iter().filter(move |one| {
            one.alternative == alternative
                && one.against == Against::WhatItAvoids
                && one.per == "person"
        })
    };
    let ends = [Alternative::GuardStandard, Alternative::GuardPremium]
        .into_iter()
        .flat_map(|alternative| End::BOTH.map(|end| (alternative, end)));
    ends.filter_map(move |(alternative, end)| {
        let one = of_alternative(alternative)
            .find(|one| one.fee == end)
            .or_else(|| of_alternative(alternative).next())?;
        let (kind, price) = match end {
            End::Low => ("break-even-headcount-low-price", "low"),
            End::High => ("break-even-headcount-high-price", "high"),
        };
        Some(Figure {
            kind,
            of: alternative.as_str().to_owned(),
            label: format!("{} pays, {price} price", alternative.label()),
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
