//! `reconcile` for people and for programs: the same figures in both.

use serde_json::Value;

use crate::case::{AS_OF, Case};

fn reconcile(billed: &str, format: &str) -> String {
    reconcile_for("standard", billed, format)
}

fn reconcile_for(plan: &str, billed: &str, format: &str) -> String {
    Case::sample()
        .args([
            "reconcile",
            "DIR",
            "--as-of",
            AS_OF,
            "--billed",
            billed,
            "--plan",
            plan,
            "--format",
            format,
        ])
        .any_stdout()
        .run()
        .stdout
}

#[test]
fn programs_get_every_part_of_it() {
    let all: Value = serde_json::from_str(&reconcile("512", "json")).expect("JSON");
    let table = |name: &str| {
        let tables = all["tables"].as_array().expect("tables");
        let found = tables.iter().find(|table| table["name"] == name);
        found.unwrap_or_else(|| panic!("no {name}"))["rows"]
            .as_array()
            .expect("rows")
            .clone()
    };
    let invoice = &table("invoice")[0];
    assert_eq!(invoice["billed"], 512);
    assert_eq!(invoice["annual_fee_low"], "18432.00");
    assert_eq!(invoice["annual_fee_high"], "24576.00");
    let unused = table("ways_to_lower")
        .into_iter()
        .find(|way| way["way"] == "drop-unused-access")
        .expect("a way");
    assert_eq!(unused["accounts"], 30);
    // 30 accounts at $3–4 a month
    assert_eq!(unused["annual_worth_low"], "1080.00");
    assert_eq!(unused["annual_worth_high"], "1440.00");
    assert!(
        unused["working"]
            .as_str()
            .expect("text")
            .starts_with("fee for 512")
    );
    let accounts: u64 = table("groups")
        .iter()
        .map(|group| group["accounts"].as_u64().expect("a count"))
        .sum();
    assert_eq!(accounts, table("reconcile").len() as u64);
    // 512 − 469 = 43, which no whole groups are.
    assert_eq!(invoice["more_billed_than_computed"], 43);
    let explanations = table("explanations");
    assert_eq!(explanations.len(), 3);
    for one in explanations {
        let number = |key: &str| one[key].as_u64().expect("a count");
        assert_eq!(number("accounts") + number("left"), 43);
        assert_ne!(number("group_accounts"), 43);
    }
}

#[test]
fn counts_that_agree_are_said_to_agree() {
    let computed: Value = serde_json::from_str(&reconcile("1", "json")).expect("JSON");
    let count = computed["tables"][0]["rows"][0]["computed_low"].to_string();
    let text = reconcile(&count, "text");
    assert!(text.contains("Nothing: the two counts agree."), "{text}");
    assert!(!text.contains("No reason does"), "{text}");
}

/// 676 on the invoice are 207 more than the 469 that the rules give, and only 103 accounts are left.
#[test]
fn an_invoice_for_more_accounts_than_there_are_says_so() {
    let told: String = reconcile("676", "text")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    assert!(
        told.contains(
            "No reason does: all 103 accounts that the rules do not bill are fewer than the 207 more on the invoice, so it \
             counts at least 104 accounts that the exports do not have."
        ),
        "{told}"
    );
}

/// One more or less than the rules give, or a number that no whole groups make up, has an answer as well.
#[test]
fn a_few_accounts_of_a_group_are_an_answer() {
    let computed: Value = serde_json::from_str(&reconcile("1", "json")).expect("JSON");
    let invoice = &computed["tables"][0]["rows"][0];
    let [low, high] = ["computed_low", "computed_high"].map(|end| invoice[end].as_u64());
    let (low, high) = (low.expect("a count"), high.expect("a count"));
    for (billed, difference) in [(high + 1, 1), (high + 2, 2), (high + 29, 29), (low - 3, 3)] {
        let all: Value =
            serde_json::from_str(&reconcile(&billed.to_string(), "json")).expect("JSON");
        let tables = all["tables"].as_array().expect("tables");
        let told = tables.iter().find(|table| table["name"] == "explanations");
        let told = told.expect("explanations")["rows"]
            .as_array()
            .expect("rows");
        assert!(!told.is_empty(), "{billed}");
        for one in told {
            let number = |key: &str| one[key].as_u64().expect("a count");
            assert_eq!(number("accounts") + number("left"), difference, "{one}");
            assert!(number("group_accounts") >= number("accounts"), "{one}");
        }
    }
}

/// Each way to lower the count takes off accounts that the plan of the invoice bills: one that Standard leaves out, as
/// its policy is non-billable, counts for Premium, and one with Bitbucket alone does not.
#[test]
fn unused_accounts_are_those_of_the_invoices_plan() {
    let users = "User id,User name,email,User status,Added to org,Org role,Jira - acme,Last seen in Jira - acme,\
        Bitbucket - acme,Last seen in Bitbucket - acme\n\
        1,A,jira@acme.example,Active,3 Jan 2024,,User,3 Jan 2025,,\n\
        2,A,policy@acme.example,Active,3 Jan 2024,,User,Never accessed,,\n\
        3,A,bitbucket-1@acme.example,Active,3 Jan 2024,,,,User,Never accessed\n\
        4,A,bitbucket-2@acme.example,Active,3 Jan 2024,,,,User,3 Jan 2025\n\
        5,A,bitbucket-3@acme.example,Active,3 Jan 2024,,,,User,3 Jan 2025\n\
        6,A,used@acme.example,Active,3 Jan 2024,,User,19 Nov 2026,,\n";
    let managed = "Name,Email,Status,Atlassian ID,Policy name,Policy type\n\
        A,policy@acme.example,Active,2,Bots,nonbillable\n";
    let unused = |plan: &str| {
        let ran = Case::new()
            .file("users.csv", users)
            .file("managed.csv", managed)
            .file(
                "seatledger.toml",
                "[organisation]\ndomains = [\"acme.example\"]\n",
            )
            .args([
                "reconcile",
                "DIR",
                "--as-of",
                AS_OF,
                "--billed",
                "6",
                "--plan",
                plan,
            ])
            .args(["--format", "json"])
            .any_stdout()
            .run();
        let all: Value = serde_json::from_str(&ran.stdout).expect("JSON");
        let tables = all["tables"].as_array().expect("tables");
        let ways = tables.iter().find(|table| table["name"] == "ways_to_lower");
        let ways = ways.expect("a table")["rows"]
            .as_array()
            .expect("rows")
            .clone();
        let way = ways.iter().find(|way| way["way"] == "drop-unused-access");
        way.expect("a way")["accounts"].clone()
    };
    assert_eq!(unused("standard"), 4);
    assert_eq!(unused("premium"), 2);
}
