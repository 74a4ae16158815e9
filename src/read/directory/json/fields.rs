//! One field of a JSON record, as the cells of a table: lists give several cells, decoys give none.

use std::borrow::Cow;

use serde_json::Value;

use crate::read::directory::formats::Role;
use crate::read::json::text_of;

/// Where a fact stands in a record (a JSON pointer), how its text is taken, and what it says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub(super) path: &'static str,
    take: Take,
    pub(super) role: Role,
}

/// How the text of a field is taken.
#[derive(Clone, Copy, Debug)]
pub(super) enum Take {
    /// The value, or each value of a list.
    Value,
    /// A list of objects with an address under this key. One of type home is nobody's working address,
    /// unless it is the primary one.
    Addresses(&'static str),
    /// Exchange's list: `SMTP:` leads the primary address, `smtp:` another, and other schemes are no e-mail.
    ProxyAddresses,
    /// The value under this key in the primary object of a list, or in the first.
    Primary(&'static str),
    /// The value in the objects of this type.
    OfType(&'static str),
    /// True for an account that its owner has taken up.
    Activated,
}

pub(super) const fn field(path: &'static str, take: Take, role: Role) -> Field {
    Field { path, take, role }
}

/// The text of one cell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Piece<'r> {
    pub(super) role: Role,
    pub(super) text: Cow<'r, str>,
}

impl Field {
    /// Adds the field's cells; `false` when the record does not have the field.
    pub(super) fn pieces<'r>(&self, record: &'r Value, mut add: impl FnMut(Piece<'r>)) -> bool {
        let Some(value) = record.pointer(self.path) else {
            return false;
        };
        let mut add = |role: Role, text: Cow<'r, str>| {
            // An empty address must not displace one that is given elsewhere in the record.
            let is_key = matches!(
                role,
                Role::Email | Role::Login | Role::Alias | Role::EmployeeId
            );
            if !(is_key && text.is_empty()) {
                add(Piece { role, text });
            }
        };
        match (self.take, value) {
            (Take::Value, Value::Array(list)) => {
                for value in list {
                    add(self.role, text_of(value));
                }
            }
            (Take::Value, value) => add(self.role, text_of(value)),
            (Take::Addresses(key), Value::Array(list)) => {
                for value in list {
                    if let Some((role, text)) = address(value, key) {
                        add(role, text);
                    }
                }
            }
            (Take::ProxyAddresses, Value::Array(list)) => {
                for text in list.iter().filter_map(Value::as_str) {
                    if let Some((role, text)) = proxy_address(text) {
                        add(role, Cow::Borrowed(text));
                    }
                }
            }
            (Take::Primary(key), Value::Array(list)) => {
                let filled = |value: &&Value| value.get(key).is_some_and(|text| !text.is_null());
                let primary = list.iter().filter(filled).find(|value| is_primary(value));
                let chosen = primary.or_else(|| list.iter().find(filled));
                if let Some(value) = chosen.and_then(|value| value.get(key)) {
                    add(self.role, text_of(value));
                }
            }
            (Take::OfType(kind), Value::Array(list)) => {
                let is_it =
                    |value: &&Value| value.get("type").and_then(Value::as_str) == Some(kind);
                for value in list.iter().filter(is_it) {
                    if let Some(value) = value.get("value") {
                        add(self.role, text_of(value));
                    }
                }
            }
            (Take::Activated, value) => {
                let text = match value {
                    Value::Bool(true) => Cow::Borrowed("activated"),
                    Value::Bool(false) => Cow::Borrowed("not activated"),
                    other => text_of(other),
                };
                add(self.role, text);
            }
            // A field that should be a list and is null or a single value.
            (_, Value::Null) => {}
            (_, value) => add(self.role, text_of(value)),
        }
        true
    }
}

fn address<'r>(value: &'r Value, key: &str) -> Option<(Role, Cow<'r, str>)> {
    let Some(object) = value.as_object() else {
        return Some((Role::Email, text_of(value)));
    };
    let kind = object.get("type").and_then(Value::as_str).unwrap_or("");
    let text = text_of(object.get(key)?);
    if is_primary(value) || kind.eq_ignore_ascii_case("work") {
        Some((Role::Email, text))
    } else if kind.eq_ignore_ascii_case("home") {
        None
    } else {
        Some((Role::Alias, text))
    }
}

fn is_primary(value: &Value) -> bool {
    match value.get("primary") {
        Some(Value::Bool(yes)) => *yes,
        Some(Value::String(text)) => text.eq_ignore_ascii_case("true"),
        _ => false,
    }
}

fn proxy_address(text: &str) -> Option<(Role, &str)> {
    match text.split_once(':') {
        Some(("SMTP", address)) => Some((Role::Email, address)),
        Some((scheme, address)) => scheme
            .eq_ignore_ascii_case("smtp")
            .then_some((Role::Alias, address)),
        None => Some((Role::Alias, text)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Take, field};
    use crate::read::directory::formats::Role;

    fn pieces(take: Take, role: Role, value: Value) -> Vec<(Role, String)> {
        let record = json!({ "it": value });
        let mut found = Vec::new();
        let there = field("/it", take, role).pieces(&record, |piece| {
            found.push((piece.role, piece.text.into_owned()));
        });
        assert!(there);
        found
    }

    fn texts(expected: &[(Role, &str)]) -> Vec<(Role, String)> {
        expected
            .iter()
            .map(|(role, text)| (*role, (*text).to_owned()))
            .collect()
    }

    #[test]
    fn a_home_address_is_no_address_unless_it_is_the_primary_one() {
        let list = json!([
            { "value": "ana@x.example", "type": "work" },
            { "value": "ana@home.example", "type": "home" },
            { "value": "ana.ruiz@x.example" },
            { "value": "a@x.example", "type": "other", "primary": true },
            { "type": "work" },
            "bare@x.example",
        ]);
        assert_eq!(
            pieces(Take::Addresses("value"), Role::Alias, list),
            texts(&[
                (Role::Email, "ana@x.example"),
                (Role::Alias, "ana.ruiz@x.example"),
                (Role::Email, "a@x.example"),
                (Role::Email, "bare@x.example"),
            ])
        );
        let list = json!([{ "value": "ana@home.example", "type": "home", "primary": true }]);
        assert_eq!(
            pieces(Take::Addresses("value"), Role::Alias, list),
            texts(&[(Role::Email, "ana@home.example")])
        );
    }

    #[test]
    fn exchange_addresses_lose_their_scheme_and_keep_their_plus() {
        let list = json!([
            "SMTP:Ana@x.example",
            "smtp:ana+jira@x.example",
            "X500:/o=x",
            "SIP:ana@x.example"
        ]);
        assert_eq!(
            pieces(Take::ProxyAddresses, Role::Alias, list),
            texts(&[
                (Role::Email, "Ana@x.example"),
                (Role::Alias, "ana+jira@x.example"),
            ])
        );
    }

    #[test]
    fn lists_of_objects_give_the_primary_or_the_typed_one() {
        let list = json!([{ "department": "Old" }, { "department": "New", "primary": true }]);
        assert_eq!(
            pieces(Take::Primary("department"), Role::Department, list),
            texts(&[(Role::Department, "New")])
        );
        let list = json!([{ "value": "L1", "type": "login_id" }, { "value": "E1", "type": "organization" }]);
        assert_eq!(
            pieces(Take::OfType("organization"), Role::EmployeeId, list),
            texts(&[(Role::EmployeeId, "E1")])
        );
    }

    #[test]
    fn null_is_a_blank_status_and_no_address_at_all() {
        assert_eq!(
            pieces(Take::Value, Role::Status, Value::Null),
            texts(&[(Role::Status, "")])
        );
        assert_eq!(pieces(Take::Value, Role::Login, Value::Null), texts(&[]));
        assert_eq!(
            pieces(Take::ProxyAddresses, Role::Alias, Value::Null),
            texts(&[])
        );
        assert!(!field("/x", Take::Value, Role::Email).pieces(&json!({}), |_| {}));
    }
}
