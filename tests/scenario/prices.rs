//! Contract offers and plans: bills on paper, and the same figures as from a configuration that states the same.

use std::fs;

use super::{has, rows_of, sample, small};
use crate::case::{Case, Ran, sample_path};

const FIGURES: [&str; 6] = ["scenario", "figure", "of", "low", "high", "value"];

#[test]
fn a_site_price_and_volume_bands_on_paper() {
    let site_price = "name = \"site price\"\n[[product]]\nproduct = \"Jira\"\nsite = \"acme\"\nprice = \"8.50\"\n";
    let volume = "name = \"volume\"\n[[contract]]\nproduct = \"Jira\"\nplan = \"Standard\"\nsite = \"acme\"\n\
                  mode = \"volume\"\nbands = [{ up_to = 3, price = 9 }, { price = 7 }]\n";
    let rows = rows_of(small(), &[site_price, volume], &FIGURES);
    has(
        &rows,
        &[
            // 4 users × 10.00 × 12; Ben and Dee go, and 2 × 10.00 × 12 are left.
            "base | licence-bill |  | 480.00 | 480.00 | ",
            "base | clean-up-saving |  | 240.00 | 240.00 | ",
            "base | licence-line | Jira on acme | 480.00 | 480.00 | Standard",
            // 4 × 8.50 × 12, less 2 × 8.50 × 12.
            "site price | licence-bill |  | 408.00 | 408.00 | ",
            "site price | clean-up-saving |  | 204.00 | 204.00 | ",
            // All four at 7.00 are 336.00; the two that stay fall back to 9.00 each and cost 216.00.
            "volume | licence-bill |  | 336.00 | 336.00 | ",
            "volume | clean-up-saving |  | 120.00 | 120.00 | ",
        ],
    );
    let changes = rows_of(
        small(),
        &[site_price, volume],
        &["scenario", "figure", "of", "value", "source"],
    );
    has(
        &changes,
        &[
            "site price | changes | Jira Standard on acme | $8.50 a user and month | DIR/1.toml:2",
            "volume | changes | Jira Standard on acme | volume bands, a user and month: to 3 at $9.00, then $7.00 | DIR/2.toml:2",
        ],
    );
}

#[test]
fn volume_bands_for_guard_on_paper() {
    let bands = "name = \"bands\"\n[[contract]]\nproduct = \"Guard\"\nplan = \"Standard\"\nmode = \"volume\"\n\
                 bands = [{ up_to = 3, price = 4 }, { price = \"2.50\" }]\nbilling = \"annual\"\nannual_months = 10\n";
    let rows = rows_of(small(), &[bands], &["scenario", "figure", "of", "low"]);
    let first_year = |scenario: &str| {
        let lead = format!("{scenario} | first-year | guard-standard | ");
        let amount = rows.iter().find_map(|row| row.strip_prefix(&lead));
        let (units, cents) = amount
            .and_then(|text| text.split_once('.'))
            .expect("an amount");
        units.parse::<i64>().expect("units") * 100 + cents.parse::<i64>().expect("cents")
    };
    // 4 accounts × 4.00 × 12 = 192.00; in the second band, a year for ten months: 4 × 2.50 × 10 = 100.00.
    assert_eq!(first_year("base") - first_year("bands"), 9_200);
    // What is paid for licences is the same.
    has(
        &rows_of(small(), &[bands], &["scenario", "figure", "same_as_base"]),
        &[
            "bands | licence-bill | yes",
            "bands | clean-up-saving | yes",
        ],
    );
}

#[test]
fn enterprise_takes_its_users_off_the_guard_bill() {
    let plan = "name = \"Enterprise\"\n[[product]]\nproduct = \"Jira\"\nsite = \"acme\"\nplan = \"Enterprise\"\nprice = \"20.00\"\n";
    has(
        &rows_of(small(), &[plan], &FIGURES),
        &[
            "base | guard-accounts | guard-standard |  |  | 4",
            "Enterprise | guard-accounts | guard-standard |  |  | 0",
            // Premium counts Jira on any plan.
            "Enterprise | guard-accounts | guard-premium |  |  | 4",
            // 4 × 20.00 × 12.
            "Enterprise | licence-line | Jira on acme | 960.00 | 960.00 | Enterprise",
        ],
    );
}

#[test]
fn a_free_plan_is_off_the_bill_and_a_plan_without_price_is_no_zero() {
    let plan = |plan: &str| {
        format!(
            "name = \"{plan}\"\n[[product]]\nproduct = \"Jira\"\nsite = \"acme\"\nplan = \"{plan}\"\n"
        )
    };
    let (free, odd) = (plan("Free"), plan("Platinum"));
    let columns = ["scenario", "figure", "low", "value", "missing"];
    has(
        &rows_of(small(), &[&free, &odd], &columns),
        &[
            "Free | licence-bill | 0.00 |  | ",
            "Free | licence-line |  | not billed | ",
            "Platinum | licence-bill |  |  | Jira Platinum on acme: not in the price book",
        ],
    );
}

/// The sample with another configuration.
fn with(old: &str, new: &str) -> Case {
    let text = fs::read_to_string(sample_path("seatledger.toml")).expect("the sample");
    assert_eq!(text.matches(old).count(), 1, "{old}");
    sample().file("in/seatledger.toml", text.replace(old, new))
}

#[test]
fn closer_terms_of_the_configuration_stay() {
    let wide = "name = \"wide\"\n[[contract]]\nproduct = \"Jira\"\nprice = 3\n";
    let agreed = "product = \"Jira\"\nsite = \"northlight\"\nplan = \"Standard\"\n";
    let base = with(agreed, &format!("{agreed}price = \"7\"\n"));
    has(
        &rows_of(base, &[wide], &["scenario", "figure", "of", "value"]),
        &[
            "wide | changes | Jira | $3.00 a user and month; closer terms stay for Jira Standard on northlight",
        ],
    );
}

#[test]
fn a_scenario_gives_what_a_configuration_gives_that_says_the_same() {
    let jira = "product = \"Jira\"\nsite = \"northlight\"\n";
    let standard = format!("{jira}plan = \"Standard\"\nbilling = \"monthly\"\n");
    let service = "plan = \"Standard\"\nbilling = \"annual\"\nprice = \"21.50\"";
    let guard = "[[contract]]\nproduct = \"Guard\"\nplan = \"Standard\"\nmode = \"tiers\"\n\
                 bands = [{ up_to = 500, flat = 1500 }, { price = 3 }]\n";
    for (scenario, old, new) in [
        (
            format!("[[product]]\n{jira}plan = \"Premium\"\n"),
            standard.as_str(),
            standard.replace("Standard", "Premium"),
        ),
        (
            format!("[[product]]\n{jira}plan = \"Enterprise\"\nprice = \"14.10\"\nbilling = \"annual\"\n"),
            standard.as_str(),
            format!("{jira}plan = \"Enterprise\"\nprice = \"14.10\"\nbilling = \"annual\"\n"),
        ),
        // The plan changes, the yearly bill stays, and the price agreed for Standard does not follow.
        (
            "[[product]]\nproduct = \"Jira Service Management\"\nsite = \"northlight\"\nplan = \"Premium\"\n".to_owned(),
            service,
            "plan = \"Premium\"\nbilling = \"annual\"".to_owned(),
        ),
        (
            "[[product]]\nproduct = \"Jira Service Management\"\nsite = \"northlight\"\nbilling = \"monthly\"\n".to_owned(),
            service,
            service.replace("annual", "monthly"),
        ),
        (
            guard.to_owned(),
            "[scim]",
            format!("{guard}\n[scim]"),
        ),
        (
            "[guard]\nheld = \"standard\"\nneeds_premium = true\nneeds_scim = false\nexternal_policy = \"billable\"\n".to_owned(),
            "held = \"none\"            # none, standard or premium\nneeds_premium = false\n",
            "held = \"standard\"\nneeds_premium = true\nneeds_scim = false\nexternal_policy = \"billable\"\n".to_owned(),
        ),
    ] {
        let text = format!("name = \"what if\"\n{scenario}");
        let columns = ["scenario", "figure", "of", "low", "high", "value", "missing"];
        let of = |rows: Vec<String>, name: &str| -> Vec<String> {
            let lead = format!("{name} | ");
            rows.iter()
                .filter_map(|row| row.strip_prefix(&lead))
                // Changes are of the scenario alone, and counts are shown where they differ.
                .filter(|row| !row.starts_with("changes") && !row.starts_with("guard-accounts"))
                .map(str::to_owned)
                .collect()
        };
        // The same scenario would change nothing there; with another one beside both, prices are shown.
        let other = "name = \"other\"\n[[contract]]\nproduct = \"Loom\"\nprice = 1\n";
        let laid_over = of(rows_of(sample(), &[&text, other], &columns), "what if");
        let configured = of(rows_of(with(old, &new), &[other], &columns), "base");
        assert_eq!(laid_over, configured, "{text}");
        assert!(laid_over.len() > 10, "{laid_over:#?}");
    }
}

fn in_markdown(scenario: &str) -> Ran {
    small()
        .file("offer.toml", scenario)
        .args([
            "scenario",
            "DIR/offer.toml",
            "DIR/in",
            "--format",
            "markdown",
        ])
        .any_stdout()
        .run()
}

#[test]
fn the_text_shows_the_bill_its_changed_lines_and_every_setting() {
    let text = in_markdown(
        "name = \"offer\"\n[guard]\nheld = \"standard\"\n\n[[product]]\nproduct = \"Jira\"\nsite = \"acme\"\nplan = \"Enterprise\"\nprice = \"20\"\n",
    )
    .stdout;
    for line in [
        "| licence bill a year | $480 | $960 |",
        "| clean-up saves a year | $240 | $480 |",
        "| Guard Standard accounts | 4 | 0 |",
        "| Jira on acme | Standard: $480 | Enterprise: $960 |",
        "| offer | guard.held | none | standard | DIR/offer.toml:3 |",
        "| offer | Jira Enterprise on acme | $10.00 a user and month | $20.00 a user and month | DIR/offer.toml:5 |",
        "| offer | plan of Jira on acme | Standard | Enterprise | DIR/offer.toml:8 |",
    ] {
        assert!(text.lines().any(|one| one == line), "{line}\n{text}");
    }
}
