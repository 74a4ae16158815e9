//! Contract terms beside the plans and cycles that the configuration states: which of them the bill rests on.

use crate::case::Case;

/// The demo with more lines in its configuration: a year's bill of a product on a site.
#[track_caller]
fn bill(more: &str, product: &str, site: &str) -> [String; 2] {
    let ran = Case::sample_with(|toml| format!("{toml}\n{more}"))
        .report()
        .run();
    let rows = ran.csv("waste_by_product.csv");
    let shown = rows.shown(&["product", "site", "annual_bill_low", "annual_bill_high"]);
    let wanted = format!("{product} | {site} | ");
    let row = shown
        .iter()
        .find_map(|row| row.strip_prefix(&wanted))
        .expect("the product");
    let (low, high) = row.split_once(" | ").expect("two ends");
    [low, high].map(str::to_owned)
}

/// 470 seats fall into the tier of 500: 500 × 7 × 12 = 42,000. The demo's `[[product]]` of the same site states a
/// billing cycle and no price, which keeps no contract off.
#[test]
fn a_cycle_alone_keeps_no_contract_off() {
    let bands = "mode = \"tiers\"\nbands = [{ up_to = 300, price = 8 }, { up_to = 500, price = 7 }, { price = 6 }]\n";
    for place in [
        "plan = \"Standard\"\nsite = \"northlight\"\n",
        "site = \"northlight\"\n",
        "",
    ] {
        let contract = format!("[[contract]]\nproduct = \"Jira\"\n{place}{bands}");
        assert_eq!(
            bill(&contract, "Jira", "northlight"),
            ["42000.00", "42000.00"],
            "{place}"
        );
    }
}

/// Who has Jira Enterprise on the one site of Jira pays what was agreed there, with no minimum of the price book's: the
/// alternative costs as much as the bill that it replaces.
#[test]
fn enterprise_that_is_held_costs_what_was_agreed() {
    let users = "User id,User name,email,User status,Added to org,Org role,Jira - acme,Last seen in Jira - acme\n\
                 1,Ana,ana@acme.example,Active,3 Jan 2024,,User,10 Nov 2026\n\
                 2,Ben,ben@acme.example,Active,3 Jan 2024,,User,10 Nov 2026\n";
    let toml = "[[product]]\nproduct = \"Jira\"\nsite = \"acme\"\nplan = \"Enterprise\"\nbilling = \"annual\"\nprice = \"11.00\"\n";
    let ran = Case::new()
        .file("users.csv", users)
        .file("seatledger.toml", toml)
        .report()
        .run();
    let rows = ran
        .csv("alternatives.csv")
        .shown(&["alternative", "component", "low", "high"]);
    let of = |component: &str| {
        let wanted = format!("enterprise | {component} | ");
        rows.iter()
            .find_map(|row| row.strip_prefix(&wanted))
            .expect("the component")
            .to_owned()
    };
    // 2 users × 11 × 12 = 264
    assert_eq!(of("enterprise-fee"), "264.00 | 264.00");
    assert_eq!(of("jira-bill-replaced"), "-264.00 | -264.00");
}

/// A price of the same site is closer than a contract for the product: 43 agents × 21.50 × 12 = 11,094. Another
/// site's 45 users pay the contract's 8: 45 × 8 × 12 = 4,320.
#[test]
fn the_closest_amount_wins() {
    let wide = "[[contract]]\nproduct = \"Jira Service Management\"\nprice = 1\n[[contract]]\nproduct = \"Jira\"\nprice = 8\n";
    assert_eq!(
        bill(wide, "Jira Service Management", "northlight"),
        ["11094.00", "11094.00"]
    );
    assert_eq!(
        bill(wide, "Jira", "northlight-labs"),
        ["4320.00", "4320.00"]
    );
}
