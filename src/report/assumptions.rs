//! Everything taken for granted, in one table: the model's assumptions, and what was inferred from the exports.

use crate::domain::dataset::Inferred;
use crate::model::assumptions::assumption::Assumptions;

use super::summary::{Section, TextTable};
use super::table::{Cell, Table};

pub(crate) fn table(assumptions: &Assumptions, inferred: &[Inferred]) -> Table {
    let mut rows: Vec<Vec<Cell>> = assumptions
        .list()
        .iter()
        .map(|one| {
            vec![
                Cell::text(one.name.as_str()),
                Cell::number(one.value.plain()),
                Cell::number(one.low.plain()),
                Cell::number(one.high.plain()),
                Cell::text(&one.unit),
                Cell::text(one.basis.as_str()),
                Cell::text(&one.source),
                Cell::text(&one.meaning),
                one.default
                    .map_or(Cell::Missing, |value| Cell::number(value.plain())),
            ]
        })
        .collect();
    rows.extend(inferred.iter().map(|one| {
        vec![
            Cell::text(&one.name),
            Cell::text(&one.value),
            Cell::Missing,
            Cell::Missing,
            Cell::Missing,
            Cell::text(one.basis),
            Cell::text(&one.from),
            Cell::text(if one.basis == "inferred" {
                "not configured"
            } else {
                "configured"
            }),
            one.default.as_ref().map_or(Cell::Missing, Cell::text),
        ]
    }));
    Table {
        name: "assumptions",
        provenance: "one row an assumption; `[assumptions]` of seatledger.toml and --set replace values by name".to_owned(),
        columns: &["name", "value", "low", "high", "unit", "basis", "source", "meaning", "default"],
        rows,
    }
}

/// What the configuration and the options put in the place of what the program ships with.
pub(crate) fn your_settings(assumptions: &Assumptions, inferred: &[Inferred]) -> Table {
    let changed = assumptions.list().iter().filter_map(|one| {
        Some(vec![
            Cell::text(one.name.as_str()),
            Cell::number(one.default?.plain()),
            Cell::number(one.value.plain()),
            Cell::text(one.basis.as_str()),
            Cell::text(&one.source),
        ])
    });
    let stated = inferred.iter().filter(|one| one.basis == "configured");
    let stated = stated.map(|one| {
        vec![
            Cell::text(&one.name),
            one.default.as_ref().map_or(Cell::Missing, Cell::text),
            Cell::text(&one.value),
            Cell::text(one.basis),
            Cell::text(&one.from),
        ]
    });
    Table {
        name: "your_settings",
        provenance: "one row a value that seatledger.toml or an option puts in the place of a default; without a \
                     default there is a rule of the configuration's own"
            .to_owned(),
        columns: &["name", "default", "value", "basis", "source"],
        rows: changed.chain(stated).collect(),
    }
}

/// The same for the summary; none where everything is as shipped.
pub(crate) fn your_settings_section(table: &Table) -> Option<Section> {
    let mut text =
        TextTable::new(&["name", "default", "value", "source"]).sourced("your_settings.csv");
    for row in &table.rows {
        let shown = |place: usize| match row.get(place) {
            Some(Cell::Text(text) | Cell::Number(text)) => text.clone(),
            _ => String::new(),
        };
        text.push([shown(0), shown(1), shown(2), shown(4)]);
    }
    (!text.rows.is_empty()).then(|| Section {
        title: "Your settings".to_owned(),
        table: text,
        notes: Vec::new(),
    })
}
