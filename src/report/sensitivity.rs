//! What moves the result: each assumption and price at its low and its high, as a table and as a chart.

use crate::model::uncertainty::sensitivity::Tornado as Swings;
use crate::money::{Money, MoneyError, Number};

use super::chart::{Better, Caption, Chart, Swing, SwingEnd, Tornado};
use super::charts::{Frame, signed};
use super::table::{Cell, Table};

/// How many bars the chart shows.
const MOST_SWINGS: usize = 12;

pub(crate) fn table(swings: Option<&Swings>, currency: &str) -> Table {
    let rows = swings.map_or_else(Vec::new, |swings| {
        swings
            .bars
            .iter()
            .map(|bar| {
                vec![
                    Cell::text(swings.alternative.as_str()),
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
                     on the net present value of the alternative that comes off best after manual work; what lacks a price is in no net, and would \
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
pub(crate) fn chart(swings: Option<&Swings>, frame: &Frame<'_>) -> Result<Chart, MoneyError> {
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
            name: bar.label.clone(),
            low: end(bar.net_at_low, &bar.shown[0], central)?,
            high: end(bar.net_at_high, &bar.shown[1], central)?,
        });
    }
    let title = drawn.first().map_or_else(
        || "Nothing moves the result".to_owned(),
        |first| format!("What {label} saves depends most on {}", first.name),
    );
    Ok(Chart::Tornado(Tornado {
        caption: Caption {
            name: "sensitivity",
            title,
            subtitle: format!(
                "Net present value of {label} against manual work, {}; each assumption at its low and high",
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

fn end(value: Money, label: &str, central: Money) -> Result<SwingEnd, MoneyError> {
    let effect = value.minus(central)?;
    Ok(SwingEnd {
        value: value.to_f64(),
        label: label.to_owned(),
        effect: signed(effect),
    })
}
