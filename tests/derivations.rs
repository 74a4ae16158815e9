//! `explain FIGURE`: every figure of the report has a derivation, and every step of it comes out of its parts.
//!
//! The rules are written here a second time, over the numbers of the JSON alone, so that neither a figure without a
//! derivation nor a derivation that leads to another figure can stay unseen.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::case::{AS_OF, Case, Ran, Rows, sample_path, sample_report};

/// A node of a derivation with its parts.
struct Node {
    name: String,
    rule: String,
    low: Option<f64>,
    high: Option<f64>,
    value: Option<f64>,
    is_money: bool,
    source: String,
    parts: Vec<usize>,
}

/// All derivations of a folder's report.
fn nodes(case: Case, more: &[&str]) -> Vec<Node> {
    let ran = case
        .args([
            "explain", "figures", "DIR", "--all", "--format", "json", "--as-of", AS_OF,
        ])
        .args(more.iter().copied())
        .any_stdout()
        .run();
    let table: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let rows = table["rows"].as_array().expect("rows");
    let mut nodes: Vec<Node> = Vec::with_capacity(rows.len());
    let text = |row: &Value, key: &str| row[key].as_str().unwrap_or("").to_owned();
    for row in rows {
        let number = |key: &str| row[key].as_str().and_then(|text| text.parse::<f64>().ok());
        let unit = text(row, "unit");
        nodes.push(Node {
            name: text(row, "figure"),
            rule: text(row, "rule"),
            low: number("low"),
            high: number("high"),
            value: number("value"),
            is_money: unit.len() == 3 && unit.bytes().all(|byte| byte.is_ascii_uppercase()),
            source: text(row, "source"),
            parts: Vec::new(),
        });
    }
    let place = |row: &Value, key: &str| row[key].as_u64().map(|row| row as usize - 1);
    for (at, row) in rows.iter().enumerate() {
        if let Some(whole) = place(row, "part_of") {
            nodes[whole].parts.push(at);
        }
    }
    for (at, row) in rows.iter().enumerate() {
        if let Some(made) = place(row, "made_at") {
            assert_eq!(nodes[made].name, nodes[at].name);
            nodes[at].parts = nodes[made].parts.clone();
        }
    }
    nodes
}

/// What a rule makes of the ends of its parts; `None` for what is searched, drawn or computed with another value.
fn made(rule: &str, parts: &[(f64, f64)]) -> Option<(f64, f64)> {
    let product = || {
        parts.iter().fold((1.0, 1.0), |(low, high), part| {
            (low * part.0, high * part.1)
        })
    };
    let cents = |amount: f64| (amount * 100.0 + 1e-7).round() / 100.0;
    Some(match (rule, parts) {
        ("sum" | "rounded-sum" | "exact-sum", _) => {
            parts.iter().fold((0.0, 0.0), |(low, high), part| {
                (low + part.0, high + part.1)
            })
        }
        ("product" | "exact-product", _) => product(),
        ("whole", _) => (product().0.round(), product().1.round()),
        ("complement", _) => (1.0 - product().1, 1.0 - product().0),
        ("either", [one, other]) => (one.0.min(other.0), one.1.max(other.1)),
        ("rounded-up", [one, step]) => {
            let up = |amount: f64| ((amount / step.0) - 1e-9).ceil() * step.0;
            (up(one.0), up(one.1))
        }
        ("same", [one]) => *one,
        ("low-end", [one]) => (one.0, one.0),
        ("high-end", [one]) => (one.1, one.1),
        ("up-to", [one]) => (0.0, one.1),
        ("negative", [one]) => (-one.1, -one.0),
        ("range", [first, .., last]) => (first.0, last.1),
        ("range", [only]) => *only,
        ("difference", [one, less]) => {
            let (low, high) = (one.0 - less.0, one.1 - less.1);
            (low.min(high), low.max(high))
        }
        ("remainder", [one, less]) => (one.0 - less.1, one.1 - less.0),
        // Low by low and high by high, which may cross: 48,536.28 ÷ 8.01 = 6,059 and 77,004 ÷ 13 = 5,923.
        ("quotient", [one, by]) => {
            let (low, high) = (one.0 / by.0, one.1 / by.1);
            (low.min(high), low.max(high))
        }
        ("scaled", [one, by, over]) => (one.0 * by.0 / over.0, one.1 * by.1 / over.1),
        ("less-share", [one, share]) => (
            one.0 - cents(one.0 * share.1),
            one.1 - cents(one.1 * share.0),
        ),
        ("rest", [one, part, share]) => (
            (one.0 - cents(part.0 * share.1)).max(0.0),
            (one.1 - cents(part.1 * share.0)).max(0.0),
        ),
        ("compound", [rate, times]) => {
            let factor = (1.0 + rate.0).powf(times.0);
            (factor, factor)
        }
        ("greatest", [one, other]) => (one.0.max(other.0), one.1.max(other.1)),
        ("least", [one, other]) => (one.0.min(other.0), one.1.min(other.1)),
        ("distance", [one, other]) => ((one.0 - other.0).abs(), (one.0 - other.0).abs()),
        // Anything that the first may be, for as many as the second may be: least by most, most by least.
        ("per-unit", [one, by]) => (one.0.max(0.0) / by.1, one.1.max(0.0) / by.0),
        // Worst with worst and best with best. A line that falls has the roots the other way round; below zero there is
        // none.
        ("root", [start, rise]) => {
            let (one, other) = (-start.0 / rise.0, -start.1 / rise.1);
            (one.min(other).max(0.0), one.max(other).max(0.0))
        }
        _ => return None,
    })
}

/// How far a figure may be from what its parts give: a rounded cent, four decimals, or nothing to speak of.
fn slack(node: &Node) -> f64 {
    match node.rule.as_str() {
        "per-unit" | "root" => 5.1e-5,
        "scaled" if !node.is_money => 5.1e-5,
        "sum" | "difference" | "remainder" | "rest" | "less-share" | "range" | "same" => 1e-6,
        "exact-sum" | "exact-product" => 1e-6,
        _ if node.is_money => 5.1e-3,
        _ => 1e-7,
    }
}

/// Recomputes every node; gives how many were and by which rules.
#[track_caller]
fn recompute(nodes: &[Node]) -> BTreeMap<&str, usize> {
    let mut checked = BTreeMap::new();
    for node in nodes {
        assert!(!node.source.is_empty(), "{} has no source", node.name);
        if node.parts.is_empty()
            && !matches!(
                node.rule.as_str(),
                "sum" | "rounded-sum" | "exact-sum" | "product"
            )
        {
            continue;
        }
        let parts: Option<Vec<(f64, f64)>> = node
            .parts
            .iter()
            .map(|&part| nodes[part].low.zip(nodes[part].high))
            .collect();
        let (Some(low), Some(high), Some(parts)) = (node.low, node.high, parts) else {
            continue;
        };
        match (node.rule.as_str(), parts.as_slice()) {
            // Whole cents by largest remainder: within one of the even share.
            ("shared-out", [whole, own, all]) => {
                let share = |whole: f64, own: f64, all: f64| {
                    if all > 0.0 { whole * own / all } else { 0.0 }
                };
                let even = (share(whole.0, own.0, all.0), share(whole.1, own.1, all.1));
                let near = (low - even.0).abs() <= 0.01 && (high - even.1).abs() <= 0.01;
                assert!(near, "{}: {low}–{high} shared out of {parts:?}", node.name);
            }
            // Fee and worth before the crossing, and at it: the fee is on the other side.
            ("crossing", [before, worth_before, at, worth_at]) => {
                assert_ne!(
                    before.0 < worth_before.0,
                    at.0 < worth_at.0,
                    "{}",
                    node.name
                );
            }
            // What both share takes one place: inside what ranges that share nothing would leave.
            ("joint", [one, less]) => assert!(
                one.0 - less.1 - 1e-6 <= low && low <= high && high <= one.1 - less.0 + 1e-6,
                "{} is {low} to {high}, outside of {parts:?}",
                node.name
            ),
            ("joint-sum", parts) => {
                let apart = made("sum", parts).expect("a sum");
                let is_inside = apart.0 - 1e-6 <= low && low <= high && high <= apart.1 + 1e-6;
                assert!(
                    is_inside,
                    "{} is {low} to {high}, outside of {apart:?}",
                    node.name
                );
            }
            ("crossing", [at, worth_at]) => assert!(at.0 < worth_at.0, "{}", node.name),
            (rule, parts) => match made(rule, parts) {
                Some((made_low, made_high)) => {
                    let near = |one: f64, other: f64| {
                        (one - other).abs() <= slack(node) * (1.0 + one.abs() * 1e-9)
                    };
                    assert!(
                        near(low, made_low) && near(high, made_high),
                        "{} is {low} to {high}, and {rule} of its parts {parts:?} is {made_low} to {made_high}",
                        node.name
                    );
                }
                None => continue,
            },
        }
        check_value(nodes, node, low, high);
        *checked.entry(node.rule.as_str()).or_default() += 1;
    }
    checked
}

/// A value lies between its ends, and comes out of the values of its parts where the rule is a formula.
#[track_caller]
fn check_value(nodes: &[Node], node: &Node, low: f64, high: f64) {
    let Some(value) = node.value else { return };
    assert!(
        low - 6e-3 <= value && value <= high + 6e-3,
        "{} is {low} to {high}, with the value {value}",
        node.name
    );
    let formula = [
        "sum",
        "difference",
        "remainder",
        "product",
        "quotient",
        "scaled",
        "negative",
        "complement",
        "rest",
        "less-share",
    ];
    if node.parts.is_empty() || !formula.contains(&node.rule.as_str()) {
        return;
    }
    let parts = node.parts.iter().map(|&part| nodes[part].value);
    let points = parts.map(|value| value.map(|value| (value, value)));
    let made = points
        .collect::<Option<Vec<_>>>()
        .and_then(|points| made(&node.rule, &points));
    if let Some((made, _)) = made {
        assert!(
            (value - made).abs() <= slack(node) * (1.0 + value.abs() * 1e-9),
            "{} has the value {value}, and its parts' values give {made}",
            node.name
        );
    }
}

#[test]
fn every_step_of_the_demo_comes_out_of_its_parts() {
    let nodes = nodes(Case::sample(), &["--simulate", "200", "--seed", "5"]);
    let checked = recompute(&nodes);
    let rules = [
        "complement",
        "compound",
        "difference",
        "distance",
        "either",
        "exact-product",
        "exact-sum",
        "greatest",
        "high-end",
        "joint",
        "joint-sum",
        "less-share",
        "low-end",
        "negative",
        "per-unit",
        "product",
        "quotient",
        "range",
        "remainder",
        "rest",
        "root",
        "rounded-sum",
        "rounded-up",
        "same",
        "scaled",
        "shared-out",
        "sum",
        "up-to",
    ];
    assert_eq!(checked.keys().copied().collect::<Vec<_>>(), rules);
    assert!(checked.values().sum::<usize>() > 1_000, "{checked:?}");
}

#[test]
fn every_step_of_the_pinned_organisations_comes_out_of_its_parts() {
    for case in crate::pinned::others() {
        let nodes = nodes(case, &[]);
        let checked = recompute(&nodes);
        assert!(checked.values().sum::<usize>() > 300, "{checked:?}");
    }
}

/// Bands of every kind, a discount, an offer, growth, stated hours, Guard held and SCIM running.
const OTHER_TERMS: &str = r#"
[[contract]]
product = "Atlassian Guard"
plan = "Standard"
mode = "volume"
minimum = 300
bands = [{ up_to = 250, price = "4.5" }, { up_to = 460, low = "2.0", high = "3.333" }, { price = "1.111" }]

[[contract]]
product = "Jira"
site = "northlight"
per = "annual"
mode = "tiers"
bands = [{ up_to = 400, price = 80 }, { up_to = 450, price = 80 }, { up_to = 500, price = 81.5 }, { price = 79 }]

[[contract]]
product = "Confluence"
site = "northlight"
billing = "annual"
annual_months = 10
bands = [{ up_to = 10, flat = 30 }, { up_to = 100, low = "5.1", high = "5.777" }, { price = 4 }]

[[contract]]
product = "Bitbucket"
discount_percent = "12.5"

[third_party]
name = "Acme"
price_per_user_month = "1.255"
setup_fee = "500"
"#;

#[test]
fn every_step_comes_out_under_other_terms_too() {
    let changed = |text| {
        format!("{text}\nit_hours_a_year = \"123.4\"\nheadcount_growth = \"0.07\"\nprice_rise = \"0.031\"\n{OTHER_TERMS}")
        .replace("held = \"none\"", "held = \"standard\"")
        .replace("# key_created", "key_created")
    };
    let nodes = nodes(Case::sample_with(changed), &[]);
    let checked = recompute(&nodes);
    for rule in [
        "crossing",
        "whole",
        "greatest",
        "exact-sum",
        "rest",
        "joint",
    ] {
        assert!(checked.contains_key(rule), "no {rule} in {checked:?}");
    }
}

/// A year by the ladder, by a contract's tiers, and one of which nobody says by what.
const YEARS: &str = r#"
[[contract]]
product = "Jira"
site = "northlight"
billing = "annual"
annual_months = 10
price = "8.15"
tiers = "ladder"

[[contract]]
product = "Confluence"
site = "northlight"
price = "6.05"
billing = "annual"
tiers = [300, 400, 500]

[[contract]]
product = "Bitbucket"
billing = "annual"

[[contract]]
product = "Opsgenie"
billing = "annual"
"#;

#[test]
fn every_step_comes_out_where_years_are_billed_by_tiers() {
    let nodes = nodes(
        Case::sample_with(|text| {
            let mut text = format!("{text}\n{YEARS}");
            for product in ["Jira", "Confluence", "Bitbucket", "Opsgenie"] {
                let table =
                    format!("[[product]]\nproduct = \"{product}\"\nsite = \"northlight\"\n");
                let at = text.find(&table).expect("the product");
                let end = at + text[at..].find("\n\n").expect("its end");
                text.replace_range(at..end, "");
            }
            text
        }),
        &[],
    );
    let checked = recompute(&nodes);
    for rule in ["either", "rounded-up"] {
        assert!(checked.contains_key(rule), "no {rule} in {checked:?}");
    }
    let of = |name: &str| {
        let node = nodes.iter().find(|node| node.name == name).expect(name);
        (node.low, node.high)
    };
    let point = |value| (Some(value), Some(value));
    // 470 pay for 500 and 434 too: 500 × 8.15 × 10. The tier of 400 is 8,150 less, and 70 seats away.
    assert_eq!(of("Jira/northlight/annual-bill"), point(40_750.0));
    assert_eq!(of("Jira/northlight/clean-up-saving"), point(0.0));
    assert_eq!(
        of("Jira/northlight/saving-at-the-tier-below"),
        point(8_150.0)
    );
    assert_eq!(
        of("Jira/northlight/seats-above-the-tier-below"),
        point(70.0)
    );
    assert_eq!(of("Jira/northlight/1-more"), point(0.0));
    // 425 pay for 500, 380 for 400: 100 × 6.05 × 12.
    assert_eq!(of("Confluence/northlight/clean-up-saving"), point(7_260.0));
    assert_eq!(
        of("Confluence/northlight/clean-up-saving-today"),
        point(0.0)
    );
    // 126 and 121 Bitbucket users: 5 × 3.65 × 12 by the count, nothing inside the tier of 200.
    assert_eq!(
        of("Bitbucket/northlight/clean-up-saving"),
        (Some(0.0), Some(219.0))
    );
}

/// Bands under which 36 wasted seats of 470 cost more when they go, and 13 of leavers alone cost less.
const RISING_TERMS: &str = r#"
[[contract]]
product = "Jira"
site = "northlight"
mode = "volume"
bands = [{ up_to = 450, price = "12" }, { price = "8" }]

[assumptions]
identity_provider_reach = 1
"#;

/// A fee that pays at its low end whatever the hours, and hours that only cost.
#[test]
fn roots_come_out_where_a_line_falls_or_meets_zero_at_one_end_alone() {
    let guard = "[[contract]]\nproduct = \"Guard\"\nplan = \"Standard\"\nlow = \"0.01\"\nhigh = \"5\"\n\n[assumptions]\n";
    for (labour, falls) in [("0.25", false), ("1", true)] {
        let stated = format!("{guard}labour_left_scim = \"{labour}\"\n");
        let config = |text: String| text.replace("[assumptions]\n", &stated);
        let nodes = nodes(Case::sample_with(config), &[]);
        let checked = recompute(&nodes);
        assert!(checked.contains_key("root"), "{checked:?}");
        let of = |name: &str| nodes.iter().find(|node| node.name == name).expect(name);
        let root = of("guard-standard/break-even/hourly-rate");
        let rise = of("guard-standard/break-even/hourly-rate/rise");
        assert_eq!(rise.low.map(|rise| rise < 0.0), Some(falls));
        assert_eq!(root.low, Some(0.0));
    }
}

/// The demo with those terms in the place of its own for Jira.
fn rising() -> Case {
    let plain = "[[product]]\nproduct = \"Jira\"\nsite = \"northlight\"\nplan = \"Standard\"\nbilling = \"monthly\"\n";
    Case::sample_with(|text| {
        let (text, _) = text.split_once("[assumptions]").expect("the last table");
        format!("{}{RISING_TERMS}", text.replace(plain, ""))
    })
}

#[test]
fn every_step_comes_out_where_a_bill_rises_without_its_waste() {
    let nodes = nodes(rising(), &[]);
    let checked = recompute(&nodes);
    assert!(checked.contains_key("least"), "{checked:?}");
}

/// What an alternative costs and what it saves are two sums over the same parts: at the middle of their ranges they agree.
#[test]
fn a_net_is_the_difference_of_two_totals_also_where_a_bill_rises() {
    let ran = rising().report().run();
    let rows = ran.csv("alternatives.csv");
    let cents = |of: &str| -> i64 {
        let row = rows.shown(&["alternative", "component", "low", "high"]);
        let row = row
            .iter()
            .find_map(|row| row.strip_prefix(of))
            .expect("a row");
        let ends = row.split(" | ").filter(|end| !end.is_empty());
        ends.map(|end| end.replace('.', "").parse::<i64>().expect("cents"))
            .sum()
    };
    // Jira's 19 seats at 8 × 12 are 1,824, so 6,687.60 to 9,870.60 of waste stand beside 5,911.25 of hours and
    // 4,303.13 of misses.
    assert_eq!(cents("manual | total"), 1_690_198 + 2_008_498);
    for alternative in ["guard-standard", "guard-premium", "enterprise"] {
        let total = cents(&format!("{alternative} | total"));
        let net = cents(&format!("{alternative} | net-against-manual"));
        assert_eq!(cents("manual | total") - total, net, "{alternative}");
    }
    let report = ran.json().to_string();
    let text = "without all 36 wasted seats the bill of Jira on northlight would rise; removing 19 of them saves $1,824 a \
                year. In all the bill can fall by $6,688–9,871 a year, whichever alternative is taken.";
    assert!(report.contains(text), "{text}");
}

#[test]
fn one_side_alone_has_its_derivations_too() {
    let only = |names: &[&str]| {
        names.iter().fold(Case::new(), |case, name| {
            case.file(name, std::fs::read(sample_path(name)).expect("the sample"))
        })
    };
    let directory = recompute(&nodes(only(&["entra-users.csv"]), &[])).len();
    let accounts = recompute(&nodes(only(&["export-users.csv"]), &[])).len();
    assert!(
        directory > 10 && accounts > 15,
        "{directory} and {accounts} rules"
    );
}

/// Tables of the report: the columns that name a row, and those that hold its figures.
const TABLES: [(&str, &[&str], &[&str]); 14] = [
    (
        "alternatives",
        &["alternative", "component"],
        &["low", "high"],
    ),
    (
        "waste_by_product",
        &["product", "site"],
        &[
            "seats",
            "active",
            "inactive",
            "never_active",
            "new",
            "orphaned",
            "sandbox",
            "exempt",
            "unreported",
            "wasted",
            "annual_bill_low",
            "annual_bill_high",
            "annual_saving_low",
            "annual_saving_high",
        ],
    ),
    (
        "waste_by_department",
        &["department"],
        &[
            "accounts",
            "seats",
            "wasted",
            "annual_bill_low",
            "annual_bill_high",
            "annual_waste_low",
            "annual_waste_high",
            "unpriced_seats",
        ],
    ),
    (
        "savings",
        &["product", "site"],
        &[
            "seats",
            "wasted",
            "list_value_low",
            "list_value_high",
            "annual_saving_low",
            "annual_saving_high",
            "saving_today_low",
            "saving_today_high",
            "lost_to_bands_low",
            "lost_to_bands_high",
            "seats_without_effect",
            "next_drop_at",
            "next_drop_saving_low",
            "next_drop_saving_high",
            "saving_with_apps_low",
            "saving_with_apps_high",
        ],
    ),
    (
        "more_seats",
        &["product", "site"],
        &[
            "seats",
            "one_more_low",
            "one_more_high",
            "ten_more_low",
            "ten_more_high",
            "fifty_more_low",
            "fifty_more_high",
            "tier",
            "tier_below",
            "seats_above_it",
            "saving_there_low",
            "saving_there_high",
        ],
    ),
    (
        "idle_seats",
        &["product", "site", "days_since_use"],
        &[
            "seats",
            "leavers",
            "may_be_longer",
            "annual_worth_low",
            "annual_worth_high",
            "wasted_low",
            "wasted_high",
            "annual_saving_low",
            "annual_saving_high",
        ],
    ),
    (
        "guard_billing",
        &["plan", "verdict", "reason"],
        &["accounts"],
    ),
    (
        "horizon",
        &["alternative"],
        &[
            "cost_low",
            "cost_high",
            "net_low",
            "net_high",
            "present_cost_low",
            "present_cost_high",
            "present_net_low",
            "present_net_high",
        ],
    ),
    (
        "break_even",
        &["alternative", "input"],
        &["break_even_at", "today"],
    ),
    (
        "sensitivity",
        &["alternative", "assumption"],
        &["net_at_low", "net_at_high", "effect"],
    ),
    ("findings_by_code", &["code"], &["findings"]),
    ("assumptions", &["name"], &[]),
    (
        "remaining_manual_cost",
        &["alternative", "cause"],
        &["low", "high", "accounts"],
    ),
    (
        "ceilings",
        &["against"],
        &[
            "annual_fee_low",
            "annual_fee_high",
            "per_user_month_low",
            "per_user_month_high",
        ],
    ),
];

/// Rows of `assumptions` that are statements about accounts and sites, and no numbers.
fn is_statement(row: &Value) -> bool {
    row["low"].is_null()
}

fn words(name: &str) -> BTreeSet<String> {
    let words = name.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

#[test]
fn every_figure_of_the_reports_tables_is_among_them() {
    let found = figures_are_listed(Case::sample(), sample_report());
    assert!(found > 400, "{found} figures");
}

#[test]
fn every_figure_of_apps_is_among_them() {
    let ran = crate::apps::with_apps().report().any_stderr().run();
    let found = figures_are_listed(crate::apps::with_apps(), &ran);
    assert!(found > 200, "{found} figures");
    let checked = recompute(&nodes(crate::apps::with_apps(), &[])).len();
    assert!(checked > 15, "{checked} rules");
}

/// Looks for each number of a report's tables among the figures of its folder; gives how many there are.
#[track_caller]
fn figures_are_listed(case: Case, report: &Ran) -> usize {
    let ran = case
        .args([
            "explain", "figures", "DIR", "--format", "json", "--as-of", AS_OF,
        ])
        .any_stdout()
        .run();
    let listed: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let figures: Vec<(BTreeSet<String>, [String; 2])> = listed["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| {
            let text = |key: &str| row[key].as_str().unwrap_or("").to_owned();
            (words(&text("figure")), [text("low"), text("high")])
        })
        .collect();
    let report = report.json();
    let mut found = 0;
    for (table, keys, columns) in TABLES {
        let all = report["tables"].as_array().expect("tables");
        let rows = all
            .iter()
            .find(|one| one["name"] == table)
            .expect("the table");
        for row in rows["rows"].as_array().expect("rows") {
            if table == "assumptions" && is_statement(row) {
                continue;
            }
            let mut wanted = BTreeSet::new();
            for key in keys {
                let word = row[key].as_str().unwrap_or("");
                let word = match (table, word) {
                    ("guard_billing", "standard" | "premium") => format!("guard {word}"),
                    ("savings" | "idle_seats", "total") => "licences".to_owned(),
                    _ => word.to_owned(),
                };
                wanted.extend(words(&word));
            }
            let of_row = figures.iter().filter(|(name, _)| wanted.is_subset(name));
            let values: BTreeSet<&str> = of_row
                .flat_map(|(_, ends)| ends)
                .map(String::as_str)
                .collect();
            assert!(!values.is_empty(), "{table}: {row} has no derivation");
            for column in columns {
                let cell = match &row[column] {
                    Value::String(text) => text.clone(),
                    Value::Number(number) => number.to_string(),
                    _ => continue,
                };
                for end in cell.split('–') {
                    let end = end.trim_end_matches(' ');
                    let is_there = values.contains(end)
                        || values.iter().any(|value| {
                            let (value, end) = (value.parse::<f64>(), end.parse::<f64>());
                            value
                                .ok()
                                .zip(end.ok())
                                .is_some_and(|(value, end)| (value - end).abs() < 5.1e-5)
                        });
                    assert!(
                        is_there,
                        "{table}: {column} of {wanted:?} is {end}, which nothing explains"
                    );
                    found += 1;
                }
            }
        }
    }
    found
}

fn explained(what: &str, more: &[&str]) -> Ran {
    Case::sample()
        .args(["explain", what, "DIR"])
        .args(more.iter().copied())
        .any_stdout()
        .run()
}

#[test]
fn a_figure_reads_down_to_its_sources() {
    assert_eq!(
        explained("guard-standard it-labour", &[]).stdout,
        "\
guard-standard it-labour · Northlight Instruments · 2026-11-20

guard-standard/it-labour: $591.13–2,955.63
│  the parts multiplied
├─ manual/it-labour: $5,911.25
│  │  the parts multiplied
│  ├─ manual hours: 98.112 h
│  │  │  the first times the second, divided by the third
│  │  ├─ it_hours_per_500: 96 h
│  │  │     manual IT hours a year for 500 people; value 96, from 48 to 192: half and double, since
│  │  │     the source states none; benchmark: StitchFlow's Atlassian SCIM guide, 2026-01-11
│  │  │     (stitchflow.com/scim/atlassian)
│  │  ├─ headcount: 511 people
│  │  │     measured: people present in entra-users.csv
│  │  └─ people of the benchmark: 500 people
│  │        measured: by definition
│  └─ it_hourly_rate: $60.25
│        full cost of an hour of IT work; value 60.25, from 45 to 85: from $45 to the $75 that
│        telloiam.com states and some more; 60.25 is 5,784 for 96 hours; benchmark: StitchFlow's
│        Atlassian SCIM guide, 2026-01-11 (stitchflow.com/scim/atlassian)
└─ labour_left_scim: 0.1–0.5
      share of the manual hours that remains when SCIM syncs users and groups; value 0.25, from 0.1
      to 0.5: default groups, Bitbucket groups and the clean-up of licences remain manual work;
      assumed: our estimate
"
    );
}

#[test]
fn a_number_or_some_words_lead_to_the_figures_that_fit() {
    // The number as the headline shows it, and to the cent.
    for shown in ["$23,070", "23069.55", "41,061.14"] {
        let told = explained(shown, &["--depth", "0"]).stdout;
        assert!(
            told.ends_with("\nguard-standard/total: $23,069.55–41,061.14\n   made of 7 parts\n"),
            "{shown}: {told}"
        );
    }
    // A range, a net below zero, what costs more, a fact of the decision, a price inside of a bill.
    for (shown, figure) in [
        ("$57,677–69,264", "manual/horizon/cost"),
        ("-$46,042 to -$10,784", "guard-standard/net-present-value"),
        ("-154533.06", "enterprise/net-present-value"),
        ("$52,607–68,112", "guard-premium/net-against-manual"),
        ("0.065", "leavers in the directory for each person present"),
        ("96–106", "seats/wasted-range"),
        ("$21.50", "figures fit"),
        (
            "Jira/northlight/certain-saving",
            "Jira/northlight/certain-saving: $3,417.12–3,909.60",
        ),
    ] {
        let told = explained(shown, &["--depth", "0"]).stdout;
        assert!(told.contains(figure), "{shown}: {told}");
    }
    let told = explained("total", &[]).stdout;
    for name in [
        "manual/total",
        "guard-premium/total",
        "third-party/total",
        "accounts/total",
    ] {
        assert!(told.contains(name), "{name} in {told}");
    }
    assert!(told.contains("figures fit. Name one of them to see how it is made."));
}

#[test]
fn the_same_stands_in_a_table_for_programs() {
    let told = explained("manual total", &["--format", "csv"]).stdout;
    let rows = Rows::read(told.as_bytes());
    assert_eq!(
        rows.shown(&["part_of", "depth", "figure", "low", "high", "unit", "rule"])[..4],
        [
            " | 0 | manual/total | 18495.10 | 22170.58 | USD | sum",
            "1 | 1 | manual/unused-licences | 8280.72 | 11956.20 | USD | range",
            "2 | 2 | licences/clean-up-saving | 8280.72 | 9556.20 | USD | sum",
            "3 | 3 | Bitbucket/northlight/certain-saving | 219.00 | 219.00 | USD | difference",
        ]
    );
}
