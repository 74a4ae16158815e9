//! Atlassian's JSON: the organisation API's users (v1 managed accounts, v2 directory users) and its SCIM list.
//!
//! Fields and values: the format notes on Atlassian, section 4. v1 carries the Guard flag and each product's
//! site, v2 the composite status and the groups, SCIM who is provisioned and no product at all.

mod facts;
mod reader;
#[cfg(test)]
mod tests;

use serde_json::Value;

use super::accounts::AccountsBuilder;
use super::batch;
use super::users::is_app_address;
use crate::domain::account::{AccountKind, AccountRow, Origin, Policy};
use crate::domain::dataset::Side;
use crate::read::address;
use crate::read::json::Fits;
use crate::read::reading::{Batch, Reading};
use crate::read::source::Stop;
use facts::{Facts, Fault};
use reader::Reader;

/// One JSON format of Atlassian.
#[derive(Debug)]
pub(crate) struct Api {
    pub(crate) name: &'static str,
    pub(crate) fits: Fits,
    read: for<'r> fn(&mut Reader, &mut Reading<'_>, &'r Value) -> Result<Facts<'r>, Fault>,
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

pub(crate) fn read(mut file: Reading<'_>, api: &'static Api) -> Result<Batch, Stop> {
    let mut reader = Reader::default();
    let mut accounts = AccountsBuilder::default();
    let (keys, _) = file.objects(Side::Atlassian, &[], |file, line, record| {
        match (api.read)(&mut reader, file, record).and_then(Facts::keyed) {
            Ok(facts) => {
                add(&mut accounts, &facts, file.origin(line));
                Ok(())
            }
            Err(fault) => {
                let Fault {
                    column,
                    value,
                    reason,
                    expected,
                } = fault;
                Err(file.reject(line, column, &value, reason, Some(expected)))
            }
        }
    })?;
    reader.forget_unreported(&mut accounts);
    let notes = reader.notes(file.name(), api, &keys, accounts.seats.len());
    file.notes.extend(notes);
    let used = api.keys.iter().filter(|key| keys.has(key));
    file.columns_used = used.map(|key| (*key).to_owned()).collect();
    file.columns_ignored = keys.others(&file.columns_used);
    batch(file, api.name, accounts)
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
