//! The report folder through the command line: whose files are replaced, where a report is refused, which folder
//! it gets by default. The steps in between are tested beside the code.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::case::{Case, files_below, names_in, sample_path, sample_report};

fn run_in(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_seatledger"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the program starts")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("text")
}

fn sample() -> String {
    sample_path("").to_str().expect("text").to_owned()
}

/// What the demo's report consists of.
fn demo() -> BTreeMap<String, Vec<u8>> {
    sample_report().files("out")
}

#[test]
fn the_manifest_has_every_file_with_its_size_and_hash() {
    let files = demo();
    let manifest: serde_json::Value =
        serde_json::from_slice(&files[".seatledger.json"]).expect("JSON");
    assert_eq!(manifest["schema"], "seatledger-files/1");
    assert_eq!(manifest["organisation"], "Northlight Instruments");
    let listed = manifest["files"].as_object().expect("files");
    let names: Vec<&String> = files
        .keys()
        .filter(|name| *name != ".seatledger.json")
        .collect();
    assert_eq!(listed.keys().collect::<Vec<_>>(), names);
    for (name, about) in listed {
        let bytes = &files[name];
        assert_eq!(about["size"], bytes.len(), "{name}");
        let hash = format!("{:016x}", xxhash_rust::xxh3::xxh3_64(bytes));
        assert_eq!(about["xxh3"], hash, "{name}");
    }
}

/// The present folder can't be moved; what else lies in it stays, and a second run replaces the first one's files.
#[test]
fn a_report_into_the_present_folder_leaves_what_else_lies_there() {
    let place = TempDir::new().expect("a folder");
    let own = [
        (".git/HEAD", "ref"),
        ("notes.md", "mine"),
        ("charts/own.png", "mine too"),
    ];
    for (name, text) in own {
        let path = place.path().join(name);
        fs::create_dir_all(path.parent().expect("below")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let mut expected = demo();
    for (name, text) in own {
        expected.insert(name.to_owned(), text.as_bytes().to_vec());
    }
    for day in ["2026-11-19", "2026-11-20"] {
        let output = run_in(
            place.path(),
            &["report", &sample(), "--as-of", day, "--out", "."],
        );
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert!(stderr(&output).ends_with(" files to .\n"));
    }
    assert!(files_below(place.path()) == expected);
}

/// A project that happens to have a `report.json`.
#[test]
fn a_project_folder_is_not_taken_for_a_report() {
    let ran = Case::sample_in("exports/")
        .file("project/report.json", r#"{"schema": "coverage"}"#)
        .file("project/.git/HEAD", "ref: refs/heads/main")
        .file("project/src/main.rs", "fn main() {}")
        .args(["report", "DIR/exports", "--out", "DIR/project"])
        .status(2)
        .stderr(
            "error: DIR/project has files that no report wrote, by names that the report needs: report.json\n\n\
             hint: name another folder with --out, or move them away\n",
        )
        .run();
    assert_eq!(ran.files("project").len(), 3);
}

#[test]
fn the_folder_of_the_exports_is_refused_before_anything_is_read() {
    for (out, input) in [
        ("DIR/exports", "DIR/exports"),
        ("DIR/exports", "DIR/exports/export-users.csv"),
        ("DIR", "DIR/exports"),
    ] {
        Case::sample_in("exports/")
            .file("exports/export-users.csv", "not an export any more")
            .args(["report", input, "--out", out])
            .status(2)
            .stderr(format!(
                "error: {out} is no place for the report: the exports are in it ({input})\n\n\
                 hint: name a folder for the report alone, such as --out {out}/report\n"
            ))
            .run();
    }
    // Without a path the exports are in the present folder, and so is the report below it.
    let place = TempDir::new().expect("a folder");
    let output = run_in(place.path(), &["report", "--out", "."]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("such as --out ./report\n"),
        "{}",
        stderr(&output)
    );
}

/// An edited file stops the run by name before anything is read, and `--replace-edited` goes on.
#[test]
fn an_edited_file_stops_the_run_before_the_long_work() {
    let place = TempDir::new().expect("a folder");
    let report = |input: &str, more: &[&str]| {
        let mut arguments = vec!["report", input, "--as-of", "2026-11-20", "--out", "out"];
        arguments.extend(more);
        run_in(place.path(), &arguments)
    };
    assert_eq!(report(&sample(), &[]).status.code(), Some(0));
    let edited = place.path().join("out/findings.csv");
    fs::write(&edited, "my notes").expect("a file");
    let output = report("/nowhere/at/all", &[]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        stderr(&output),
        "error: files of the report in out were edited since it was written: findings.csv\n\n\
         hint: copy what you want to keep, or name another folder with --out; --replace-edited writes over them\n"
    );
    assert_eq!(fs::read(&edited).expect("there"), b"my notes");
    assert_eq!(
        report(&sample(), &["--replace-edited"]).status.code(),
        Some(0)
    );
    assert!(files_below(&place.path().join("out")) == demo());
}

/// Names that differ in capitals alone, and organisations without a name.
#[test]
fn two_organisations_get_folders_of_their_own() {
    let place = TempDir::new().expect("a folder");
    for (folder, name, domain) in [
        ("one", "name = \"Acme Ltd.\"\n", "one.example"),
        ("two", "name = \"acme ltd\"\n", "two.example"),
        ("three", "", "three.example"),
        ("four", "", "four.example"),
    ] {
        let exports = place.path().join(folder);
        fs::create_dir(&exports).expect("a folder");
        let config =
            format!("[organisation]\n{name}domains = [\"{domain}\"]\nas_of = 2026-11-20\n");
        fs::write(exports.join("seatledger.toml"), config).expect("a file");
        let people =
            format!("Email,Name,Status\nana@{domain},Ana,active\nben@{domain},Ben,active\n");
        fs::write(exports.join("people.csv"), people).expect("a file");
    }
    let folders = || names_in(&place.path().join("reports"));
    for round in 0..2 {
        for exports in ["one", "two", "three", "four"] {
            let output = run_in(place.path(), &["report", exports]);
            assert_eq!(
                output.status.code(),
                Some(0),
                "{round} {exports}: {}",
                stderr(&output)
            );
        }
        let names = folders();
        assert_eq!(names.len(), 4, "{names:?}");
        assert!(
            names.contains(&"acme-ltd-2026-11-20".to_owned()),
            "{names:?}"
        );
        assert!(
            names.contains(&"organisation-2026-11-20".to_owned()),
            "{names:?}"
        );
    }
}

/// Where no folder can be made above the report, it is written inside.
#[cfg(unix)]
#[test]
fn a_parent_that_cannot_be_written_is_no_hindrance() {
    use std::os::unix::fs::PermissionsExt;
    let place = TempDir::new().expect("a folder");
    let out = place.path().join("closed/out");
    fs::create_dir_all(&out).expect("a folder");
    let close = |mode| {
        let permissions = fs::Permissions::from_mode(mode);
        fs::set_permissions(place.path().join("closed"), permissions).expect("set");
    };
    close(0o555);
    // To the superuser nothing is closed; the report is written all the same.
    for day in ["2026-11-19", "2026-11-20"] {
        let out = out.to_str().expect("text");
        let output = run_in(
            place.path(),
            &["report", &sample(), "--as-of", day, "--out", out],
        );
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
    assert!(files_below(&out) == demo());
    close(0o755);
}
