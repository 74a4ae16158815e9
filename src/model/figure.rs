//! `Component`: one figure of an alternative, with its basis, working and source.

use serde::{Serialize, Serializer};

use crate::money::Cost;

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

/// When a component is paid.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum When {
    Once,
    Yearly,
}

macro_rules! kinds {
    ($($variant:ident, $code:literal, $label:literal, $when:ident;)+) => {
        /// What a component is, in the order in which components are listed.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub(crate) enum Kind { $($variant,)+ }

        impl Kind {
            /// The name in columns and keys.
            pub(crate) const fn as_str(self) -> &'static str {
                match self { $(Kind::$variant => $code,)+ }
            }

            /// The name for a reader.
            pub(crate) const fn label(self) -> &'static str {
                match self { $(Kind::$variant => $label,)+ }
            }

            pub(crate) const fn when(self) -> When {
                match self { $(Kind::$variant => When::$when,)+ }
            }
        }
    };
}

kinds! {
    GuardStandardFee, "guard-standard-fee", "Guard Standard", Yearly;
    GuardPremiumFee, "guard-premium-fee", "Guard Premium", Yearly;
    EnterpriseFee, "enterprise-fee", "Jira Enterprise", Yearly;
    JiraReplaced, "jira-bill-replaced", "Jira bill that Enterprise replaces", Yearly;
    ThirdPartyFee, "third-party-fee", "Third party's fee", Yearly;
    ThirdPartySetUpFee, "third-party-set-up-fee", "Third party's set-up fee", Once;
    SetUp, "set-up", "Own set-up hours", Once;
    KeyRotation, "key-rotation", "Yearly SCIM key renewal", Yearly;
    AccessReview, "access-review", "Review of accounts that provisioning does not reach", Yearly;
    UnusedLicences, "unused-licences", "Unused seats", Yearly;
    ItLabour, "it-labour", "IT work", Yearly;
    ComplianceMisses, "compliance-misses", "Leavers missed", Yearly;
}

impl Kind {
    /// What is paid to somebody else for provisioning.
    pub(crate) const fn is_fee(self) -> bool {
        matches!(
            self,
            Kind::GuardStandardFee
                | Kind::GuardPremiumFee
                | Kind::EnterpriseFee
                | Kind::JiraReplaced
                | Kind::ThirdPartyFee
                | Kind::ThirdPartySetUpFee
        )
    }

    /// What the manual work costs, or what an alternative leaves of it.
    pub(crate) const fn is_manual(self) -> bool {
        matches!(
            self,
            Kind::UnusedLicences | Kind::ItLabour | Kind::ComplianceMisses
        )
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// One figure of an alternative.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Component {
    pub(crate) kind: Kind,
    pub(crate) label: &'static str,
    pub(crate) when: When,
    pub(crate) basis: Basis,
    /// For the first year, or once. A negative amount is money no longer paid.
    pub(crate) cost: Cost,
    /// The calculation in words and numbers.
    pub(crate) working: String,
    /// Where its numbers come from.
    pub(crate) source: String,
}

#[cfg(test)]
mod tests {
    use super::{Basis, Kind, When};

    #[test]
    fn the_weakest_basis_wins() {
        assert_eq!(
            Basis::weakest([Basis::Measured, Basis::Assumed, Basis::Benchmark]),
            Basis::Assumed
        );
        assert_eq!(Basis::weakest([]), Basis::Measured);
    }

    #[test]
    fn set_up_is_paid_once_and_fees_are_no_manual_cost() {
        assert_eq!(Kind::SetUp.when(), When::Once);
        assert_eq!(Kind::KeyRotation.when(), When::Yearly);
        assert!(Kind::JiraReplaced.is_fee() && !Kind::JiraReplaced.is_manual());
        assert_eq!(Kind::UnusedLicences.as_str(), "unused-licences");
    }
}
