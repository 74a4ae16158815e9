//! The files of a report: which there are, and what writes each. Where they go, and what they replace, `folder` knows.

use std::io::{self, Write};
use std::thread;

use super::folder::Files;
use super::{chart, csv};
use crate::parallel;
use crate::report::Report;

/// Writes every file; the longest table beside all others.
pub(crate) fn write_all(report: &Report, into: &Files) -> io::Result<()> {
    thread::scope(|scope| {
        let findings =
            scope.spawn(|| into.add("findings.csv", |out| csv::findings(&report.detail, out)));
        into.add("accounts.csv", |out| csv::accounts(&report.detail, out))?;
        for table in &report.tables {
            into.add(&format!("{}.csv", table.name), |out| csv::table(table, out))?;
        }
        into.add("report.json", |out| {
            serde_json::to_writer_pretty(&mut *out, report)?;
            out.write_all(b"\n")
        })?;
        for (name, text) in &report.attachments {
            into.add(name, |out| out.write_all(text.as_bytes()))?;
        }
        // Charts are most of a small report's time: side by side they take half of it on two cores.
        let drawn = parallel::each(&report.charts, |drawn| {
            let png = chart::png(drawn).map_err(io::Error::other)?;
            into.add(&format!("charts/{}.png", drawn.name()), |out| {
                out.write_all(&png)
            })?;
            let svg = chart::svg(drawn).map_err(io::Error::other)?;
            into.add(&format!("charts/{}.svg", drawn.name()), |out| {
                out.write_all(svg.as_bytes())
            })
        });
        drawn.into_iter().collect::<io::Result<()>>()?;
        findings
            .join()
            .map_err(|_| io::Error::other("the writer of findings.csv stopped early"))?
    })
}
