//! What draws of chance say of each alternative, in words and as a table.

use crate::model::uncertainty::simulation::Simulation;

use super::summary::{Section, TextTable};
use super::table::{Cell, Table};

pub(crate) fn section(simulation: &Simulation) -> Section {
    let mut table = TextTable::new(&[
        "alternative",
        ">P10",
        ">P50",
        ">P90",
        ">cheapest in",
        ">saves in",
    ])
    .sourced("simulation.csv");
    let share = |count: u64| percent(count, simulation.draws);
    for one in &simulation.spreads {
        table.push([
            one.label.to_owned(),
            one.p10.whole(),
            one.p50.whole(),
            one.p90.whole(),
            one.cheapest_in.map_or_else(|| "–".to_owned(), share),
            share(one.saves_in),
        ]);
    }
    let mut notes = vec![format!(
        "First year's net against manual work, from {} draws of every assumption and price (triangles from low over \
         value to high), seed {}.",
        simulation.draws, simulation.seed
    )];
    if simulation
        .spreads
        .iter()
        .any(|one| one.cheapest_in.is_none())
    {
        notes.push(
            "A severe check holds, so the draws that each alternative wins are left out."
                .to_owned(),
        );
    }
    if !simulation.left_out.is_empty() {
        let names: Vec<&str> = simulation
            .left_out
            .iter()
            .map(|alternative| alternative.label())
            .collect();
        notes.push(format!(
            "Left out, since it has no price: {}.",
            names.join(", ")
        ));
    }
    let missing = simulation.missing();
    if !missing.is_empty() {
        notes.push(format!(
            "Not included, since it has no price, and would only add: {}.",
            missing.join("; ")
        ));
    }
    Section {
        title: "How sure is the ranking".to_owned(),
        table,
        notes,
    }
}

pub(crate) fn table(simulation: &Simulation, currency: &str) -> Table {
    let rows = simulation
        .spreads
        .iter()
        .map(|one| {
            vec![
                Cell::text(one.alternative.as_str()),
                Cell::text(currency),
                Cell::Money(one.p10),
                Cell::Money(one.p50),
                Cell::Money(one.p90),
                one.cheapest_in.map_or(Cell::Missing, Cell::Count),
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
        provenance: "one row an alternative: its first year's net against manual work over all draws; what lacks a \
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

/// A share in whole percent, halves up.
fn percent(count: u64, of: u64) -> String {
    format!("{}%", (count * 100 + of / 2) / of.max(1))
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn a_share_is_rounded_and_not_cut() {
        let counts = [
            (946, 1000),
            (945, 1000),
            (944, 1000),
            (1, 3),
            (0, 7),
            (7, 7),
            (0, 0),
        ];
        let told = counts.map(|(count, of)| percent(count, of));
        assert_eq!(told, ["95%", "95%", "94%", "33%", "0%", "100%", "0%"]);
    }
}
