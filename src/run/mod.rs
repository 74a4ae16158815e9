//! Running a command: the only place that knows all stages. One file a group of commands.

mod changes;
mod check;
mod explain;
mod facts;
mod lists;
mod load;
mod owner;
mod reconcile;
mod report;
mod sample;
mod scenario;
mod timeline;
mod your_settings;

use std::ffi::OsString;
use std::io::{self, Write};

use chrono::NaiveDate;
use clap::Parser;

use crate::cli::{Arguments, Command};
use crate::error::Error;
use crate::money::MoneyError;
use crate::price::book::PriceBook;
use crate::render::terminal::Look;
use crate::safe::terminal::{Stream, line};
use crate::toml::Fault;

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
    /// Columns of the terminal that output goes to, or of the page that a pipe is taken for.
    pub width: u16,
    /// Whether output may be emphasised with escape codes.
    pub colour: bool,
    /// The day that counts as today, for the exports' age; the clock's without one.
    pub today: Option<NaiveDate>,
}

/// Runs one command line (the program's name first) and gives the exit code.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    at: Terminal,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    // Whatever is said there, nothing from outside steers the terminal.
    let err = &mut Stream::new(err);
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let parsed = match Arguments::try_parse_from(&arguments) {
        Ok(parsed) => parsed,
        Err(error) => return explain_usage(&error, &arguments, at, out, err),
    };
    let look = Look {
        width: at.width,
        colour: at.colour,
    };
    let done = dispatch(parsed.command.on(at.today), look, out, err);
    match done.and_then(|()| Ok(out.flush()?)) {
        Ok(()) => exit::DONE,
        Err(Failure::Output(error)) => not_written(&error, err),
        Err(Failure::Run(error)) => {
            let _ = writeln!(err, "{}", error.report());
            error.exit_code()
        }
    }
}

/// Output that nobody gets is a failure, but for whoever reads our output and has seen enough.
fn not_written(error: &io::Error, err: &mut dyn Write) -> u8 {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return exit::DONE;
    }
    let _ = writeln!(
        err,
        "error: cannot write the output\n  because: {error}\n\n\
         hint: look at where standard output goes: its disk may be full, or it is closed"
    );
    exit::FAILED
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

fn explain_usage(
    error: &clap::Error,
    arguments: &[OsString],
    at: Terminal,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    let text = error.render();
    if error.use_stderr() {
        let _ = write!(err, "{}", shown(error, arguments));
        exit::USAGE
    } else {
        // Help has no word of anybody else.
        let text = if at.colour {
            text.ansi().to_string()
        } else {
            text.to_string()
        };
        match write!(out, "{text}").and_then(|()| out.flush()) {
            Ok(()) => exit::DONE,
            Err(error) => not_written(&error, err),
        }
    }
}

/// A message about the command line that no argument steers or adds lines to: it is made of arguments shown safely.
fn shown(error: &clap::Error, arguments: &[OsString]) -> String {
    let safe = |argument: &OsString| line(&argument.to_string_lossy()).into_owned();
    let again = Arguments::try_parse_from(arguments.iter().map(safe)).err();
    let again = again.filter(|again| again.kind() == error.kind());
    again.map_or_else(
        || line(&error.render().to_string()).into_owned(),
        |again| again.render().to_string(),
    )
}

fn dispatch(
    command: Command,
    look: Look,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Failure> {
    match command {
        Command::Report(arguments) => report::run(&arguments, look, out, err),
        Command::Check(arguments) => check::check(&arguments, look, out),
        Command::Init(arguments) => check::init(&arguments, err),
        Command::Quote(arguments) => lists::quote(&arguments, look, out),
        Command::Prices(arguments) => lists::prices(&arguments, look, out),
        Command::ScimTax(arguments) => lists::scim_taxes(&arguments, look, out),
        Command::Reconcile(arguments) => reconcile::reconcile(&arguments, look, out, err),
        Command::Explain(arguments) => explain::explain(&arguments, look, out, err),
        Command::Scenario(arguments) => scenario::scenario(&arguments, look, out, err),
        Command::Sample(arguments) => sample::write(&arguments, err),
    }
}

fn price_book() -> Result<PriceBook, Error> {
    PriceBook::embedded().map_err(|faults| own_data_faulty("reading the price book", &faults))
}

/// A fault in the data that the program itself carries.
fn own_data_faulty(step: &'static str, faults: &[Fault]) -> Error {
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    Error::step(step, faults.join("; "))
}

fn pricing_failed(error: MoneyError) -> Error {
    Error::step("pricing", error)
}
