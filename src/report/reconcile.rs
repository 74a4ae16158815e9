//! A Guard invoice explained: the groups behind the computed count, with their accounts, and what would lower it.

use crate::domain::account::Accounts;
use crate::domain::class::{GuardClass, GuardVerdict};
use crate::model::reconcile::Reconciliation;

use super::quote::Answer;
use super::summary::{Section, Summary, TextTable};
use super::table::{Cell, Table};

/// How many addresses are named of a group in the terminal; the CSV names all.
const NAMED: usize = 4;

pub(crate) fn answer(
    found: &Reconciliation,
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
        warnings: Vec::new(),
        sections: vec![
            groups(found, classes, accounts),
            explanations(found),
            ways(found),
        ],
    };
    Answer {
        summary,
        table: table(classes, accounts, found, currency),
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
        notes: vec!["`--format csv` names every account with its reason.".to_owned()],
    }
}

fn explanations(found: &Reconciliation) -> Section {
    let notes = if found.explanations.is_empty() {
        vec!["No small set of reasons makes up the difference to the account.".to_owned()]
    } else {
        found
            .explanations
            .iter()
            .map(|one| one.statement.clone())
            .collect()
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
