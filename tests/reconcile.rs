//! `reconcile` for people and for programs: the same figures in both.

use serde_json::Value;

use crate::case::{AS_OF, Case};

fn reconcile(billed: &str, format: &str) -> String {
    Case::sample()
        .args([
            "reconcile",
            "DIR",
            "--as-of",
            AS_OF,
            "--billed",
            billed,
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
    for one in table("explanations") {
        assert_eq!(one["accounts"], invoice["more_billed_than_computed"]);
    }
}

#[test]
fn counts_that_agree_are_said_to_agree() {
    let computed: Value = serde_json::from_str(&reconcile("1", "json")).expect("JSON");
    let count = computed["tables"][0]["rows"][0]["computed_low"].to_string();
    let text = reconcile(&count, "text");
    assert!(text.contains("Nothing: the two counts agree."), "{text}");
    assert!(!text.contains("No small set of reasons"), "{text}");
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
             counts accounts that the exports do not have."
        ),
        "{told}"
    );
}
