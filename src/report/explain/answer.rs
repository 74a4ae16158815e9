//! Derivations and lists of figures as summaries and tables: what `explain` prints.

use std::collections::{BTreeMap, BTreeSet};

use crate::report::quote::Answer;
use crate::report::summary::{Section, Summary, TextTable};
use crate::report::table::{Cell, Table};

use super::derivation::{Derivation, Rule, Unit, Value};
use super::figures::Figure;

impl Value {
    fn text(&self) -> String {
        match self {
            Value::Amount(amount) => amount.text(),
            Value::Day(day) => day.to_string(),
            Value::Words(words) => words.clone(),
        }
    }

    /// Low, high, unit, what is missing, and the value.
    fn cells(&self) -> [Cell; 5] {
        match self {
            Value::Amount(amount) => {
                let (low, high) = amount.ends();
                let cell = |end: Option<crate::money::Number>| {
                    end.map_or(Cell::Missing, |end| match amount.unit {
                        Unit::Money(currency) => {
                            Cell::number(end.fixed(end.places().max(currency.minor_digits())))
                        }
                        Unit::Of(_) => Cell::number(end.plain()),
                    })
                };
                let unit = match amount.unit {
                    Unit::Money(currency) => Cell::text(currency.code()),
                    Unit::Of(unit) => Cell::text(unit),
                };
                let missing = match amount.missing.join("; ") {
                    reasons if reasons.is_empty() => Cell::Missing,
                    reasons => Cell::text(reasons),
                };
                [cell(low), cell(high), unit, missing, cell(amount.value)]
            }
            Value::Day(day) => [
                Cell::Day(*day),
                Cell::Day(*day),
                Cell::text("day"),
                Cell::Missing,
                Cell::Day(*day),
            ],
            Value::Words(words) => {
                let text = || Cell::text(words);
                [text(), text(), Cell::text("words"), Cell::Missing, text()]
            }
        }
    }
}

/// The figures that fit, each with its value; how one of them is made is told when it is asked for alone.
pub(crate) fn listing(title: String, figures: &[Figure]) -> Answer {
    let mut text = TextTable::new(&["figure", ">value", "??basis", "shown in"]);
    let mut rows = Vec::new();
    for figure in figures {
        let part = &figure.part;
        let shown_in = match figure.table.as_ref() {
            "summary" | "counts" => "report.json".to_owned(),
            table => format!("{table}.csv"),
        };
        text.push([
            part.name.clone(),
            short(part.value.text()),
            part.basis.as_str().to_owned(),
            shown_in,
        ]);
        let [low, high, unit, missing, value] = part.value.cells();
        rows.push(vec![
            Cell::text(&part.name),
            Cell::text(figure.table.as_ref()),
            low,
            high,
            unit,
            missing,
            Cell::text(part.rule.as_str()),
            Cell::text(part.basis.as_str()),
            Cell::text(&part.source),
            value,
        ]);
    }
    let summary = Summary {
        title,
        headline: vec![format!(
            "{} figures fit. Name one of them to see how it is made.",
            figures.len()
        )],
        sections: vec![Section {
            table: text,
            ..Section::default()
        }],
        ..Summary::default()
    };
    let table = Table {
        name: "figures",
        provenance: "one row a figure of the report, with the table that shows it".to_owned(),
        columns: &[
            "figure", "table", "low", "high", "unit", "missing", "rule", "basis", "source", "value",
        ],
        rows,
    };
    (summary, table).into()
}

/// The longest text that a list shows.
const SHORT: usize = 40;

fn short(text: String) -> String {
    if text.chars().count() <= SHORT {
        return text;
    }
    let start: String = text.chars().take(SHORT - 1).collect();
    format!("{}…", start.trim_end())
}

/// Trees of figures for a reader, and the same as a table for programs.
pub(crate) struct Derivations {
    pub(crate) title: String,
    /// The severe checks: what is explained may rest on what they doubt.
    pub(crate) warnings: Vec<String>,
    /// One for each figure.
    pub(crate) trees: Vec<Vec<TreeLine>>,
    pub(crate) table: Table,
}

/// One line of a tree, in the order in which they are read: a line's branches follow it, one deeper.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TreeLine {
    pub(crate) depth: usize,
    pub(crate) head: String,
    /// Sentences below the head.
    pub(crate) notes: Vec<String>,
}

/// How each of some figures is made, down to its sources, or to a depth.
pub(crate) fn derivations(title: String, figures: &[Figure], depth: Option<usize>) -> Derivations {
    let mut trees = Vec::new();
    let mut flat = Flat {
        told: BTreeMap::new(),
        rows: Vec::new(),
    };
    for figure in figures {
        let mut tree = Tree {
            deepest: depth.unwrap_or(usize::MAX),
            told: BTreeSet::new(),
            lines: Vec::new(),
        };
        tree.push(&figure.part, 0, "");
        trees.push(tree.lines);
        flat.push(&figure.part, None, 0);
    }
    Derivations {
        title,
        warnings: Vec::new(),
        trees,
        table: Table {
            name: "derivation",
            provenance: "one row a figure or a part of one; `part_of` is the row that it is a part of, `made_at` the \
                         row below which its own parts stand where that is another"
                .to_owned(),
            columns: &[
                "row", "part_of", "depth", "figure", "low", "high", "unit", "missing", "rule",
                "made_at",
                "working", "basis", "source", "value",
            ],
            rows: flat.rows,
        },
    }
}

/// A figure and its parts as lines. What was told above is not told again.
struct Tree<'a> {
    deepest: usize,
    told: BTreeSet<&'a str>,
    lines: Vec<TreeLine>,
}

impl<'a> Tree<'a> {
    fn push(&mut self, part: &'a Derivation, depth: usize, above: &str) {
        let own = part
            .name
            .strip_prefix(above)
            .and_then(|own| own.strip_prefix('/'));
        let head = format!("{}: {}", own.unwrap_or(&part.name), part.value.text());
        let is_new = self.told.insert(&part.name);
        let is_deep = depth >= self.deepest;
        let notes = match (part.parts.is_empty(), is_new) {
            (true, true) => vec![origin(part)],
            (true, false) => Vec::new(),
            (false, true) if is_deep => vec![match part.parts.len() {
                1 => "made of 1 part".to_owned(),
                parts => format!("made of {parts} parts"),
            }],
            (false, true) => vec![joined([part.rule.words(), &part.working])],
            (false, false) => vec!["made as above".to_owned()],
        };
        self.lines.push(TreeLine { depth, head, notes });
        if is_new && !is_deep {
            let shown = part.parts.iter().filter(|child| !is_nothing(part, child));
            for child in shown {
                self.push(child, depth + 1, &part.name);
            }
        }
    }
}

/// A count of none adds nothing to a sum, and nothing to its explanation.
fn is_nothing(whole: &Derivation, part: &Derivation) -> bool {
    let zero = matches!(
        &part.value,
        Value::Amount(amount) if amount.ends().1.is_some_and(|high| high.is_zero()) && part.parts.is_empty()
    );
    whole.rule == Rule::Sum && part.rule == Rule::Counted && zero
}

/// Where a figure without parts comes from. A price says itself how firm it is.
fn origin(part: &Derivation) -> String {
    let source = match part.rule {
        Rule::Priced => part.source.clone(),
        _ => format!("{}: {}", part.basis.as_str(), part.source),
    };
    joined([&part.working, &source])
}

fn joined(words: [&str; 2]) -> String {
    let told: Vec<&str> = words
        .into_iter()
        .filter(|words| !words.is_empty())
        .collect();
    told.join("; ")
}

/// A figure and its parts as rows, every part below its whole. The parts of what has been told stand at its first
/// row.
struct Flat<'a> {
    told: BTreeMap<&'a str, u64>,
    rows: Vec<Vec<Cell>>,
}

impl<'a> Flat<'a> {
    fn push(&mut self, part: &'a Derivation, part_of: Option<u64>, depth: u64) {
        let row = self.rows.len() as u64 + 1;
        let above = self.told.get(part.name.as_str()).copied();
        let [low, high, unit, missing, value] = part.value.cells();
        let counted = |row: Option<u64>| row.map_or(Cell::Missing, Cell::Count);
        self.rows.push(vec![
            Cell::Count(row),
            counted(part_of),
            Cell::Count(depth),
            Cell::text(&part.name),
            low,
            high,
            unit,
            missing,
            Cell::text(part.rule.as_str()),
            counted(above),
            Cell::text(&part.working),
            Cell::text(part.basis.as_str()),
            Cell::text(&part.source),
            value,
        ]);
        if above.is_none() {
            self.told.insert(&part.name, row);
            for child in &part.parts {
                self.push(child, Some(row), depth + 1);
            }
        }
    }
}
