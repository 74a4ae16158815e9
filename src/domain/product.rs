//! Atlassian products: their names in every export, what is billed, and which of them Guard counts.
//!
//! Guard facts: Atlassian, "Manage your bill for Atlassian Guard Standard" and "… Guard Premium"
//! (support.atlassian.com) and atlassian.com/licensing/atlassian-guard, as known on 2026-11-23. Where
//! those pages do not say whether a product counts, it is `NotEstablished` and the count is a range.

use serde::Serialize;

use super::app::App;
use super::day::Day;

/// Whether access to a product puts a managed account on a Guard bill.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub(crate) enum GuardRule {
    Counts,
    NotEstablished,
    DoesNotCount,
}

/// What is fixed about a product.
#[derive(Debug)]
pub(crate) struct ProductFacts {
    pub(crate) name: &'static str,
    /// Other spellings: former names and API keys, in lower case.
    pub(crate) aliases: &'static [&'static str],
    pub(crate) guard_standard: GuardRule,
    /// Jira and Confluence decide the Guard Premium count; of Confluence's guests the page does not speak.
    pub(crate) guard_premium: GuardRule,
    /// Plans whose users have Guard Standard included, in lower case.
    pub(crate) plans_with_guard: &'static [&'static str],
    /// False for access that costs no seat of its own.
    pub(crate) billed: bool,
    /// The lowest plan that a business pays for: assumed, and said to be, where nobody states the plan.
    pub(crate) usual_plan: &'static str,
}

use GuardRule::{Counts, DoesNotCount, NotEstablished};

const fn product(
    name: &'static str,
    aliases: &'static [&'static str],
    guard_standard: GuardRule,
    plans_with_guard: &'static [&'static str],
) -> ProductFacts {
    ProductFacts {
        name,
        aliases,
        guard_standard,
        guard_premium: DoesNotCount,
        plans_with_guard,
        billed: true,
        usual_plan: "Standard",
    }
}

pub(crate) const JIRA: &str = "Jira";
pub(crate) const CONFLUENCE: &str = "Confluence";
pub(crate) const SERVICE_MANAGEMENT: &str = "Jira Service Management";
pub(crate) const BITBUCKET: &str = "Bitbucket";
pub(crate) const TRELLO: &str = "Trello";
pub(crate) const LOOM: &str = "Loom";
pub(crate) const OPSGENIE: &str = "Opsgenie";
/// Opsgenie ends on this day: Atlassian's announcement of 2025-03; the guide says the same.
pub(crate) const OPSGENIE_END: Day = Day::from_epoch_days(20_913);

/// What a product's bill counts, in a word.
pub(crate) fn counted_in(product: &str) -> &'static str {
    match product {
        SERVICE_MANAGEMENT => "agent",
        LOOM => "creator",
        _ => "user",
    }
}

const COLLECTION: &[&str] = &[
    "enterprise",
    "teamwork collection premium",
    "teamwork collection enterprise",
];

/// The products known by name. Any other product is read too, priced as unknown, and its Guard rule is not established.
pub(crate) const PRODUCTS: &[ProductFacts] = &[
    ProductFacts {
        guard_premium: Counts,
        ..product(
            JIRA,
            &[
                "jira software",
                "jira-software",
                "jira core",
                "jira-core",
                "jira work management",
            ],
            Counts,
            COLLECTION,
        )
    },
    ProductFacts {
        guard_premium: Counts,
        ..product(CONFLUENCE, &[], Counts, COLLECTION)
    },
    // A managed account that is a Confluence guest counts since 2024-02-09; the guest holds no paid seat.
    ProductFacts {
        billed: false,
        guard_premium: NotEstablished,
        ..product("Confluence Guest", &["confluence guests"], Counts, &[])
    },
    product(
        SERVICE_MANAGEMENT,
        &[
            "jira service desk",
            "jira-service-desk",
            "jira-servicedesk",
            "jira-service-management",
            "jsm",
        ],
        Counts,
        &["enterprise"],
    ),
    product(BITBUCKET, &["bitbucket cloud"], Counts, &[]),
    product(TRELLO, &[], Counts, &["enterprise"]),
    product(
        "Jira Product Discovery",
        &["jira-product-discovery", "jpd"],
        NotEstablished,
        &[],
    ),
    ProductFacts {
        usual_plan: "Business",
        ..product(LOOM, &[], NotEstablished, &["enterprise"])
    },
    product("Compass", &[], NotEstablished, &[]),
    product(
        OPSGENIE,
        &["jira-ops"],
        NotEstablished,
        &["standard", "enterprise"],
    ),
    product("Statuspage", &["status page"], DoesNotCount, &[]),
    // Platform apps: they come with any product and have no licence of their own.
    platform("Goals"),
    platform("Projects"),
    platform("Atlas"),
    platform("Home"),
    platform("Teams"),
    platform("Rovo"),
    platform("Atlassian Administration"),
];

const fn platform(name: &'static str) -> ProductFacts {
    ProductFacts {
        billed: false,
        ..product(name, &[], NotEstablished, &[])
    }
}

/// What is known of a product by any of its names, whatever the case.
pub(crate) fn facts(name: &str) -> Option<&'static ProductFacts> {
    let wanted = name.trim().to_lowercase();
    PRODUCTS.iter().find(|product| {
        product.name.eq_ignore_ascii_case(&wanted) || product.aliases.contains(&wanted.as_str())
    })
}

/// The product's present name, or the given one (trimmed) when it is not known.
pub(crate) fn canonical_name(name: &str) -> &str {
    facts(name).map_or_else(|| name.trim(), |product| product.name)
}

/// Whose site a seat is on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SiteKind {
    Own,
    /// Comes with a Premium or Enterprise plan: its seats are not billed, but they do count for Guard.
    Sandbox,
    /// Somebody else's site: billed to them, but it counts for our Guard.
    Foreign,
}

/// A product on a site under a plan: what one subscription bills.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Offering {
    pub(crate) product: String,
    /// The site's sub-domain; empty for products without sites (Trello).
    pub(crate) site: String,
    pub(crate) plan: Option<String>,
    /// Whether the plan is the exports' or the configuration's word; otherwise it is assumed.
    pub(crate) plan_known: bool,
    /// The day on which the subscription renews, where the configuration says it.
    pub(crate) renewal: Option<Day>,
    pub(crate) kind: SiteKind,
    /// Where it is a Marketplace app: what it is billed for.
    pub(crate) app: Option<App>,
}

impl Offering {
    pub(crate) fn plan_name(&self) -> &str {
        self.plan.as_deref().unwrap_or("")
    }

    pub(crate) fn has_plan(&self, plan: &str) -> bool {
        self.plan_name().eq_ignore_ascii_case(plan)
    }

    /// Whether an account's access here is a billed seat of this organisation.
    pub(crate) fn is_billed(&self) -> bool {
        self.kind != SiteKind::Foreign
            && !self.has_plan("Free")
            && facts(&self.product).is_none_or(|known| known.billed)
    }

    pub(crate) fn guard_standard(&self) -> GuardRule {
        facts(&self.product).map_or(NotEstablished, |known| known.guard_standard)
    }

    pub(crate) fn guard_premium(&self) -> GuardRule {
        facts(&self.product).map_or(DoesNotCount, |known| known.guard_premium)
    }

    /// Whether the plan itself brings Guard Standard to its users.
    pub(crate) fn includes_guard(&self) -> bool {
        self.kind == SiteKind::Own
            && facts(&self.product).is_some_and(|known| {
                known
                    .plans_with_guard
                    .iter()
                    .any(|plan| self.has_plan(plan))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::{OPSGENIE_END, PRODUCTS, canonical_name, facts};

    #[test]
    fn opsgenie_ends_on_the_announced_day() {
        assert_eq!(OPSGENIE_END.to_string(), "2027-04-05");
    }

    #[test]
    fn every_former_name_leads_to_the_present_one() {
        assert_eq!(canonical_name("Jira Software"), "Jira");
        assert_eq!(
            canonical_name("jira-service-desk"),
            "Jira Service Management"
        );
        assert_eq!(canonical_name(" Whiteboards "), "Whiteboards");
    }

    #[test]
    fn no_name_stands_for_two_products() {
        for product in PRODUCTS {
            let names = std::iter::once(product.name).chain(product.aliases.iter().copied());
            for name in names {
                assert_eq!(
                    facts(name).map(|found| found.name),
                    Some(product.name),
                    "{name}"
                );
            }
        }
    }
}
