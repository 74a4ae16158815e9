//! JSON values that may take so much memory and no more: a value of few bytes can take a hundred times as many.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Bytes of memory that the values of one record may take.
const MOST: u64 = 256 << 20;
const A_VALUE: u64 = 32;
const AN_OBJECT: u64 = 640;
const AN_ENTRY: u64 = 64;

/// The memory that values took since the last record.
#[derive(Default)]
pub(super) struct Measure(Cell<u64>);

impl Measure {
    pub(super) fn begin_again(&self) {
        self.0.set(0);
    }

    fn add<E: Error>(&self, bytes: u64) -> Result<(), E> {
        let all = self.0.get() + bytes;
        self.0.set(all);
        if self.is_full() {
            return Err(E::custom("too much for one record"));
        }
        Ok(())
    }

    pub(super) fn is_full(&self) -> bool {
        self.0.get() > MOST
    }
}

/// Reads a value and measures it.
#[derive(Clone, Copy)]
pub(super) struct Measured<'m>(pub(super) &'m Measure);

impl<'de> DeserializeSeed<'de> for Measured<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Value, D::Error> {
        self.0.add(A_VALUE)?;
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Measured<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, yes: bool) -> Result<Value, E> {
        Ok(yes.into())
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Number::from_f64(number).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        self.0.add(text.len() as u64)?;
        Ok(text.into())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        self.0.add(text.len() as u64)?;
        Ok(text.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(self)? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let mut entries = Map::new();
        while let Some(key) = object.next_key::<String>()? {
            let room = if entries.is_empty() {
                AN_OBJECT
            } else {
                AN_ENTRY
            };
            self.0.add(room + key.len() as u64)?;
            entries.insert(key, object.next_value_seed(self)?);
        }
        Ok(Value::Object(entries))
    }
}
