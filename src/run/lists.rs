//! `quote`, `prices` and `scim-tax`: what can be said without any export.

use std::collections::BTreeMap;
use std::io::Write;

use super::{Failure, own_data_faulty, price_book, pricing_failed};
use crate::cli::{Format, ListArguments, QuoteArguments};
use crate::error::Error;
use crate::model::assumptions::benchmark::Benchmark;
use crate::money::{Currency, MoneyError};
use crate::options;
use crate::price::contract::Contract;
use crate::price::quote::Pricing;
use crate::render::terminal::Look;
use crate::render::{csv, markdown, terminal};
use crate::report::quote::{self, Answer};
use crate::report::table::Table;
use crate::report::{prices, scim_tax};
use crate::safe::json;

pub(super) fn quote(
    arguments: &QuoteArguments,
    look: Look,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let users = options::users(&arguments.users)?;
    let benchmark = benchmark()?;
    let answer = with_list_prices(arguments.as_of.as_deref(), |pricing| {
        quote::quote(pricing, &benchmark, &users)
    })?;
    print(&answer, arguments.format, look, out)
}

pub(super) fn prices(
    arguments: &ListArguments,
    look: Look,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let book = price_book()?;
    let day = options::day_or_today(arguments.as_of.as_deref())?.date();
    print(&prices::answer(&book, day), arguments.format, look, out)
}

pub(super) fn scim_taxes(
    arguments: &ListArguments,
    look: Look,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let answer = with_list_prices(arguments.as_of.as_deref(), scim_tax::answer)?;
    print(&answer, arguments.format, look, out)
}

/// Prices in force on a day, at list: what commands without exports work with.
fn with_list_prices<T>(
    as_of: Option<&str>,
    answer: impl FnOnce(&Pricing<'_>) -> Result<T, MoneyError>,
) -> Result<T, Error> {
    let book = price_book()?;
    let contract = Contract::default();
    let day = options::day_or_today(as_of)?.date();
    answer(&Pricing {
        book: &book,
        contract: &contract,
        currency: Currency::USD,
        day,
    })
    .map_err(pricing_failed)
}

pub(super) fn benchmark() -> Result<Benchmark, Error> {
    Benchmark::embedded().map_err(|faults| own_data_faulty("reading the benchmark", &faults))
}

pub(super) fn print(
    answer: &Answer,
    format: Format,
    look: Look,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    match format {
        Format::Text => write!(out, "{}", terminal::summary(&answer.summary, look))?,
        Format::Markdown => write!(out, "{}", markdown::summary(&answer.summary))?,
        Format::Json => {
            if answer.before.is_empty() {
                json::write(&mut *out, &answer.table)?;
            } else {
                let tables: Vec<&Table> = answer.before.iter().chain([&answer.table]).collect();
                json::write(&mut *out, &BTreeMap::from([("tables", tables)]))?;
            }
        }
        Format::Csv => csv::table(&answer.table, &mut *out)?,
    }
    Ok(())
}
