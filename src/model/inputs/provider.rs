//! What identity providers can do for Atlassian accounts, from `data/identity_providers.toml`.

use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::named::named;
use crate::toml::Fault;
use crate::toml::Fields;
use crate::toml::near::by_nearness;

const EMBEDDED: &str = include_str!("../../../data/identity_providers.toml");
const EMBEDDED_NAME: &str = "data/identity_providers.toml";

named! {
    /// What provisioning by a provider reaches.
    Provisioning {
        /// SCIM of users and groups.
        Full = "full";
        UsersOnly = "users-only";
        /// Accounts are created at the first login, and none is ever removed.
        JustInTime = "just-in-time";
        /// No provider is stated, or none that is known: taken to sync users, groups perhaps.
        NotKnown = "not-known";
    }
}

/// What a provider of the list can be.
const STATED: [Provisioning; 3] = [
    Provisioning::Full,
    Provisioning::UsersOnly,
    Provisioning::JustInTime,
];

/// One identity provider.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Provider {
    pub(crate) name: String,
    #[serde(skip)]
    aliases: Vec<String>,
    pub(crate) provisioning: Provisioning,
    /// Whether its connection uses a SCIM key, which ends after a year.
    pub(crate) key_expires: bool,
    /// What it can do without a Guard subscription.
    pub(crate) without_guard: Option<String>,
    pub(crate) source: String,
    pub(crate) note: String,
}

impl Provider {
    /// The stand-in for a provider that is not stated or not in the list.
    pub(crate) fn not_known(name: Option<&str>) -> Provider {
        let note = match name {
            Some(_) => "The provider is not in the list, so what it can do is not known.",
            None => {
                "No identity provider is configured. Set identity_provider under [organisation] in seatledger.toml."
            }
        };
        Provider {
            name: name.unwrap_or("not configured").to_owned(),
            aliases: Vec::new(),
            provisioning: Provisioning::NotKnown,
            key_expires: true,
            without_guard: None,
            source: EMBEDDED_NAME.to_owned(),
            note: note.to_owned(),
        }
    }
}

/// The list of identity providers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Providers(Vec<Provider>);

impl Providers {
    /// The list that the program carries.
    ///
    /// # Errors
    /// As `parse`; a test shows that the embedded file has none.
    pub(crate) fn embedded() -> Result<Providers, Vec<Fault>> {
        Providers::parse(EMBEDDED_NAME, EMBEDDED)
    }

    /// # Errors
    /// All faults with their lines.
    pub(crate) fn parse(file: &str, text: &str) -> Result<Providers, Vec<Fault>> {
        let mut fields = Fields::new(file, text);
        let raw: RawFile = fields.table()?;
        let mut list = Vec::new();
        for one in raw.provider {
            let name = fields.words("a provider", "name", &one.name);
            let provisioning = fields.word_of(&name, "provisioning", &one.provisioning, &STATED);
            let source = fields.words(&name, "source", &one.source);
            let Some(provisioning) = provisioning else {
                continue;
            };
            list.push(Provider {
                name,
                aliases: one.aliases,
                provisioning,
                key_expires: one.key_expires,
                without_guard: one.without_guard,
                source,
                note: one.note,
            });
        }
        fields.finish(Providers(list))
    }

    /// The known name that a misspelt one is almost; `None` where it is known, or like none.
    pub(crate) fn meant(&self, name: &str) -> Option<&str> {
        if self.find(Some(name)).provisioning != Provisioning::NotKnown {
            return None;
        }
        let names = self.0.iter().flat_map(|provider| {
            let aliases = provider.aliases.iter().map(String::as_str);
            aliases.chain([provider.name.as_str()])
        });
        // Stricter than elsewhere: other providers are welcome, and some have short names.
        let plain = name.trim().replace(['-', '_'], " ");
        let (distance, meant) = by_nearness(&plain, names).into_iter().next()?;
        (distance <= 1 + meant.len() / 8 && plain.len() > 2).then_some(meant)
    }

    /// The provider of this name, whatever the case; what is not known says so.
    pub(crate) fn find(&self, name: Option<&str>) -> Provider {
        let Some(name) = name.map(str::trim).filter(|name| !name.is_empty()) else {
            return Provider::not_known(None);
        };
        // A key's words are joined by hyphens where a name has blanks.
        let plain = name.replace(['-', '_'], " ");
        let known = self.0.iter().find(|provider| {
            let mut names = provider.aliases.iter().chain([&provider.name]);
            names.any(|own| own.eq_ignore_ascii_case(name) || own.eq_ignore_ascii_case(&plain))
        });
        known
            .cloned()
            .unwrap_or_else(|| Provider::not_known(Some(name)))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    provider: Vec<RawProvider>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawProvider {
    name: Spanned<String>,
    #[serde(default)]
    aliases: Vec<String>,
    provisioning: Spanned<String>,
    key_expires: bool,
    without_guard: Option<String>,
    source: Spanned<String>,
    #[serde(default)]
    note: String,
}

#[cfg(test)]
mod tests {
    use super::{Providers, Provisioning};

    #[test]
    fn providers_are_found_by_any_name() {
        let all = Providers::embedded().unwrap_or_else(|faults| panic!("{faults:?}"));
        let of = |name| all.find(Some(name));
        assert_eq!(of("entra").name, "Microsoft Entra ID");
        assert_eq!(of(" OKTA ").provisioning, Provisioning::Full);
        assert!(!of("Google Workspace").key_expires);
        assert_eq!(of("gcp").provisioning, Provisioning::UsersOnly);
        // As the README and the configuration that `init` writes spell them.
        assert_eq!(of("google-cloud").name, "Google Cloud");
        assert_eq!(of("google-workspace").name, "Google Workspace");
        assert_eq!(of("jit").provisioning, Provisioning::JustInTime);
        assert_eq!(of("Keycloak").provisioning, Provisioning::NotKnown);
        assert_eq!(of("Keycloak").name, "Keycloak");
        assert_eq!(all.find(None).name, "not configured");
    }

    #[test]
    fn a_misspelt_name_is_no_other_provider() {
        let all = Providers::embedded().unwrap_or_else(|faults| panic!("{faults:?}"));
        for (stated, meant) in [
            ("gogle", "google"),
            ("Entre", "entra"),
            ("okat", "Okta"),
            ("google-worksapce", "Google Workspace"),
            ("jumpclod", "JumpCloud"),
        ] {
            assert_eq!(all.meant(stated), Some(meant), "{stated}");
        }
        for known_or_other in [
            "google", "Keycloak", "ADFS", "Rippling", "IBM", "", "lastpass",
        ] {
            assert_eq!(all.meant(known_or_other), None, "{known_or_other}");
        }
    }
}
