//! `Basis`: how firm a figure is.

use serde::{Serialize, Serializer};

/// Where a figure comes from, the firmest first. A figure that rests on several has the weakest of them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Basis {
    /// Counted in the exports or read from a price list.
    Measured,
    /// Stated in the configuration.
    Configured,
    /// A vendor's figure for its own customers.
    Benchmark,
    /// Our estimate.
    Assumed,
    /// A part of it has no price.
    Unpriced,
}

impl Basis {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Basis::Measured => "measured",
            Basis::Configured => "configured",
            Basis::Benchmark => "benchmark",
            Basis::Assumed => "assumed",
            Basis::Unpriced => "unpriced",
        }
    }

    /// The weakest of several; measured when there are none.
    pub(crate) fn weakest(all: impl IntoIterator<Item = Basis>) -> Basis {
        all.into_iter().max().unwrap_or(Basis::Measured)
    }
}

impl Serialize for Basis {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Basis;

    #[test]
    fn the_weakest_basis_wins() {
        assert_eq!(
            Basis::weakest([Basis::Measured, Basis::Assumed, Basis::Benchmark]),
            Basis::Assumed
        );
        assert_eq!(Basis::weakest([]), Basis::Measured);
    }
}
