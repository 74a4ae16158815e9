//! Everything taken for granted, in one table: the model's assumptions, and what was inferred from the exports.

use crate::domain::dataset::Inferred;
use crate::model::assumption::Assumptions;

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
                "not stated in the configuration"
            } else {
                "stated in the configuration"
            }),
            Cell::Missing,
        ]
    }));
    Table {
        name: "assumptions",
        provenance: "one row an assumption; `[assumptions]` of seatledger.toml and --set replace values by name".to_owned(),
        columns: &["name", "value", "low", "high", "unit", "basis", "source", "meaning", "default"],
        rows,
    }
}
