//! The files of a report: which there are, and what writes each. Where they go, and what they replace, `folder` knows.

use std::io::{self, Write};
use std::thread;

use super::folder::Files;
use super::{chart, csv};
use crate::report::Report;
use crate::safe::json;

/// Writes every file; the longest table beside all others.
pub(crate) fn write_all(report: &Report, into: &Files) -> io::Result<()> {
    thread::scope(|scope| {
        let findings =
            scope.spawn(|| into.add("findings.csv", |out| csv::findings(&report.detail, out)));
        into.add("accounts.csv", |out| csv::accounts(&report.detail, out))?;
        for table in &report.tables {
            into.add(&format!("{}.csv", table.name), |out| csv::table(table, out))?;
        }
        into.add("report.json", |out| json::write(out, report))?;
        for (name, text) in &report.attachments {
            into.add(name, |out| out.write_all(text.as_bytes()))?;
        }
        for (name, bytes) in chart::all(&report.charts).map_err(io::Error::other)? {
            into.add(&format!("charts/{name}"), |out| out.write_all(&bytes))?;
        }
        findings
            .join()
            .map_err(|_| io::Error::other("the writer of findings.csv stopped early"))?
    })
}
