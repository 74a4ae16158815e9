//! What the summary says where there is little to say: a sentence, never a table without rows.

use crate::case::{AS_OF, Case, Ran, Rows};

const HEADER: &str = "User id,User name,email,User status,Added to org,Org role,Jira - acme,Last seen in Jira - acme";
const PEOPLE: &str = "email,status,department\nana@acme.example,Active,IT\n";

/// A report from an export of these users, if any, and a directory, if wanted.
fn report(users: Option<&str>, people: Option<&str>) -> Ran {
    let mut case = Case::new();
    if let Some(users) = users {
        case = case.file("users.csv", format!("{HEADER}\n{users}"));
    }
    if let Some(people) = people {
        case = case.file("people.csv", people);
    }
    case.report().run()
}

#[track_caller]
fn assert_says(ran: &Ran, said: &[&str], unsaid: &[&str]) {
    for text in said {
        assert!(ran.stdout.contains(text), "{text:?} in\n{}", ran.stdout);
    }
    for text in unsaid {
        assert!(!ran.stdout.contains(text), "no {text:?} in\n{}", ran.stdout);
    }
    let lines: Vec<&str> = ran.stdout.lines().collect();
    for pair in lines.windows(2).filter(|pair| pair[0].starts_with('─')) {
        assert!(
            !pair[1].is_empty(),
            "a table without rows in\n{}",
            ran.stdout
        );
    }
    for section in ran.json()["summary"]["sections"]
        .as_array()
        .expect("sections")
    {
        let table = &section["table"];
        let is_empty = table["rows"].as_array().is_some_and(Vec::is_empty);
        assert!(
            !is_empty || table["columns"].as_array().is_some_and(Vec::is_empty),
            "{section}"
        );
    }
}

#[test]
fn a_directory_alone_has_no_seats_accounts_and_findings() {
    assert_says(
        &report(None, Some(PEOPLE)),
        &[
            "no Atlassian export was given",
            "Alternatives, first year",
            "Decision",
        ],
        &[
            "Waste by product",
            "Accounts\n",
            "Findings",
            "billed seats",
            "Guard Standard would bill",
            "of 0",
        ],
    );
}

#[test]
fn an_export_without_waste_says_so_in_a_sentence() {
    let ana = "u1,Ana,ana@acme.example,Active,3 Jan 2024,,User,12 Nov 2026\n";
    assert_says(
        &report(Some(ana), Some(PEOPLE)),
        &[
            "None of 1 billed seats is wasted.",
            "Findings\n  There is nothing to act on.\n",
            "Waste by product",
        ],
        &["finding   severity", "bill falls by"],
    );
    // Without a directory the domain is inferred, and no finding rests on that.
    assert_says(
        &report(Some(ana), None),
        &["no export says which domains are claimed"],
        &["0 findings"],
    );
}

#[test]
fn accounts_without_seats_have_no_table_of_products() {
    let ana = "u1,Ana,ana@acme.example,Active,3 Jan 2024,,,\n";
    assert_says(
        &report(Some(ana), Some(PEOPLE)),
        &["Waste by product\n  No account holds a seat.\n"],
        &["billed seats"],
    );
}

#[test]
fn one_wasted_seat_is_and_a_range_of_them_are() {
    // The suspended account without a seat is of the export's own day.
    let ben = "u1,Ben,ben@acme.example,Active,3 Jan 2024,,User,12 Jan 2026\n\
        u2,Ana,ana@acme.example,Suspended,12 Nov 2026,,,\n";
    assert_says(
        &report(Some(ben), Some(PEOPLE)),
        &["1 of 1 billed seats is wasted; without it the bill falls by $109 a year"],
        &[],
    );
    let ran = Case::new()
        .file(
            "users.csv",
            "User id,User name,email,User status,Added to org,Org role,Jira - acme\n\
             u1,Ana,ana@acme.example,Active,12 Oct 2026,,User\n",
        )
        .file("people.csv", PEOPLE)
        .report()
        .run();
    assert_says(
        &ran,
        &["0–1 of 1 billed seats are wasted; without them the bill falls by $0–109 a year"],
        &[],
    );
}

#[test]
fn an_invoice_that_nothing_lowers_has_no_table_of_ways() {
    let ran = Case::new()
        .file(
            "users.csv",
            format!("{HEADER}\nu1,Ana,ana@acme.example,Active,3 Jan 2024,,User,12 Nov 2026\n"),
        )
        .file("people.csv", PEOPLE)
        .args(["reconcile", "DIR", "--billed", "1", "--as-of", AS_OF])
        .any_stdout()
        .run();
    assert!(
        ran.stdout.contains("Lowering the count\n  No lawful way"),
        "{}",
        ran.stdout
    );
}

/// In sixty columns no product's name breaks within a word: the bill goes; seats, waste and saving stay.
#[test]
fn a_narrow_terminal_breaks_no_word_of_a_product() {
    let ran = Case::sample().report().width(60).run();
    for row in [
        "  Confluence ·               425       45    $2,835–3,618\n  northlight Standard\n",
        "  Jira Service                43        5          $1,290\n  Management ·\n  northlight Standard\n",
    ] {
        assert!(ran.stdout.contains(row), "{row} in\n{}", ran.stdout);
    }
}

#[test]
fn the_scim_tax_is_as_firm_as_the_prices_it_rests_on() {
    let told = |format| {
        Case::new()
            .args(["scim-tax", "--as-of", AS_OF, "--format", format])
            .any_stdout()
            .run()
            .stdout
    };
    let text = told("markdown");
    let line = |start: &str| {
        let line = text
            .lines()
            .find(|line| line.starts_with(&format!("| {start}")));
        line.unwrap_or_else(|| panic!("no {start:?} in\n{text}"))
            .to_owned()
    };
    assert!(
        line("Jira Service Management").contains("unverified"),
        "{text}"
    );
    assert!(line("Loom").contains("custom price"), "{text}");
    assert!(!line("Loom").contains("(cheapest)"), "{text}");
    assert!(!line("Compass").contains("(cheapest)"), "{text}");
    let rows = Rows::read(told("csv").as_bytes());
    let columns = [
        "product",
        "alternative",
        "cheapest",
        "tax_percent_low",
        "tax_percent_high",
        "confidence",
        "age_days",
    ];
    let shown = rows.shown(&columns);
    for row in [
        "Jira Service Management | Guard Standard on top | yes | 13.0 | 17.3 | unverified | 313",
        "Loom | Enterprise | no |  |  | reported | 313",
    ] {
        assert!(
            shown.iter().any(|other| other == row),
            "{row} in {shown:#?}"
        );
    }
    let json: serde_json::Value = serde_json::from_str(&told("json")).expect("JSON");
    let sources = json["rows"][4]["sources"].as_str().expect("sources");
    assert!(
        sources.starts_with("the way to SCIM: published, ")
            && sources.contains("; Jira Service Management Standard: unverified, ")
            && sources.contains("; Atlassian Guard Standard: reported, 2026-01-11, https://"),
        "{sources}"
    );
}
