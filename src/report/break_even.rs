//! Break-even: from how many people on a fee pays, as a table and as a chart over headcount.

use crate::domain::text::grouped;
use crate::model::alternative::Alternative;
use crate::model::assumptions::benchmark::Benchmark;
use crate::model::break_even::headcount::{Against, Curve, HeadcountBreakEven};
use crate::model::span::Span;
use crate::model::whole::Model;
use crate::money::MoneyError;

use super::chart::{BandPoint, Callout, Caption, Chart, Lines, Marker, Point, Series, Unit};
use super::charts::{Frame, on_line};
use super::table::{Cell, Table};

/// Break-even points: for each fee its headcounts, and for each input the value at which the answer turns.
pub(crate) fn table(model: &Model, currency: &str) -> Table {
    let mut rows = Vec::new();
    for one in &model.headcounts {
        let crossings: Vec<String> = one
            .crossings
            .iter()
            .map(|crossing| crossing.from.to_string())
            .collect();
        rows.push(vec![
            Cell::text(one.alternative.as_str()),
            Cell::text(format!(
                "headcount, {} price",
                if one.fee == crate::model::break_even::crossing::End::Low {
                    "low"
                } else {
                    "high"
                }
            )),
            if crossings.is_empty() {
                Cell::Missing
            } else {
                Cell::text(crossings.join("; "))
            },
            Cell::Missing,
            Cell::Missing,
            Cell::text(&one.statement),
            Cell::text(one.basis.as_str()),
            Cell::text(&one.source),
        ]);
    }
    for one in &model.break_even_points {
        let number =
            |span: Option<Span>| span.map_or(Cell::Missing, |span| Cell::text(shown(span)));
        rows.push(vec![
            Cell::text(one.alternative.as_str()),
            Cell::text(one.input.as_str()),
            number(one.needed),
            number(Some(one.now)),
            if one.input.is_money() {
                Cell::text(currency)
            } else {
                Cell::Missing
            },
            Cell::text(&one.statement),
            Cell::text(one.basis.as_str()),
            Cell::text(&one.source),
        ]);
    }
    Table {
        name: "break_even",
        provenance: "one row a fee and number that may turn the answer: where it turns, and where it stands today".to_owned(),
        columns: &["alternative", "input", "break_even_at", "today", "currency", "statement", "basis", "source"],
        rows,
    }
}

/// `3.5`, or `3–4` where it is a range.
fn shown(span: Span) -> String {
    let (low, high) = (span.low.rounded(4), span.high.rounded(4));
    if low == high {
        low.plain()
    } else {
        format!("{}–{}", low.plain(), high.plain())
    }
}

/// Yearly cost over headcount, by the benchmark: one line an alternative.
pub(crate) fn chart(
    model: &Model,
    benchmark: &Benchmark,
    frame: &Frame<'_>,
) -> Result<Chart, MoneyError> {
    let series = model
        .curves
        .iter()
        .map(series)
        .collect::<Result<Vec<_>, _>>()?;
    let today = model.facts.headcount.count;
    let by_hand = model
        .curves
        .iter()
        .position(|curve| curve.alternative == Alternative::Manual);
    let line = by_hand.map_or(&[][..], |place| &series[place].points);
    let callouts = callouts(model, line);
    let last = model
        .curves
        .iter()
        .flat_map(|curve| curve.points.last())
        .map(|point| point.people)
        .max()
        .unwrap_or(0);
    let title = if callouts.is_empty() {
        format!(
            "By the benchmark, no Guard plan pays for itself at any headcount up to {}",
            grouped(last)
        )
    } else {
        "Where Guard pays for itself by the benchmark".to_owned()
    };
    Ok(Chart::BreakEven(Lines {
        caption: Caption {
            name: "break_even",
            title,
            subtitle: format!(
                "First year's cost over headcount, {}; benchmark costs per head, bands show the ranges",
                frame.currency.code()
            ),
            footnote: frame.footnote(&format!(
                "Benchmark: {}, {}, {}. Your own seats and leavers are not in it: see alternatives",
                benchmark.source.trim_start_matches("https://www."),
                benchmark.date,
                benchmark.confidence.as_str()
            )),
            nothing: String::new(),
        },
        unit: frame.unit(),
        x_unit: Unit::default(),
        x_title: "people".to_owned(),
        series,
        callouts,
        marker: (today > 0 && today <= last).then(|| Marker {
            x: today as f64,
            label: format!("today: {today}"),
        }),
    }))
}

fn series(curve: &Curve) -> Result<Series, MoneyError> {
    let mut points = Vec::with_capacity(curve.points.len());
    let mut band = Vec::with_capacity(curve.points.len());
    for point in &curve.points {
        let (low, high) = (point.cost.low().to_f64(), point.cost.high().to_f64());
        points.push(Point {
            x: point.people as f64,
            y: low.midpoint(high),
        });
        band.push(BandPoint {
            x: point.people as f64,
            low,
            high,
        });
    }
    let ranged = curve.points.iter().any(|point| !point.cost.is_point());
    Ok(Series {
        name: curve.label.to_owned(),
        hue: curve.alternative.into(),
        label: curve
            .points
            .last()
            .map_or_else(|| "price unknown".to_owned(), |point| point.cost.compact()),
        points,
        band: if ranged { band } else { Vec::new() },
    })
}

/// The crossings of what a plan avoids with its fee, where the chart reaches them.
fn callouts(model: &Model, by_hand: &[Point]) -> Vec<Callout> {
    let mut callouts = Vec::new();
    let relevant =
        |one: &&HeadcountBreakEven| one.per == "person" && one.against == Against::WhatItAvoids;
    for one in model.headcounts.iter().filter(relevant) {
        for crossing in &one.crossings {
            let x = crossing.from as f64;
            if let Some(y) = on_line(by_hand, x) {
                callouts.push(Callout {
                    x,
                    y,
                    label: format!(
                        "{} {} from {} people on",
                        one.alternative.label(),
                        if crossing.pays {
                            "pays"
                        } else {
                            "ceases to pay"
                        },
                        crossing.from
                    ),
                });
            }
        }
    }
    callouts
}
