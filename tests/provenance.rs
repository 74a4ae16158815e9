//! No figure of `report.json` without its source: the whole of it is walked.
//!
//! A figure stands below an object that says where it comes from: a row with basis and source, a table or count with a
//! source, a chart whose footnote names a file of the report, an input file by its name. What a source calls a file
//! has to be one.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::case::{Case, Ran, SAMPLE, sample_path, sample_report};

/// Keys whose numbers are no figures of anything: places and limits within a drawing, and places in the list.
const DRAWING: [&str; 3] = ["component", "x", "shown"];

struct Walk {
    /// What a source may name: files of the report and of the input.
    files: BTreeSet<String>,
    figures: usize,
    faults: Vec<String>,
}

impl Walk {
    fn over(ran: &Ran) -> Walk {
        let report = ran.json();
        let inputs = report["inputs"].as_array().expect("inputs").iter();
        let inputs = inputs.map(|input| input["name"].as_str().expect("a name").to_owned());
        let mut walk = Walk {
            files: ran.files("out").into_keys().chain(inputs).collect(),
            figures: 0,
            faults: Vec::new(),
        };
        let parts = report.as_object().expect("an object");
        for (name, part) in parts {
            match name.as_str() {
                "summary" => walk.summary(part, &report),
                _ => walk.value(name, part, false),
            }
        }
        walk
    }

    /// `sourced` says whether something around the value names its source.
    fn value(&mut self, path: &str, value: &Value, sourced: bool) {
        match value {
            Value::Array(list) => {
                for (place, one) in list.iter().enumerate() {
                    self.value(&format!("{path}/{place}"), one, sourced);
                }
            }
            Value::Object(object) => {
                let sourced = self.says_its_source(path, object) || sourced;
                for (key, one) in object {
                    if !DRAWING.contains(&key.as_str()) {
                        self.value(&format!("{path}/{key}"), one, sourced);
                    }
                }
            }
            _ if is_figure(value) => {
                self.figures += 1;
                if !sourced {
                    self.faults
                        .push(format!("{path} is {value}, and nothing says from where"));
                }
            }
            _ => {}
        }
    }

    fn says_its_source(&mut self, path: &str, object: &Map<String, Value>) -> bool {
        let text = |key: &str| object.get(key).and_then(Value::as_str).unwrap_or("").trim();
        let stated = |key: &str| object.contains_key(key);
        if stated("basis") && !stated("source") {
            self.faults
                .push(format!("{path} has a basis and no source"));
        }
        for key in ["basis", "source"] {
            if stated(key) && text(key).is_empty() {
                self.faults.push(format!("{path}/{key} is empty"));
            }
        }
        if let Some(caption) = object.get("caption") {
            let footnote = caption["footnote"].as_str().unwrap_or("");
            self.names_files(path, footnote);
            let names = footnote.contains(".csv") || footnote.contains("Benchmark: ");
            if !names {
                self.faults
                    .push(format!("{path} is a chart whose footnote names no source"));
            }
            return names;
        }
        self.names_files(path, text("source"));
        let is_input = stated("format") && !text("name").is_empty();
        is_input || !text("source").is_empty()
    }

    /// A word of a source that ends like a file has to be one.
    fn names_files(&mut self, path: &str, source: &str) {
        let words =
            source.split(|c: char| c.is_whitespace() || [',', ';', ':', '(', ')'].contains(&c));
        for word in words.map(|word| word.trim_end_matches('.')) {
            if word.ends_with(".csv") && !self.files.contains(word) {
                self.faults.push(format!(
                    "{path}: its source names {word}, which is no file of the report"
                ));
            }
        }
    }

    /// Sentences and tables of finished text: each section names a file of the report, and each number of a
    /// headline stands in a section, a table or the counts.
    fn summary(&mut self, summary: &Value, report: &Value) {
        let sections = summary["sections"].as_array().expect("sections");
        for section in sections {
            let source = section["table"]["source"].as_str().unwrap_or("");
            let title = &section["title"];
            self.names_files(&format!("summary/{title}"), source);
            if source.is_empty() {
                self.faults
                    .push(format!("summary/{title} has figures and no source"));
            }
        }
        let elsewhere: BTreeSet<String> =
            [&summary["sections"], &report["tables"], &report["counts"]]
                .iter()
                .flat_map(|part| numbers(&part.to_string()))
                .collect();
        for sentence in summary["headline"].as_array().expect("sentences") {
            for number in numbers(sentence.as_str().expect("a sentence")) {
                self.figures += 1;
                if !elsewhere.contains(&number) {
                    self.faults.push(format!(
                        "{sentence} says {number}, which stands nowhere else"
                    ));
                }
            }
        }
    }
}

/// A number, or text that is a plain decimal number.
fn is_figure(value: &Value) -> bool {
    match value {
        Value::Number(_) => true,
        Value::String(text) => {
            let digits = text.strip_prefix('-').unwrap_or(text);
            digits.starts_with(|c: char| c.is_ascii_digit())
                && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
        }
        _ => false,
    }
}

/// The numbers in a text, thousands separators kept.
fn numbers(text: &str) -> Vec<String> {
    text.split(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.'))
        .map(|word| word.trim_matches([',', '.']).to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

fn assert_sourced(ran: &Ran, at_least: usize) {
    let walk = Walk::over(ran);
    assert!(walk.figures > at_least, "{} figures only", walk.figures);
    assert!(walk.faults.is_empty(), "{}", walk.faults.join("\n"));
}

#[test]
fn every_figure_of_the_demo_has_a_source() {
    assert_sourced(sample_report(), 1000);
}

/// Without a directory, without Guard's count, and with a simulation: other figures, other sources.
#[test]
fn every_figure_of_a_poorer_report_has_a_source() {
    let accounts = std::fs::read(sample_path(SAMPLE[1])).expect("the sample");
    let ran = Case::new()
        .file(SAMPLE[1], accounts)
        .report()
        .args(["--simulate", "100"])
        .run();
    assert_sourced(&ran, 500);
}

/// The walk itself: it sees what lacks a source.
#[test]
fn a_figure_without_a_source_is_seen() {
    let faults = |text: &str| {
        let mut walk = Walk {
            files: BTreeSet::from(["waste.csv".to_owned()]),
            figures: 0,
            faults: Vec::new(),
        };
        walk.value("r", &serde_json::from_str(text).expect("JSON"), false);
        walk.faults
    };
    assert_eq!(
        faults(r#"{"bill": "12.50", "day": "2026-11-20"}"#),
        ["r/bill is \"12.50\", and nothing says from where"]
    );
    assert_eq!(
        faults(r#"{"source": "table", "rows": [{"basis": "measured", "source": " ", "low": 1}]}"#),
        ["r/rows/0/source is empty"]
    );
    assert_eq!(
        faults(r#"{"basis": "measured", "source": "wast.csv", "low": 1}"#),
        ["r: its source names wast.csv, which is no file of the report"]
    );
    assert_eq!(
        faults(r#"{"caption": {"footnote": "Acme, 2026"}, "rows": []}"#),
        ["r is a chart whose footnote names no source"]
    );
    assert!(faults(r#"{"source": "waste.csv", "rows": [{"low": 1}]}"#).is_empty());
}

/// A contract's price makes what rests on it configured, and the source names the contract.
#[test]
fn a_price_of_the_contract_is_named_where_its_figures_are() {
    let contract = "
[[contract]]
product = \"Guard\"
plan = \"Standard\"
low = 2
high = 3
\
                    [[contract]]
product = \"Guard\"
plan = \"Premium\"
discount_percent = 10
";
    let ran = Case::sample_with(|toml| toml + contract).report().run();
    let counted = "count: counted in export-users.csv, managed-accounts.csv";
    let standard = format!("configured | price: the contract in seatledger.toml; {counted}");
    let premium = format!(
        "configured | price: https://www.stitchflow.com/scim/atlassian, 2026-01-11, reported, less the discount in \
         seatledger.toml; {counted}"
    );
    let bars = ran
        .csv("sensitivity.csv")
        .shown(&["assumption", "basis", "source"]);
    let bill = "the difference of two bills: waste_by_product.csv";
    for row in [
        format!("guard_standard_fee | {standard}"),
        // Jira Service Management's price is the contract's.
        format!("unused_licences | configured | {bill}"),
    ] {
        assert!(bars.contains(&row), "{row}: {bars:#?}");
    }
    let columns = ["alternative", "component", "basis", "source"];
    let parts = ran.csv("alternatives.csv").shown(&columns);
    for row in [
        format!("guard-premium | guard-standard-fee | {standard}"),
        format!("guard-premium | guard-premium-fee | {premium}"),
        "enterprise | jira-bill-replaced | measured | the bill today: waste_by_product.csv"
            .to_owned(),
    ] {
        assert!(parts.contains(&row), "{row}: {parts:#?}");
    }
}
