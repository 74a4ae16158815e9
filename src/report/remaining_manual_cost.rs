//! What each alternative leaves of the manual cost, by cause: as a table, and in the summary.

use crate::domain::text::grouped;
use crate::model::alternative::Alternative;
use crate::model::alternatives::comparison::{AlternativeCost, Comparison};
use crate::model::alternatives::remaining::{Cause, RemainingCost};

use super::summary::{Section, TextTable};
use super::table::{Cell, Table};

pub(crate) fn table(comparison: &Comparison, currency: &str) -> Table {
    let of_alternative = |one: &AlternativeCost| {
        let alternative = one.alternative;
        one.remaining
            .iter()
            .map(move |remaining| row(alternative, remaining, currency))
            .collect::<Vec<_>>()
    };
    Table {
        name: "remaining_manual_cost",
        provenance: "one row an alternative and cause: its part of the manual cost that stays in the first year (the \
                     parts of a component add up to it), or the accounts that no provisioning acts on"
            .to_owned(),
        columns: &[
            "alternative", "cause", "component", "currency", "low", "high", "accounts", "meaning", "basis", "source",
            "missing",
        ],
        rows: comparison.alternatives.iter().flat_map(of_alternative).collect(),
    }
}

fn row(alternative: Alternative, remaining: &RemainingCost, currency: &str) -> Vec<Cell> {
    let cost = remaining.cost.as_ref();
    let [low, high] = cost.map_or([Cell::Missing, Cell::Missing], |(_, cost)| Cell::ends(cost));
    vec![
        Cell::text(alternative.as_str()),
        Cell::text(remaining.cause.as_str()),
        cost.map_or(Cell::Missing, |(kind, _)| Cell::text(kind.as_str())),
        cost.map_or(Cell::Missing, |_| Cell::text(currency)),
        low,
        high,
        remaining.accounts.map_or(Cell::Missing, Cell::Count),
        Cell::text(remaining.cause.label()),
        Cell::text(remaining.basis.as_str()),
        Cell::text(&remaining.source),
        cost.map_or(Cell::Missing, |(_, cost)| Cell::missing(cost.missing())),
    ]
}

/// Atlassian's own provisioning reaches the same with each plan, so one column stands for them.
pub(crate) fn section(comparison: &Comparison) -> Section {
    let mut table = TextTable::new(&[
        "what remains, and why",
        ">with Guard or Enterprise",
        ">with a third party",
    ])
    .sourced("remaining_manual_cost.csv");
    let left = |alternative| {
        comparison
            .of_alternative(alternative)
            .map_or(&[][..], |one| &one.remaining)
    };
    let (native, third) = (
        left(Alternative::GuardStandard),
        left(Alternative::ThirdParty),
    );
    for remaining in native {
        let other = third.iter().find(|one| one.cause == remaining.cause);
        table.push([
            remaining.cause.label().to_owned(),
            told(remaining),
            other.map_or_else(|| unsaid(remaining.cause), told),
        ]);
    }
    Section {
        title: "Remaining manual cost, first year".to_owned(),
        table,
        notes: Vec::new(),
    }
}

fn told(remaining: &RemainingCost) -> String {
    match (&remaining.cost, remaining.accounts) {
        (Some((_, cost)), _) => cost.whole(),
        (None, Some(1)) => "1 account".to_owned(),
        (None, Some(accounts)) => format!("{} accounts", grouped(accounts)),
        (None, None) => String::new(),
    }
}

/// What a third party does about a cause is its own business.
fn unsaid(_: Cause) -> String {
    "ask the vendor".to_owned()
}
