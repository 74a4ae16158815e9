//! The rows of the three exports, in the exporters' own shapes: `formats/atlassian.md` sections 2 and 3,
//! `formats/directories.md` section 3.1.

use super::calendar::Calendar;
use super::cast::{
    Access, Account, Admin, Columns, Person, PersonKind, Policy, Seat, Seen, Status, Trello,
};
use super::company::{COLUMNS, Column, Era, FOREIGN_HOST, NAME, OFFICES, Product, Site};
use super::table::Table;
use super::truth;

const MANAGED: [&str; 20] = [
    "Name",
    "Email",
    "Atlassian ID",
    "Status",
    "Last active date [UTC]",
    "Billable",
    "Policy name",
    "Policy type",
    "SAML single sign-on",
    "Two-step verification",
    "Verified email",
    "Bitbucket",
    "Confluence",
    "Jira",
    "Jira Product Discovery",
    "Jira Service Management",
    "Loom",
    "Opsgenie",
    "Statuspage",
    "Trello",
];

const ENTRA: [&str; 29] = [
    "userPrincipalName",
    "displayName",
    "surname",
    "mail",
    "givenName",
    "id",
    "userType",
    "jobTitle",
    "department",
    "accountEnabled",
    "usageLocation",
    "streetAddress",
    "state",
    "country",
    "officeLocation",
    "city",
    "postalCode",
    "telephoneNumber",
    "mobilePhone",
    "alternateEmailAddress",
    "ageGroup",
    "consentProvidedForMinor",
    "legalAgeGroupClassification",
    "companyName",
    "creationType",
    "directorySynced",
    "invitationState",
    "identityIssuer",
    "createdDateTime",
];

/// `export-users.csv`: CRLF, no byte order mark.
pub(super) fn users_export() -> Table {
    let mut table = Table::new("", "\r\n");
    table.cells(&[
        "User id",
        "User name",
        "email",
        "User status",
        "Added to org",
        "Org role",
    ]);
    for Column { app, site, .. } in &COLUMNS {
        table.cell(&format!("{app} - {}", site.name()));
        table.cell(&format!("Last seen in {app} - {}", site.name()));
    }
    table.end_row();
    table
}

pub(super) fn users_row(table: &mut Table, account: &Account, calendar: &Calendar) {
    let status = match account.status {
        Status::Active => "Active",
        Status::Suspended => "Suspended",
        Status::Deactivated => "Deactivated",
    };
    let role = if account.admin == Admin::Organisation {
        "Org Admin"
    } else {
        ""
    };
    let added = calendar.spoken(account.added_ago);
    table.cells(&[
        &account.id,
        &account.name,
        &account.email,
        status,
        added,
        role,
    ]);
    for column in &COLUMNS {
        let (access, seen) = access_cells(account, column, calendar);
        table.cells(&[access, seen]);
    }
    table.end_row();
}

/// What a pair of columns says of an account.
fn access_cells<'a>(
    account: &Account,
    column: &Column,
    calendar: &'a Calendar,
) -> (&'static str, &'a str) {
    let held = account.seats.iter().find(|seat| {
        seat.product == column.product
            && seat.site == column.site
            && match seat.columns {
                Columns::Present => column.era == Era::Present,
                Columns::Former => column.era == Era::Former,
                Columns::Both(_) => true,
            }
    });
    let Some(seat) = held else { return ("", "") };
    let access = match seat.access {
        _ if account.status == Status::Deactivated => "",
        Access::User => "User",
        Access::Guest => "Guest",
        Access::Customer => "Customer",
        Access::Withdrawn => "",
    };
    let seen = match (seat.columns, column.era) {
        (Columns::Both(ago), Era::Former) => Seen::Ago(ago),
        _ => seat.seen,
    };
    let seen = match seen {
        Seen::Ago(ago) => calendar.spoken(ago),
        Seen::Never => "Never accessed",
        Seen::Unreported => "",
    };
    (access, seen)
}

/// `managed-accounts.csv`: with a byte order mark.
pub(super) fn managed_export() -> Table {
    let mut table = Table::new("\u{feff}", "\n");
    table.cells(&MANAGED);
    table.end_row();
    table
}

pub(super) fn managed_row(table: &mut Table, account: &Account, calendar: &Calendar) {
    let (policy, kind, sso) = match account.policy {
        Policy::StaffSso => ("Staff SSO", "Billable", "Yes"),
        Policy::LocalDefault => ("Local default", "Billable", "No"),
        Policy::Contractors => ("Contractors, no SSO", "Non-billable", "No"),
        Policy::ServiceAccounts => ("Service accounts", "Non-billable", "No"),
    };
    // The account's status, not that of its membership: a suspension doesn't show here.
    let status = if account.status == Status::Deactivated {
        "Deactivated"
    } else {
        "Active"
    };
    let used = account.last_use();
    table.cells(&[
        &account.name,
        &account.email.to_ascii_lowercase(),
        &account.id,
        status,
    ]);
    table.cell(used.map_or("", |ago| calendar.iso(ago)));
    table.cells(&[
        yes_no(truth::counts_for_guard(account) != account.flag_wrong),
        policy,
        kind,
        sso,
        yes_no(sso == "Yes" || account.id.ends_with(['0', '1', '2', '3', '4'])),
        yes_no(used.is_some()),
    ]);
    for product in [Product::Bitbucket, Product::Confluence, Product::Jira] {
        table.cell(&hosts(account, product));
    }
    table.cell("");
    for product in [Product::ServiceManagement, Product::Loom, Product::Opsgenie] {
        table.cell(&hosts(account, product));
    }
    table.cells(&[
        "",
        if account.trello == Trello::Free {
            "Free"
        } else {
            ""
        },
    ]);
    table.end_row();
}

/// The sites on which an account can reach a product, as one cell.
fn hosts(account: &Account, product: Product) -> String {
    let reached = |seat: &&Seat| seat.product == product && seat.access != Access::Withdrawn;
    let mut hosts: Vec<&str> = account
        .seats
        .iter()
        .filter(reached)
        .map(|seat| Site::host(seat.site))
        .collect();
    if account.consultant && product == Product::Jira {
        hosts.push(FOREIGN_HOST);
    }
    hosts.join(",")
}

fn yes_no(fact: bool) -> &'static str {
    if fact { "Yes" } else { "No" }
}

/// `entra-users.csv`: LF, no byte order mark.
pub(super) fn entra_export() -> Table {
    let mut table = Table::new("", "\n");
    table.cells(&ENTRA);
    table.end_row();
    table
}

pub(super) fn entra_row(table: &mut Table, person: &Person, calendar: &Calendar) {
    let member = person.kind == PersonKind::Member;
    let (location, street, country, office, city) = OFFICES
        .get(person.office)
        .map_or(("", "", "", "", ""), |at| {
            (at.location, at.street, at.country, at.name, at.city)
        });
    let at = person.created_at;
    let created = format!(
        "{} {}:{:02}:{:02} {}",
        calendar.american(person.created_ago),
        (at / 3_600 + 11) % 12 + 1,
        at / 60 % 60,
        at % 60,
        if at < 12 * 3_600 { "AM" } else { "PM" },
    );
    table.cells(&[
        &person.principal,
        &person.display,
        person.last,
        &person.mail,
        person.first,
        &person.id,
        if person.kind == PersonKind::Guest {
            "Guest"
        } else {
            "Member"
        },
        person.title,
        person.department,
        person.enabled,
        location,
        street,
        "",
        country,
        office,
        city,
    ]);
    table.cells(&["", "", "", &person.other_mail, "", "", ""]);
    table.cells(&[
        if member { NAME } else { "" },
        if member { "" } else { "Invitation" },
        if member { "True" } else { "" },
        if member { "" } else { "Accepted" },
        super::company::DOMAIN,
        &created,
    ]);
    table.end_row();
}
