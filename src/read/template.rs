//! The commented `seatledger.toml` that `init` writes, filled with what the exports show.

use std::fmt::Write as _;

use crate::domain::dataset::Dataset;
use crate::domain::product::{self, SiteKind};
use crate::domain::settings::{GRACE, INACTIVE_AFTER};
use crate::safe::toml::quoted;

/// The text of a configuration for these exports; their newest event is the best guess at the day they were made.
pub(crate) fn configuration(dataset: &Dataset) -> String {
    let as_of = dataset.as_of.map_or_else(
        || "# as_of = 2026-11-30           # the day the exports were made".to_owned(),
        |day| format!("as_of = {day}              # the day the exports were made"),
    );
    let mut text = String::from(
        "# Seatledger reads this file beside the exports. Every key may be left out.\n\
         # What stands here was seen in the exports or is the default: confirm it, above all the plans.\n\n",
    );
    let mut domains: Vec<&str> = dataset
        .domains
        .iter()
        .zip(&dataset.claimed)
        .filter(|(_, claimed)| **claimed)
        .map(|(name, _)| name)
        .collect();
    domains.sort_unstable();
    let sites = |kind: SiteKind| {
        let mut names: Vec<&str> = dataset
            .offerings
            .iter()
            .filter(|offering| offering.kind == kind && !offering.site.is_empty())
            .map(|offering| offering.site.as_str())
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    let _ = write!(
        text,
        "[organisation]\n\
         # name = \"…\"\n\
         {as_of}\n\
         currency = \"USD\"\n\
         domains = {}   # claimed at Atlassian\n\
         own_sites = {}\n\
         sandbox_sites = {}\n\
         # identity_provider = \"entra\"   # okta, entra, google-workspace, google-cloud, onelogin, jumpcloud, …\n\n",
        list(&domains),
        list(&sites(SiteKind::Own)),
        list(&sites(SiteKind::Sandbox)),
    );
    let foreign = sites(SiteKind::Foreign);
    if !foreign.is_empty() {
        let _ = writeln!(
            text,
            "# Taken for other companies' sites: {}\n",
            foreign.join(", ")
        );
    }
    let _ = write!(
        text,
        "[guard]\n\
         held = \"none\"                  # none, standard or premium\n\
         needs_premium = false\n\
         # external_policy = \"billable\" # whether external users are under a billable policy\n\n\
         [scim]\n\
         # in_use = true                 # whether Guard's SCIM runs today; it does where a key is stated\n\
         # key_created = 2026-02-01      # the SCIM key expires a year later\n\n\
         [thresholds]                    # days\n\
         inactive_after = {INACTIVE_AFTER}             # a seat is inactive when last used longer ago\n\
         grace = {GRACE}                      # a new account has so long before an unused seat is waste\n\
         # treat_unmatched_as = \"orphaned\"\n\n\
         # One per product and site. Without a price, the price book's applies.\n",
    );
    for offering in dataset.offerings.iter().filter(|offering| {
        offering.kind == SiteKind::Own && offering.is_billed() && offering.app.is_none()
    }) {
        let site = if offering.site.is_empty() {
            String::new()
        } else {
            format!("site = {}\n", quoted(&offering.site))
        };
        let doubt = if offering.plan_known {
            ""
        } else {
            "   # inferred: confirm it"
        };
        let _ = write!(
            text,
            "[[product]]\nproduct = {}\n{site}plan = {}{doubt}\nbilling = \"monthly\"             # or annual\n\
             # price = \"8.20\"               # a contract price per {} and month\n# renewal = 2027-03-01\n\n",
            quoted(&offering.product),
            quoted(offering.plan_name()),
            product::counted_in(&offering.product),
        );
    }
    text.push_str(
        "# A Marketplace app, billed for all users of its host on the site.\n\
         # [[app]]\n# name = \"Tempo Timesheets\"\n# product = \"Jira\"\n# site = \"…\"                    # without it, on every own site\n\
         # price = \"2.10\"               # a user and month; or bands = [{ up_to = 100, price = 3 }, { price = 2 }]\n\
         # billing = \"monthly\"          # or annual: by user tiers, ten months\n\
         # free = true                  # it costs nothing\n# data_center = true           # it is on no cloud bill\n\
         # exempt = [\"bot@…\"]           # users that it is not billed for\n\n\
         # Billed like anyone, and never counted as waste.\n\
         # [[service_account]]\n# email = \"ci-bot@…\"\n# reason = \"build server\"\n\n\
         # Seats that stay, whatever their use, until a day.\n\
         # [[exempt]]\n# department = \"…\"              # or email = \"…\", or group = \"…\"\n# reason = \"parental leave\"\n# until = 2027-02-01\n\n\
         # A third party's quote, to be compared with Guard.\n\
         # [third_party]\n# annual_fee = \"9600\"\n\n\
         [assumptions]\n# it_hourly_rate = \"60.25\"     # a report's assumptions.csv lists all names\n",
    );
    text
}

fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| quoted(name)).collect();
    format!("[{}]", quoted.join(", "))
}
