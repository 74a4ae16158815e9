//! One reader for every TOML file: configuration, scenarios, price book, benchmark, assumptions, providers.
//!
//! `shape` turns text into a type and says what does not fit it; `text` knows the lines; `number` keeps every digit of a
//! number; `fields` checks values and collects their faults; `near` finds the name that was likely meant. What a file
//! means is its own module's.

pub(crate) mod fault;
pub(crate) mod fields;
pub(crate) mod near;
pub(crate) mod number;
pub(crate) mod shape;
pub(crate) mod text;

pub(crate) use crate::named::Word;
pub(crate) use fault::Fault;
pub(crate) use fields::Fields;
pub(crate) use number::{Digits, RawNumber};
pub(crate) use text::Text;

/// A list of one key has at most so many entries, tables as well: more is no price list, but a broken generator.
pub(crate) const MOST_ENTRIES: usize = 10_000;
