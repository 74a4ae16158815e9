//! The days by which something has to be done, as a table and in words; `model::calendar` writes them as events.

use crate::domain::day::Day;
use crate::model::deadlines::Deadline;

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

/// The days to come and those of the last year; `None` where there are none.
pub(crate) fn section(deadlines: &[Deadline], as_of: Day) -> Option<Section> {
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
