//! From the paths of the command line to the exports and the configuration among them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::config::{self, Config};
use super::detect::{Detected, Recognised, detect};
use super::source::Source;
use crate::domain::dataset::Note;
use crate::error::Error;

/// A file of a known format.
#[derive(Clone, Debug)]
pub(crate) struct Export {
    pub(crate) source: Source,
    pub(crate) format: Recognised,
}

/// What the paths hold.
#[derive(Debug, Default)]
pub(crate) struct Discovered {
    pub(crate) exports: Vec<Export>,
    pub(crate) config: Config,
    pub(crate) notes: Vec<Note>,
}

/// Looks through files and folders (not the folders in them) for exports and a `seatledger.toml`.
pub(crate) fn discover(
    paths: &[PathBuf],
    stated_config: Option<&Path>,
) -> Result<Discovered, Error> {
    let mut files: Vec<(PathBuf, bool)> = Vec::new();
    for path in paths {
        let about = fs::metadata(path).map_err(|source| Error::cannot_open(path, source))?;
        if about.is_dir() {
            let mut inside = files_in(path)?;
            inside.sort();
            files.extend(inside.into_iter().map(|file| (file, false)));
        } else {
            files.push((path.clone(), true));
        }
    }
    refuse_twice(&files)?;
    let mut found = Discovered::default();
    let mut config_paths: Vec<PathBuf> = stated_config.map(Path::to_owned).into_iter().collect();
    if config_paths.is_empty() {
        config_paths = files
            .iter()
            .map(|(file, _)| file.clone())
            .filter(|file| is_config(file))
            .collect();
    }
    match config_paths.as_slice() {
        [] => {}
        [one] => found.config = config::load(one)?,
        [one, two, ..] => {
            return Err(Error::Usage {
                message: format!(
                    "two configurations: {} and {}",
                    one.display(),
                    two.display()
                ),
                hint: "say which one holds with --config FILE".to_owned(),
            });
        }
    }
    let column_names: Vec<String> = found.config.input.column_names();
    let mut unrecognised = Vec::new();
    for (file, named) in files.iter().filter(|(file, _)| !is_config(file)) {
        let source = Source::open(file, short_name(file))?;
        match detect(&source, &column_names)? {
            Detected::Format(format) => found.exports.push(Export { source, format }),
            Detected::Unknown(what) if *named => {
                return Err(Error::refused(
                    &source.name,
                    format!(
                        "not a known export: {}",
                        what.strip_prefix(&source.name)
                            .unwrap_or(&what)
                            .trim_start()
                    ),
                    "the README lists the exports that are read; a roster needs a column of addresses, \
                     or [input.columns] in seatledger.toml",
                ));
            }
            Detected::Unknown(what) => unrecognised.push(what),
        }
    }
    if found.exports.is_empty() {
        let places = paths
            .iter()
            .map(|path| path.display().to_string())
            .collect::<Vec<_>>()
            .join(", ");
        return Err(Error::NothingToRead {
            places,
            seen: unrecognised,
        });
    }
    found.notes = unrecognised
        .into_iter()
        .map(|what| Note::doubt("file-not-recognised", format!("not read: {what}")))
        .collect();
    Ok(found)
}

fn files_in(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let unreadable = |source| Error::cannot_open(folder, source);
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path.is_file() && !hidden && is_worth_a_look(&path) {
            files.push(path);
        }
    }
    Ok(files)
}

/// Notes, pictures and the like lie in such folders too; only what can hold records is opened.
fn is_worth_a_look(path: &Path) -> bool {
    let ending = path
        .extension()
        .map(|ending| ending.to_string_lossy().to_lowercase());
    !matches!(
        ending.as_deref(),
        Some("md" | "png" | "svg" | "jpg" | "jpeg" | "html" | "ics" | "zip" | "gz")
    )
}

fn is_config(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name == config::FILE_NAME)
}

/// The file's own name, or with its folder where that is needed to tell two apart.
fn short_name(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}

/// One file under two names, or one content in two files, would count everything twice.
fn refuse_twice(files: &[(PathBuf, bool)]) -> Result<(), Error> {
    let mut by_size: BTreeMap<u64, Vec<&Path>> = BTreeMap::new();
    for (file, _) in files {
        let size = fs::metadata(file)
            .map_err(|source| Error::cannot_open(file, source))?
            .len();
        by_size.entry(size).or_default().push(file);
    }
    for (size, same_size) in by_size {
        for (place, first) in same_size.iter().enumerate() {
            for second in same_size.iter().skip(place + 1) {
                if size > 0 && is_same(first, second)? {
                    return Err(Error::GivenTwice {
                        first: first.display().to_string(),
                        second: second.display().to_string(),
                    });
                }
            }
        }
    }
    Ok(())
}

fn is_same(first: &Path, second: &Path) -> Result<bool, Error> {
    let resolve =
        |path: &Path| fs::canonicalize(path).map_err(|source| Error::cannot_open(path, source));
    if resolve(first)? == resolve(second)? {
        return Ok(true);
    }
    let read = |path: &Path| fs::read(path).map_err(|source| Error::cannot_open(path, source));
    Ok(read(first)? == read(second)?)
}
