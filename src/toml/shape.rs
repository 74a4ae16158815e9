//! Text read into its shape, and what does not fit that: the key, its table, what stands there, what belongs there.
//!
//! serde's reasons are in the terms of Rust ("invalid type: integer, expected a sequence"). Here they become the file's.

use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer};

use super::near::nearest;
use super::number::keep_digits;
use super::{Fault, MOST_ENTRIES, Text};

impl Text<'_> {
    /// Reads the text into its shape.
    ///
    /// # Errors
    /// `Fault::Shape`, the first one only: past it the parser is lost.
    pub(crate) fn read<T: DeserializeOwned>(&self, file: &str) -> Result<T, Box<Fault>> {
        let fault = |place: Range<usize>, (message, hint): (String, String)| {
            Box::new(Fault::Shape {
                file: file.to_owned(),
                line: self.line(place.start),
                message,
                hint,
            })
        };
        let no_toml = |error: toml::de::Error| {
            let place = error.span().unwrap_or_default();
            let hint = self.syntax_hint(&place);
            fault(place, (error.message().to_owned(), hint))
        };
        let mut table = DeTable::parse(self.as_str()).map_err(no_toml)?;
        if let Some((place, told)) = too_many(table.get_ref()) {
            return Err(fault(place, told));
        }
        keep_digits(table.get_mut());
        T::deserialize(Deserializer::from(table)).map_err(|error| {
            let place = error.span().unwrap_or_default();
            let told = self.told::<T>(error.message(), &place);
            fault(place, told)
        })
    }

    /// What a reason of serde's means for the value at a place, with the way out.
    fn told<T: DeserializeOwned>(&self, reason: &str, place: &Range<usize>) -> (String, String) {
        let Ok(document) = DeTable::parse(self.as_str()) else {
            return (reason.to_owned(), String::new());
        };
        let names = words(reason);
        let path = path(document.get_ref(), place);
        if reason.starts_with("unknown field") {
            let unknown = names.first().copied().unwrap_or_default();
            let meant = nearest(unknown, names.iter().skip(1).copied());
            let hint = meant.map(|meant| format!("did you mean `{meant}`?"));
            return (reason.to_owned(), hint.unwrap_or_default());
        }
        if let (true, Some(missing)) = (reason.starts_with("missing field"), names.first()) {
            let message = match path.table() {
                None => format!("`{missing}` is missing"),
                Some(table) => format!("{table} has no `{missing}`"),
            };
            return (message, format!("add a line for it: {missing} = …"));
        }
        let written = self.written(place.clone());
        let is = |expected: &str| format!("{path} is {written}\n  expected {expected}");
        if reason.starts_with("unknown variant") {
            return one_of(&is, path.key(), &names);
        }
        if reason == "wanted string or table" {
            // Which words there are is told for a text alone.
            let reason = self.told_for_text::<T>(place);
            let mut names = words(&reason);
            if let Some(first) = names.first_mut() {
                *first = "";
            }
            return one_of(&is, path.key(), &names);
        }
        match reason.rsplit_once(", expected ") {
            Some((_, expected)) if reason.starts_with("invalid ") => {
                let (expected, hint) = expectation(expected, &path, &written);
                (is(&expected), hint)
            }
            _ => (reason.to_owned(), String::new()),
        }
    }

    /// serde's reason where a text that is no word stood at a place.
    fn told_for_text<T: DeserializeOwned>(&self, place: &Range<usize>) -> String {
        let Ok(mut document) = DeTable::parse(self.as_str()) else {
            return String::new();
        };
        put(document.get_mut(), place);
        keep_digits(document.get_mut());
        let read = T::deserialize(Deserializer::from(document));
        read.err()
            .map(|error| error.message().to_owned())
            .unwrap_or_default()
    }

    /// `price = 8,20` and `name = Acme` are what people write.
    fn syntax_hint(&self, place: &Range<usize>) -> String {
        let line = self.line(place.start);
        let line = self.as_str().lines().nth(line - 1).unwrap_or_default();
        let Some((key, value)) = line.split_once('=') else {
            return String::new();
        };
        let (key, value) = (key.trim(), value.trim());
        match value.split_once(',') {
            Some((whole, part)) if is_digits(whole) && is_digits(part) => {
                format!("write a decimal with a point: {key} = {whole}.{part}")
            }
            _ if value.starts_with(char::is_alphabetic) && !value.contains(['"', '\'']) => {
                format!("write text in quotes: {key} = \"{value}\"")
            }
            _ => String::new(),
        }
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The words in backticks.
fn words(reason: &str) -> Vec<&str> {
    reason.split('`').skip(1).step_by(2).collect()
}

/// A word that is none of those there are: the first name is the word, the others are known.
fn one_of(is: &impl Fn(&str) -> String, key: &str, names: &[&str]) -> (String, String) {
    let Some((word, known)) = names.split_first() else {
        return (is("a word in quotes"), String::new());
    };
    let quoted: Vec<String> = known.iter().map(|name| format!("\"{name}\"")).collect();
    let hint = match (nearest(word, known.iter().copied()), known.first()) {
        (Some(meant), _) => format!("did you mean \"{meant}\"?"),
        (None, Some(first)) => format!("for example {key} = \"{first}\""),
        (None, None) => String::new(),
    };
    (is(&format!("one of {}", quoted.join(", "))), hint)
}

/// serde's expectation in words of the file, with the way out.
fn expectation(expected: &str, path: &Path, written: &str) -> (String, String) {
    let key = path.key();
    let unquoted = written.trim_matches(['"', '\'']);
    let quoted = unquoted.len() + 2 == written.len();
    let scalar = !written.starts_with(['[', '{']);
    match expected {
        "u32" if is_digits(written) => (
            format!("a whole number up to {}", u32::MAX),
            format!("for example {key} = 30"),
        ),
        "u8" | "u16" | "u32" | "u64" | "usize" => {
            let hint = match quoted && is_digits(unquoted) {
                true => format!("write it without quotes: {key} = {unquoted}"),
                false => format!("for example {key} = 30"),
            };
            ("a whole number of zero or more".to_owned(), hint)
        }
        "a string" | "string" => {
            let hint = match scalar {
                true => format!("write it in quotes: {key} = \"{written}\""),
                false => format!("write one text: {key} = \"…\""),
            };
            ("text in quotes".to_owned(), hint)
        }
        "a boolean" => {
            let hint = match quoted && ["true", "false"].contains(&unquoted) {
                true => format!("write it without quotes: {key} = {unquoted}"),
                false => format!("write {key} = true or {key} = false"),
            };
            ("true or false".to_owned(), hint)
        }
        "a text or a list of texts" => {
            let hint = format!("for example {key} = \"…\"");
            (expected.to_owned(), hint)
        }
        "a sequence" if scalar => {
            let hint = format!("write it in brackets: {key} = [{written}]");
            ("a list".to_owned(), hint)
        }
        "a sequence" => (
            "a table of its own for each".to_owned(),
            format!("write two brackets: [[{key}]]"),
        ),
        "a number" => ("a number".to_owned(), format!("for example {key} = 8.20")),
        "a day" => (
            "a day".to_owned(),
            format!("for example {key} = 2026-11-30"),
        ),
        _ if path.is_in_list() && (expected == "a map" || expected.starts_with("struct ")) => {
            let hint = "write each in braces, such as { price = 8.20 }".to_owned();
            ("a table".to_owned(), hint)
        }
        "a map" => table_expected(key),
        other if other.starts_with("struct ") => table_expected(key),
        other => (other.to_owned(), String::new()),
    }
}

fn table_expected(key: &str) -> (String, String) {
    let hint = format!("write [{key}] on a line of its own, and its keys below");
    ("a table".to_owned(), hint)
}

/// The first list that is longer than any is meant to be, with what is told of it.
fn too_many(table: &DeTable<'_>) -> Option<(Range<usize>, (String, String))> {
    table.iter().find_map(|(key, value)| match value.get_ref() {
        DeValue::Table(inner) => too_many(inner),
        DeValue::Array(list) if list.len() > MOST_ENTRIES => {
            let message = format!(
                "`{}` has {} entries; at most {MOST_ENTRIES} are read",
                key.get_ref(),
                list.len()
            );
            let place = list.get(MOST_ENTRIES).map(Spanned::span);
            let hint = "leave out what no export needs".to_owned();
            Some((place.unwrap_or_default(), (message, hint)))
        }
        DeValue::Array(list) => list.iter().find_map(|value| match value.get_ref() {
            DeValue::Table(inner) => too_many(inner),
            _ => None,
        }),
        _ => None,
    })
}

/// Where a value stands: its tables and keys from the outermost in.
#[derive(Default)]
struct Path(Vec<Step>);

struct Step {
    key: String,
    /// Whether it stands in a list of that key.
    in_list: bool,
    /// Whether it is a table, or a list of tables.
    is_table: bool,
}

impl Path {
    /// The innermost key; nothing for the whole file.
    fn key(&self) -> &str {
        self.0.last().map_or("", |step| &step.key)
    }

    /// Whether it is an entry of a list.
    fn is_in_list(&self) -> bool {
        self.0.last().is_some_and(|step| step.in_list)
    }

    /// The innermost table, as its header has it.
    fn table(&self) -> Option<String> {
        let last = self.0.iter().rposition(|step| step.is_table)?;
        let steps = self.0.get(..=last)?;
        let names: Vec<&str> = steps.iter().map(|step| step.key.as_str()).collect();
        let name = names.join(".");
        Some(match steps.last().is_some_and(|step| step.in_list) {
            true => format!("[[{name}]]"),
            false => format!("[{name}]"),
        })
    }
}

impl std::fmt::Display for Path {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Some((last, outer)) = self.0.split_last() else {
            return f.write_str("the file");
        };
        if last.in_list {
            f.write_str("an entry of ")?;
        }
        write!(f, "`{}`", last.key)?;
        let outer = outer.iter().map(|step| Step {
            key: step.key.clone(),
            ..*step
        });
        match Path(outer.collect()).table() {
            Some(table) => write!(f, " under {table}"),
            None => Ok(()),
        }
    }
}

/// The path to the value at a place, or to the innermost one around it.
fn path(table: &DeTable<'_>, place: &Range<usize>) -> Path {
    let mut path = Path::default();
    walk(table, place, &mut path);
    path
}

/// Whether a value is at a place or around it. A table's own place is that of its header alone.
fn walk(table: &DeTable<'_>, place: &Range<usize>, path: &mut Path) -> bool {
    let within = |span: Range<usize>| span.start <= place.start && place.end <= span.end;
    for (key, value) in table {
        let step = |in_list, value: &DeValue<'_>| Step {
            key: key.get_ref().to_string(),
            in_list,
            is_table: matches!(value, DeValue::Table(_)),
        };
        let mut entries: Vec<(bool, &Spanned<DeValue<'_>>)> = vec![(false, value)];
        if let DeValue::Array(list) = value.get_ref() {
            entries.splice(0..0, list.iter().map(|entry| (true, entry)));
        }
        for (in_list, entry) in entries {
            path.0.push(step(in_list, entry.get_ref()));
            if let DeValue::Table(inner) = entry.get_ref()
                && walk(inner, place, path)
            {
                return true;
            }
            if within(entry.span()) {
                return true;
            }
            path.0.pop();
        }
    }
    false
}

/// Puts a text that is no word at a place.
fn put(table: &mut DeTable<'_>, place: &Range<usize>) {
    for (_, value) in table.iter_mut() {
        put_into(value, place);
    }
}

fn put_into(value: &mut Spanned<DeValue<'_>>, place: &Range<usize>) {
    if value.span() == *place {
        *value.get_mut() = DeValue::String("".into());
        return;
    }
    match value.get_mut() {
        DeValue::Table(inner) => put(inner, place),
        DeValue::Array(list) => list.iter_mut().for_each(|entry| put_into(entry, place)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use crate::toml::{Digits, Fault, MOST_ENTRIES, Text};

    #[derive(Deserialize, Debug, Default)]
    #[serde(deny_unknown_fields, default)]
    struct File {
        guard: Guard,
        product: Vec<Product>,
        values: BTreeMap<String, Digits>,
    }

    #[derive(Deserialize, Debug, Default)]
    #[serde(deny_unknown_fields, default)]
    struct Guard {
        held: Option<Held>,
        wanted: bool,
        days: u32,
        sites: Vec<String>,
    }

    #[derive(Deserialize, Debug)]
    #[serde(rename_all = "kebab-case")]
    enum Held {
        None,
        Standard,
    }

    #[derive(Deserialize, Debug)]
    #[serde(deny_unknown_fields)]
    struct Product {
        #[allow(dead_code)]
        product: String,
    }

    fn told(text: &str) -> (usize, String, String) {
        match *Text::new(text).read::<File>("x.toml").unwrap_err() {
            Fault::Shape {
                line,
                message,
                hint,
                ..
            } => (line, message, hint),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn a_wrong_type_is_told_in_the_terms_of_the_file() {
        for (text, line, message, hint) in [
            (
                "[guard]\ndays = \"30\"\n",
                2,
                "`days` under [guard] is \"30\"\n  expected a whole number of zero or more",
                "write it without quotes: days = 30",
            ),
            (
                "[guard]\ndays = -3\n",
                2,
                "`days` under [guard] is -3\n  expected a whole number of zero or more",
                "for example days = 30",
            ),
            (
                "[guard]\ndays = 30.5\n",
                2,
                "`days` under [guard] is 30.5\n  expected a whole number of zero or more",
                "for example days = 30",
            ),
            (
                "[guard]\nwanted = \"true\"\n",
                2,
                "`wanted` under [guard] is \"true\"\n  expected true or false",
                "write it without quotes: wanted = true",
            ),
            (
                "[guard]\nwanted = \"yes\"\n",
                2,
                "`wanted` under [guard] is \"yes\"\n  expected true or false",
                "write wanted = true or wanted = false",
            ),
            (
                "[guard]\nsites = \"acme\"\n",
                2,
                "`sites` under [guard] is \"acme\"\n  expected a list",
                "write it in brackets: sites = [\"acme\"]",
            ),
            (
                "[guard]\nsites = [\"acme\",\n 7]\n",
                3,
                "an entry of `sites` under [guard] is 7\n  expected text in quotes",
                "write it in quotes: sites = \"7\"",
            ),
            (
                "[guard]\nheld = \"standart\"\n",
                2,
                "`held` under [guard] is \"standart\"\n  expected one of \"none\", \"standard\"",
                "did you mean \"standard\"?",
            ),
            (
                "[guard]\nheld = true\n",
                2,
                "`held` under [guard] is true\n  expected one of \"none\", \"standard\"",
                "for example held = \"none\"",
            ),
            (
                "[guard]\ndays = 99999999999\n",
                2,
                "`days` under [guard] is 99999999999\n  expected a whole number up to 4294967295",
                "for example days = 30",
            ),
            (
                "product = [5]\n",
                1,
                "an entry of `product` is 5\n  expected a table",
                "write each in braces, such as { price = 8.20 }",
            ),
            (
                "guard = 5\n",
                1,
                "`guard` is 5\n  expected a table",
                "write [guard] on a line of its own, and its keys below",
            ),
            (
                "[product]\nproduct = \"Jira\"\n",
                1,
                "`product` is [product]\n  expected a table of its own for each",
                "write two brackets: [[product]]",
            ),
            (
                "[[product]]\nproduct = 8.20\n",
                2,
                "`product` under [[product]] is 8.20\n  expected text in quotes",
                "write it in quotes: product = \"8.20\"",
            ),
            (
                "[[product]]\nproduct = \"Jira\"\n[[product]]\n",
                3,
                "[[product]] has no `product`",
                "add a line for it: product = …",
            ),
            (
                "[values]\na = 1\nb = [1]\n",
                3,
                "`b` under [values] is [1]\n  expected a number",
                "for example b = 8.20",
            ),
            (
                "[guard]\nhold = \"none\"\n",
                2,
                "unknown field `hold`, expected one of `held`, `wanted`, `days`, `sites`",
                "did you mean `held`?",
            ),
        ] {
            assert_eq!(told(text), (line, message.to_owned(), hint.to_owned()));
        }
    }

    #[test]
    fn what_is_no_toml_has_a_hint_where_people_err() {
        let hint = |text: &str| told(text).2;
        assert_eq!(
            hint("[values]\na = 8,20\n"),
            "write a decimal with a point: a = 8.20"
        );
        assert_eq!(
            hint("[guard]\nheld = standard\n"),
            "write text in quotes: held = \"standard\""
        );
        assert_eq!(hint("[guard\n"), "");
    }

    #[test]
    fn lists_have_a_bound() {
        let product = "[[product]]\nproduct = \"Jira\"\n";
        let read = |entries: usize| Text::new(product.repeat(entries)).read::<File>("x.toml");
        assert_eq!(read(MOST_ENTRIES).unwrap().product.len(), MOST_ENTRIES);
        let fault = read(MOST_ENTRIES + 1).unwrap_err();
        assert_eq!(
            fault.to_string(),
            "x.toml:20001: `product` has 10001 entries; at most 10000 are read"
        );
        let sites = format!("[guard]\nsites = [{}]\n", "\"a\",".repeat(MOST_ENTRIES + 1));
        assert!(told(&sites).1.starts_with("`sites` has 10001 entries"));
    }
}
