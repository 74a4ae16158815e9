//! The one screen that `report` prints: what a finance reader needs, and nothing else. `--full` prints every section
//! of the summary instead; both are made of the same figures.

use crate::domain::text::grouped;
use crate::model::alternative::Alternative;
use crate::model::alternatives::comparison::Comparison;
use crate::model::component::ComponentKind;
use crate::model::dates::deadlines::Deadline;
use crate::model::inputs::facts::CountRange;
use crate::money::{Cost, MoneyError};

use super::actions::{self, Action};
use super::alternatives::{against_today, net_text};
use super::departments::DepartmentRow;
use super::idle;
use super::products::ProductRow;
use super::share::WasteShare;
use super::summary::{Section, Summary, TextTable};

/// So many warnings are told; the others are counted.
const WARNINGS: usize = 5;
/// So many products, and so many departments.
const MOST_WASTE: usize = 5;
const DEADLINES: usize = 2;
const ACTIONS: usize = 3;

/// What the screen is made of.
pub(crate) struct Content<'r> {
    pub(crate) comparison: &'r Comparison,
    pub(crate) products: &'r [ProductRow],
    pub(crate) departments: &'r [DepartmentRow],
    pub(crate) deadlines: &'r [Deadline],
    pub(crate) actions: &'r [Action],
    /// Whether a severe check forbids conclusions: the headline then says what to settle first, and no cost.
    pub(crate) is_withheld: bool,
    /// Without an export of Atlassian's there are no seats to speak of.
    pub(crate) has_seats: bool,
}

/// The short form of a summary.
///
/// # Errors
/// `TooLarge`.
pub(crate) fn screen(whole: &Summary, content: &Content<'_>) -> Result<Summary, MoneyError> {
    let mut warnings: Vec<String> = whole.warnings.iter().take(WARNINGS).cloned().collect();
    let more = whole.warnings.len() - warnings.len();
    if more > 0 {
        warnings.push(format!("and {more} more: `seatledger check` lists them"));
    }
    let mut headline = whole.headline.clone();
    // How many accounts Guard would bill is a detail behind its fee, and another limit is for those who think of one.
    headline.retain(|sentence| {
        !sentence.contains("guard_billing.csv") && !sentence.starts_with(idle::SENTENCE)
    });
    if let Some(split) = split(content.comparison).filter(|_| !content.is_withheld) {
        headline.insert(headline.len().min(1), split);
    }
    // The answer is one paragraph, and how sure it is another.
    let sure = headline.pop_if(|last| last.starts_with("How sure"));
    let headline = [Some(headline.join(" ")), sure]
        .into_iter()
        .flatten()
        .collect();
    let mut sections = vec![alternatives(content.comparison)];
    if content.has_seats {
        sections.extend([
            products(content.products)?,
            departments(content.departments)?,
        ]);
    }
    sections.extend(deadlines(content.deadlines));
    sections.push(actions::section(content.actions, ACTIONS));
    sections.retain(|section| !section.table.rows.is_empty());
    // A blank line apart stand the alternatives and what to act on.
    for place in 1..sections.len() {
        let [before, this] = [&sections[place - 1], &sections[place]].map(|one| one.table.source);
        sections[place].table.joined = matches!(
            (before, this),
            ("waste_by_product.csv", "waste_by_department.csv")
                | ("waste_by_department.csv", "deadlines.csv" | "actions.csv")
                | ("deadlines.csv", "actions.csv")
        );
    }
    Ok(Summary {
        title: whole.title.clone(),
        headline,
        warnings,
        sections,
    })
}

/// Of what today's cost is made.
fn split(comparison: &Comparison) -> Option<String> {
    let manual = comparison.of_alternative(Alternative::Manual)?;
    let of = |kind: ComponentKind| {
        let mut parts = manual.components.iter();
        parts
            .find(|part| part.kind == kind)
            .map_or_else(|| "unknown".to_owned(), |part| part.cost.whole())
    };
    Some(format!(
        "It is made of unused seats {}, IT work {} and leavers missed {}.",
        of(ComponentKind::UnusedLicences),
        of(ComponentKind::ItLabour),
        of(ComponentKind::ComplianceMisses)
    ))
}

fn alternatives(comparison: &Comparison) -> Section {
    let held = comparison.is_guard_held();
    let against = if held {
        ">against today"
    } else {
        ">against manual work"
    };
    let mut table = TextTable::new(&[
        "alternative",
        "?>fees",
        ">first year",
        against,
        "reliability",
    ])
    .sourced("alternatives.csv");
    for one in &comparison.alternatives {
        let net = match (held, one.alternative) {
            (true, _) => against_today(comparison, one),
            (false, Alternative::Manual) => "–".to_owned(),
            (false, _) => net_text(&one.net),
        };
        table.push([
            one.label.clone(),
            super::alternatives::sum(one, ComponentKind::is_fee),
            one.first_year.whole(),
            net,
            one.basis.as_str().to_owned(),
        ]);
    }
    Section {
        title: "Alternatives".to_owned(),
        table,
        notes: Vec::new(),
    }
}

/// A name with its wasted seats, of how many, and what they cost.
struct Wasteful<'r> {
    name: String,
    wasted: CountRange,
    seats: u64,
    cost: &'r Cost,
}

/// Those whose waste costs most, in a table.
fn most_waste(
    mut rows: Vec<Wasteful<'_>>,
    title: &str,
    source: &'static str,
) -> Result<Section, MoneyError> {
    rows.retain(|row| row.wasted.at_most > 0);
    let worth = |row: &Wasteful<'_>| row.cost.known().map(|range| range.high().amount());
    rows.sort_by(|one, other| {
        let key = |row: &Wasteful<'_>| (worth(row), row.wasted.at_most);
        key(other)
            .cmp(&key(one))
            .then_with(|| one.name.cmp(&other.name))
    });
    let mut table = TextTable::new(&["name", ">wasted seats", ">share", ">a year"]).sourced(source);
    for row in rows.iter().take(MOST_WASTE) {
        let share = WasteShare::of(row.wasted.certain, row.wasted.at_most, row.seats)?;
        table.push([
            row.name.clone(),
            format!("{} of {}", row.wasted.grouped(), grouped(row.seats)),
            share.map_or_else(|| "–".to_owned(), WasteShare::text),
            row.cost.whole(),
        ]);
    }
    Ok(Section {
        title: title.to_owned(),
        table,
        notes: Vec::new(),
    })
}

fn products(rows: &[ProductRow]) -> Result<Section, MoneyError> {
    let rows = rows.iter().map(|row| Wasteful {
        name: row.name(),
        wasted: CountRange {
            certain: row.wasted(),
            at_most: row.wasted_at_most(),
        },
        seats: row.seats(),
        cost: &row.annual_saving,
    });
    most_waste(
        rows.collect(),
        "Most waste by product",
        "waste_by_product.csv",
    )
}

fn departments(rows: &[DepartmentRow]) -> Result<Section, MoneyError> {
    let costs: Vec<Cost> = rows
        .iter()
        .map(DepartmentRow::waste)
        .collect::<Result<_, _>>()?;
    let rows = rows.iter().zip(&costs).map(|(row, cost)| Wasteful {
        name: row.name.clone(),
        wasted: CountRange {
            certain: row.wasted,
            at_most: row.wasted_at_most,
        },
        seats: row.seats,
        cost,
    });
    most_waste(
        rows.collect(),
        "Most waste by department",
        "waste_by_department.csv",
    )
}

/// The next days by which something has to be done; those that are past stand in the full report.
fn deadlines(deadlines: &[Deadline]) -> Option<Section> {
    let mut table = TextTable::new(&["deadline", "day", ">days left"]).sourced("deadlines.csv");
    for one in deadlines
        .iter()
        .filter(|one| one.days_left >= 0)
        .take(DEADLINES)
    {
        table.push([
            one.what.clone(),
            one.day.to_string(),
            one.days_left.to_string(),
        ]);
    }
    (!table.rows.is_empty()).then(|| Section {
        title: "Next deadlines".to_owned(),
        table,
        notes: Vec::new(),
    })
}
