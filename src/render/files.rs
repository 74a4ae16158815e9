//! The report folder, written whole or not at all: files are made beside their place and moved there together.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::thread;

use tempfile::TempDir;

use super::{chart, csv};
use crate::error::Error;
use crate::report::Report;

/// The file by which a folder is known to be a report.
const MARK: &str = "report.json";

/// A place that was found fit to be written, before any long work.
pub(crate) struct Target {
    folder: PathBuf,
    staging: TempDir,
}

impl Target {
    /// Prepares to write `folder`. An existing folder is replaced only when it is empty or a report.
    pub(crate) fn prepare(folder: &Path) -> Result<Target, Error> {
        let failed = |source| Error::cannot_write(folder, source);
        if folder.exists() && !is_replaceable(folder).map_err(failed)? {
            return Err(Error::Usage {
                message: format!("{} is there already and is not a report", folder.display()),
                hint: "name another folder with --out".to_owned(),
            });
        }
        // Beside its place, or in the nearest folder above it that is there: nothing is made before the report is.
        let staging = tempfile::Builder::new()
            .prefix(".seatledger-")
            .tempdir_in(nearest_folder(folder))
            .map_err(failed)?;
        Ok(Target {
            folder: folder.to_owned(),
            staging,
        })
    }

    /// Writes the report and puts it in its place. Gives the names of the files, sorted.
    pub(crate) fn write(self, report: &Report) -> Result<Vec<String>, Error> {
        let inside = self.staging.path().join("report");
        let failed = |source| Error::cannot_write(&self.folder, source);
        fs::create_dir_all(inside.join("charts")).map_err(failed)?;
        let mut names = write_all(report, &inside).map_err(failed)?;
        names.sort();
        if let Some(parent) = self.folder.parent() {
            fs::create_dir_all(parent).map_err(failed)?;
        }
        if self.folder.exists() {
            let old = self.staging.path().join("replaced");
            fs::rename(&self.folder, &old).map_err(failed)?;
            if let Err(source) = fs::rename(&inside, &self.folder) {
                // The earlier report goes back to its place.
                fs::rename(&old, &self.folder).map_err(failed)?;
                return Err(failed(source));
            }
        } else {
            fs::rename(&inside, &self.folder).map_err(failed)?;
        }
        Ok(names)
    }
}

/// The nearest folder above a path that exists.
fn nearest_folder(path: &Path) -> &Path {
    let above = path.ancestors().skip(1).find(|above| above.is_dir());
    above
        .filter(|above| !above.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

fn is_replaceable(folder: &Path) -> io::Result<bool> {
    Ok(folder.join(MARK).is_file() || fs::read_dir(folder)?.next().is_none())
}

/// Writes every file; the longest table beside all others.
fn write_all(report: &Report, folder: &Path) -> io::Result<Vec<String>> {
    thread::scope(|scope| {
        let findings = scope.spawn(|| {
            to_file(folder, "findings.csv", |out| {
                csv::findings(&report.detail, out)
            })
        });
        let mut names = vec![to_file(folder, "accounts.csv", |out| {
            csv::accounts(&report.detail, out)
        })?];
        for table in &report.tables {
            names.push(to_file(folder, &format!("{}.csv", table.name), |out| {
                csv::table(table, out)
            })?);
        }
        names.push(to_file(folder, MARK, |out| {
            serde_json::to_writer_pretty(&mut *out, report)?;
            out.write_all(b"\n")
        })?);
        for (name, text) in &report.attachments {
            names.push(to_file(folder, name, |out| out.write_all(text.as_bytes()))?);
        }
        for drawn in &report.charts {
            let png = chart::png(drawn).map_err(io::Error::other)?;
            names.push(to_file(
                folder,
                &format!("charts/{}.png", drawn.name()),
                |out| out.write_all(&png),
            )?);
            let svg = chart::svg(drawn).map_err(io::Error::other)?;
            names.push(to_file(
                folder,
                &format!("charts/{}.svg", drawn.name()),
                |out| out.write_all(svg.as_bytes()),
            )?);
        }
        names.push(
            findings
                .join()
                .map_err(|_| io::Error::other("the writer of findings.csv stopped early"))??,
        );
        Ok(names)
    })
}

fn to_file(
    folder: &Path,
    name: &str,
    write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> io::Result<String> {
    let mut out = BufWriter::with_capacity(1 << 13, File::create(folder.join(name))?);
    write(&mut out)?;
    out.flush()?;
    Ok(name.to_owned())
}
