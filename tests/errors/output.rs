//! Where the report is to go.

use std::fs;
use std::path::Path;

use super::{USERS, beside_a_report, earlier_report, fails, hint, lines};
use crate::case::{AS_OF, Case};

#[test]
fn an_output_folder_that_cannot_be_written() {
    let case = beside_a_report().file("users.csv", USERS);
    let case = case.args([
        "report",
        "DIR",
        "--as-of",
        AS_OF,
        "--out",
        "DIR/users.csv/report",
    ]);
    fails(
        case,
        1,
        &lines(&[
            "error: cannot write DIR/users.csv/report",
            "  because: File exists (os error 17)",
            "",
            hint::ANOTHER_FOLDER,
        ]),
    );
}

/// Root may write anywhere, so this can be seen by ordinary users alone.
#[cfg(unix)]
#[test]
fn an_output_folder_without_permission() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = tempfile::TempDir::new().unwrap();
    let locked = place.path().join("locked");
    fs::create_dir(&locked).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(locked.join("probe"), "").is_ok() {
        return;
    }
    let out = locked.join("report");
    let ran = Case::new()
        .file("users.csv", USERS)
        .args([
            "report",
            "DIR",
            "--as-of",
            AS_OF,
            "--out",
            out.to_str().unwrap(),
        ])
        .status(1)
        .any_stderr()
        .run();
    let start = format!(
        "error: cannot write {}\n  because: Permission denied (os error 13)",
        out.display()
    );
    assert!(ran.stderr.starts_with(&start), "{}", ran.stderr);
}

#[test]
fn an_output_folder_that_is_no_report() {
    let case = beside_a_report()
        .file("users.csv", USERS)
        .file("mine/letter.txt", "dear all");
    let case = case.args(["report", "DIR", "--as-of", AS_OF, "--out", "DIR/mine"]);
    let ran = case
        .status(2)
        .stderr("error: DIR/mine is there already and is not a report\n\nhint: name another folder with --out\n")
        .run();
    assert_eq!(ran.bytes("mine/letter.txt"), b"dear all");
    assert_eq!(&ran.files("out"), earlier_report());
}

#[test]
fn an_output_that_is_a_file() {
    let case = beside_a_report().file("users.csv", USERS);
    let case = case.args(["report", "DIR", "--as-of", AS_OF, "--out", "DIR/users.csv"]);
    let error = lines(&[
        "error: cannot write DIR/users.csv",
        "  because: Not a directory (os error 20)",
        "",
        hint::ANOTHER_FOLDER,
    ]);
    let ran = case.status(1).stderr(error).run();
    assert_eq!(ran.bytes("users.csv"), USERS.as_bytes());
}

#[test]
fn a_report_is_replaced_whole_and_an_empty_folder_filled() {
    let ran = beside_a_report()
        .file("out/charts/old.png", "of an earlier run")
        .file("users.csv", USERS)
        .report()
        .run();
    assert_eq!(&ran.files("out"), earlier_report());
    let ran = Case::new()
        .folder("out")
        .file("users.csv", USERS)
        .report()
        .run();
    assert_eq!(&ran.files("out"), earlier_report());
}

/// What all cases above compare with.
#[test]
fn the_earlier_report_of_these_tests_is_a_real_one() {
    let names: Vec<&str> = earlier_report().keys().map(String::as_str).collect();
    for name in [
        "accounts.csv",
        "findings.csv",
        "report.json",
        "rejects.csv",
        "charts/waste_by_product.png",
    ] {
        assert!(names.contains(&name), "{name} is not among {names:?}");
    }
    assert!(
        names
            .iter()
            .all(|name| Path::new(name).extension().is_some()),
        "{names:?}"
    );
}
