//! The alternatives: how provisioning can be run.

use serde::{Serialize, Serializer};

/// An alternative, in the order in which reports list them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Alternative {
    Manual,
    GuardStandard,
    GuardPremium,
    Enterprise,
    ThirdParty,
}

impl Alternative {
    pub(crate) const ALL: [Alternative; 5] = [
        Alternative::Manual,
        Alternative::GuardStandard,
        Alternative::GuardPremium,
        Alternative::Enterprise,
        Alternative::ThirdParty,
    ];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Alternative::Manual => "manual",
            Alternative::GuardStandard => "guard-standard",
            Alternative::GuardPremium => "guard-premium",
            Alternative::Enterprise => "enterprise",
            Alternative::ThirdParty => "third-party",
        }
    }

    pub(crate) const fn label(self) -> &'static str {
        match self {
            Alternative::Manual => "Manual work",
            Alternative::GuardStandard => "Guard Standard",
            Alternative::GuardPremium => "Guard Premium",
            Alternative::Enterprise => "Jira Enterprise",
            Alternative::ThirdParty => "Third party",
        }
    }

    /// Within a sentence.
    pub(crate) const fn in_words(self) -> &'static str {
        match self {
            Alternative::Manual => "manual work",
            Alternative::ThirdParty => "the third party",
            _ => self.label(),
        }
    }

    /// What a figure rests on that holds it against another alternative.
    pub(super) fn components_with(self, other: Alternative) -> String {
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
            Alternative::GuardStandard | Alternative::GuardPremium | Alternative::Enterprise
        )
    }
}

impl Serialize for Alternative {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
