//! Findings about the organisation as a whole.

use super::{About, Findings, View, finding};
use crate::domain::access::Access;
use crate::domain::day::Day;
use crate::domain::scim_key::KeyEnd;

/// How long before a SCIM key's end it is a finding.
const SCIM_KEY_WARNING: i32 = 60;

finding! {
    BitbucketGroups { accounts: u32 }, "bitbucket-not-synced", Low,
    "Bitbucket seats: SCIM syncs no Bitbucket groups, so leavers' access there stays a manual task",
    "add Bitbucket to the leaver's checklist",
    Word |f| write!(f, "{accounts} enabled accounts with Bitbucket access")
}

finding! {
    ScimKeyExpiry { created: Day, as_of: Day }, "scim-key-expiry", High,
    "the SCIM key expires or may expire within 60 days, or before the report's day",
    "create a new key before it expires",
    Text |f| write!(f, "the key of {created} {}", KeyEnd::of(created).in_words(as_of))
}

finding! {
    IdpWithoutScim {}, "idp-without-full-scim", Medium,
    "the identity provider does not give full SCIM provisioning to Atlassian",
    "check what the provider can deactivate before paying for SCIM",
    Word |f| f.write_str("by the identity provider named in the configuration")
}

/// Looks at the configuration, and at what all accounts come to.
pub(crate) fn find(view: &View<'_>, bitbucket: u32, findings: &mut Findings) {
    let settings = view.settings;
    if bitbucket > 0 {
        let accounts = bitbucket;
        findings.add(About::Organisation, BitbucketGroups { accounts });
    }
    if let Some(created) = settings.scim_key_created {
        let as_of = settings.as_of;
        if KeyEnd::of(created).first().days_since(as_of) <= SCIM_KEY_WARNING {
            findings.add(About::Organisation, ScimKeyExpiry { created, as_of });
        }
    }
    super::apps::find(view, findings);
    if settings.idp_full_scim == Some(false) {
        findings.add(About::Organisation, IdpWithoutScim {});
    }
}

/// Whether the account is one whose access to Bitbucket no SCIM takes away.
pub(crate) fn has_bitbucket(view: &View<'_>, account: usize) -> bool {
    view.is_enabled(account) && view.class(account).access.has(Access::Bitbucket)
}
