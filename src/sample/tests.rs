//! The sample as a whole.

use super::{GeneratedFile, Plan, Standing, Use, generate, generate_with_truth};
use chrono::NaiveDate;
use std::collections::HashSet;

fn plan(people: u32, seed: u64) -> Plan {
    Plan {
        people,
        seed,
        as_of: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
    }
}

fn text(files: &[GeneratedFile], name: &str) -> String {
    let file = files.iter().find(|file| file.name == name).unwrap();
    String::from_utf8(file.bytes.clone()).unwrap()
}

fn rows(files: &[GeneratedFile], name: &str) -> u64 {
    // No cell holds a line break.
    text(files, name).lines().count() as u64 - 1
}

#[test]
fn a_seed_fixes_every_byte() {
    let bytes = |seed| {
        generate(&plan(700, seed))
            .into_iter()
            .map(|file| file.bytes)
            .collect::<Vec<_>>()
    };
    assert_eq!(bytes(2026), bytes(2026));
    for (one, other) in bytes(2026).iter().zip(bytes(2027)).take(3) {
        assert_ne!(*one, other);
    }
}

#[test]
fn rows_agree_with_the_truth() {
    for people in [0, 1, 37, 500, 1_234] {
        let (files, truth) = generate_with_truth(&plan(people, 5));
        assert_eq!(truth.employees, u64::from(people));
        assert_eq!(rows(&files, "export-users.csv"), truth.users_rows);
        assert_eq!(rows(&files, "managed-accounts.csv"), truth.managed_rows);
        assert_eq!(rows(&files, "entra-users.csv"), truth.directory_rows);
        let billable = text(&files, "managed-accounts.csv")
            .matches(",Yes,Staff SSO,Billable,")
            .count()
            + text(&files, "managed-accounts.csv")
                .matches(",Yes,Local default,Billable,")
                .count();
        assert!(billable as u64 <= truth.guard_standard + truth.flags_wrong);
    }
}

#[test]
fn the_demo_is_a_plausible_company() {
    let (_, truth) = generate_with_truth(&plan(500, 2026));
    assert_eq!(truth.accounts[&Standing::Orphaned], 18);
    assert_eq!(truth.accounts[&Standing::Unmatched], 15);
    assert_eq!(truth.accounts[&Standing::Unknown], 3);
    assert_eq!(truth.accounts[&Standing::Service], 3);
    assert_eq!(truth.flags_wrong, 3);
    let unused = [Use::Inactive, Use::NeverActive]
        .map(|found| truth.seats[&(Standing::Current, found)])
        .iter()
        .sum::<u64>();
    assert!((25..=40).contains(&unused), "{unused}");
}

#[test]
fn a_larger_company_begins_with_the_smaller() {
    let (small, large) = (generate(&plan(500, 9)), generate(&plan(1_500, 9)));
    for name in [
        "export-users.csv",
        "managed-accounts.csv",
        "entra-users.csv",
    ] {
        assert!(
            text(&large, name).starts_with(&text(&small, name)),
            "{name}"
        );
    }
}

#[test]
fn size_grows_with_the_people() {
    let size = |people| {
        generate(&plan(people, 3))
            .iter()
            .map(|file| file.bytes.len())
            .sum::<usize>()
    };
    let (one, four) = (size(5_000), size(20_000));
    assert!(four > one * 39 / 10 && four < one * 41 / 10);
}

#[test]
fn account_ids_and_addresses_are_unique() {
    let export = text(&generate(&plan(20_000, 1)), "export-users.csv");
    let mut ids = HashSet::new();
    for line in export.lines().skip(1) {
        assert!(ids.insert(line.split(',').next().unwrap().to_owned()));
    }
    let addresses: Vec<String> = export
        .split(',')
        .filter(|cell| cell.contains('@'))
        .map(str::to_lowercase)
        .collect();
    assert_eq!(
        addresses.len(),
        addresses.iter().collect::<HashSet<_>>().len()
    );
}

#[test]
fn the_exports_have_their_own_line_ends_and_marks() {
    let files = generate(&plan(50, 1));
    assert!(
        text(&files, "export-users.csv")
            .starts_with("User id,User name,email,User status,Added to org,Org role,")
    );
    assert!(
        text(&files, "export-users.csv").lines().count()
            == text(&files, "export-users.csv").matches("\r\n").count()
    );
    assert!(text(&files, "managed-accounts.csv").starts_with("\u{feff}Name,Email,"));
    assert!(!text(&files, "entra-users.csv").contains('\r'));
}
