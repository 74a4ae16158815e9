//! Several Atlassian exports read together: what is the same is counted once, what can't be together is refused.

use crate::case::{Case, Ran};

const PEOPLE: &str = "email,status\nana@harbour.example,Active\nben@harbour.example,Active\ncy@harbour.example,Active\n";

fn users(seen: &str) -> String {
    let header = "User id,User name,email,User status,Added to org,Org role,Jira - harbour,Last seen in Jira - harbour";
    let row = |id: &str, name: &str, seen: &str| {
        format!("{id},{name},{name}@harbour.example,Active,3 Jan 2024,,User,{seen}\n")
    };
    format!(
        "{header}\n{}{}{}",
        row("u1", "ana", seen),
        row("u2", "ben", "1 Feb 2026"),
        row("u3", "cy", "Never accessed")
    )
}

fn with(files: &[(&str, &str)]) -> Case {
    let add = |case: Case, (name, text): &(&str, &str)| case.file(name, text);
    files
        .iter()
        .fold(Case::new().file("people.csv", PEOPLE), add)
}

#[track_caller]
fn refused(files: &[(&str, &str)], message: &str) {
    with(files)
        .args(["report", "DIR", "--as-of", "2026-11-20", "--out", "DIR/out"])
        .status(1)
        .stderr(message)
        .run();
}

#[test]
fn two_users_exports_of_one_organisation_from_different_days_are_refused() {
    let (old, new) = (users("1 Oct 2026"), users("12 Nov 2026"));
    refused(
        &[("new.csv", &new), ("old.csv", &old)],
        "error: new.csv: a users export of the same organisation as old.csv, from another day: its newest day is \
         2026-11-12, that of old.csv is 2026-10-01\n\n\
         hint: put one of the two aside, best the older one\n",
    );
    // Of one day they are two parts, or one with more columns.
    let same = new.replace("1 Feb 2026", "2 Feb 2026");
    with(&[("new.csv", &new), ("same.csv", &same)])
        .report()
        .run();
    // Other accounts, or other sites, are another export.
    let others = old.replace("u1,", "v1,").replace("u2,", "v2,");
    with(&[("new.csv", &new), ("others.csv", &others)])
        .report()
        .run();
    let site = old.replace("- harbour", "- quay");
    with(&[("new.csv", &new), ("site.csv", &site)])
        .report()
        .run();
}

#[test]
fn an_export_without_addresses_needs_another_that_brings_them() {
    let bare = users("12 Nov 2026").replace("@harbour.example", "");
    let text = "an Atlassian export without addresses: nobody can be told from a stranger by it\n\n\
        hint: export it again with the addresses, or add another export that has the same account ids and addresses\n";
    refused(&[("bare.csv", &bare)], &format!("error: bare.csv: {text}"));
    let strangers = "Name,Email,Atlassian ID,Status\nGil,gil@harbour.example,v9,Active\n";
    refused(
        &[("bare.csv", &bare), ("managed.csv", strangers)],
        &format!("error: bare.csv: {text}"),
    );
    let managed = "Name,Email,Atlassian ID,Status\nAna,ana@harbour.example,u1,Active\nBen,ben@harbour.example,u2,Active\n\
        Cy,cy@harbour.example,u3,Active\n";
    let ran = with(&[("bare.csv", &bare), ("managed.csv", managed)])
        .report()
        .run();
    assert_eq!(
        ran.csv("accounts.csv").column("standing"),
        ["current", "current", "current"]
    );
}

fn directory_user(id: &str, used: &str) -> String {
    format!(
        "{{\"accountId\":\"{id}\",\"accountType\":\"atlassian\",\"status\":\"active\",\"email\":\"{id}@harbour.example\",\
         \"claimStatus\":\"managed\",\"productAccess\":[{{\"key\":\"jira-software\",\"lastActiveTimestamp\":\"{used}\"}}]}}"
    )
}

fn directory_users(users: &[(&str, &str)]) -> String {
    let users: Vec<String> = users
        .iter()
        .map(|(id, used)| directory_user(id, used))
        .collect();
    format!("{{\"data\":[{}]}}", users.join(","))
}

/// Each product and site with its billed seats, and each account with its own.
fn seats(ran: &Ran) -> (Vec<String>, Vec<String>) {
    (
        ran.csv("waste_by_product.csv")
            .shown(&["product", "site", "seats"]),
        ran.csv("accounts.csv").shown(&["account_id", "seats"]),
    )
}

#[test]
fn an_account_that_only_the_api_has_keeps_its_seat_beside_a_users_export() {
    let api = directory_users(&[
        ("u1", "2026-11-12T08:00:00Z"),
        ("u9", "2026-11-12T08:00:00Z"),
    ]);
    let ran = with(&[("users.csv", &users("12 Nov 2026")), ("api.json", &api)])
        .report()
        .run();
    assert_eq!(
        seats(&ran),
        (
            vec!["Jira | harbour | 4".to_owned()],
            ["u1 | 1", "u2 | 1", "u3 | 1", "u9 | 1"]
                .map(str::to_owned)
                .to_vec()
        )
    );
}

#[test]
fn access_in_the_api_and_in_the_managed_accounts_is_one_seat() {
    let managed = "Name,Email,Atlassian ID,Status,Last active date [UTC],Jira\n\
        Ana,u1@harbour.example,u1,Active,2026-11-12,harbour\nBen,u2@harbour.example,u2,Active,2026-11-12,\"harbour,quay\"\n";
    let api = directory_users(&[
        ("u1", "2026-02-01T08:00:00Z"),
        ("u2", "2026-02-01T08:00:00Z"),
    ]);
    let ran = with(&[("managed.csv", managed), ("api.json", &api)])
        .report()
        .run();
    assert_eq!(
        seats(&ran),
        (
            vec![
                "Jira | harbour | 2".to_owned(),
                "Jira | quay | 1".to_owned()
            ],
            ["u1 | 1", "u2 | 2"].map(str::to_owned).to_vec()
        )
    );
    // Its use is known where there is one site, and not which of two was used.
    let wasted = ran
        .csv("accounts.csv")
        .shown(&["account_id", "wasted_seats"]);
    assert_eq!(wasted, ["u1 | 1", "u2 | 0"]);
}
