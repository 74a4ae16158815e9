//! The bridge: from today's licence bill to the one after clean-up.

use crate::money::{Cost, MoneyError};
use crate::price::estate::Estate;

use super::chart::{Better, Bridge, Caption, Chart, Step, StepKind};
use super::charts::{Frame, middle, signed};
use super::products::{ProductRow, complete};

fn title(saving: &Cost) -> String {
    match saving.known() {
        Some(range) if range.high().is_negative() => format!(
            "Without its wasted seats the licence bill would rise by {} a year",
            range.negated().whole()
        ),
        Some(range) if range.low().is_negative() => {
            "Without its wasted seats the licence bill may rise".to_owned()
        }
        _ => format!(
            "Clean-up takes {} a year off the licence bill",
            saving.whole()
        ),
    }
}

/// From today's licence bill to the one after clean-up, product by product.
pub(crate) fn chart(
    rows: &[ProductRow],
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
            title: title(&estate.saving),
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
