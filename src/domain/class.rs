//! The classes that the tool puts accounts and seats into: standing, use, Guard verdict.
//!
//! Each enum lists its values in the order of the rules; an account has exactly one standing and a billed
//! seat exactly one use.

use crate::named::named;

macro_rules! classes {
    ($(#[$about:meta])* $name:ident $(, $method:ident)* { $($values:tt)+ }) => {
        named! { $(#[$about])* $name $(, $method)* { $($values)+ } }

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
    /// Why an account has its standing, with the fact for a reader.
    StandingReason, meaning {
        AppAccount = "app-account", "its type is app";
        CustomerAccess = "customer-access-only", "it has portal or customer access alone";
        Suspended = "suspended-at-atlassian", "it is suspended at Atlassian";
        Deactivated = "deactivated-at-atlassian", "it is deactivated at Atlassian";
        Closed = "closed-at-atlassian", "it is closed at Atlassian";
        ListedAsService = "listed-as-service-account", "seatledger.toml lists it as a service account";
        DomainNotClaimed = "domain-not-claimed",
            "its domain is not claimed, and nobody in the directory has its address";
        DisabledInDirectory = "disabled-in-directory", "its person is disabled in the directory";
        GoneFromDirectory = "gone-in-directory", "the directory has its person as gone";
        LeftByDate = "left-by-date", "its person left on or before the day of the report";
        NoSuchAddress = "no-such-address-in-directory", "nobody in the directory has any of its addresses";
        NoDirectory = "no-directory-given", "no directory was given";
        NoStatusGiven = "no-status-in-directory", "the directory does not say whether its person is here";
        PersonPresent = "person-present", "its person is present in the directory";
        NotYetActive = "person-not-yet-active", "its person is in the directory and not yet active";
        TreatedAsOrphaned = "unmatched-treated-as-orphaned",
            "nobody in the directory has its address, which treat_unmatched_as makes a leaver's";
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
    /// Why an account has its Guard verdict, with the fact for a reader. The rules and their sources stand in `analyse::rules`.
    GuardReason, fact {
        CountedProduct = "counted-product", "it can reach a product that the plan counts";
        FreeTrelloOnly = "free-trello-only", "all that counts of its access is free Trello";
        FreePlanOnly = "free-plan-only", "all that counts of its access is on free plans";
        SandboxOnly = "sandbox-only", "all that counts of its access is sandboxes";
        ForeignSiteOnly = "foreign-site-only", "all that counts of its access is on sites of other organisations";
        ExternalBillablePolicy = "external-billable-policy",
            "it is external, and the policy for external users is billable";
        ExternalNotStated = "external-not-stated",
            "it is external under a billable policy, of which the plan's pages do not speak";
        ProductNotEstablished = "product-not-established",
            "all of its access is to products of which Atlassian's pages do not speak";
        JiraOrConfluence = "jira-or-confluence", "it has Jira or Confluence on a site of the organisation's own";
        ConfluenceGuestOnly = "confluence-guest-only", "all that it has of Jira and Confluence is a guest's";
        App = "app-account", "it is an app's";
        Customer = "customer-only", "it is a customer's";
        Disabled = "disabled-account", "it is disabled";
        External = "external-account", "its domain is not claimed";
        NonBillablePolicy = "non-billable-policy", "it is in a non-billable authentication policy";
        PlanIncludesGuard = "plan-includes-guard", "the plan of a product that it holds includes Guard";
        NoCountedProduct = "no-counted-product", "it can reach no product that the plan counts";
        NoJiraOrConfluence = "no-jira-or-confluence", "it has neither Jira nor Confluence";
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
