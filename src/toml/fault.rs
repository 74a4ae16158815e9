//! Faults in TOML files, as facts: file, line, entry, key, value and what was expected.
//!
//! The wording is here; the hint and the exit code are `error`'s.

use std::error::Error;
use std::fmt;

/// A fault in a TOML file. Lines count from 1.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Fault {
    /// The file is not TOML, or not of the shape that is read.
    Shape {
        file: String,
        line: usize,
        message: String,
        /// The way out; empty where there is none to tell.
        hint: String,
    },
    /// A key holds something that it cannot mean.
    Value {
        file: String,
        line: usize,
        entry: String,
        key: String,
        value: String,
        expected: String,
    },
    /// A key is absent.
    Missing {
        file: String,
        line: usize,
        entry: String,
        key: String,
    },
    /// Two entries say the same thing.
    Duplicate {
        file: String,
        line: usize,
        entry: String,
        first_line: usize,
    },
}

impl Fault {
    pub(crate) const fn line(&self) -> usize {
        match self {
            Fault::Shape { line, .. }
            | Fault::Value { line, .. }
            | Fault::Missing { line, .. }
            | Fault::Duplicate { line, .. } => *line,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Shape {
                file,
                line,
                message,
                ..
            } => write!(f, "{file}:{line}: {message}"),
            Fault::Value {
                file,
                line,
                entry,
                key,
                value,
                expected,
            } => {
                write!(
                    f,
                    "{file}:{line}: \"{key}\" of {entry} is {value}\n  expected {expected}"
                )
            }
            Fault::Missing {
                file,
                line,
                entry,
                key,
            } => {
                write!(f, "{file}:{line}: {entry} has no \"{key}\"")
            }
            Fault::Duplicate {
                file,
                line,
                entry,
                first_line,
            } => {
                write!(
                    f,
                    "{file}:{line}: {entry} is set twice, first on line {first_line}"
                )
            }
        }
    }
}

impl Error for Fault {}
