//! What classes mean, in words for a reader: the fact behind each reason, and the page of the Guard rules.

use super::class::{GuardClass, GuardReason, GuardVerdict, StandingReason, UseReason};
use super::person::PersonStatus;

/// The page that a plan's counting rules were read on, and when.
pub(crate) const STANDARD_RULES: &str = "https://support.atlassian.com/subscriptions-and-billing/docs/manage-your-bill-for-atlassian-guard-standard, as known 2026-11-23";
pub(crate) const PREMIUM_RULES: &str = "https://support.atlassian.com/subscriptions-and-billing/docs/manage-your-bill-for-atlassian-guard-premium, as known 2026-11-23";

impl StandingReason {
    pub(crate) const fn meaning(self) -> &'static str {
        match self {
            StandingReason::AppAccount => "its type is app",
            StandingReason::CustomerAccess => "it has portal or customer access alone",
            StandingReason::Suspended => "it is suspended at Atlassian",
            StandingReason::Deactivated => "it is deactivated at Atlassian",
            StandingReason::Closed => "it is closed at Atlassian",
            StandingReason::ListedAsService => "seatledger.toml lists it as a service account",
            StandingReason::DomainNotClaimed => {
                "its domain is not claimed, and nobody in the directory has its address"
            }
            StandingReason::DisabledInDirectory => "its person is disabled in the directory",
            StandingReason::GoneFromDirectory => "the directory has its person as gone",
            StandingReason::LeftByDate => "its person left on or before the day of the report",
            StandingReason::NoSuchAddress => "nobody in the directory has any of its addresses",
            StandingReason::NoDirectory => "no directory was given",
            StandingReason::NoStatusGiven => {
                "the directory does not say whether its person is here"
            }
            StandingReason::PersonPresent => "its person is present in the directory",
            StandingReason::NotYetActive => "its person is in the directory and not yet active",
            StandingReason::TreatedAsOrphaned => {
                "nobody in the directory has its address, which treat_unmatched_as makes a leaver's"
            }
        }
    }
}

impl UseReason {
    pub(crate) const fn meaning(self) -> &'static str {
        match self {
            UseReason::NotBilled => "no seat of the organisation's bill",
            UseReason::HoldsNoSeat => "an account of this standing holds no billed seat",
            UseReason::OrphanedAccount => "its account is orphaned",
            UseReason::ServiceAccount => "its account is a service account",
            UseReason::Exempted => "seatledger.toml exempts its account",
            UseReason::OnSandbox => "a sandbox comes with its plan",
            UseReason::NotReported => "the exports say nothing of its use",
            UseReason::SeenWithinLimit => "last seen within the limit",
            UseReason::SeenBeforeLimit => "last seen longer ago than the limit",
            UseReason::BoundWithinLimit => {
                "last seen before a day within the limit, and how long before is not known"
            }
            UseReason::AddedLately => "never used, and its account was added only lately",
            UseReason::NeverUsed => "no use recorded",
        }
    }
}

impl GuardReason {
    const fn fact(self) -> &'static str {
        match self {
            GuardReason::CountedProduct => "it can reach a product that the plan counts",
            GuardReason::FreeTrelloOnly => "all that counts of its access is free Trello",
            GuardReason::FreePlanOnly => "all that counts of its access is on free plans",
            GuardReason::SandboxOnly => "all that counts of its access is sandboxes",
            GuardReason::ForeignSiteOnly => {
                "all that counts of its access is on sites of other organisations"
            }
            GuardReason::ExternalBillablePolicy => {
                "it is external, and the policy for external users is billable"
            }
            GuardReason::ExternalNotStated => {
                "it is external under a billable policy, of which the plan's pages do not speak"
            }
            GuardReason::ProductNotEstablished => {
                "all of its access is to products of which Atlassian's pages do not speak"
            }
            GuardReason::JiraOrConfluence => {
                "it has Jira or Confluence on a site of the organisation's own"
            }
            GuardReason::ConfluenceGuestOnly => {
                "all that it has of Jira and Confluence is a guest's"
            }
            GuardReason::App => "it is an app's",
            GuardReason::Customer => "it is a customer's",
            GuardReason::Disabled => "it is disabled",
            GuardReason::External => "its domain is not claimed",
            GuardReason::NonBillablePolicy => "it is in a non-billable authentication policy",
            GuardReason::PlanIncludesGuard => "the plan of a product that it holds includes Guard",
            GuardReason::NoCountedProduct => "it can reach no product that the plan counts",
            GuardReason::NoJiraOrConfluence => "it has neither Jira nor Confluence",
        }
    }
}

impl GuardClass {
    /// `all that counts of its access is sandboxes: counted`.
    pub(crate) fn meaning(self) -> String {
        let verdict = match self.verdict {
            GuardVerdict::Billable => "counted",
            GuardVerdict::Uncertain => "whether that counts is not stated",
            GuardVerdict::NotBillable => "not counted",
        };
        format!("{}: {verdict}", self.reason.fact())
    }
}

impl PersonStatus {
    pub(crate) const fn meaning(self) -> &'static str {
        match self {
            PersonStatus::Unknown => "without a status",
            PersonStatus::Present => "present",
            PersonStatus::NotYet => "not yet active",
            PersonStatus::Disabled => "disabled",
            PersonStatus::Gone => "gone",
        }
    }
}
