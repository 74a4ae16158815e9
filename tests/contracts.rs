//! Contract terms beside the plans and cycles that the configuration states: which of them the bill rests on.

use crate::case::{AS_OF, Case, Rows};

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

/// 120 users of Jira Standard on the only site.
fn users() -> String {
    let header = "User id,User name,email,User status,Added to org,Org role,Jira - acme,Last seen in Jira - acme\n";
    let user = |number| {
        format!(
            "{number},User {number},u{number}@acme.example,Active,3 Jan 2024,,User,10 Nov 2026\n"
        )
    };
    header.to_owned() + &(1..=120).map(user).collect::<String>()
}

/// What is paid for Standard says nothing of Enterprise, which is sold for 801 users at least: 801 × $155 a year.
#[test]
fn terms_without_a_plan_are_for_the_plan_that_is_held() {
    let bands = "mode = \"volume\"\nbands = [{ up_to = 50, price = 8 }, { price = 7 }]\n";
    for (terms, bill) in [
        (
            "[[product]]\nproduct = \"Jira\"\nsite = \"acme\"\nprice = \"7\"\n".to_owned(),
            "10080.00",
        ),
        (
            "[[product]]\nproduct = \"Jira\"\nprice = \"7\"\n".to_owned(),
            "10080.00",
        ),
        (
            format!("[[contract]]\nproduct = \"Jira\"\nsite = \"acme\"\n{bands}"),
            "10080.00",
        ),
        (
            format!("[[contract]]\nproduct = \"Jira\"\n{bands}"),
            "10080.00",
        ),
        (
            "[[contract]]\nproduct = \"Jira\"\nprice = 7\n[[contract]]\nproduct = \"Jira\"\nsite = \"acme\"\n\
             billing = \"monthly\"\n"
                .to_owned(),
            "10080.00",
        ),
    ] {
        let ran = Case::new()
            .file("users.csv", users())
            .file("seatledger.toml", terms.as_str())
            .report()
            .run();
        let of = |file: &str, columns: &[&str], wanted: &str| {
            let rows = ran.csv(file).shown(columns);
            assert!(rows.iter().any(|row| row == wanted), "{terms}: {rows:#?}");
        };
        let columns = ["alternative", "component", "low", "high"];
        of(
            "alternatives.csv",
            &columns,
            "enterprise | enterprise-fee | 124155.00 | 124155.00",
        );
        of(
            "waste_by_product.csv",
            &["product", "annual_bill_low"],
            &format!("Jira | {bill}"),
        );
        // The tree of the figure rests on the same price.
        let explained = Case::new()
            .file("users.csv", users())
            .file("seatledger.toml", terms.as_str())
            .args(["explain", "enterprise/enterprise-fee", "DIR"])
            .args(["--as-of", AS_OF])
            .any_stdout()
            .any_stderr()
            .any_status()
            .run();
        assert!(
            explained.stdout.contains("801") && explained.stdout.contains("124,155"),
            "{terms}: {}{}",
            explained.stdout,
            explained.stderr
        );
    }
}

/// A year for ten months at $8 was agreed: 120 × 8 × 10. A table that names a cycle alone, as `init` writes it, does not
/// take that away; the report, its your_settings and a scenario agree.
#[test]
fn the_cycle_stated_with_the_price_wins_over_a_cycle_alone() {
    let price =
        "[[contract]]\nproduct = \"Jira\"\nbilling = \"annual\"\nannual_months = 10\nprice = 8\n";
    let row = "[[product]]\nproduct = \"Jira\"\nsite = \"acme\"\nplan = \"Standard\"\nbilling = \"monthly\"\n";
    let ran = Case::new()
        .file("users.csv", users())
        .file("seatledger.toml", format!("{price}\n{row}"))
        .report()
        .run();
    assert_eq!(
        ran.csv("waste_by_product.csv").column("annual_bill_low"),
        ["9600.00"]
    );
    assert_eq!(
        ran.csv("your_settings.csv")
            .shown(&["name", "default", "value", "source"]),
        [
            "terms of Jira | list price, billed monthly | $8.00 a user and month, a year for 10 months, billed annually | \
             seatledger.toml:1",
            "terms of Jira Standard on acme |  | billed monthly; the billing cycle configured with the price stays for Jira Standard \
             on acme | seatledger.toml:7",
        ]
    );
    let scenario = Case::new()
        .file("in/users.csv", users())
        .file("in/seatledger.toml", row)
        .file("a.toml", format!("name = \"x\"\n{price}"))
        .args(["scenario", "--format", "csv", "DIR/a.toml", "DIR/in"])
        .args(["--as-of", AS_OF])
        .any_stdout()
        .run();
    let rows = Rows::read(scenario.stdout.as_bytes()).shown(&["scenario", "figure", "low"]);
    assert!(
        rows.iter().any(|row| row == "x | licence-bill | 9600.00"),
        "{rows:#?}"
    );
}

/// A scenario's terms without a plan give what terms for the held plan give, and leave Enterprise its list price.
#[test]
fn a_scenarios_terms_without_a_plan_are_for_the_plan_that_is_held() {
    let enterprise = |terms: &str| {
        let ran = Case::new()
            .file("in/users.csv", users())
            .file(
                "a.toml",
                format!("name = \"x\"\n[[contract]]\nproduct = \"Jira\"\n{terms}"),
            )
            .args(["scenario", "--format", "csv", "DIR/a.toml", "DIR/in"])
            .args(["--as-of", AS_OF])
            .any_stdout()
            .run();
        let rows = Rows::read(ran.stdout.as_bytes());
        let rows = rows.shown(&["scenario", "figure", "of", "low", "high"]);
        let row = rows
            .iter()
            .find_map(|row| row.strip_prefix("x | first-year | enterprise | "));
        row.expect("the alternative").to_owned()
    };
    let of_standard = enterprise("plan = \"Standard\"\nprice = 7\n");
    assert_eq!(enterprise("price = 7\n"), of_standard);
    assert_eq!(enterprise("price = 7\nsite = \"acme\"\n"), of_standard);
    assert_ne!(
        enterprise("plan = \"Enterprise\"\nprice = 7\n"),
        of_standard
    );
}

/// Guard's two plans are priced apart, and no export says which of them is meant.
#[test]
fn terms_of_guard_without_a_plan_are_an_error() {
    let error = |file: &str, line| {
        format!(
            "error: {file}:{line}: the terms of Atlassian Guard name no plan\n\n\
             hint: state plan = \"Standard\" or \"Premium\": they are priced apart\n"
        )
    };
    for terms in [
        "[[contract]]\nproduct = \"Guard\"\nprice = 3\n",
        "[[product]]\nproduct = \"guard\"\ndiscount_percent = \"5\"\n",
    ] {
        Case::new()
            .file("users.csv", users())
            .file("seatledger.toml", format!("\n{terms}"))
            .args(["report", "DIR", "--as-of", AS_OF, "--out", "DIR/out"])
            .status(1)
            .stderr(error("seatledger.toml", 2))
            .run();
        Case::new()
            .file("in/users.csv", users())
            .file("a.toml", format!("name = \"x\"\n{terms}"))
            .args(["scenario", "DIR/a.toml", "DIR/in", "--as-of", AS_OF])
            .status(1)
            .stderr(error("DIR/a.toml", 2))
            .run();
    }
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

/// Two seats that nobody uses under a contract for 50 at least: removing both cancels nothing, so the year's bill of
/// 50 × 8 × 12 = 4,800 stays, and with it the way that the figures are made.
#[test]
fn a_contract_minimum_outlives_the_last_seat() {
    let users = "User id,User name,email,User status,Added to org,Org role,Jira - acme,Last seen in Jira - acme\n\
        1,Ana,ana@acme.example,Active,3 Jan 2024,,User,10 Nov 2025\n\
        2,Ben,ben@acme.example,Active,3 Jan 2024,,User,Never accessed\n";
    let case = |terms: &str| {
        let toml = format!("[[contract]]\nproduct = \"Jira\"\nprice = 8\n{terms}");
        Case::new()
            .file("users.csv", users)
            .file("seatledger.toml", toml)
    };
    let saving = |terms: &str| {
        let ran = case(terms).report().run();
        let shown = ran.csv("waste_by_product.csv").shown(&[
            "seats",
            "wasted",
            "annual_bill_low",
            "annual_saving_low",
            "annual_saving_high",
        ]);
        shown[0].clone()
    };
    assert_eq!(saving("minimum = 50\n"), "2 | 2 | 4800.00 | 0.00 | 0.00");
    // Without a minimum each seat counts: 2 × 8 × 12.
    assert_eq!(saving(""), "2 | 2 | 192.00 | 192.00 | 192.00");
    let explained = case("minimum = 50\n")
        .args([
            "explain",
            "licences/saving",
            "DIR",
            "--as-of",
            AS_OF,
            "--all",
        ])
        .any_stdout()
        .run();
    let told = explained
        .stdout
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    assert!(
        told.contains("without a seat the subscription still runs"),
        "{told}"
    );
}
