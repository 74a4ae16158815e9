//! Fields of TOML tables that hold prices: read exactly, with the line of every fault.
//!
//! Shared by the price book, contract prices and the benchmark. A bare number is read from the text of the file,
//! not from the parser's `f64`, so `price = 4.20` and `price = "4.20"` mean the same. All faults of a file are
//! collected; what an entry means is decided by its own module.

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use crate::money::{Currency, MoneyError, Number};

use super::bands::Mode;
use super::fault::PriceError;
use super::{Billing, Confidence, Unit};

/// A number as TOML has it: text in quotes or a bare number, read from the file's text.
pub(crate) type RawNumber = Spanned<toml::Value>;

/// A word out of a closed list.
pub(crate) trait Word: Sized + Copy + 'static {
    const ALL: &'static [Self];
    fn text(self) -> &'static str;
}

macro_rules! words {
    ($($name:ident: $($value:ident),+;)+) => {
        $(impl Word for $name {
            const ALL: &'static [$name] = &[$($name::$value),+];
            fn text(self) -> &'static str {
                self.as_str()
            }
        })+
    };
}

words! {
    Mode: Marginal, Volume, Tiers;
    Unit: User, Agent, Creator;
    Billing: Monthly, Annual;
    Confidence: Published, Reported, Unverified;
}

/// Reads the fields of one file and collects its faults.
pub(crate) struct Fields<'a> {
    file: &'a str,
    text: &'a str,
    faults: Vec<PriceError>,
}

impl<'a> Fields<'a> {
    pub(crate) const fn new(file: &'a str, text: &'a str) -> Fields<'a> {
        Fields {
            file,
            text,
            faults: Vec::new(),
        }
    }

    /// Parses the text as TOML of this shape.
    ///
    /// # Errors
    /// `PriceError::Syntax`, the first one only: past it the parser is lost.
    pub(crate) fn table<'de, T: Deserialize<'de>>(&self) -> Result<T, Vec<PriceError>>
    where
        'a: 'de,
    {
        toml::from_str(self.text).map_err(|fault| {
            vec![PriceError::Syntax {
                file: self.file.to_owned(),
                line: self.line(fault.span().map_or(0, |span| span.start)),
                message: fault.message().to_owned(),
            }]
        })
    }

    /// The value, unless there were faults.
    ///
    /// # Errors
    /// All faults of the file, by line.
    pub(crate) fn finish<T>(self, value: T) -> Result<T, Vec<PriceError>> {
        if self.faults.is_empty() {
            Ok(value)
        } else {
            Err(self.into_faults())
        }
    }

    /// The faults found so far, by line.
    pub(crate) fn into_faults(mut self) -> Vec<PriceError> {
        self.faults.sort_by_key(PriceError::line);
        self.faults
    }

    /// The line of a byte of the text, from 1.
    pub(crate) fn line(&self, byte: usize) -> usize {
        self.text
            .bytes()
            .take(byte)
            .filter(|&byte| byte == b'\n')
            .count()
            + 1
    }

    pub(crate) fn line_of<T>(&self, field: &Spanned<T>) -> usize {
        self.line(field.span().start)
    }

    pub(crate) fn wrong(
        &mut self,
        line: usize,
        entry: &str,
        key: &str,
        value: &str,
        expected: &str,
    ) {
        self.faults.push(PriceError::Value {
            file: self.file.to_owned(),
            line,
            entry: entry.to_owned(),
            key: key.to_owned(),
            value: value.to_owned(),
            expected: expected.to_owned(),
        });
    }

    pub(crate) fn missing(&mut self, line: usize, entry: &str, key: &str) {
        self.faults.push(PriceError::Missing {
            file: self.file.to_owned(),
            line,
            entry: entry.to_owned(),
            key: key.to_owned(),
        });
    }

    pub(crate) fn duplicate(&mut self, line: usize, entry: &str, first_line: usize) {
        self.faults.push(PriceError::Duplicate {
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
        let given = field.get_ref();
        let found = W::ALL.iter().copied().find(|word| word.text() == given);
        if found.is_none() {
            let words: Vec<_> = W::ALL
                .iter()
                .map(|word| format!("\"{}\"", word.text()))
                .collect();
            let expected = format!("one of {}", words.join(", "));
            self.wrong(
                self.line_of(field),
                entry,
                key,
                &format!("\"{given}\""),
                &expected,
            );
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
        let literal = self.text.get(field.span()).unwrap_or_default();
        let given = match field.get_ref() {
            toml::Value::String(text) => text.as_str(),
            _ => literal,
        };
        match Number::parse(given) {
            Ok(number) => Some(number),
            Err(fault) => {
                let expected = match fault {
                    MoneyError::TooManyDigits { .. } => "at most 28 digits",
                    _ => "a plain decimal number such as 4.20",
                };
                self.wrong(self.line_of(field), entry, key, literal, expected);
                None
            }
        }
    }

    /// How many months' price a year costs.
    pub(crate) fn months(&mut self, entry: &str, field: &Spanned<u32>) -> u32 {
        let given = *field.get_ref();
        if !(1..=12).contains(&given) {
            let line = self.line_of(field);
            self.wrong(line, entry, "annual_months", &given.to_string(), "1 to 12");
        }
        given
    }

    /// A percentage from 0 up to, but not including, 100.
    pub(crate) fn discount(&mut self, entry: &str, key: &str, field: &RawNumber) -> Option<Number> {
        let number = self.number(entry, key, field)?;
        if number.is_negative() || number >= Number::HUNDRED {
            let expected = "a percentage from 0 to below 100";
            self.wrong(self.line_of(field), entry, key, &number.plain(), expected);
            return None;
        }
        Some(number)
    }

    /// A percentage above 0 and up to 1,000 by which a price rises, as a negative discount.
    pub(crate) fn rise(&mut self, entry: &str, key: &str, field: &RawNumber) -> Option<Number> {
        let number = self.number(entry, key, field)?;
        let most = Number::from(1_000_u64);
        if number.is_negative() || number.is_zero() || number > most {
            let expected = "a percentage above 0 and up to 1000";
            self.wrong(self.line_of(field), entry, key, &number.plain(), expected);
            return None;
        }
        Number::ZERO.minus(number).ok()
    }
}
