//! The alternatives: how provisioning can be run.

use crate::named::named;

named! {
    /// An alternative, in the order in which reports list them.
    Alternative, label {
        Manual = "manual", "Manual work";
        GuardStandard = "guard-standard", "Guard Standard";
        GuardPremium = "guard-premium", "Guard Premium";
        Enterprise = "enterprise", "Jira Enterprise";
        ThirdParty = "third-party", "Third party";
    }
}

impl Alternative {
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
