//! The named checks of prices and plans: a case in which each fires, and one close by in which it does not; and that no
//! output names a cheapest alternative while a severe one holds.

use serde_json::Value;

use crate::case::{Case, Ran};

/// Ben has left and holds a seat of Jira. Three accounts count for Guard.
const USERS: &str = "\
User id,User name,email,User status,Added to org,Org role,Jira - acme,Last seen in Jira - acme
712020:a1,Ana Ruiz,ana@acme.example,Active,3 Jan 2024,,User,12 Nov 2026
712020:b2,Ben Cho,ben@acme.example,Active,15 Aug 2025,,User,3 Nov 2026
712020:c3,Cyd Day,cyd@acme.example,Active,15 Aug 2024,,User,3 Nov 2026
";
const PEOPLE: &str = "\
email,status,department
ana@acme.example,Active,IT
ben@acme.example,Terminated,Sales
cyd@acme.example,Active,Field
";
/// Work by hand is 100 hours at $60. SCIM leaves a quarter of them and takes none of its own.
const POINTS: &str = "[organisation]\nidentity_provider = \"okta\"\n[assumptions]\nit_hours_a_year = \"100\"\nit_hourly_rate = \"60\"\ncost_per_miss = \"0\"\n\
                      labour_left_scim = \"0.25\"\nsetup_hours_scim = \"0\"\nkey_rotation_hours = \"0\"\n\
                      access_review_hours = \"0\"\nidentity_provider_reach = \"1\"\n";

fn case(toml: &str) -> Case {
    Case::new()
        .file("users.csv", USERS)
        .file("people.csv", PEOPLE)
        .file("seatledger.toml", toml)
}

/// Everything that `check` says as JSON.
fn checked(case: Case, as_of: &str) -> Value {
    let arguments = ["check", "DIR", "--as-of", as_of, "--format", "json"];
    let ran = case.args(arguments).any_stdout().run();
    serde_json::from_str(&ran.stdout).expect("JSON")
}

/// `warning plan-order` for each check that fired.
fn fired(checked: &Value) -> Vec<String> {
    let checks = checked["checks"].as_array().expect("checks");
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    checks
        .iter()
        .map(|one| format!("{} {}", text(&one["severity"]), text(&one["code"])))
        .collect()
}

fn fired_with(toml: &str) -> Vec<String> {
    fired(&checked(case(toml), "2026-11-20"))
}

fn has(fired: &[String], check: &str) -> bool {
    fired.iter().any(|one| one == check)
}

fn has_code(fired: &[String], code: &str) -> bool {
    fired.iter().any(|one| one.ends_with(&format!(" {code}")))
}

fn contract(product: &str, plan: &str, more: &str) -> String {
    format!("[[contract]]\nproduct = \"{product}\"\nplan = \"{plan}\"\n{more}\n")
}

#[test]
fn the_demo_is_warned_of_the_order_of_plans_and_of_nothing_severe() {
    let all = checked(Case::sample(), "2026-11-20");
    let fired = fired(&all);
    assert!(has(&fired, "warning plan-order"), "{fired:?}");
    assert!(
        !fired.iter().any(|one| one.starts_with("severe")),
        "{fired:?}"
    );
    assert_eq!(all["conclusion"]["cheapest"]["alternative"], "manual");
}

/// Enterprise at 50 cents costs less than Standard at $9.05, and would be the cheapest.
const CHEAP_ENTERPRISE: &str = "price = \"0.50\"";

#[test]
fn a_larger_plan_below_a_smaller_one_is_severe_where_it_would_win() {
    let cheap = fired_with(&format!(
        "{POINTS}{}",
        contract("Jira", "Enterprise", CHEAP_ENTERPRISE)
    ));
    assert!(has(&cheap, "severe plan-order"), "{cheap:?}");
    // $12.92 for 801 users is far from being the cheapest for three: only a warning.
    let list = fired_with("");
    assert!(has(&list, "warning plan-order"), "{list:?}");
    // Dearer than Premium's $18.30: in order.
    let dear = fired_with(&contract("Jira", "Enterprise", "price = \"18.40\""));
    assert!(!has_code(&dear, "plan-order"), "{dear:?}");
    // A line of the bill that no alternative replaces is warned of as well.
    let held =
        "[[product]]\nproduct = \"Jira\"\nsite = \"acme\"\nplan = \"Premium\"\nprice = \"7.00\"\n";
    let dear = contract("Jira", "Enterprise", "price = \"18.40\"");
    let held = fired_with(&format!("{held}{dear}"));
    assert!(has(&held, "warning plan-order"), "{held:?}");
}

#[test]
fn no_output_names_a_cheapest_alternative_while_a_severe_check_holds() {
    let toml = format!(
        "{POINTS}{}",
        contract("Jira", "Enterprise", CHEAP_ENTERPRISE)
    );
    let scenario = "name = \"Dearer hours\"\n[assumptions]\nit_hourly_rate = 80\n";
    let report = |format: &str| -> Ran {
        let arguments = ["--format", format, "--simulate", "50"];
        case(&toml).report().args(arguments).width(400).run()
    };
    let names_one = |text: &str| {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let named = [
            "is the cheapest",
            "lowest cost",
            "lowest, not certain",
            "The cheapest alternative is",
        ];
        named.iter().any(|named| text.contains(named))
    };
    for format in ["text", "markdown", "json"] {
        let ran = report(format);
        assert!(!names_one(&ran.stdout), "{}", ran.stdout);
        let told = ran
            .stdout
            .contains("severe plan-order: Jira Enterprise on acme costs $0.50");
        assert!(told || format == "json", "{}", ran.stdout);
        let settle = "No alternative is named the cheapest: settle the check plan-order first.";
        assert!(ran.stdout.contains(settle), "{}", ran.stdout);
    }
    assert!(report("csv").stdout.starts_with("alternative,component"));
    for format in ["text", "markdown"] {
        let arguments = [
            "explain",
            "manual/total",
            "DIR",
            "--as-of",
            "2026-11-20",
            "--format",
            format,
        ];
        let ran = case(&toml).args(arguments).any_stdout().run();
        assert!(ran.stdout.contains("severe plan-order"), "{}", ran.stdout);
    }
    let ran = report("text");
    let mut files = ran.files("out");
    files.retain(|name, _| !name.ends_with(".png"));
    for (name, bytes) in files {
        assert!(!names_one(&String::from_utf8_lossy(&bytes)), "{name}");
    }
    let json = ran.json();
    assert_eq!(json["conclusion"]["withheld"][0]["code"], "plan-order");
    assert_eq!(json["conclusion"]["cheapest"], Value::Null);
    assert_eq!(
        ran.csv("checks.csv").shown(&["code", "severity"])[0],
        "plan-order | severe"
    );
    assert!(
        ran.csv("simulation.csv")
            .column("cheapest_in")
            .iter()
            .all(|cell| cell.is_empty())
    );
    for format in ["text", "markdown", "json", "csv"] {
        let arguments = [
            "scenario",
            "DIR/dearer.toml",
            "DIR",
            "--as-of",
            "2026-11-20",
            "--format",
            format,
        ];
        let ran = case(&toml)
            .file("dearer.toml", scenario)
            .args(arguments)
            .any_stdout()
            .width(400)
            .run();
        assert!(!names_one(&ran.stdout), "{}", ran.stdout);
        assert!(
            ran.stdout.contains("not named: settle plan-order first"),
            "{}",
            ran.stdout
        );
    }
}

#[test]
fn old_and_contradicted_prices_are_told_where_the_answer_rests_on_them() {
    let young = fired_with("");
    assert!(!has_code(&young, "old-price"), "{young:?}");
    assert!(has(&young, "warning newer-price"), "{young:?}");
    // Guard's price was read on 2026-01-11: a year later it is not older than a year, and a day later it is.
    let year = fired(&checked(case(""), "2027-01-11"));
    assert!(!has_code(&year, "old-price"), "{year:?}");
    let later = fired(&checked(case(""), "2027-01-12"));
    assert!(has(&later, "warning old-price"), "{later:?}");
    // With the contract's own price nothing rests on the book's.
    let own = [("Standard", "4.00"), ("Premium", "8.00")]
        .map(|(plan, price)| contract("Guard", plan, &format!("price = \"{price}\"")))
        .concat();
    let own = fired_with(&own);
    assert!(!has_code(&own, "newer-price"), "{own:?}");
}

/// By hand: 100 h × $60. SCIM saves three quarters of it, $4,500, and Ben's seat. Three users of Guard at $140 cost
/// $5,040 by twelve months and $4,200 by ten: on either side of that.
#[test]
fn a_year_without_its_months_is_severe_where_the_order_hangs_on_it() {
    let guard = |more: &str| format!("{POINTS}{}", contract("Guard", "Standard", more));
    let fired = |more: &str| fired_with(&guard(more));
    let hangs = fired("price = \"140\"\nbilling = \"annual\"");
    assert!(has(&hangs, "severe year-months"), "{hangs:?}");
    // With Premium's $288 on top of three times $120 a month, twelve months are $4,608, which is 60 cents less than
    // what SCIM saves; at $121 they are more, and ten months less.
    let stands = fired("price = \"120\"\nbilling = \"annual\"");
    assert!(has(&stands, "warning year-months"), "{stands:?}");
    let hangs = fired("price = \"121\"\nbilling = \"annual\"");
    assert!(has(&hangs, "severe year-months"), "{hangs:?}");
    for said in [
        "price = \"140\"",
        "price = \"140\"\nbilling = \"monthly\"",
        "price = \"140\"\nbilling = \"annual\"\nannual_months = 12",
        "price = \"140\"\nbilling = \"annual\"\nannual_months = 10",
        "price = \"140\"\nbilling = \"annual\"\nper = \"monthly\"",
        "price = \"1400\"\nbilling = \"annual\"\nper = \"annual\"",
        "discount_percent = 5\nbilling = \"annual\"",
        "rise_percent = 5\nbilling = \"annual\"",
    ] {
        let fired = fired(said);
        assert!(!has_code(&fired, "year-months"), "{said}: {fired:?}");
    }
    let all = checked(
        case(&guard("price = \"140\"\nbilling = \"annual\"")),
        "2026-11-20",
    );
    let evidence = all["checks"].to_string();
    assert!(
        evidence.contains(
            "Atlassian Guard Standard costs $5,040 a year by 12 months and $4,200 by the list's 10"
        ),
        "{evidence}"
    );
}

/// A rise in per cent keeps the ten months of the list: 3 × $9.05 × 1.1 × 10 = $298.65.
#[test]
fn a_rise_in_per_cent_of_list_keeps_the_months_of_the_list() {
    let toml = contract(
        "Jira",
        "Standard",
        "rise_percent = 10\nbilling = \"annual\"",
    );
    let ran = case(&toml).report().run();
    let rows = ran
        .csv("waste_by_product.csv")
        .shown(&["product", "annual_bill_low"]);
    assert_eq!(rows[0], "Jira | 298.65");
}

#[test]
fn a_free_plan_has_as_many_users_as_it_allows() {
    let users = |count: usize| {
        let row = |n: usize| {
            format!("id{n},Name {n},p{n}@acme.example,Active,3 Jan 2024,,User,12 Nov 2026\n")
        };
        let rows: String = (0..count).map(row).collect();
        format!(
            "User id,User name,email,User status,Added to org,Org role,Jira - acme,Last seen in Jira - acme\n{rows}"
        )
    };
    let free = |count: usize| {
        let toml = "[[product]]\nproduct = \"Jira\"\nsite = \"acme\"\nplan = \"Free\"\n";
        let case = Case::new()
            .file("users.csv", users(count))
            .file("seatledger.toml", toml);
        fired(&checked(case, "2026-11-20"))
    };
    assert!(has(&free(11), "warning free-plan-limit"), "{:?}", free(11));
    assert!(!has_code(&free(10), "free-plan-limit"), "{:?}", free(10));
}

#[test]
fn the_headline_says_how_sure_it_is() {
    let guard = contract("Guard", "Standard", "price = \"100\"");
    let ran = case(&format!("{POINTS}{guard}")).report().width(400).run();
    // Ben's seat: 9.05 × 12 = 108.60, and $6,000 of hours that the configuration states.
    assert!(
        ran.stdout
            .contains("How sure: today's cost is 2% measured ($109) and 98% configured ($6,000); that of Guard Standard is"),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stdout
            .contains("the exports reach to 2026-11-12, 8 days before the report's")
    );
    assert!(ran.stdout.contains("every seat has a report of activity."));
    let sure = ran
        .csv("sureness.csv")
        .shown(&["alternative", "basis", "amount"]);
    assert_eq!(
        sure[..2],
        [
            "manual | measured | 108.60",
            "manual | configured | 6000.00"
        ]
    );
}

/// What has no price is not called measured, although it was counted.
#[test]
fn measured_is_said_only_where_the_price_is_known_too() {
    let toml = "[[product]]\nproduct = \"Jira\"\nsite = \"acme\"\nplan = \"Bespoke\"\n";
    let ran = case(toml).report().run();
    let rows = ran
        .csv("alternatives.csv")
        .shown(&["alternative", "component", "basis"]);
    for row in [
        "manual | unused-licences | unpriced",
        "enterprise | jira-bill-replaced | unpriced",
    ] {
        assert!(rows.iter().any(|one| one == row), "{row} in {rows:?}");
    }
    assert!(ran.stdout.contains("unpriced"), "{}", ran.stdout);
}

/// What goes with Guard stands beside what dropping it saves.
#[test]
fn dropping_guard_says_what_is_lost() {
    let ran = case("[guard]\nheld = \"standard\"\n")
        .report()
        .width(400)
        .run();
    assert!(
        ran.stdout.contains("and loses SSO, SCIM and audit logs"),
        "{}",
        ran.stdout
    );
}

/// What the exports are worth is told all the same, but nobody may take the prices for judged.
#[test]
fn prices_that_could_not_be_judged_are_told_at_the_top() {
    for price in ["inf", "-1", "\"8,20\""] {
        let ran = Case::new()
            .file(
                "users.csv",
                "User id,email,User status,Jira - acme\n1,a@acme.example,Active,User\n",
            )
            .file(
                "seatledger.toml",
                format!("[[product]]\nproduct = \"Jira\"\nsite = \"acme\"\nprice = {price}\n"),
            )
            .args(["check", "DIR", "--as-of", "2026-11-20"])
            .any_stdout()
            .width(200)
            .run();
        let top = ran.stdout.lines().nth(1).unwrap_or_default();
        let says = "! prices could not be judged: seatledger.toml:4: `price` is ";
        assert!(top.starts_with(says), "{price}: {}", ran.stdout);
    }
}
