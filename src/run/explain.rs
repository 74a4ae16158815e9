//! `explain`: one account and why it is classed and billed so, or one figure down to its sources.

use std::io::Write;

use super::load::{Loaded, load};
use super::{Failure, lists, pricing_failed, report};
use crate::analyse;
use crate::cli::{ExplainArguments, Format};
use crate::error::Error;
use crate::read::address;
use crate::render::terminal::Look;
use crate::render::{csv, tree};
use crate::report::explain::{self, Derivations, Found, Known, Record};
use crate::report::{checks, findings};
use crate::safe::json;

pub(super) fn explain(
    arguments: &ExplainArguments,
    look: Look,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Failure> {
    let loaded = load(&arguments.input, err)?;
    match address::normalise(&arguments.what) {
        Some(email) => account(arguments, loaded, &email, look, out),
        None => figure(arguments, loaded, look, out, err),
    }
}

fn account(
    arguments: &ExplainArguments,
    loaded: Loaded,
    email: &str,
    look: Look,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let addresses = &loaded.dataset.accounts.email;
    let Some(row) = addresses.iter().position(|known| known == email) else {
        return Err(Error::Usage {
            message: format!("no account has the address {}", arguments.what),
            hint: "accounts.csv of a report lists all addresses".to_owned(),
        }
        .into());
    };
    let record = record(&loaded, row);
    let report = report::compute(loaded, None)?.report()?;
    let mut answer = explain::account(&report.detail, row, &record);
    answer.summary.warnings = checks::severe_lines(&report.checks);
    lists::print(&answer, arguments.format, look, out)
}

/// What the report's own columns do not have of an account.
fn record(loaded: &Loaded, row: usize) -> Record {
    let dataset = &loaded.dataset;
    let person = dataset.person_of(row).map(|person| {
        let status = person.status.meaning();
        match person.left {
            Some(day) => format!("{status}, day of leaving {day}"),
            None => status.to_owned(),
        }
    });
    Record {
        read_at: dataset.place(dataset.accounts.origin[row]),
        person,
        decisions: analyse::decisions(dataset, &loaded.options.analyse, row),
    }
}

fn figure(
    arguments: &ExplainArguments,
    loaded: Loaded,
    look: Look,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Failure> {
    let draws = arguments.draws;
    let computed = report::compute(loaded, report::draws(draws, &mut report::progress(err)))?;
    let subject = &computed.subject;
    let figures = Known::of(
        &computed.dataset,
        &computed.analysis.counts,
        findings::counts(&computed.analysis.findings),
        &computed.estate,
        computed.pricing(),
        &computed.modelled,
    )
    .figures()
    .map_err(pricing_failed)?;
    let severe = checks::severe_lines(&computed.modelled.model.checks);
    let what = arguments.what.trim();
    let title = format!("{what} · {} · {}", subject.organisation, subject.as_of);
    match figures.find(what, subject.currency) {
        Found::Nothing { nearest } => Err(Error::Usage {
            message: format!("{what:?} is neither an address nor a figure of the report"),
            hint: format!(
                "`seatledger explain figures` lists all figures; near are {}",
                nearest.join(", ")
            ),
        }
        .into()),
        Found::Figures(fit) if fit.len() > 1 && !arguments.all => {
            let mut answer = explain::listing(title, &fit);
            answer.summary.warnings = severe;
            lists::print(&answer, arguments.format, look, out)
        }
        Found::Figures(fit) => {
            let mut derivations = explain::derivations(title, &fit, arguments.depth);
            derivations.warnings = severe;
            print(&derivations, arguments.format, look, out)
        }
    }
}

fn print(
    derivations: &Derivations,
    format: Format,
    look: Look,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    match format {
        Format::Text => write!(out, "{}", tree::text(derivations, look))?,
        Format::Markdown => write!(out, "{}", tree::markdown(derivations))?,
        Format::Json => {
            json::write(&mut *out, &derivations.table)?;
        }
        Format::Csv => csv::table(&derivations.table, &mut *out)?,
    }
    Ok(())
}
