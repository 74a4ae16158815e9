//! `Component`: one figure of an alternative, with its basis, working and source.

use serde::Serialize;

use super::basis::Basis;
use crate::money::Cost;
use crate::named::named;

/// When a component is paid.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum When {
    Once,
    Yearly,
}

named! {
    /// What a component is, in the order in which components are listed; the label is for a reader.
    ComponentKind, label {
        GuardStandardFee = "guard-standard-fee", "Guard Standard";
        GuardPremiumFee = "guard-premium-fee", "Guard Premium";
        EnterpriseFee = "enterprise-fee", "Jira Enterprise";
        JiraReplaced = "jira-bill-replaced", "Jira bill that Enterprise replaces";
        ThirdPartyFee = "third-party-fee", "Third party's fee";
        ThirdPartySetUpFee = "third-party-set-up-fee", "Third party's set-up fee";
        SetUp = "set-up", "Own set-up hours";
        KeyRotation = "key-rotation", "Yearly SCIM key renewal";
        AccessReview = "access-review", "Review of accounts that provisioning does not reach";
        UnusedLicences = "unused-licences", "Unused seats";
        ItLabour = "it-labour", "IT work";
        ComplianceMisses = "compliance-misses", "Leavers missed";
    }
}

impl ComponentKind {
    pub(crate) const fn when(self) -> When {
        match self {
            ComponentKind::ThirdPartySetUpFee | ComponentKind::SetUp => When::Once,
            _ => When::Yearly,
        }
    }

    /// What is paid to somebody else for provisioning.
    pub(crate) const fn is_fee(self) -> bool {
        matches!(
            self,
            ComponentKind::GuardStandardFee
                | ComponentKind::GuardPremiumFee
                | ComponentKind::EnterpriseFee
                | ComponentKind::JiraReplaced
                | ComponentKind::ThirdPartyFee
                | ComponentKind::ThirdPartySetUpFee
        )
    }

    /// What the manual work costs, or what an alternative leaves of it.
    pub(crate) const fn is_manual(self) -> bool {
        matches!(
            self,
            ComponentKind::UnusedLicences
                | ComponentKind::ItLabour
                | ComponentKind::ComplianceMisses
        )
    }
}

/// One figure of an alternative.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Component {
    pub(crate) kind: ComponentKind,
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
    use super::{ComponentKind, When};

    #[test]
    fn set_up_is_paid_once_and_fees_are_no_manual_cost() {
        assert_eq!(ComponentKind::SetUp.when(), When::Once);
        assert_eq!(ComponentKind::KeyRotation.when(), When::Yearly);
        assert!(ComponentKind::JiraReplaced.is_fee() && !ComponentKind::JiraReplaced.is_manual());
        assert_eq!(ComponentKind::UnusedLicences.as_str(), "unused-licences");
    }
}
