//! Standings and uses at their borders: one account for each case, with the class that the design gives it.

use std::collections::BTreeMap;

use crate::case::{Case, Ran};

const HEADER: &str = "User id,User name,email,User status,Added to org,Org role,Jira - acme,Last seen in Jira - acme,\
    Jira - acme-sandbox-1,Last seen in Jira - acme-sandbox-1\n";

/// A users export of accounts named for their case; each has access to Jira, and says when it was seen there.
fn users(accounts: &[(&str, &str, &str)]) -> String {
    let row = |(name, added, seen): &(&str, &str, &str)| {
        format!("{name},{name},{name}@acme.example,Active,{added},,User,{seen},,\n")
    };
    HEADER.to_owned() + &accounts.iter().map(row).collect::<String>()
}

/// A directory in which all of them work.
fn people(names: &[&str]) -> String {
    let row = |name: &&str| format!("{name}@acme.example,Active,,IT\n");
    "email,status,termination date,department\n".to_owned()
        + &names.iter().map(row).collect::<String>()
}

/// Each account's standing, its reason, and the use of its first wasted or else only seat.
fn classes(ran: &Ran) -> BTreeMap<String, String> {
    let accounts = ran.csv("accounts.csv");
    let shown = accounts.shown(&["standing", "standing_reason", "seats", "wasted_seats"]);
    let ids = accounts.column("account_id").into_iter().map(str::to_owned);
    ids.zip(shown).collect()
}

fn uses(ran: &Ran) -> Vec<(String, u64)> {
    let json = ran.json();
    let uses = json["counts"]["uses"].as_array().expect("uses").iter();
    uses.filter_map(|used| {
        let count = used["count"].as_u64().filter(|&count| count > 0)?;
        Some((used["name"].as_str()?.to_owned(), count))
    })
    .collect()
}

fn expect(found: &BTreeMap<String, String>, expected: &[(&str, &str)]) {
    let expected: BTreeMap<String, String> = expected
        .iter()
        .map(|(name, class)| ((*name).to_owned(), (*class).to_owned()))
        .collect();
    assert_eq!(found, &expected);
}

const IN_USE: &str = "current | person-present | 1 | 0";
const WASTED: &str = "current | person-present | 1 | 1";

/// The report's day is 2026-11-20: 90 days before are 2026-08-22, 30 days before 2026-10-21.
const SEEN: [(&str, &str, &str); 9] = [
    ("on-the-limit", "3 Jan 2024", "22 Aug 2026"),
    ("past-the-limit", "3 Jan 2024", "21 Aug 2026"),
    ("seen-tomorrow", "3 Jan 2024", "21 Nov 2026"),
    ("new-yet", "22 Oct 2026", "Never accessed"),
    ("new-no-more", "21 Oct 2026", "Never accessed"),
    ("never-and-no-day", "", "Never accessed"),
    ("long-before", "3 Jan 2014", "Before 11 Feb 2017"),
    (
        "not-lately",
        "3 Jan 2014",
        "Not active in the last 180 days",
    ),
    ("no-report", "3 Jan 2024", ""),
];

fn seen_report(options: &[&str]) -> Ran {
    Case::new()
        .file("users.csv", users(&SEEN))
        .file("people.csv", people(&SEEN.map(|account| account.0)))
        .report()
        .args(options.iter().copied())
        .run()
}

fn counted(pairs: &[(&str, u64)]) -> Vec<(String, u64)> {
    pairs
        .iter()
        .map(|(name, count)| ((*name).to_owned(), *count))
        .collect()
}

#[test]
fn uses_at_the_limits_of_days() {
    let ran = seen_report(&[]);
    expect(
        &classes(&ran),
        &[
            ("on-the-limit", IN_USE),
            ("past-the-limit", WASTED),
            ("seen-tomorrow", IN_USE),
            ("new-yet", IN_USE),
            ("new-no-more", WASTED),
            ("never-and-no-day", WASTED),
            ("long-before", WASTED),
            ("not-lately", WASTED),
            ("no-report", IN_USE),
        ],
    );
    let expected = [
        ("unreported", 1),
        ("active", 2),
        ("inactive", 3),
        ("new", 1),
        ("never-active", 2),
    ];
    assert_eq!(uses(&ran), counted(&expected));
}

/// "Not active in the last 180 days" does not say whether it was used 190 days ago: under a limit of 200 days
/// nothing is known, and what is not known is no waste.
#[test]
fn a_bound_that_does_not_reach_the_limit_is_no_report() {
    let ran = seen_report(&["--inactive-after", "200", "--grace", "31"]);
    let found = classes(&ran);
    for (name, class) in [
        ("past-the-limit", IN_USE),
        ("new-no-more", IN_USE),
        ("long-before", WASTED),
        ("not-lately", IN_USE),
    ] {
        assert_eq!(found[name], class, "{name}");
    }
    let expected = [
        ("unreported", 2),
        ("active", 3),
        ("inactive", 1),
        ("new", 2),
        ("never-active", 1),
    ];
    assert_eq!(uses(&ran), counted(&expected));
}

/// The first rule that fits decides: each account here fits several.
#[test]
fn standings_by_the_first_rule_that_fits() {
    let users = format!(
        "{HEADER}\
         app,A,bot@connect.atlassian.com,Deactivated,,,User,1 Nov 2026,,\n\
         customer,A,customer@acme.example,Suspended,,,Customer,,,\n\
         suspended,A,left@acme.example,Suspended,,,User,1 Nov 2026,,\n\
         service,A,Build@ACME.example,Active,,,User,1 Jan 2020,User,Never accessed\n\
         external,A,x@partner.example,Active,,,User,1 Nov 2026,,\n\
         guest,A,guest@partner.example,Active,,,User,1 Nov 2026,,\n\
         gone-guest,A,gone@partner.example,Active,,,User,1 Nov 2026,User,1 Nov 2026\n\
         left-today,A,today@acme.example,Active,,,User,1 Nov 2026,User,1 Nov 2026\n\
         leaves-tomorrow,A,tomorrow@acme.example,Active,,,User,1 Nov 2026,User,1 Nov 2026\n\
         disabled,A,disabled@acme.example,Active,,,User,1 Nov 2026,,\n\
         staged,A,staged@acme.example,Active,,,User,1 Nov 2026,,\n\
         unmatched,A,nobody@acme.example,Active,,,User,1 Jan 2020,,\n\
         plus,A,tomorrow+jira@acme.example,Active,,,User,1 Nov 2026,,\n\
         unknown,A,blank@acme.example,Active,,,User,1 Nov 2026,,\n\
         exempt,A,exempt@acme.example,Active,,,User,1 Jan 2020,,\n\
         exempt-no-more,A,late@acme.example,Active,,,User,1 Jan 2020,,\n\
         at-sea,A,sea@acme.example,Active,,,User,1 Jan 2020,,\n"
    );
    let people = "email,status,termination date,department\n\
        left@acme.example,Terminated,,IT\n\
        build@acme.example,Terminated,,IT\n\
        guest@partner.example,Active,,IT\n\
        gone@partner.example,Deactivated,,IT\n\
        today@acme.example,Active,2026-11-20,IT\n\
        tomorrow@acme.example,Active,2026-11-21,IT\n\
        disabled@acme.example,Suspended,,IT\n\
        staged@acme.example,Staged,,IT\n\
        blank@acme.example,,,IT\n\
        exempt@acme.example,Active,,IT\n\
        late@acme.example,Active,,IT\n\
        sea@acme.example,Active,,At sea\n";
    let toml = "[organisation]\ndomains = [\"acme.example\"]\n\
        [[service_account]]\nemail = \"build@acme.example\"\n\
        [[exempt]]\nemail = \"exempt@acme.example\"\nreason = \"leave\"\nuntil = 2026-11-20\n\
        [[exempt]]\nemail = \"late@acme.example\"\nreason = \"leave\"\nuntil = 2026-11-19\n\
        [[exempt]]\ndepartment = \"At sea\"\nreason = \"no network\"\n";
    let case = |toml: &str| {
        Case::new()
            .file("users.csv", &users)
            .file("people.csv", people)
            .file("seatledger.toml", toml)
            .report()
    };
    let ran = case(toml).run();
    let mut expected = vec![
        ("app", "app | app-account | 0 | 0"),
        ("customer", "customer | customer-access-only | 0 | 0"),
        ("suspended", "disabled | suspended-at-atlassian | 0 | 0"),
        ("service", "service | listed-as-service-account | 2 | 0"),
        ("external", "external | domain-not-claimed | 1 | 0"),
        ("guest", IN_USE),
        ("gone-guest", "orphaned | gone-in-directory | 2 | 2"),
        ("left-today", "orphaned | left-by-date | 2 | 2"),
        ("leaves-tomorrow", "current | person-present | 2 | 0"),
        ("disabled", "orphaned | disabled-in-directory | 1 | 1"),
        ("staged", "current | person-not-yet-active | 1 | 0"),
        (
            "unmatched",
            "unmatched | no-such-address-in-directory | 1 | 1",
        ),
        ("plus", "unmatched | no-such-address-in-directory | 1 | 0"),
        ("unknown", "unknown | no-status-in-directory | 1 | 0"),
        ("exempt", IN_USE),
        ("exempt-no-more", WASTED),
        ("at-sea", IN_USE),
    ];
    expect(&classes(&ran), &expected);
    let counts = [
        ("orphaned", 5),
        ("exempt", 4),
        ("sandbox", 1),
        ("active", 6),
        ("inactive", 2),
    ];
    assert_eq!(uses(&ran), counted(&counts));

    // By the user's word, unmatched accounts are orphaned.
    let stricter = format!("{toml}[thresholds]\ntreat_unmatched_as = \"orphaned\"\n");
    for (name, class) in &mut expected {
        if ["unmatched", "plus"].contains(name) {
            *class = "orphaned | unmatched-treated-as-orphaned | 1 | 1";
        }
    }
    expect(&classes(&case(&stricter).run()), &expected);
}

/// Google Cloud syncs users and no groups (Atlassian, Configure user provisioning with Google Cloud); Okta syncs both, and
/// of a provider that nobody named nothing is said.
#[test]
fn an_identity_provider_without_full_scim_is_a_finding() {
    let findings = |provider: &str| {
        let toml = format!("[organisation]\n{provider}\n");
        let ran = Case::new()
            .fixture("formats/users_access.csv")
            .file("seatledger.toml", toml)
            .report()
            .run();
        let codes = ran.csv("findings_by_code.csv");
        codes.column("code").contains(&"idp-without-full-scim")
    };
    assert!(findings("identity_provider = \"google-cloud\""));
    assert!(!findings("identity_provider = \"okta\""));
    assert!(!findings(""));
}

/// Each account's place on the two Guard bills, by the last part of its address.
fn guard(external_policy: &str) -> BTreeMap<String, [String; 2]> {
    let users = "User id,User name,email,User status,Added to org,Org role,Jira - acme,Confluence - acme,\
        Jira Service Management - acme,Jira Product Discovery - acme,Jira - acme-sandbox-1,Confluence - other\n\
        plain,A,plain@partner.example,Active,,,User,,,,,\n\
        included,A,included@partner.example,Active,,,User,User,,,,\n\
        agent,A,agent@partner.example,Active,,,,,Agent,,,\n\
        discovery,A,discovery@partner.example,Active,,,,,,User,,\n\
        nothing,A,nothing@partner.example,Active,,,,,,,,\n\
        ours,A,ours@acme.example,Active,,,User,User,,,,\n\
        guest,A,guest@acme.example,Active,,,,Guest,,,,\n\
        guest-and-jira,A,both@acme.example,Active,,,User,Guest,,,,\n\
        guest-and-sandbox,A,sandbox@acme.example,Active,,,,Guest,,,User,\n\
        guest-elsewhere,A,elsewhere@acme.example,Active,,,,,,,,Guest\n\
        guest-and-agent,A,desk@acme.example,Active,,,,Guest,Agent,,,\n\
        guest-suspended,A,suspended@acme.example,Suspended,,,,Guest,,,,\n\
        guest-of-partner,A,guest@partner.example,Active,,,,Guest,,,,\n";
    let toml = format!(
        "[organisation]\ndomains = [\"acme.example\"]\nown_sites = [\"acme\"]\n\
         [[product]]\nproduct = \"Confluence\"\nsite = \"acme\"\nplan = \"Enterprise\"\n{external_policy}"
    );
    let ran = Case::new()
        .file("users.csv", users)
        .file("seatledger.toml", toml)
        .report()
        .run();
    let accounts = ran.csv("accounts.csv");
    let standard = accounts.shown(&["guard_standard", "guard_standard_reason"]);
    let premium = accounts.shown(&["guard_premium", "guard_premium_reason"]);
    let ids = accounts.column("account_id").into_iter().map(str::to_owned);
    let verdicts = standard.into_iter().zip(premium);
    ids.zip(verdicts.map(|(standard, premium)| [standard, premium]))
        .collect()
}

/// A plan that includes Guard includes it for external users too (Atlassian, Guard Standard's table of products); for
/// Premium the pages do not speak of external users.
#[test]
fn external_users_under_a_billable_policy() {
    let found = guard("[guard]\nexternal_policy = \"billable\"\n");
    let not_stated = "uncertain | external-not-stated";
    for (id, standard, premium) in [
        ("plain", "billable | external-billable-policy", not_stated),
        ("included", "not-billable | plan-includes-guard", not_stated),
        (
            "agent",
            "billable | external-billable-policy",
            "not-billable | no-jira-or-confluence",
        ),
        (
            "discovery",
            "uncertain | product-not-established",
            "not-billable | no-jira-or-confluence",
        ),
        (
            "nothing",
            "not-billable | no-counted-product",
            "not-billable | no-jira-or-confluence",
        ),
        (
            "ours",
            "not-billable | plan-includes-guard",
            "billable | jira-or-confluence",
        ),
        (
            "guest-of-partner",
            "billable | external-billable-policy",
            not_stated,
        ),
    ] {
        assert_eq!(found[id], [standard, premium], "{id}");
    }
    // Under any other policy no external user counts.
    let found = guard("");
    for id in ["plain", "included", "agent", "discovery", "nothing"] {
        let neither = "not-billable | external-account";
        assert_eq!(found[id], [neither, neither], "{id}");
    }
}

/// A guest counts for Standard since 2024-02-09; for Premium the pages do not say it.
#[test]
fn guests_of_confluence() {
    let found = guard("");
    let counted = "billable | counted-product";
    let guest = "uncertain | confluence-guest-only";
    for (id, standard, premium) in [
        ("guest", counted, guest),
        ("guest-and-jira", counted, "billable | jira-or-confluence"),
        ("guest-and-sandbox", counted, "uncertain | sandbox-only"),
        ("guest-elsewhere", "billable | foreign-site-only", guest),
        ("guest-and-agent", counted, guest),
        (
            "guest-suspended",
            "not-billable | disabled-account",
            "not-billable | disabled-account",
        ),
        (
            "guest-of-partner",
            "not-billable | external-account",
            "not-billable | external-account",
        ),
    ] {
        assert_eq!(found[id], [standard, premium], "{id}");
    }
}
