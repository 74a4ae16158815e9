//! The scaffold that every reader fills: the file in hand, what became of its records, the span of its days, its notes,
//! and the ways through a table's records and through those of JSON.
//!
//! What a record means is each reader's own.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Rules;
use super::atlassian::accounts::AccountsBuilder;
use super::dates::{self, DateCell, DateOrder};
use super::directory::person::FilePeople;
use super::events::Days;
use super::header::Header;
use super::json::{KeysSeen, Pages, each_record, no_person, text_of};
use super::source::{Next, Record, Source, Stop};
use crate::domain::account::Origin;
use crate::domain::dataset::{Note, Reject, Side, SourceFile};
use crate::domain::day::LastUse;
use crate::error::Error;

/// What one file gave.
pub(crate) struct Batch {
    pub(crate) source: SourceFile,
    pub(crate) rejects: Vec<Reject>,
    pub(crate) notes: Vec<Note>,
    /// The pages of a JSON file.
    pub(crate) pages: Option<Pages>,
    /// Whether a day in it is told by how long it lies before the day of the export.
    pub(crate) counts_back: bool,
    pub(crate) held: Held,
}

/// The rows of one side.
pub(crate) enum Held {
    Accounts(Box<AccountsBuilder>),
    People(Box<FilePeople>),
}

impl Held {
    const fn side(&self) -> Side {
        match self {
            Held::Accounts(_) => Side::Atlassian,
            Held::People(_) => Side::Directory,
        }
    }

    pub(crate) const fn accounts(&self) -> Option<&AccountsBuilder> {
        match self {
            Held::Accounts(accounts) => Some(accounts),
            Held::People(_) => None,
        }
    }
}

/// Why a record is not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Untaken {
    /// Listed among the rejects.
    Rejected,
    /// A date of this column has two readings and nothing has decided yet.
    Ambiguous { column: usize },
}

/// A reader of one kind of table.
pub(crate) trait TableReader {
    /// Where each fact stands.
    type Layout;
    /// What to do about a table without records.
    const EMPTY: &'static str;

    fn layout(&mut self, file: &Reading<'_>, header: &Header) -> Result<Self::Layout, Error>;
    /// The columns that are read.
    fn used(layout: &Self::Layout) -> Vec<usize>;
    fn take(
        &mut self,
        file: &mut Reading<'_>,
        record: &Record<'_>,
        layout: &Self::Layout,
        header: &Header,
    ) -> Result<(), Untaken>;
}

/// A file that is being read.
pub(crate) struct Reading<'f> {
    pub(crate) source: &'f Source,
    /// The file's number among all of the run.
    pub(crate) number: u16,
    pub(crate) rules: &'f Rules,
    /// How the days of a column are written, where its cells leave it open.
    pub(crate) orders: BTreeMap<usize, DateOrder>,
    pub(crate) records: u64,
    pub(crate) accepted: u64,
    pub(crate) days: Days,
    pub(crate) notes: Vec<Note>,
    pub(crate) columns_used: Vec<String>,
    pub(crate) columns_ignored: Vec<String>,
    rejects: Vec<Reject>,
    pages: Option<Pages>,
    counts_back: bool,
}

impl<'f> Reading<'f> {
    pub(crate) fn of(
        source: &'f Source,
        number: u16,
        rules: &'f Rules,
        orders: &BTreeMap<usize, DateOrder>,
    ) -> Reading<'f> {
        Reading {
            source,
            number,
            rules,
            orders: orders.clone(),
            records: 0,
            accepted: 0,
            days: Days::until(rules.today),
            notes: Vec::new(),
            columns_used: Vec::new(),
            columns_ignored: Vec::new(),
            rejects: Vec::new(),
            pages: None,
            counts_back: false,
        }
    }

    pub(crate) fn name(&self) -> &'f str {
        &self.source.name
    }

    pub(crate) fn origin(&self, line: u64) -> Origin {
        Origin {
            file: self.number,
            line: u32::try_from(line).unwrap_or(u32::MAX),
        }
    }

    /// Lists a record as rejected; with `expected` it is faulty, without it it merely has no use.
    pub(crate) fn reject(
        &mut self,
        line: u64,
        column: &str,
        value: &str,
        reason: &str,
        expected: Option<&str>,
    ) -> Untaken {
        self.rejects.push(Reject {
            file: self.name().to_owned(),
            line,
            column: column.to_owned(),
            value: value.to_owned(),
            reason: reason.to_owned(),
            expected: expected.map(str::to_owned),
        });
        Untaken::Rejected
    }

    /// What a cell of a column of days says.
    pub(crate) fn day(
        &mut self,
        line: u64,
        (number, column): (usize, &str),
        text: &str,
    ) -> Result<DateCell, Untaken> {
        match dates::read_day(text, self.orders.get(&number).copied()) {
            Some(DateCell::Ambiguous) => Err(Untaken::Ambiguous { column: number }),
            Some(read) => Ok(read),
            None => Err(self.reject(line, column, text, "not a day", Some(dates::EXPECTED))),
        }
    }

    /// The last use that a cell tells; `None` for a blank one.
    pub(crate) fn last_use(&mut self, cell: DateCell) -> Option<LastUse> {
        match cell {
            DateCell::On(day) => {
                self.days.event(day);
                Some(LastUse::On(day))
            }
            DateCell::Before(day) => Some(LastUse::Before(day)),
            DateCell::NotWithin(days) => {
                self.counts_back = true;
                Some(LastUse::Before(self.rules.anchor().plus_days(-days)))
            }
            DateCell::Never => Some(LastUse::Never),
            DateCell::Blank | DateCell::Ambiguous => None,
        }
    }

    /// Hands each record of a table to its reader, and gives the layout that the header came to.
    pub(crate) fn table<R: TableReader>(
        &mut self,
        reader: &mut R,
    ) -> Result<(R::Layout, Header), Stop> {
        let mut begun: Option<(R::Layout, Header)> = None;
        self.source.each_record(|record| {
            let Some((layout, header)) = &begun else {
                let header = Header::read(self.name(), record)?;
                begun = Some((reader.layout(self, &header)?, header));
                return Ok(Next::Go);
            };
            self.records += 1;
            if let Some(misfit) = header.misfit(record) {
                let (line, expected) = (record.line, Some(misfit.expected.as_str()));
                self.reject(line, misfit.column, &misfit.value, misfit.reason, expected);
                return Ok(Next::Go);
            }
            match reader.take(self, record, layout, header) {
                Ok(()) => self.accepted += 1,
                Err(Untaken::Rejected) => {}
                Err(Untaken::Ambiguous { column }) => return Err(Stop::Ambiguous { column }),
            }
            Ok(Next::Go)
        })?;
        let Some((layout, header)) = begun.filter(|_| self.records > 0) else {
            return Err(Error::refused(self.name(), "a header and no records", R::EMPTY).into());
        };
        let used = R::used(&layout);
        (self.columns_used, self.columns_ignored) = header.split_names(&used);
        Ok((layout, header))
    }

    /// Hands on each record of a JSON file that is one of an account or a person; all others are rejected. Gives the
    /// keys of all, and how many records are of something else.
    pub(crate) fn objects(
        &mut self,
        side: Side,
        full_pages: &'static [u64],
        mut take: impl FnMut(&mut Self, u64, &Value) -> Result<(), Untaken>,
    ) -> Result<(KeysSeen, u64), Stop> {
        const WHOLE: &str = "(whole record)";
        let (not_one, expected) = match side {
            Side::Atlassian => (
                "not an account's record",
                "a JSON object with the fields of an account",
            ),
            Side::Directory => (
                "not a person's record",
                "a JSON object with the fields of a person",
            ),
        };
        let mut keys = KeysSeen::default();
        let mut others = 0;
        let mut pages = each_record(self.source, |record| {
            keys.add(self.name(), record.value)?;
            let (line, value) = (record.number, record.value);
            if !value.is_object() {
                self.reject(line, WHOLE, &text_of(value), not_one, Some(expected));
            } else if let Some(what) = no_person(value) {
                others += 1;
                self.reject(line, "", "", what, None);
            } else if take(self, line, value).is_ok() {
                self.accepted += 1;
            }
            Ok(Next::Go)
        })?;
        pages.full_pages = full_pages;
        self.records = pages.records;
        self.notes.extend(pages.notes(self.name(), side));
        self.pages = Some(pages);
        Ok((keys, others))
    }

    /// The batch of a file whose records have all been read.
    pub(crate) fn batch(self, format: String, held: Held) -> Batch {
        Batch {
            source: SourceFile {
                name: self.source.name.clone(),
                format,
                side: held.side(),
                encoding: self.source.encoding.as_str().to_owned(),
                records: self.records,
                accepted: self.accepted,
                rejected: self.rejects.len() as u64,
                columns_used: self.columns_used,
                columns_ignored: self.columns_ignored,
                first_day: self.days.first(),
                last_day: self.days.last(),
                newest_event: self.days.newest(),
            },
            rejects: self.rejects,
            notes: self.notes,
            pages: self.pages,
            counts_back: self.counts_back,
            held,
        }
    }
}
