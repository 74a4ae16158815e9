//! The command line, as clap sees it. What the arguments mean is `options`' work.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};

#[derive(Clone, Debug, Parser)]
#[command(
    name = "seatledger",
    version,
    about = "What managing Atlassian accounts by hand costs, what Guard would cost instead, and which seats are wasted",
    long_about = "Seatledger reads the exports that you already have (Atlassian's users and managed accounts, a \
        directory's people), finds orphaned accounts and unused seats, prices them by Atlassian's own billing rules, \
        and compares managing accounts by hand with Guard Standard, Guard Premium, Enterprise and a third party.\n\n\
        It works offline, and every figure says where it comes from.",
    after_help = "Start here:\n  seatledger report exports/        read a folder of exports and write a report\n  \
        seatledger quote --users 500      the Guard table for a headcount, without any file"
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Command {
    /// Read exports, print the summary, write tables and charts
    #[command(after_help = "Examples:\n  seatledger report exports/\n  \
        seatledger report export-users.csv entra.csv --as-of 2026-11-20 --out reports/november\n  \
        seatledger report exports/ --format json | jq .summary.headline")]
    Report(ReportArguments),
    /// Show what each file is and what the exports can answer, without writing anything
    #[command(
        after_help = "Examples:\n  seatledger check exports/\n  seatledger check users.csv --format json"
    )]
    Check(CheckArguments),
    /// Write a commented seatledger.toml, filled with what the exports show
    #[command(after_help = "Example:\n  seatledger init exports/")]
    Init(InitArguments),
    /// Guard prices, the SCIM tax and the manual benchmark for a number of users, without any file
    #[command(after_help = "Examples:\n  seatledger quote --users 100,250,500\n  \
        seatledger quote --users 800 --as-of 2026-07-01 --format csv")]
    Quote(QuoteArguments),
    /// List the price book with the age and confidence of each price
    #[command(
        after_help = "Examples:\n  seatledger prices\n  seatledger prices --format csv > prices.csv"
    )]
    Prices(ListArguments),
    /// What SCIM costs over each product's base plan
    #[command(name = "scim-tax", after_help = "Example:\n  seatledger scim-tax")]
    ScimTax(ListArguments),
    /// Explain the difference between the computed Guard count and an invoice
    #[command(
        after_help = "Example:\n  seatledger reconcile exports/ --billed 676 --plan standard"
    )]
    Reconcile(ReconcileArguments),
    /// How any figure of the report is made, down to its sources; or one account, and why it is classed and billed so
    #[command(
        after_help = "Examples:\n  seatledger explain ana@example.com exports/\n  \
        seatledger explain guard-standard/total exports/\n  seatledger explain '$23,070' exports/\n  \
        seatledger explain figures exports/"
    )]
    Explain(ExplainArguments),
    /// What licences and the alternatives cost under other prices, plans or assumptions, side by side
    #[command(
        mut_arg("paths", |paths| paths.value_name("FILE.toml|PATH").help(
            "Scenario files (.toml), and export files or folders; the present folder without any export"
        )),
        after_help = "A scenario file:\n  name = \"dearer hours, cheaper Jira\"\n  [assumptions]\n  it_hourly_rate = 90\n  \
            [[product]]\n  product = \"Jira\"\n  site = \"acme\"\n  price = \"7.40\"\n\n\
            Besides: plan, discount_percent and billing of [[product]]; [[contract]], [guard] and [third_party]\n\n\
            Example:\n  seatledger scenario dearer-hours.toml offer.toml exports/"
    )]
    Scenario(ScenarioArguments),
    /// Write a made-up organisation's exports, for trying out and for tests
    #[command(after_help = "Example:\n  seatledger sample /tmp/demo --people 2000 --seed 7")]
    Sample(SampleArguments),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Text,
    Json,
    Csv,
    Markdown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DateOrderArgument {
    DayFirst,
    MonthFirst,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum GuardPlan {
    Standard,
    Premium,
}

/// Which files to read, and how.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct InputArguments {
    /// Export files, or folders that hold them; the present folder without any
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// The configuration, where it is not seatledger.toml beside the exports
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// The day the report is for [default: as_of in seatledger.toml, else the newest day of a use, a sign-in or an
    /// added account in the exports]
    #[arg(long, value_name = "DAY")]
    pub(crate) as_of: Option<String>,
    /// A seat is inactive when last used more than so many days before [default: 90]
    #[arg(long, value_name = "DAYS")]
    pub(crate) inactive_after: Option<u32>,
    /// A never-used seat is no waste while its account is younger [default: 30]
    #[arg(long, value_name = "DAYS")]
    pub(crate) grace: Option<u32>,
    /// How to read 03/04/2025 where a column does not prove it
    #[arg(long, value_name = "ORDER")]
    pub(crate) date_order: Option<DateOrderArgument>,
    /// The name of a file that lists leavers alone (repeatable)
    #[arg(long, value_name = "NAME")]
    pub(crate) leavers_only: Vec<String>,
    /// Leave records with faulty cells out and list them in rejects.csv, instead of stopping
    #[arg(long)]
    pub(crate) skip_bad_rows: bool,
    /// Use another value for an assumption (repeatable): it_hourly_rate=75
    #[arg(long = "set", value_name = "NAME=VALUE")]
    pub(crate) set: Vec<String>,
    /// The day that counts as today, for the exports' age; the clock's without one. Never typed.
    #[arg(skip)]
    pub(crate) today: Option<NaiveDate>,
}

impl InputArguments {
    /// Whether an option changes how exports are read or priced.
    pub(crate) fn changes_figures(&self) -> bool {
        // By name, so that a new option cannot be left out.
        let InputArguments {
            paths: _,
            today: _,
            config,
            as_of,
            inactive_after,
            grace,
            date_order,
            leavers_only,
            skip_bad_rows,
            set,
        } = self;
        config.is_some()
            || as_of.is_some()
            || inactive_after.is_some()
            || grace.is_some()
            || date_order.is_some()
            || !leavers_only.is_empty()
            || *skip_bad_rows
            || !set.is_empty()
    }
}

impl Command {
    /// The same command on another day than the clock's.
    pub(crate) fn on(mut self, today: Option<NaiveDate>) -> Command {
        let input = match &mut self {
            Command::Report(arguments) => &mut arguments.input,
            Command::Check(arguments) => &mut arguments.input,
            Command::Reconcile(arguments) => &mut arguments.input,
            Command::Explain(arguments) => &mut arguments.input,
            Command::Scenario(arguments) => &mut arguments.input,
            Command::Init(_)
            | Command::Quote(_)
            | Command::Prices(_)
            | Command::ScimTax(_)
            | Command::Sample(_) => return self,
        };
        input.today = today;
        self
    }
}

/// The simulation, where one is wanted.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct DrawArguments {
    /// Draw so many times from the assumptions' ranges, to tell how sure the ranking is
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub(crate) simulate: Option<u64>,
    /// The seed of the simulation
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub(crate) seed: u64,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct ReportArguments {
    #[command(flatten)]
    pub(crate) input: InputArguments,
    /// The folder to write [default: reports/<organisation>-<day>]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Write over files of the earlier report although they were edited since
    #[arg(long)]
    pub(crate) replace_edited: bool,
    /// What to print; files are written in any case
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Print every section, not only the most important figures
    #[arg(long)]
    pub(crate) full: bool,
    #[command(flatten)]
    pub(crate) draws: DrawArguments,
    /// Print the wall time of each stage to the standard error
    #[arg(long, hide = true)]
    pub(crate) timeline: bool,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct CheckArguments {
    #[command(flatten)]
    pub(crate) input: InputArguments,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct InitArguments {
    /// The folder of exports
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct QuoteArguments {
    /// Numbers of users, separated by commas
    #[arg(long, value_name = "N,…", required = true)]
    pub(crate) users: Vec<String>,
    /// The day whose prices apply [default: today]
    #[arg(long, value_name = "DAY")]
    pub(crate) as_of: Option<String>,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct ListArguments {
    /// The day to which ages are counted, and whose prices apply [default: today]
    #[arg(long, value_name = "DAY")]
    pub(crate) as_of: Option<String>,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct ReconcileArguments {
    #[command(flatten)]
    pub(crate) input: InputArguments,
    /// The number of users on the invoice
    #[arg(long, value_name = "N")]
    pub(crate) billed: u64,
    /// The Guard plan that the invoice is for
    #[arg(long, value_enum, default_value_t = GuardPlan::Standard)]
    pub(crate) plan: GuardPlan,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct ExplainArguments {
    /// An address; a figure by words of its name or by its value; or "figures" for the names of all. A figure is
    /// explained from a report's folder or its report.json too
    #[arg(value_name = "FIGURE|EMAIL", allow_hyphen_values = true)]
    pub(crate) what: String,
    #[command(flatten)]
    pub(crate) input: InputArguments,
    /// Show how each figure is made that the words fit, instead of listing them
    #[arg(long)]
    pub(crate) all: bool,
    /// How far down a figure's parts are shown [default: to their sources]
    #[arg(long, value_name = "N")]
    pub(crate) depth: Option<usize>,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) draws: DrawArguments,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct ScenarioArguments {
    // Its paths name the scenario files too.
    #[command(flatten)]
    pub(crate) input: InputArguments,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct SampleArguments {
    /// The folder to write; made where it is not there
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    /// Current employees
    #[arg(long, value_name = "N", default_value_t = 500)]
    pub(crate) people: u32,
    /// The same seed gives the same organisation
    #[arg(long, value_name = "S", default_value_t = 2026)]
    pub(crate) seed: u64,
    /// The day on which the exports are made up
    #[arg(long, value_name = "DAY", default_value = "2026-11-20")]
    pub(crate) as_of: String,
}
