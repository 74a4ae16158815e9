//! `seatledger.toml`, beside the sample's exports.

use super::calendar::Calendar;
use super::company::{DOMAIN, EXPEDITION, LABS_DOMAIN, NAME, SERVICE_ACCOUNTS, Site};
use super::seats::{GRACE, INACTIVE_AFTER};
use crate::domain::product::counted_in;
use std::fmt::Write;

/// A product on a site, its plan, its billing cycle, and what else its contract says.
const PRODUCTS: [(&str, Site, &str, &str, Contract); 8] = [
    ("Jira", Site::Main, "Standard", "monthly", Contract::List),
    (
        "Confluence",
        Site::Main,
        "Standard",
        "monthly",
        Contract::List,
    ),
    (
        "Jira Service Management",
        Site::Main,
        "Standard",
        "annual",
        Contract::Price("21.50"),
    ),
    (
        "Bitbucket",
        Site::Main,
        "Standard",
        "monthly",
        Contract::List,
    ),
    (
        "Opsgenie",
        Site::Main,
        "Essentials",
        "monthly",
        Contract::List,
    ),
    ("Loom", Site::Main, "Business", "monthly", Contract::List),
    ("Jira", Site::Labs, "Standard", "monthly", Contract::List),
    (
        "Confluence",
        Site::Labs,
        "Enterprise",
        "annual",
        Contract::Price("12.40"),
    ),
];

enum Contract {
    List,
    Price(&'static str),
}

pub(super) fn text(calendar: &Calendar, on_leave: Option<&str>) -> String {
    let (main, labs, sandbox) = (Site::Main.name(), Site::Labs.name(), Site::Sandbox.name());
    let mut out = format!(
        r#"# Seatledger reads this file beside the exports. Every key may be left out.
# {NAME} is invented, and so are its people; `seatledger sample` wrote them
# as of {as_of}.

[organisation]
name = "{NAME}"
as_of = {as_of}        # the day the exports were made
currency = "USD"
domains = ["{DOMAIN}", "{LABS_DOMAIN}"]   # claimed at Atlassian
own_sites = ["{main}", "{labs}"]
sandbox_sites = ["{sandbox}"]
identity_provider = "entra"

[guard]
held = "none"            # none, standard or premium
needs_premium = false

[scim]
# key_created = 2026-02-01      # the day of the SCIM key: it expires after a year

[thresholds]             # days
inactive_after = {INACTIVE_AFTER}      # a seat is inactive when last used longer ago
grace = {GRACE}               # a new account has so long before an unused seat is waste

# One per product and site. Without a price, the price book's applies.
"#,
        as_of = calendar.as_of(),
    );
    for (product, site, plan, billing, contract) in &PRODUCTS {
        let site = site.name();
        entry(
            &mut out,
            &format!(
                "[[product]]\nproduct = \"{product}\"\nsite = \"{site}\"\n\
                 plan = \"{plan}\"\nbilling = \"{billing}\""
            ),
        );
        if let Contract::Price(price) = contract {
            entry(
                &mut out,
                &format!(
                    "price = \"{price}\"          # contract, per {} and month",
                    counted_in(product)
                ),
            );
            entry(
                &mut out,
                &format!("renewal = {}", calendar.month_start_after(4)),
            );
        }
        out.push('\n');
    }
    out.push_str("# Billed like anyone, and never counted as waste.\n");
    for (email, _, reason) in SERVICE_ACCOUNTS {
        entry(
            &mut out,
            &format!("[[service_account]]\nemail = \"{email}\"\nreason = \"{reason}\"\n"),
        );
    }
    out.push_str("# Seats that stay, whatever their use, until a day.\n");
    let until = calendar.month_start_after(3);
    if let Some(email) = on_leave {
        entry(
            &mut out,
            &format!(
                "[[exempt]]\nemail = \"{email}\"\nreason = \"parental leave\"\nuntil = {until}\n"
            ),
        );
    }
    let department = EXPEDITION.name;
    entry(
        &mut out,
        &format!(
            "[[exempt]]\ndepartment = \"{department}\"\n\
             reason = \"at sea, no network until spring\"\nuntil = {until}\n"
        ),
    );
    out.push_str(
        r#"[assumptions]
# Names and values, all optional; `assumptions.csv` of a report lists them. For example:
# it_hourly_rate = "60.25"
"#,
    );
    out
}

fn entry(out: &mut String, lines: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{lines}");
}

#[cfg(test)]
mod tests {
    use super::{Calendar, text};
    use chrono::NaiveDate;

    #[test]
    fn days_follow_the_day_of_the_report() {
        let calendar = Calendar::new(NaiveDate::from_ymd_opt(2026, 11, 20).unwrap());
        let written = text(&calendar, Some("ana.ruiz@northlight.example"));
        assert!(written.contains("renewal = 2027-03-01\n"));
        assert_eq!(written.matches("until = 2027-02-01\n").count(), 2);
        assert_eq!(written.matches("[[product]]").count(), 8);
        assert!(!text(&calendar, None).contains("parental"));
    }
}
