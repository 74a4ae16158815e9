//! `explain`: one account and why it is classed and billed so, or one figure down to its sources; the figure from the
//! exports, or from the list in a `report.json`.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use super::load::{Loaded, load};
use super::{Failure, lists, report};
use crate::analyse;
use crate::cli::{ExplainArguments, Format, InputArguments};
use crate::error::Error;
use crate::read::address;
use crate::render::folder::MANIFEST;
use crate::render::terminal::Look;
use crate::render::{csv, tree};
use crate::report::checks;
use crate::report::explain::{self, Derivations, Found, Record, ReportFigures, StoredFigures};
use crate::safe::json;

/// No report is larger: its list has some thousand figures, and its tables leave the long ones out.
const LARGEST: u64 = 256 << 20;

pub(super) fn explain(
    arguments: &ExplainArguments,
    look: Look,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Failure> {
    if let Some(report) = written_report(&arguments.input)? {
        return from_report(arguments, &report, look, out);
    }
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
    let report = report::compute(loaded, None)?.report(StoredFigures::default())?;
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
    let report = ReportFigures {
        organisation: subject.organisation.clone(),
        as_of: subject.as_of.to_string(),
        currency: subject.currency,
        severe: checks::severe_lines(&computed.modelled.model.checks),
        figures: computed.figures()?,
    };
    answer(arguments, report, look, out)
}

fn answer(
    arguments: &ExplainArguments,
    report: ReportFigures,
    look: Look,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let severe = report.severe;
    let what = arguments.what.trim();
    let title = format!("{what} · {} · {}", report.organisation, report.as_of);
    match report.figures.find(what, report.currency) {
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

/// The file of the report that is named instead of exports: its `report.json`, or the folder that a report wrote.
fn written_report(input: &InputArguments) -> Result<Option<PathBuf>, Error> {
    let files = input.paths.iter().map(|path| {
        if path.join(MANIFEST).is_file() {
            path.join("report.json")
        } else {
            path.clone()
        }
    });
    let Some(report) = files.into_iter().find(|file| starts_as_report(file)) else {
        return Ok(None);
    };
    if input.paths.len() > 1 || input.changes_figures() {
        return Err(Error::Usage {
            message: format!(
                "{} is a finished report, and its figures are explained as they are",
                report.display()
            ),
            hint:
                "name it alone and without options that change figures, or name the exports instead"
                    .to_owned(),
        });
    }
    Ok(Some(report))
}

fn starts_as_report(file: &Path) -> bool {
    let mut start = Vec::new();
    let read = File::open(file).and_then(|open| {
        // A pipe is not looked at: what is taken from it is gone.
        if open.metadata()?.is_file() {
            open.take(200).read_to_end(&mut start)?;
        }
        Ok(())
    });
    read.is_ok() && explain::is_report(&start)
}

fn from_report(
    arguments: &ExplainArguments,
    file: &Path,
    look: Look,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let name = file.display().to_string();
    if address::normalise(&arguments.what).is_some() {
        return Err(Error::Usage {
            message: format!("{name} holds figures and no accounts"),
            hint: "name the exports to explain an account".to_owned(),
        }
        .into());
    }
    if arguments.draws.simulate.is_some() {
        return Err(Error::Usage {
            message: format!("{name} is a finished report: nothing is drawn again"),
            hint: "leave out --simulate, or name the exports".to_owned(),
        }
        .into());
    }
    let size = fs::metadata(file).map_or(0, |file| file.len());
    if size > LARGEST {
        return Err(Error::refused(
            &name,
            format!(
                "it has more than {} MiB, and no report is as large",
                LARGEST >> 20
            ),
            "write the report again with `seatledger report`",
        )
        .into());
    }
    let text = fs::read(file).map_err(|error| Error::cannot_open(file, error))?;
    let report = explain::read(&text).map_err(|found| {
        Error::refused(
            &name,
            found,
            "write the report again with `seatledger report`, or name the exports",
        )
    })?;
    answer(arguments, report, look, out)
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
