//! What the configuration puts in the place of defaults: every such value is listed, with its line.

use crate::case::{AS_OF, Case, Ran};

const USERS: &str = "\
User id,User name,email,User status,Added to org,Org role,Jira - acme,Last seen in Jira - acme
712020:a1,Ana Ruiz,ana@acme.example,Active,3 Jan 2024,,User,12 Nov 2026
";

fn report(configuration: &str, more: &[&str]) -> Ran {
    Case::new()
        .file("users.csv", USERS)
        .file("seatledger.toml", configuration)
        .args(["report", "DIR", "--as-of", AS_OF, "--out", "DIR/out"])
        .args(more.iter().copied())
        .any_stdout()
        .any_stderr()
        .run()
}

fn your_settings(configuration: &str, more: &[&str]) -> Vec<String> {
    let rows = report(configuration, more).csv("your_settings.csv");
    rows.shown(&["name", "default", "value", "source"])
}

#[test]
fn every_setting_has_its_default_its_words_and_its_line() {
    let configuration = "\
[organisation]
identity_provider = \"okta\"

[guard]
held = \"standard\"
needs_premium = true
needs_scim = false
external_policy = \"billable\"

[thresholds]
inactive_after = 60
grace = 14

[[product]]
product = \"Jira\"
site = \"acme\"
plan = \"Standard\"
price = \"7.40\"
billing = \"annual\"

[[product]]
product = \"Confluence\"
plan = \"Standard\"
discount_percent = \"5\"

[[contract]]
product = \"Guard\"
plan = \"Standard\"
mode = \"volume\"
bands = [{ up_to = 250, price = \"4.00\" }, { price = \"3.20\" }]

[third_party]
name = \"Stitch\"
price_per_user_month = \"1.5\"
setup_fee = \"500\"

[assumptions]
it_hours_a_year = 120
";
    assert_eq!(
        your_settings(configuration, &[]),
        [
            "inactive_after | 90 days | 60 days | seatledger.toml:11",
            "grace | 30 days | 14 days | seatledger.toml:12",
            "it_hours_a_year | by headcount, from it_hours_per_500 | 120 h | seatledger.toml:38",
            "guard.held | none | standard | seatledger.toml:5",
            "guard.needs_premium | false | true | seatledger.toml:6",
            "guard.needs_scim | true | false | seatledger.toml:7",
            "guard.external_policy | non-billable | billable | seatledger.toml:8",
            "terms of Jira Standard on acme | list price, billed monthly | $7.40 a user and month, billed annually | \
             seatledger.toml:14",
            "terms of Confluence Standard |  | list price less 5% | seatledger.toml:21",
            "terms of Atlassian Guard Standard | list price | volume bands, a user and month: to 250 at $4.00, then $3.20 | \
             seatledger.toml:26",
            "identity_provider | not configured | okta | seatledger.toml:2",
            "price of Stitch | not configured | $1.50 a person and month | seatledger.toml:34",
            "set-up fee of Stitch | not configured | $500.00 once | seatledger.toml:35",
        ]
    );
}

/// A plan that would not be taken without its statement, the day of the SCIM key, and a product that has no list price.
#[test]
fn plans_the_key_and_a_missing_list_price_are_told() {
    let users = "User id,User name,email,User status,Added to org,Org role,Jira - acme,Last seen in Jira - acme,\
                 Odd App - acme,Last seen in Odd App - acme\n\
                 712020:a1,Ana Ruiz,ana@acme.example,Active,3 Jan 2024,,User,12 Nov 2026,User,12 Nov 2026\n";
    let configuration = "\
[scim]
key_created = 2026-03-01

[[product]]
product = \"Jira\"
site = \"acme\"
plan = \"Premium\"

[[product]]
product = \"Odd App\"
site = \"acme\"
plan = \"Standard\"
price = 3
billing = \"annual\"
";
    let ran = Case::new()
        .file("users.csv", users)
        .file("seatledger.toml", configuration)
        .args(["report", "DIR", "--as-of", AS_OF, "--out", "DIR/out"])
        .any_stdout()
        .any_stderr()
        .run();
    assert_eq!(
        ran.csv("your_settings.csv")
            .shown(&["name", "default", "value", "source"]),
        [
            "plan of Jira on acme | Standard | Premium | seatledger.toml:7",
            "terms of Odd App Standard on acme | no list price, billed monthly | $3.00 a user and month, billed annually | \
             seatledger.toml:9",
            "scim.key_created | not configured | 2026-03-01 | seatledger.toml:2",
        ]
    );
}

#[test]
fn what_is_stated_as_it_is_by_default_departs_from_nothing() {
    let configuration = "\
[guard]
held = \"none\"
needs_scim = true

[thresholds]
inactive_after = 90

[[product]]
product = \"Jira\"
site = \"acme\"
plan = \"Standard\"
billing = \"monthly\"
";
    assert_eq!(your_settings(configuration, &[]), [""; 0]);
}

#[test]
fn an_option_is_named_where_it_wins_over_the_configuration() {
    let configuration =
        "[thresholds]\ninactive_after = 60\n\n[assumptions]\nit_hours_a_year = 120\n";
    let options = ["--inactive-after", "45", "--set", "it_hours_a_year=99.5"];
    let hours = "by headcount, from it_hours_per_500 | 99.5 h | the option --set";
    assert_eq!(
        your_settings(configuration, &options),
        [
            "inactive_after | 90 days | 45 days | the option --inactive-after".to_owned(),
            format!("it_hours_a_year | {hours}"),
        ]
    );
    let assumptions = report(configuration, &options).csv("assumptions.csv");
    assert!(assumptions.column("name").contains(&"it_hours_a_year"));
}
