//! The summary that a person reads first: finished sentences and small tables of finished text.

use serde::Serialize;

/// One table of the summary.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct TextTable {
    pub(crate) columns: Vec<String>,
    /// For each column, whether it holds numbers and is set to the right.
    pub(crate) right: Vec<bool>,
    /// For each column, whether a narrow page may leave it out.
    #[serde(skip)]
    pub(crate) optional: Vec<bool>,
    /// Of the columns that may be left out, the one that goes last: what tells how far the figures can be relied on.
    #[serde(skip)]
    pub(crate) last_to_go: Option<usize>,
    /// Whether its columns stand for alternatives of each other: a narrow page then has the further ones beneath.
    #[serde(skip)]
    pub(crate) beneath: bool,
    /// Whether it belongs with the table before it: the one screen then has no blank line between the two.
    #[serde(skip)]
    pub(crate) joined: bool,
    pub(crate) rows: Vec<Vec<String>>,
    /// Whether the last row is a total.
    pub(crate) has_total: bool,
    /// The file of the report that has the same figures with their bases and sources.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(crate) source: &'static str,
}

impl TextTable {
    /// A table with the columns' names; those led by `>` hold numbers, those led by `?` can be left out, and one led by
    /// `??` after all others.
    pub(crate) fn new(columns: &[&str]) -> TextTable {
        TextTable {
            columns: columns
                .iter()
                .map(|name| name.trim_start_matches(['?', '>']).to_owned())
                .collect(),
            right: columns
                .iter()
                .map(|name| name.trim_start_matches('?').starts_with('>'))
                .collect(),
            optional: columns.iter().map(|name| name.starts_with('?')).collect(),
            last_to_go: columns.iter().position(|name| name.starts_with("??")),
            beneath: false,
            joined: false,
            rows: Vec::new(),
            has_total: false,
            source: "",
        }
    }

    /// The same with the file that its figures stand in.
    pub(crate) fn sourced(self, source: &'static str) -> TextTable {
        TextTable { source, ..self }
    }

    pub(crate) fn push(&mut self, row: impl IntoIterator<Item = String>) {
        self.rows.push(row.into_iter().collect());
    }
}

/// A titled part of the summary.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Section {
    pub(crate) title: String,
    pub(crate) table: TextTable,
    /// Sentences below the table.
    pub(crate) notes: Vec<String>,
}

impl Section {
    /// A section of which there may be nothing: a sentence takes the place of a table without rows.
    pub(crate) fn or_none(mut self, sentence: &str) -> Section {
        if self.table.rows.is_empty() {
            self.table = TextTable::new(&[]).sourced(self.table.source);
            self.notes.insert(0, sentence.to_owned());
        }
        self
    }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Summary {
    pub(crate) title: String,
    /// The answer in a few sentences.
    pub(crate) headline: Vec<String>,
    /// What puts figures in doubt; shown above everything else.
    pub(crate) warnings: Vec<String>,
    pub(crate) sections: Vec<Section>,
}
