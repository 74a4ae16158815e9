//! Everything that can stop a run, as facts; the wording, the hint and the exit code are methods.
//!
//! Findings are not errors: a bad row or an unknown price is data of the report.

use std::error::Error as Cause;
use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

use crate::safe::terminal::{line, set_in};

/// A record that cannot be used as it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    pub file: String,
    pub line: u64,
    pub column: String,
    /// The cell, where messages may show it: not where it may be somebody's name or address.
    pub value: Option<String>,
    pub expected: String,
}

/// How many faults of a run are shown in full.
const SHOWN: usize = 10;

#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The command line asks for something that cannot be.
    #[error("{}", set_in(message))]
    Usage { message: String, hint: String },
    #[error("cannot read {}", shown(path))]
    CannotOpen { path: PathBuf, source: io::Error },
    #[error("cannot write {}", shown(path))]
    CannotWrite { path: PathBuf, source: io::Error },
    /// A file that is not what is needed: empty, a template, of another program, of an old layout.
    #[error("{}: {}", line(file), line(found))]
    Refused {
        file: String,
        found: String,
        hint: String,
    },
    /// None of the paths holds an export.
    #[error("no export found in {}{}", line(places), seen_list(seen))]
    NothingToRead { places: String, seen: Vec<String> },
    #[error("{} and {} are the same data, given twice", line(first), line(second))]
    GivenTwice { first: String, second: String },
    /// Cells that mean nothing known.
    #[error("{}", fault_list(faults, *total))]
    Faulty { faults: Vec<Fault>, total: u64 },
    /// The configuration, price book or benchmark does not say what it should.
    #[error("{}:{line}: {}", self::line(file), set_in(message))]
    Configuration {
        file: String,
        line: usize,
        message: String,
        hint: String,
    },
    /// What the configuration states wrongly, each with its place, all at once.
    #[error("{}", joined(faults))]
    Misstated { faults: Vec<String>, hint: String },
    /// A computation failed that never should; the step says which.
    #[error("{step} failed")]
    Step {
        step: &'static str,
        source: Box<dyn Cause + Send + Sync>,
    },
}

impl Error {
    pub(crate) fn cannot_open(path: &Path, source: io::Error) -> Error {
        Error::CannotOpen {
            path: path.to_owned(),
            source,
        }
    }

    pub(crate) fn cannot_write(path: &Path, source: io::Error) -> Error {
        Error::CannotWrite {
            path: path.to_owned(),
            source,
        }
    }

    pub(crate) fn refused(file: &str, found: impl Into<String>, hint: impl Into<String>) -> Error {
        Error::Refused {
            file: file.to_owned(),
            found: found.into(),
            hint: hint.into(),
        }
    }

    /// The values, or all the errors at once, each with its way out. One of the command line stands alone, since it has
    /// an exit code of its own.
    pub(crate) fn all<T>(found: impl Iterator<Item = Result<T, Error>>) -> Result<Vec<T>, Error> {
        let (mut values, mut errors) = (Vec::new(), Vec::new());
        for one in found {
            match one {
                Ok(value) => values.push(value),
                Err(error) => errors.push(error),
            }
        }
        errors.sort_by_key(|error| match error {
            Error::Configuration { line, .. } => *line,
            _ => 0,
        });
        let usage = |error: &Error| matches!(error, Error::Usage { .. });
        match (errors.len(), errors.iter().position(usage)) {
            (0, _) => Ok(values),
            (_, Some(place)) => Err(errors.swap_remove(place)),
            (1, None) => Err(errors.swap_remove(0)),
            _ => {
                let with_hint = |error: &Error| match error.hint() {
                    Some(hint) => format!("{error}\n  {hint}"),
                    None => error.to_string(),
                };
                Err(Error::Misstated {
                    faults: errors.iter().map(with_hint).collect(),
                    hint: String::new(),
                })
            }
        }
    }

    pub(crate) fn step(
        step: &'static str,
        source: impl Into<Box<dyn Cause + Send + Sync>>,
    ) -> Error {
        Error::Step {
            step,
            source: source.into(),
        }
    }

    /// The way out, where there is one to tell.
    pub fn hint(&self) -> Option<String> {
        match self {
            Error::Usage { hint, .. }
            | Error::Refused { hint, .. }
            | Error::Configuration { hint, .. }
            | Error::Misstated { hint, .. } => Some(hint.clone()).filter(|hint| !hint.is_empty()),
            Error::CannotOpen { .. } => Some("check the path and the permission to read it".to_owned()),
            Error::CannotWrite { .. } => {
                Some("choose another folder (--out names that of a report), or free the one in the way".to_owned())
            }
            Error::NothingToRead { .. } => Some(
                "export the users from admin.atlassian.com and the people from your directory as CSV; \
                 the README says where each console has it"
                    .to_owned(),
            ),
            Error::GivenTwice { .. } => Some("name each export once".to_owned()),
            Error::Faulty { .. } => Some(
                "correct the lines or export the file again; --skip-bad-rows leaves these records out \
                 and lists them in rejects.csv"
                    .to_owned(),
            ),
            Error::Step { .. } => {
                Some("this is a fault of seatledger: please report it with the command".to_owned())
            }
        }
    }

    /// The exit code of a run that ends with this error.
    pub const fn exit_code(&self) -> u8 {
        match self {
            Error::Usage { .. } => 2,
            _ => 1,
        }
    }

    /// The message with its causes and the hint, as a terminal shows it.
    pub fn report(&self) -> String {
        let mut text = format!("error: {self}");
        let mut cause = self.source();
        while let Some(inner) = cause {
            let _ = write!(text, "\n  because: {}", set_in(&inner.to_string()));
            cause = inner.source();
        }
        if let Some(hint) = self.hint() {
            let _ = write!(text, "\n\nhint: {}", line(&hint));
        }
        text
    }
}

fn shown(path: &Path) -> String {
    line(&path.display().to_string()).into_owned()
}

fn seen_list(seen: &[String]) -> String {
    if seen.is_empty() {
        return String::new();
    }
    format!("\n  seen and not recognised: {}", line(&seen.join("; ")))
}

fn fault_list(faults: &[Fault], total: u64) -> String {
    let mut text = String::new();
    for (place, fault) in faults.iter().take(SHOWN).enumerate() {
        if place > 0 {
            text.push_str("\nerror: ");
        }
        let _ = write!(
            text,
            "{}:{}: {:?} is ",
            line(&fault.file),
            fault.line,
            fault.column
        );
        let _ = match &fault.value {
            Some(value) => write!(text, "{value:?}"),
            None => write!(text, "not valid"),
        };
        let _ = write!(text, "\n  expected {}", line(&fault.expected));
    }
    let rest = total.saturating_sub(faults.len().min(SHOWN) as u64);
    if rest > 0 {
        let _ = write!(text, "\nand {rest} more such records");
    }
    text
}

/// The first faults, each an error of its own, with the number of the others on a line of its own.
fn joined(faults: &[String]) -> String {
    let shown = faults.iter().take(SHOWN).map(|fault| set_in(fault));
    let mut text = shown.collect::<Vec<_>>().join("\nerror: ");
    let rest = faults.len().saturating_sub(SHOWN);
    if rest > 0 {
        let _ = write!(text, "\nand {rest} more");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Error, Fault};

    fn fault(line: u64) -> Fault {
        Fault {
            file: "users.csv".to_owned(),
            line,
            column: "User status".to_owned(),
            value: Some("Actve".to_owned()),
            expected: "one of \"Active\", \"Suspended\", \"Deactivated\"".to_owned(),
        }
    }

    #[test]
    fn a_fault_names_file_line_column_value_and_the_way_out() {
        let error = Error::Faulty {
            faults: vec![fault(214)],
            total: 1,
        };
        assert_eq!(
            error.report(),
            "error: users.csv:214: \"User status\" is \"Actve\"\n  expected one of \"Active\", \"Suspended\", \"Deactivated\"\n\n\
             hint: correct the lines or export the file again; --skip-bad-rows leaves these records out and lists them in rejects.csv"
        );
        assert_eq!(error.exit_code(), 1);
    }

    #[test]
    fn ten_faults_are_shown_and_the_rest_counted() {
        let error = Error::Faulty {
            faults: (1..=12).map(fault).collect(),
            total: 30,
        };
        let text = error.to_string();
        assert_eq!(text.matches("expected").count(), 10);
        assert!(text.ends_with("and 20 more such records"), "{text}");
    }

    #[test]
    fn nothing_in_a_message_steers_the_terminal_or_begins_another_message() {
        let hostile = "a\nhint: none\u{1b}[2J\u{202e}";
        let text = || hostile.to_owned();
        let errors = [
            Error::Usage {
                message: text(),
                hint: text(),
            },
            Error::cannot_open(hostile.as_ref(), std::io::Error::other(hostile)),
            Error::cannot_write(hostile.as_ref(), std::io::Error::other(hostile)),
            Error::refused(hostile, hostile, hostile),
            Error::NothingToRead {
                places: text(),
                seen: vec![text()],
            },
            Error::GivenTwice {
                first: text(),
                second: text(),
            },
            Error::Faulty {
                faults: vec![Fault {
                    file: text(),
                    column: text(),
                    value: Some(text()),
                    expected: text(),
                    line: 1,
                }],
                total: 1,
            },
            Error::Configuration {
                file: text(),
                line: 1,
                message: text(),
                hint: text(),
            },
            Error::Misstated {
                faults: vec![text()],
                hint: text(),
            },
            Error::step("reading", hostile),
        ];
        for error in errors {
            let report = error.report();
            assert!(
                report
                    .chars()
                    .all(|c| c == '\n' || !crate::safe::is_unseen(c)),
                "{report:?}"
            );
            assert!(
                report.contains("\\u{1b}") && !report.contains("\nhint: none"),
                "{report:?}"
            );
        }
    }
}
