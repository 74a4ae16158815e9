//! From the records of each version to facts of accounts, with what only the whole file tells: whether it reports
//! use at all, and whether its products name their sites.

use std::borrow::Cow;

use serde_json::Value;

use super::super::accounts::{AccountsBuilder, RawOffering};
use super::facts::{
    Facts, Fault, composite_status, flag, has_admin_role, in_groups, kind, primary_email,
    product_of, site_of, status, text,
};
use super::{Api, SCIM_EXTENSION};
use crate::domain::account::{AccountKind, AccountStatus};
use crate::domain::dataset::Note;
use crate::domain::day::LastUse;
use crate::domain::product::TRELLO;
use crate::read::address;
use crate::read::dates::{self, DateCell};
use crate::read::json::{KeysSeen, text_of};
use crate::read::reading::Reading;
use crate::read::words;

#[derive(Default)]
pub(super) struct Reader {
    /// Whether any product in the file has a last use, be it "never".
    product_use_is_reported: bool,
    account_use_is_reported: bool,
    /// Products that name no site.
    without_site: u64,
}

impl Reader {
    /// v1: one managed account.
    pub(super) fn managed_account<'r>(
        &mut self,
        file: &mut Reading<'_>,
        record: &'r Value,
    ) -> Result<Facts<'r>, Fault> {
        let own = last_use(file, record.get("last_active"), "last_active")?;
        self.account_use_is_reported |= own.is_some();
        let entries = record.get("product_access");
        let seats = self.seats(
            file,
            entries,
            "key",
            "last_active",
            "product_access/last_active",
        )?;
        // An account that was used in a product was used, whatever its own field leaves out.
        let last_active = seats
            .iter()
            .fold(own.unwrap_or(LastUse::Never), |latest, (_, used)| {
                latest.latest(*used)
            });
        Ok(Facts {
            id: text(record, "account_id"),
            email: text(record, "email"),
            name: text(record, "name"),
            kind: kind(record, "account_type")?,
            status: status(
                record,
                "account_status",
                "one of \"active\", \"inactive\", \"closed\"",
            )?,
            org_admin: false,
            added: None,
            last_active,
            billable: flag(record, "access_billable")?,
            // The list is of the managed accounts alone.
            managed: Some(true),
            in_groups: None,
            seats,
        })
    }

    /// v2: one user of the organisation's directories.
    pub(super) fn directory_user<'r>(
        &mut self,
        file: &mut Reading<'_>,
        record: &'r Value,
    ) -> Result<Facts<'r>, Fault> {
        const FIELD: &str = "productAccess/lastActiveTimestamp";
        let entries = record.get("productAccess");
        Ok(Facts {
            id: text(record, "accountId"),
            email: text(record, "email"),
            name: text(record, "name"),
            kind: kind(record, "accountType")?,
            status: composite_status(record)?,
            org_admin: has_admin_role(record),
            added: last_use(file, record.get("addedToOrg"), "addedToOrg")?.and_then(LastUse::day),
            last_active: LastUse::NotReported,
            billable: None,
            managed: match words::folded(&text(record, "claimStatus")).as_str() {
                "" => None,
                "managed" => Some(true),
                "unmanaged" => Some(false),
                _ => {
                    return Err(Fault {
                        column: "claimStatus",
                        value: text(record, "claimStatus").into_owned(),
                        reason: "unknown claim status",
                        expected: "one of \"managed\", \"unmanaged\"",
                    });
                }
            },
            in_groups: in_groups(record),
            seats: self.seats(file, entries, "key", "lastActiveTimestamp", FIELD)?,
        })
    }

    /// SCIM: one person whom the identity provider sent, with the account made for them.
    pub(super) fn provisioned_user<'r>(
        &mut self,
        _file: &mut Reading<'_>,
        record: &'r Value,
    ) -> Result<Facts<'r>, Fault> {
        let extension = record.get(SCIM_EXTENSION);
        let active = flag(record, "active")?.ok_or_else(|| Fault {
            column: "active",
            value: String::new(),
            reason: "no status",
            expected: "true or false",
        })?;
        let login = text(record, "userName");
        let email = if address::normalise(&login).is_some() {
            login
        } else {
            primary_email(record).unwrap_or(login)
        };
        let name = text(record, "displayName");
        Ok(Facts {
            id: extension.map_or(Cow::Borrowed(""), |found| text(found, "atlassianAccountId")),
            email,
            name: match record.pointer("/name/formatted") {
                Some(formatted) if name.is_empty() => text_of(formatted),
                _ => name,
            },
            kind: AccountKind::Atlassian,
            status: if active {
                AccountStatus::Active
            } else {
                AccountStatus::Deactivated
            },
            org_admin: false,
            added: None,
            last_active: LastUse::NotReported,
            billable: None,
            managed: None,
            in_groups: in_groups(record),
            seats: Vec::new(),
        })
    }

    /// The seats of one account.
    ///
    /// A product without a last use is one that was never used: the API measures the use of every product that it
    /// lists and leaves out what it never saw (`forget_unreported` covers files that have no such days at all).
    fn seats(
        &mut self,
        file: &mut Reading<'_>,
        entries: Option<&Value>,
        key: &str,
        used: &str,
        column: &'static str,
    ) -> Result<Vec<(RawOffering, LastUse)>, Fault> {
        let mut seats = Vec::new();
        for entry in entries.and_then(Value::as_array).into_iter().flatten() {
            let seen = last_use(file, entry.get(used), column)?;
            self.product_use_is_reported |= seen.is_some();
            let Some(product) = product_of(entry, key) else {
                return Err(Fault {
                    column: "product key",
                    value: text_of(entry).into_owned(),
                    reason: "a product without a name",
                    expected: "a product with its key, such as \"jira-software\"",
                });
            };
            let site = if product == TRELLO {
                String::new()
            } else {
                site_of(entry)
            };
            self.without_site += u64::from(site.is_empty() && product != TRELLO);
            let offering = RawOffering {
                product,
                site,
                plan: None,
                // These lists have sites of other companies among them, unlike the users export.
                in_users_export: false,
            };
            seats.push((offering, seen.unwrap_or(LastUse::Never)));
        }
        Ok(seats)
    }

    /// A file in which no product (or no account) has any day does not report use: "never" was then taken too fast.
    pub(super) fn forget_unreported(&self, accounts: &mut AccountsBuilder) {
        if !self.product_use_is_reported {
            accounts.seats.last_use.fill(LastUse::NotReported.into());
        }
        if !self.account_use_is_reported && !self.product_use_is_reported {
            accounts
                .accounts
                .last_active
                .fill(LastUse::NotReported.into());
        }
    }

    pub(super) fn notes(&self, file: &str, api: &Api, keys: &KeysSeen, seats: usize) -> Vec<Note> {
        let mut notes = Vec::new();
        match api.products {
            None => notes.push(Note::remark(
                "no-product-access",
                format!("{file} says who is provisioned and has no products: its seats come from other exports"),
            )),
            Some(key) if !keys.has(key) => notes.push(Note::doubt(
                "no-product-access",
                format!("{file} has no {key}: its seats can't be told; fetch it again with {key}"),
            )),
            Some(_) if seats > 0 && !self.product_use_is_reported => notes.push(Note::doubt(
                "no-last-use",
                format!("{file} has no day of last use for any product: unused seats can't be told"),
            )),
            Some(_) => {}
        }
        if self.without_site > 0 {
            notes.push(Note::doubt(
                "product-without-site",
                format!(
                    "{file}: {} seats name no site: one product on several sites counts once for each account there",
                    self.without_site
                ),
            ));
        }
        notes
    }
}

/// A day of use; `None` where the field is left out or blank.
fn last_use(
    file: &mut Reading<'_>,
    value: Option<&Value>,
    column: &'static str,
) -> Result<Option<LastUse>, Fault> {
    let text = value.map_or(Cow::Borrowed(""), text_of);
    match dates::read_day(&text, None) {
        Some(DateCell::Ambiguous) | None => Err(Fault {
            column,
            value: text.into_owned(),
            reason: "not a day",
            expected: "a day such as 2026-11-30 or 2026-11-30T08:01:02Z",
        }),
        Some(read) => Ok(file.last_use(read)),
    }
}
