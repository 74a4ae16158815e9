//! `Stated`: a number as somebody wrote it, and where that was.

use std::fmt;

use serde::{Serialize, Serializer};

/// Where a value is stated.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Place {
    /// A configuration, or a scenario over it.
    File(String),
    /// `--set NAME=VALUE`.
    Set,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Place::File(name) => name,
            // A cell that begins with a dash would be taken for a formula.
            Place::Set => "option --set",
        })
    }
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A number as it was written: it is read by whoever knows what it may be.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Stated {
    pub(crate) value: String,
    #[serde(rename = "source")]
    pub(crate) place: Place,
}

impl Stated {
    pub(crate) fn in_file(file: impl Into<String>, value: impl Into<String>) -> Stated {
        Stated {
            value: value.into(),
            place: Place::File(file.into()),
        }
    }

    pub(crate) fn by_option(value: impl Into<String>) -> Stated {
        Stated {
            value: value.into(),
            place: Place::Set,
        }
    }
}
