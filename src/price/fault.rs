//! Faults in files of prices, as facts: file, line, entry, key, value and what was expected.
//!
//! The wording is here; the hint and the exit code are `error`'s.

use std::error::Error;
use std::fmt;

/// A fault in a file of prices. Lines count from 1.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum PriceError {
    /// The file is not TOML, or has a key that does not belong there.
    Syntax {
        file: String,
        line: usize,
        message: String,
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

impl PriceError {
    pub(crate) const fn line(&self) -> usize {
        match self {
            PriceError::Syntax { line, .. }
            | PriceError::Value { line, .. }
            | PriceError::Missing { line, .. }
            | PriceError::Duplicate { line, .. } => *line,
        }
    }
}

impl fmt::Display for PriceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PriceError::Syntax {
                file,
                line,
                message,
            } => write!(f, "{file}:{line}: {message}"),
            PriceError::Value {
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
            PriceError::Missing {
                file,
                line,
                entry,
                key,
            } => {
                write!(f, "{file}:{line}: {entry} has no \"{key}\"")
            }
            PriceError::Duplicate {
                file,
                line,
                entry,
                first_line,
            } => {
                write!(
                    f,
                    "{file}:{line}: {entry} is stated twice, first on line {first_line}"
                )
            }
        }
    }
}

impl Error for PriceError {}
