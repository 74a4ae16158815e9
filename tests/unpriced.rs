//! What has no price: its floor is shown, its high end never, and every place says what is missing.

use crate::case::{Case, Ran, Rows};

/// Ben has left and holds a seat of Jira, $9.05 a month, and one of Loom Enterprise, which is sold by quote only.
const USERS: &str = "\
User id,User name,email,User status,Added to org,Org role,Jira - acme,Last seen in Jira - acme,Loom - acme,\
Last seen in Loom - acme
712020:a1,Ana Ruiz,ana@acme.example,Active,3 Jan 2024,,User,12 Nov 2026,User,12 Nov 2026
712020:b2,Ben Cho,ben@acme.example,Active,15 Aug 2026,,User,Never accessed,User,Never accessed
712020:c3,Cyd Day,cyd@acme.example,Active,15 Aug 2024,,User,3 Nov 2026,,
";
const PEOPLE: &str = "\
email,status,department
ana@acme.example,Active,IT
ben@acme.example,Terminated,Sales
cyd@acme.example,Active,Field
";
const LOOM_BY_QUOTE: &str =
    "[[product]]\nproduct = \"Loom\"\nsite = \"acme\"\nplan = \"Enterprise\"\n";
const LOOM: &str = "Loom Enterprise: custom price, only by quote";

fn unpriced() -> Ran {
    Case::new()
        .file("users.csv", USERS)
        .file("people.csv", PEOPLE)
        .file("seatledger.toml", LOOM_BY_QUOTE)
        .report()
        .args(["--simulate", "100"])
        .run()
}

/// Sentences without their breaks.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn assert_has(rows: &Rows, columns: &[&str], expected: &[String]) {
    let shown = rows.shown(columns);
    for row in expected {
        assert!(shown.contains(row), "{row}: {shown:#?}");
    }
}

#[test]
fn a_cost_that_lacks_a_price_has_a_floor_and_no_high_end() {
    let ran = unpriced();
    // 1 seat × 9.05 × 12 = 108.60; 2 people × 96 h ÷ 500 × 60.25 = 23.14; 239.06 for the account.
    assert_has(
        &ran.csv("alternatives.csv"),
        &["alternative", "component", "low", "high", "missing"],
        &[
            format!("manual | unused-licences | 108.60 |  | {LOOM}"),
            "manual | it-labour | 23.14 | 23.14 | ".to_owned(),
            format!("manual | total | 370.80 |  | {LOOM}"),
            format!("guard-standard | total | 821.56 |  | {LOOM}"),
            // What is avoided lacks Loom too, and that can only add to it: −5,214.12 is the least.
            format!("guard-standard | net-against-manual | -5214.12 |  | {LOOM}"),
            // A fee that is not known can take any amount off: neither end is.
            format!(
                "third-party | net-against-manual |  |  | {LOOM}; third party: no quote in seatledger.toml"
            ),
        ],
    );
    assert_has(
        &ran.csv("horizon.csv"),
        &[
            "alternative",
            "year",
            "cost_low",
            "cost_high",
            "net_low",
            "net_high",
            "missing",
        ],
        &[
            "manual | 0 | 0.00 | 0.00 | 0.00 | 0.00 | ".to_owned(),
            format!("manual | 1 | 370.80 |  | 0.00 | 0.00 | {LOOM}"),
            format!("manual | total | 1152.78 |  | 0.00 | 0.00 | {LOOM}"),
            "guard-standard | 0 | 482.00 | 3615.00 | -3615.00 | -482.00 | ".to_owned(),
            format!("guard-standard | 1 | 339.56 |  | -1599.12 |  | {LOOM}"),
            "third-party | 0 | 120.50 |  |  |  | third party: no quote in seatledger.toml"
                .to_owned(),
        ],
    );
    let horizon = ran.csv("horizon.csv");
    for column in ["present_cost_high", "present_net_high"] {
        let place = horizon.place(column);
        for row in horizon.rows.iter().filter(|row| row[place - 4].is_empty()) {
            assert!(row[place].is_empty(), "{column} of {row:?}");
        }
    }
    assert_has(
        &ran.csv("simulation.csv"),
        &["alternative", "missing"],
        &["manual | ".to_owned(), format!("guard-standard | {LOOM}")],
    );
    assert_has(
        &ran.csv("sensitivity.csv"),
        &["assumption", "missing"],
        &[format!("it_hourly_rate | {LOOM}")],
    );
}

#[test]
fn waste_that_lacks_a_price_has_a_floor_and_no_high_end() {
    let ran = unpriced();
    assert_has(
        &ran.csv("waste_by_department.csv"),
        &[
            "department",
            "annual_bill_low",
            "annual_bill_high",
            "annual_waste_low",
            "annual_waste_high",
            "unpriced_seats",
        ],
        &[
            // Ana's Loom seat is used: no waste of hers lacks a price.
            "IT | 108.60 |  | 0.00 | 0.00 | 1".to_owned(),
            "Sales | 108.60 |  | 108.60 |  | 1".to_owned(),
            "Field | 108.60 | 108.60 | 0.00 | 0.00 | 0".to_owned(),
        ],
    );
    assert_has(
        &ran.csv("savings.csv"),
        &[
            "product",
            "list_value_low",
            "list_value_high",
            "annual_saving_low",
            "annual_saving_high",
            "working",
        ],
        &[format!(
            "total | 108.60 |  | 108.60 |  | list_value without {LOOM}; annual_saving without {LOOM}"
        )],
    );
}

#[test]
fn a_sentence_names_the_floor_alone_and_the_order_is_not_certain() {
    let ran = unpriced();
    for text in [
        "Managing Atlassian accounts manually costs at least $371 a year.",
        "but not for certain: part of what Guard Standard, Guard Premium and Jira Enterprise would save has no \
         price (Loom Enterprise: custom price, only by quote). The next is Guard Standard, which costs at most $5,214 \
         more.",
        // Seats 108.60 × 0.95 and a miss 239.06 × 0.95 × 0.95, less a fee of 36 to 48: 282.92 and 270.92. SCIM takes
        // 34 h and saves 0.384 × ½ to ¾, since nobody knows whether groups sync: each dollar an hour costs 33.712 to
        // 33.808.
        "at $8.01–8.39 for an IT hour, and more above that; now $60.25. What has no price is left out of this.",
        "at least $822",
        "What a third party is worth against manual work cannot be told: Loom Enterprise: custom price, only by quote.",
        "The third party has no price. What it is worth against manual work cannot be told: Loom Enterprise",
    ] {
        assert!(
            flat(&ran.stdout).contains(text),
            "{text} in\n{}",
            ran.stdout
        );
    }
    // Nobody knows what a leaver's Loom seat costs, so nobody knows that Guard does not pay.
    assert!(
        !flat(&ran.stdout).contains("across all ranges"),
        "{}",
        ran.stdout
    );
    for line in ran
        .stdout
        .lines()
        .filter(|line| line.contains("at least $"))
    {
        let floor = line.split("at least $").nth(1).unwrap_or("");
        let amount = floor.split_whitespace().next().unwrap_or("");
        assert!(!amount.contains('–'), "a high end in {line:?}");
    }
}

#[test]
fn charts_claim_nothing_of_what_has_no_price() {
    let report = unpriced().json();
    let charts = report["charts"].to_string();
    for text in [
        "Manual work is the cheapest alternative in the first year: at least $371, as far as prices are known",
        "Payback is unknown: prices are missing",
        "Sales has the largest known part of at least $109 a year in wasted seats",
        "as assumed: at least -$2.3k",
    ] {
        assert!(charts.contains(text), "{text} in {charts}");
    }
    assert!(!charts.contains("No alternative pays back"), "{charts}");
}

#[test]
fn a_jira_bill_that_lacks_a_price_leaves_enterprise_without_fees() {
    let jira = "[[product]]\nproduct = \"Jira\"\nsite = \"acme\"\nplan = \"Bespoke\"\n";
    let ran = Case::new()
        .file("users.csv", USERS)
        .file("people.csv", PEOPLE)
        .file("seatledger.toml", jira)
        .report()
        .run();
    let row = ran
        .stdout
        .lines()
        .find(|line| line.trim_start().starts_with("Jira Enterprise "))
        .expect("a row of Enterprise");
    let cells: Vec<&str> = row.split("  ").filter(|cell| !cell.is_empty()).collect();
    assert_eq!(cells[1].trim(), "unknown", "{row}");
}

#[test]
fn no_third_party_beats_a_negative_price() {
    let jira_alone = USERS
        .replace(",Loom - acme,Last seen in Loom - acme", "")
        .replace(",User,12 Nov 2026,User,12 Nov 2026", ",User,12 Nov 2026")
        .replace(
            ",User,Never accessed,User,Never accessed",
            ",User,Never accessed",
        )
        .replace(",3 Nov 2026,,", ",3 Nov 2026");
    let ran = Case::new()
        .file("users.csv", jira_alone)
        .file("people.csv", PEOPLE)
        .report()
        .args(["--set", "setup_hours_third_party=40"])
        .run();
    let text = flat(&ran.stdout);
    // 40 h × 60.25 = 2,410 to set up, and 4–24 h of reviews, against the 371 that two people cost.
    for sentence in [
        "Against manual work a third party is worth nothing: even free of charge it would cost $2,281–3,595 more a year \
         (assumed).",
        "The third party has no price. Even free of charge it would cost $2,281–3,595 more a year than manual work.",
    ] {
        assert!(text.contains(sentence), "{sentence} in\n{}", ran.stdout);
    }
    assert!(
        !text.contains("below -") && !text.contains("below unknown"),
        "{}",
        ran.stdout
    );
}
