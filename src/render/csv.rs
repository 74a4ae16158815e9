//! CSV: RFC 4180 but for LF line ends, ISO days, plain decimal numbers, and text cells that no spreadsheet runs as a formula.

use std::io::{self, Write};

use crate::domain::class::{GuardClass, GuardReason, GuardVerdict, Standing, StandingReason};
use crate::domain::day::{Day, LastUse};
use crate::domain::finding::FindingCode;
use crate::report::detail::{ACCOUNT_COLUMNS, Detail, FINDING_COLUMNS};
use crate::report::table::{Cell, Table};

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
    let departments = ready(detail.departments.len().max(1), |cells, number| {
        cells.text(detail.departments.get(number as u32));
    });
    let reasons = StandingReason::ALL.len();
    let standings = ready(Standing::ALL.len() * reasons, |cells, number| {
        cells.word(Standing::ALL[number / reasons].as_str());
        cells.word(StandingReason::ALL[number % reasons].as_str());
    });
    let guard_reasons = GuardReason::ALL.len();
    let guards = ready(GuardVerdict::ALL.len() * guard_reasons, |cells, number| {
        cells.word(GuardVerdict::ALL[number / guard_reasons].as_str());
        cells.word(GuardReason::ALL[number % guard_reasons].as_str());
    });
    let guard = |class: GuardClass| {
        &guards
            [usize::from(class.verdict.code()) * guard_reasons + usize::from(class.reason.code())]
    };
    for row in 0..detail.accounts.len() {
        rows.text(detail.accounts.id.get(row));
        rows.text(detail.accounts.email.get(row));
        rows.text(detail.accounts.name.get(row));
        let class = &detail.classes[row];
        let standing = usize::from(class.standing.code()) * reasons;
        rows.cells(&standings[standing + usize::from(class.reason.code())]);
        rows.cells(&departments[class.department as usize]);
        rows.word(detail.matches[row].map_or("", |found| found.by.as_str()));
        rows.maybe_day(detail.accounts.added[row]);
        rows.last_use(class.last_use);
        rows.count(u64::from(class.billed_seats));
        rows.count(u64::from(class.wasted_seats));
        rows.cells(guard(class.guard_standard));
        rows.cells(guard(class.guard_premium));
        rows.end()?;
    }
    rows.finish()
}

/// Writes one row for each finding.
pub(crate) fn findings(detail: &Detail, out: impl Write) -> io::Result<()> {
    let mut rows = Rows::new(out);
    rows.header(&FINDING_COLUMNS)?;
    let codes = ready(FindingCode::ALL.len(), |cells, number| {
        let facts = FindingCode::ALL[number].facts();
        cells.word(facts.code);
        cells.word(facts.severity.as_str());
    });
    let departments = ready(detail.departments.len().max(1), |cells, number| {
        cells.text(detail.departments.get(number as u32));
    });
    let offerings = ready(detail.offerings.len(), |cells, number| {
        cells.text(&detail.offerings[number].product);
        cells.text(&detail.offerings[number].site);
    });
    let lists = ready(detail.offerings.len(), |cells, number| {
        match &detail.list_per_seat[number] {
            Some((low, high)) => [&detail.currency, low, high].map(|word| cells.word(word)),
            None => ["", "", ""].map(|word| cells.word(word)),
        };
    });
    let mut evidence = String::new();
    for finding in &detail.findings {
        let account = finding.account.map(|account| account as usize);
        let seat = finding.seat.map(|seat| seat as usize);
        let offering = seat.map(|seat| usize::from(detail.seats.offering[seat]));
        rows.cells(&codes[usize::from(finding.code.code())]);
        match account {
            Some(row) => {
                rows.text(detail.accounts.id.get(row));
                rows.text(detail.accounts.email.get(row));
                rows.cells(&departments[detail.classes[row].department as usize]);
            }
            None => rows.cells(b",,,"),
        }
        rows.cells(offering.map_or(b",,", |offering| &offerings[offering]));
        rows.word(
            seat.and_then(|seat| detail.uses[seat])
                .map_or("", |used| used.as_str()),
        );
        rows.maybe_day(account.and_then(|row| detail.accounts.added[row]));
        let last = seat.map(|seat| detail.seats.last_use[seat]);
        let last = last.or_else(|| account.map(|row| detail.classes[row].last_use));
        rows.last_use(last.unwrap_or(LastUse::NotReported));
        rows.cells(offering.map_or(b",,,", |offering| &lists[offering]));
        evidence.clear();
        detail.write_evidence(finding, &mut evidence);
        // Only addresses bring text from outside into the evidence, and only a key's end has commas.
        match finding.code {
            FindingCode::DuplicateAccount
            | FindingCode::PlusVariant
            | FindingCode::ScimKeyExpiry => rows.text(&evidence),
            _ => rows.word(&evidence),
        }
        rows.word(finding.code.facts().action);
        rows.end()?;
    }
    rows.finish()
}

/// Cells that a long table repeats, each made once.
fn ready(count: usize, write: impl Fn(&mut Rows<io::Sink>, usize)) -> Vec<Vec<u8>> {
    let each = (0..count).map(|number| {
        let mut cells = Rows::new(io::sink());
        write(&mut cells, number);
        cells.line
    });
    each.collect()
}

/// So many bytes are written at once.
const FULL: usize = 1 << 18;

/// Rows on their way out.
///
/// Cells are set in a buffer here rather than by the csv crate's writer: that looks at every byte of every cell,
/// and of the long tables' cells most are words of our own, which never need a quote.
struct Rows<W: Write> {
    out: W,
    line: Vec<u8>,
    /// The texts of days from 1970 on, each made once: a long table repeats few days often.
    days: Vec<String>,
}

impl<W: Write> Rows<W> {
    fn new(out: W) -> Rows<W> {
        Rows {
            out,
            line: Vec::new(),
            days: Vec::new(),
        }
    }

    fn header(&mut self, columns: &[&str]) -> io::Result<()> {
        columns.iter().for_each(|column| self.word(column));
        self.end()
    }

    /// Cells made before, each with the comma behind it.
    fn cells(&mut self, cells: &[u8]) {
        self.line.extend_from_slice(cells);
    }

    fn maybe_day(&mut self, day: Option<Day>) {
        match day {
            Some(day) => self.day(day),
            None => self.word(""),
        }
    }

    /// A day, or in words what stands in its place.
    fn last_use(&mut self, last: LastUse) {
        match last {
            LastUse::On(day) => self.day(day),
            LastUse::Before(_) => self.word("before"),
            LastUse::Never => self.word("never"),
            LastUse::NotReported => self.word(""),
        }
    }

    /// Text from outside: quoted where it has to be, and led by `'` where a spreadsheet would run it.
    fn text(&mut self, text: &str) {
        let runs = matches!(
            text.as_bytes().first(),
            Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r')
        );
        // Every byte is looked at, whatever the ones before it were: that is faster than to stop early.
        let breaks = text.bytes().fold(false, |breaks, byte| {
            breaks | matches!(byte, b',' | b'"' | b'\n' | b'\r')
        });
        if breaks {
            self.line.push(b'"');
        }
        if runs {
            self.line.push(b'\'');
        }
        if breaks {
            for byte in text.bytes() {
                if byte == b'"' {
                    self.line.push(b'"');
                }
                self.line.push(byte);
            }
            self.line.push(b'"');
        } else {
            self.line.extend_from_slice(text.as_bytes());
        }
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
            self.days.resize(place + 1, String::new());
        }
        if self.days[place].is_empty() {
            self.days[place] = day.to_string();
        }
        self.line.extend_from_slice(self.days[place].as_bytes());
        self.line.push(b',');
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
