//! CSV: RFC 4180 but for LF line ends, ISO days, plain decimal numbers, and text cells that no spreadsheet runs as a formula.

use std::io::{self, Write};

use crate::domain::day::Day;
use crate::report::detail::{ACCOUNT_COLUMNS, Cells, Detail, FINDING_COLUMNS, Shared};
use crate::report::table::{Cell, Table};
use crate::safe::csv as safe;

/// Writes one table.
pub(crate) fn table(table: &Table, out: impl Write) -> io::Result<()> {
    let mut rows = Rows::new(out);
    rows.header(table.columns)?;
    for row in &table.rows {
        for cell in row {
            match cell {
                Cell::Text(text) => rows.text(text),
                Cell::Count(count) => rows.count(*count),
                Cell::Day(day) => rows.day(*day),
                Cell::Money(money) => rows.word(&money.plain()),
                Cell::Number(number) => rows.word(number),
                Cell::Missing => rows.word(""),
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
        detail.account_row(row, &mut rows);
        rows.end()?;
    }
    rows.finish()
}

/// Writes one row for each finding.
pub(crate) fn findings(detail: &Detail, out: impl Write) -> io::Result<()> {
    let mut rows = Rows::new(out);
    rows.header(&FINDING_COLUMNS)?;
    let mut evidence = String::new();
    for finding in detail.findings.iter() {
        detail.finding_row(finding, &mut evidence, &mut rows);
        rows.end()?;
    }
    rows.finish()
}

/// `2026-11-30,`
const DAY: usize = 11;

/// So many bytes are written at once.
const FULL: usize = 1 << 18;

/// Rows on their way out.
///
/// Cells are set in a buffer here rather than by the csv crate's writer: that looks at every byte of every cell,
/// and of the long tables' cells most are words of our own, which never need a quote.
struct Rows<W: Write> {
    out: W,
    line: Vec<u8>,
    /// The cells of days from 1970 on, each made once and empty before: a long table repeats few days often.
    days: Vec<[u8; DAY]>,
    /// Cells that rows repeat, by group and number, each made once.
    shared: [Vec<Vec<u8>>; Shared::GROUPS],
}

impl<W: Write> Rows<W> {
    fn new(out: W) -> Rows<W> {
        Rows {
            out,
            line: Vec::new(),
            days: Vec::new(),
            shared: Default::default(),
        }
    }

    fn header(&mut self, columns: &[&str]) -> io::Result<()> {
        columns.iter().for_each(|column| self.word(column));
        self.end()
    }

    /// Ends the row: the comma behind its last cell becomes the line's end.
    fn end(&mut self) -> io::Result<()> {
        if let Some(last) = self.line.last_mut() {
            *last = b'\n';
        }
        if self.line.len() >= FULL {
            self.out.write_all(&self.line)?;
            self.line.clear();
        }
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        self.out.write_all(&self.line)?;
        self.out.flush()
    }
}

/// Each cell with the comma behind it.
impl<W: Write> Cells for Rows<W> {
    /// Text from outside, made safe.
    fn text(&mut self, text: &str) {
        safe::push_cell(&mut self.line, text);
        self.line.push(b',');
    }

    /// A word or number of ours, without commas and quotes.
    fn word(&mut self, word: &str) {
        self.line.extend_from_slice(word.as_bytes());
        self.line.push(b',');
    }

    fn count(&mut self, count: u64) {
        match u8::try_from(count) {
            Ok(digit @ 0..=9) => self.line.extend_from_slice(&[b'0' + digit, b',']),
            _ => self.word(&count.to_string()),
        }
    }

    fn day(&mut self, day: Day) {
        const KEPT: i32 = 50_000;
        let number = day.epoch_days();
        if !(0..KEPT).contains(&number) {
            return self.word(&day.to_string());
        }
        let place = usize::try_from(number).unwrap_or(0);
        if self.days.len() <= place {
            self.days.resize(place + 1, [0; DAY]);
        }
        if self.days[place][0] == 0 {
            let text = format!("{day},");
            for (cell, byte) in self.days[place].iter_mut().zip(text.bytes()) {
                *cell = byte;
            }
        }
        self.line.extend_from_slice(&self.days[place]);
    }

    fn shared(&mut self, group: Shared, number: usize, write: impl FnOnce(&mut Self)) {
        if let Some(made) = self.shared[group as usize].get(number)
            && !made.is_empty()
        {
            return self.line.extend_from_slice(made);
        }
        let start = self.line.len();
        write(self);
        let group = &mut self.shared[group as usize];
        if group.len() <= number {
            group.resize(number + 1, Vec::new());
        }
        group[number] = self.line[start..].to_vec();
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
                vec![Cell::text("say \"hi\"\nthere; now"), Cell::text("plain")],
            ],
        };
        let mut out = Vec::new();
        table(&shown, &mut out).expect("memory takes it");
        assert_eq!(
            String::from_utf8(out).expect("text"),
            "a,b\n'=1+3 MSO,12\n\"'@SUM(A1), x\",\n\"say \"\"hi\"\"\\nthere; now\",plain\n"
        );
    }
}
