//! `explain`: everything known of one account, and why it is classed and billed so.

use std::io::Write;

use super::load::load;
use super::{Failure, report};
use crate::cli::ExplainArguments;
use crate::error::Error;
use crate::read::address;
use crate::render::terminal::{self, Look};
use crate::report::explain;

pub(super) fn explain(
    arguments: &ExplainArguments,
    look: Look,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let loaded = load(&arguments.input)?;
    let places: Vec<String> = loaded
        .dataset
        .accounts
        .origin
        .iter()
        .map(|&origin| loaded.dataset.place(origin))
        .collect();
    let report = report::make(loaded, None)?;
    let wanted = address::normalise(&arguments.what);
    let summary = match &wanted {
        Some(email) => explain::account(&report.detail, email, &places),
        None => explain::figure(&report, &arguments.what),
    };
    match summary {
        Some(summary) => write!(out, "{}", terminal::summary(&summary, look))?,
        None if wanted.is_some() => {
            return Err(Error::Usage {
                message: format!("no account has the address {}", arguments.what),
                hint: "accounts.csv of a report lists all addresses".to_owned(),
            }
            .into());
        }
        None => {
            return Err(Error::Usage {
                message: format!(
                    "{:?} is neither an address nor a figure of the report",
                    arguments.what
                ),
                hint: format!("figures are: {}", explain::figures(&report).join(", ")),
            }
            .into());
        }
    }
    Ok(())
}
