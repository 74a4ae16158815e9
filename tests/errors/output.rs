//! Where the report is to go.

use std::fs;
use std::path::Path;

use super::{USERS, beside_a_report, earlier_report, fails, lines};
use crate::case::{AS_OF, Case};

const A_FOLDER: &str = "hint: name a folder for the report with --out\n";

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
        2,
        &lines(&["error: DIR/users.csv is no folder", "", A_FOLDER]),
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

/// What the user has in the folder stays; a file of a name that the report needs is refused before anything is read.
#[test]
fn an_output_folder_that_is_no_report() {
    let ran = Case::new()
        .file("users.csv", USERS)
        .file("out/letter.txt", "dear all")
        .report()
        .any_stderr()
        .run();
    let mut expected = earlier_report().clone();
    expected.insert("letter.txt".to_owned(), b"dear all".to_vec());
    assert_eq!(ran.files("out"), expected);

    let ran = Case::new()
        .file("users.csv", "no export")
        .file("mine/findings.csv", "dear all")
        .args(["report", "DIR", "--as-of", AS_OF, "--out", "DIR/mine"])
        .status(2)
        .stderr(
            "error: DIR/mine has files that no report wrote, by names that the report needs: findings.csv\n\n\
             hint: name another folder with --out, or move them away\n",
        )
        .run();
    assert_eq!(ran.files("mine").len(), 1);
}

#[test]
fn an_output_that_is_a_file() {
    let case = beside_a_report().file("users.csv", USERS);
    let case = case.args(["report", "DIR", "--as-of", AS_OF, "--out", "DIR/users.csv"]);
    let error = lines(&["error: DIR/users.csv is a file", "", A_FOLDER]);
    let ran = case.status(2).stderr(error).run();
    assert_eq!(ran.bytes("users.csv"), USERS.as_bytes());
}

#[test]
fn a_report_is_replaced_whole_and_an_empty_folder_filled() {
    let ran = beside_a_report()
        .file("out/charts/own.png", "the user's own")
        .file("users.csv", USERS)
        .report()
        .any_stderr()
        .run();
    let mut expected = earlier_report().clone();
    expected.insert("charts/own.png".to_owned(), b"the user's own".to_vec());
    assert_eq!(ran.files("out"), expected);
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
