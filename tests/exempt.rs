//! Accounts that are to keep what they have: no advice is to take it away.

use crate::case::{AS_OF, Case, Ran};

const USERS: &str = "\
User id,User name,email,User status,Added to org,Org role,Jira - acme,Last seen in Jira - acme,Jira - acme-sandbox-1,Last seen in Jira - acme-sandbox-1
leave,Ana,ana@acme.example,Active,3 Jan 2024,,User,1 Jan 2026,,
second,Ana,ana.ruiz@acme.example,Active,3 Jan 2024,,User,12 Nov 2026,,
bot,Bot,bot@acme.example,Active,3 Jan 2024,,User,Never accessed,,
idle,Ben,ben@acme.example,Active,3 Jan 2024,,User,1 Jan 2026,,
away,Cho,cho@acme.example,Suspended,3 Jan 2024,,User,1 Jan 2026,,
nobody,Dan,dan@acme.example,Active,3 Jan 2024,,User,1 Jan 2026,,
sand,Eva,eva@acme.example,Active,3 Jan 2024,,,,User,1 Jan 2026
";
const PEOPLE: &str = "\
email,login,status,department
ana@acme.example,ana.ruiz@acme.example,Active,IT
ben@acme.example,,Active,IT
cho@acme.example,,Active,At sea
eva@acme.example,,Active,At sea
";
const CONFIGURATION: &str = "\
[organisation]
domains = [\"acme.example\"]
own_sites = [\"acme\"]
sandbox_sites = [\"acme-sandbox-1\"]

[[service_account]]
email = \"bot@acme.example\"
reason = \"build server\"

[[exempt]]
email = \"ana@acme.example\"
reason = \"parental leave\"

[[exempt]]
email = \"dan@acme.example\"
reason = \"a contractor's account\"

[[exempt]]
department = \"At sea\"
reason = \"no network\"
";

fn case(configuration: &str) -> Case {
    Case::new()
        .file("users.csv", USERS)
        .file("people.csv", PEOPLE)
        .file("seatledger.toml", configuration)
}

/// Codes of findings with the account each is about.
fn found(ran: &Ran) -> Vec<String> {
    ran.csv("findings.csv").shown(&["code", "account_id"])
}

#[test]
fn no_finding_asks_to_take_away_what_is_exempt() {
    let ran = case(CONFIGURATION).report().run();
    assert_eq!(
        found(&ran),
        [
            "inactive-seat | idle",
            "guard-without-use | idle",
            // The exempt account of the same person is the one that stays.
            "duplicate-account | second",
        ]
    );
    let (organisation, _) = CONFIGURATION.split_once("[[").expect("tables");
    let without = found(&case(organisation).report().run());
    for row in [
        "unmatched-account | nobody",
        "guard-without-use | leave",
        "guard-without-use | bot",
        "guard-without-use | sand",
        "sandbox-only | sand",
        "suspended-in-groups | away",
    ] {
        assert!(
            without.iter().any(|other| other == row),
            "{row}: {without:?}"
        );
    }
}

#[test]
fn nothing_lowers_an_invoice_by_what_is_exempt() {
    let ran = case(CONFIGURATION)
        .args(["reconcile", "DIR", "--billed", "6", "--as-of", AS_OF])
        .any_stdout()
        .run();
    let way = |text: &str| {
        let found = ran.stdout.lines().find(|line| line.contains(text));
        found.map(|line| line.split_whitespace().rev().nth(1).unwrap_or_default())
    };
    assert_eq!(way("take access from"), Some("1"), "{}", ran.stdout);
    assert_eq!(way("end sandbox access"), None, "{}", ran.stdout);
}

#[test]
fn an_exempt_account_is_not_advised_away_where_it_is_explained() {
    for email in ["ana@acme.example", "bot@acme.example", "dan@acme.example"] {
        let ran = case(CONFIGURATION)
            .args(["explain", email, "DIR", "--as-of", AS_OF])
            .any_stdout()
            .run();
        assert!(ran.stdout.contains("exempt"), "{}", ran.stdout);
        assert!(!ran.stdout.contains("deactivate"), "{}", ran.stdout);
    }
}
