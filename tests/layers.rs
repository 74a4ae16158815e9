//! The architecture as rules over imports: data flows one way, and each large crate is named in one place.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A folder or file below `src`, and the modules of ours that it must not name.
const MUST_NOT_NAME: &[(&str, &[&str])] = &[
    (
        "domain",
        &[
            "read", "analyse", "money", "price", "model", "report", "render", "run", "options",
            "cli",
        ],
    ),
    // Characters alone, for every kind of output.
    (
        "safe",
        &[
            "read", "analyse", "money", "price", "model", "report", "render", "run", "options",
            "cli", "domain", "error",
        ],
    ),
    (
        "money",
        &[
            "read", "analyse", "price", "model", "report", "render", "run", "options", "cli",
        ],
    ),
    // A list of figures knows neither what it is about nor who reads it.
    (
        "figures",
        &[
            "domain", "read", "analyse", "price", "model", "report", "render", "run", "options",
            "cli",
        ],
    ),
    (
        "toml",
        &[
            "read", "analyse", "price", "model", "report", "render", "run", "options", "cli",
        ],
    ),
    (
        "read",
        &["analyse", "report", "render", "run", "options", "cli"],
    ),
    // A wrong price must never change which findings exist.
    (
        "analyse",
        &[
            "money", "price", "model", "read", "report", "render", "run", "options", "cli",
        ],
    ),
    (
        "price",
        &[
            "read", "analyse", "model", "report", "render", "run", "options", "cli",
        ],
    ),
    (
        "model",
        &[
            "read", "analyse", "report", "render", "run", "options", "cli",
        ],
    ),
    (
        "report",
        &["read", "analyse", "render", "run", "options", "cli"],
    ),
    // Nothing is computed in a renderer.
    (
        "render",
        &["read", "analyse", "price", "model", "run", "options", "cli"],
    ),
    (
        "cli.rs",
        &[
            "read", "analyse", "money", "price", "model", "report", "render", "run", "options",
            "domain",
        ],
    ),
];

/// A crate, and where alone it may be named.
const NAMED_ONLY_IN: &[(&str, &[&str])] = &[
    ("polars", &["analyse"]),
    ("plotters", &["render/chart"]),
    ("clap", &["cli.rs", "run/mod.rs"]),
    ("rust_decimal", &["money"]),
    ("calamine", &["read/workbook"]),
    ("quick_xml", &["read/workbook"]),
    ("zip", &["read/workbook"]),
    ("wide", &["read/records.rs"]),
    ("comfy_table", &["render/terminal.rs"]),
    ("xxhash_rust", &["render/folder"]),
    // What differs between systems stands in one place.
    ("rustix", &["main.rs", "render/folder/system.rs"]),
    ("ctor", &["main.rs"]),
];

fn source() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every source file: its path below `src` and its code without comments.
fn files(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).expect("a source file");
            let code: Vec<&str> = text
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .collect();
            let name = path
                .strip_prefix(source())
                .expect("below src")
                .to_string_lossy()
                .replace('\\', "/");
            found.push((name, code.join("\n")));
        }
    }
}

fn all_files() -> Vec<(String, String)> {
    let mut found = Vec::new();
    files(&source(), &mut found);
    assert!(found.len() > 50, "the sources are there");
    found
}

fn is_in(file: &str, place: &str) -> bool {
    file == place || file.starts_with(&format!("{place}/"))
}

#[test]
fn data_flows_one_way() {
    let mut broken = Vec::new();
    for (file, code) in all_files() {
        for (place, others) in MUST_NOT_NAME
            .iter()
            .filter(|(place, _)| is_in(&file, place))
        {
            for other in *others {
                if code.contains(&format!("crate::{other}::"))
                    || code.contains(&format!("crate::{other};"))
                {
                    broken.push(format!("{file} ({place}) names {other}"));
                }
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn each_large_crate_is_named_in_one_place() {
    let mut broken = Vec::new();
    for (file, code) in all_files() {
        for (name, places) in NAMED_ONLY_IN {
            let named =
                code.contains(&format!("{name}::")) || code.contains(&format!("use {name}"));
            if named && !places.iter().any(|place| is_in(&file, place)) {
                broken.push(format!("{file} names {name}"));
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

/// The names that follow a prefix in the code of a file, without its tests.
fn named_after<'a>(code: &'a str, prefix: &'a str) -> impl Iterator<Item = &'a str> {
    let code = code.split("#[cfg(test)]\nmod tests").next().unwrap_or(code);
    let word_ends = |text: &str| {
        let is_word = |c: char| c.is_ascii_lowercase() || c == '_';
        text.find(|c| !is_word(c)).unwrap_or(text.len())
    };
    let behind = code.match_indices(prefix);
    behind.map(move |(at, _)| {
        let rest = &code[at + prefix.len()..];
        &rest[..word_ends(rest)]
    })
}

/// The parts below a folder of `src`, each with those that it names.
fn parts(folder: &str, prefix: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut parts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (file, code) in all_files() {
        let Some(inside) = file.strip_prefix(folder) else {
            continue;
        };
        let own = inside.split(['/', '.']).next().unwrap_or_default();
        if own == "mod" || file.ends_with("tests.rs") || file.ends_with("fixtures.rs") {
            continue;
        }
        let named = parts.entry(own.to_owned()).or_default();
        let others = named_after(&code, prefix).filter(|name| *name != own);
        named.extend(others.map(str::to_owned));
    }
    assert!(parts.len() > 5, "{folder} has parts");
    parts
}

/// The parts of circles and those that lead into one: what is left when all that name nobody left are taken away.
fn circle(mut parts: BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    loop {
        let left: BTreeSet<String> = parts.keys().cloned().collect();
        let before = parts.len();
        parts.retain(|_, named| named.iter().any(|name| left.contains(name)));
        if parts.len() == before {
            return parts.into_keys().collect();
        }
    }
}

#[test]
fn no_part_of_the_program_names_another_in_a_circle() {
    assert_eq!(circle(parts("", "crate::")), Vec::<String>::new());
}

#[test]
fn no_room_of_the_model_names_another_in_a_circle() {
    let rooms = parts("model/", "crate::model::");
    assert_eq!(circle(rooms), Vec::<String>::new());
}

#[test]
fn a_circle_is_found() {
    let named = |name: &str, others: &[&str]| {
        let others = others.iter().map(|other| (*other).to_owned()).collect();
        (name.to_owned(), others)
    };
    let parts = BTreeMap::from([
        named("a", &["b"]),
        named("b", &["c"]),
        named("c", &["b", "d"]),
        named("d", &[]),
    ]);
    assert_eq!(circle(parts), ["a", "b", "c"]);
}

/// A file that the one test program does not name is compiled by nobody, and no test of it runs.
#[test]
fn every_file_of_tests_is_in_the_test_program() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let named = fs::read_to_string(tests.join("integration.rs")).expect("read");
    let named: BTreeSet<&str> = named
        .lines()
        .filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';'))
        .collect();
    let entries = fs::read_dir(tests).expect("listed");
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    let there: BTreeSet<String> = names
        .filter_map(|name| Some(name.to_str()?.strip_suffix(".rs")?.to_owned()))
        .filter(|name| name != "integration")
        .collect();
    let lost: Vec<&String> = there
        .iter()
        .filter(|name| !named.contains(name.as_str()))
        .collect();
    assert!(lost.is_empty(), "{lost:?}");
    assert!(there.len() > 20, "{there:?}");
}
