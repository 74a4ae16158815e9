//! The alternatives: their components as a table, the comparison in words, and the chart.

use crate::model::alternative::Alternative;
use crate::model::alternatives::ceiling::{Asking, Ceiling};
use crate::model::alternatives::comparison::{AlternativeCost, Comparison, Move};
use crate::model::alternatives::net::{at_most_in_words, in_words};
use crate::model::component::{Component, ComponentKind};
use crate::model::decision::conclusion::Conclusion;
use crate::money::{Cost, MoneyError, MoneyRange};

use super::chart::{Caption, Chart, Column, ColumnCost, Hue, Layer, Part, Range, Stacked};
use super::charts::{Frame, middle};
use super::summary::{Section, TextTable};
use super::table::{Cell, Table};

/// One row a component of each alternative, and a total row for each.
pub(crate) fn table(comparison: &Comparison, currency: &str) -> Table {
    let mut rows = Vec::new();
    let mut push = |alternative: Alternative,
                    component: &str,
                    basis: &str,
                    cost: &Cost,
                    when: &str,
                    working: &str,
                    source: &str| {
        let [low, high] = Cell::ends(cost);
        rows.push(vec![
            Cell::text(alternative.as_str()),
            Cell::text(component),
            Cell::text(basis),
            Cell::text(currency),
            low,
            high,
            Cell::text(when),
            Cell::text(working),
            Cell::text(source),
            Cell::missing(cost.missing()),
        ]);
    };
    for one in &comparison.alternatives {
        for part in &one.components {
            let when = if part.kind.when() == crate::model::component::When::Once {
                "once"
            } else {
                "yearly"
            };
            push(
                one.alternative,
                part.kind.as_str(),
                part.basis.as_str(),
                &part.cost,
                when,
                &part.working,
                &part.source,
            );
        }
        let basis = one.basis.as_str();
        push(
            one.alternative,
            "total",
            basis,
            &one.first_year,
            "first year",
            "sum of the components",
            &one.source,
        );
        push(
            one.alternative,
            "net-against-manual",
            basis,
            &one.net,
            "first year",
            "what it saves; negative where it costs more",
            &one.source,
        );
        if comparison.is_guard_held() {
            push(
                one.alternative,
                "net-against-today",
                basis,
                &one.net_against_today,
                "first year",
                &format!(
                    "{}: what it saves {}against what is paid and done today",
                    one.step.label(),
                    if one.step == Move::DropGuard && comparison.is_counted_with_scim {
                        "at most "
                    } else {
                        ""
                    }
                ),
                "what is paid and done today, and the components of this alternative",
            );
        }
    }
    Table {
        name: "alternatives",
        provenance: "one row a component of an alternative in its first year, then its total and its nets; what \
                     lacks a price has its floor in low and nothing in high, and the column missing says what it is"
            .to_owned(),
        columns: &["alternative", "component", "basis", "currency", "low", "high", "when", "working", "source", "missing"],
        rows,
    }
}

/// What a third party may ask: for each other alternative the yearly fee under which it is the cheaper one.
pub(crate) fn ceilings(comparison: &Comparison, currency: &str) -> Table {
    let rows = comparison.ceilings.iter().map(|one| {
        let [low, high] = Cell::ends(&one.annual);
        let [each_low, each_high] = Cell::ends(&one.per_user_month.round_minor());
        vec![
            Cell::text(one.against.as_str()),
            Cell::text(currency),
            low,
            high,
            each_low,
            each_high,
            Cell::text(one.statement()),
            Cell::text(one.basis.as_str()),
            Cell::text(&one.working),
            Cell::text(&one.source),
            Cell::missing(one.annual.missing()),
        ]
    });
    Table {
        name: "ceilings",
        provenance: "one row an alternative that a third party is held against: below the low fee it surely costs less, below \
                     the high one it may; its own set-up fee is not in it, and below zero no fee does"
            .to_owned(),
        columns: &[
            "against", "currency", "annual_fee_low", "annual_fee_high", "per_user_month_low", "per_user_month_high",
            "statement", "basis", "working", "source", "missing",
        ],
        rows: rows.collect(),
    }
}

/// `apps_saving` is what Marketplace apps have of the unused seats.
pub(crate) fn section(comparison: &Comparison, apps_saving: Option<&Cost>) -> Section {
    let held = comparison.is_guard_held();
    let against = if held {
        ["step", "?>against manual work", ">against today"]
    } else {
        [">against manual work", "", ""]
    };
    let columns = [
        "alternative",
        "?>fees",
        "?>own work",
        "?>remaining manual cost",
        ">first year",
    ];
    let columns = columns.into_iter().chain(against).chain(["??reliability"]);
    let columns: Vec<&str> = columns.filter(|name| !name.is_empty()).collect();
    let mut table = TextTable::new(&columns).sourced("alternatives.csv");
    for one in &comparison.alternatives {
        let mut row = vec![
            one.label.clone(),
            sum(one, |kind| kind.is_fee()),
            sum(one, |kind| !kind.is_fee() && !kind.is_manual()),
            sum(one, ComponentKind::is_manual),
            one.first_year.whole(),
        ];
        row.extend(held.then(|| one.step.label().to_owned()));
        row.push(match one.alternative {
            Alternative::Manual => String::new(),
            _ => net_text(&one.net),
        });
        row.extend(held.then(|| against_today(comparison, one)));
        row.push(one.basis.as_str().to_owned());
        table.push(row);
    }
    let mut notes = comparison.notes.clone();
    notes.extend(apps_saving.map(|saving| {
        format!(
            "Of today's unused seats {} a year is for Marketplace apps, which are billed for the users of their hosts.",
            saving.whole()
        )
    }));
    notes.extend(
        comparison
            .ceilings
            .iter()
            .filter(|_| third_party_unpriced(comparison))
            .map(Ceiling::statement),
    );
    Section {
        title: "Alternatives, first year".to_owned(),
        table,
        notes,
    }
}

/// What an alternative saves against today, where Guard is paid for: a bound where SCIM has done part of the work.
pub(super) fn against_today(comparison: &Comparison, one: &AlternativeCost) -> String {
    let net = &one.net_against_today;
    let is_bound = one.step == Move::DropGuard && comparison.is_counted_with_scim;
    match net.known().filter(|_| is_bound) {
        Some(range) if range.high().is_negative() => at_most_in_words(net),
        Some(_) => format!("at most {}", net_text(net)),
        None => net_text(net),
    }
}

fn third_party_unpriced(comparison: &Comparison) -> bool {
    comparison
        .of_alternative(Alternative::ThirdParty)
        .is_some_and(|one| !one.is_priced())
}

/// A net for a table: what is saved, or what it costs more.
pub(super) fn net_text(net: &Cost) -> String {
    match net.known() {
        Some(range) if !range.low().is_negative() => net.whole(),
        Some(range) if net.is_complete() && !range.high().is_negative() => range.whole(),
        _ => in_words(net).replace("saves an unknown amount", "unknown"),
    }
}

pub(super) fn sum(one: &AlternativeCost, keep: impl Fn(ComponentKind) -> bool) -> String {
    let parts: Vec<&Component> = one
        .components
        .iter()
        .filter(|part| keep(part.kind))
        .collect();
    // What a bill that is not wholly known takes off leaves no floor.
    let unsure =
        |part: &&&Component| part.kind == ComponentKind::JiraReplaced && !part.cost.is_complete();
    if let Some(replaced) = parts.iter().find(unsure) {
        return replaced.cost.whole();
    }
    match parts.as_slice() {
        [] => "–".to_owned(),
        [first, rest @ ..] => rest
            .iter()
            .try_fold(first.cost.clone(), |total, part| total.plus(&part.cost))
            .map_or_else(|_| "too large".to_owned(), |total| total.whole()),
    }
}

/// The stacked chart of the first year.
pub(crate) fn chart(
    comparison: &Comparison,
    conclusion: &Conclusion,
    frame: &Frame<'_>,
) -> Result<Chart, MoneyError> {
    let mut kinds: Vec<ComponentKind> = comparison
        .alternatives
        .iter()
        .filter(|one| one.is_priced())
        .flat_map(|one| one.components.iter().map(|part| group(part.kind)))
        .collect();
    kinds.sort();
    kinds.dedup();
    let columns = comparison
        .alternatives
        .iter()
        .map(|one| column(one, &kinds, comparison, conclusion))
        .collect::<Result<Vec<_>, _>>()?;
    let title = chart_title(comparison, conclusion);
    Ok(Chart::Stacked(Stacked {
        caption: Caption {
            name: "alternatives",
            title,
            subtitle: format!(
                "Cost of the first year by component, {}; bars at the middle of each range",
                frame.currency.code()
            ),
            footnote: frame
                .footnote("Components, bases and sources: alternatives.csv, assumptions.csv"),
            nothing: String::new(),
        },
        unit: frame.unit(),
        components: kinds
            .iter()
            .map(|kind| Layer {
                name: group_label(*kind).to_owned(),
                hue: hue(*kind),
            })
            .collect(),
        columns,
    }))
}

/// What the chart of the first year shows: the cheapest alternative where one may be named.
fn chart_title(comparison: &Comparison, conclusion: &Conclusion) -> String {
    let Some(cheapest) = conclusion.cheapest() else {
        return "What each alternative costs in the first year; no cheapest one is named yet"
            .to_owned();
    };
    let mut rivals = cheapest.rivals.iter();
    let overlaps = rivals.all(|one| {
        let rival = comparison.of_alternative(*one);
        rival.is_some_and(|one| one.net.is_complete())
    });
    let certain = match (cheapest.certain, overlaps) {
        (true, _) => "",
        (false, true) => ", though the ranges overlap",
        (false, false) => ", as far as prices are known",
    };
    comparison.of_alternative(cheapest.alternative).map_or_else(
        || "No alternative has a price".to_owned(),
        |one| {
            format!(
                "{} is the cheapest alternative in the first year: {}{certain}",
                one.label,
                one.first_year.whole()
            )
        },
    )
}

/// Parts of one nature are drawn as one: few colours can be told apart.
const fn group(kind: ComponentKind) -> ComponentKind {
    match kind {
        ComponentKind::SetUp | ComponentKind::KeyRotation | ComponentKind::AccessReview => {
            ComponentKind::ItLabour
        }
        ComponentKind::ThirdPartySetUpFee => ComponentKind::ThirdPartyFee,
        ComponentKind::JiraReplaced => ComponentKind::EnterpriseFee,
        other => other,
    }
}

const fn group_label(kind: ComponentKind) -> &'static str {
    match kind {
        ComponentKind::EnterpriseFee => "Jira Enterprise less today's Jira bill",
        ComponentKind::ItLabour => "IT hours",
        other => other.label(),
    }
}

const fn hue(kind: ComponentKind) -> Hue {
    match kind {
        ComponentKind::GuardStandardFee => Hue::GuardStandard,
        ComponentKind::GuardPremiumFee => Hue::GuardPremium,
        ComponentKind::EnterpriseFee | ComponentKind::JiraReplaced => Hue::Enterprise,
        ComponentKind::ThirdPartyFee | ComponentKind::ThirdPartySetUpFee => Hue::ThirdParty,
        ComponentKind::SetUp
        | ComponentKind::KeyRotation
        | ComponentKind::AccessReview
        | ComponentKind::ItLabour => Hue::ItHours,
        ComponentKind::UnusedLicences => Hue::UnusedLicences,
        ComponentKind::ComplianceMisses => Hue::ComplianceMisses,
    }
}

fn column(
    one: &AlternativeCost,
    kinds: &[ComponentKind],
    comparison: &Comparison,
    conclusion: &Conclusion,
) -> Result<Column, MoneyError> {
    let cheapest = conclusion.cheapest();
    let badge = cheapest.filter(|cheapest| cheapest.alternative == one.alternative);
    let badge = badge.map(|cheapest| {
        if cheapest.certain {
            "lowest cost"
        } else {
            "lowest, not certain"
        }
        .to_owned()
    });
    let Some(total) = one.first_year.known().filter(|_| one.is_priced()) else {
        let ceiling = comparison
            .ceilings
            .iter()
            .find(|ceiling| ceiling.against == Alternative::Manual);
        let asking = ceiling
            .filter(|_| one.alternative == Alternative::ThirdParty)
            .map(Ceiling::asking);
        let label = match asking {
            Some(Asking::LessThan(range)) => {
                format!("price unknown; worth up to {} a year", range.whole())
            }
            Some(Asking::AtBestLessThan { most, .. }) => {
                format!("price unknown; worth up to {} a year at best", most.whole())
            }
            Some(Asking::AtLeast { least, .. }) => {
                format!("price unknown; worth at least {} a year", least.whole())
            }
            Some(Asking::Nothing { .. }) => {
                "price unknown; worth nothing against manual work".to_owned()
            }
            Some(Asking::CannotTell { .. }) | None => "price unknown".to_owned(),
        };
        return Ok(Column {
            name: one.label.clone(),
            badge,
            cost: ColumnCost::Unknown { label },
        });
    };
    let mut parts = Vec::new();
    for (place, kind) in kinds.iter().enumerate() {
        let mut amount: Option<MoneyRange> = None;
        for range in one
            .components
            .iter()
            .filter(|part| group(part.kind) == *kind)
            .filter_map(|part| part.cost.known())
        {
            amount = Some(match amount {
                None => range,
                Some(so_far) => so_far.plus(range)?,
            });
        }
        if let Some(amount) = amount.filter(|amount| !amount.is_zero()) {
            let middle = middle(amount)?;
            parts.push(Part {
                component: place,
                value: middle.to_f64(),
                label: middle.compact(),
            });
        }
    }
    let range = (one.first_year.is_complete() && !total.is_point()).then(|| Range {
        low: total.low().to_f64(),
        high: total.high().to_f64(),
        label: String::new(),
    });
    Ok(Column {
        name: one.label.clone(),
        badge,
        cost: ColumnCost::Known {
            total: parts.iter().map(|part| part.value).sum(),
            parts,
            label: one.first_year.compact(),
            range,
        },
    })
}
