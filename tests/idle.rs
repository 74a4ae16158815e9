//! `idle_seats.csv`: seats by the days since their last use, what they are worth, and what another limit would bring.

use std::collections::BTreeMap;

use crate::case::{Case, Ran, Rows, sample_report};

/// A column of the rows of `idle_seats.csv` that fit, by product and site.
#[track_caller]
fn of(rows: &Rows, column: &str, key: (&str, &str)) -> BTreeMap<String, String> {
    let shown = rows.shown(&["product", "site", key.0, column]);
    shown
        .iter()
        .filter_map(|row| {
            let cells: Vec<&str> = row.split(" | ").collect();
            let [product, site, found, value] = cells[..] else {
                panic!("four columns: {row}")
            };
            (found == key.1).then(|| (format!("{product} {site}"), value.to_owned()))
        })
        .collect()
}

/// Seats of each product, in all rows.
fn seats(rows: &Rows) -> BTreeMap<String, u64> {
    let mut seats: BTreeMap<String, u64> = BTreeMap::new();
    for row in rows.shown(&["product", "site", "seats"]) {
        let (name, count) = row.rsplit_once(" | ").expect("three columns");
        *seats.entry(name.to_owned()).or_default() += count.parse::<u64>().expect("a number");
    }
    seats
}

#[track_caller]
fn adds_up(ran: &Ran) {
    let (idle, products) = (ran.csv("idle_seats.csv"), ran.csv("waste_by_product.csv"));
    let mut expected = seats(&products);
    expected.insert("total | ".to_owned(), expected.values().sum());
    assert_eq!(seats(&idle), expected);
}

#[test]
fn the_rows_of_a_product_are_its_seats() {
    adds_up(sample_report());
    adds_up(
        &Case::sample()
            .report()
            .args(["--inactive-after", "45"])
            .run(),
    );
}

/// What a limit is said to bring is what a report with that limit says, product by product.
#[test]
fn another_limit_brings_what_a_report_with_it_says() {
    let idle = sample_report().csv("idle_seats.csv");
    for limit in ["30", "60", "90", "180"] {
        let ran = Case::sample()
            .report()
            .args(["--inactive-after", limit])
            .run();
        let (products, own) = (ran.csv("waste_by_product.csv"), ran.csv("idle_seats.csv"));
        let mut compared = 0;
        for (said, shown) in [
            ("wasted_low", "wasted"),
            ("annual_saving_low", "annual_saving_low"),
            ("annual_saving_high", "annual_saving_high"),
        ] {
            let shown = products.shown(&["product", "site", shown]);
            let shown: BTreeMap<String, String> = shown
                .iter()
                .map(|row| {
                    let (name, value) = row.rsplit_once(" | ").expect("three columns");
                    (name.replace(" | ", " "), value.to_owned())
                })
                .collect();
            for (name, value) in of(&idle, said, ("limit_days", limit)) {
                if name != "total " {
                    assert_eq!(
                        shown.get(&name),
                        Some(&value),
                        "{said} of {name} at {limit}"
                    );
                    compared += 1;
                }
            }
            // The total of the one report is the total in force of the other.
            let total = |rows: &Rows, key| of(rows, said, key).remove("total ");
            assert_eq!(
                total(&idle, ("limit_days", limit)),
                total(&own, ("limit_is", "in force")),
                "{said} at {limit}"
            );
        }
        assert!(compared >= 24, "{compared} at {limit}");
    }
}

/// So many users of Jira, each last seen so many days before 2026-11-20.
fn users(last_seen: &[(usize, &str)]) -> String {
    let mut text = "User id,User name,email,User status,Added to org,Org role,Jira - acme,Last seen in Jira - acme\n".to_owned();
    let days = last_seen
        .iter()
        .flat_map(|&(count, day)| std::iter::repeat_n(day, count));
    for (number, day) in days.enumerate() {
        text.push_str(&format!(
            "u{number},User {number},u{number}@acme.example,Active,3 Jan 2024,,User,{day}\n"
        ));
    }
    text
}

fn report(last_seen: &[(usize, &str)], contract: &str) -> Rows {
    let people = "email,status\nu0@acme.example,Active\n";
    Case::new()
        .file("users.csv", users(last_seen))
        .file("people.csv", people)
        .file("seatledger.toml", contract)
        .report()
        .any_stderr()
        .run()
        .csv("idle_seats.csv")
}

const BANDS: &str =
    "[[contract]]\nproduct = \"Jira\"\nbands = [{ up_to = 10, price = 10 }, { price = 5 }]\n";

/// 12 users cost 10 × 10 + 2 × 5 = 110 a month. Without the three of 31 to 60 days 9 × 10 = 90: 20 × 12 = 240; without
/// the two of 91 to 180 days 100: 10 × 12 = 120. At 30 days all five go: 70, so 40 × 12 = 480, more than both together.
#[test]
fn a_step_is_worth_the_difference_of_two_bills() {
    let rows = report(
        &[(7, "19 Nov 2026"), (3, "10 Oct 2026"), (2, "10 Aug 2026")],
        BANDS,
    );
    let shown = rows.shown(&[
        "product",
        "days_since_use",
        "seats",
        "annual_worth_low",
        "annual_worth_high",
        "limit_days",
        "limit_is",
        "wasted_low",
        "annual_saving_low",
    ]);
    let jira = [
        "up to 30 | 7 | 720.00 | 720.00 |  |  |  | ",
        "31 to 60 | 3 | 240.00 | 240.00 | 30 | another | 5 | 480.00",
        "61 to 90 | 0 | 0.00 | 0.00 | 60 | another | 2 | 120.00",
        "91 to 180 | 2 | 120.00 | 120.00 | 90 | in force | 2 | 120.00",
        "over 180 | 0 | 0.00 | 0.00 | 180 | another | 0 | 0.00",
    ];
    let expected: Vec<String> = ["Jira", "total"]
        .iter()
        .flat_map(|of| jira.iter().map(move |row| format!("{of} | {row}")))
        .collect();
    assert_eq!(shown, expected);
}

/// The last day within 30 days is 2026-10-21, within 90 days 2026-08-22; never used is a row of its own.
#[test]
fn the_edges_of_the_steps_are_those_of_the_limit() {
    let rows = report(
        &[
            (1, "21 Oct 2026"),
            (1, "20 Oct 2026"),
            (1, "22 Aug 2026"),
            (1, "21 Aug 2026"),
            (1, "Never accessed"),
        ],
        "",
    );
    let shown = rows.shown(&["product", "days_since_use", "seats"]);
    assert_eq!(
        shown[..6],
        [
            "Jira | up to 30 | 1",
            "Jira | 31 to 60 | 1",
            "Jira | 61 to 90 | 1",
            "Jira | 91 to 180 | 1",
            "Jira | over 180 | 0",
            "Jira | never | 1",
        ]
    );
}

#[test]
fn without_a_price_a_step_is_worth_an_unknown_amount() {
    let rows = report(
        &[(3, "19 Nov 2026"), (2, "10 Aug 2026")],
        "[[product]]\nproduct = \"Jira\"\nsite = \"acme\"\nplan = \"Imaginary\"\n",
    );
    let place = rows
        .rows
        .iter()
        .position(|row| row.contains(&"91 to 180".to_owned()));
    let row = &rows.rows[place.expect("the step")];
    for column in ["annual_worth_low", "annual_worth_high", "annual_saving_low"] {
        assert_eq!(row[rows.place(column)], "", "{column}");
    }
    assert!(
        row[rows.place("missing")].contains("Jira Imaginary"),
        "{row:?}"
    );
}

#[test]
fn the_summary_says_what_the_limits_beside_the_configured_one_would_bring() {
    let said = "The limit on idleness is 90 days; with 60 days 98–108 seats ($8,471–12,173 a year) and with 180 days \
                85–95 seats ($7,310–10,834 a year) would be wasted.";
    let ran = sample_report();
    let text: Vec<&str> = ran.stdout.split_whitespace().collect();
    assert!(text.join(" ").contains(said), "{}", ran.stdout);
    let headline = ran.json()["summary"]["headline"].to_string();
    assert!(headline.contains(said), "{headline}");
}
