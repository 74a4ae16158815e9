//! What stops a run: the whole text, the exit code, and an earlier report left as it was.

mod commands;
mod configuration;
mod contract;
mod currency;
mod exports;
mod json;
mod output;
mod records;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::case::{AS_OF, Case};

const USERS: &str = "\
User id,User name,email,User status,Added to org,Org role,Jira - acme,Last seen in Jira - acme
712020:a1,Ana Ruiz,ana@acme.example,Active,3 Jan 2024,,User,12 Nov 2026
712020:b2,Ben Cho,ben@acme.example,Active,15 Aug 2026,,User,Never accessed
";
const PEOPLE: &str = "\
email,status,department
ana@acme.example,Active,IT
ben@acme.example,Terminated,Sales
";

/// The words of hints that several errors share.
mod hint {
    pub(super) const EXPORT_AGAIN: &str = "hint: export it again\n";
    pub(super) const CORRECT_LINES: &str = "hint: correct the lines or export the file again; \
        --skip-bad-rows leaves these records out and lists them in rejects.csv\n";
    pub(super) const ONCE: &str = "hint: name each export once\n";
    pub(super) const WHICH_EXPORTS: &str = "hint: export the users from admin.atlassian.com and the people from \
        your directory as CSV; the README says where each console has it\n";
    pub(super) const KNOWN_EXPORTS: &str = "hint: the README lists the exports that are read; a roster needs a \
        column of addresses, or [input.columns] in seatledger.toml\n";
    pub(super) const NEWER_USERS: &str =
        "hint: export the users again from admin.atlassian.com: Directory > Users > Export users\n";
    pub(super) const WHOLE_USERS: &str =
        "hint: export the users again, with \"All users\" and all products\n";
    pub(super) const READABLE: &str = "hint: check the path and the permission to read it\n";
    pub(super) const DATE_ORDER: &str = "hint: say which with --date-order day-first or month-first, or with \
        date_order under [input] in seatledger.toml\n";
}

const A_DAY: &str = "expected a day such as 2026-11-30, 30 Nov 2026, 2026/11/30, 11/30/2026 or 30.11.2026, \
    or \"Never accessed\"";

/// The bytes of a report, made once.
fn earlier_report() -> &'static BTreeMap<String, Vec<u8>> {
    static REPORT: OnceLock<BTreeMap<String, Vec<u8>>> = OnceLock::new();
    REPORT.get_or_init(|| {
        Case::new()
            .file("users.csv", USERS)
            .report()
            .run()
            .files("out")
    })
}

/// A case with an earlier report where the next one would go.
fn beside_a_report() -> Case {
    earlier_report()
        .iter()
        .fold(Case::new(), |case, (name, bytes)| {
            case.file(&format!("out/{name}"), bytes)
        })
}

/// Runs a report that has to fail with this text, and to leave the earlier report and nothing beside it.
#[track_caller]
fn fails(case: Case, status: u8, stderr: &str) {
    let ran = case.status(status).stderr(stderr).run();
    assert_eq!(
        &ran.files("out"),
        earlier_report(),
        "the earlier report has changed"
    );
    let left: Vec<String> = ran
        .files("")
        .into_keys()
        .filter(|name| name.contains(".seatledger-"))
        .collect();
    assert!(left.is_empty(), "left behind: {left:?}");
}

/// `report DIR` with files that make it fail.
#[track_caller]
fn report_fails(files: &[(&str, &[u8])], stderr: &str) {
    report_with_fails(files, &[], 1, stderr);
}

#[track_caller]
fn report_with_fails(files: &[(&str, &[u8])], options: &[&str], status: u8, stderr: &str) {
    let case = files.iter().fold(beside_a_report(), |case, (name, bytes)| {
        case.file(name, bytes)
    });
    let case = case.args(["report", "DIR", "--as-of", AS_OF, "--out", "DIR/out"]);
    fails(case.args(options.iter().copied()), status, stderr);
}

/// `report` of files named one by one.
#[track_caller]
fn report_of_fails(case: Case, paths: &[&str], stderr: &str) {
    let case = case
        .args(["report", "--as-of", AS_OF, "--out", "DIR/out"])
        .args(paths.iter().copied());
    fails(case, 1, stderr);
}

fn lines(parts: &[&str]) -> String {
    parts.join("\n")
}
