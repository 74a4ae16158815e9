//! The classes that the tool puts accounts and seats into: standing, use, Guard verdict.
//!
//! Each enum lists its values in the order of the rules; an account has exactly one standing and a billed
//! seat exactly one use.

use crate::named::named;

macro_rules! classes {
    ($(#[$about:meta])* $name:ident { $($values:tt)+ }) => {
        named! { $(#[$about])* $name { $($values)+ } }

        impl $name {
            pub(crate) const fn code(self) -> u8 {
                self as u8
            }
        }
    };
}

classes! {
    /// What an account is, by the first rule that fits.
    Standing {
        App = "app";
        Customer = "customer";
        Disabled = "disabled";
        Service = "service";
        External = "external";
        Orphaned = "orphaned";
        Unmatched = "unmatched";
        Unknown = "unknown";
        Current = "current";
    }
}

classes! {
    /// Why an account has its standing.
    StandingReason {
        AppAccount = "app-account";
        CustomerAccess = "customer-access-only";
        Suspended = "suspended-at-atlassian";
        Deactivated = "deactivated-at-atlassian";
        Closed = "closed-at-atlassian";
        ListedAsService = "listed-as-service-account";
        DomainNotClaimed = "domain-not-claimed";
        DisabledInDirectory = "disabled-in-directory";
        GoneFromDirectory = "gone-in-directory";
        LeftByDate = "left-by-date";
        NoSuchAddress = "no-such-address-in-directory";
        NoDirectory = "no-directory-given";
        NoStatusGiven = "no-status-in-directory";
        PersonPresent = "person-present";
        NotYetActive = "person-not-yet-active";
        TreatedAsOrphaned = "unmatched-treated-as-orphaned";
    }
}

classes! {
    /// How a billed seat is used, by the first rule that fits.
    Use {
        Orphaned = "orphaned";
        Exempt = "exempt";
        Sandbox = "sandbox";
        Unreported = "unreported";
        Active = "active";
        Inactive = "inactive";
        New = "new";
        NeverActive = "never-active";
    }
}

impl Use {
    /// Orphaned, inactive and never-active seats are waste.
    pub(crate) const fn is_waste(self) -> bool {
        matches!(self, Use::Orphaned | Use::Inactive | Use::NeverActive)
    }
}

/// Why a seat has its use, or none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum UseReason {
    NotBilled,
    HoldsNoSeat,
    OrphanedAccount,
    ServiceAccount,
    Exempted,
    OnSandbox,
    NotReported,
    SeenWithinLimit,
    SeenBeforeLimit,
    /// Seen before a day that lies within the limit.
    BoundWithinLimit,
    AddedLately,
    NeverUsed,
}

classes! {
    /// Whether an account counts on a Guard bill.
    GuardVerdict {
        Billable = "billable";
        /// Atlassian's pages do not say: the count is a range.
        Uncertain = "uncertain";
        NotBillable = "not-billable";
    }
}

classes! {
    /// Why an account has its Guard verdict. The rules and their sources stand in `analyse::rules`.
    GuardReason {
        CountedProduct = "counted-product";
        FreeTrelloOnly = "free-trello-only";
        FreePlanOnly = "free-plan-only";
        SandboxOnly = "sandbox-only";
        ForeignSiteOnly = "foreign-site-only";
        ExternalBillablePolicy = "external-billable-policy";
        ExternalNotStated = "external-not-stated";
        ProductNotEstablished = "product-not-established";
        JiraOrConfluence = "jira-or-confluence";
        ConfluenceGuestOnly = "confluence-guest-only";
        App = "app-account";
        Customer = "customer-only";
        Disabled = "disabled-account";
        External = "external-account";
        NonBillablePolicy = "non-billable-policy";
        PlanIncludesGuard = "plan-includes-guard";
        NoCountedProduct = "no-counted-product";
        NoJiraOrConfluence = "no-jira-or-confluence";
    }
}

/// An account's place on one Guard bill.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct GuardClass {
    pub(crate) verdict: GuardVerdict,
    pub(crate) reason: GuardReason,
}

#[cfg(test)]
mod tests {
    use super::{Standing, Use};

    #[test]
    fn a_code_is_the_place_among_all_values() {
        for (place, standing) in Standing::ALL.iter().enumerate() {
            assert_eq!(usize::from(standing.code()), place);
        }
        for (place, used) in Use::ALL.iter().enumerate() {
            assert_eq!(usize::from(used.code()), place);
        }
    }
}
