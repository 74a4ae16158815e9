//! The ways to run provisioning that are compared.

use serde::{Serialize, Serializer};

/// One way to run provisioning, in the order in which reports list them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Way {
    Manual,
    GuardStandard,
    GuardPremium,
    Enterprise,
    ThirdParty,
}

impl Way {
    pub(crate) const ALL: [Way; 5] = [
        Way::Manual,
        Way::GuardStandard,
        Way::GuardPremium,
        Way::Enterprise,
        Way::ThirdParty,
    ];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Way::Manual => "manual",
            Way::GuardStandard => "guard-standard",
            Way::GuardPremium => "guard-premium",
            Way::Enterprise => "enterprise",
            Way::ThirdParty => "third-party",
        }
    }

    pub(crate) const fn label(self) -> &'static str {
        match self {
            Way::Manual => "By hand",
            Way::GuardStandard => "Guard Standard",
            Way::GuardPremium => "Guard Premium",
            Way::Enterprise => "Jira Enterprise",
            Way::ThirdParty => "Third party",
        }
    }

    /// Within a sentence.
    pub(crate) const fn in_words(self) -> &'static str {
        match self {
            Way::Manual => "work by hand",
            Way::ThirdParty => "the third party",
            _ => self.label(),
        }
    }

    /// What a figure rests on that holds it against another way.
    pub(super) fn components_with(self, other: Way) -> String {
        if self == other {
            return format!("the components of {}", self.in_words());
        }
        format!(
            "the components of {} and of {}",
            self.in_words(),
            other.in_words()
        )
    }

    /// Whether Atlassian's own SCIM provisions the accounts.
    pub(crate) const fn is_native(self) -> bool {
        matches!(
            self,
            Way::GuardStandard | Way::GuardPremium | Way::Enterprise
        )
    }
}

impl Serialize for Way {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
