//! What identity providers and HR systems export.

use super::{PEOPLE, recognised, told, warnings};
use crate::case::{Case, Ran};

/// The accounts that directories are held against: each has a seat of Jira.
pub(super) const ACCOUNTS: &str = "\
User id,User name,email,User status,Added to org,Org role,Jira - harbour,Last seen in Jira - harbour
u1,Ana Ruiz,ana@harbour.example,Active,3 Jan 2024,,User,12 Nov 2026
u2,Ben Cho,ben@harbour.example,Active,3 Jan 2024,,User,1 Nov 2026
u3,Cy Diaz,cy.diaz@harbour.example,Active,3 Jan 2024,,User,Never accessed
u4,Dee Ek,dee@harbour.example,Active,3 Jan 2024,,User,1 Jan 2026
u5,Gil Partner,gil@partner.example,Active,3 Jan 2024,,User,12 Nov 2026
";

/// Reads a directory fixture against the accounts.
#[track_caller]
fn directory(fixture: &str, format: &str, expected: &str) -> Ran {
    let ran = Case::new()
        .file("users.csv", ACCOUNTS)
        .fixture(&format!("formats/{fixture}"))
        .report()
        .run();
    assert_eq!(recognised(&ran, fixture), format);
    assert_eq!(told(&ran), expected, "{fixture}");
    ran
}

/// Cy is known by both addresses, Dee and Gil by none.
const ALL_TOLD: &str = "8 records = 8 + 0; 2 present, 1 left\n\
    5 accounts: external 1, orphaned 1, unmatched 1, current 2\n\
    5 seats: orphaned 1, active 2, inactive 1, never-active 1";

#[test]
fn google_workspace_portal() {
    directory(
        "google_users.csv",
        "Google Workspace users CSV, UTF-8",
        "8 records = 8 + 0; 2 present, 1 left\n\
         5 accounts: external 1, orphaned 1, unmatched 2, current 1\n\
         5 seats: orphaned 1, active 2, inactive 1, never-active 1",
    );
}

#[test]
fn entra_portal_of_the_older_generation() {
    directory("entra_old.csv", "Entra users CSV, UTF-8", ALL_TOLD);
}

#[test]
fn entra_portal_of_the_newer_generation_with_a_guest() {
    directory(
        "entra_new.csv",
        "Entra users CSV, UTF-8",
        "9 records = 9 + 0; 3 present, 1 left\n\
         5 accounts: orphaned 1, unmatched 1, current 3\n\
         5 seats: orphaned 1, active 2, inactive 1, never-active 1",
    );
}

#[test]
fn microsoft_365_admin_center() {
    directory(
        "microsoft_365.csv",
        "Microsoft 365 users CSV, UTF-8",
        "9 records = 9 + 0; 2 present, 2 left\n\
         5 accounts: external 1, orphaned 1, unmatched 1, current 2\n\
         5 seats: orphaned 1, active 2, inactive 1, never-active 1",
    );
}

#[test]
fn graph_without_the_status_leaves_people_unknown_and_says_so() {
    let ran = directory(
        "graph_without_status.csv",
        "Microsoft Graph users CSV, UTF-8",
        "8 records = 8 + 0; 0 present, 0 left\n\
         5 accounts: external 1, unmatched 1, unknown 3\n\
         5 seats: active 3, inactive 1, never-active 1",
    );
    let said = "graph_without_status.csv has no column that tells who is disabled: 3 people count as unknown; \
        export it with the status (Entra: accountEnabled)";
    assert!(
        warnings(&ran).iter().any(|text| text == said),
        "{:?}",
        warnings(&ran)
    );
}

#[test]
fn powershell_get_mguser_with_a_blank_status() {
    let ran = directory(
        "get_mguser.csv",
        "Microsoft Graph users CSV, UTF-8",
        "8 records = 8 + 0; 1 present, 1 left\n\
         5 accounts: external 1, orphaned 1, unmatched 1, unknown 1, current 1\n\
         5 seats: orphaned 1, active 2, inactive 1, never-active 1",
    );
    let said = "get_mguser.csv: 1 people have no status: their accounts are counted as unknown";
    assert!(
        warnings(&ran).iter().any(|text| text == said),
        "{:?}",
        warnings(&ran)
    );
}

/// UTF-16 with its mark, `#TYPE` first, and an account of no person: listed, not lost.
#[test]
fn active_directory_get_aduser() {
    let ran = directory(
        "get_aduser.csv",
        "Active Directory CSV (Get-ADUser), UTF-16LE",
        "9 records = 8 + 1; 2 present, 1 left\n\
         5 accounts: external 1, orphaned 1, unmatched 1, current 2\n\
         5 seats: orphaned 1, active 2, inactive 1, never-active 1",
    );
    assert_eq!(
        ran.csv("rejects.csv").shown(&["file", "line", "reason"]),
        ["get_aduser.csv | 6 | neither an address nor an employee id: nothing can match it"]
    );
}

#[test]
fn active_directory_csvde() {
    let ran = directory(
        "csvde.csv",
        "Active Directory CSV (csvde), Windows-1252",
        ALL_TOLD,
    );
    let departments = ran.csv("accounts.csv");
    assert_eq!(
        departments.column("department"),
        ["IT", "Sales", "Müllerei", "", ""]
    );
}

#[test]
fn okta_rockstar() {
    directory(
        "okta_rockstar.csv",
        "Okta users CSV (Rockstar), UTF-8",
        &ALL_TOLD.replace("8 records = 8", "9 records = 9"),
    );
}

#[test]
fn okta_password_health() {
    directory(
        "okta_password_health.csv",
        "Okta Password Health CSV, UTF-8",
        "9 records = 8 + 1; 2 present, 1 left\n\
         5 accounts: external 1, orphaned 1, unmatched 2, current 1\n\
         5 seats: orphaned 1, active 2, inactive 1, never-active 1",
    );
}

#[test]
fn gam_with_lists_in_numbered_columns() {
    directory("gam.csv", "GAM users CSV, UTF-8", ALL_TOLD);
}

#[test]
fn gam_of_the_legacy_layout() {
    directory("gam_legacy.csv", "GAM users CSV (legacy), UTF-8", ALL_TOLD);
}

#[test]
fn gam_with_addresses_alone() {
    directory(
        "gam_addresses_only.csv",
        "GAM users CSV, UTF-8",
        "8 records = 8 + 0; 0 present, 0 left\n\
         5 accounts: external 1, unmatched 2, unknown 2\n\
         5 seats: active 3, inactive 1, never-active 1",
    );
}

#[test]
fn jumpcloud_group_report_has_one_person_in_several_rows() {
    directory(
        "jumpcloud_groups.csv",
        "JumpCloud group report CSV, UTF-8",
        "10 records = 9 + 1; 1 present, 1 left\n\
         5 accounts: external 1, orphaned 1, unmatched 2, current 1\n\
         5 seats: orphaned 1, active 2, inactive 1, never-active 1",
    );
}

#[test]
fn jumpcloud_exporter_does_not_say_who_is_suspended() {
    directory(
        "jumpcloud_exporter.csv",
        "JumpCloud users CSV, UTF-8",
        "8 records = 8 + 0; 0 present, 0 left\n\
         5 accounts: external 1, unmatched 2, unknown 2\n\
         5 seats: active 3, inactive 1, never-active 1",
    );
}

#[test]
fn onelogin_by_the_usual_names_of_columns() {
    directory("onelogin.csv", "roster, UTF-8", ALL_TOLD);
}

/// Ben leaves on the day of the report, Cy the day after.
#[test]
fn roster_with_leavers_to_come() {
    let ran = directory(
        "roster_with_leavers_to_come.csv",
        "roster, UTF-8",
        "9 records = 9 + 0; 2 present, 2 left\n\
         5 accounts: external 1, orphaned 2, unmatched 1, current 1\n\
         5 seats: orphaned 2, active 2, never-active 1",
    );
    let accounts = ran.csv("accounts.csv");
    assert_eq!(
        accounts.shown(&["email", "standing_reason"])[1],
        "ben@harbour.example | left-by-date"
    );
}

#[test]
fn bamboohr_report() {
    directory(
        "bamboohr.csv",
        "roster, UTF-8",
        "9 records = 9 + 0; 2 present, 2 left\n\
         5 accounts: external 1, orphaned 1, unmatched 2, current 1\n\
         5 seats: orphaned 1, active 2, inactive 1, never-active 1",
    );
}

#[test]
fn workday_report() {
    directory(
        "workday.csv",
        "roster, UTF-8",
        "8 records = 8 + 0; 2 present, 1 left\n\
         5 accounts: external 1, orphaned 1, unmatched 2, current 1\n\
         5 seats: orphaned 1, active 2, inactive 1, never-active 1",
    );
}

/// HR has no addresses and the identity provider no leavers: the employee id leads from one to the other.
#[test]
fn an_employee_id_is_the_bridge_from_hr_to_addresses() {
    let ran = Case::new()
        .file("users.csv", ACCOUNTS)
        .fixture("formats/hr_by_employee_id.csv")
        .fixture("formats/idp_with_employee_ids.csv")
        .report()
        .run();
    assert_eq!(
        told(&ran),
        "12 records = 12 + 0; 2 present, 2 left\n\
         5 accounts: external 1, orphaned 1, unmatched 2, current 1\n\
         5 seats: orphaned 1, active 2, inactive 1, never-active 1"
    );
    let accounts = ran.csv("accounts.csv");
    assert_eq!(
        accounts.shown(&["email", "standing", "department"])[..2],
        [
            "ana@harbour.example | current | IT",
            "ben@harbour.example | orphaned | Sales"
        ]
    );
}

/// Whoever is not on the list may well work here; whoever leaves next month still does.
#[test]
fn a_list_of_leavers_alone() {
    let ran = Case::new()
        .file("users.csv", ACCOUNTS)
        .fixture("formats/leavers.csv")
        .report()
        .args(["--leavers-only", "leavers.csv"])
        .run();
    assert_eq!(
        recognised(&ran, "leavers.csv"),
        "roster (leavers only), UTF-8"
    );
    assert_eq!(
        told(&ran),
        "8 records = 8 + 0; 1 present, 2 left\n\
         5 accounts: external 1, orphaned 1, unknown 2, current 1\n\
         5 seats: orphaned 1, active 2, inactive 1, never-active 1"
    );
}

#[test]
fn a_list_of_leavers_by_the_configuration_beside_a_roster() {
    let ran = Case::new()
        .file("users.csv", ACCOUNTS)
        .file(
            "seatledger.toml",
            "[input]\nleavers_only = [\"leavers.csv\"]\n",
        )
        .file("people.csv", PEOPLE.replace("Terminated", "Active"))
        .fixture("formats/leavers.csv")
        .report()
        .run();
    let accounts = ran.csv("accounts.csv");
    assert_eq!(
        accounts.column("standing"),
        ["current", "orphaned", "unmatched", "current", "external"]
    );
}

/// A workbook: a title above the table, days as days, ids as numbers, a second sheet that is none.
#[test]
fn a_workbook() {
    let ran = Case::new()
        .file("users.csv", ACCOUNTS)
        .fixture("formats/people.xlsx")
        .report()
        .run();
    assert_eq!(
        told(&ran),
        "9 records = 9 + 0; 2 present, 2 left\n\
         5 accounts: external 1, orphaned 2, current 2\n\
         5 seats: orphaned 2, active 2, never-active 1"
    );
    let accounts = ran.csv("accounts.csv");
    assert_eq!(
        accounts.shown(&["email", "standing_reason", "department"]),
        [
            "ana@harbour.example | person-present | IT",
            "ben@harbour.example | left-by-date | Sales",
            "cy.diaz@harbour.example | person-present | IT",
            "dee@harbour.example | gone-in-directory | Sales",
            "gil@partner.example | domain-not-claimed | ",
        ]
    );
}

/// `[input.columns]` names what no synonym knows.
#[test]
fn columns_named_in_the_configuration() {
    let ran = Case::new()
        .file("users.csv", ACCOUNTS)
        .file(
            "seatledger.toml",
            "[input.columns]\nemail = \"Kontakt\"\nleft = \"Austritt\"\ndepartment = \"Abteilung\"\n",
        )
        .file(
            "liste.csv",
            "Name;Kontakt;Abteilung;Austritt\nAna Ruiz;ana@harbour.example;IT;\n\
             Ben Cho;ben@harbour.example;Vertrieb;30.09.2026\nCy Diaz;cy@harbour.example;IT;\n",
        )
        .report()
        .run();
    assert_eq!(
        told(&ran),
        "8 records = 8 + 0; 2 present, 1 left\n\
         5 accounts: external 1, orphaned 1, unmatched 2, current 1\n\
         5 seats: orphaned 1, active 2, inactive 1, never-active 1"
    );
}
