//! CSV: RFC 4180 with LF, ISO days, plain decimal numbers, and text cells that no spreadsheet runs as a formula.

use std::io::{self, Write};

use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};

use crate::domain::day::Day;
use crate::report::detail::{Detail, Field, ACCOUNT_COLUMNS, FINDING_COLUMNS};
use crate::report::table::{Cell, Table};

/// Writes one table.
pub(crate) fn table(table: &Table, out: impl Write) -> io::Result<()> {
    let mut rows = Rows::new(out);
    rows.header(table.columns)?;
    for row in &table.rows {
        for cell in row {
            match cell {
                Cell::Text(text) => rows.text(text)?,
                Cell::Count(count) => rows.count(*count)?,
                Cell::Day(day) => rows.day(*day)?,
                Cell::Money(money) => rows.word(&money.plain())?,
                Cell::Missing => rows.word("")?,
            }
        }
        rows.end()?;
    }
    rows.finish()
}

/// Writes one row for each account.
pub(crate) fn accounts(detail: &Detail, out: impl Write) -> io::Result<()> {
    let mut rows = Rows::new(out);
    rows.header(&ACCOUNT_COLUMNS)?;
    for row in 0..detail.accounts.len() {
        rows.fields(&detail.account_row(row))?;
    }
    rows.finish()
}

/// Writes one row for each finding.
pub(crate) fn findings(detail: &Detail, out: impl Write) -> io::Result<()> {
    let mut rows = Rows::new(out);
    rows.header(&FINDING_COLUMNS)?;
    let mut evidence = String::new();
    for row in 0..detail.findings.len() {
        rows.fields(&detail.finding_row(row, &mut evidence))?;
    }
    rows.finish()
}

/// Rows on their way out.
struct Rows<W: Write> {
    writer: Writer<W>,
    /// The texts of days from 1970 on, each made once: a long table repeats few days often.
    days: Vec<String>,
    scratch: String,
}

impl<W: Write> Rows<W> {
    fn new(out: W) -> Rows<W> {
        let writer = WriterBuilder::new()
            .terminator(Terminator::Any(b'\n'))
            .quote_style(QuoteStyle::Necessary)
            .buffer_capacity(1 << 18)
            .from_writer(out);
        Rows { writer, days: Vec::new(), scratch: String::new() }
    }

    fn header(&mut self, columns: &[&str]) -> io::Result<()> {
        self.writer.write_record(columns).map_err(io::Error::other)
    }

    fn fields(&mut self, fields: &[Field<'_>]) -> io::Result<()> {
        for field in fields {
            match *field {
                Field::Text(text) => self.text(text)?,
                Field::Word(word) => self.word(word)?,
                Field::Count(count) => self.count(count)?,
                Field::Day(day) => self.day(day)?,
                Field::Missing => self.word("")?,
            }
        }
        self.end()
    }

    /// Text from outside: a leading `'` keeps spreadsheets from running it as a formula.
    fn text(&mut self, text: &str) -> io::Result<()> {
        if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            self.scratch.clear();
            self.scratch.push('\'');
            self.scratch.push_str(text);
            return self.writer.write_field(&self.scratch).map_err(io::Error::other);
        }
        self.word(text)
    }

    fn word(&mut self, word: &str) -> io::Result<()> {
        self.writer.write_field(word).map_err(io::Error::other)
    }

    fn count(&mut self, count: u64) -> io::Result<()> {
        const SMALL: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
        match SMALL.get(usize::try_from(count).unwrap_or(usize::MAX)) {
            Some(digit) => self.word(digit),
            None => self.word(&count.to_string()),
        }
    }

    fn day(&mut self, day: Day) -> io::Result<()> {
        const KEPT: i32 = 50_000;
        let number = day.epoch_days();
        if !(0..KEPT).contains(&number) {
            return self.word(&day.to_string());
        }
        let place = usize::try_from(number).unwrap_or(0);
        if self.days.len() <= place {
            self.days.resize(place + 1, String::new());
        }
        if self.days[place].is_empty() {
            self.days[place] = day.to_string();
        }
        self.writer.write_field(&self.days[place]).map_err(io::Error::other)
    }

    fn end(&mut self) -> io::Result<()> {
        self.writer.write_record(None::<&[u8]>).map_err(io::Error::other)
    }

    fn finish(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::table;
    use crate::report::table::{Cell, Table};

    #[test]
    fn cells_that_would_run_as_formulas_are_neutralised_and_numbers_are_not() {
        let shown = Table {
            name: "t",
            provenance: String::new(),
            columns: &["a", "b"],
            rows: vec![
                vec![Cell::text("=1+3 MSO"), Cell::Count(12)],
                vec![Cell::text("@SUM(A1), x"), Cell::Missing],
                vec![Cell::text("say \"hi\"\nthere"), Cell::text("plain")],
            ],
        };
        let mut out = Vec::new();
        table(&shown, &mut out).expect("memory takes it");
        assert_eq!(
            String::from_utf8(out).expect("text"),
            "a,b\n'=1+3 MSO,12\n\"'@SUM(A1), x\",\n\"say \"\"hi\"\"\nthere\",plain\n"
        );
    }
}
