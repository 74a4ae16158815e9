//! Sums that have to hold in every report, taken from the files as they were written.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::case::{Case, Ran, Rows, cents, sample_report};

const USES: [&str; 8] = [
    "active",
    "inactive",
    "never_active",
    "new",
    "orphaned",
    "sandbox",
    "exempt",
    "unreported",
];

/// A report with rejected rows, no directory status, unreported seats, several sites and nothing configured.
fn patchy_report() -> Ran {
    Case::new()
        .file(
            "users.csv",
            "User id,User name,email,User status,Added to org,Org role,Jira - acme,Last seen in Jira - acme,\
             Loom - acme,Confluence - acme-sandbox-1,Last seen in Confluence - acme-sandbox-1,Whiteboards - acme\n\
             u1,Ana,ana@acme.example,Active,3 Jan 2024,,User,12 Nov 2026,User,User,Never accessed,User\n\
             u2,Ben,ben@acme.example,Active,3 Jan 2024,,User,12 Jan 2026,,,,\n\
             u3,Cy,cy@acme.example,Active,15 Nov 2026,,User,Never accessed,,,,User\n\
             u4,Di,di@acme.example,Suspended,15 Nov 2023,,User,Never accessed,User,,,\n\
             u5,Eve,eve@acme.example,Actve,15 Nov 2023,,User,Never accessed,User,,,\n\
             u6,Flo,flo@elsewhere.example,Active,15 Nov 2023,,User,15 Nov 2025,,,,\n\
             u7,Gus,gus@acme.example,Active,15 Nov 2023,,Customer,,,,,\n\
             u8,Hal,hal@connect.atlassian.com,Active,15 Nov 2023,,User,,,,,\n\
             u9,Ida,ida@acme.example,Active,yesterday,,User,,,,,\n",
        )
        .file(
            "people.csv",
            "email,status,department\nana@acme.example,Active,IT\nben@acme.example,Terminated,Sales\n\
             cy@acme.example,Sabbatical,Sales\n,Active,Sales\n",
        )
        .report()
        .args(["--skip-bad-rows"])
        .run()
}

fn number(value: &Value) -> u64 {
    value
        .as_u64()
        .unwrap_or_else(|| panic!("{value} is a whole number"))
}

fn named(list: &Value) -> BTreeMap<String, u64> {
    let name = |entry: &Value| {
        (
            entry["name"].as_str().expect("a name").to_owned(),
            number(&entry["count"]),
        )
    };
    list.as_array().expect("a list").iter().map(name).collect()
}

fn table<'j>(json: &'j Value, name: &str) -> &'j Vec<Value> {
    let found = json["tables"]
        .as_array()
        .expect("tables")
        .iter()
        .find(|table| table["name"] == name);
    found.unwrap_or_else(|| panic!("no table {name}"))["rows"]
        .as_array()
        .expect("rows")
}

#[track_caller]
fn check_partitions(ran: &Ran) {
    let json = ran.json();
    let counts = &json["counts"];
    let (accounts, products) = (ran.csv("accounts.csv"), ran.csv("waste_by_product.csv"));

    // Standings add up to accounts, in the JSON and in the rows of accounts.csv.
    let standings = named(&counts["standings"]);
    assert_eq!(standings.values().sum::<u64>(), number(&counts["accounts"]));
    assert_eq!(accounts.rows.len() as u64, number(&counts["accounts"]));
    let mut by_rows: BTreeMap<String, u64> =
        standings.keys().map(|name| (name.clone(), 0)).collect();
    for standing in accounts.column("standing") {
        *by_rows.get_mut(standing).expect("a known standing") += 1;
    }
    assert_eq!(by_rows, standings);

    // Uses add up to seats, in the JSON, by product and by account.
    let uses = named(&counts["uses"]);
    let seats = number(&counts["seats"]);
    assert_eq!(uses.values().sum::<u64>(), seats);
    assert_eq!(products.sum("seats"), seats);
    assert_eq!(accounts.sum("seats"), seats);
    for used in USES {
        assert_eq!(products.sum(used), uses[&used.replace('_', "-")], "{used}");
    }
    for row in 0..products.rows.len() {
        let of = |column: &str| {
            products.rows[row][products.place(column)]
                .parse::<u64>()
                .expect("a count")
        };
        assert_eq!(
            USES.iter().map(|used| of(used)).sum::<u64>(),
            of("seats"),
            "row {row}"
        );
        assert_eq!(
            of("orphaned") + of("inactive") + of("never_active"),
            of("wasted"),
            "row {row}"
        );
    }
    assert_eq!(accounts.sum("wasted_seats"), products.sum("wasted"));

    // Accepted and rejected add up to records, file by file and in all.
    let inputs = json["inputs"].as_array().expect("inputs");
    for key in ["records", "accepted", "rejected"] {
        assert_eq!(
            inputs.iter().map(|file| number(&file[key])).sum::<u64>(),
            number(&counts[key]),
            "{key}"
        );
    }
    for file in inputs {
        assert_eq!(
            number(&file["accepted"]) + number(&file["rejected"]),
            number(&file["records"]),
            "{}",
            file["name"]
        );
    }
    assert_eq!(
        ran.csv("rejects.csv").rows.len() as u64,
        number(&counts["rejected"])
    );

    // Departments add up to the products, to the cent.
    let departments = ran.csv("waste_by_department.csv");
    assert_eq!(departments.sum("seats"), seats);
    assert_eq!(departments.sum("wasted"), products.sum("wasted"));
    let holders = accounts
        .column("seats")
        .iter()
        .filter(|seats| **seats != "0")
        .count() as u64;
    assert_eq!(departments.sum("accounts"), holders);
    for (of_department, of_product) in [
        ("annual_bill_low", "annual_bill_low"),
        ("annual_bill_high", "annual_bill_high"),
        ("annual_waste_low", "annual_saving_low"),
        ("annual_waste_high", "annual_saving_high"),
    ] {
        // Where seats of a department have no price, nobody knows the high end of what it costs.
        if departments.column(of_department).contains(&"") {
            assert!(of_department.ends_with("_high") && departments.sum("unpriced_seats") > 0);
            continue;
        }
        assert_eq!(
            departments.cents(of_department),
            products.cents(of_product),
            "{of_department}"
        );
    }

    // Each Guard plan has every account in one row, as accounts.csv has it.
    let guard = ran.csv("guard_billing.csv");
    for plan in ["standard", "premium"] {
        let mut counted: BTreeMap<(String, String), u64> = BTreeMap::new();
        for row in &guard.rows {
            if row[guard.place("plan")] == plan {
                let class = (
                    row[guard.place("verdict")].clone(),
                    row[guard.place("reason")].clone(),
                );
                let count = row[guard.place("accounts")].parse().expect("a count");
                assert!(
                    counted.insert(class, count).is_none(),
                    "a class stands in one row"
                );
            }
        }
        let mut by_rows: BTreeMap<(String, String), u64> = BTreeMap::new();
        let verdicts = accounts.column(&format!("guard_{plan}"));
        let reasons = accounts.column(&format!("guard_{plan}_reason"));
        for (verdict, reason) in verdicts.iter().zip(&reasons) {
            *by_rows
                .entry(((*verdict).to_owned(), (*reason).to_owned()))
                .or_default() += 1;
        }
        assert_eq!(counted, by_rows, "Guard {plan}");
        assert_eq!(
            counted.values().sum::<u64>(),
            number(&counts["accounts"]),
            "Guard {plan}"
        );
    }

    // Findings by code, and one finding for each wasted seat.
    let mut by_rows: BTreeMap<String, u64> = named(&counts["findings"])
        .keys()
        .map(|code| (code.clone(), 0))
        .collect();
    for code in ran.csv("findings.csv").column("code") {
        *by_rows.get_mut(code).expect("a known code") += 1;
    }
    assert_eq!(by_rows, named(&counts["findings"]));
    let wasted = by_rows["orphaned-seat"] + by_rows["inactive-seat"] + by_rows["never-active-seat"];
    assert_eq!(wasted, products.sum("wasted"));
}

/// Every table that is both a CSV file and in the JSON has the same cells in both.
#[track_caller]
fn check_csv_equals_json(ran: &Ran) {
    let json = ran.json();
    for shown in json["tables"].as_array().expect("tables") {
        let name = shown["name"].as_str().expect("a name");
        let rows = table(&json, name);
        let csv = ran.csv(&format!("{name}.csv"));
        assert_eq!(csv.rows.len(), rows.len(), "{name}");
        for (cells, object) in csv.rows.iter().zip(rows) {
            for (column, cell) in csv.header.iter().zip(cells) {
                let value = match &object[column] {
                    Value::Null => String::new(),
                    Value::String(text) => text.clone(),
                    Value::Number(number) => number.to_string(),
                    other => panic!("{name}: {column} is {other}"),
                };
                // A cell that a spreadsheet would run is led by an apostrophe in CSV; a negative number stays one.
                let is_number = value
                    .strip_prefix('-')
                    .is_some_and(|digits| digits.parse::<f64>().is_ok());
                let plain = if !is_number && value.starts_with(['=', '+', '-', '@', '\t', '\r']) {
                    format!("'{value}")
                } else {
                    value
                };
                assert_eq!(cell, &plain, "{name}: {column}");
            }
            assert_eq!(
                object.as_object().expect("an object").len(),
                csv.header.len(),
                "{name}"
            );
        }
    }
}

#[test]
fn everything_adds_up_in_the_sample() {
    check_partitions(sample_report());
}

#[test]
fn everything_adds_up_in_patchy_exports() {
    let ran = patchy_report();
    check_partitions(&ran);
    let counts = &ran.json()["counts"];
    assert_eq!(
        (number(&counts["records"]), number(&counts["rejected"])),
        (13, 3)
    );
}

#[test]
fn csv_and_json_agree() {
    check_csv_equals_json(sample_report());
    check_csv_equals_json(&patchy_report());
}

#[test]
fn the_first_terminal_table_has_the_totals_of_the_csv() {
    let ran = sample_report();
    let json = ran.json();
    let products = ran.csv("waste_by_product.csv");
    let sections = json["summary"]["sections"].as_array().expect("sections");
    let waste = sections
        .iter()
        .find(|section| section["title"] == "Waste by product")
        .expect("the waste");
    let columns: Vec<&str> = waste["table"]["columns"]
        .as_array()
        .expect("columns")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let rows = waste["table"]["rows"].as_array().expect("rows");
    let cell = |row: &Value, column: &str| {
        let place = columns
            .iter()
            .position(|name| *name == column)
            .expect("the column");
        row[place].as_str().expect("text").to_owned()
    };
    let total = rows.last().expect("a total");
    for column in ["seats", "active", "inactive", "orphaned", "wasted"] {
        assert_eq!(
            cell(total, column).replace(',', ""),
            products.sum(column).to_string(),
            "{column}"
        );
    }
    // Whole dollars of the bill, the amounts that are known.
    let whole = |column: &str| {
        let dollars = (products.cents(column) + 50) / 100;
        format!("{},{:03}", dollars / 1000, dollars % 1000)
    };
    let bill = format!(
        "${}–{}",
        whole("annual_bill_low"),
        whole("annual_bill_high")
    );
    assert_eq!(cell(total, "bill a year"), bill);
    let saving = format!(
        "${}–{}",
        whole("annual_saving_low"),
        whole("annual_saving_high")
    );
    assert_eq!(cell(total, "saving a year"), saving);
    assert!(
        ran.stdout.contains(&bill) && ran.stdout.contains(&saving),
        "{}",
        ran.stdout
    );
}

#[test]
fn low_never_exceeds_high() {
    let ran = sample_report();
    for (name, low, high) in [
        (
            "waste_by_product.csv",
            "annual_bill_low",
            "annual_bill_high",
        ),
        (
            "waste_by_product.csv",
            "annual_saving_low",
            "annual_saving_high",
        ),
        (
            "waste_by_department.csv",
            "annual_bill_low",
            "annual_bill_high",
        ),
        (
            "waste_by_department.csv",
            "annual_waste_low",
            "annual_waste_high",
        ),
        ("findings.csv", "annual_list_low", "annual_list_high"),
    ] {
        let rows = ran.csv(name);
        for (low, high) in rows.column(low).iter().zip(rows.column(high)) {
            assert_eq!(low.is_empty(), high.is_empty(), "{name}");
            assert!(
                low.is_empty() || cents(low) <= cents(high),
                "{name}: {low} > {high}"
            );
        }
    }
}

#[test]
fn savings_are_those_of_the_products_and_no_wasted_seat_is_left_out() {
    let ran = sample_report();
    let (savings, products) = (ran.csv("savings.csv"), ran.csv("waste_by_product.csv"));
    let shown = |rows: &Rows, saving: &str| -> BTreeMap<String, String> {
        rows.shown(&["product", "site", "wasted", saving])
            .into_iter()
            .filter(|row| !row.starts_with("total"))
            .map(|row| {
                let (name, saving) = row.rsplit_once(" | ").expect("four columns");
                (name.to_owned(), saving.to_owned())
            })
            .collect()
    };
    let mut expected = shown(&products, "annual_saving_low");
    // Seats of a sandbox come with the plan: no bill falls.
    expected.retain(|name, _| !name.ends_with(" | 0") && !name.contains("-sandbox-"));
    assert_eq!(shown(&savings, "annual_saving_low"), expected);
}

#[test]
fn every_setting_of_yours_is_listed_and_nothing_else() {
    let options = ["--set", "it_hourly_rate=75", "--inactive-after", "60"];
    let ran = Case::new()
        .fixture("formats/users_access.csv")
        .file(
            "seatledger.toml",
            "[assumptions]\nit_hourly_rate = 70\nwage_rise = \"0.04\"\n",
        )
        .report()
        .args(options)
        .run();
    assert_eq!(
        ran.csv("your_settings.csv")
            .shown(&["name", "default", "value", "source"]),
        [
            "it_hourly_rate | 60.25 | 75 | option --set",
            "wage_rise | 0.03 | 0.04 | seatledger.toml",
            "inactive_after | 90 days | 60 days | the option --inactive-after",
        ]
    );
    let plain = Case::new()
        .fixture("formats/users_access.csv")
        .report()
        .run();
    assert_eq!(plain.csv("your_settings.csv").shown(&["name"]), [""; 0]);
    let shown = |ran: &Ran| ran.json()["summary"].to_string().contains("Your settings");
    assert!(shown(&ran) && !shown(&plain));
}

/// The bars of the chart of products add up to the total of its title, what is waste only perhaps included.
#[test]
fn the_product_chart_shows_what_may_be_waste() {
    let report = sample_report().json();
    let charts = report["charts"].as_array().expect("charts").iter();
    let bars = |name: &str| {
        let caption = |chart: &&Value| chart.to_string().contains(&format!("\"name\":\"{name}\""));
        let chart = charts.clone().find(caption).expect("the chart");
        chart.to_string()
    };
    let products = bars("waste_by_product");
    assert!(
        products.contains("$0–2,400 · 20% · 0–10 seats"),
        "{products}"
    );
}
