//! The years ahead: each alternative's costs and nets by year as a table, in words, and added up as a chart.

use crate::model::horizon::outlook::{Outlook, Payback};
use crate::money::{Cost, MoneyError, MoneyRange, Number};

use super::chart::{BandPoint, Callout, Caption, Chart, Lines, Point, Series, Unit};
use super::charts::{Frame, on_line};
use super::products::complete;
use super::summary::{Section, TextTable};
use super::table::{Cell, Table};

pub(crate) fn table(outlooks: &[Outlook], currency: &str) -> Table {
    let mut rows = Vec::new();
    for one in outlooks {
        let mut push =
            |year: String, cost: &Cost, net: &Cost, present_cost: &Cost, present_net: &Cost| {
                let mut row = vec![
                    Cell::text(one.alternative.as_str()),
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
                    Cell::missing(&cost.missing_with(net)),
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
                     against manual work, present values are discounted; what lacks a price has its floor in low and \
                     nothing in high, and the column missing says what it is"
            .to_owned(),
        columns: &[
            "alternative", "year", "currency", "cost_low", "cost_high", "net_low", "net_high", "present_cost_low",
            "present_cost_high", "present_net_low", "present_net_high", "basis", "working", "source", "missing",
        ],
        rows,
    }
}

pub(crate) fn section(outlooks: &[Outlook]) -> Section {
    let years = outlooks
        .first()
        .map_or(0, |one| one.years.len().saturating_sub(1));
    let mut table = TextTable::new(&[
        "alternative",
        ">all years",
        ">net present value",
        "?>payback in years",
        "?>discounted payback",
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
        title: format!("Over {years} years, compared with manual work"),
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

/// Cost added up year by year.
pub(crate) fn chart(outlooks: &[Outlook], frame: &Frame<'_>) -> Result<Chart, MoneyError> {
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
        let payback = one.payback.unwrap_or(Payback {
            best: None,
            worst: None,
        });
        if let Some(best) = payback.best
            && let Some(y) = on_line(&points, best.to_f64())
        {
            let at_best = if payback.worst == Some(best) {
                ""
            } else {
                " at best"
            };
            callouts.push(Callout {
                x: best.to_f64(),
                y,
                label: format!(
                    "{} pays back after {} years{at_best}",
                    one.label,
                    best.plain()
                ),
            });
        }
        series.push(Series {
            name: one.label.to_owned(),
            hue: one.alternative.into(),
            label: if known {
                sum.compact()
            } else {
                "price unknown".to_owned()
            },
            points,
            band: if sum.is_point() { Vec::new() } else { band },
        });
    }
    let title = if outlooks.iter().all(|one| one.payback.is_none()) {
        "Payback is unknown: prices are missing".to_owned()
    } else if callouts.is_empty() {
        "No alternative pays back against manual work within the horizon".to_owned()
    } else {
        "When each alternative pays back against manual work".to_owned()
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
            nothing: "No cost is known in full".to_owned(),
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
