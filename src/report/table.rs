//! Tables of finished cells: every renderer writes the same values, none computes one.

use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

use crate::domain::day::Day;
use crate::money::{Cost, Money, MoneyRange};

/// One value of a table.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Text(String),
    Count(u64),
    Day(Day),
    /// The currency stands in a column of its own.
    Money(Money),
    /// A plain decimal number that is no money; never guarded as text, even when negative.
    Number(String),
    /// Nothing is known; another column says why.
    Missing,
}

impl Cell {
    pub(crate) fn text(text: impl Into<String>) -> Cell {
        Cell::Text(text.into())
    }

    pub(crate) fn number(number: impl ToString) -> Cell {
        Cell::Number(number.to_string())
    }

    /// The low and high cells of a cost: where a part of it has no price, the known rest is its low end and nobody
    /// knows the high one.
    pub(crate) fn ends(cost: &Cost) -> [Cell; 2] {
        [cost.low(), cost.high()].map(|end| end.map_or(Cell::Missing, Cell::Money))
    }

    /// What a cost lacks, for the column that says why an end is empty.
    pub(crate) fn missing(reasons: &[String]) -> Cell {
        if reasons.is_empty() {
            Cell::Missing
        } else {
            Cell::text(reasons.join("; "))
        }
    }

    /// The low and high cells of a range, both missing where it is not known.
    pub(crate) fn range(range: Option<MoneyRange>) -> [Cell; 2] {
        range.map_or([Cell::Missing, Cell::Missing], |range| {
            [Cell::Money(range.low()), Cell::Money(range.high())]
        })
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Cell::Text(text) | Cell::Number(text) => serializer.serialize_str(text),
            Cell::Count(count) => serializer.serialize_u64(*count),
            Cell::Day(day) => serializer.collect_str(day),
            Cell::Money(money) => serializer.serialize_str(&money.plain()),
            Cell::Missing => serializer.serialize_none(),
        }
    }
}

/// A table of the report: one CSV file, one list of objects in the JSON.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Table {
    /// Stem of the file's name.
    pub(crate) name: &'static str,
    /// What one row is, and where the figures come from.
    pub(crate) provenance: String,
    pub(crate) columns: &'static [&'static str],
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// The rows as objects with the columns as keys.
struct Rows<'t>(&'t Table);
struct Row<'t>(&'t [&'static str], &'t [Cell]);

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (column, cell) in self.0.iter().zip(self.1) {
            map.serialize_entry(column, cell)?;
        }
        map.end()
    }
}

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.0.rows.len()))?;
        for row in &self.0.rows {
            list.serialize_element(&Row(self.0.columns, row))?;
        }
        list.end()
    }
}

impl Serialize for Table {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("name", self.name)?;
        map.serialize_entry("source", &self.provenance)?;
        map.serialize_entry("rows", &Rows(self))?;
        map.end()
    }
}
