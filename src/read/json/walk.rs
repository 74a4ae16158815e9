//! A JSON file as records, one at a time: memory is that of one record, however long the list.
//!
//! A file is one value or several in a row (JSON lines, pages put together). A record is an element of a
//! top-level list, an element of the list in an answer object (`{"value": […], "@odata.nextLink": …}`), or a
//! top-level object without such a list. Lines mean nothing in JSON: a record's place is its ordinal number.
//! Knows nothing of accounts or people.

use std::cell::Cell;
use std::fmt;
use std::io::{self, BufReader, Read};

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::failure::{stop_of, too_large};
use super::measured::{Measure, Measured};
use super::pages::Pages;
use crate::read::limits::JSON_BYTES;
use crate::read::source::{DAMAGED, Next, Source, Stop, nul_found};

/// The keys under which the known APIs and reports put their list, and the usual names of home-made ones.
const LISTS: &[&str] = &[
    "value",
    "users",
    "data",
    "results",
    "Resources",
    "employees",
    "Report_Entry",
    "people",
    "workers",
    "records",
    "items",
];
const BUFFER: usize = 256 * 1024;

/// One record: its number in the file from 1, the key of the list it is in, and itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Record<'a> {
    pub(crate) number: u64,
    pub(crate) list: Option<&'a str>,
    pub(crate) value: &'a Value,
}

/// Calls `visit` with each record, and gives what stood beside the lists. `visit` may stop the reading.
pub(crate) fn each_record(
    source: &Source,
    visit: impl FnMut(Record<'_>) -> Result<Next, Stop>,
) -> Result<Pages, Stop> {
    let since = Cell::new(0);
    let text = Metered {
        text: source.decoded()?,
        since: &since,
    };
    let text = BufReader::with_capacity(BUFFER, text);
    let mut json = serde_json::Deserializer::from_reader(text);
    let mut walk = Walk {
        visit,
        file: &source.name,
        pages: Pages::default(),
        end: None,
        since: &since,
        measure: &Measure::default(),
    };
    while json.end().is_err() {
        if let Err(error) = (TopLevel { walk: &mut walk }).deserialize(&mut json) {
            return match walk.end {
                Some(End::Enough) => Ok(walk.pages),
                Some(End::Stopped(stop)) => Err(stop),
                None if since.get() > JSON_BYTES || walk.measure.is_full() => {
                    Err(too_large(source, walk.pages.records + 1).into())
                }
                None => Err(stop_of(source, error)),
            };
        }
    }
    Ok(walk.pages)
}

/// Why the walk ended before the file did. It has to pass through serde, which carries only text.
enum End {
    Enough,
    Stopped(Stop),
}

/// Text of which each record may have so many bytes.
struct Metered<'s, R> {
    text: R,
    /// Bytes since the last record, with what the buffer has of the next ones.
    since: &'s Cell<u64>,
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        if self.since.get() > JSON_BYTES {
            return Err(io::Error::other("too much for one record"));
        }
        let read = self.text.read(room)?;
        self.since.set(self.since.get() + read as u64);
        Ok(read)
    }
}

struct Walk<'s, F> {
    visit: F,
    file: &'s str,
    pages: Pages,
    end: Option<End>,
    since: &'s Cell<u64>,
    measure: &'s Measure,
}

/// The key of a text with a NUL in it.
fn nul_in(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => text.contains('\0').then_some(""),
        Value::Array(values) => values.iter().find_map(nul_in),
        Value::Object(entries) => entries.iter().find_map(|(key, value)| {
            nul_in(value).map(|inner| if inner.is_empty() { key } else { inner })
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

impl<F: FnMut(Record<'_>) -> Result<Next, Stop>> Walk<'_, F> {
    fn record<E: serde::de::Error>(&mut self, list: Option<&str>, value: &Value) -> Result<(), E> {
        self.pages.records += 1;
        self.since.set(0);
        self.measure.begin_again();
        if let Some(key) = nul_in(value) {
            let place = format!("{}:{}", self.file, self.pages.records);
            let error = nul_found(&place, &format!("under {key:?}"), DAMAGED);
            self.end = Some(End::Stopped(error.into()));
            return Err(E::custom("ended by the reader"));
        }
        let record = Record {
            number: self.pages.records,
            list,
            value,
        };
        self.end = match (self.visit)(record) {
            Ok(Next::Go) => return Ok(()),
            Ok(Next::Stop) => Some(End::Enough),
            Err(stop) => Some(End::Stopped(stop)),
        };
        Err(E::custom("ended by the reader"))
    }

    /// An element of a top-level list: a record, or (from `jq --slurp`) a whole page.
    fn element<E: serde::de::Error>(&mut self, value: &Value) -> Result<Element, E> {
        let (list, records, beside) = match value {
            Value::Array(records) => (None, records, None),
            Value::Object(page) => match list_of(page) {
                Some((key, records)) => (Some(key), records, Some(page)),
                None => return self.record(None, value).map(|()| Element::Record),
            },
            _ => return self.record(None, value).map(|()| Element::Record),
        };
        for record in records {
            self.record(list, record)?;
        }
        let nothing = Map::new();
        self.pages
            .close(list, records.len() as u64, beside.unwrap_or(&nothing));
        Ok(Element::Page)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Element {
    Record,
    Page,
}

/// The list of an answer object that was read whole.
fn list_of(page: &Map<String, Value>) -> Option<(&'static str, &Vec<Value>)> {
    LISTS.iter().find_map(|key| {
        let records = page.get(*key)?.as_array()?;
        records.first()?.is_object().then_some((*key, records))
    })
}

struct TopLevel<'w, 's, F> {
    walk: &'w mut Walk<'s, F>,
}

impl<'de, F: FnMut(Record<'_>) -> Result<Next, Stop>> DeserializeSeed<'de> for TopLevel<'_, '_, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de, F: FnMut(Record<'_>) -> Result<Next, Stop>> Visitor<'de> for TopLevel<'_, '_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of records or a record")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let (mut records, mut pages) = (0_u64, 0_u64);
        while let Some(value) = list.next_element_seed(Measured(self.walk.measure))? {
            match self.walk.element(&value)? {
                Element::Record => records += 1,
                Element::Page => pages += 1,
            }
        }
        if records > 0 || pages == 0 {
            self.walk.pages.close(None, records, &Map::new());
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        let mut beside = Map::new();
        let mut list: Option<(&'static str, u64)> = None;
        while let Some(key) = object.next_key::<String>()? {
            let Some(name) = LISTS.iter().copied().find(|name| *name == key) else {
                let value = object.next_value_seed(Measured(self.walk.measure))?;
                beside.insert(key, value);
                continue;
            };
            let walk = &mut *self.walk;
            match object.next_value_seed(ListValue { walk, name })? {
                Listed::Records(records) => {
                    list = Some((name, records + list.map_or(0, |(_, before)| before)));
                }
                Listed::Other(value) => {
                    beside.insert(key, value);
                }
            }
        }
        match list {
            Some((name, records)) => {
                self.walk.pages.close(Some(name), records, &beside);
                Ok(())
            }
            None => self.walk.record(None, &Value::Object(beside)),
        }
    }
}

/// The value under one of the keys of lists: a list is walked, anything else is kept.
struct ListValue<'w, 's, F> {
    walk: &'w mut Walk<'s, F>,
    name: &'static str,
}

enum Listed {
    Records(u64),
    Other(Value),
}

impl<'de, F: FnMut(Record<'_>) -> Result<Next, Stop>> DeserializeSeed<'de>
    for ListValue<'_, '_, F>
{
    type Value = Listed;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Listed, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de, F: FnMut(Record<'_>) -> Result<Next, Stop>> Visitor<'de> for ListValue<'_, '_, F> {
    type Value = Listed;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Listed, A::Error> {
        let mut records = 0;
        while let Some(value) = list.next_element_seed(Measured(self.walk.measure))? {
            self.walk.record(Some(self.name), &value)?;
            records += 1;
        }
        Ok(Listed::Records(records))
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Listed, A::Error> {
        let measured = Measured(self.walk.measure);
        measured.visit_map(object).map(Listed::Other)
    }

    fn visit_bool<E>(self, yes: bool) -> Result<Listed, E> {
        Ok(Listed::Other(yes.into()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Listed, E> {
        Ok(Listed::Other(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Listed, E> {
        Ok(Listed::Other(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Listed, E> {
        Ok(Listed::Other(number.into()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Listed, E> {
        Ok(Listed::Other(text.into()))
    }

    fn visit_unit<E>(self) -> Result<Listed, E> {
        Ok(Listed::Other(Value::Null))
    }
}

#[cfg(test)]
mod tests {
    use super::each_record;
    use crate::read::json::testing::written;
    use crate::read::source::{Next, Stop};

    /// Every record as `list number text`, and the number of pages.
    fn walked(text: &str) -> (Vec<String>, u64) {
        let (_kept, source) = written(text.as_bytes());
        let mut seen = Vec::new();
        let pages = each_record(&source, |record| {
            seen.push(format!(
                "{} {} {}",
                record.list.unwrap_or("-"),
                record.number,
                record.value
            ));
            Ok(Next::Go)
        })
        .expect("valid JSON");
        assert_eq!(pages.records, seen.len() as u64);
        (seen, pages.count)
    }

    #[test]
    fn records_are_found_in_lists_answers_lines_and_slurped_pages() {
        for (text, records, pages) in [
            (
                r#"[{"a":1},{"a":2}]"#,
                &["- 1 {\"a\":1}", "- 2 {\"a\":2}"][..],
                1,
            ),
            (
                r#"{"n":1,"users":[{"a":1}],"z":null}"#,
                &["users 1 {\"a\":1}"],
                1,
            ),
            (
                "{\"a\":1}\n{\"a\":2}\n",
                &["- 1 {\"a\":1}", "- 2 {\"a\":2}"],
                0,
            ),
            (
                r#"{"value":[{"a":1}]} {"value":[{"a":2}]}"#,
                &["value 1 {\"a\":1}", "value 2 {\"a\":2}"],
                2,
            ),
            (
                r#"[{"data":[{"a":1}]},{"data":[{"a":2}]}]"#,
                &["data 1 {\"a\":1}", "data 2 {\"a\":2}"],
                2,
            ),
            (
                r#"[[{"a":1}],[{"a":2}]]"#,
                &["- 1 {\"a\":1}", "- 2 {\"a\":2}"],
                2,
            ),
            (r#"{"data":{"a":1}}"#, &["- 1 {\"data\":{\"a\":1}}"], 0),
            (
                r#"{"value":null,"data":-1,"users":"x"}"#,
                &["- 1 {\"data\":-1,\"users\":\"x\",\"value\":null}"],
                0,
            ),
            ("[]", &[], 1),
            (r#"{"data":[]}"#, &[], 1),
        ] {
            assert_eq!(
                walked(text),
                (records.iter().map(|r| (*r).to_owned()).collect(), pages),
                "{text}"
            );
        }
    }

    #[test]
    fn a_syntax_error_names_its_place_and_a_cut_file_is_told_as_cut() {
        for (text, says) in [
            (
                "[{\"a\":1},\n {\"a\" 2}]",
                "x.json: not valid JSON at line 2, column 7: expected `:`",
            ),
            (
                "[{\"a\":1},\n {\"a\":",
                "x.json: the JSON ends in the middle, at line 2, column 6: the file was cut short",
            ),
        ] {
            let (_kept, source) = written(text.as_bytes());
            let mut seen = 0;
            let stop = each_record(&source, |_| {
                seen += 1;
                Ok(Next::Go)
            })
            .expect_err("not JSON");
            let Stop::Failed(error) = stop else {
                panic!("{stop:?}");
            };
            assert_eq!(error.to_string(), says);
            assert_eq!(seen, 1);
        }
    }

    #[test]
    fn a_reader_may_stop_and_other_encodings_are_asked_for() {
        let (_kept, source) = written(b"[{\"a\":1},{\"a\":2} this is never reached");
        let pages = each_record(&source, |_| Ok(Next::Stop)).expect("stopped in time");
        assert_eq!(pages.records, 1);
        let (_kept, source) = written(b"[{\"name\":\"Zo\xeb\"}]");
        let stop = each_record(&source, |_| Ok(Next::Go)).expect_err("not UTF-8");
        assert!(matches!(stop, Stop::NotUtf8));
        let mut name = String::new();
        each_record(&source.as_windows_1252(), |record| {
            name = record.value["name"].to_string();
            Ok(Next::Go)
        })
        .expect("Windows-1252");
        assert_eq!(name, "\"Zoë\"");
    }

    #[test]
    fn utf_16_is_read_like_any_other_text() {
        let bytes: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain("[{\"a\":1}]".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        let (_kept, source) = written(&bytes);
        let pages = each_record(&source, |_| Ok(Next::Go)).expect("UTF-16");
        assert_eq!(pages.records, 1);
    }
}
