//! Marketplace apps: billed for the users of their host on a site, lines of their own, part of a seat's worth.

use crate::case::{AS_OF, Case, Ran};

/// Twelve users of Jira on acme, nine of them in use; u0 has been idle since spring, as u1 and u2 have.
fn users() -> String {
    let mut text =
        "User id,User name,email,User status,Added to org,Org role,Jira - acme,Last seen in Jira - acme\n".to_owned();
    for number in 0..12 {
        let seen = if number < 3 {
            "3 Mar 2026"
        } else {
            "19 Nov 2026"
        };
        text.push_str(&format!(
            "u{number},User {number},u{number}@acme.example,Active,3 Jan 2024,,User,{seen}\n"
        ));
    }
    text
}

fn people() -> String {
    let mut text = "email,status,department\n".to_owned();
    for number in 0..12 {
        let department = ["IT", "Sales", "Legal"][number % 3];
        text.push_str(&format!("u{number}@acme.example,Active,{department}\n"));
    }
    text
}

const JIRA: &str = "[[contract]]\nproduct = \"Jira\"\nprice = 10\n";

/// A host with two apps, one of them on bands.
const TWO_APPS: &str = "
[[app]]
name = \"Planner\"
product = \"Jira\"
site = \"acme\"
price = 2

[[app]]
name = \"Scripts\"
product = \"Jira Software\"
site = \"acme.atlassian.net\"
bands = [{ up_to = 10, price = 3 }, { price = 1 }]
";

fn acme(toml: &str) -> Case {
    Case::new()
        .file("users.csv", users())
        .file("people.csv", people())
        .file("seatledger.toml", format!("{JIRA}{toml}"))
}

fn report(toml: &str) -> Ran {
    acme(toml).report().any_stderr().run()
}

/// Jira: 12 × 10 × 12 = 1,440; without 3 of them 360 less. Planner: 12 × 2 × 12 = 288; 3 × 2 × 12 = 72 less. Scripts:
/// 10 × 3 + 2 × 1 = 32 a month, 384 a year; for 9 users 9 × 3 = 27, so 5 × 12 = 60 less. Together 492.
#[test]
fn a_host_with_two_apps_one_on_bands() {
    let ran = report(TWO_APPS);
    let products = ran.csv("waste_by_product.csv");
    let columns = [
        "product",
        "app_of",
        "seats",
        "wasted",
        "annual_bill_low",
        "annual_bill_high",
        "annual_saving_low",
        "annual_saving_high",
    ];
    assert_eq!(
        products.shown(&columns),
        [
            "Jira |  | 12 | 3 | 1440.00 | 1440.00 | 360.00 | 360.00",
            "Planner (app of Jira) | Jira | 12 | 3 | 288.00 | 288.00 | 72.00 | 72.00",
            "Scripts (app of Jira) | Jira | 12 | 3 | 384.00 | 384.00 | 60.00 | 60.00",
        ]
    );
    let savings = ran.csv("savings.csv");
    assert_eq!(
        savings.shown(&[
            "product",
            "wasted",
            "annual_saving_low",
            "saving_with_apps_low",
            "saving_with_apps_high"
        ]),
        [
            "Jira | 3 | 360.00 | 492.00 | 492.00",
            "Planner (app of Jira) | 3 | 72.00 |  | ",
            "Scripts (app of Jira) | 3 | 60.00 |  | ",
            "total | 3 | 492.00 |  | ",
        ]
    );
    // The seats are counted once, and the action takes all of them.
    assert_eq!(ran.json()["counts"]["seats"], 12);
    let actions =
        ran.csv("actions.csv")
            .shown(&["action", "count", "annual_worth_low", "worth_today_low"]);
    assert_eq!(
        actions[0],
        "remove 3 wasted seats: Jira · acme, with its 2 apps | 3 | 492.00 | 492.00"
    );
    assert!(
        !actions.iter().any(|action| action.contains("Planner")),
        "{actions:?}"
    );
    // 288 ÷ 12 + 384 ÷ 12 = 24 + 32 beside Jira's list price of 9.05 × 12.
    let findings = ran.csv("findings.csv");
    let idle = findings.shown(&[
        "code",
        "product",
        "annual_list_low",
        "apps_annual_list_low",
        "apps_annual_list_high",
    ]);
    assert_eq!(idle[0], "inactive-seat | Jira | 108.60 | 56.00 | 56.00");
    for said in [
        "the bill falls by $492 a year",
        "Of today's unused seats $132 a year is for Marketplace apps",
    ] {
        let text: Vec<&str> = ran.stdout.split_whitespace().collect();
        assert!(text.join(" ").contains(said), "{said} in {}", ran.stdout);
    }
    let alternatives = ran
        .csv("alternatives.csv")
        .shown(&["alternative", "component", "low"]);
    assert!(
        alternatives.contains(&"manual | unused-licences | 492.00".to_owned()),
        "{alternatives:?}"
    );
}

#[test]
fn an_app_leaves_the_figures_of_its_host_as_they_are() {
    let (with, without) = (report(TWO_APPS), report(""));
    let of_jira = |ran: &Ran| {
        let rows = ran.csv("waste_by_product.csv");
        rows.shown(&rows.header.iter().map(String::as_str).collect::<Vec<_>>())[0].clone()
    };
    assert_eq!(of_jira(&with), of_jira(&without));
    let seats = |ran: &Ran| {
        ran.csv("waste_by_department.csv")
            .shown(&["department", "accounts", "seats", "wasted"])
    };
    assert_eq!(seats(&with), seats(&without));
    assert_eq!(
        with.csv("accounts.csv").rows,
        without.csv("accounts.csv").rows
    );
    assert_eq!(
        with.csv("guard_billing.csv").rows,
        without.csv("guard_billing.csv").rows
    );
}

/// 100.01 for 12 users has no even third: cents go by largest remainder, and departments add up to the bills.
#[test]
fn departments_add_up_to_the_bills_with_their_apps() {
    let odd = "[[app]]\nname = \"Odd\"\nproduct = \"Jira\"\nbands = [{ up_to = 100, flat = \"100.01\" }, { price = 1 }]\n\
               exempt = [\"u4@acme.example\"]\n";
    for apps in [TWO_APPS.to_owned(), format!("{TWO_APPS}{odd}")] {
        let ran = report(&apps);
        let (products, departments) = (
            ran.csv("waste_by_product.csv"),
            ran.csv("waste_by_department.csv"),
        );
        for (of_products, of_departments) in [
            ("annual_bill_low", "annual_bill_low"),
            ("annual_bill_high", "annual_bill_high"),
            ("annual_saving_low", "annual_waste_low"),
            ("annual_saving_high", "annual_waste_high"),
        ] {
            assert_eq!(
                products.cents(of_products),
                departments.cents(of_departments),
                "{of_products}"
            );
        }
    }
}

/// A year billed at once goes by the ladder and ten months: 12 users pay for 15, 15 × 1 × 10 = 150; 9 pay for 10.
#[test]
fn an_apps_year_goes_by_the_ladder() {
    let app = |more: &str| {
        format!(
            "[[app]]\nname = \"Planner\"\nproduct = \"Jira\"\nprice = 1\nbilling = \"annual\"\n{more}"
        )
    };
    let of = |more: &str| {
        let ran = report(&app(more));
        ran.csv("savings.csv").shown(&[
            "product",
            "annual_saving_low",
            "saving_today_low",
            "counts_from",
        ])[1]
            .clone()
    };
    assert_eq!(
        of(""),
        "Planner (app of Jira) | 50.00 | 0.00 | the renewal (its day is not configured)"
    );
    assert_eq!(
        of("renewal = 2027-02-01\n"),
        "Planner (app of Jira) | 50.00 | 0.00 | 2027-02-01"
    );
    assert!(of("tiers = \"exact\"\n").contains("| 30.00 | 0.00"));
    // An amount for a year is for the exact count, unless tiers say otherwise.
    assert!(of("per = \"annual\"\n").contains("| 3.00 | 0.00"));
    assert!(of("per = \"annual\"\ntiers = [10, 20]\n").contains("| 10.00 | 0.00"));
    assert!(of("annual_months = 11\n").contains("| 55.00 | 0.00"));
}

/// Of three idle seats, the app is not billed for one; of the twelve it is billed for ten.
#[test]
fn users_that_an_app_is_not_billed_for_are_off_its_bill() {
    let ran = report(
        "[[app]]\nname = \"Planner\"\nproduct = \"Jira\"\nprice = 2\n\
         exempt = [\"U0@acme.example\", \"u7@acme.example\", \"nobody@acme.example\"]\n",
    );
    let rows = ran.csv("waste_by_product.csv").shown(&[
        "product",
        "seats",
        "inactive",
        "annual_bill_low",
        "annual_saving_low",
    ]);
    assert_eq!(rows[1], "Planner (app of Jira) | 10 | 2 | 240.00 | 48.00");
    let idle = ran.csv("idle_seats.csv").shown(&[
        "product",
        "days_since_use",
        "seats",
        "annual_worth_low",
    ]);
    assert!(
        idle.contains(&"Planner (app of Jira) | up to 30 | 8 | 192.00".to_owned()),
        "{idle:?}"
    );
    let check = acme("[[app]]\nname = \"Planner\"\nproduct = \"Jira\"\nprice = 2\nexempt = [\"nobody@acme.example\"]\n")
        .args(["check", "DIR", "--as-of", AS_OF])
        .any_stdout()
        .run();
    let text: Vec<&str> = check.stdout.split_whitespace().collect();
    assert!(
        text.join(" ").contains(
            "seatledger.toml:4: no account has the address nobody@acme.example, which Planner (app of Jira) is not billed for"
        ),
        "{}",
        check.stdout
    );
}

#[test]
fn free_data_center_and_unpriced_apps() {
    let ran = report(
        "[[app]]\nname = \"Free\"\nproduct = \"Jira\"\nfree = true\n\
         [[app]]\nname = \"Server\"\nproduct = \"Jira\"\ndata_center = true\n\
         [[app]]\nname = \"Dear\"\nproduct = \"Jira\"\n",
    );
    let rows = ran.csv("waste_by_product.csv").shown(&[
        "product",
        "annual_bill_low",
        "annual_bill_high",
        "annual_saving_high",
        "working",
    ]);
    assert_eq!(rows.len(), 3);
    assert!(
        rows[1].starts_with("Free (app of Jira) | 0.00 | 0.00 | 0.00 | "),
        "{rows:?}"
    );
    assert_eq!(
        rows[2],
        "Dear (app of Jira) |  |  |  | Dear (app of Jira): its price is not configured"
    );
    assert!(ran.stdout.contains("at least $360"), "{}", ran.stdout);
    let settings = ran
        .csv("your_settings.csv")
        .shown(&["name", "value", "source"]);
    assert!(
        settings.contains(
            &"Server (app of Jira) | runs in a Data Center: on no cloud bill | seatledger.toml:8"
                .to_owned()
        ),
        "{settings:?}"
    );
    // Each seat without a price counts once, whatever lacks it.
    assert_eq!(ran.csv("waste_by_department.csv").sum("unpriced_seats"), 12);
}

#[test]
fn an_app_without_seats_or_stated_twice_is_a_finding() {
    let twin = "[[app]]\nname = \"planner\"\nproduct = \"Jira\"\nsite = \"acme\"\nprice = 99\n";
    let nowhere = "[[app]]\nname = \"Lost\"\nproduct = \"Confluence\"\nprice = 1\n";
    let ran = report(&format!("{TWO_APPS}{twin}{nowhere}"));
    let findings = ran
        .csv("findings.csv")
        .shown(&["code", "severity", "evidence"]);
    let of_apps: Vec<&String> = findings
        .iter()
        .filter(|one| one.starts_with("app-"))
        .collect();
    assert_eq!(
        of_apps,
        [
            "app-without-seats | medium | line 21 of the configuration: Lost (app of Confluence)",
            "app-stated-twice | low | line 16 of the configuration: planner (app of Jira) on acme stands on line 5 already",
        ]
    );
    assert_eq!(ran.csv("waste_by_product.csv").rows.len(), 3);
}

/// Two sites; the table for one holds before the one for all.
#[test]
fn without_a_site_an_app_is_on_every_own_site() {
    let users = "User id,User name,email,User status,Added to org,Org role,Jira - acme,Last seen in Jira - acme,\
                 Jira - labs,Last seen in Jira - labs,Jira - labs-sandbox-1\n\
                 u1,Ana,ana@acme.example,Active,3 Jan 2024,,User,19 Nov 2026,User,19 Nov 2026,User\n\
                 u2,Ben,ben@acme.example,Active,3 Jan 2024,,User,19 Nov 2026,,,\n";
    let toml = "[[app]]\nname = \"Planner\"\nproduct = \"Jira\"\nprice = 2\n\
                [[app]]\nname = \"Planner\"\nproduct = \"Jira\"\nsite = \"labs\"\nprice = 5\n";
    let ran = Case::new()
        .file("users.csv", users)
        .file(
            "people.csv",
            "email,status\nana@acme.example,Active\nben@acme.example,Active\n",
        )
        .file("seatledger.toml", format!("{JIRA}{toml}"))
        .report()
        .any_stderr()
        .run();
    let mut rows =
        ran.csv("waste_by_product.csv")
            .shown(&["product", "site", "seats", "annual_bill_low"]);
    rows.retain(|row| row.starts_with("Planner"));
    rows.sort();
    assert_eq!(
        rows,
        [
            "Planner (app of Jira) | acme | 2 | 48.00",
            "Planner (app of Jira) | labs | 1 | 60.00"
        ]
    );
    assert_eq!(
        ran.csv("findings.csv")
            .rows
            .iter()
            .filter(|row| row[0].starts_with("app-"))
            .count(),
        0
    );
}

#[track_caller]
fn is_refused(app: &str, expected: &str) {
    let ran = acme(app)
        .args(["report", "DIR", "--as-of", AS_OF, "--out", "DIR/out"])
        .status(1)
        .any_stderr()
        .run();
    assert!(ran.stderr.contains(expected), "{}", ran.stderr);
}

#[test]
fn what_contradicts_itself_is_refused_with_its_line() {
    let app = |more: &str| format!("[[app]]\nname = \"Planner\"\nproduct = \"Jira\"\n{more}\n");
    is_refused(
        &app("free = true\nprice = 2"),
        "seatledger.toml:7: Planner (app of Jira) is free and has a price",
    );
    is_refused(
        &app("price = 2\ndata_center = true"),
        "seatledger.toml:8: Planner (app of Jira) runs in a Data Center and has terms of a cloud bill",
    );
    is_refused(
        "[[app]]\nname = \"Confluence\"\nproduct = \"Jira\"\n",
        "seatledger.toml:5: \"Confluence\" under [[app]] is a product of Atlassian's",
    );
    is_refused(
        "[[app]]\nname = \" \"\nproduct = \"Jira\"\n",
        "`name` under [[app]] is empty",
    );
    is_refused("[[app]]\nname = \"Planner\"\n", "[[app]] has no `product`");
    is_refused(&app("prise = 2"), "unknown field `prise`");
    is_refused(
        &app("price = -2"),
        "seatledger.toml:4: \"price\" of the contract price of Planner (app of Jira) is a negative price",
    );
    is_refused(
        &app("price = 2\nbands = [{ price = 1 }]"),
        "Planner (app of Jira)",
    );
    is_refused(
        &app("price = 2\ncurrency = \"EUR\""),
        "the price of Planner is in EUR",
    );
    is_refused(&app("price = 2\nbilling = \"weekly\""), "\"weekly\"");
}

/// The case of the derivations: two hosts, an app by tiers, one on bands, one without a price.
pub(crate) fn with_apps() -> Case {
    acme(&format!(
        "{TWO_APPS}[[app]]\nname = \"Yearly\"\nproduct = \"Jira\"\nlow = 1\nhigh = \"1.5\"\nbilling = \"annual\"\n\
         [[app]]\nname = \"Dear\"\nproduct = \"Jira\"\nexempt = [\"u1@acme.example\"]\n"
    ))
}
