//! `report` prints one screen, `--full` every section; no table falls apart in a narrow terminal.

use crate::case::{AS_OF, Case, Rows};

/// The demo in a terminal of so many columns.
fn screen(width: u16, more: &[&str]) -> String {
    let case = Case::sample().screen().width(width);
    case.args(more.iter().copied()).run().stdout
}

/// A text without its line breaks.
fn flat(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// The lines from a title to the next blank line.
#[track_caller]
fn section<'t>(text: &'t str, title: &str) -> Vec<&'t str> {
    let mut lines = text.lines().skip_while(|line| !line.starts_with(title));
    let first = lines.next().into_iter();
    let lines: Vec<&str> = first
        .chain(lines.take_while(|line| line.starts_with(' ')))
        .collect();
    assert!(!lines.is_empty(), "{title:?} in\n{text}");
    lines
}

#[test]
fn the_demo_is_one_screen_that_answers_a_finance_reader() {
    let text = screen(100, &[]);
    // One line is for the message where the files are.
    assert!(text.lines().count() < 45, "{text}");
    assert!(
        text.lines().all(|line| line.chars().count() <= 100),
        "{text}"
    );
    for split in ["unused seats $", "IT work $", "leavers missed $"] {
        assert!(flat(&text).contains(split), "{split} in\n{text}");
    }
    assert_eq!(section(&text, "Alternatives ").len(), 6, "{text}");
    let products = section(&text, "Most waste by product");
    assert_eq!(products.len(), 6, "{text}");
    let jira: Vec<&str> = products[1].split_whitespace().collect();
    assert_eq!(
        jira,
        [
            "Jira",
            "·",
            "northlight",
            "36",
            "of",
            "470",
            "8%",
            "$3,417–3,910"
        ]
    );
    assert_eq!(section(&text, "Most waste by department").len(), 6);
    // What is past stands in the full report alone.
    let deadlines = section(&text, "Next deadlines");
    assert_eq!(deadlines.len(), 3, "{text}");
    assert!(!text.contains("past"), "{text}");
    let actions = section(&text, "Most valuable actions");
    assert_eq!(actions.len(), 4, "{text}");
    assert!(actions[1].contains("Remove 36 wasted seats: Jira · northlight"));
    assert!(actions[1].contains("$3,417–3,910"), "{text}");
}

#[test]
fn full_prints_every_section_and_markdown_says_the_same() {
    let whole = ["Decision", "Your settings", "Deadlines", "Findings"];
    let (short, full) = (screen(100, &[]), screen(100, &["--full"]));
    for title in whole {
        let is_title = |text: &str| text.lines().any(|line| line == title);
        assert!(!is_title(&short) && is_title(&full), "{title}");
    }
    let markdown = screen(100, &["--format", "markdown"]);
    assert!(markdown.contains("## Most waste by product\n\n| name | wasted seats |"));
    assert!(!markdown.contains("## Decision"), "{markdown}");
    let markdown = screen(100, &["--format", "markdown", "--full"]);
    assert!(markdown.contains("## Decision"), "{markdown}");
}

/// Every width shows every row, and no figure is broken over two lines.
#[test]
fn no_table_falls_apart_in_a_narrow_terminal() {
    for width in [60, 80, 100, 140] {
        for more in [&[][..], &["--full"]] {
            let text = screen(width, more);
            let too_wide = |line: &&str| line.chars().count() > usize::from(width);
            assert_eq!(
                text.lines().find(too_wide),
                None,
                "{width} {more:?}\n{text}"
            );
            for figure in [
                "$3,417–3,910",
                "$18,495–22,171",
                "$23,070–41,061",
                "2027-03-01",
            ] {
                assert!(
                    text.contains(figure),
                    "{figure} at {width} {more:?}\n{text}"
                );
            }
            // A row of letters is what a column without room used to become.
            let letters = text.lines().filter(|line| line.trim().chars().count() == 1);
            assert_eq!(letters.count(), 0, "{width} {more:?}\n{text}");
        }
    }
    // How reliable a row is goes last.
    for width in [60, 80] {
        let text = screen(width, &[]);
        assert!(
            text.contains("benchmark") && text.contains("assumed"),
            "{width}\n{text}"
        );
    }
}

#[test]
fn warnings_take_two_lines_each_and_those_beyond_five_are_counted() {
    let seen = (0..9).fold(String::new(), |toml, number| {
        format!("{toml}\n[[product]]\nproduct = \"No such product with quite a long name number {number}\"\nsite = \"none\"\nplan = \"Standard\"\n")
    });
    let text = Case::sample_with(|toml| format!("{toml}\n{seen}"))
        .screen()
        .width(60)
        .run()
        .stdout;
    let lines: Vec<&str> = text.lines().collect();
    let blank = lines
        .iter()
        .position(|line| line.is_empty())
        .expect("a blank line");
    let told = lines[1..blank]
        .iter()
        .filter(|line| line.starts_with("! "))
        .count();
    assert_eq!(told, 6, "{text}");
    assert!(blank <= 2 + 2 * 6, "{text}");
    assert!(
        text.contains("more: `seatledger check` lists them"),
        "{text}"
    );
}

/// The demo with a Guard plan that is paid for.
fn held(plan: &str) -> Case {
    Case::sample_with(|toml| toml.replace("held = \"none\"", &format!("held = \"{plan}\"")))
}

/// The worth of a Guard action is that of `reconcile`: the fee for the count less the fee without the accounts.
#[test]
fn where_guard_is_held_actions_on_its_count_have_their_worth() {
    let ran = held("standard").screen().run();
    let actions = ran.csv("actions.csv");
    let guard: Vec<String> = actions
        .shown(&["kind", "count", "annual_worth_low", "annual_worth_high"])
        .into_iter()
        .filter(|row| row.starts_with("guard | "))
        .collect();
    let reconciled = Case::sample()
        .args([
            "reconcile",
            "DIR",
            "--billed",
            "469",
            "--as-of",
            AS_OF,
            "--format",
            "json",
        ])
        .any_stdout()
        .run();
    let json: serde_json::Value = serde_json::from_str(&reconciled.stdout).expect("JSON");
    let tables = json["tables"].as_array().expect("tables");
    let ways = tables
        .iter()
        .find(|table| table["name"] == "ways_to_lower")
        .expect("ways");
    let expected: Vec<String> = ways["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .filter(|row| row["way"] != "together")
        .map(|row| {
            let text = |key: &str| {
                row[key]
                    .as_str()
                    .map_or(row[key].to_string(), str::to_owned)
            };
            format!(
                "guard | {} | {} | {}",
                text("accounts"),
                text("annual_worth_low"),
                text("annual_worth_high")
            )
        })
        .collect();
    assert!(!expected.is_empty());
    assert_eq!(sorted(guard), sorted(expected));
    // What dropping it would lose stands beside what it saves.
    assert!(flat(&ran.stdout).contains("dropping it"), "{}", ran.stdout);
    assert!(flat(&ran.stdout).contains("audit logs"), "{}", ran.stdout);
    let without = Case::sample().screen().run();
    assert!(!flat(&without.stdout).contains("audit logs"));
    let kinds = without.csv("actions.csv");
    assert!(!kinds.column("kind").contains(&"guard"));
}

fn sorted(mut rows: Vec<String>) -> Vec<String> {
    rows.sort();
    rows
}

/// Actions on seats are the rows of `savings.csv`, each with its saving; the most valuable comes first.
#[test]
fn every_action_on_seats_is_worth_what_savings_say() {
    let ran = Case::sample().screen().run();
    let total = |row: &String| !row.starts_with("total");
    let savings = ran.csv("savings.csv");
    let savings = savings.shown(&[
        "product",
        "wasted",
        "annual_saving_low",
        "annual_saving_high",
    ]);
    let savings = savings.iter().filter(|row| total(row)).map(|row| {
        let cells: Vec<&str> = row.split(" | ").collect();
        cells[1..].join(" | ")
    });
    let actions = ran.csv("actions.csv");
    let seats: Vec<String> = actions
        .shown(&["kind", "count", "annual_worth_low", "annual_worth_high"])
        .into_iter()
        .filter_map(|row| row.strip_prefix("seats | ").map(str::to_owned))
        .collect();
    assert_eq!(sorted(seats), sorted(savings.collect()));
    let worth = |rows: &Rows| -> Vec<f64> {
        let column = rows.column("annual_worth_high");
        column.iter().filter_map(|cell| cell.parse().ok()).collect()
    };
    let all = worth(&actions);
    assert!(all.windows(2).all(|pair| pair[0] >= pair[1]), "{all:?}");
}

#[test]
fn waste_is_told_in_per_cent_of_the_seats() {
    let ran = Case::sample().screen().run();
    for name in ["waste_by_product.csv", "waste_by_department.csv"] {
        let rows = ran.csv(name);
        let columns = [
            "seats",
            "wasted",
            "wasted_percent_low",
            "wasted_percent_high",
        ];
        for row in rows.shown(&columns) {
            let cells: Vec<f64> = row
                .split(" | ")
                .map(|cell| cell.parse().expect("a number"))
                .collect();
            let share = 100.0 * cells[1] / cells[0];
            assert!((share - cells[2]).abs() <= 0.05, "{name} {row}");
            assert!(cells[3] >= cells[2], "{name} {row}");
        }
    }
}
