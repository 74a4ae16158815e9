//! From the paths of the command line to the exports and the configuration among them.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use super::config::{self, Config};
use super::detect::{Detected, Recognised, detect};
use super::source::{Body, Next, Source, Stop};
use super::{input, workbook};
use crate::domain::dataset::{NOT_READ, Note};
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
    let Files {
        files,
        config_paths,
        mut left_out,
    } = files_of(paths)?;
    let mut found = Discovered::default();
    let config_paths = match stated_config {
        Some(stated) => vec![stated.to_owned()],
        None => config_paths,
    };
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
    let mut sources: Vec<(Source, bool)> = Vec::with_capacity(files.len());
    for (file, named) in &files {
        match Source::open(file, short_name(file)) {
            Ok(source) => sources.push((source, *named)),
            // In a folder it may be anything; a file that is named is wanted.
            Err(Error::CannotOpen { source, .. }) if !named => {
                left_out.push(format!("{} cannot be read: {source}", short_name(file)));
            }
            Err(error) => return Err(error),
        }
    }
    refuse_twice(&sources)?;
    for (source, named) in &sources {
        match exports_in(source, &column_names, &mut left_out)? {
            Ok(exports) => found.exports.extend(exports),
            Err(what) if *named => {
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
            Err(what) => left_out.push(what),
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
            seen: left_out,
        });
    }
    found.notes = left_out
        .into_iter()
        .map(|what| Note::doubt(NOT_READ, format!("not read: {what}")))
        .collect();
    Ok(found)
}

/// The exports of a file: itself, or the sheets of a workbook. Without any: what it looks like.
fn exports_in(
    source: &Source,
    column_names: &[String],
    left_out: &mut Vec<String>,
) -> Result<Result<Vec<Export>, String>, Error> {
    if source.body != Body::Workbook {
        return Ok(match detect(source, column_names)? {
            Detected::Format(format) => Ok(vec![Export {
                source: source.clone(),
                format,
            }]),
            Detected::Unknown(what) => Err(what),
            Detected::Blank => Err(format!("{} holds no table", source.name)),
        });
    }
    let Some(sheets) = workbook::sheets(source)? else {
        return Ok(Err(format!(
            "{} is an archive and no workbook: unpack it",
            source.name
        )));
    };
    let (mut exports, mut without_rows, mut others, mut refusals) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for sheet in &sheets {
        let mut one = source.of_sheet(sheet);
        if sheets.len() == 1 {
            one.name.clone_from(&source.name);
        }
        match detect(&one, column_names) {
            Ok(Detected::Format(format)) => {
                let list = if has_rows(&one)? {
                    &mut exports
                } else {
                    &mut without_rows
                };
                list.push(Export {
                    source: one,
                    format,
                });
            }
            Ok(Detected::Unknown(what)) => others.push(what),
            Ok(Detected::Blank) => {}
            Err(error @ Error::Refused { .. }) => refusals.push(error),
            Err(error) => return Err(error),
        }
    }
    if exports.is_empty() {
        if let Some(refusal) = refusals.into_iter().next() {
            return Err(refusal);
        }
        // Reading says what is wrong with a table without rows.
        exports.extend(without_rows.drain(..1.min(without_rows.len())));
        if exports.is_empty() {
            let what = others.into_iter().next();
            return Ok(Err(
                what.unwrap_or_else(|| format!("{} holds no table", source.name))
            ));
        }
        refusals = Vec::new();
    }
    if let [one] = exports.as_mut_slice() {
        one.source.name.clone_from(&source.name);
    }
    left_out.extend(others);
    left_out.extend(refusals.iter().map(ToString::to_string));
    let names = without_rows.iter().map(|one| &one.source.name);
    left_out.extend(names.map(|name| format!("{name} has column names and no rows")));
    Ok(Ok(exports))
}

fn has_rows(source: &Source) -> Result<bool, Error> {
    let mut rows = 0;
    let read = source.each_record(|_| {
        rows += 1;
        Ok(if rows > 1 { Next::Stop } else { Next::Go })
    });
    match read {
        Err(Stop::Failed(error)) => Err(error),
        _ => Ok(rows > 1),
    }
}

/// What the paths of the command line lead to.
#[derive(Default)]
struct Files {
    /// Each with whether it was named itself.
    files: Vec<(PathBuf, bool)>,
    config_paths: Vec<PathBuf>,
    /// What lies in the folders and is no file to read, in words.
    left_out: Vec<String>,
}

fn files_of(paths: &[PathBuf]) -> Result<Files, Error> {
    let mut found = Files::default();
    for path in paths {
        let is_input = path == Path::new(input::STANDARD_INPUT);
        if is_input
            || !fs::metadata(path)
                .map_err(|source| Error::cannot_open(path, source))?
                .is_dir()
        {
            found.add(path.clone(), true);
            continue;
        }
        let unreadable = |source| Error::cannot_open(path, source);
        let mut inside: Vec<PathBuf> = fs::read_dir(path)
            .map_err(unreadable)?
            .map(|entry| entry.map(|entry| entry.path()).map_err(unreadable))
            .collect::<Result<_, _>>()?;
        inside.sort();
        for file in inside {
            let name = short_name(&file);
            // Hidden files are nobody's exports, and folders in folders are not looked into.
            if name.starts_with('.') || file.is_dir() {
                continue;
            }
            match not_opened(&file) {
                Some(why) => found.left_out.push(format!("{name} is {why}")),
                None => found.add(file, false),
            }
        }
    }
    Ok(found)
}

impl Files {
    fn add(&mut self, file: PathBuf, named: bool) {
        if is_config(&file) {
            self.config_paths.push(file);
        } else {
            self.files.push((file, named));
        }
    }
}

/// Why something in a folder is not even opened.
fn not_opened(path: &Path) -> Option<&'static str> {
    match fs::metadata(path) {
        Err(_) if path.is_symlink() => return Some("a link that leads nowhere"),
        // Opening it says why it can't be read.
        Err(_) => return None,
        Ok(about) if !about.is_file() => {
            return Some("no file but a pipe, socket or device: name it to have it read");
        }
        Ok(_) => {}
    }
    let ending = path
        .extension()
        .map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref()? {
        "md" | "html" | "ics" | "png" | "svg" | "jpg" | "jpeg" => {
            Some("a page, picture or calendar by its name")
        }
        "zip" | "gz" => Some("an archive by its name: unpack it"),
        _ => None,
    }
}

fn is_config(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name == config::FILE_NAME)
}

/// The file's own name, or with its folder where that is needed to tell two apart.
fn short_name(path: &Path) -> String {
    if path == Path::new(input::STANDARD_INPUT) {
        return "standard input".to_owned();
    }
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}

/// One file under two names, or one content in two files, would count everything twice.
fn refuse_twice(sources: &[(Source, bool)]) -> Result<(), Error> {
    let mut by_size: BTreeMap<u64, Vec<&Source>> = BTreeMap::new();
    for (source, _) in sources {
        by_size.entry(source.input.size()).or_default().push(source);
    }
    for (size, same_size) in by_size {
        for (place, first) in same_size.iter().enumerate() {
            for second in same_size.iter().skip(place + 1) {
                if size > 0 && is_same(first, second)? {
                    return Err(Error::GivenTwice {
                        first: first.path.display().to_string(),
                        second: second.path.display().to_string(),
                    });
                }
            }
        }
    }
    Ok(())
}

fn is_same(first: &Source, second: &Source) -> Result<bool, Error> {
    let reader = |source: &Source| {
        let reader = source.input.reader();
        reader
            .map(BufReader::new)
            .map_err(|error| source.failed(error))
    };
    let (mut one, mut other) = (reader(first)?, reader(second)?);
    loop {
        let bytes = one.fill_buf().map_err(|error| first.failed(error))?;
        let others = other.fill_buf().map_err(|error| second.failed(error))?;
        let length = bytes.len().min(others.len());
        if bytes[..length] != others[..length] {
            return Ok(false);
        }
        if length == 0 {
            return Ok(bytes.len() == others.len());
        }
        one.consume(length);
        other.consume(length);
    }
}
