//! Running a command: the only place that knows all stages.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Parser;

use crate::analyse;
use crate::cli::{
    Arguments, Command, Format, InputArguments, ListArguments, QuoteArguments, ReportArguments, SampleArguments,
};
use crate::domain::dataset::Dataset;
use crate::error::Error;
use crate::model::benchmark::Benchmark;
use crate::money::{Currency, MoneyError};
use crate::options::{self, Options};
use crate::price::book::PriceBook;
use crate::price::contract::Contract;
use crate::price::quote::Pricing;
use crate::price::{estate, fault::PriceError};
use crate::read::config::Config;
use crate::read::{discover, terms};
use crate::render::files::Target;
use crate::render::terminal::Look;
use crate::render::{csv, markdown, terminal};
use crate::report::build::{build, Subject};
use crate::report::quote::Answer;
use crate::report::{self, Report};
use crate::{read, sample};

/// Exit codes of the program.
pub mod exit {
    /// The report was written, or the question answered.
    pub const DONE: u8 = 0;
    /// The run could not be carried out.
    pub const FAILED: u8 = 1;
    /// The command line was wrong.
    pub const USAGE: u8 = 2;
}

/// What the program is connected to.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    /// Columns of the terminal that output goes to; 100 for a pipe.
    pub width: u16,
    /// Whether output may be emphasised with escape codes.
    pub colour: bool,
}

/// Runs one command line (the program's name first) and gives the exit code.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    at: Terminal,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    let parsed = match Arguments::try_parse_from(arguments) {
        Ok(parsed) => parsed,
        Err(error) => return explain_usage(&error, at, out, err),
    };
    let look = Look { width: at.width, colour: at.colour };
    match dispatch(parsed.command, look, out, err) {
        Ok(()) => exit::DONE,
        // Whoever reads our output has seen enough.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => exit::DONE,
        Err(Failure::Output(error)) => {
            let _ = writeln!(err, "error: cannot write the output\n  because: {error}");
            exit::FAILED
        }
        Err(Failure::Run(error)) => {
            let _ = writeln!(err, "{}", error.report());
            error.exit_code()
        }
    }
}

/// Why a command ended early.
enum Failure {
    Run(Error),
    Output(io::Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::Run(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::Output(error)
    }
}

fn explain_usage(error: &clap::Error, at: Terminal, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let text = error.render();
    let text = if at.colour { text.ansi().to_string() } else { text.to_string() };
    if error.use_stderr() {
        let _ = write!(err, "{text}");
        exit::USAGE
    } else {
        let _ = write!(out, "{text}");
        exit::DONE
    }
}

fn dispatch(command: Command, look: Look, out: &mut dyn Write, err: &mut dyn Write) -> Result<(), Failure> {
    match command {
        Command::Report(arguments) => report(&arguments, look, out, err),
        Command::Quote(arguments) => quote(&arguments, look, out),
        Command::Prices(arguments) => prices(&arguments, look, out),
        Command::ScimTax(arguments) => scim_tax(&arguments, look, out),
        Command::Sample(arguments) => write_sample(&arguments, err),
        _ => Err(Error::Usage { message: "not there yet".to_owned(), hint: String::new() }.into()),
    }
}

/// The most users that a quote is for: everyone alive.
const MOST_USERS: u64 = 8_000_000_000;

/// Exports, read and merged, with what decides how they are classed.
struct Loaded {
    dataset: Dataset,
    config: Config,
    options: Options,
}

fn load(arguments: &InputArguments) -> Result<Loaded, Error> {
    let found = discover::discover(&options::paths(arguments), arguments.config.as_deref())?;
    let options = options::resolve(arguments, &found.config)?;
    let mut dataset = read::read(&found.exports, &found.config, &options.read)?;
    dataset.notes.extend(found.notes);
    Ok(Loaded { dataset, config: found.config, options })
}

fn report(arguments: &ReportArguments, look: Look, out: &mut dyn Write, err: &mut dyn Write) -> Result<(), Failure> {
    // The target is looked at before the long work, so that a report that can't be written fails at once.
    let stated = arguments.out.as_deref().map(Target::prepare).transpose()?;
    let loaded = load(&arguments.input)?;
    let report = build_report(loaded)?;
    let (folder, target) = match (stated, &arguments.out) {
        (Some(target), Some(folder)) => (folder.clone(), target),
        _ => {
            let folder = default_folder(&report);
            let target = Target::prepare(&folder)?;
            (folder, target)
        }
    };
    let names = target.write(&report)?;
    print_report(&report, arguments.format, look, out)?;
    let files = format!("{} files in {}", names.len(), folder.display());
    writeln!(err, "wrote {files}")?;
    Ok(())
}

fn default_folder(report: &Report) -> PathBuf {
    let slug: String = report
        .organisation
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-");
    Path::new("reports").join(format!("{slug}-{}", report.as_of))
}

fn build_report(loaded: Loaded) -> Result<Report, Error> {
    let Loaded { dataset, config, options } = loaded;
    let currency = terms::currency(&config)?;
    let contract = terms::contract(&config, currency)?;
    let book = price_book()?;
    let pricing = Pricing { book: &book, contract: &contract, currency, day: options.as_of.date() };
    let analysis = analyse::analyse(&dataset, &options.analyse)?;
    let estate = estate::price(&pricing, &dataset.offerings, &analysis.counts).map_err(pricing_failed)?;
    let subject = Subject {
        organisation: config.organisation.name.clone().unwrap_or_else(|| "Organisation".to_owned()),
        as_of: options.as_of,
        currency,
    };
    build(subject, dataset, analysis, &estate).map_err(pricing_failed)
}

fn price_book() -> Result<PriceBook, Error> {
    PriceBook::embedded().map_err(|faults| own_data_faulty("reading the price book", &faults))
}

fn pricing_failed(error: MoneyError) -> Error {
    Error::step("pricing", error)
}

/// Prices in force on a day, at list: what commands without exports work with.
fn with_list_prices<T>(
    as_of: Option<&str>,
    answer: impl FnOnce(&Pricing<'_>) -> Result<T, MoneyError>,
) -> Result<T, Error> {
    let book = price_book()?;
    let contract = Contract::default();
    let day = options::day_or_today(as_of)?.date();
    answer(&Pricing { book: &book, contract: &contract, currency: Currency::USD, day }).map_err(pricing_failed)
}

fn quote(arguments: &QuoteArguments, look: Look, out: &mut dyn Write) -> Result<(), Failure> {
    if let Some(wrong) = arguments.users.iter().find(|&&users| users == 0 || users > MOST_USERS) {
        return Err(Error::Usage {
            message: format!("--users {wrong} is not a number of users"),
            hint: format!("give whole numbers from 1 to {MOST_USERS}, separated by commas"),
        }
        .into());
    }
    let benchmark = benchmark()?;
    let answer = with_list_prices(arguments.as_of.as_deref(), |pricing| {
        report::quote::quote(pricing, &benchmark, &arguments.users)
    })?;
    print_answer(&answer, arguments.format, look, out)
}

fn prices(arguments: &ListArguments, look: Look, out: &mut dyn Write) -> Result<(), Failure> {
    let book = price_book()?;
    let day = options::day_or_today(arguments.as_of.as_deref())?.date();
    print_answer(&report::quote::prices(&book, day), arguments.format, look, out)
}

fn scim_tax(arguments: &ListArguments, look: Look, out: &mut dyn Write) -> Result<(), Failure> {
    let answer = with_list_prices(arguments.as_of.as_deref(), report::quote::scim_tax)?;
    print_answer(&answer, arguments.format, look, out)
}

fn benchmark() -> Result<Benchmark, Error> {
    Benchmark::embedded().map_err(|faults| own_data_faulty("reading the benchmark", &faults))
}

fn own_data_faulty(step: &'static str, faults: &[PriceError]) -> Error {
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    Error::step(step, faults.join("; "))
}

fn print_answer(answer: &Answer, format: Format, look: Look, out: &mut dyn Write) -> Result<(), Failure> {
    match format {
        Format::Text => write!(out, "{}", terminal::summary(&answer.summary, look))?,
        Format::Markdown => write!(out, "{}", markdown::summary(&answer.summary))?,
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &answer.table).map_err(io::Error::other)?;
            writeln!(out)?;
        }
        Format::Csv => csv::table(&answer.table, &mut *out)?,
    }
    Ok(())
}

fn print_report(report: &Report, format: Format, look: Look, out: &mut dyn Write) -> Result<(), Failure> {
    match format {
        Format::Text => write!(out, "{}", terminal::summary(&report.summary, look))?,
        Format::Markdown => write!(out, "{}", markdown::summary(&report.summary))?,
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, report).map_err(io::Error::other)?;
            writeln!(out)?;
        }
        Format::Csv => {
            if let Some(table) = report.tables.first() {
                csv::table(table, &mut *out)?;
            }
        }
    }
    Ok(())
}

fn write_sample(arguments: &SampleArguments, err: &mut dyn Write) -> Result<(), Failure> {
    let plan = sample::Plan {
        people: arguments.people,
        seed: arguments.seed,
        as_of: options::day(&arguments.as_of)?.date(),
    };
    let folder = &arguments.folder;
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| Error::cannot_write(&path, source)
    };
    fs::create_dir_all(folder).map_err(failed(folder))?;
    for file in sample::generate(&plan) {
        let path = folder.join(file.name);
        fs::write(&path, file.bytes).map_err(failed(&path))?;
    }
    writeln!(err, "wrote the exports of {} invented people in {}", arguments.people, folder.display())?;
    Ok(())
}
