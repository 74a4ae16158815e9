//! What stands beside the lists of a JSON file, and whether it says that a part of them is missing.
//!
//! APIs answer in pages. A file that holds the first page alone looks just like a whole one, and everyone on the
//! other pages looks like a leaver: so a link to a next page, or a total above the records, is said aloud.

use serde_json::{Map, Value};

use crate::domain::dataset::{Note, Side};
use crate::domain::finding::FindingCode;

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

const MISSING: &str = "page-missing";
const PERHAPS_MISSING: &str = "page-perhaps-missing";

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
    /// Lengths at which this API cuts its answers, and says so only in the HTTP header.
    pub(crate) full_pages: &'static [u64],
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

    /// Whether the file holds a whole list by its own word.
    fn is_whole(&self) -> bool {
        self.next.is_none() && self.total.is_some_and(|(_, total)| total <= self.records)
    }

    /// The pages of several files as those of one list: it ends where one of them leads nowhere.
    fn together(files: &[&Pages]) -> Pages {
        let all_lead_on = files.iter().all(|pages| pages.next.is_some());
        let any_is_short = files
            .iter()
            .any(|pages| !pages.full_pages.contains(&pages.last));
        let first = files.first().copied().cloned().unwrap_or_default();
        Pages {
            records: files.iter().map(|pages| pages.records).sum(),
            count: files.iter().map(|pages| pages.count).sum(),
            next: first.next.filter(|_| all_lead_on),
            total: files
                .iter()
                .filter_map(|pages| pages.total)
                .max_by_key(|(_, total)| *total),
            full_pages: if any_is_short { &[] } else { first.full_pages },
            ..first
        }
    }

    /// Whether a note says that a page is missing, or may be.
    pub(crate) fn is_about(note: &Note) -> bool {
        matches!(note.code, MISSING | PERHAPS_MISSING)
    }

    /// What is missing of files of one format: each may be a page of one list. Files that are whole by themselves
    /// are none.
    pub(crate) fn notes_together(files: &[(&str, &Pages)], side: Side) -> Vec<Note> {
        let parts: Vec<_> = files
            .iter()
            .filter(|(_, pages)| !pages.is_whole())
            .collect();
        let names: Vec<&str> = parts.iter().map(|(name, _)| *name).collect();
        let pages: Vec<&Pages> = parts.iter().map(|(_, pages)| *pages).collect();
        let leads_on = pages.iter().filter(|pages| pages.next.is_some()).count();
        let whose = match names.as_slice() {
            [one] => format!("{one} is"),
            _ => format!("{} together are", names.join(" and ")),
        };
        let mut notes = Pages::together(&pages).notes_of(&whose, side);
        if notes.is_empty() && leads_on > 0 {
            notes.push(Note::remark(
                "pages-taken-together",
                format!(
                    "{} are taken for the pages of one list",
                    names.join(" and ")
                ),
            ));
        }
        notes
    }

    /// Whether records are missing, and whether they may be.
    pub(crate) fn notes(&self, file: &str, side: Side) -> Vec<Note> {
        self.notes_of(&format!("{file} is"), side)
    }

    fn notes_of(&self, file_is: &str, side: Side) -> Vec<Note> {
        let seen = self.records;
        let loss = match side {
            Side::Atlassian => "accounts and seats on other pages are not counted",
            Side::Directory => "whoever is on another page looks like a leaver",
        };
        // Whoever is on a page that is missing has an account that matches nobody.
        let in_doubt: &[FindingCode] = match side {
            Side::Atlassian => &[],
            Side::Directory => &[FindingCode::UnmatchedAccount],
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
            (None, None) if self.full_pages.contains(&self.last) => {
                return vec![Note::doubt(
                    PERHAPS_MISSING,
                    format!(
                        "{file_is} perhaps not the whole list: it ends with a full page of {} records, and this API \
                         tells of a next page only outside the file; {loss}: make sure that all pages were fetched",
                        self.last
                    ),
                )
                .under(in_doubt)];
            }
            (None, None) => return Vec::new(),
        };
        vec![
            Note::doubt(
                MISSING,
                format!("{file_is} not the whole list: {what}; {loss}: fetch all pages"),
            )
            .under(in_doubt),
        ]
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
        let mut pages: Pages = each_record(&source, |_| Ok(Next::Go)).expect("valid JSON");
        pages.full_pages = &[3];
        let notes = pages.notes(&source.name, Side::Directory);
        assert!(notes.iter().all(|note| note.doubt));
        notes.into_iter().map(|note| note.text).collect()
    }

    fn notes_together(texts: &[&str]) -> Vec<String> {
        let pages: Vec<Pages> = texts
            .iter()
            .map(|text| {
                let (_kept, source) = written(text.as_bytes());
                let mut pages = each_record(&source, |_| Ok(Next::Go)).expect("valid JSON");
                pages.full_pages = &[3];
                pages
            })
            .collect();
        let files: Vec<(&str, &Pages)> = ["a", "b", "c"].into_iter().zip(&pages).collect();
        let notes = Pages::notes_together(&files, Side::Directory);
        notes.into_iter().map(|note| note.text).collect()
    }

    #[test]
    fn pages_in_files_of_their_own_are_one_list() {
        let lost = "; whoever is on another page looks like a leaver: fetch all pages";
        for (texts, told) in [
            (
                &[
                    r#"{"value":[{}],"@odata.nextLink":"u"}"#,
                    r#"{"value":[{}]}"#,
                ][..],
                "a and b are taken for the pages of one list".to_owned(),
            ),
            (
                &[
                    r#"{"value":[{}],"@odata.nextLink":"u"}"#,
                    r#"{"value":[{},{}],"@odata.nextLink":"v"}"#,
                ],
                format!(
                    "a and b together are not the whole list: it has 3 records and names a next page (@odata.nextLink){lost}"
                ),
            ),
            (
                &[
                    r#"{"Resources":[{}],"totalResults":4}"#,
                    r#"{"Resources":[{},{}],"totalResults":4}"#,
                ],
                format!(
                    "a and b together are not the whole list: it has 3 records of 4 (totalResults){lost}"
                ),
            ),
            // A list that is whole by itself is no page of the other.
            (
                &[
                    r#"{"Resources":[{}],"totalResults":1}"#,
                    r#"{"Resources":[{},{}],"totalResults":4}"#,
                ],
                format!("b is not the whole list: it has 2 records of 4 (totalResults){lost}"),
            ),
        ] {
            assert_eq!(notes_together(texts), [told], "{texts:?}");
        }
        for texts in [
            &["[{},{},{}]", "[{}]"][..],
            &[
                r#"{"Resources":[{}],"totalResults":2}"#,
                r#"{"Resources":[{}],"totalResults":2}"#,
            ],
        ] {
            assert_eq!(notes_together(texts), [""; 0], "{texts:?}");
        }
        assert_eq!(notes_together(&["[{},{},{}]", "[{},{},{}]"]).len(), 1);
    }

    #[test]
    fn a_next_page_or_a_greater_total_is_said_aloud() {
        let tail = "; whoever is on another page looks like a leaver: fetch all pages";
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
