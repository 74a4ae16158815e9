//! A Guard invoice explained: the groups behind the computed count, with their accounts, and what would lower it.

use crate::domain::account::Accounts;
use crate::domain::check::Check;
use crate::domain::class::{GuardClass, GuardVerdict};
use crate::model::guard_count::reconcile::{Explanation, Group, Reconciliation, WayToLower};

use super::checks;
use super::quote::Answer;
use super::summary::{Section, Summary, TextTable};
use super::table::{Cell, Table};

/// How many addresses are named of a group in the terminal; CSV and JSON name all.
const NAMED: usize = 4;

pub(crate) fn answer(
    found: &Reconciliation,
    of_data: &[Check],
    classes: &[GuardClass],
    accounts: &Accounts,
    currency: &str,
) -> Answer {
    let summary = Summary {
        title: format!(
            "Guard invoice of {} accounts · computed {}",
            found.billed,
            found.computed.text()
        ),
        headline: vec![
            found.statement.clone(),
            format!(
                "The invoice's count costs {} a year by the price in force.",
                found.annual_fee.whole()
            ),
        ],
        warnings: checks::lines(of_data),
        sections: vec![
            groups(found, classes, accounts),
            explanations(found),
            ways(found),
        ],
    };
    Answer {
        summary,
        table: table(classes, accounts, found, currency),
        before: vec![
            invoice_table(found, currency),
            groups_table(found),
            explanations_table(found),
            ways_table(found, currency),
            checks::table(of_data),
        ],
    }
}

/// The invoice's count, the computed one and the fee.
fn invoice_table(found: &Reconciliation, currency: &str) -> Table {
    let [fee_low, fee_high] = Cell::ends(&found.annual_fee);
    Table {
        name: "invoice",
        provenance: found.source.clone(),
        columns: &[
            "plan",
            "billed",
            "computed_low",
            "computed_high",
            "more_billed_than_computed",
            "fewer_billed_than_computed",
            "statement",
            "currency",
            "annual_fee_low",
            "annual_fee_high",
            "missing",
            "basis",
        ],
        rows: vec![vec![
            Cell::text(found.plan.as_str()),
            Cell::Count(found.billed),
            Cell::Count(found.computed.certain),
            Cell::Count(found.computed.at_most),
            Cell::Count(found.more_than_at_most),
            Cell::Count(found.less_than_certain),
            Cell::text(&found.statement),
            Cell::text(currency),
            fee_low,
            fee_high,
            Cell::missing(found.annual_fee.missing()),
            Cell::text(found.basis.as_str()),
        ]],
    }
}

fn groups_table(found: &Reconciliation) -> Table {
    let row = |group: &Group| {
        vec![
            Cell::text(group.verdict.as_str()),
            Cell::text(group.reason.as_str()),
            Cell::Count(group.accounts),
            group.might_differ.map_or(Cell::Missing, Cell::text),
            Cell::text(group.basis.as_str()),
            Cell::text(group.source),
        ]
    };
    Table {
        name: "groups",
        provenance: "one row a verdict and reason, with its number of accounts".to_owned(),
        columns: &[
            "verdict",
            "reason",
            "accounts",
            "might_be_billed_otherwise",
            "basis",
            "source",
        ],
        rows: found.groups.iter().map(row).collect(),
    }
}

fn explanations_table(found: &Reconciliation) -> Table {
    let row = |one: &Explanation| {
        let reasons: Vec<&str> = one.reasons.iter().map(|reason| reason.as_str()).collect();
        vec![
            Cell::text(reasons.join("; ")),
            Cell::Count(one.accounts),
            Cell::text(&one.statement),
            Cell::text(one.basis.as_str()),
            Cell::text(one.source),
            Cell::Count(one.group_accounts),
            Cell::Count(one.left),
        ]
    };
    Table {
        name: "explanations",
        provenance: "one row a set of reasons whose accounts together are the difference, or come nearest to it: \
                     accounts is what they would make up, left what they leave"
            .to_owned(),
        columns: &[
            "reasons",
            "accounts",
            "statement",
            "basis",
            "source",
            "group_accounts",
            "left",
        ],
        rows: found.explanations.iter().map(row).collect(),
    }
}

fn ways_table(found: &Reconciliation, currency: &str) -> Table {
    let row = |way: &WayToLower| {
        let [low, high] = Cell::ends(&way.annual_worth);
        vec![
            Cell::text(way.code.as_str()),
            Cell::text(way.what),
            Cell::Count(way.accounts),
            Cell::text(currency),
            low,
            high,
            Cell::missing(way.annual_worth.missing()),
            Cell::text(&way.working),
            Cell::text(way.basis.as_str()),
            Cell::text(&way.source),
        ]
    };
    Table {
        name: "ways_to_lower",
        provenance: "one row a lawful way to lower the count, worth the difference of two fees when done alone"
            .to_owned(),
        columns: &[
            "way",
            "what",
            "accounts",
            "currency",
            "annual_worth_low",
            "annual_worth_high",
            "missing",
            "working",
            "basis",
            "source",
        ],
        rows: found.ways_to_lower.iter().map(row).collect(),
    }
}

fn groups(found: &Reconciliation, classes: &[GuardClass], accounts: &Accounts) -> Section {
    let mut table = TextTable::new(&[
        "verdict",
        "reason",
        ">accounts",
        "for example",
        "might be billed otherwise",
    ]);
    for group in &found.groups {
        let members = classes
            .iter()
            .enumerate()
            .filter(|(_, class)| class.verdict == group.verdict && class.reason == group.reason)
            .map(|(row, _)| accounts.email.get(row));
        let named: Vec<&str> = members.take(NAMED).collect();
        let more = if group.accounts > named.len() as u64 {
            ", …"
        } else {
            ""
        };
        table.push([
            group.verdict.as_str().to_owned(),
            group.reason.as_str().to_owned(),
            group.accounts.to_string(),
            named.join(", ") + more,
            group.might_differ.unwrap_or("").to_owned(),
        ]);
    }
    Section {
        title: "Every account, by verdict and reason".to_owned(),
        table,
        notes: vec![
            "`--format csv` names every account with its reason; `--format json` has all of this besides."
                .to_owned(),
        ],
    }
}

fn explanations(found: &Reconciliation) -> Section {
    let statements = || found.explanations.iter().map(|one| one.statement.clone());
    let notes = if found.agrees() {
        vec!["Nothing: the two counts agree.".to_owned()]
    } else if let Some(others) = found.too_few_others() {
        vec![format!(
            "No reason does: all {others} accounts that the rules do not bill are fewer than the {} more on the \
             invoice, so it counts at least {} accounts that the exports do not have.",
            found.more_than_at_most,
            found.more_than_at_most - others
        )]
    } else if found.explanations.is_empty() {
        vec!["No reason does: of no group is it known why it might be billed otherwise.".to_owned()]
    } else if found.explanations.iter().any(Explanation::is_whole) {
        statements().collect()
    } else {
        let nearest = "No set of whole groups is the difference. The nearest:".to_owned();
        std::iter::once(nearest).chain(statements()).collect()
    };
    Section {
        title: "What would make up the difference".to_owned(),
        table: TextTable::default(),
        notes,
    }
}

fn ways(found: &Reconciliation) -> Section {
    let mut table = TextTable::new(&[
        "lawful way to lower the count",
        ">accounts",
        ">worth a year",
    ]);
    for way in &found.ways_to_lower {
        table.push([
            way.what.to_owned(),
            way.accounts.to_string(),
            way.annual_worth.whole(),
        ]);
    }
    Section {
        title: "Lowering the count".to_owned(),
        table,
        notes: Vec::new(),
    }
    .or_none("No lawful way to lower it is seen in the exports.")
}

/// One row an account that counts, might count, or has a reason why it might be billed all the same.
fn table(
    classes: &[GuardClass],
    accounts: &Accounts,
    found: &Reconciliation,
    currency: &str,
) -> Table {
    let rows = classes
        .iter()
        .enumerate()
        .map(|(row, class)| {
            let group = found
                .groups
                .iter()
                .find(|group| group.verdict == class.verdict && group.reason == class.reason);
            vec![
                Cell::text(accounts.id.get(row)),
                Cell::text(accounts.email.get(row)),
                Cell::text(class.verdict.as_str()),
                Cell::text(class.reason.as_str()),
                Cell::text(if class.verdict == GuardVerdict::Billable {
                    currency
                } else {
                    ""
                }),
                group
                    .and_then(|group| group.might_differ)
                    .map_or(Cell::Missing, Cell::text),
            ]
        })
        .collect();
    Table {
        name: "reconcile",
        provenance: found.source.clone(),
        columns: &[
            "account_id",
            "email",
            "verdict",
            "reason",
            "billed_in",
            "might_be_billed_otherwise",
        ],
        rows,
    }
}
