//! The decision in words: what the guide's rules say on which facts, what the figures say, what would change it.

use crate::domain::counts::{Counts, guard_billable};
use crate::domain::text::grouped;
use crate::model::alternative::Alternative;
use crate::model::alternatives::comparison::Move;
use crate::model::alternatives::net::{at_most_in_words, in_words};
use crate::model::component::ComponentKind;
use crate::model::decision::rules::{Decision, GUIDE_BY};
use crate::model::inputs::facts::CountRange;
use crate::model::whole::Model;
use crate::price::estate::Estate;

use super::idle;
use super::summary::{Section, TextTable};
use super::table::{Cell, Table};

/// The answer in a few sentences.
pub(crate) fn headline(model: &Model, counts: &Counts, estate: &Estate) -> Vec<String> {
    // Counts and bills may be what is in doubt, so nothing but the way out is told.
    if let Some(why) = model.conclusion.withheld() {
        return vec![
            why,
            "Until then the tables show what the exports and prices give as they are: conclude nothing from them."
                .to_owned(),
        ];
    }
    let mut sentences = Vec::new();
    if let Some(manual) = model.comparison.of_alternative(Alternative::Manual) {
        sentences.push(format!(
            "Managing Atlassian accounts manually costs {} a year{}.",
            manual.first_year.whole(),
            if model.comparison.is_counted_with_scim {
                ", and more without the SCIM that is in use"
            } else {
                ""
            }
        ));
    }
    sentences.extend(against_today(model));
    sentences.push(model.decision.figures_say.clone());
    let (wasted, at_most) = (counts.wasted(), counts.wasted_at_most());
    let seats = counts.seats();
    let of_all = grouped(seats);
    if at_most > 0 {
        let (are, them) = match (wasted, at_most) {
            (1, 1) => ("is", "it"),
            _ => ("are", "them"),
        };
        let wasted = from_to(wasted, at_most);
        let unused = model
            .comparison
            .of_alternative(Alternative::Manual)
            .and_then(|manual| {
                let mut parts = manual.components.iter();
                parts.find(|part| part.kind == ComponentKind::UnusedLicences)
            });
        sentences.push(match (estate.advice().as_slice(), unused) {
            (advice @ [_, ..], Some(unused)) => format!(
                "{wasted} of {of_all} billed seats {are} wasted; {}. In all the bill can fall by {} a year, whichever \
                 alternative is taken.",
                advice.join("; "),
                unused.cost.whole()
            ),
            _ => format!(
                "{wasted} of {of_all} billed seats {are} wasted; without {them} the bill falls by {} a year, whichever \
                 alternative is taken.",
                estate.waste.whole()
            ),
        });
        sentences.extend(idle::sentence(counts, estate));
    } else if seats > 0 {
        sentences.push(format!("None of {of_all} billed seats is wasted."));
    }
    let (certain, at_most) = guard_billable(&counts.guard_standard);
    if counts.accounts() > 0 {
        sentences.push(format!(
            "Guard Standard would bill {} of {} accounts: guard_billing.csv has the reasons.",
            from_to(certain, at_most),
            grouped(counts.accounts())
        ));
    }
    sentences
}

/// `12`, `12–14`.
fn from_to(certain: u64, at_most: u64) -> String {
    CountRange { certain, at_most }.grouped()
}

/// What goes with Guard, whatever dropping it saves.
const LOST_WITH_GUARD: &str = "SSO, SCIM and audit logs";

/// Where Guard is paid for already: what keeping it, dropping it or moving up would save in the first year.
fn against_today(model: &Model) -> Option<String> {
    let comparison = &model.comparison;
    if !comparison.is_guard_held() {
        return None;
    }
    let today = comparison
        .alternatives
        .iter()
        .find(|one| one.step == Move::Keep)?;
    let scim = match (model.facts.scim_in_use, model.facts.scim_is_stated) {
        (true, _) => "with its SCIM",
        (false, true) => "without its SCIM",
        (false, false) => {
            "taken to be without its SCIM, since [scim] in seatledger.toml states neither `in_use` nor `key_created`"
        }
    };
    let steps: Vec<String> = comparison
        .alternatives
        .iter()
        .filter(|one| one.is_priced())
        .filter_map(|one| {
            let net = match one.net_against_today.known() {
                Some(range) if range.is_zero() => "changes nothing".to_owned(),
                _ if one.step == Move::DropGuard && comparison.is_counted_with_scim => {
                    at_most_in_words(&one.net_against_today)
                }
                _ => in_words(&one.net_against_today),
            };
            let net = match one.step {
                Move::DropGuard => format!("{net} and loses {LOST_WITH_GUARD}"),
                _ => net,
            };
            let step = match (one.step, one.alternative) {
                (Move::Keep, _) if model.facts.scim_in_use => return None,
                (Move::Keep, _) => "setting up its SCIM".to_owned(),
                (Move::DropGuard, Alternative::Manual) => "dropping it".to_owned(),
                (Move::DropGuard, _) => format!("dropping it for {}", one.alternative.in_words()),
                (Move::Up | Move::Down, _) => format!("moving to {}", one.label),
                (Move::Start, _) => format!("taking {}", one.label),
            };
            Some(format!("{step} {net}"))
        })
        .collect();
    Some(format!(
        "{} is paid for today, {scim}; against that, in the first year: {}.",
        today.label,
        steps.join("; ")
    ))
}

pub(crate) fn section(decision: &Decision) -> Section {
    let mut table = TextTable::new(&["situation in StitchFlow's guide", "holds", "facts"])
        .sourced("decision.csv");
    for one in &decision.situations {
        let facts: Vec<String> = one.facts.iter().map(|fact| fact.words.clone()).collect();
        let applied = decision.applied == Some(one.rule);
        let holds = match one.holds {
            Some(true) if applied => "yes, applied",
            Some(true) => "yes",
            Some(false) => "no",
            None => "not known",
        };
        table.push([one.situation.to_owned(), holds.to_owned(), facts.join("; ")]);
    }
    let mut notes = vec![
        format!("Advice of {GUIDE_BY}: {}", decision.guide_says),
        format!("The figures: {}", decision.figures_say),
        decision.because.clone(),
    ];
    if decision.names_the_cheapest() {
        notes.push(
            "The ranges are those of prices, counts and assumed values. Values of the benchmark and of your \
             configuration are taken as they are."
                .to_owned(),
        );
    }
    if !decision.break_evens.is_empty() {
        notes.push(format!(
            "What would change this answer ({}):",
            decision.measured
        ));
        notes.extend(
            decision
                .break_evens
                .iter()
                .map(|break_even| format!("– {}", break_even.statement)),
        );
    }
    Section {
        title: "Decision".to_owned(),
        table,
        notes,
    }
}

pub(crate) fn table(decision: &Decision) -> Table {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for one in &decision.situations {
        for fact in &one.facts {
            rows.push(vec![
                Cell::text(one.rule.as_str()),
                Cell::text(match one.holds {
                    Some(true) => "yes",
                    Some(false) => "no",
                    None => "not known",
                }),
                Cell::text(if decision.applied == Some(one.rule) {
                    "yes"
                } else {
                    "no"
                }),
                Cell::text(one.alternative.as_str()),
                Cell::text(fact.name),
                Cell::text(&fact.value),
                Cell::text(fact.basis.as_str()),
                Cell::text(&fact.source),
            ]);
        }
    }
    Table {
        name: "decision",
        provenance: format!(
            "one row a rule and fact it looked at; the first rule that holds applies. {}",
            decision.source
        ),
        columns: &[
            "rule", "holds", "applied", "advises", "fact", "value", "basis", "source",
        ],
        rows,
    }
}
