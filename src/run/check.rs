//! `check` and `init`: looking at exports without a report.

use std::fs::OpenOptions;
use std::io::Write;

use super::Failure;
use super::load::look_at;
use super::report::compute;
use crate::cli::{CheckArguments, Format, InitArguments, InputArguments};
use crate::error::Error;
use crate::read::{config, template};
use crate::render::terminal::Look;
use crate::render::{markdown, terminal};
use crate::report::check as report;
use crate::safe::json;
use crate::safe::terminal::line;

/// Shows what each file is and what the exports can answer. Faulty records are listed, not a reason to stop.
pub(super) fn check(
    arguments: &CheckArguments,
    look: Look,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let input = InputArguments {
        skip_bad_rows: true,
        ..arguments.input.clone()
    };
    let mut loaded = look_at(&input)?;
    let settled = loaded.settle();
    let mut check = report::check(&loaded.dataset);
    // What exports are can be told, whatever keeps them from being priced.
    match settled.and_then(|_| compute(loaded, None)) {
        Ok(computed) => {
            let model = computed.modelled.model;
            (check.checks, check.conclusion) = (model.checks, Some(model.conclusion));
        }
        Err(error) => check.prices_not_judged = Some(error.to_string()),
    }
    match arguments.format {
        Format::Json => {
            json::write(&mut *out, &check)?;
        }
        Format::Markdown => write!(out, "{}", markdown::summary(&report::summary(&check)))?,
        Format::Text => write!(out, "{}", terminal::summary(&report::summary(&check), look))?,
        Format::Csv => {
            return Err(Error::Usage {
                message: "a check is several tables and does not fit one CSV".to_owned(),
                hint: "use --format json".to_owned(),
            }
            .into());
        }
    }
    Ok(())
}

/// Writes a `seatledger.toml` beside the exports, and never over one.
pub(super) fn init(arguments: &InitArguments, err: &mut dyn Write) -> Result<(), Failure> {
    let input = InputArguments {
        paths: vec![arguments.folder.clone()],
        skip_bad_rows: true,
        ..InputArguments::default()
    };
    let path = arguments.folder.join(config::FILE_NAME);
    if path.exists() {
        return Err(Error::Usage {
            message: format!("{} is there already", path.display()),
            hint: "move it away to have a new one written".to_owned(),
        }
        .into());
    }
    let loaded = look_at(&input)?;
    let text = template::configuration(&loaded.dataset);
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&path)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|source| Error::cannot_write(&path, source))?;
    writeln!(
        err,
        "wrote {}: confirm what it says, above all the plans",
        line(&path.display().to_string())
    )?;
    Ok(())
}
