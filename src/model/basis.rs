//! `Basis`: how firm a figure is.

use crate::named::named;

named! {
    /// Where a figure comes from, the firmest first. A figure that rests on several has the weakest of them.
    Basis {
        /// Counted in the exports or read from a price list.
        Measured = "measured";
        /// Stated in the configuration.
        Configured = "configured";
        /// A vendor's figure for its own customers.
        Benchmark = "benchmark";
        /// Our estimate.
        Assumed = "assumed";
        /// A part of it has no price.
        Unpriced = "unpriced";
    }
}

impl Basis {
    /// The weakest of several; measured when there are none.
    pub(crate) fn weakest(all: impl IntoIterator<Item = Basis>) -> Basis {
        all.into_iter().max().unwrap_or(Basis::Measured)
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
