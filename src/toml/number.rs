//! Numbers as they are written: `7`, `8.20` or `"8.20"`, to the last digit.
//!
//! A parser of TOML makes an `f64` of `8.20`. `keep_digits` hands its text on instead, in a form that no other type than
//! `Digits` takes, so that a number where words belong stays a fault.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A number by its text. Whether it is one is told by `money::Number`, which reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Digits(pub(crate) String);

/// A number and its place in the file.
pub(crate) type RawNumber = Spanned<Digits>;

/// The key of the table that a bare number with a point becomes; no file can state it by chance.
const BARE: &str = "\u{0}bare number";

/// Puts the text of each bare number with a point in its place, at the same place of the file.
pub(super) fn keep_digits(table: &mut DeTable<'_>) {
    for (_, value) in table.iter_mut() {
        keep(value);
    }
}

fn keep(value: &mut Spanned<DeValue<'_>>) {
    let span = value.span();
    match value.get_mut() {
        DeValue::Float(number) => {
            let text = Spanned::new(
                span.clone(),
                DeValue::String(number.as_str().to_owned().into()),
            );
            let mut table = DeTable::new();
            table.insert(Spanned::new(span, BARE.into()), text);
            *value.get_mut() = DeValue::Table(table);
        }
        DeValue::Array(list) => list.iter_mut().for_each(keep),
        DeValue::Table(table) => keep_digits(table),
        _ => {}
    }
}

impl<'de> Deserialize<'de> for Digits {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Digits, D::Error> {
        deserializer.deserialize_any(Written)
    }
}

struct Written;

impl<'de> Visitor<'de> for Written {
    type Value = Digits;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_str<E>(self, text: &str) -> Result<Digits, E> {
        Ok(Digits(text.to_owned()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Digits, E> {
        Ok(Digits(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Digits, E> {
        Ok(Digits(number.to_string()))
    }

    fn visit_i128<E>(self, number: i128) -> Result<Digits, E> {
        Ok(Digits(number.to_string()))
    }

    fn visit_u128<E>(self, number: u128) -> Result<Digits, E> {
        Ok(Digits(number.to_string()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Digits, A::Error> {
        match map.next_key::<String>()? {
            Some(key) if key == BARE => map.next_value().map(Digits),
            _ => Err(serde::de::Error::invalid_type(
                serde::de::Unexpected::Map,
                &self,
            )),
        }
    }
}

/// A number that may be left out, by its text.
pub(crate) fn optional_number<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    Digits::deserialize(deserializer).map(|Digits(text)| Some(text))
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::Digits;
    use crate::toml::Text;

    #[derive(Deserialize, Debug)]
    #[serde(deny_unknown_fields)]
    struct File {
        price: Digits,
        #[serde(default)]
        #[allow(dead_code)]
        name: String,
    }

    fn price(text: &str) -> Result<String, String> {
        let read: Result<File, _> = Text::new(text).read("x.toml");
        read.map(|file| file.price.0)
            .map_err(|fault| fault.to_string())
    }

    #[test]
    fn every_digit_is_kept_however_it_is_written() {
        let long = "7.1000000000000000000000000001";
        for (written, expected) in [
            ("8.20", "8.20"),
            ("\"8.20\"", "8.20"),
            ("'8.20'", "8.20"),
            (long, long),
            ("0.1", "0.1"),
            ("-8.20", "-8.20"),
            ("1_200.50", "1200.50"),
            ("7", "7"),
            ("1_200", "1200"),
            ("36893488147419103232", "36893488147419103232"),
        ] {
            assert_eq!(
                price(&format!("price = {written}\n")),
                Ok(expected.to_owned())
            );
        }
    }

    #[test]
    fn what_is_no_number_is_a_fault() {
        for written in ["true", "[8.20]", "{ per = 8.20 }", "2026-11-30", "{}"] {
            let fault = price(&format!("price = {written}\n")).unwrap_err();
            let expected = format!("x.toml:1: `price` is {written}\n  expected a number");
            assert_eq!(fault, expected);
        }
        // A number is no name.
        let fault = price("price = 1\nname = 8.20\n").unwrap_err();
        assert_eq!(fault, "x.toml:2: `name` is 8.20\n  expected text in quotes");
    }
}
