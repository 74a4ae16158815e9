//! What classes mean, in words for a reader, where their own list does not say it; and the pages of the Guard rules.

use super::class::{GuardClass, GuardVerdict, UseReason};
use super::person::PersonStatus;

/// The page that a plan's counting rules were read on, and when.
pub(crate) const STANDARD_RULES: &str = "https://support.atlassian.com/subscriptions-and-billing/docs/manage-your-bill-for-atlassian-guard-standard, as known 2026-11-23";
pub(crate) const PREMIUM_RULES: &str = "https://support.atlassian.com/subscriptions-and-billing/docs/manage-your-bill-for-atlassian-guard-premium, as known 2026-11-23";

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
