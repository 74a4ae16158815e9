//! The private place in which a report grows, beside its own or inside it, and the end of those that dead runs left.
//!
//! A lock tells a run that is at work from one that is dead.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::manifest::{Manifest, NAME, read_json};
use super::{journal, system};

/// How the name of a staging folder beside a report begins.
const PREFIX: &str = ".seatledger-staging-";
const LOCK: &str = "lock";
/// Where the new report is, and after an exchange the earlier one.
const NEW: &str = "new";
/// What an exchange is about to do.
const EXCHANGE: &str = "exchange.json";
/// How often a folder is made again that another run has taken for a dead one's.
const TRIES: usize = 10;

/// A private folder that is locked while we live, and removed with us.
pub(super) struct Staging {
    folder: PathBuf,
    _lock: File,
    /// Whether it stays, since what it holds is needed to put things right.
    kept: bool,
}

/// What an exchange is about to swap: written before it, so that later runs know what may be removed.
#[derive(Serialize, Deserialize)]
struct Intent {
    /// The name of the report's folder, where it is text.
    folder: Option<String>,
    /// The files of the earlier report.
    earlier: Vec<String>,
}

impl Staging {
    /// A new staging folder beside a report, or where its folder is going to be.
    pub(super) fn beside(parent: &Path) -> io::Result<Staging> {
        make(|| {
            let mut builder = tempfile::Builder::new();
            builder.prefix(PREFIX);
            system::private(&mut builder);
            Ok(builder.tempdir_in(parent)?.keep())
        })
    }

    /// The staging folder inside a report's folder. `None`: another run has it.
    pub(super) fn inside(folder: &Path) -> io::Result<Option<Staging>> {
        let path = folder.join(journal::FOLDER);
        let made = make(|| system::make_private(&path).map(|()| path.clone()));
        match made {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(None),
            made => made.map(Some),
        }
    }

    /// Takes over a dead run's staging folder. `None`: its run is at work.
    pub(super) fn of_the_dead(folder: &Path) -> io::Result<Option<Staging>> {
        let lock = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(folder.join(LOCK))?;
        match lock.try_lock() {
            Ok(()) if system::is_still_at(&lock, &folder.join(LOCK)) => Ok(Some(Staging {
                folder: folder.to_owned(),
                _lock: lock,
                kept: false,
            })),
            Ok(()) | Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the new report grows.
    pub(super) fn new_report(&self) -> PathBuf {
        self.folder.join(NEW)
    }

    /// Leaves the folder where it is, for the next run or the user to put things right with.
    pub(super) fn keep(mut self) -> PathBuf {
        self.kept = true;
        self.folder.clone()
    }

    /// Whether the folder stays though we end: while what it holds may be needed to put things right.
    pub(super) fn keep_while_needed(&mut self, needed: bool) {
        self.kept = needed;
    }

    /// Whether a folder has the owner and group that ours was given.
    pub(super) fn is_as(&self, folder: &Path) -> bool {
        match (fs::metadata(&self.folder), fs::metadata(folder)) {
            (Ok(ours), Ok(other)) => system::same_owner(&ours, &other),
            _ => false,
        }
    }

    /// Removes what dead runs of ours left in a folder. What is not surely theirs, or can't be removed, stays.
    pub(super) fn sweep(&self, place: &Path) {
        let Ok(entries) = fs::read_dir(place) else {
            return;
        };
        for entry in entries.flatten() {
            let is_staging = entry
                .file_name()
                .to_str()
                .is_some_and(|name| name.starts_with(PREFIX));
            let path = entry.path();
            if is_staging && self.is_of_our_user(&path) && has_lock(&path) {
                // Dropped, it goes.
                drop(Staging::of_the_dead(&path));
            }
        }
    }

    fn is_of_our_user(&self, folder: &Path) -> bool {
        match (fs::metadata(&self.folder), folder.symlink_metadata()) {
            (Ok(ours), Ok(other)) => other.is_dir() && system::same_user(&ours, &other),
            _ => false,
        }
    }

    /// Writes down what an exchange is about to do.
    pub(super) fn intend<'a>(
        &self,
        folder: &Path,
        earlier: impl Iterator<Item = &'a String>,
    ) -> io::Result<()> {
        let name = folder.file_name().and_then(|name| name.to_str());
        let intent = Intent {
            folder: name.map(str::to_owned),
            earlier: earlier.cloned().collect(),
        };
        journal::write_durably(&self.folder, EXCHANGE, &intent)
    }

    /// Takes that back, before anything is moved elsewhere.
    pub(super) fn intend_nothing(&self) -> io::Result<()> {
        remove_file(&self.folder.join(EXCHANGE))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.kept {
            // What can't be removed now, the next run removes.
            let _ = discard(&self.folder);
        }
    }
}

/// Makes a staging folder with its lock, though another run may take it for a dead one's in between.
fn make(folder: impl Fn() -> io::Result<PathBuf>) -> io::Result<Staging> {
    let mut last = io::Error::from(io::ErrorKind::NotFound);
    for _ in 0..TRIES {
        let folder = folder()?;
        match lock(&folder) {
            Ok(Some(lock)) => {
                let staging = Staging {
                    folder,
                    _lock: lock,
                    kept: false,
                };
                fs::create_dir(staging.new_report())?;
                return Ok(staging);
            }
            Ok(None) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

fn lock(folder: &Path) -> io::Result<Option<File>> {
    let path = folder.join(LOCK);
    let lock = File::create_new(&path)?;
    match lock.lock() {
        Ok(()) => {}
        // Without locks nobody takes ours for dead either.
        Err(error) if error.kind() == io::ErrorKind::Unsupported => {}
        Err(error) => return Err(error),
    }
    Ok(Some(lock).filter(|lock| system::is_still_at(lock, &path)))
}

/// Whether a run got so far as to lock its staging folder. An empty one of a run that did not goes at once.
fn has_lock(folder: &Path) -> bool {
    let lock = folder.join(LOCK).symlink_metadata();
    let found = lock.is_ok_and(|about| about.is_file());
    if !found {
        let _ = fs::remove_dir(folder);
    }
    found
}

/// Removes a staging folder with all that is ours in it; what is not goes to the report's folder, where it came from.
fn discard(folder: &Path) -> io::Result<()> {
    let new = folder.join(NEW);
    if let Some(intent) = read_json::<Intent>(&folder.join(EXCHANGE))? {
        let mut names = intent.earlier;
        if let Some(manifest) = Manifest::read(&new)? {
            names.extend(manifest.files.into_keys());
        }
        names.push(NAME.to_owned());
        super::manifest::sound(&names)?;
        let home = intent
            .folder
            .filter(|_| folder.parent().is_some())
            .map(|name| folder.with_file_name(name));
        remove_ours(&new, &names, home.as_deref())?;
    } else {
        remove_tree(&new)?;
    }
    journal::discard(folder)?;
    remove_file(&folder.join(format!("{EXCHANGE}.draft")))?;
    remove_file(&folder.join(EXCHANGE))?;
    // The lock goes last: while it is there, what is left is known as a dead run's.
    remove_file(&folder.join(LOCK))?;
    fs::remove_dir(folder)
}

/// Removes named files, then the folders that are empty. Others, come in at the last moment, are moved home.
fn remove_ours(folder: &Path, names: &[String], home: Option<&Path>) -> io::Result<()> {
    for name in names {
        remove_file(&folder.join(name))?;
    }
    for above in names.iter().filter_map(|name| name.split_once('/')) {
        let _ = fs::remove_dir(folder.join(above.0));
    }
    if let Some(home) = home
        && let Ok(strays) = fs::read_dir(folder)
    {
        for stray in strays.flatten() {
            give_back(&stray.path(), &home.join(stray.file_name()));
        }
    }
    match fs::remove_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

/// Moves a stray to where nothing is in its way; a folder that is there too gets its entries.
fn give_back(stray: &Path, home: &Path) {
    if home.symlink_metadata().is_err() {
        let _ = fs::rename(stray, home);
        return;
    }
    let both_folders = |path: &Path| path.symlink_metadata().is_ok_and(|about| about.is_dir());
    if both_folders(stray) && both_folders(home) {
        for entry in fs::read_dir(stray).into_iter().flatten().flatten() {
            give_back(&entry.path(), &home.join(entry.file_name()));
        }
        let _ = fs::remove_dir(stray);
    }
}

pub(super) fn remove_file(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if super::manifest::is_absence(&error) => Ok(()),
        done => done,
    }
}

pub(super) fn remove_tree(path: &Path) -> io::Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}
