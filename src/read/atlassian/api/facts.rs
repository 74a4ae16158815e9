//! What one JSON record says of an account, field by field, in the words of every version of the API.

use std::borrow::Cow;

use serde_json::Value;

use super::super::accounts::RawOffering;
use super::super::users::site_name;
use crate::domain::account::{AccountKind, AccountStatus};
use crate::domain::day::{Day, LastUse};
use crate::domain::product;
use crate::read::address;
use crate::read::json::text_of;
use crate::read::words;

/// What one record says of an account, before its address is in its compared form.
pub(super) struct Facts<'r> {
    pub(super) id: Cow<'r, str>,
    pub(super) email: Cow<'r, str>,
    pub(super) name: Cow<'r, str>,
    pub(super) kind: AccountKind,
    pub(super) status: AccountStatus,
    pub(super) org_admin: bool,
    pub(super) added: Option<Day>,
    pub(super) last_active: LastUse,
    pub(super) billable: Option<bool>,
    pub(super) managed: Option<bool>,
    pub(super) in_groups: Option<bool>,
    pub(super) seats: Vec<(RawOffering, LastUse)>,
}

/// A cell that means nothing known: its field, its text, and what it should have held.
pub(super) struct Fault {
    pub(super) column: &'static str,
    pub(super) value: String,
    pub(super) reason: &'static str,
    pub(super) expected: &'static str,
}

impl<'r> Facts<'r> {
    /// The facts, if anything can find the account again.
    pub(super) fn keyed(self) -> Result<Facts<'r>, Fault> {
        if address::id(&self.id).is_empty() && address::normalise(&self.email).is_none() {
            return Err(Fault {
                column: "email",
                value: self.email.into_owned(),
                reason: "no id and no address",
                expected: "an account id or an address",
            });
        }
        Ok(self)
    }
}

pub(super) fn text<'r>(record: &'r Value, key: &str) -> Cow<'r, str> {
    record.get(key).map_or(Cow::Borrowed(""), text_of)
}

pub(super) fn kind(record: &Value, key: &'static str) -> Result<AccountKind, Fault> {
    let word = text(record, key);
    match words::folded(&word).as_str() {
        "" | "atlassian" => Ok(AccountKind::Atlassian),
        "customer" => Ok(AccountKind::Customer),
        "app" => Ok(AccountKind::App),
        _ => Err(Fault {
            column: key,
            value: word.into_owned(),
            reason: "unknown kind of account",
            expected: "one of \"atlassian\", \"customer\", \"app\"",
        }),
    }
}

pub(super) fn status(
    record: &Value,
    key: &'static str,
    expected: &'static str,
) -> Result<AccountStatus, Fault> {
    let word = text(record, key);
    words::account_status(&word).ok_or_else(|| Fault {
        column: key,
        value: word.into_owned(),
        reason: "unknown status",
        expected,
    })
}

/// v2's `status` sums up account and membership; where it was not asked for, the stricter of the two holds.
pub(super) fn composite_status(record: &Value) -> Result<AccountStatus, Fault> {
    let has = |key: &str| !text(record, key).is_empty();
    if has("status") || !has("accountStatus") {
        return status(
            record,
            "status",
            "one of \"active\", \"suspended\", \"not_invited\", \"deactivated\", \"for_deletion\"",
        );
    }
    let account = status(
        record,
        "accountStatus",
        "one of \"active\", \"inactive\", \"closed\"",
    )?;
    let membership = match words::folded(&text(record, "membershipStatus")).as_str() {
        "" => account,
        "nomembership" => AccountStatus::Suspended,
        _ => status(
            record,
            "membershipStatus",
            "one of \"active\", \"suspended\", \"no_membership\"",
        )?,
    };
    Ok(account.max(membership))
}

/// `true`, `false`, or the same as a word; `None` where the field is left out.
pub(super) fn flag(record: &Value, key: &'static str) -> Result<Option<bool>, Fault> {
    let word = text(record, key);
    if word.is_empty() {
        return Ok(None);
    }
    words::yes_or_no(&word).map(Some).ok_or_else(|| Fault {
        column: key,
        value: word.into_owned(),
        reason: "neither yes nor no",
        expected: "true or false",
    })
}

/// Roles are words such as `atlassian/org-admin`, alone or in objects.
pub(super) fn has_admin_role(record: &Value) -> bool {
    let is_admin = |role: &Value| {
        let word = words::folded(role.as_str().unwrap_or(""));
        ["orgadmin", "organizationadmin", "organisationadmin"]
            .iter()
            .any(|name| word.contains(name))
    };
    record
        .get("platformRoles")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .any(|role| match role {
            Value::Object(fields) => fields.values().any(is_admin),
            role => is_admin(role),
        })
}

pub(super) fn in_groups(record: &Value) -> Option<bool> {
    record
        .get("groups")
        .and_then(Value::as_array)
        .map(|groups| !groups.is_empty())
}

pub(super) fn primary_email(record: &Value) -> Option<Cow<'_, str>> {
    let emails = record.get("emails")?.as_array()?;
    let primary = emails
        .iter()
        .find(|email| email.get("primary").and_then(Value::as_bool) == Some(true));
    primary
        .or_else(|| emails.first())
        .and_then(|email| email.get("value"))
        .map(text_of)
}

/// A product by its key; by its name where the key is none that we know.
pub(super) fn product_of(entry: &Value, key: &str) -> Option<String> {
    let names = [
        text(entry, key),
        text(entry, "productKey"),
        text(entry, "name"),
    ];
    let known = names.iter().find_map(|name| product::facts(name));
    match known {
        Some(known) => Some(known.name.to_owned()),
        None => names
            .iter()
            .rev()
            .map(|name| name.trim())
            .find(|name| !name.is_empty())
            .map(str::to_owned),
    }
}

/// The site of a product: v1 has its host; v2 has an id that may be a resource name with the site's id.
pub(super) fn site_of(entry: &Value) -> String {
    let url = text(entry, "url");
    if !url.trim().is_empty() {
        let site = site_name(&url);
        // Products of one address for all the world: the host is no site.
        let shared = matches!(
            site.as_str(),
            "bitbucket.org" | "trello.com" | "www.loom.com"
        );
        return if shared { String::new() } else { site };
    }
    let id = text(entry, "id");
    let host = id.split('/').find(|part| part.contains(".atlassian.net"));
    if let Some(host) = host {
        return site_name(host);
    }
    id.split_once("::site/").map_or_else(
        || text(entry, "cloudSiteId").trim().to_lowercase(),
        |(_, site)| site.trim().to_lowercase(),
    )
}
