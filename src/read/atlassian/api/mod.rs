//! Atlassian's JSON: the organisation API's users (v1 managed accounts, v2 directory users) and its SCIM list.
//!
//! Fields and values: the format notes on Atlassian, section 4. v1 carries the Guard flag and each product's
//! site, v2 the composite status and the groups, SCIM who is provisioned and no product at all.

mod facts;
mod reader;
#[cfg(test)]
mod tests;

use serde_json::Value;

use super::AtlassianBatch;
use super::accounts::AccountsBuilder;
use super::users::is_app_address;
use crate::domain::account::{AccountKind, AccountRow, Origin, Policy};
use crate::domain::dataset::{Reject, Side, SourceFile};
use crate::read::Rules;
use crate::read::address;
use crate::read::json::{Fits, KeysSeen, each_record, no_person, text_of};
use crate::read::source::{Next, Source, Stop};
use facts::{Facts, Fault};
use reader::Reader;

/// One JSON format of Atlassian.
#[derive(Debug)]
pub(crate) struct Api {
    pub(crate) name: &'static str,
    pub(crate) fits: Fits,
    read: for<'r> fn(&mut Reader, &'r Value) -> Result<Facts<'r>, Fault>,
    /// The top-level keys that are read.
    keys: &'static [&'static str],
    /// The key of the products, where the format has them.
    products: Option<&'static str>,
}

/// The SCIM extension that says which account a provisioned person has.
const SCIM_EXTENSION: &str = "urn:scim:schemas:extension:atlassian-external:1.0";

pub(crate) const LAYOUTS: &[Api] = &[
    Api {
        name: "Atlassian organisation users JSON (API v1)",
        fits: |_, record| {
            let has = |key: &str| record.get(key).is_some();
            has("account_id") && (has("account_status") || has("account_type"))
        },
        read: Reader::managed_account,
        keys: &[
            "account_id",
            "account_type",
            "account_status",
            "name",
            "email",
            "access_billable",
            "last_active",
            "product_access",
        ],
        products: Some("product_access"),
    },
    Api {
        name: "Atlassian directory users JSON (API v2)",
        fits: |_, record| {
            record.get("accountId").is_some()
                && [
                    "status",
                    "accountStatus",
                    "membershipStatus",
                    "claimStatus",
                    "productAccess",
                ]
                .iter()
                .any(|key| record.get(*key).is_some())
        },
        read: Reader::directory_user,
        keys: &[
            "accountId",
            "accountType",
            "status",
            "accountStatus",
            "membershipStatus",
            "name",
            "email",
            "addedToOrg",
            "claimStatus",
            "platformRoles",
            "productAccess",
            "groups",
        ],
        products: Some("productAccess"),
    },
    Api {
        name: "Atlassian SCIM users",
        fits: |_, record| record.get(SCIM_EXTENSION).is_some(),
        read: Reader::provisioned_user,
        keys: &[
            "userName",
            "emails",
            "displayName",
            "name",
            "active",
            "groups",
            SCIM_EXTENSION,
        ],
        products: None,
    },
];

pub(crate) fn read(
    source: &Source,
    api: &'static Api,
    file_number: u16,
    rules: &Rules,
) -> Result<AtlassianBatch, Stop> {
    let mut reader = Reader::new(rules);
    let mut accounts = AccountsBuilder::default();
    let mut rejects: Vec<Reject> = Vec::new();
    let mut accepted = 0_u64;
    let mut keys = KeysSeen::default();
    let pages = each_record(source, |record| {
        keys.add(&source.name, record.value)?;
        let origin = Origin {
            file: file_number,
            line: u32::try_from(record.number).unwrap_or(u32::MAX),
        };
        let mut reject = |column: &str, value: String, reason: &str, expected: Option<&str>| {
            rejects.push(Reject {
                file: source.name.clone(),
                line: record.number,
                column: column.to_owned(),
                value,
                reason: reason.to_owned(),
                expected: expected.map(str::to_owned),
            });
        };
        if !record.value.is_object() {
            let text = text_of(record.value).into_owned();
            let expected = "a JSON object with the fields of an account";
            reject(
                "(whole record)",
                text,
                "not an account's record",
                Some(expected),
            );
        } else if let Some(what) = no_person(record.value) {
            reject("", String::new(), what, None);
        } else {
            match (api.read)(&mut reader, record.value).and_then(|facts| facts.keyed()) {
                Ok(facts) => {
                    add(&mut accounts, &facts, origin);
                    accepted += 1;
                }
                Err(fault) => {
                    reject(
                        fault.column,
                        fault.value,
                        fault.reason,
                        Some(fault.expected),
                    );
                }
            }
        }
        Ok(Next::Go)
    })?;
    super::refuse_shared_id(source, &accounts)?;
    reader.forget_unreported(&mut accounts);
    let mut notes = reader.notes(&source.name, api, &keys, accounts.seats.len());
    notes.extend(pages.notes(&source.name, Side::Atlassian));
    let columns_used: Vec<String> = api
        .keys
        .iter()
        .filter(|key| keys.has(key))
        .map(|key| (*key).to_owned())
        .collect();
    Ok(AtlassianBatch {
        source: SourceFile {
            name: source.name.clone(),
            format: api.name.to_owned(),
            side: Side::Atlassian,
            encoding: source.encoding.as_str().to_owned(),
            records: pages.records,
            accepted,
            rejected: rejects.len() as u64,
            columns_ignored: keys.others(&columns_used),
            columns_used,
            first_day: reader.days.first(),
            last_day: reader.days.last(),
            newest_event: reader.days.newest(),
        },
        accounts,
        rejects,
        notes,
        pages: Some(pages),
        counts_back: reader.counts_back,
    })
}

fn add(accounts: &mut AccountsBuilder, facts: &Facts<'_>, origin: Origin) {
    let email = address::normalise(&facts.email).unwrap_or_default();
    let row = accounts.add(&AccountRow {
        id: &address::id(&facts.id),
        email: &email,
        name: facts.name.trim(),
        kind: if is_app_address(&email) {
            AccountKind::App
        } else {
            facts.kind
        },
        status: facts.status,
        org_admin: facts.org_admin,
        added: facts.added,
        last_active: facts.last_active,
        policy: Policy::NotReported,
        billable: facts.billable,
        managed: facts.managed,
        in_groups: facts.in_groups,
        origin,
    });
    for (offering, used) in &facts.seats {
        let offering = accounts.offering(offering.clone());
        accounts.seats.push(row, offering, *used);
    }
}
