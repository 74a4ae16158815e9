//! What stands beside the lists of a JSON file, and whether it says that a part of them is missing.
//!
//! APIs answer in pages. A file that holds the first page alone looks just like a whole one, and everyone on the
//! other pages looks like a leaver: so a link to a next page, or a total above the records, is said aloud.

use serde_json::{Map, Value};

use crate::domain::dataset::{Note, Side};

/// Where the known APIs put the way to the next page. (Okta and OneLogin v2 put it into the HTTP header, which
/// no file keeps.)
const NEXT: &[&str] = &[
    "/@odata.nextLink",
    "/nextPageToken",
    "/links/next",
    "/pagination/next_link",
    "/pagination/after_cursor",
    "/_links/next/href",
    "/next",
];
/// Where they put the number of all records.
const TOTAL: &[&str] = &[
    "/totalResults",
    "/meta/total",
    "/totalCount",
    "/@odata.count",
    "/total",
];

/// The pages of one file, added up.
#[derive(Clone, Default, Debug)]
pub(crate) struct Pages {
    pub(crate) records: u64,
    /// Lists in the file; none where records stand alone, as in JSON lines.
    pub(crate) count: u64,
    /// Records of the last list.
    pub(crate) last: u64,
    /// The key of the first list that has one.
    pub(crate) list: Option<&'static str>,
    /// What leads on from the last page.
    next: Option<&'static str>,
    total: Option<(&'static str, u64)>,
}

impl Pages {
    /// Adds a page that was walked to its end. Of several pages only the last one's link counts.
    pub(super) fn close(
        &mut self,
        list: Option<&'static str>,
        records: u64,
        beside: &Map<String, Value>,
    ) {
        self.count += 1;
        self.last = records;
        self.list = self.list.or(list);
        self.next = NEXT
            .iter()
            .copied()
            .find(|path| pointer(beside, path).is_some_and(leads_on));
        let total = TOTAL
            .iter()
            .find_map(|path| Some((*path, number(pointer(beside, path)?)?)));
        if total.map(|(_, total)| total) > self.total.map(|(_, total)| total) {
            self.total = total;
        }
    }

    /// Whether records are missing, and whether they may be. `full_page` is a length at which this API cuts
    /// its answers and says so only in the HTTP header.
    pub(crate) fn notes(&self, file: &str, side: Side, full_pages: &[u64]) -> Vec<Note> {
        let seen = self.records;
        let loss = match side {
            Side::Atlassian => "accounts and seats on other pages are not counted",
            Side::Directory => "whoever is on another page looks like a leaver",
        };
        let short = self.total.filter(|(_, total)| *total > seen);
        let what = match (self.next, short) {
            (Some(next), Some((path, total))) => format!(
                "it has {seen} records of {total} ({}) and names a next page ({})",
                shown(path),
                shown(next)
            ),
            (Some(next), None) => {
                format!(
                    "it has {seen} records and names a next page ({})",
                    shown(next)
                )
            }
            (None, Some((path, total))) => {
                format!("it has {seen} records of {total} ({})", shown(path))
            }
            (None, None) if full_pages.contains(&self.last) => {
                return vec![Note::doubt(
                    "page-perhaps-missing",
                    format!(
                        "{file} may not be the whole list: it ends with a full page of {} records, and this API \
                         tells of a next page only outside the file; {loss}: make sure that all pages were fetched",
                        self.last
                    ),
                )];
            }
            (None, None) => return Vec::new(),
        };
        vec![Note::doubt(
            "page-missing",
            format!(
                "{file} is not the whole list: {what}; {loss}: fetch all pages and put them into this one file"
            ),
        )]
    }
}

fn pointer<'v>(beside: &'v Map<String, Value>, path: &str) -> Option<&'v Value> {
    let path = path.strip_prefix('/')?;
    let (head, rest) = path.split_once('/').unwrap_or((path, ""));
    let value = beside.get(head)?;
    if rest.is_empty() {
        Some(value)
    } else {
        value.pointer(&format!("/{rest}"))
    }
}

/// A link, a token or a cursor; null, an empty text and `false` lead nowhere.
fn leads_on(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Object(object) => !object.is_empty(),
        Value::Bool(true) | Value::Number(_) => true,
    }
}

fn number(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// `/meta/total` as people write it: `meta.total`.
fn shown(path: &str) -> String {
    path.trim_start_matches('/').replace('/', ".")
}

#[cfg(test)]
mod tests {
    use super::Pages;
    use crate::domain::dataset::Side;
    use crate::read::json::each_record;
    use crate::read::json::testing::written;
    use crate::read::source::Next;

    fn notes(text: &str) -> Vec<String> {
        let (_kept, source) = written(text.as_bytes());
        let pages: Pages = each_record(&source, |_| Ok(Next::Go)).expect("valid JSON");
        let notes = pages.notes(&source.name, Side::Directory, &[3]);
        assert!(notes.iter().all(|note| note.doubt));
        notes.into_iter().map(|note| note.text).collect()
    }

    #[test]
    fn a_next_page_or_a_greater_total_is_said_aloud() {
        let tail = "; whoever is on another page looks like a leaver: fetch all pages and put them into this one file";
        for (text, what) in [
            (
                r#"{"@odata.nextLink":"https://x","value":[{},{}]}"#,
                "it has 2 records and names a next page (@odata.nextLink)",
            ),
            (
                r#"{"users":[{}],"nextPageToken":"abc"}"#,
                "it has 1 records and names a next page (nextPageToken)",
            ),
            (
                r#"{"Resources":[{}],"totalResults":7}"#,
                "it has 1 records of 7 (totalResults)",
            ),
            (
                r#"{"totalCount":"7","results":[{}]}"#,
                "it has 1 records of 7 (totalCount)",
            ),
            (
                r#"{"data":[{}],"links":{"next":"u"},"meta":{"total":9}}"#,
                "it has 1 records of 9 (meta.total) and names a next page (links.next)",
            ),
            (
                r#"{"data":[{}],"pagination":{"next_link":null,"after_cursor":"c"}}"#,
                "it has 1 records and names a next page (pagination.after_cursor)",
            ),
            (
                r#"[{"value":[{}]},{"value":[{}],"@odata.nextLink":"u"}]"#,
                "it has 2 records and names a next page (@odata.nextLink)",
            ),
        ] {
            assert_eq!(
                notes(text),
                [format!("x.json is not the whole list: {what}{tail}")],
                "{text}"
            );
        }
    }

    #[test]
    fn pages_put_together_are_whole_when_the_last_one_leads_nowhere() {
        for text in [
            r#"{"value":[{}],"@odata.nextLink":"u"}{"value":[{}]}"#,
            r#"{"Resources":[{}],"totalResults":2}{"Resources":[{}],"totalResults":2}"#,
            r#"{"users":[{}],"nextPageToken":""}"#,
            r#"{"data":[{}],"links":{"self":"u","next":null}}"#,
        ] {
            assert_eq!(notes(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_full_page_without_any_mark_is_doubted() {
        assert_eq!(notes("[{},{},{}]").len(), 1);
        assert_eq!(notes("[{},{},{},{}]"), [""; 0]);
        assert_eq!(notes("[{},{},{}]\n[{}]"), [""; 0]);
        assert_eq!(notes("[{},{}]\n[{}]"), [""; 0]);
        assert_eq!(notes("[{}]\n[{},{},{}]").len(), 1);
    }
}
