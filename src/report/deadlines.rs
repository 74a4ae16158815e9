//! The days by which something has to be done, as a table and in words; `model::calendar` writes them as events.

use crate::model::dates::deadlines::Deadline;

use super::summary::{Section, TextTable};
use super::table::{Cell, Table};

pub(crate) fn table(deadlines: &[Deadline]) -> Table {
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

/// Every day, those that are past marked so; `None` where there are none.
pub(crate) fn section(deadlines: &[Deadline]) -> Option<Section> {
    let mut table =
        TextTable::new(&["day", ">days left", "what", "action"]).sourced("deadlines.csv");
    for one in deadlines {
        table.push([
            one.day.to_string(),
            match one.days_left {
                left @ 0.. => left.to_string(),
                _ => "past".to_owned(),
            },
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
