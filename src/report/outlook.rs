//! The years ahead, what moves the result, and what draws of chance say of it: tables and charts.

use crate::domain::day::Day;
use crate::model::deadlines::Deadline;
use crate::model::horizon::{Outlook, Payback};
use crate::model::sensitivity::Tornado as Swings;
use crate::model::simulation::Simulation;
use crate::money::{Cost, Money, MoneyError, MoneyRange, Number};
use crate::price::estate::Estate;

use super::chart::{
    BandPoint, Better, Bridge, Callout, Caption, Chart, Lines, Point, Series, Step, StepKind,
    Swing, SwingEnd, Tornado, Unit,
};
use super::charts::{Frame, middle, signed};
use super::products::complete;
use super::summary::{Section, TextTable};
use super::table::{Cell, Table};

/// How many bars the sensitivity chart shows.
const MOST_SWINGS: usize = 12;

pub(crate) fn horizon_table(outlooks: &[Outlook], currency: &str) -> Table {
    let mut rows = Vec::new();
    for one in outlooks {
        let mut push =
            |year: String, cost: &Cost, net: &Cost, present_cost: &Cost, present_net: &Cost| {
                let mut row = vec![
                    Cell::text(one.way.as_str()),
                    Cell::text(year),
                    Cell::text(currency),
                ];
                for cost in [cost, net, present_cost, present_net] {
                    row.extend(Cell::ends(cost));
                }
                row.extend([
                    Cell::text(one.basis.as_str()),
                    Cell::text(&one.working),
                    Cell::text(&one.source),
                    Cell::missing(&either_lacks(cost, net)),
                ]);
                rows.push(row);
            };
        for year in &one.years {
            push(
                year.year.to_string(),
                &year.cost,
                &year.net,
                &year.present_cost,
                &year.present_net,
            );
        }
        push(
            "total".to_owned(),
            &one.total,
            &one.total_net,
            &one.present_cost,
            &one.net_present_value,
        );
    }
    Table {
        name: "horizon",
        provenance: "one row an alternative and year (0 is what is paid once), then the total; net is what it saves \
                     against work by hand, present values are discounted; what lacks a price has its floor in low and \
                     nothing in high, and the column missing says what it is"
            .to_owned(),
        columns: &[
            "alternative", "year", "currency", "cost_low", "cost_high", "net_low", "net_high", "present_cost_low",
            "present_cost_high", "present_net_low", "present_net_high", "basis", "working", "source", "missing",
        ],
        rows,
    }
}

/// What a cost or its net lacks, each reason once.
fn either_lacks(cost: &Cost, net: &Cost) -> Vec<String> {
    let mut reasons = cost.missing().to_vec();
    for reason in net.missing() {
        if !reasons.contains(reason) {
            reasons.push(reason.clone());
        }
    }
    reasons
}

pub(crate) fn horizon_section(outlooks: &[Outlook]) -> Section {
    let years = outlooks
        .first()
        .map_or(0, |one| one.years.len().saturating_sub(1));
    let mut table = TextTable::new(&[
        "alternative",
        ">all years",
        ">net present value",
        "?>payback, years",
        "?>discounted",
    ])
    .sourced("horizon.csv");
    for one in outlooks {
        table.push([
            one.label.to_owned(),
            one.total.whole(),
            if one.payback.is_some()
                || one
                    .net_present_value
                    .known()
                    .is_none_or(|range| !range.is_zero())
            {
                one.net_present_value.whole()
            } else {
                "–".to_owned()
            },
            payback(one.payback),
            payback(one.discounted_payback),
        ]);
    }
    Section {
        title: format!("Over {years} years, against work by hand"),
        table,
        notes: outlooks
            .first()
            .map(|one| vec![one.working.clone()])
            .unwrap_or_default(),
    }
}

fn payback(payback: Option<Payback>) -> String {
    let years =
        |number: Option<Number>| number.map_or_else(|| "never".to_owned(), |number| number.plain());
    match payback {
        None => "–".to_owned(),
        Some(Payback { best, worst }) if best == worst => years(best),
        Some(Payback { best, worst }) => format!("{} to {}", years(best), years(worst)),
    }
}

pub(crate) fn sensitivity_table(swings: Option<&Swings>, currency: &str) -> Table {
    let rows = swings.map_or_else(Vec::new, |swings| {
        swings
            .bars
            .iter()
            .map(|bar| {
                vec![
                    Cell::text(swings.way.as_str()),
                    Cell::text(bar.name),
                    end_cell(&bar.low),
                    end_cell(&bar.high),
                    Cell::text(currency),
                    Cell::Money(bar.net_at_low),
                    Cell::Money(bar.net_at_high),
                    Cell::Money(bar.effect),
                    Cell::text(bar.basis.as_str()),
                    Cell::text(&bar.source),
                    Cell::missing(&swings.missing),
                ]
            })
            .collect()
    });
    Table {
        name: "sensitivity",
        provenance: "one row an assumption, moved to its low and its high with all others as they are; the effect is \
                     on the net present value of the alternative that comes off best after work by hand; what lacks a price is in no net, and would \
                     only add to it (column missing)"
            .to_owned(),
        columns: &[
            "alternative", "assumption", "low", "high", "currency", "net_at_low", "net_at_high", "effect", "basis", "source",
            "missing",
        ],
        rows,
    }
}

/// An assumption's end: a number where it is one, else the words (money with its sign).
fn end_cell(end: &str) -> Cell {
    Number::parse(end).map_or_else(|_| Cell::text(end), |number| Cell::number(number.plain()))
}

/// The assumptions by their effect on the net present value.
pub(crate) fn sensitivity_chart(
    swings: Option<&Swings>,
    frame: &Frame<'_>,
) -> Result<Chart, MoneyError> {
    let nothing = Money::zero(frame.currency);
    let (label, central) = swings.map_or(("", nothing), |swings| (swings.label, swings.central));
    let at_least = if swings.is_some_and(|swings| !swings.missing.is_empty()) {
        "at least "
    } else {
        ""
    };
    let mut drawn = Vec::new();
    for bar in swings
        .into_iter()
        .flat_map(|swings| &swings.bars)
        .filter(|bar| !bar.effect.is_zero())
        .take(MOST_SWINGS)
    {
        drawn.push(Swing {
            name: words(bar.name, &bar.label),
            low: end(bar.net_at_low, &bar.low, central)?,
            high: end(bar.net_at_high, &bar.high, central)?,
        });
    }
    let title = drawn.first().map_or_else(
        || "Nothing moves the result".to_owned(),
        |first| {
            format!(
                "{} matters most to what {label} saves",
                capitalised(&first.name)
            )
        },
    );
    Ok(Chart::Tornado(Tornado {
        caption: Caption {
            name: "sensitivity",
            title,
            subtitle: format!(
                "Net present value of {label} against work by hand, {}; each assumption at its low and high",
                frame.currency.code()
            ),
            footnote: frame.footnote("Ranges and sources: sensitivity.csv, assumptions.csv"),
            nothing: "No alternative has a price".to_owned(),
        },
        unit: frame.unit(),
        better: Better::Higher,
        baseline: central.to_f64(),
        baseline_label: format!("as assumed: {at_least}{}", central.compact()),
        swings: drawn,
    }))
}

/// An assumption's name in words; the label where the name is none (fees).
fn words(name: &str, label: &str) -> String {
    if name.contains('_') {
        name.replace('_', " ")
    } else {
        label.to_owned()
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn end(value: Money, label: &str, central: Money) -> Result<SwingEnd, MoneyError> {
    let effect = value.minus(central)?;
    Ok(SwingEnd {
        value: value.to_f64(),
        label: label.to_owned(),
        effect: signed(effect),
    })
}

/// From today's licence bill to the one after clean-up, product by product.
pub(crate) fn bridge_chart(
    rows: &[super::products::ProductRow],
    estate: &Estate,
    frame: &Frame<'_>,
) -> Result<Chart, MoneyError> {
    let level = |name: &str, cost: &Cost| -> Result<Step, MoneyError> {
        Ok(match cost.known() {
            Some(range) => Step {
                name: name.to_owned(),
                kind: StepKind::Level(middle(range)?.to_f64()),
                label: if cost.is_complete() {
                    middle(range)?.compact()
                } else {
                    cost.compact()
                },
            },
            None => Step {
                name: name.to_owned(),
                kind: StepKind::Unknown,
                label: "price unknown".to_owned(),
            },
        })
    };
    let mut steps = vec![level("Today", &estate.today.annual)?];
    // A saving is drawn between the middles of two bills, so that the steps meet the last level.
    for row in rows.iter().filter(|row| row.wasted() > 0) {
        let line = estate
            .lines
            .iter()
            .position(|line| line.offering == row.offering);
        let Some(line) = line else { continue };
        let (before, after) = (
            &estate.today.lines[line].annual,
            &estate.after.lines[line].annual,
        );
        match (complete(before), complete(after)) {
            (Some(before), Some(after)) => {
                let change = middle(after)?.minus(middle(before)?)?;
                if !change.is_zero() {
                    steps.push(Step {
                        name: row.name(),
                        kind: StepKind::Change(change.to_f64()),
                        label: signed(change),
                    });
                }
            }
            _ => steps.push(Step {
                name: row.name(),
                kind: StepKind::Unknown,
                label: "price unknown".to_owned(),
            }),
        }
    }
    steps.push(level("After clean-up", &estate.after.annual)?);
    Ok(Chart::Bridge(Bridge {
        caption: Caption {
            name: "bridge",
            title: format!(
                "Clean-up takes {} a year off the licence bill",
                estate.saving.whole()
            ),
            subtitle: format!(
                "Licence bill of a year, {}, without the seats that are waste for certain; middles of ranges",
                frame.currency.code()
            ),
            footnote: frame.footnote(
                "waste_by_product.csv. Potential: monthly plans from the next cycle, annual ones from their renewal",
            ),
            nothing: String::new(),
        },
        unit: frame.unit(),
        better: Better::Lower,
        steps,
    }))
}

/// Cost added up year by year.
pub(crate) fn cumulative_chart(
    outlooks: &[Outlook],
    frame: &Frame<'_>,
) -> Result<Chart, MoneyError> {
    let mut series = Vec::new();
    let mut callouts = Vec::new();
    for one in outlooks {
        let mut points = Vec::new();
        let mut band = Vec::new();
        let mut sum = MoneyRange::zero(frame.currency);
        let mut known = true;
        for year in &one.years {
            let Some(range) = complete(&year.cost).filter(|_| known) else {
                known = false;
                continue;
            };
            sum = sum.plus(range)?;
            let (low, high) = (sum.low().to_f64(), sum.high().to_f64());
            points.push(Point {
                x: f64::from(year.year),
                y: low.midpoint(high),
            });
            band.push(BandPoint {
                x: f64::from(year.year),
                low,
                high,
            });
        }
        if !known {
            (points, band) = (Vec::new(), Vec::new());
        }
        if let Some(best) = one.payback.and_then(|payback| payback.best)
            && let Some(last) = points.last()
        {
            callouts.push(Callout {
                x: best.to_f64(),
                y: last.y,
                label: format!(
                    "{} pays back after {} years at best",
                    one.label,
                    best.plain()
                ),
            });
        }
        series.push(Series {
            name: one.label.to_owned(),
            label: if known {
                sum.compact()
            } else {
                "price unknown".to_owned()
            },
            points,
            band: if sum.is_point() { Vec::new() } else { band },
        });
    }
    let title = if callouts.is_empty() {
        "No alternative pays back against work by hand within the horizon".to_owned()
    } else {
        "When each alternative pays back against work by hand".to_owned()
    };
    Ok(Chart::Cumulative(Lines {
        caption: Caption {
            name: "cumulative",
            title,
            subtitle: format!(
                "Cost added up by year, {}, undiscounted; year 0 is what is paid once",
                frame.currency.code()
            ),
            footnote: frame
                .footnote("Growth, rises and rates: assumptions.csv; years: horizon.csv"),
            nothing: "No alternative has a price".to_owned(),
        },
        unit: frame.unit(),
        x_unit: Unit {
            prefix: "year ".to_owned(),
            suffix: String::new(),
        },
        x_title: String::new(),
        series,
        callouts,
        marker: None,
    }))
}

pub(crate) fn deadlines_table(deadlines: &[Deadline]) -> Table {
    let rows = deadlines
        .iter()
        .map(|one| {
            vec![
                Cell::Day(one.day),
                Cell::text(one.kind.as_str()),
                Cell::number(one.days_left),
                Cell::text(&one.what),
                Cell::text(&one.action),
                Cell::text(one.basis.as_str()),
                Cell::text(&one.source),
            ]
        })
        .collect();
    Table {
        name: "deadlines",
        provenance:
            "one row a day by which something has to be done; deadlines.ics has the same as events"
                .to_owned(),
        columns: &[
            "day",
            "kind",
            "days_left",
            "what",
            "action",
            "basis",
            "source",
        ],
        rows,
    }
}

/// The days to come and those of the last year; `None` where there are none.
pub(crate) fn deadlines_section(deadlines: &[Deadline], as_of: Day) -> Option<Section> {
    let mut table = TextTable::new(&["day", ">in days", "what", "do"]).sourced("deadlines.csv");
    for one in deadlines
        .iter()
        .filter(|one| one.day >= as_of || one.days_left > -365)
    {
        table.push([
            one.day.to_string(),
            one.days_left.to_string(),
            one.what.clone(),
            one.action.clone(),
        ]);
    }
    (!table.rows.is_empty()).then(|| Section {
        title: "Deadlines".to_owned(),
        table,
        notes: Vec::new(),
    })
}

pub(crate) fn simulation_section(simulation: &Simulation) -> Section {
    let mut table = TextTable::new(&[
        "alternative",
        ">P10",
        ">P50",
        ">P90",
        ">cheapest in",
        ">saves in",
    ])
    .sourced("simulation.csv");
    let share = |count: u64| format!("{}%", count * 100 / simulation.draws.max(1));
    for one in &simulation.spreads {
        table.push([
            one.label.to_owned(),
            one.p10.whole(),
            one.p50.whole(),
            one.p90.whole(),
            share(one.cheapest_in),
            share(one.saves_in),
        ]);
    }
    let mut notes = vec![format!(
        "First year's net against work by hand, from {} draws of every assumption and price (triangles from low over \
         value to high), seed {}.",
        simulation.draws, simulation.seed
    )];
    if !simulation.left_out.is_empty() {
        let names: Vec<&str> = simulation.left_out.iter().map(|way| way.label()).collect();
        notes.push(format!(
            "Without a price, and so left out: {}.",
            names.join(", ")
        ));
    }
    let missing = simulation.missing();
    if !missing.is_empty() {
        notes.push(format!(
            "What lacks a price is in no net, and would only add to it: {}.",
            missing.join("; ")
        ));
    }
    Section {
        title: "How sure is it".to_owned(),
        table,
        notes,
    }
}

pub(crate) fn simulation_table(simulation: &Simulation, currency: &str) -> Table {
    let rows = simulation
        .spreads
        .iter()
        .map(|one| {
            vec![
                Cell::text(one.way.as_str()),
                Cell::text(currency),
                Cell::Money(one.p10),
                Cell::Money(one.p50),
                Cell::Money(one.p90),
                Cell::Count(one.cheapest_in),
                Cell::Count(one.saves_in),
                Cell::Count(simulation.draws),
                Cell::Count(simulation.seed),
                Cell::text(one.basis.as_str()),
                Cell::text(&one.source),
                Cell::missing(&one.missing),
            ]
        })
        .collect();
    Table {
        name: "simulation",
        provenance: "one row an alternative: its first year's net against work by hand over all draws; what lacks a \
                     price is in no net, and would only add to it (column missing)"
            .to_owned(),
        columns: &[
            "alternative",
            "currency",
            "net_p10",
            "net_p50",
            "net_p90",
            "cheapest_in",
            "saves_in",
            "draws",
            "seed",
            "basis",
            "source",
            "missing",
        ],
        rows,
    }
}
