//! The report: one value with every figure, sentence, table and chart, which all renderers show.
//!
//! `build` puts it together from counts, bills and the model; `products`, `departments`, `guard`, … make its
//! parts; `table`, `detail`, `summary` and `chart` are the shapes they take.

pub(crate) mod actions;
pub(crate) mod alternatives;
pub(crate) mod assumptions;
pub(crate) mod break_even;
pub(crate) mod bridge;
pub(crate) mod build;
pub(crate) mod chart;
pub(crate) mod charts;
pub(crate) mod check;
pub(crate) mod checks;
pub(crate) mod deadlines;
pub(crate) mod decision;
pub(crate) mod departments;
pub(crate) mod detail;
pub(crate) mod explain;
pub(crate) mod findings;
pub(crate) mod guard;
pub(crate) mod horizon;
pub(crate) mod idle;
pub(crate) mod more_seats;
pub(crate) mod prices;
pub(crate) mod products;
pub(crate) mod quote;
pub(crate) mod reconcile;
pub(crate) mod remaining_manual_cost;
pub(crate) mod savings;
pub(crate) mod scenario;
pub(crate) mod scim_tax;
pub(crate) mod screen;
pub(crate) mod sensitivity;
pub(crate) mod share;
pub(crate) mod simulation;
pub(crate) mod summary;
pub(crate) mod sureness;
pub(crate) mod table;

use serde::Serialize;

use crate::domain::check::Check;
use crate::domain::dataset::SourceFile;
use crate::domain::day::Day;
use crate::model::decision::conclusion::Conclusion;

/// Grows with every change that a reader of `report.json` could notice.
pub(crate) const SCHEMA: &str = "seatledger-report/3";

#[derive(Clone, Serialize)]
pub(crate) struct Report {
    pub(crate) schema: &'static str,
    pub(crate) organisation: String,
    pub(crate) as_of: Day,
    pub(crate) currency: String,
    /// The checks of data and prices that fired, the gravest first.
    pub(crate) checks: Vec<Check>,
    /// The cheapest alternative, or the severe checks that have to be settled before one is named.
    pub(crate) conclusion: Conclusion,
    pub(crate) summary: summary::Summary,
    /// The summary's short form, for a reader in a hurry: the same figures, so the JSON leaves it out.
    #[serde(skip)]
    pub(crate) screen: summary::Summary,
    pub(crate) inputs: Vec<SourceFile>,
    pub(crate) counts: CountSummary,
    pub(crate) tables: Vec<table::Table>,
    pub(crate) charts: Vec<chart::Chart>,
    /// Every figure with how it is made.
    pub(crate) figures: explain::StoredFigures,
    /// Further text files, by name.
    #[serde(skip)]
    pub(crate) attachments: Vec<(String, String)>,
    /// `accounts.csv` and `findings.csv`: as long as the organisation is large, so the JSON leaves them there.
    #[serde(skip)]
    pub(crate) detail: detail::Detail,
}

/// Whole numbers that partition: standings add up to accounts, uses to seats, accepted and rejected to records.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct CountSummary {
    pub(crate) source: &'static str,
    pub(crate) records: u64,
    pub(crate) accepted: u64,
    pub(crate) rejected: u64,
    pub(crate) people_present: u64,
    pub(crate) people_left: u64,
    pub(crate) accounts: u64,
    pub(crate) standings: Vec<NamedCount>,
    pub(crate) seats: u64,
    pub(crate) uses: Vec<NamedCount>,
    pub(crate) findings: Vec<NamedCount>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct NamedCount {
    pub(crate) name: &'static str,
    pub(crate) count: u64,
}
