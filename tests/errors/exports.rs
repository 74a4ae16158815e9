//! Files that are no exports, or not the ones that are needed.

use super::{
    PEOPLE, USERS, beside_a_report, earlier_report, hint, lines, report_fails, report_of_fails,
};
use crate::case::{AS_OF, Case};

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
        .stderr(format!(
            "error: cannot read DIR/people.xlsx\n  because: invalid Zip archive: Could not find EOCD\n\n{}",
            hint::READABLE
        ))
        .run();
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
        &lines(&[
            "error: no export found in DIR",
            "  seen and not recognised: notes.md is a page, picture or calendar by its name",
            "",
            hint::WHICH_EXPORTS,
        ]),
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
        warnings.contains(&"1 file or sheet was not read: `seatledger check` names it"),
        "{warnings:?}"
    );
}
