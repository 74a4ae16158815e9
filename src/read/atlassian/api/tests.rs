//! Every JSON format of Atlassian, read from a fixture of documented shape with invented people.

use crate::domain::account::{AccountKind, AccountStatus};
use crate::domain::day::{Day, LastUse};
use crate::read::atlassian::accounts::Finished;
use crate::read::discover::discover;
use crate::read::json::testing::{fixture, read_accounts, rules, written};
use crate::read::reading::{Batch, Held};
use AccountKind::{App, Atlassian, Customer};
use AccountStatus::{Active, Closed, Deactivated, Suspended};

/// What a file gave, in a form that tests compare.
struct Seen {
    records: u64,
    accepted: u64,
    rejects: Vec<(u64, String, String, Option<String>)>,
    notes: Vec<(&'static str, bool, String)>,
    accounts: crate::domain::account::Accounts,
    /// Name of the account, product, site, last use.
    seats: Vec<(String, String, String, LastUse)>,
}

impl Seen {
    fn of(batch: Batch) -> Seen {
        let source = batch.source;
        let Held::Accounts(found) = batch.held else {
            panic!("not Atlassian");
        };
        assert_eq!(source.accepted + source.rejected, source.records);
        assert_eq!(source.rejected, batch.rejects.len() as u64);
        let Finished {
            accounts,
            offerings,
            seats,
            ..
        } = found.finish();
        let seats = (0..seats.len())
            .map(|seat| {
                let offering = &offerings[usize::from(seats.offering[seat])];
                assert!(!offering.in_users_export && offering.plan.is_none());
                (
                    accounts.name.get(seats.account[seat] as usize).to_owned(),
                    offering.product.clone(),
                    offering.site.clone(),
                    seats.last_use[seat].get(),
                )
            })
            .collect();
        Seen {
            records: source.records,
            accepted: source.accepted,
            rejects: batch
                .rejects
                .into_iter()
                .map(|reject| (reject.line, reject.column, reject.value, reject.expected))
                .collect(),
            notes: batch
                .notes
                .into_iter()
                .map(|note| (note.code, note.doubt, note.text))
                .collect(),
            accounts,
            seats,
        }
    }

    fn text(text: &str) -> Seen {
        let (_kept, source) = written(text.as_bytes());
        Seen::of(read_accounts(&source))
    }

    fn codes(&self) -> Vec<(&'static str, bool)> {
        self.notes
            .iter()
            .map(|(code, doubt, _)| (*code, *doubt))
            .collect()
    }

    fn expect_seats(&self, expected: &[(&str, &str, &str, LastUse)]) {
        let seen: Vec<_> = self
            .seats
            .iter()
            .map(|(name, product, site, used)| {
                (name.as_str(), product.as_str(), site.as_str(), *used)
            })
            .collect();
        assert_eq!(seen, expected);
    }
}

fn on(year: i32, month: u32, day: u32) -> LastUse {
    LastUse::On(Day::from_ymd(year, month, day).expect("a day"))
}

#[test]
fn managed_accounts_of_api_v1() {
    let batch = read_accounts(&fixture("atlassian_v1_users.json"));
    assert_eq!(
        batch.source.format,
        "Atlassian organisation users JSON (API v1)"
    );
    assert_eq!(batch.source.columns_ignored, ["links", "picture"]);
    assert_eq!(batch.source.columns_used.len(), 8);
    assert_eq!(batch.source.first_day, Day::from_ymd(2025, 8, 3));
    assert_eq!(batch.source.last_day, Day::from_ymd(2026, 11, 20));
    let seen = Seen::of(batch);
    assert_eq!((seen.records, seen.accepted), (5, 5));
    let accounts = &seen.accounts;
    assert_eq!(
        accounts.name.iter().collect::<Vec<_>>(),
        ["Ana Ruiz", "Ben Cho", "Di Eng", "Deploy bot", "Flo Gil"]
    );
    assert_eq!(
        accounts.email.iter().collect::<Vec<_>>(),
        [
            "ana@corp.example",
            "ben@corp.example",
            "di@corp.example",
            "",
            "flo@corp.example"
        ]
    );
    assert_eq!(
        accounts.status,
        [Active, Active, Deactivated, Active, Closed]
    );
    assert_eq!(
        accounts.kind,
        [Atlassian, Atlassian, Atlassian, App, Customer]
    );
    assert_eq!(
        accounts.billable,
        [
            Some(true),
            Some(true),
            Some(false),
            Some(false),
            Some(false)
        ]
    );
    assert_eq!(accounts.managed, [Some(true); 5]);
    assert_eq!(accounts.in_groups, [None; 5]);
    assert_eq!(
        accounts.last_active,
        [
            on(2026, 11, 20),
            LastUse::Never,
            LastUse::Never,
            LastUse::Never,
            LastUse::Never
        ]
    );
    assert_eq!(
        accounts.origin.iter().map(|o| o.line).collect::<Vec<_>>(),
        [1, 2, 3, 4, 5]
    );
    seen.expect_seats(&[
        ("Ana Ruiz", "Confluence", "corp", LastUse::Never),
        ("Ana Ruiz", "Jira", "corp", on(2026, 11, 20)),
        ("Ana Ruiz", "Jira", "corp-sandbox-123", on(2025, 8, 3)),
        ("Ben Cho", "Jira Service Management", "corp", LastUse::Never),
        ("Ben Cho", "Trello", "", LastUse::Never),
    ]);
    assert_eq!(
        seen.notes,
        [(
            "page-missing",
            true,
            "atlassian_v1_users.json is not the whole list: it has 5 records of 7 (meta.total) and names a next page \
             (links.next); accounts and seats on other pages are not counted: fetch all pages"
                .to_owned()
        )]
    );
}

#[test]
fn directory_users_of_api_v2() {
    let seen = Seen::of(read_accounts(&fixture("atlassian_v2_users.json")));
    assert_eq!((seen.records, seen.accepted), (6, 6));
    let accounts = &seen.accounts;
    assert_eq!(
        accounts.status,
        [Active, Suspended, Suspended, Deactivated, Closed, Suspended]
    );
    assert_eq!(
        accounts.org_admin,
        [true, false, false, false, false, false]
    );
    assert_eq!(
        accounts.managed,
        [
            Some(true),
            Some(false),
            Some(true),
            Some(true),
            Some(true),
            None
        ]
    );
    assert_eq!(
        accounts.in_groups,
        [Some(true), Some(false), None, None, None, None]
    );
    assert_eq!(
        accounts.added,
        [
            Day::from_ymd(2024, 1, 3),
            Day::from_ymd(2023, 2, 9),
            None,
            None,
            None,
            None
        ]
    );
    assert_eq!(accounts.billable, [None; 6]);
    assert_eq!(accounts.last_active, [LastUse::NotReported; 6]);
    let site = "1a33bac2-fd80-4a92-8e21-8e018ae83ead";
    seen.expect_seats(&[
        ("Ana Ruiz", "Confluence", site, LastUse::Never),
        ("Ana Ruiz", "Jira", site, on(2026, 11, 20)),
        ("Ben Cho", "Jira", "", LastUse::Never),
    ]);
    assert_eq!(seen.codes(), [("product-without-site", true)]);
}

#[test]
fn provisioned_users_of_atlassian_scim() {
    let seen = Seen::of(read_accounts(&fixture("atlassian_scim_users.json")));
    assert_eq!((seen.records, seen.accepted), (4, 2));
    let accounts = &seen.accounts;
    assert_eq!(
        accounts.id.iter().collect::<Vec<_>>(),
        ["", "712020:aaaa1111-0000-4000-8000-000000000001"]
    );
    assert_eq!(
        accounts.email.iter().collect::<Vec<_>>(),
        ["ben@corp.example", "ana@corp.example"]
    );
    assert_eq!(
        accounts.name.iter().collect::<Vec<_>>(),
        ["Ben Cho", "Ana Ruiz"]
    );
    assert_eq!(accounts.status, [Deactivated, Active]);
    assert_eq!(accounts.in_groups, [Some(false), Some(true)]);
    seen.expect_seats(&[]);
    assert_eq!(
        seen.rejects,
        [
            (3, String::new(), String::new(), None),
            (
                4,
                "active".to_owned(),
                String::new(),
                Some("true or false".to_owned())
            ),
        ]
    );
    assert_eq!(seen.codes(), [("no-product-access", false)]);
}

#[test]
fn a_file_without_any_last_use_does_not_say_never() {
    let seen = Seen::text(
        r#"{"data":[{"account_id":"1","account_status":"active","name":"Ana","product_access":[
            {"key":"jira-software","url":"corp.atlassian.net"},{"key":"loom","url":"corp.atlassian.net","last_active":null}]}]}"#,
    );
    seen.expect_seats(&[
        ("Ana", "Jira", "corp", LastUse::NotReported),
        ("Ana", "Loom", "corp", LastUse::NotReported),
    ]);
    assert_eq!(seen.accounts.last_active, [LastUse::NotReported]);
    assert_eq!(seen.codes(), [("no-last-use", true)]);
    let seen = Seen::text(r#"[{"account_id":"1","account_status":"active"}]"#);
    assert_eq!(seen.codes(), [("no-product-access", true)]);
}

#[test]
fn unknown_words_are_faults_with_what_was_expected() {
    for (fields, column, value, expected) in [
        (
            r#""account_status":"actve""#,
            "account_status",
            "actve",
            "one of \"active\", \"inactive\", \"closed\"",
        ),
        (
            r#""account_status":"active","account_type":"robot""#,
            "account_type",
            "robot",
            "one of \"atlassian\", \"customer\", \"app\"",
        ),
        (
            r#""account_status":"active","access_billable":"perhaps""#,
            "access_billable",
            "perhaps",
            "true or false",
        ),
        (
            r#""account_status":"active","last_active":"soon""#,
            "last_active",
            "soon",
            "a day such as 2026-11-30 or 2026-11-30T08:01:02Z",
        ),
        (
            r#""account_status":"active","product_access":[{"key":"jira-software","url":"a.atlassian.net"},{"key":"","url":"b"}]"#,
            "product key",
            r#"{"key":"","url":"b"}"#,
            "a product with its key, such as \"jira-software\"",
        ),
    ] {
        let seen = Seen::text(&format!(r#"[{{"account_id":"1",{fields}}},7]"#));
        assert_eq!((seen.records, seen.accepted, seen.seats.len()), (2, 0, 0));
        assert_eq!(
            seen.rejects[0],
            (
                1,
                column.to_owned(),
                value.to_owned(),
                Some(expected.to_owned())
            )
        );
        assert_eq!(seen.rejects[1].1, "(whole record)");
    }
    let seen = Seen::text(
        r#"[{"accountId":"1","status":"asleep"},{"accountId":"2","status":"active","claimStatus":"half"},
            {"accountId":"","status":"active","email":"nobody"}]"#,
    );
    assert_eq!(
        seen.rejects
            .iter()
            .map(|(line, column, ..)| (*line, column.as_str()))
            .collect::<Vec<_>>(),
        [(1, "status"), (2, "claimStatus"), (3, "email")]
    );
}

#[test]
fn an_account_on_two_pages_is_one_account_and_a_strange_product_keeps_its_name() {
    let page = |product: &str| {
        format!(
            r#"{{"data":[{{"account_id":"1","account_status":"active","name":"Ana","product_access":[{product}]}}],"links":{{}}}}"#
        )
    };
    let seen = Seen::text(&format!(
        "{}\n{}",
        page(
            r#"{"key":"third-party-x","name":"Planner","url":"corp.atlassian.net","last_active":"2026-08-03"}"#
        ),
        page(
            r#"{"key":"jira-core","url":"corp.atlassian.net"},{"key":"bitbucket","url":"bitbucket.org"}"#
        ),
    ));
    assert_eq!(
        (seen.records, seen.accepted, seen.accounts.len()),
        (2, 2, 1)
    );
    seen.expect_seats(&[
        ("Ana", "Bitbucket", "", LastUse::Never),
        ("Ana", "Jira", "corp", LastUse::Never),
        ("Ana", "Planner", "corp", on(2026, 8, 3)),
    ]);
    assert_eq!(seen.codes(), [("product-without-site", true)]);
}

#[test]
fn json_of_both_sides_makes_one_dataset() {
    let found = discover(
        &["atlassian_v1_users.json", "okta_users.json"].map(|name| fixture(name).path),
        None,
    )
    .expect("two exports");
    let (batches, rules) = crate::read::files(&found.exports, &rules()).expect("no fault");
    let dataset = crate::read::merge(batches, &found.config, &rules).expect("people to join");
    assert_eq!(dataset.files.len(), 2);
    assert_eq!((dataset.accounts.len(), dataset.people.len()), (5, 5));
    assert_eq!((dataset.seats.len(), dataset.offerings.len()), (5, 5));
    // Ana, Ben and Di are in the directory; the bot and Flo are not.
    let matched: Vec<bool> = dataset.matches.iter().map(Option::is_some).collect();
    assert_eq!(matched, [true, true, true, false, false]);
    assert_eq!(dataset.rejects.len(), 1);
    let codes: Vec<_> = dataset.notes.iter().map(|note| note.code).collect();
    assert_eq!(codes, ["page-missing"]);
}
