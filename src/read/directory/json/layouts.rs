//! The JSON of identity providers and HR systems as tables of facts: which records are whose, and what each field
//! of a record says of a person.
//!
//! Sources and confidence of each layout: the format notes on directories, state of 2026-11-23.

use serde_json::Value;

use super::fields::{Field, Take, field};
use crate::read::directory::formats::{self, Role};
use crate::read::header::fold;
use crate::read::json::{Fits, text_of};

/// One JSON format of directory.
#[derive(Debug)]
pub(crate) struct Layout {
    pub(crate) name: &'static str,
    pub(crate) fits: Fits,
    pub(super) fields: Fields,
    /// Lengths at which this API cuts its answers without saying so in them.
    pub(super) full_pages: &'static [u64],
    /// What figures from such a file leave open: a note's code and text, after the file's name.
    pub(super) doubt: Option<(&'static str, &'static str)>,
}

/// Where the facts of a person stand.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fields {
    Paths(&'static [Field]),
    /// Flat records whose keys each company chooses: the synonyms of rosters.
    Synonyms,
}

/// Any flat list of people, by the usual names of keys.
pub(crate) const ROSTER: Layout = Layout {
    name: "roster JSON",
    fits: is_roster,
    fields: Fields::Synonyms,
    full_pages: &[],
    doubt: None,
};

/// Known formats; the first that fits one of the first records is taken.
pub(crate) const LAYOUTS: &[Layout] = &[
    Layout {
        name: "Okta users JSON",
        fits: |_, record| record.pointer("/profile/login").is_some(),
        fields: Fields::Paths(&[
            field("/profile/login", Take::Value, Role::Login),
            field("/profile/email", Take::Value, Role::Email),
            field("/status", Take::Value, Role::Status),
            // Set while a job runs: the status that the user is about to have.
            field("/transitioningToStatus", Take::Value, Role::Status),
            field("/profile/department", Take::Value, Role::Department),
            field("/profile/employeeNumber", Take::Value, Role::EmployeeId),
            field("/lastLogin", Take::Value, Role::SignedIn),
            field("/created", Take::Value, Role::Added),
        ]),
        // Okta gives at most 200 users at once and puts the link to the next page into the HTTP header.
        full_pages: &[200],
        ..ROSTER
    },
    Layout {
        name: "Okta app users JSON",
        fits: |_, record| {
            record.pointer("/credentials/userName").is_some() && record.get("scope").is_some()
        },
        fields: Fields::Paths(&[
            field("/credentials/userName", Take::Value, Role::Login),
            field("/profile/email", Take::Value, Role::Email),
            field("/status", Take::Value, Role::Status),
            field("/profile/department", Take::Value, Role::Department),
            field("/profile/employeeNumber", Take::Value, Role::EmployeeId),
        ]),
        full_pages: &[50, 500],
        doubt: Some((
            "app-users-only",
            "lists the people assigned to one app, with their status in that app: everyone else looks like a \
             leaver; export the users of the directory instead",
        )),
    },
    Layout {
        name: "Microsoft Graph users JSON",
        fits: |list, record| {
            let has = |key: &str| record.get(key).is_some();
            // Groups have a mail too; what they alone have tells them apart.
            has("userPrincipalName")
                || list == Some("value")
                    && (has("mail") || has("accountEnabled"))
                    && !has("securityEnabled")
                    && !has("groupTypes")
        },
        fields: Fields::Paths(&[
            field("/userPrincipalName", Take::Value, Role::Login),
            field("/mail", Take::Value, Role::Email),
            field("/proxyAddresses", Take::ProxyAddresses, Role::Alias),
            field("/accountEnabled", Take::Value, Role::Enabled),
            field("/deletedDateTime", Take::Value, Role::Deleted),
            field("/employeeLeaveDateTime", Take::Value, Role::Left),
            field("/department", Take::Value, Role::Department),
            field("/employeeId", Take::Value, Role::EmployeeId),
            field(
                "/signInActivity/lastSignInDateTime",
                Take::Value,
                Role::SignedIn,
            ),
            field("/createdDateTime", Take::Value, Role::Added),
        ]),
        ..ROSTER
    },
    Layout {
        name: "Google Directory users JSON",
        fits: |_, record| record.get("primaryEmail").is_some(),
        fields: Fields::Paths(&[
            field("/primaryEmail", Take::Value, Role::Email),
            field("/aliases", Take::Value, Role::Alias),
            field("/nonEditableAliases", Take::Value, Role::Alias),
            field("/emails", Take::Addresses("address"), Role::Alias),
            field("/suspended", Take::Value, Role::Blocked),
            field("/archived", Take::Value, Role::Blocked),
            field("/deletionTime", Take::Value, Role::Deleted),
            field(
                "/organizations",
                Take::Primary("department"),
                Role::Department,
            ),
            field(
                "/externalIds",
                Take::OfType("organization"),
                Role::EmployeeId,
            ),
            field("/lastLoginTime", Take::Value, Role::SignedIn),
            field("/creationTime", Take::Value, Role::Added),
        ]),
        ..ROSTER
    },
    Layout {
        name: "OneLogin users JSON",
        fits: |_, record| {
            let has = |key: &str| record.get(key).is_some();
            record.get("status").is_some_and(Value::is_number)
                && has("email")
                && (has("firstname") || has("state"))
        },
        fields: Fields::Paths(&[
            field("/email", Take::Value, Role::Email),
            field("/username", Take::Value, Role::Login),
            // A second sign-in name: a record has only one of the role.
            field("/userprincipalname", Take::Value, Role::Alias),
            field("/status", Take::Value, Role::StatusNumber),
            field("/department", Take::Value, Role::Department),
            field("/last_login", Take::Value, Role::SignedIn),
            field("/created_at", Take::Value, Role::Added),
        ]),
        ..ROSTER
    },
    Layout {
        name: "JumpCloud users JSON",
        fits: |_, record| {
            let has = |key: &str| record.get(key).is_some();
            has("email")
                && (has("_id") || has("account_locked"))
                && (has("activated") || has("suspended") || has("state"))
        },
        fields: Fields::Paths(&[
            field("/email", Take::Value, Role::Email),
            field("/username", Take::Value, Role::Login),
            field("/suspended", Take::Value, Role::Blocked),
            field("/state", Take::Value, Role::Status),
            field("/activated", Take::Activated, Role::Status),
            field("/department", Take::Value, Role::Department),
            field("/employeeIdentifier", Take::Value, Role::EmployeeId),
            field("/created", Take::Value, Role::Added),
        ]),
        ..ROSTER
    },
    Layout {
        name: "SCIM 2.0 users",
        fits: |list, record| list == Some("Resources") || is_scim_user(record),
        fields: Fields::Paths(&[
            field("/userName", Take::Value, Role::Login),
            field("/emails", Take::Addresses("value"), Role::Alias),
            field("/active", Take::Value, Role::Enabled),
            field(
                "/urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/department",
                Take::Value,
                Role::Department,
            ),
            field(
                "/urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/employeeNumber",
                Take::Value,
                Role::EmployeeId,
            ),
            field("/meta/created", Take::Value, Role::Added),
            field("/meta/lastModified", Take::Value, Role::Added),
        ]),
        ..ROSTER
    },
    Layout {
        name: "BambooHR employees JSON",
        fits: |list, record| {
            list == Some("employees")
                && [
                    "workEmail",
                    "employeeNumber",
                    "displayName",
                    "supervisorEmail",
                ]
                .iter()
                .any(|key| record.get(key).is_some())
        },
        ..ROSTER
    },
    Layout {
        name: "Workday report JSON",
        fits: |list, _| list == Some("Report_Entry"),
        ..ROSTER
    },
    ROSTER,
];

fn is_scim_user(record: &Value) -> bool {
    let has = |key: &str| record.get(key).is_some();
    let states_it = record
        .get("schemas")
        .and_then(Value::as_array)
        .is_some_and(|schemas| {
            schemas
                .iter()
                .filter_map(Value::as_str)
                .any(|schema| schema.starts_with("urn:") && schema.contains(":scim:schemas:"))
        });
    has("userName") && (states_it || has("emails") || has("active"))
}

/// Whether a record is of a home-made list of people: flat, with an address, or with an employee id and a fact.
fn is_roster(_: Option<&str>, record: &Value) -> bool {
    let Some(object) = record.as_object() else {
        return false;
    };
    let names: Vec<String> = object.keys().map(|key| fold(key)).collect();
    let roles = formats::roles(&formats::ROSTER, &names);
    let has = |wanted: Role| roles.contains(&Some(wanted));
    let is_address = |(role, value): (&Option<Role>, &Value)| match role {
        Some(Role::Email) => true,
        Some(Role::Login) => text_of(value).contains('@'),
        _ => false,
    };
    roles.iter().zip(object.values()).any(is_address)
        || has(Role::EmployeeId) && (has(Role::Left) || has(Role::Status) || has(Role::StatusHint))
}
