//! Which folder is meant by the one that was named, and which ones no report is written to.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::system;
use crate::error::Error;

/// A folder for a report.
#[derive(Debug)]
pub(super) struct Place {
    /// As it was named.
    pub(super) shown: PathBuf,
    /// Where it is, links followed.
    pub(super) real: PathBuf,
    pub(super) exists: bool,
}

/// Finds out where a folder is, or is going to be.
pub(super) fn find(named: &Path) -> Result<Place, Error> {
    let place = |real, exists| Place {
        shown: named.to_owned(),
        real,
        exists,
    };
    let failed = |source| Error::cannot_write(named, source);
    match fs::metadata(named) {
        Ok(about) if about.is_dir() => Ok(place(fs::canonicalize(named).map_err(failed)?, true)),
        Ok(_) => Err(no_folder(named, "is a file")),
        Err(_) if named.as_os_str().is_empty() => Err(no_folder(named, "is no name of a folder")),
        Err(_) if named.symlink_metadata().is_ok() => {
            Err(no_folder(named, "is a link that leads nowhere"))
        }
        Err(error) if super::manifest::is_absence(&error) => Ok(place(to_be_made(named)?, false)),
        Err(error) => Err(failed(error)),
    }
}

/// Where a folder will be that is not there yet.
fn to_be_made(named: &Path) -> Result<PathBuf, Error> {
    let above = named.ancestors().skip(1).find(|above| is_there(above));
    let above = above.unwrap_or(Path::new(""));
    let start = if above.as_os_str().is_empty() {
        Path::new(".")
    } else {
        above
    };
    if !start.is_dir() {
        return Err(no_folder(start, "is no folder"));
    }
    let rest = named.strip_prefix(above).unwrap_or(named);
    if rest.components().any(|part| part == Component::ParentDir) {
        return Err(no_folder(named, "goes up from a folder that is not there"));
    }
    let start = fs::canonicalize(start).map_err(|source| Error::cannot_write(named, source))?;
    Ok(start.join(rest))
}

fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

fn no_folder(path: &Path, why: &str) -> Error {
    Error::Usage {
        message: format!("{} {why}", path.display()),
        hint: "name a folder for the report with --out".to_owned(),
    }
}

impl Place {
    /// Refuses the folder of the exports, and those above it: a report among them would be read with them next time.
    pub(super) fn refuse_inputs(&self, inputs: &[PathBuf]) -> Result<(), Error> {
        for input in inputs {
            let Ok(real) = fs::canonicalize(input) else {
                continue; // Whoever reads it says so.
            };
            let folder = match fs::metadata(&real) {
                Ok(about) if about.is_dir() => Some(real.as_path()),
                Ok(about) if about.is_file() => real.parent(),
                // A pipe lies nowhere.
                _ => None,
            };
            if folder.is_some_and(|folder| folder.starts_with(&self.real)) {
                return Err(Error::Usage {
                    message: format!(
                        "{} is no place for the report: the exports are in it ({})",
                        self.shown.display(),
                        input.display()
                    ),
                    hint: format!(
                        "name a folder for the report alone, such as --out {}",
                        self.shown.join("report").display()
                    ),
                });
            }
        }
        Ok(())
    }

    /// The folder above, or the nearest one above that is there: nothing is made before the report is.
    pub(super) fn above(&self) -> &Path {
        let mut above = self.real.ancestors().skip(1);
        above.find(|above| above.is_dir()).unwrap_or(Path::new("/"))
    }

    /// Where dead runs into this folder may have left something: above it, and where it was first to be made.
    pub(super) fn traces(&self) -> impl Iterator<Item = &Path> {
        self.real.ancestors().skip(1).take(2)
    }

    /// Whether another folder may take the place of this one as a whole.
    pub(super) fn can_be_moved(&self) -> bool {
        let here = std::env::current_dir().and_then(fs::canonicalize);
        let stands_in_it = here.is_ok_and(|here| here.starts_with(&self.real));
        !stands_in_it && !system::is_mount_point(&self.real) && !system::has_own_rules(&self.real)
    }
}

/// Whether an error says that a folder takes no entries.
pub(super) fn is_closed_to_us(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
    )
}
