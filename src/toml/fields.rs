//! Fields of TOML tables: checked values, with the line of every fault.
//!
//! All faults of a file are collected; what an entry means is decided by its own module.

use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::value::Datetime;

use super::{Fault, RawNumber, Text};
use crate::money::{Currency, MoneyError, Number};
use crate::named::{Word, of_word};

/// Reads the fields of one file and collects its faults.
pub(crate) struct Fields<'a> {
    file: &'a str,
    text: Text<'a>,
    faults: Vec<Fault>,
}

impl<'a> Fields<'a> {
    pub(crate) fn new(file: &'a str, text: &'a str) -> Fields<'a> {
        Fields {
            file,
            text: Text::new(text),
            faults: Vec::new(),
        }
    }

    /// Parses the text as TOML of this shape.
    ///
    /// # Errors
    /// `Fault::Shape`, the first one only: past it the parser is lost.
    pub(crate) fn table<T: DeserializeOwned>(&self) -> Result<T, Vec<Fault>> {
        self.text.read(self.file).map_err(|fault| vec![*fault])
    }

    /// The value, unless there were faults.
    ///
    /// # Errors
    /// All faults of the file, by line.
    pub(crate) fn finish<T>(self, value: T) -> Result<T, Vec<Fault>> {
        if self.faults.is_empty() {
            Ok(value)
        } else {
            Err(self.into_faults())
        }
    }

    /// The faults found so far, by line.
    pub(crate) fn into_faults(mut self) -> Vec<Fault> {
        self.faults.sort_by_key(Fault::line);
        self.faults
    }

    pub(crate) fn line_of<T>(&self, field: &Spanned<T>) -> usize {
        self.text.line_of(field)
    }

    pub(crate) fn wrong(
        &mut self,
        line: usize,
        entry: &str,
        key: &str,
        value: &str,
        expected: &str,
    ) {
        self.faults.push(Fault::Value {
            file: self.file.to_owned(),
            line,
            entry: entry.to_owned(),
            key: key.to_owned(),
            value: value.to_owned(),
            expected: expected.to_owned(),
        });
    }

    pub(crate) fn missing(&mut self, line: usize, entry: &str, key: &str) {
        self.faults.push(Fault::Missing {
            file: self.file.to_owned(),
            line,
            entry: entry.to_owned(),
            key: key.to_owned(),
        });
    }

    pub(crate) fn duplicate(&mut self, line: usize, entry: &str, first_line: usize) {
        self.faults.push(Fault::Duplicate {
            file: self.file.to_owned(),
            line,
            entry: entry.to_owned(),
            first_line,
        });
    }

    pub(crate) fn word<W: Word>(
        &mut self,
        entry: &str,
        key: &str,
        field: &Spanned<String>,
    ) -> Option<W> {
        self.word_of(entry, key, field, W::ALL)
    }

    /// A word that is one of some.
    pub(crate) fn word_of<W: Word>(
        &mut self,
        entry: &str,
        key: &str,
        field: &Spanned<String>,
        words: &[W],
    ) -> Option<W> {
        let given = field.get_ref();
        let found = of_word(words, given);
        if found.is_none() {
            let words = words.iter().map(|word| format!("\"{}\"", word.text()));
            let expected = format!("one of {}", words.collect::<Vec<_>>().join(", "));
            let given = format!("\"{given}\"");
            self.wrong(self.line_of(field), entry, key, &given, &expected);
        }
        found
    }

    /// Text that says something.
    pub(crate) fn words(&mut self, entry: &str, key: &str, field: &Spanned<String>) -> String {
        let given = field.get_ref().trim();
        if given.is_empty() {
            self.wrong(self.line_of(field), entry, key, "empty", "some text");
        }
        given.to_owned()
    }

    pub(crate) fn currency(&mut self, entry: &str, field: &Spanned<String>) -> Option<Currency> {
        let found = Currency::parse(field.get_ref()).ok();
        if found.is_none() {
            let given = format!("\"{}\"", field.get_ref());
            self.wrong(
                self.line_of(field),
                entry,
                "currency",
                &given,
                "a code of three letters such as \"USD\"",
            );
        }
        found
    }

    pub(crate) fn day(
        &mut self,
        entry: &str,
        key: &str,
        field: &Spanned<Datetime>,
    ) -> Option<NaiveDate> {
        let given = field.get_ref();
        let found = match (given.date, given.time, given.offset) {
            (Some(day), None, None) => NaiveDate::from_ymd_opt(
                i32::from(day.year),
                u32::from(day.month),
                u32::from(day.day),
            ),
            _ => None,
        };
        if found.is_none() {
            let expected = "a day without time, such as 2026-01-31";
            self.wrong(
                self.line_of(field),
                entry,
                key,
                &given.to_string(),
                expected,
            );
        }
        found
    }

    pub(crate) fn number(&mut self, entry: &str, key: &str, field: &RawNumber) -> Option<Number> {
        match Number::parse(&field.get_ref().0) {
            Ok(number) => Some(number),
            Err(fault) => {
                let expected = match fault {
                    MoneyError::TooManyDigits { .. } => "at most 28 digits",
                    _ => "a plain decimal number such as 4.20",
                };
                let written = self.text.written(field.span());
                self.wrong(self.line_of(field), entry, key, &written, expected);
                None
            }
        }
    }
}
