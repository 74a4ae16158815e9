//! Every CSV format in its documented shape: a fixture of invented people for each, and the exact counts it gives.
//!
//! The people are the same throughout: Ana works here, Ben has left or is disabled, Cy has two addresses, Dee is in
//! no directory, Gil is a partner's. A format that loses a fact shows as another count.

mod atlassian;
mod directories;
mod forms;

use serde_json::Value;

use crate::case::Ran;

/// The directory that Atlassian exports are held against.
const PEOPLE: &str = "\
email,status,department
ana@harbour.example,Active,IT
ben@harbour.example,Terminated,Sales
cy@harbour.example,Active,IT
";

/// The counts of a report in a few lines: zeros are left out.
fn told(ran: &Ran) -> String {
    let json = ran.json();
    let counts = &json["counts"];
    let named = |list: &Value| {
        let shown = list.as_array().expect("a list").iter().filter_map(|entry| {
            let count = entry["count"].as_u64().filter(|&count| count > 0)?;
            Some(format!("{} {count}", entry["name"].as_str()?))
        });
        shown.collect::<Vec<_>>().join(", ")
    };
    format!(
        "{} records = {} + {}; {} present, {} left\n{} accounts: {}\n{} seats: {}",
        counts["records"],
        counts["accepted"],
        counts["rejected"],
        counts["people_present"],
        counts["people_left"],
        counts["accounts"],
        named(&counts["standings"]),
        counts["seats"],
        named(&counts["uses"]),
    )
}

fn warnings(ran: &Ran) -> Vec<String> {
    let json = ran.json();
    let list = json["summary"]["warnings"].as_array().expect("warnings");
    list.iter()
        .map(|text| text.as_str().expect("text").to_owned())
        .collect()
}

/// What one input is: its format and encoding.
fn recognised(ran: &Ran, file: &str) -> String {
    let json = ran.json();
    let mut inputs = json["inputs"].as_array().expect("inputs").iter();
    let input = inputs
        .find(|input| input["name"] == file)
        .unwrap_or_else(|| panic!("{file} is among the inputs"));
    let text = |key: &str| input[key].as_str().expect("text").to_owned();
    format!("{}, {}", text("format"), text("encoding"))
}
