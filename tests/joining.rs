//! Whose records are one person: by address, by employee id, and what several records say together.

use crate::case::{Case, Ran};

const USERS: &str = "\
User id,User name,email,User status,Added to org,Org role,Jira - harbour,Last seen in Jira - harbour
u1,Ana Ruiz,ana@harbour.example,Active,3 Jan 2024,,User,12 Nov 2026
u2,Ben Cho,ben@harbour.example,Active,3 Jan 2024,,User,12 Nov 2026
u3,Cy Diaz,cy@harbour.example,Active,3 Jan 2024,,User,12 Nov 2026
";

fn report(files: &[(&str, &str)]) -> Ran {
    let case = Case::new().file("users.csv", USERS);
    let with = |case: Case, (name, text): &(&str, &str)| case.file(name, text);
    files.iter().fold(case, with).report().run()
}

/// Each account's standing, and how many people count as present and left.
fn told(ran: &Ran) -> String {
    let standings = ran.csv("accounts.csv").shown(&["email", "standing"]);
    let short: Vec<String> = standings
        .iter()
        .map(|line| line.replace("@harbour.example | ", " "))
        .collect();
    let counts = &ran.json()["counts"];
    format!(
        "{}; {} present, {} left",
        short.join(", "),
        counts["people_present"],
        counts["people_left"]
    )
}

/// The warning that holds this text.
#[track_caller]
fn warned(ran: &Ran, text: &str) {
    let json = ran.json();
    let warnings = json["summary"]["warnings"].as_array().expect("warnings");
    let is_it = |warning: &serde_json::Value| warning.as_str().is_some_and(|w| w.contains(text));
    assert!(
        warnings.iter().any(is_it),
        "{text:?} is not in {warnings:#?}"
    );
}

#[track_caller]
fn not_warned(ran: &Ran, text: &str) {
    let json = ran.json();
    assert!(
        !json["summary"]["warnings"].to_string().contains(text),
        "{}",
        json["summary"]["warnings"]
    );
}

const IDP: &str = "\
email,status,employee id
ana@harbour.example,Active,E1
ben@harbour.example,Active,E2
cy@harbour.example,Active,E3
";

#[test]
fn an_employee_id_brings_a_record_without_an_address_to_its_person() {
    let ran = report(&[
        ("idp.csv", IDP),
        ("hr.csv", "employee id,status\nE1,Terminated\nE2,Active\n"),
    ]);
    assert_eq!(
        told(&ran),
        "ana orphaned, ben current, cy current; 2 present, 1 left"
    );
    not_warned(&ran, "employee id");
}

#[test]
fn records_with_addresses_that_differ_are_never_joined_by_an_id() {
    let hr = "email,status,employee id\na.ruiz@old.example,Terminated,E1\nben@harbour.example,Active,E2\n";
    let ran = report(&[("idp.csv", IDP), ("hr.csv", hr)]);
    assert_eq!(
        told(&ran),
        "ana current, ben current, cy current; 3 present, 1 left"
    );
    warned(
        &ran,
        "1 employee id stands beside different addresses in different files, for example at hr.csv:2 and idp.csv:2",
    );
    // Close by: the same id and the same address are one person.
    let same = hr.replace("a.ruiz@old.example", "ANA@harbour.example");
    let ran = report(&[("idp.csv", IDP), ("hr.csv", &same)]);
    assert_eq!(
        told(&ran),
        "ana orphaned, ben current, cy current; 2 present, 1 left"
    );
    not_warned(&ran, "different addresses");
}

/// Placeholders need no list: the rule sees them.
#[test]
fn an_id_that_several_addresses_of_one_file_share_joins_nobody() {
    for placeholder in ["N/A", "0", "TBD", "Contractor", "-", "00000"] {
        let idp = IDP.replace("E1", placeholder).replace("E2", placeholder);
        let hr = format!("employee id,status\n{placeholder},Terminated\nE3,Terminated\n");
        let ran = report(&[("idp.csv", &idp), ("hr.csv", &hr)]);
        assert_eq!(
            told(&ran),
            "ana current, ben current, cy orphaned; 2 present, 2 left",
            "{placeholder}"
        );
        warned(
            &ran,
            &format!(
                "the employee id {placeholder:?} belongs to several people of one file (hr.csv:2, idp.csv:3)"
            ),
        );
    }
}

/// In a list without addresses nothing but the number of records tells a placeholder.
#[test]
fn an_id_on_very_many_records_without_an_address_joins_nobody() {
    let idp = IDP.replace("E1", "N/A");
    let hr = |times: usize| {
        format!(
            "employee id,status\n{}E2,Active\nE3,Active\n",
            "N/A,Terminated\n".repeat(times)
        )
    };
    let ran = report(&[("idp.csv", &idp), ("hr.csv", &hr(8))]);
    assert_eq!(
        told(&ran),
        "ana current, ben current, cy current; 3 present, 8 left"
    );
    // A person with several ended employments is one person still.
    let ran = report(&[("idp.csv", &idp), ("hr.csv", &hr(3))]);
    assert_eq!(
        told(&ran),
        "ana orphaned, ben current, cy current; 2 present, 1 left"
    );
}

#[test]
fn people_whom_no_address_reaches_raise_the_headcount_with_a_word() {
    let ran = report(&[
        ("idp.csv", IDP),
        (
            "hr.csv",
            "employee id,status\nE1,Active\nE8,Active\nE9,Active\n",
        ),
    ]);
    assert_eq!(
        told(&ran),
        "ana current, ben current, cy current; 5 present, 0 left"
    );
    warned(
        &ran,
        "2 people of the directory's 5 have no address, and no employee id by which another record gives one: \
         no account can be matched to them, and the headcount includes them",
    );
    let ran = report(&[
        ("idp.csv", IDP),
        ("hr.csv", "employee id,status\nE1,Active\n"),
    ]);
    not_warned(&ran, "headcount");
}

#[test]
fn a_list_with_an_ended_and_a_current_employment_has_a_person_who_came_back() {
    let hr = "email,status,end date\nana@harbour.example,Terminated,2024-05-31\nana@harbour.example,Active,\n\
        ben@harbour.example,Active,2024-05-31\nben@harbour.example,Active,\ncy@harbour.example,Active,2024-05-31\n";
    let ran = report(&[("hr.csv", hr)]);
    assert_eq!(
        told(&ran),
        "ana current, ben current, cy orphaned; 2 present, 1 left"
    );
    let findings = ran
        .csv("findings.csv")
        .shown(&["code", "email", "evidence"]);
    let rehired: Vec<&String> = findings
        .iter()
        .filter(|line| line.starts_with("rehired"))
        .collect();
    let evidence = "an employment ends on 2024-05-31 and another one goes on";
    assert_eq!(
        rehired,
        [
            &format!("rehired | ana@harbour.example | {evidence}"),
            &format!("rehired | ben@harbour.example | {evidence}"),
        ]
    );
    not_warned(&ran, "disagree");
}

#[test]
fn of_several_ended_employments_the_last_one_counts() {
    let hr = "email,status,end date\nana@harbour.example,Terminated,2020-01-31\nana@harbour.example,Active,2027-03-31\n\
        ben@harbour.example,Terminated,2026-10-31\nben@harbour.example,Active,2020-01-31\ncy@harbour.example,Active,\n";
    let ran = report(&[("hr.csv", hr)]);
    assert_eq!(
        told(&ran),
        "ana current, ben orphaned, cy current; 2 present, 1 left"
    );
    let late = ran.csv("findings.csv").shown(&["code", "evidence"]);
    assert!(
        late.contains(&"active-after-leaving | last used 12 days after leaving".to_owned()),
        "{late:#?}"
    );
}

/// Between two lists nobody can tell which is the later one: the stricter status is kept, and the report says so.
#[test]
fn lists_that_disagree_are_told_in_the_report() {
    let hr = "email,status\nana@harbour.example,Terminated\nben@harbour.example,Active\ncy@harbour.example,Active\n";
    let ran = report(&[("idp.csv", IDP), ("hr.csv", hr)]);
    assert_eq!(
        told(&ran),
        "ana orphaned, ben current, cy current; 2 present, 1 left"
    );
    warned(
        &ran,
        "1 person has records that disagree on the status, for example hr.csv:2 (left) and idp.csv:2 (present)",
    );
    let codes = ran.csv("findings.csv");
    assert_eq!(
        codes
            .shown(&["code", "email"])
            .iter()
            .filter(|line| line.starts_with("status-conflict"))
            .collect::<Vec<_>>(),
        ["status-conflict | ana@harbour.example"]
    );
    let ran = report(&[
        ("idp.csv", IDP),
        ("hr.csv", &hr.replace("Terminated", "Active")),
    ]);
    not_warned(&ran, "disagree");
}

/// A status counts wherever it stands, and a person is told once.
#[test]
fn only_those_who_have_no_status_anywhere_are_told() {
    let mail = "email,job\nana@harbour.example,x\nben@harbour.example,x\ncy@harbour.example,x\n";
    let ran = report(&[("idp.csv", IDP), ("mail.csv", mail)]);
    assert_eq!(
        told(&ran),
        "ana current, ben current, cy current; 3 present, 0 left"
    );
    not_warned(&ran, "status");
    not_warned(&ran, "disabled");
    let some = IDP
        .replace("cy@harbour.example,Active", "cy@harbour.example,")
        .replace(
            "ben@harbour.example,Active",
            "ben@harbour.example,Sabbatical",
        );
    let ran = report(&[("idp.csv", &some), ("mail.csv", mail)]);
    let json = ran.json();
    let about: Vec<&str> = json["summary"]["warnings"]
        .as_array()
        .expect("warnings")
        .iter()
        .filter_map(|warning| {
            warning
                .as_str()
                .filter(|text| text.contains("status") || text.contains("disabled"))
        })
        .collect();
    assert_eq!(
        about,
        [
            "idp.csv: 1 people have no status: their accounts are counted as unknown",
            "the status \"Sabbatical\" is not known (1 people, first idp.csv:3): their accounts are counted as unknown, \
             never as present; say what it means under [input.status] in seatledger.toml (present = [\"Sabbatical\"])",
        ]
    );
}

#[test]
fn a_foreign_word_of_status_means_what_the_configuration_says() {
    let hr = "email,status\nana@harbour.example,aktiv\nben@harbour.example,AUSGESCHIEDEN\ncy@harbour.example,gesperrt\n";
    let toml = "[input.status]\npresent = \"Aktiv\"\nleft = [\"ausgeschieden\", \"gekündigt\"]\ndisabled = [\"gesperrt\"]\n";
    let ran = report(&[("hr.csv", hr), ("seatledger.toml", toml)]);
    assert_eq!(
        told(&ran),
        "ana current, ben orphaned, cy orphaned; 1 present, 2 left"
    );
    Case::new()
        .file("users.csv", USERS)
        .file("seatledger.toml", "[input.status]\ngone = [\"weg\"]\n")
        .args(["check", "DIR"])
        .status(1)
        .stderr(
            "error: seatledger.toml:2: [input.status] has \"gone\", which is nothing that a status can mean\n\n\
             hint: it can say present, not_yet, disabled, left\n",
        )
        .run();
}

/// The departments that pay for the accounts.
fn departments(ran: &Ran) -> String {
    ran.csv("waste_by_department.csv")
        .column("department")
        .join(", ")
}

#[test]
fn a_department_beats_a_cost_centre_unless_the_configuration_says_otherwise() {
    let hr = |first: &str, second: &str| {
        format!(
            "email,status,{first},{second}\nana@harbour.example,Active,one,two\nben@harbour.example,Active,one,two\n\
             cy@harbour.example,Active,one,two\n"
        )
    };
    for (first, second, pays) in [
        ("Department", "Cost Center", "one"),
        ("Cost centre", "Department", "two"),
        ("Cost Center", "Team", "one"),
    ] {
        let ran = report(&[("hr.csv", &hr(first, second))]);
        assert_eq!(departments(&ran), pays, "{first}, {second}");
    }
    let prefers = "[input.columns]\ndepartment = \"Cost Center\"\n";
    let ran = report(&[
        ("hr.csv", &hr("Department", "Cost Center")),
        ("seatledger.toml", prefers),
    ]);
    assert_eq!(departments(&ran), "two");
    let order = "[input.columns]\ndepartment = [\"Team\", \"Cost Center\"]\n";
    let gaps = hr("Cost Center", "Team").replace(
        "ben@harbour.example,Active,one,two",
        "ben@harbour.example,Active,one,",
    );
    let ran = report(&[("hr.csv", &gaps), ("seatledger.toml", order)]);
    assert_eq!(departments(&ran), "one, two");
}

#[test]
fn a_department_of_one_file_beats_the_cost_centre_of_another() {
    let hr = "email,cost center\nana@harbour.example,1000 Admin\nben@harbour.example,1000 Admin\n";
    let idp = "email,status,department\nana@harbour.example,Active,Sales\nben@harbour.example,Active,\ncy@harbour.example,Active,Sales\n";
    let ran = report(&[("hr.csv", hr), ("idp.csv", idp)]);
    assert_eq!(departments(&ran), "1000 Admin, Sales");
}

/// An upload template has people and no status: as a directory it would make everyone present or unknown.
#[test]
fn the_five_columns_of_an_upload_template_are_no_directory() {
    let template = "First Name [Required],Last Name [Required],Email Address [Required],Password [Required],\
        Org Unit Path [Required]\nAna,Ruiz,ana@harbour.example,secret,/\n";
    Case::new()
        .file("users.csv", USERS)
        .file("people.csv", template)
        .args(["check", "DIR"])
        .status(1)
        .stderr(
            "error: people.csv: Google's upload template: it has no \"Status [READ ONLY]\" column, so it is not an export\n\n\
             hint: in the Google Admin console open Directory > Users > Download users, and take all columns\n",
        )
        .run();
    // Close by: the download hides passwords, and has the status.
    let export = template
        .replace(",Org Unit Path", ",Status [READ ONLY],Org Unit Path")
        .replace("secret,/", "****,Active,/");
    let ran = report(&[("people.csv", &export)]);
    assert_eq!(
        told(&ran),
        "ana current, ben unmatched, cy unmatched; 1 present, 0 left"
    );
}

/// A number column of a spreadsheet has lost the zeros that the other file's ids begin with.
#[test]
fn ids_that_a_spreadsheet_stripped_of_zeros_are_joined() {
    let idp = IDP
        .replace("E1", "000001")
        .replace("E2", "000002")
        .replace("E3", "000003");
    let with = |idp: &str| Case::new().file("users.csv", USERS).file("idp.csv", idp);
    // The workbook says: 1 Terminated, 2 Active, 3 Active.
    let beside_numbers = |idp: &str| with(idp).fixture("formats/hr_numbers.xlsx").report().run();
    let ran = beside_numbers(&idp);
    assert_eq!(
        told(&ran),
        "ana orphaned, ben current, cy current; 2 present, 1 left"
    );
    not_warned(&ran, "employee id");
    // A text file's ids are as written.
    let hr = "employee id,status\n1,Terminated\n2,Active\n3,Active\n";
    let ran = with(&idp).file("hr.csv", hr).report().run();
    assert_eq!(
        told(&ran),
        "ana current, ben current, cy current; 5 present, 1 left"
    );
    // Two ids that would become one are left apart.
    let ran = beside_numbers(&idp.replace("000002", "0001"));
    assert_eq!(
        told(&ran),
        "ana current, ben current, cy current; 4 present, 1 left"
    );
}
