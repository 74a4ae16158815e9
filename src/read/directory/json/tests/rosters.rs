//! Reports of HR systems, and lists of a company's own making.

use super::{NOBODY, Seen};
use crate::domain::day::Day;
use crate::domain::person::AddressKind::{Alias, Email};
use crate::domain::person::PersonStatus::{Disabled, Gone, Present};
use crate::read::dates::DateOrder;
use crate::read::detect::{Detected, Recognised};
use crate::read::directory::formats::Role;
use crate::read::json::detect;
use crate::read::json::testing::{fixture, read_as, read_people, rules, written};
use crate::read::reading::Held;

#[test]
fn bamboohr_report() {
    let seen = Seen::fixture("bamboohr_report.json");
    seen.expect("BambooHR employees JSON", 3, 3, 3);
    seen.expect_addresses(&[
        ("ana@corp.example", Email, Present, None, "Finance"),
        ("ben@corp.example", Email, Gone, Some("2026-09-30"), "Sales"),
    ]);
    assert_eq!(seen.codes(), [""; 0]);
    assert_eq!(
        seen.columns.0,
        [
            "department",
            "employeeNumber",
            "employmentHistoryStatus",
            "status",
            "terminationDate",
            "workEmail"
        ]
    );
}

#[test]
fn workday_report_leaves_blank_days_out_and_proves_its_order_of_days() {
    let seen = Seen::fixture("workday_report.json");
    seen.expect("Workday report JSON", 3, 3, 3);
    seen.expect_addresses(&[
        ("ana@corp.example", Email, Present, None, "Finance"),
        (
            "ben@corp.example",
            Email,
            Present,
            Some("2026-09-30"),
            "Sales",
        ),
        ("cy@corp.example", Email, Present, Some("2027-03-04"), ""),
    ]);
    assert_eq!(seen.codes(), [""; 0]);
    assert_eq!(
        seen.columns.0,
        [
            "Cost_Center",
            "Email_-_Work",
            "Employee_ID",
            "Termination_Date"
        ]
    );
}

#[test]
fn days_with_two_readings_need_a_proof_or_a_word() {
    let text = r#"[{"email":"a@corp.example","end_date":"03/04/2026"}]"#;
    let (_kept, source) = written(text.as_bytes());
    let error = read_people(&source, &rules()).err().expect("refused");
    assert_eq!(
        error.to_string(),
        "x.json: the days in \"end_date\" can be read two ways, for example \"03/04/2026\""
    );
    let mut stated = rules();
    stated.date_order = Some(DateOrder::DayFirst);
    let batch = read_people(&source, &stated).expect("stated");
    assert_eq!(batch.source.first_day, Day::from_ymd(2026, 4, 3));
    let mixed = r#"[{"email":"a@corp.example","end_date":"03/04/2026"},
        {"email":"b@corp.example","end_date":"13/04/2026"},{"email":"c@corp.example","end_date":"04/13/2026"}]"#;
    let (_kept, source) = written(mixed.as_bytes());
    let error = read_people(&source, &rules()).err().expect("refused");
    assert_eq!(
        error.to_string(),
        "x.json: \"end_date\" has 1 days written day first and 1 written month first"
    );
}

#[test]
fn a_home_made_list_as_json_lines() {
    let seen = Seen::fixture("roster.json");
    seen.expect("roster JSON", 3, 2, 2);
    seen.expect_addresses(&[
        ("ana@corp.example", Email, Present, None, "Finance"),
        ("ben@corp.example", Email, Disabled, None, "Sales"),
    ]);
    assert_eq!(seen.rejects, [(3, String::new(), NOBODY.to_owned(), false)]);
    assert_eq!(
        seen.columns,
        (
            vec!["Active".to_owned(), "Dept".to_owned(), "E-mail".to_owned()],
            vec!["office".to_owned()]
        )
    );
}

#[test]
fn what_is_no_record_or_no_day_is_a_fault() {
    let seen = Seen::text(
        r#"[{"email":"a@corp.example","end_date":"soon"},7,{"email":"b@corp.example","end_date":null}]"#,
    );
    seen.expect("roster JSON", 3, 1, 1);
    assert_eq!(
        seen.rejects,
        [
            (1, "end_date".to_owned(), "not a day".to_owned(), true),
            (
                2,
                "(whole record)".to_owned(),
                "not a person's record".to_owned(),
                true
            ),
        ]
    );
    let seen =
        Seen::text(r#"{"users":[{"primaryEmail":"a@corp.example","deletionTime":"03/04/2026"}]}"#);
    assert_eq!(
        seen.rejects,
        [(
            1,
            "deletionTime".to_owned(),
            "a day that can be read two ways".to_owned(),
            true
        )]
    );
}

#[test]
fn a_list_of_leavers_makes_everyone_gone() {
    let source = fixture("roster.json");
    let mut leavers = rules();
    leavers.leavers_only = vec![source.name.clone()];
    let batch = read_people(&source, &leavers).expect("read");
    let Held::People(found) = &batch.held else {
        panic!("not a directory");
    };
    assert!(found.leavers_only);
    let seen = Seen::of(batch);
    assert_eq!(seen.format, "roster JSON (leavers only)");
    assert!(
        seen.addresses
            .iter()
            .all(|(_, _, status, _, _)| *status == Gone)
    );
}

#[test]
fn the_configuration_names_keys_that_nobody_could_guess() {
    let text = r#"[{"Kontakt":"ana@corp.example","Weitere":["ana+x@corp.example","a@corp.example"],"Lage":"Active"}]"#;
    let (_kept, source) = written(text.as_bytes());
    let names = ["kontakt ".to_owned()];
    let Ok(Detected::Format(Recognised::Json(format))) = detect(&source, &names) else {
        panic!("not recognised");
    };
    let mut rules = rules();
    rules.columns = vec![
        (Role::Email, "kontakt ".to_owned()),
        (Role::AliasList, "Weitere".to_owned()),
        (Role::Status, "Lage".to_owned()),
    ];
    let batch = read_as(&source, format, &rules).expect("read");
    let seen = Seen::of(batch);
    seen.expect("roster JSON", 1, 1, 1);
    seen.expect_addresses(&[
        ("a@corp.example", Alias, Present, None, ""),
        ("ana+x@corp.example", Alias, Present, None, ""),
        ("ana@corp.example", Email, Present, None, ""),
    ]);
}

#[test]
fn a_list_of_leavers_that_nobody_said_to_be_one_is_refused() {
    let left = |n: u32| format!(r#"{{"email":"u{n}@corp.example","end_date":"2026-01-0{n}"}}"#);
    let list: Vec<String> = (1..=5).map(left).collect();
    let (_kept, source) = written(format!("[{}]", list.join(",")).as_bytes());
    let error = read_people(&source, &rules()).err().expect("refused");
    assert_eq!(
        error.to_string(),
        "x.json: nearly everyone of its 5 people has left: it looks like a list of leavers alone"
    );
}
