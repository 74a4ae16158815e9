//! The APIs of identity providers, and SCIM.

use super::{NOBODY, Seen};
use crate::domain::person::AddressKind::{Alias, Email, Guest, Login};
use crate::domain::person::PersonStatus::{Disabled, Gone, NotYet, Present, Unknown};
use crate::read::json::testing::{read_people, rules, written};

#[test]
fn okta_users() {
    let seen = Seen::fixture("okta_users.json");
    seen.expect("Okta users JSON", 6, 5, 5);
    seen.expect_addresses(&[
        ("ana.ruiz@corp.example", Login, Present, None, "Finance"),
        ("ana@corp.example", Email, Present, None, "Finance"),
        ("ben@corp.example", Email, Present, None, ""),
        ("cy@corp.example", Email, Disabled, None, ""),
        ("di@corp.example", Email, Gone, None, ""),
        ("eve@corp.example", Login, NotYet, None, ""),
    ]);
    assert_eq!(seen.rejects, [(6, String::new(), NOBODY.to_owned(), false)]);
    assert_eq!(seen.codes(), [""; 0]);
    assert_eq!(
        seen.columns.0,
        [
            "profile/login",
            "profile/email",
            "status",
            "transitioningToStatus",
            "profile/department",
            "profile/employeeNumber"
        ]
    );
    assert_eq!(seen.columns.1.len(), 10);
    assert!(!seen.columns.1.contains(&"profile".to_owned()));
}

#[test]
fn okta_app_users_have_the_status_of_the_app_and_say_so() {
    let seen = Seen::fixture("okta_app_users.json");
    seen.expect("Okta app users JSON", 3, 3, 3);
    seen.expect_addresses(&[
        ("ana.ruiz@corp.example", Login, Present, None, ""),
        ("ben.cho@corp.example", Email, Unknown, None, ""),
        ("ben@corp.example", Login, Unknown, None, ""),
        ("cy@corp.example", Login, Gone, None, ""),
    ]);
    assert_eq!(seen.codes(), ["unknown-status-word", "app-users-only"]);
}

#[test]
fn a_full_page_of_okta_is_doubted() {
    let user =
        |n: u32| format!(r#"{{"status":"ACTIVE","profile":{{"login":"u{n}@corp.example"}}}}"#);
    let list = |n: u32| format!("[{}]", (0..n).map(user).collect::<Vec<_>>().join(","));
    assert_eq!(Seen::text(&list(200)).codes(), ["page-perhaps-missing"]);
    assert_eq!(Seen::text(&list(199)).codes(), [""; 0]);
}

#[test]
fn graph_users_and_a_cut_page() {
    let seen = Seen::fixture("graph_users.json");
    seen.expect("Microsoft Graph users JSON", 4, 4, 4);
    seen.expect_addresses(&[
        ("ana+jira@corp.example", Alias, Present, None, "Finance"),
        ("ana.ruiz@corp.example", Email, Present, None, "Finance"),
        ("ana@corp.example", Login, Present, None, "Finance"),
        ("ben@partner.example", Guest, Present, None, ""),
        (
            "ben_partner.example#ext#@corp.example",
            Login,
            Present,
            None,
            "",
        ),
        ("cy@corp.example", Email, Disabled, Some("2026-09-30"), ""),
        // No accountEnabled: unknown, whatever the blank day of leaving.
        ("di@corp.example", Login, Unknown, None, ""),
    ]);
    assert_eq!(seen.codes(), ["status-missing", "page-missing"]);
    assert_eq!(
        seen.notes[1].1,
        "graph_users.json is not the whole list: it has 4 records and names a next page (@odata.nextLink); \
         whoever is on another page looks like a leaver: fetch all pages"
    );
}

#[test]
fn graph_users_without_account_enabled_are_all_unknown() {
    let seen = Seen::text(
        r##"{"@odata.context":"c","value":[
            {"id":"1","userPrincipalName":"ana@corp.example","mail":"ana@corp.example","employeeLeaveDateTime":null},
            {"@odata.type":"#microsoft.graph.group","id":"2","mail":"all@corp.example"}]}"##,
    );
    seen.expect("Microsoft Graph users JSON", 2, 1, 1);
    seen.expect_addresses(&[("ana@corp.example", Email, Unknown, None, "")]);
    assert_eq!(
        seen.rejects,
        [(2, String::new(), "a group, not a person".to_owned(), false)]
    );
    assert_eq!(seen.codes(), ["directory-without-status"]);
}

#[test]
fn google_users() {
    let seen = Seen::fixture("google_users.json");
    seen.expect("Google Directory users JSON", 4, 4, 4);
    seen.expect_addresses(&[
        ("a.ruiz@corp.example", Alias, Present, None, "Finance"),
        ("ana.ruiz@corp.example", Alias, Present, None, "Finance"),
        ("ana@corp.example", Email, Present, None, "Finance"),
        (
            "ana@corp.test-google-a.example",
            Alias,
            Present,
            None,
            "Finance",
        ),
        ("ben@corp.example", Email, Disabled, None, ""),
        ("cy@corp.example", Email, Disabled, None, ""),
        ("di@corp.example", Email, Gone, None, ""),
    ]);
    assert_eq!(seen.codes(), [""; 0]);
    assert!(seen.columns.0.contains(&"externalIds".to_owned()));
    assert!(seen.columns.1.contains(&"recoveryEmail".to_owned()));
}

#[test]
fn onelogin_users_of_both_versions() {
    let seen = Seen::fixture("onelogin_v1_users.json");
    seen.expect("OneLogin users JSON", 4, 4, 4);
    seen.expect_addresses(&[
        ("ana.ruiz@corp.example", Alias, Present, None, "Finance"),
        ("ana@corp.example", Email, Present, None, "Finance"),
        ("ben@corp.example", Email, Disabled, None, ""),
        ("cy@corp.example", Email, NotYet, None, ""),
        ("di@corp.example", Email, Unknown, None, ""),
    ]);
    assert_eq!(seen.codes(), ["unknown-status-word"]);
    let seen = Seen::fixture("onelogin_v2_users.json");
    seen.expect("OneLogin users JSON", 2, 2, 2);
    seen.expect_addresses(&[
        ("ana@corp.example", Email, Present, None, ""),
        ("ben@corp.example", Email, Disabled, None, ""),
    ]);
    assert_eq!(seen.codes(), [""; 0]);
}

#[test]
fn jumpcloud_users_and_a_total_above_the_records() {
    let seen = Seen::fixture("jumpcloud_users.json");
    seen.expect("JumpCloud users JSON", 4, 4, 4);
    seen.expect_addresses(&[
        ("ana@corp.example", Email, Present, None, "Finance"),
        ("ben@corp.example", Email, Disabled, None, ""),
        ("cy@corp.example", Email, NotYet, None, ""),
        ("di@corp.example", Email, NotYet, None, ""),
    ]);
    assert_eq!(seen.codes(), ["page-missing"]);
    assert!(
        seen.notes[0]
            .1
            .contains("it has 4 records of 5 (totalCount)")
    );
}

#[test]
fn scim_users_with_groups_among_them() {
    let seen = Seen::fixture("scim_users.json");
    seen.expect("SCIM 2.0 users", 6, 4, 4);
    seen.expect_addresses(&[
        ("ana.ruiz@corp.example", Email, Present, None, "Finance"),
        ("ana@corp.example", Login, Present, None, "Finance"),
        ("ben@corp.example", Login, Disabled, None, ""),
        ("cy@home.example", Email, Unknown, None, ""),
        ("di@corp.example", Login, Disabled, None, ""),
    ]);
    assert_eq!(
        seen.rejects,
        [
            (1, String::new(), "a group, not a person".to_owned(), false),
            (6, String::new(), NOBODY.to_owned(), false),
        ]
    );
    assert_eq!(seen.codes(), ["status-missing"]);
}

#[test]
fn one_scim_user_alone_and_a_bare_list_of_them() {
    let user = |n: u32| {
        format!(
            r#"{{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"u{n}@corp.example","active":true}}"#
        )
    };
    for (text, people) in [
        (user(1), 1),
        (format!("[{},{}]", user(1), user(2)), 2),
        (format!("{}\n{}\n{}\n", user(1), user(2), user(3)), 3),
    ] {
        Seen::text(&text).expect("SCIM 2.0 users", people, people, people as usize);
    }
    let (_kept, source) = written(
        br#"{"Resources":[{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"All"}]}"#,
    );
    let error = read_people(&source, &rules()).err().expect("refused");
    assert_eq!(error.to_string(), "x.json: groups alone, and no people");
}
