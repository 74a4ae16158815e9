//! What to do, what each step is worth in a year when it is done alone, and from when: out of the savings, the Guard
//! count where Guard is held, and the findings that no amount is put on. Every worth is a figure of `price` or `model`.

use crate::domain::day::Day;
use crate::domain::finding::{FindingCode, Severity};
use crate::domain::product::Offering;
use crate::domain::text::grouped;
use crate::model::guard_count::lower::{GuardReduction, LowerBy};
use crate::money::Cost;
use crate::named::named;
use crate::price::Billing;
use crate::price::estate::{Estate, OfferingBill};

use super::more_seats::headroom;
use super::products::name;
use super::savings::{counts_from, gone, wasteful};
use super::summary::{Section, TextTable};
use super::table::{Cell, Table};

/// One thing to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Action {
    pub(crate) kind: ActionKind,
    /// As an instruction: `remove 36 wasted seats: Jira · northlight`.
    pub(crate) what: String,
    /// What a year costs less, when this alone is done; `None` where the model puts no amount on it.
    pub(crate) worth: Option<Cost>,
    /// The part of it that comes before any renewal.
    pub(crate) worth_today: Option<Cost>,
    /// Where the seats stand in their tier, in a sentence.
    pub(crate) headroom: Option<String>,
    /// Seats, accounts or findings that it is about.
    pub(crate) count: u64,
    pub(crate) unit: &'static str,
    /// The first bill that is lower, or the day of it.
    pub(crate) from: String,
    pub(crate) severity: Option<Severity>,
    pub(crate) basis: &'static str,
    pub(crate) source: &'static str,
}

named! {
    ActionKind {
        /// Seats that nobody needs.
        Seats = "seats";
        /// Accounts that the Guard bill need not count.
        Guard = "guard";
        /// A finding without an amount.
        Finding = "finding";
    }
}

/// Findings that are wasted seats: their worth is in the actions on seats.
const OF_SEATS: [FindingCode; 3] = [
    FindingCode::OrphanedSeat,
    FindingCode::InactiveSeat,
    FindingCode::NeverActiveSeat,
];

/// All actions, those worth most first; then those without an amount, the gravest first.
pub(crate) fn actions(
    estate: &Estate,
    offerings: &[Offering],
    as_of: Day,
    guard: &[GuardReduction],
    finding_counts: &[u64],
) -> Vec<Action> {
    // A seat's apps go with it: they are no action of their own.
    let of_products = wasteful(estate).filter(|line| offerings[line.offering].app.is_none());
    let mut all: Vec<Action> = of_products
        .map(|line| {
            let offering = &offerings[line.offering];
            // Where fewer seats would cost more, only those that are worth removing.
            let Worth {
                seats,
                worth,
                worth_today,
                apps,
            } = Worth::of(line, estate);
            Action {
                kind: ActionKind::Seats,
                what: format!(
                    "remove {} wasted {}: {}{apps}",
                    grouped(seats),
                    if seats == 1 { "seat" } else { "seats" },
                    name(&offering.product, &offering.site)
                ),
                worth_today: Some(worth_today),
                worth: Some(worth),
                headroom: headroom(line, offering, as_of),
                count: seats,
                unit: "seats",
                from: counts_from(line, offering, as_of),
                severity: None,
                basis: line.today.basis.as_str(),
                source: "savings.csv: the difference of two bills",
            }
        })
        .collect();
    all.extend(guard.iter().map(of_guard));
    all.retain(|one| one.count > 0);
    let worth = |one: &Action| {
        let known = one.worth.as_ref().and_then(Cost::known);
        known.map(|range| range.high().amount())
    };
    all.sort_by(|one, other| {
        (worth(other), one.kind, &one.what).cmp(&(worth(one), other.kind, &other.what))
    });
    let guard_is_priced = !guard.is_empty();
    let findings = FindingCode::ALL.iter().zip(finding_counts);
    let mut findings: Vec<Action> = findings
        .filter(|(code, count)| {
            let in_guard = guard_is_priced && **code == FindingCode::GuardWithoutUse;
            **count > 0 && !OF_SEATS.contains(code) && !in_guard
        })
        .map(|(code, &count)| {
            let facts = code.facts();
            Action {
                kind: ActionKind::Finding,
                what: facts.action.to_owned(),
                worth: None,
                worth_today: None,
                headroom: None,
                count,
                unit: "findings",
                from: "now".to_owned(),
                severity: Some(facts.severity),
                basis: "measured",
                source: "findings.csv",
            }
        })
        .collect();
    findings.sort_by_key(|one| one.severity);
    all.extend(findings);
    all
}

/// What removing the wasted seats of one product is worth.
struct Worth {
    seats: u64,
    worth: Cost,
    worth_today: Cost,
    /// `, with its 2 apps`.
    apps: String,
}

impl Worth {
    /// With its apps, where all of the wasted seats are worth removing.
    fn of(line: &OfferingBill, estate: &Estate) -> Worth {
        let own = |seats, worth: Cost| Worth {
            seats,
            worth_today: before_renewal(line.today.cycle, &worth),
            worth,
            apps: String::new(),
        };
        match (&line.partly, &line.with_apps) {
            (Some(partly), _) => own(partly.removed, Cost::from(partly.saving)),
            (None, None) => own(gone(line), line.clean_up.saving.clone()),
            (None, Some(with_apps)) => {
                let apps = with_apps.apps.iter().map(|&place| &estate.lines[place]);
                let today = std::iter::once(line).chain(apps);
                let today: Vec<Cost> = today
                    .map(|line| before_renewal(line.today.cycle, &line.clean_up.saving))
                    .collect();
                let currency = estate.today.currency;
                Worth {
                    seats: gone(line),
                    worth: with_apps.saving.clone(),
                    worth_today: Cost::sum(currency, &today)
                        .unwrap_or_else(|error| Cost::unknown(error.to_string())),
                    apps: match with_apps.apps.len() {
                        1 => ", with its app".to_owned(),
                        apps => format!(", with its {apps} apps"),
                    },
                }
            }
        }
    }
}

/// What of a year's saving comes before any renewal: all where the bill comes by the month, nothing where by the year.
fn before_renewal(cycle: Billing, worth: &Cost) -> Cost {
    match (cycle, worth.known()) {
        (Billing::Annual, Some(range)) => Cost::zero(range.currency()),
        _ => worth.clone(),
    }
}

fn of_guard(one: &GuardReduction) -> Action {
    let plan = one.plan.label();
    let accounts = grouped(one.lower.accounts);
    let what = match one.lower.code {
        LowerBy::DeactivateLeavers => format!("deactivate {accounts} leavers' accounts"),
        LowerBy::DropUnusedAccess => {
            format!("take access from {accounts} accounts that use nothing")
        }
        LowerBy::NonBillablePolicyForFreeTrello => {
            format!("move {accounts} free Trello accounts to a non-billable policy")
        }
        LowerBy::LeaveForeignSites => {
            format!("end the access of {accounts} accounts to other companies' sites")
        }
        LowerBy::LeaveSandboxes => format!("end the sandbox access of {accounts} accounts"),
        LowerBy::Together => format!("lower the count by {accounts} accounts"),
    };
    Action {
        kind: ActionKind::Guard,
        what: format!("{what} ({plan} fee)"),
        worth: Some(one.lower.annual_worth.clone()),
        worth_today: Some(before_renewal(one.cycle, &one.lower.annual_worth)),
        headroom: None,
        count: one.lower.accounts,
        unit: "accounts",
        from: match one.cycle {
            Billing::Monthly => "the next monthly bill".to_owned(),
            Billing::Annual => "the renewal".to_owned(),
        },
        severity: None,
        basis: one.lower.basis.as_str(),
        source: "guard_billing.csv: the difference of two fees",
    }
}

pub(crate) fn table(actions: &[Action], currency: &str) -> Table {
    let rows = actions
        .iter()
        .map(|one| {
            let ends = |worth: &Option<Cost>| {
                worth
                    .as_ref()
                    .map_or([Cell::Missing, Cell::Missing], Cell::ends)
            };
            let ([low, high], [today_low, today_high]) = (ends(&one.worth), ends(&one.worth_today));
            vec![
                Cell::text(one.kind.as_str()),
                Cell::text(&one.what),
                Cell::Count(one.count),
                Cell::text(one.unit),
                Cell::text(currency),
                low,
                high,
                Cell::text(&one.from),
                one.severity
                    .map_or(Cell::Missing, |severity| Cell::text(severity.as_str())),
                Cell::text(one.basis),
                Cell::text(one.source),
                one.worth.as_ref().map_or_else(
                    || Cell::text("no amount is put on it"),
                    |worth| Cell::missing(worth.missing()),
                ),
                today_low,
                today_high,
                one.headroom.as_ref().map_or(Cell::Missing, Cell::text),
            ]
        })
        .collect();
    Table {
        name: "actions",
        provenance: "one row a thing to do, the most valuable first; annual_worth is for the action done alone and \
                     worth_today the part of it before any renewal, so worths of the same seats and accounts overlap"
            .to_owned(),
        columns: &[
            "kind",
            "action",
            "count",
            "unit",
            "currency",
            "annual_worth_low",
            "annual_worth_high",
            "counts_from",
            "severity",
            "basis",
            "source",
            "missing",
            "worth_today_low",
            "worth_today_high",
            "headroom",
        ],
        rows,
    }
}

/// The first few, in words.
pub(crate) fn section(actions: &[Action], most: usize) -> Section {
    let mut table =
        TextTable::new(&["action", ">worth a year", "counts from"]).sourced("actions.csv");
    for one in actions.iter().take(most) {
        let worth = one.worth.as_ref().map_or("–".to_owned(), Cost::whole);
        let from = one.from.trim_start_matches("the ").to_owned();
        table.push([capital(&one.what), worth, from]);
    }
    Section {
        title: "Most valuable actions".to_owned(),
        table,
        notes: Vec::new(),
    }
    .or_none("There is nothing to act on.")
}

/// The text with its first letter as a capital.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
