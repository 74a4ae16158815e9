//! What stops a run: the whole text, the exit code, and an earlier report left as it was.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
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
    pub(super) const ANOTHER_FOLDER: &str =
        "hint: choose another folder with --out, or free the one in the way\n";
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

#[test]
fn an_empty_file() {
    report_fails(
        &[("users.csv", b"")],
        &lines(&[
            "error: users.csv: the file is empty",
            "",
            hint::EXPORT_AGAIN,
        ]),
    );
    report_fails(
        &[("users.csv", b"\xef\xbb\xbf\r\n\r\n")],
        &lines(&[
            "error: users.csv: the file is empty",
            "",
            hint::EXPORT_AGAIN,
        ]),
    );
}

#[test]
fn a_header_alone() {
    let header = |text: &'static str| text.lines().next().unwrap().as_bytes();
    report_fails(
        &[("users.csv", header(USERS))],
        &lines(&[
            "error: users.csv: a header and no records",
            "",
            hint::WHOLE_USERS,
        ]),
    );
    report_fails(
        &[
            ("users.csv", USERS.as_bytes()),
            ("people.csv", header(PEOPLE)),
        ],
        "error: people.csv: a header and no records\n\n\
         hint: export the file again; an empty directory would make everyone a leaver\n",
    );
    report_fails(
        &[(
            "managed.csv",
            b"Name,Email,Atlassian ID,Status,Last active date [UTC]\r\n",
        )],
        "error: managed.csv: a header and no records\n\n\
         hint: an organisation without a claimed domain has no managed accounts; leave the file out\n",
    );
}

#[test]
fn a_file_of_zeros() {
    report_fails(
        &[("users.csv", &[0; 4096])],
        &lines(&[
            "error: no export found in DIR",
            "  seen and not recognised: users.csv is binary data",
            "",
            hint::WHICH_EXPORTS,
        ]),
    );
    report_of_fails(
        beside_a_report().file("users.csv", [0; 4096]),
        &["DIR/users.csv"],
        &lines(&[
            "error: users.csv: not a known export: is binary data",
            "",
            hint::KNOWN_EXPORTS,
        ]),
    );
}

#[test]
fn the_same_file_given_twice() {
    report_of_fails(
        beside_a_report().file("users.csv", USERS),
        &["DIR/users.csv", "DIR/users.csv"],
        &lines(&[
            "error: DIR/users.csv and DIR/users.csv are the same data, given twice",
            "",
            hint::ONCE,
        ]),
    );
    report_of_fails(
        beside_a_report().file("users.csv", USERS),
        &["DIR", "DIR/users.csv"],
        &lines(&[
            "error: DIR/users.csv and DIR/users.csv are the same data, given twice",
            "",
            hint::ONCE,
        ]),
    );
}

#[test]
fn the_same_content_under_two_names() {
    report_fails(
        &[
            ("users.csv", USERS.as_bytes()),
            ("people.csv", PEOPLE.as_bytes()),
            ("people (1).csv", PEOPLE.as_bytes()),
        ],
        &lines(&[
            "error: DIR/people (1).csv and DIR/people.csv are the same data, given twice",
            "",
            hint::ONCE,
        ]),
    );
}

#[test]
fn the_same_folder_twice() {
    report_of_fails(
        beside_a_report()
            .file("in/users.csv", USERS)
            .file("in/people.csv", PEOPLE),
        &["DIR/in", "DIR/in"],
        &lines(&[
            "error: DIR/in/people.csv and DIR/in/people.csv are the same data, given twice",
            "",
            hint::ONCE,
        ]),
    );
    report_of_fails(
        beside_a_report().file("in/users.csv", USERS),
        &["DIR/in", "DIR/out/../in"],
        &lines(&[
            "error: DIR/in/users.csv and DIR/out/../in/users.csv are the same data, given twice",
            "",
            hint::ONCE,
        ]),
    );
}

#[test]
fn a_pdf() {
    report_fails(
        &[("users.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")],
        &lines(&[
            "error: no export found in DIR",
            "  seen and not recognised: users.csv is a PDF document",
            "",
            hint::WHICH_EXPORTS,
        ]),
    );
    report_of_fails(
        beside_a_report().file("users.pdf", "%PDF-1.7\n"),
        &["DIR/users.pdf"],
        &lines(&[
            "error: users.pdf: not a known export: is a PDF document",
            "",
            hint::KNOWN_EXPORTS,
        ]),
    );
}

#[test]
fn other_files_that_are_no_exports() {
    report_fails(
        &[
            ("a.csv", b"<!DOCTYPE html><title>Sign in</title>"),
            ("b.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
            ("c.csv", b"colour,shape\nred,round\n"),
        ],
        &lines(&[
            "error: no export found in DIR",
            "  seen and not recognised: a.csv is an HTML or XML page; \
             b.xls is an old Excel workbook (.xls): save it as .xlsx or CSV; c.csv has the columns colour, shape",
            "",
            hint::WHICH_EXPORTS,
        ]),
    );
}

#[test]
fn a_workbook_that_is_none() {
    let ran = beside_a_report()
        .file(
            "people.xlsx",
            b"PK\x03\x04 and then nothing that is a zip archive",
        )
        .args([
            "report",
            "DIR/people.xlsx",
            "--as-of",
            AS_OF,
            "--out",
            "DIR/out",
        ])
        .status(1)
        .any_stderr()
        .run();
    assert!(
        ran.stderr
            .starts_with("error: cannot read DIR/people.xlsx\n  because: "),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr.ends_with(&format!("\n\n{}", hint::READABLE)),
        "{}",
        ran.stderr
    );
    assert_eq!(&ran.files("out"), earlier_report());
}

#[test]
fn a_folder_without_exports() {
    report_fails(
        &[],
        &lines(&["error: no export found in DIR", "", hint::WHICH_EXPORTS]),
    );
    report_fails(
        &[
            ("notes.md", b"# notes\n"),
            (".hidden.csv", USERS.as_bytes()),
        ],
        &lines(&["error: no export found in DIR", "", hint::WHICH_EXPORTS]),
    );
}

#[test]
fn a_path_that_is_not_there() {
    report_of_fails(
        beside_a_report(),
        &["DIR/exports"],
        &lines(&[
            "error: cannot read DIR/exports",
            "  because: No such file or directory (os error 2)",
            "",
            hint::READABLE,
        ]),
    );
}

#[test]
fn a_roster_without_addresses() {
    report_fails(
        &[
            ("users.csv", USERS.as_bytes()),
            (
                "staff.csv",
                b"employee_id,name,department,job_title,status,hire_date,termination_date\n\
                  E1,Ana Ruiz,IT,Administrator,Active,2020-01-07,\n",
            ),
        ],
        "error: staff.csv: no column of addresses; I saw these columns: \
         employee_id, department, status, termination_date, name, job_title, hire_date\n\n\
         hint: name the column of addresses under [input.columns] in seatledger.toml (email = \"…\"), or add an \
         identity provider's export that has the same employee ids and addresses\n",
    );
}

#[test]
fn a_row_too_short_or_too_long() {
    let users = format!(
        "{USERS}712020:c3,Cy Diaz,cy@acme.example,Active\n712020:d4,Di,Eng,di@acme.example,Active,,,,\n"
    );
    report_fails(
        &[("users.csv", users.as_bytes())],
        &lines(&[
            "error: users.csv:4: \"(whole record)\" is \"4 cells\"",
            "  expected 8 cells, as the header has",
            "error: users.csv:5: \"(whole record)\" is \"9 cells\"",
            "  expected 8 cells, as the header has",
            "",
            hint::CORRECT_LINES,
        ]),
    );
    let people = format!("{PEOPLE}cy@acme.example\n");
    report_fails(
        &[
            ("users.csv", USERS.as_bytes()),
            ("people.csv", people.as_bytes()),
        ],
        &lines(&[
            "error: people.csv:4: \"(whole record)\" is \"1 cells\"",
            "  expected 3 cells, as the header has",
            "",
            hint::CORRECT_LINES,
        ]),
    );
    report_fails(
        &[(
            "managed.csv",
            b"Name,Email,Atlassian ID,Status,Last active date [UTC]\nAna,ana@acme.example,712020:a1,Active\n",
        )],
        &lines(&[
            "error: managed.csv:2: \"(whole record)\" is \"4 cells\"",
            "  expected 5 cells, as the header has",
            "",
            hint::CORRECT_LINES,
        ]),
    );
}

#[test]
fn an_invalid_date() {
    report_fails(
        &[(
            "users.csv",
            USERS.replace("12 Nov 2026", "31 Nov 2026").as_bytes(),
        )],
        &lines(&[
            "error: users.csv:2: \"Last seen in Jira - acme\" is \"31 Nov 2026\"",
            &format!("  {A_DAY}"),
            "",
            hint::CORRECT_LINES,
        ]),
    );
    report_fails(
        &[
            ("users.csv", USERS.as_bytes()),
            (
                "hr.csv",
                b"Work Email,Termination Date\nana@acme.example,soon\n",
            ),
        ],
        &lines(&[
            "error: hr.csv:2: \"Termination Date\" is \"soon\"",
            &format!("  {A_DAY}"),
            "",
            hint::CORRECT_LINES,
        ]),
    );
}

#[test]
fn an_unknown_status() {
    report_fails(
        &[(
            "users.csv",
            USERS
                .replace("ana@acme.example,Active", "ana@acme.example,Actve")
                .as_bytes(),
        )],
        &lines(&[
            "error: users.csv:2: \"User status\" is \"Actve\"",
            "  expected one of \"Active\", \"Suspended\", \"Deactivated\"",
            "",
            hint::CORRECT_LINES,
        ]),
    );
    report_fails(
        &[(
            "managed.csv",
            b"Name,Email,Atlassian ID,Status,Last active date [UTC]\nAna,ana@acme.example,712020:a1,Sleeping,\n",
        )],
        &lines(&[
            "error: managed.csv:2: \"Status\" is \"Sleeping\"",
            "  expected one of \"Active\", \"Deactivated\", \"Disabled\"",
            "",
            hint::CORRECT_LINES,
        ]),
    );
}

#[test]
fn no_id_and_no_address() {
    report_fails(
        &[(
            "users.csv",
            format!("{USERS},Cy Diaz,not an address,Active,,,,\n").as_bytes(),
        )],
        &lines(&[
            "error: users.csv:4: \"email\" is \"not an address\"",
            "  expected an account id or an address",
            "",
            hint::CORRECT_LINES,
        ]),
    );
}

#[test]
fn faults_of_all_files_come_at_once_ten_in_full_and_the_rest_counted() {
    let faulty = |count: usize| -> String {
        (0..count)
            .map(|n| format!("x{n},X,x{n}@acme.example,Actve,,,,\n"))
            .collect()
    };
    let mut expected = String::from("error: ");
    for line in 4..14 {
        expected.push_str(&format!(
            "users.csv:{line}: \"User status\" is \"Actve\"\n  expected one of \"Active\", \"Suspended\", \"Deactivated\"\nerror: "
        ));
    }
    let expected = expected.trim_end_matches("error: ");
    let header = USERS.lines().next().unwrap();
    report_fails(
        &[
            ("users.csv", format!("{USERS}{}", faulty(12)).as_bytes()),
            ("users2.csv", format!("{header}\n{}", faulty(3)).as_bytes()),
        ],
        &format!(
            "{expected}and 5 more such records\n\n{}",
            hint::CORRECT_LINES
        ),
    );
}

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

#[test]
fn googles_upload_template() {
    report_fails(
        &[(
            "users.csv",
            b"First Name [Required],Last Name [Required],Email Address [Required],Password [Required],\
              Password Hash Function [UPLOAD ONLY],Org Unit Path [Required],New Primary Email [UPLOAD ONLY],\
              Recovery Email,Department,Change Password at Next Sign-In,New Status [UPLOAD ONLY]\n\
              Ann,Lee,ann@acme.example,****,,/,,,,True,\n",
        )],
        "error: users.csv: Google's upload template: it has no \"Status [READ ONLY]\" column, so it is not an export\n\n\
         hint: in the Google Admin console open Directory > Users > Download users, and take all columns\n",
    );
}

#[test]
fn reports_that_are_no_directories() {
    let export_people = "hint: export the people instead (Rockstar's Export Users, the Password Health report, \
        or the users API)\n";
    report_fails(
        &[(
            "assignments.csv",
            b"User,Login,Application name,Application instance,Application login,Assigned on,Unassigned on,Last login,\
              Last password change\nAna Ruiz,ana@acme.example,Jira,jira,ana@acme.example,,,,\n",
        )],
        &lines(&[
            "error: assignments.csv: Okta's assignments report: it lists applications and has no status of people",
            "",
            export_people,
        ]),
    );
    report_fails(
        &[(
            "app users.csv",
            b"id,userName,scope,externalId,firstName,lastName,syncState,salesforceGroups,samlRoles,groupName\n\
              00u1,ana@acme.example,USER,,Ana,Ruiz,DISABLED,,,\n",
        )],
        &lines(&[
            "error: app users.csv: Okta's app users export: it has neither a status nor an address of people",
            "",
            export_people,
        ]),
    );
}

#[test]
fn a_report_of_seatledger_is_no_export() {
    let accounts = earlier_report()["accounts.csv"].clone();
    report_fails(
        &[("accounts.csv", &accounts)],
        "error: accounts.csv: a report of seatledger itself\n\nhint: give the exports that the report was made from\n",
    );
}

#[test]
fn old_atlassian_layouts() {
    let refused = |layout: &str| {
        lines(&[
            &format!(
                "error: users.csv: an Atlassian users export of {layout}, which lacks the facts that bills need"
            ),
            "",
            hint::NEWER_USERS,
        ])
    };
    report_fails(
        &[(
            "users.csv",
            b"id,name,email,active,created,Last seen in Jira Software,Last seen in Jira Service Desk,\
              Last seen in Confluence\n1,Ana,ana@acme.example,Yes,3 Jan 2020,4 Jan 2021,Never logged in,Never logged in\n",
        )],
        &refused("before September 2021"),
    );
    report_fails(
        &[(
            "users.csv",
            b"group_name,username,full_name,email,active,created,Last active in Confluence,Last active in Stride,\
              Last active in Jira,Jira Service Desk,Jira Software,Confluence\n\
              staff,ana,Ana Ruiz,ana@acme.example,Yes,Before 11 Feb 2017,Not active in the last 180 days,\
              Never logged in,4 Jan 2018,No,Yes,Yes\n",
        )],
        &refused("2018"),
    );
    report_fails(
        &[(
            "users.csv",
            b"group_name,username,full_name,email,active,last_login,last_session,Jira Service Desk,Jira Software,\
              Jira Core,Confluence\nstaff,ana,Ana Ruiz,ana@acme.example,Yes,14 Dec 2012 15:31:57,,No,Yes,No,Yes\n",
        )],
        &refused("about 2016"),
    );
}

#[test]
fn an_atlassian_export_with_columns_cut_away() {
    report_fails(
        &[(
            "users.csv",
            b"User id,User name,email,Added to org\n1,Ana,ana@acme.example,3 Jan 2024\n",
        )],
        "error: users.csv: a users export without the column \"User status\"; it has User id, User name, email, \
         Added to org\n\nhint: export the users again and keep every column\n",
    );
}

const AMBIGUOUS: &str = "Work Email,Status,Termination Date\n\
    ana@acme.example,Active,\n\
    ben@acme.example,Active,03/04/2025\n";

#[test]
fn ambiguous_dates_without_the_option() {
    report_fails(
        &[
            ("users.csv", USERS.as_bytes()),
            ("hr.csv", AMBIGUOUS.as_bytes()),
        ],
        &lines(&[
            "error: hr.csv: the days in \"Termination Date\" can be read two ways, for example \"03/04/2025\"",
            "",
            hint::DATE_ORDER,
        ]),
    );
}

#[test]
fn ambiguous_dates_with_the_option() {
    let left_by = |order: &str, as_of: &str| {
        let ran = Case::new()
            .file("users.csv", USERS)
            .file("hr.csv", AMBIGUOUS)
            .args([
                "report",
                "DIR",
                "--as-of",
                as_of,
                "--out",
                "DIR/out",
                "--date-order",
                order,
            ])
            .any_stdout()
            .any_stderr()
            .run();
        let accounts = ran.csv("accounts.csv");
        accounts.column("standing")[1].to_owned()
    };
    // 3 April or 4 March: on the day between, only one of them has come.
    assert_eq!(left_by("day-first", "2025-03-20"), "current");
    assert_eq!(left_by("month-first", "2025-03-20"), "orphaned");
    assert_eq!(left_by("day-first", "2025-04-03"), "orphaned");
}

#[test]
fn the_option_in_the_configuration_settles_dates_too() {
    let ran = Case::new()
        .file("seatledger.toml", "[input]\ndate_order = \"month-first\"\n")
        .file("users.csv", USERS)
        .file("hr.csv", AMBIGUOUS)
        .args(["report", "DIR", "--as-of", "2025-03-20", "--out", "DIR/out"])
        .any_stdout()
        .any_stderr()
        .run();
    assert_eq!(
        ran.csv("accounts.csv").column("standing"),
        ["current", "orphaned"]
    );
}

#[test]
fn a_column_that_proves_its_order_needs_no_option() {
    let hr = format!("{AMBIGUOUS}cy@acme.example,Active,28/08/2024\n");
    let ran = Case::new()
        .file("users.csv", USERS)
        .file("hr.csv", hr)
        .args([
            "report",
            "DIR",
            "--as-of",
            "2025-03-20",
            "--out",
            "DIR/out",
            "--date-order",
            "month-first",
        ])
        .any_stdout()
        .any_stderr()
        .run();
    // Day first, whatever the option says: 3 April has not come.
    assert_eq!(
        ran.csv("accounts.csv").column("standing"),
        ["current", "current"]
    );
}

#[test]
fn mixed_orders() {
    let hr =
        format!("{AMBIGUOUS}cy@acme.example,Active,28/08/2024\ndi@acme.example,Active,8/19/2021\n");
    let files: [(&str, &[u8]); 2] = [("users.csv", USERS.as_bytes()), ("hr.csv", hr.as_bytes())];
    let expected = "error: hr.csv: \"Termination Date\" has 1 days written day first and 1 written month first\n\n\
         hint: export the file again with one form of date, best 2026-11-30\n";
    report_fails(&files, expected);
    report_with_fails(&files, &["--date-order", "day-first"], 1, expected);
}

#[test]
fn mixed_orders_without_an_ambiguous_day() {
    let hr = "Work Email,Status,Termination Date\n\
        ana@acme.example,Active,28/08/2024\nben@acme.example,Active,8/19/2021\n";
    let ran = Case::new()
        .file("users.csv", USERS)
        .file("hr.csv", hr)
        .report()
        .run();
    assert_eq!(
        ran.csv("accounts.csv").column("standing"),
        ["orphaned", "orphaned"]
    );
}

#[test]
fn a_list_of_leavers_that_nobody_said_to_be_one() {
    let leavers: String = (0..6)
        .map(|n| format!("p{n}@acme.example,2026-0{}-01\n", n + 1))
        .collect();
    report_fails(
        &[
            ("users.csv", USERS.as_bytes()),
            (
                "leavers.csv",
                format!("Email,Termination Date\n{leavers}").as_bytes(),
            ),
        ],
        "error: leavers.csv: nearly everyone of its 6 people has left: it looks like a list of leavers alone\n\n\
         hint: say so with --leavers-only leavers.csv or leavers_only in seatledger.toml; as a roster it would make \
         everyone else a stranger\n",
    );
}

#[test]
fn an_unknown_key_of_the_configuration() {
    report_fails(
        &[
            ("users.csv", USERS.as_bytes()),
            (
                "seatledger.toml",
                b"[organisation]\nname = \"Acme\"\ncurency = \"USD\"\n",
            ),
        ],
        "error: seatledger.toml:3: unknown field `curency`, expected one of `name`, `as_of`, `currency`, `domains`, \
         `own_sites`, `sandbox_sites`, `identity_provider`\n\nhint: did you mean `currency`?\n",
    );
}

#[test]
fn a_wrong_type_in_the_configuration() {
    report_fails(
        &[
            ("users.csv", USERS.as_bytes()),
            ("seatledger.toml", b"[thresholds]\ngrace = \"many\"\n"),
        ],
        "error: seatledger.toml:2: invalid type: string \"many\", expected u32\n",
    );
    report_fails(
        &[
            ("users.csv", USERS.as_bytes()),
            ("seatledger.toml", b"[organisation]\n\nas_of = 20\n"),
        ],
        "error: seatledger.toml:3: expected a day such as 2026-11-30, found integer\n",
    );
}

#[test]
fn a_configuration_that_is_no_toml() {
    let ran = beside_a_report()
        .file("users.csv", USERS)
        .file("seatledger.toml", "[organisation]\nname = Acme\n")
        .args(["report", "DIR", "--as-of", AS_OF, "--out", "DIR/out"])
        .status(1)
        .any_stderr()
        .run();
    assert!(
        ran.stderr.starts_with("error: seatledger.toml:2: "),
        "{}",
        ran.stderr
    );
    assert_eq!(&ran.files("out"), earlier_report());
}

#[test]
fn values_of_the_configuration_that_cannot_be() {
    for (toml, error) in [
        (
            "[organisation]\ncurrency = \"dollars\"\n",
            "error: seatledger.toml:2: `currency` is \"dollars\": ",
        ),
        (
            "[[product]]\nproduct = \"Jira\"\nprice = \"nine\"\n",
            "error: seatledger.toml:3: `price` is \"nine\": ",
        ),
        (
            "[[product]]\nproduct = \"Jira\"\ndiscount_percent = \"120\"\n",
            "error: seatledger.toml:3: `discount_percent` is \"120\", which is not between 0 and 100",
        ),
        (
            "[input.columns]\nmail = \"Contact\"\n",
            "error: seatledger.toml:2: [input.columns] has \"mail\", which is nothing that a column can say",
        ),
    ] {
        let ran = beside_a_report()
            .file("users.csv", USERS)
            .file("seatledger.toml", toml)
            .args(["report", "DIR", "--as-of", AS_OF, "--out", "DIR/out"])
            .status(1)
            .any_stderr()
            .run();
        assert!(ran.stderr.starts_with(error), "{}", ran.stderr);
        assert_eq!(&ran.files("out"), earlier_report());
    }
}

#[test]
fn two_configurations() {
    let case = beside_a_report()
        .file("a/users.csv", USERS)
        .file("a/seatledger.toml", "")
        .file("b/people.csv", PEOPLE)
        .file("b/seatledger.toml", "[guard]\n")
        .args([
            "report", "DIR/a", "DIR/b", "--as-of", AS_OF, "--out", "DIR/out",
        ]);
    fails(
        case,
        2,
        "error: two configurations: DIR/a/seatledger.toml and DIR/b/seatledger.toml\n\n\
         hint: say which one holds with --config FILE\n",
    );
}

#[test]
fn a_day_that_is_none() {
    let case = beside_a_report().file("users.csv", USERS).args([
        "report",
        "DIR",
        "--as-of",
        "20.11.2026",
        "--out",
        "DIR/out",
    ]);
    fails(
        case,
        2,
        "error: \"20.11.2026\" is not a day; write it as 2026-11-30\n\nhint: for example --as-of 2026-11-30\n",
    );
}

#[test]
fn faulty_rows_are_left_out_and_listed_when_asked() {
    let users = format!("{USERS}712020:c3,Cy Diaz,cy@acme.example,Actve,,,,\n712020:d4,Di Eng\n");
    let ran = Case::new()
        .file("users.csv", users)
        .file("people.csv", PEOPLE)
        .report()
        .args(["--skip-bad-rows"])
        .run();
    assert_eq!(
        String::from_utf8(ran.bytes("out/rejects.csv")).unwrap(),
        "file,line,column,value,reason,expected\n\
         users.csv,4,User status,Actve,unknown status,\"one of \"\"Active\"\", \"\"Suspended\"\", \"\"Deactivated\"\"\"\n\
         users.csv,5,(whole record),2 cells,wrong number of cells,\"8 cells, as the header has\"\n"
    );
    let counts = &ran.json()["counts"];
    assert_eq!(
        (&counts["records"], &counts["accepted"], &counts["rejected"]),
        (&6.into(), &4.into(), &2.into())
    );
}

#[test]
fn a_file_that_is_no_export_beside_exports_is_said_and_passed_over() {
    let ran = Case::new()
        .file("users.csv", USERS)
        .file("people.csv", PEOPLE)
        .file("colours.csv", "colour,shape\nred,round\n")
        .report()
        .run();
    let json = ran.json();
    let warnings: Vec<&str> = json["summary"]["warnings"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|w| w.as_str())
        .collect();
    assert!(
        warnings.contains(&"not read: colours.csv has the columns colour, shape"),
        "{warnings:?}"
    );
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
