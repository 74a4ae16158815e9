//! JSON exports of both sides: which one a file is, and the way to its reader.
//!
//! `walk` gives the records of a file one by one, `pages` tells whether a part is missing, `shape` recognises the
//! formats. What each format's fields say stands with its side: `directory::json` and `atlassian::api`.

mod failure;
mod measured;
mod pages;
mod shape;
mod walk;

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::Value;

use super::atlassian::api::{self, Api};
use super::directory::json::{self, Layout};
use super::limits::COLUMNS;
use super::reading::{Batch, Reading};
use super::source::Stop;
use crate::error::Error;

pub(crate) use pages::Pages;
pub(crate) use shape::detect;
pub(crate) use walk::each_record;

/// Whether a record, in the list of this key, is of a format.
pub(crate) type Fits = fn(Option<&str>, &Value) -> bool;

/// A recognised JSON export.
#[derive(Clone, Copy, Debug)]
pub(crate) enum JsonFormat {
    Directory(&'static Layout),
    Atlassian(&'static Api),
}

#[cfg(test)]
impl JsonFormat {
    pub(crate) fn name(self) -> &'static str {
        match self {
            JsonFormat::Directory(layout) => layout.name,
            JsonFormat::Atlassian(api) => api.name,
        }
    }
}

/// Reads one file.
pub(crate) fn read(file: Reading<'_>, format: JsonFormat) -> Result<Batch, Stop> {
    match format {
        JsonFormat::Directory(layout) => json::read(file, layout),
        JsonFormat::Atlassian(api) => api::read(file, api),
    }
}

/// A value as the text that a CSV export of it would hold. Lists and objects, which no cell holds, show as JSON.
pub(crate) fn text_of(value: &Value) -> Cow<'_, str> {
    const MOST: usize = 60;
    match value {
        Value::Null => Cow::Borrowed(""),
        Value::String(text) => Cow::Borrowed(text),
        Value::Bool(_) | Value::Number(_) => Cow::Owned(value.to_string()),
        Value::Array(_) | Value::Object(_) => {
            let text = value.to_string();
            match text.char_indices().nth(MOST) {
                Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
                None => Cow::Owned(text),
            }
        }
    }
}

/// Whether the record is not a person but something else that such lists mix in: a group, mostly.
pub(crate) fn no_person(record: &Value) -> Option<&'static str> {
    const GROUP: &str = "a group, not a person";
    let text = |path: &str| record.pointer(path).and_then(Value::as_str);
    let kind = text("/meta/resourceType").or_else(|| {
        record
            .get("@odata.type")
            .and_then(Value::as_str)
            .map(|name| name.trim_start_matches("#microsoft.graph."))
    });
    match kind {
        Some(kind) if kind.eq_ignore_ascii_case("group") => return Some(GROUP),
        Some(kind) if !kind.eq_ignore_ascii_case("user") => {
            return Some("another kind of resource, not a person");
        }
        Some(_) | None => {}
    }
    let schemas = record.get("schemas").and_then(Value::as_array)?;
    let has = |end: &str| {
        schemas
            .iter()
            .filter_map(Value::as_str)
            .any(|schema| schema.to_lowercase().ends_with(end))
    };
    (has(":group") && !has(":user")).then_some(GROUP)
}

/// The top-level keys of all records: JSON's columns.
#[derive(Default)]
pub(crate) struct KeysSeen(BTreeSet<String>);

impl KeysSeen {
    /// Adds those of a record. A file with more of them than a table may have columns has data in their place.
    pub(crate) fn add(&mut self, file: &str, record: &Value) -> Result<(), Error> {
        for key in record
            .as_object()
            .into_iter()
            .flat_map(|object| object.keys())
        {
            if !self.0.contains(key) {
                self.0.insert(key.clone());
            }
        }
        if self.0.len() > COLUMNS {
            return Err(Error::refused(
                file,
                format!("records with more than {COLUMNS} different keys"),
                "give a list of people or accounts: its records have the same keys",
            ));
        }
        Ok(())
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.0.contains(key)
    }

    /// The keys that are not the head of any path in `used`.
    pub(crate) fn others(self, used: &[String]) -> Vec<String> {
        self.0
            .into_iter()
            .filter(|key| {
                !used.iter().any(|path| {
                    path == key
                        || path
                            .strip_prefix(key.as_str())
                            .is_some_and(|rest| rest.starts_with('/'))
                })
            })
            .collect()
    }
}

/// Files and readings for the tests of all JSON readers.
#[cfg(test)]
pub(crate) mod testing {
    use std::collections::BTreeMap;
    use std::path::Path;

    use tempfile::TempDir;

    use super::{JsonFormat, detect, read};
    use crate::domain::day::Day;
    use crate::error::Error;
    use crate::read::Rules;
    use crate::read::detect::{Detected, Recognised};
    use crate::read::reading::{Batch, Reading};
    use crate::read::source::{Source, Stop};

    pub(crate) fn written(bytes: &[u8]) -> (TempDir, Source) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("x.json");
        std::fs::write(&path, bytes).expect("written");
        let source = Source::open(&path, "x.json".to_owned()).expect("opened");
        (folder, source)
    }

    /// A fixture of `tests/fixtures/json`.
    pub(crate) fn fixture(name: &str) -> Source {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/fixtures/json")
            .join(name);
        Source::open(&path, name.to_owned()).expect("a fixture")
    }

    pub(crate) fn rules() -> Rules {
        Rules {
            as_of: Day::from_ymd(2026, 11, 23),
            today: Day::from_ymd(2026, 11, 23).expect("a day"),
            day_is_inferred: false,
            days_of_adding: false,
            date_order: None,
            leavers_only: Vec::new(),
            groups: Vec::new(),
            skip_bad_rows: false,
            columns: Vec::new(),
            status_words: Vec::new(),
        }
    }

    pub(crate) fn format_of(source: &Source) -> JsonFormat {
        match detect(source, &[]) {
            Ok(Detected::Format(Recognised::Json(format))) => format,
            Ok(Detected::Format(other)) => panic!("{other:?}"),
            Ok(Detected::Blank) => panic!("a blank sheet"),
            Ok(Detected::Unknown(what)) => panic!("{what}"),
            Err(error) => panic!("{}", error.report()),
        }
    }

    pub(crate) fn unknown(text: &str) -> String {
        let (_kept, source) = written(text.as_bytes());
        match detect(&source, &[]) {
            Ok(Detected::Unknown(what)) => what,
            Ok(Detected::Format(format)) => panic!("{format:?}"),
            Ok(Detected::Blank) => panic!("a blank sheet"),
            Err(error) => panic!("{}", error.report()),
        }
    }

    pub(crate) fn refused(text: &str) -> String {
        let (_kept, source) = written(text.as_bytes());
        detect(&source, &[]).err().expect("refused").report()
    }

    pub(crate) fn read_as(
        source: &Source,
        format: JsonFormat,
        rules: &Rules,
    ) -> Result<Batch, Error> {
        match read(Reading::of(source, 0, rules, &BTreeMap::new()), format) {
            Ok(batch) => Ok(batch),
            Err(Stop::Failed(error)) => Err(error),
            Err(stop) => panic!("{stop:?}"),
        }
    }

    pub(crate) fn read_people(source: &Source, rules: &Rules) -> Result<Batch, Error> {
        read_as(source, format_of(source), rules)
    }

    pub(crate) fn read_accounts(source: &Source) -> Batch {
        read_as(source, format_of(source), &rules()).expect("read")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{
        Just, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest,
    };
    use serde_json::{Value, json};

    use super::testing::{read_as, rules, written};
    use super::{no_person, text_of};
    use crate::read::Batch;
    use crate::read::detect::{Detected, Recognised};

    const KEYS: &[&str] = &[
        "data",
        "users",
        "value",
        "Resources",
        "profile",
        "login",
        "credentials",
        "userName",
        "scope",
        "status",
        "userPrincipalName",
        "proxyAddresses",
        "primaryEmail",
        "emails",
        "organizations",
        "externalIds",
        "email",
        "firstname",
        "state",
        "_id",
        "activated",
        "accountId",
        "account_id",
        "account_status",
        "product_access",
        "productAccess",
        "key",
        "url",
        "id",
        "last_active",
        "claimStatus",
        "groups",
        "schemas",
        "meta",
        "end_date",
        "urn:scim:schemas:extension:atlassian-external:1.0",
        "active",
        "links",
        "next",
        "totalResults",
    ];
    const TEXTS: &[&str] = &[
        "",
        "ana@corp.example",
        "ana",
        "active",
        "2026-11-30",
        "03/04/2026",
        "jira-software",
        "é",
        "User",
        "SMTP:a@b",
        "ari:cloud:jira::site/1",
        "managed",
    ];

    fn values() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            (0..TEXTS.len()).prop_map(|text| Value::from(TEXTS[text])),
        ];
        leaf.prop_recursive(4, 60, 6, |inner| {
            let object = proptest::collection::vec((0..KEYS.len(), inner.clone()), 0..6);
            prop_oneof![
                proptest::collection::vec(inner, 0..5).prop_map(Value::from),
                object.prop_map(|fields| {
                    Value::Object(
                        fields
                            .into_iter()
                            .map(|(key, value)| (KEYS[key].to_owned(), value))
                            .collect(),
                    )
                }),
            ]
        })
    }

    proptest! {
        #[test]
        fn no_json_makes_a_reader_stumble_or_lose_a_record(
            values in proptest::collection::vec(values(), 1..4),
            cut in 0_usize..400,
        ) {
            let list = Value::Array(values).to_string();
            let cut: String = list.chars().take(cut).collect();
            for text in [list, cut] {
                let (_kept, source) = written(text.as_bytes());
                let Ok(Detected::Format(Recognised::Json(format))) = super::detect(&source, &[]) else {
                    continue;
                };
                let Ok(Batch { source, rejects, .. }) = read_as(&source, format, &rules()) else {
                    continue;
                };
                prop_assert!(source.records > 0);
                prop_assert_eq!(source.accepted + source.rejected, source.records);
                prop_assert_eq!(source.rejected, rejects.len() as u64);
            }
        }
    }

    #[test]
    fn values_show_as_the_cells_of_a_table_would() {
        for (value, text) in [
            (json!(null), ""),
            (json!("Active"), "Active"),
            (json!(false), "false"),
            (json!(1_754_230_000_000_u64), "1754230000000"),
            (json!(["a"]), "[\"a\"]"),
        ] {
            assert_eq!(text_of(&value), text);
        }
        assert_eq!(text_of(&json!({ "k": "é".repeat(90) })).chars().count(), 61);
    }

    #[test]
    fn groups_and_devices_are_no_people() {
        let group = Some("a group, not a person");
        for (record, what) in [
            (json!({ "meta": { "resourceType": "Group" } }), group),
            (
                json!({ "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"] }),
                group,
            ),
            (json!({ "@odata.type": "#microsoft.graph.group" }), group),
            (
                json!({ "@odata.type": "#microsoft.graph.device" }),
                Some("another kind of resource, not a person"),
            ),
            (json!({ "@odata.type": "#microsoft.graph.user" }), None),
            (
                json!({ "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"] }),
                None,
            ),
            (json!({ "userName": "ana" }), None),
        ] {
            assert_eq!(no_person(&record), what, "{record}");
        }
    }
}
