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
    let wanted = address::normalise(&arguments.what);
    let accounts = &loaded.dataset.accounts;
    let row = wanted
        .as_deref()
        .and_then(|email| accounts.email.iter().position(|known| known == email));
    let place = row.map_or_else(String::new, |row| {
        loaded.dataset.place(accounts.origin[row])
    });
    let report = report::make(loaded, None)?;
    let summary = match &wanted {
        Some(email) => explain::account(&report.detail, email, &place),
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
