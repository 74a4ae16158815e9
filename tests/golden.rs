//! The committed report of the demo, rebuilt and compared byte for byte: a change of any figure shows as a diff.
//!
//! `UPDATE_REPORTS=1 cargo test` rewrites it.

use std::path::{Path, PathBuf};

use crate::case::{Case, files_below};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_demo_report_is_the_committed_one_byte_for_byte() {
    let committed = root().join("reports/sample");
    let sample = root().join("data/sample");
    if std::env::var_os("UPDATE_REPORTS").is_some() {
        // Git merges its files one by one, so that they need not fit the list of them any more.
        std::fs::remove_dir_all(&committed).expect("the committed report goes");
        run(&sample, &committed);
    }
    let built = tempfile::tempdir().expect("a folder");
    let target = built.path().join("sample");
    run(&sample, &target);
    let (old, new) = (files_below(&committed), files_below(&target));
    assert_eq!(
        old.keys().collect::<Vec<_>>(),
        new.keys().collect::<Vec<_>>(),
        "the files of the report"
    );
    for (name, bytes) in &new {
        assert!(
            old[name] == *bytes,
            "{} differs from reports/sample; UPDATE_REPORTS=1 cargo test rewrites it",
            name
        );
    }
}

fn run(sample: &Path, out: &Path) {
    let arguments = [
        "seatledger",
        "report",
        sample.to_str().expect("text"),
        "--out",
        out.to_str().expect("text"),
    ];
    let terminal = seatledger::Terminal {
        width: 100,
        colour: false,
        today: None,
    };
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let code = seatledger::run(
        arguments.map(Into::into),
        terminal,
        &mut stdout,
        &mut stderr,
    );
    assert_eq!(code, 0, "{}", String::from_utf8_lossy(&stderr));
}

#[test]
fn the_demo_exports_are_what_sample_writes() {
    let made = tempfile::tempdir().expect("a folder");
    let folder = made.path().to_str().expect("text").to_owned();
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let terminal = seatledger::Terminal {
        width: 100,
        colour: false,
        today: None,
    };
    let code = seatledger::run(
        ["seatledger", "sample", &folder].map(Into::into),
        terminal,
        &mut stdout,
        &mut stderr,
    );
    assert_eq!(code, 0);
    assert_eq!(
        files_below(made.path()),
        files_below(&root().join("data/sample"))
    );
}

/// The guide's figures, and the two places where its arithmetic is off.
#[test]
fn a_quote_gives_the_guides_figures_to_the_dollar() {
    let quote = Case::new()
        .args(["quote", "--users", "100,250,500", "--as-of", "2026-11-20"])
        .any_stdout()
        .run()
        .stdout;
    for figure in [
        "$3,600–4,800",
        "$9,600",
        "$9,000–12,000",
        "$24,000",
        "$18,000–24,000",
        "$48,000",
        "+33–44%",
        "+238%",
        "$2,338.00",
        "$5,784.00",
        "$3,825.00",
        "$11,947.00",
        "prints $11,946",
        "$124,155",
        "prints $124,355",
    ] {
        assert!(quote.contains(figure), "{figure} in\n{quote}");
    }
}
