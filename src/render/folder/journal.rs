//! Replacing our files inside a folder that has to stay, one by one, so that a kill at any moment loses neither report.
//!
//! The journal is a private folder in the report's. First the new files grow in it, and the earlier ones get a second
//! name there. With the plan on disk the new report is decided: from then on whoever comes carries it through,
//! the manifest last. An error turns the plan round before anything is put back, so that whoever comes then
//! knows the way too. Without a plan the journal is what a dead run left, and goes.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::manifest::{Content, Contents, NAME, lying_at, read_json, sound};
use super::staging::{Staging, remove_file, remove_tree};
use super::{Watcher, system};

/// The journal's folder, in that of the report.
pub(super) const FOLDER: &str = ".seatledger-journal";
/// The plan on the way forward, and on the way back.
const PLAN: &str = "plan.json";
const BACK: &str = "back.json";
/// The second names of the earlier files.
const OLD: &str = "old";

/// What is to lie in the folder afterwards, and what lay there before; the manifests among both.
#[derive(Serialize, Deserialize)]
struct Plan {
    old: Contents,
    new: Contents,
}

/// What became of a journal that an earlier run left.
pub(super) enum Recovery {
    /// None is there any more.
    Done,
    /// It belongs to a run that is at work.
    Busy,
    /// These files were changed since, and would be lost.
    Edited(Vec<String>),
}

struct Journal<'a> {
    staging: Staging,
    folder: &'a Path,
    plan: Plan,
    at: Watcher<'a>,
}

/// Puts the new report, written in the staging folder inside, in the place of the earlier one.
pub(super) fn put(
    mut staging: Staging,
    folder: &Path,
    old: Contents,
    new: Contents,
    at: Watcher<'_>,
) -> io::Result<()> {
    back_up(&staging, folder, &old, at)?;
    let plan = Plan { old, new };
    // From here on the journal outlives an error, until it is closed.
    staging.keep_while_needed(true);
    if let Err(error) = write_durably(staging.folder(), PLAN, &plan) {
        let gone = remove_file(&staging.folder().join(PLAN));
        staging.keep_while_needed(gone.is_err());
        return Err(error);
    }
    let journal = Journal {
        staging,
        folder,
        plan,
        at,
    };
    journal.carry_through()
}

/// Finishes what an earlier run began in a folder, or undoes it, before anything else is done there.
pub(super) fn recover(
    folder: &Path,
    replace_edited: bool,
    at: Watcher<'_>,
) -> io::Result<Recovery> {
    let place = folder.join(FOLDER);
    match place.symlink_metadata() {
        Ok(about) if about.is_dir() => {}
        Ok(_) => {
            return Err(io::Error::other(format!(
                "{FOLDER} is there and is no folder"
            )));
        }
        Err(_) => return Ok(Recovery::Done),
    }
    let Some(mut staging) = Staging::of_the_dead(&place)? else {
        return Ok(Recovery::Busy);
    };
    staging.keep_while_needed(true);
    let back = read_json::<Plan>(&place.join(BACK))?;
    let is_back = back.is_some();
    let Some(plan) = back.map_or_else(|| read_json(&place.join(PLAN)), |plan| Ok(Some(plan)))?
    else {
        staging.keep_while_needed(false);
        return Ok(Recovery::Done);
    };
    sound(plan.old.keys().chain(plan.new.keys()))?;
    let journal = Journal {
        staging,
        folder,
        plan,
        at,
    };
    let edited = journal.edited(is_back)?;
    if !edited.is_empty() && !replace_edited {
        return Ok(Recovery::Edited(edited));
    }
    if is_back {
        journal.backward()?;
        journal.close();
    } else {
        journal.carry_through()?;
    }
    Ok(Recovery::Done)
}

impl Journal<'_> {
    fn carry_through(self) -> io::Result<()> {
        match (self.at)("planned").and_then(|()| self.forward()) {
            Ok(()) => {
                self.close();
                Ok(())
            }
            Err(error) => Err(self.undo(error)),
        }
    }

    /// Puts the earlier report back after an error, and gives the error.
    fn undo(self, error: io::Error) -> io::Error {
        let turned = fs::rename(self.in_journal(PLAN), self.in_journal(BACK))
            .and_then(|()| system::sync_folder(self.staging.folder()))
            .and_then(|()| (self.at)("turned round"));
        match turned.and_then(|()| self.backward()) {
            Ok(()) => {
                self.close();
                error
            }
            Err(second) => io::Error::new(
                error.kind(),
                format!(
                    "{error}; and the earlier report cannot be put back yet: {second}; both are kept, the next run \
                     into this folder puts it right"
                ),
            ),
        }
    }

    /// Moves the new files to their places and removes those that the new report no longer has, the manifest last.
    fn forward(&self) -> io::Result<()> {
        for name in self.plan.new.keys().filter(|name| *name != NAME) {
            self.move_in(name)?;
        }
        for name in self.dropped() {
            remove_file(&self.folder.join(name))?;
            (self.at)("removed")?;
        }
        self.tidy(&self.plan.old, &self.plan.new);
        self.sync()?;
        self.move_in(NAME)?;
        self.sync()
    }

    fn move_in(&self, name: &str) -> io::Result<()> {
        let from = self.staging.new_report().join(name);
        // What is no longer in the journal has been moved already.
        if lies(&from) {
            move_to(&from, &self.folder.join(name))?;
            (self.at)("replaced")?;
        }
        Ok(())
    }

    /// Brings the earlier files back to their places.
    fn backward(&self) -> io::Result<()> {
        for (name, content) in &self.plan.old {
            let from = self.in_journal(OLD).join(name);
            let place = self.folder.join(name);
            // What was not replaced yet stays as it is: it may be what could not be replaced.
            if lies(&from) && lying_at(&place)?.as_ref() != Some(content) {
                move_to(&from, &place)?;
                (self.at)("put back")?;
            }
        }
        for (name, content) in self.added() {
            let (place, origin) = (self.folder.join(name), self.staging.new_report().join(name));
            if !lies(&origin) && lying_at(&place)?.as_ref() == Some(content) {
                move_to(&place, &origin)?;
                (self.at)("taken back")?;
            }
        }
        self.tidy(&self.plan.new, &self.plan.old);
        self.sync()
    }

    /// Ends the journal. If its plan can't be removed it stays, and the next run finds nothing left to do.
    fn close(mut self) {
        let gone = remove_file(&self.in_journal(PLAN))
            .and_then(|()| remove_file(&self.in_journal(BACK)))
            .and_then(|()| system::sync_folder(self.staging.folder()));
        self.staging.keep_while_needed(gone.is_err());
        let _ = (self.at)("closed");
    }

    /// Files that would be replaced or removed and are neither the earlier report's nor the new one's.
    fn edited(&self, is_back: bool) -> io::Result<Vec<String>> {
        let mut found = Vec::new();
        let pending = if is_back {
            self.pending(&self.plan.old, &self.in_journal(OLD))
        } else {
            let mut pending = self.pending(&self.plan.new, &self.staging.new_report());
            pending.extend(self.dropped());
            pending
        };
        for name in pending {
            let now = lying_at(&self.folder.join(name))?;
            let known = [self.plan.old.get(name), self.plan.new.get(name)];
            if now.is_some() && !known.contains(&now.as_ref()) {
                found.push(name.clone());
            }
        }
        Ok(found)
    }

    /// The names of files that still wait in a folder of the journal.
    fn pending<'b>(&self, of: &'b Contents, folder: &Path) -> Vec<&'b String> {
        of.keys().filter(|name| lies(&folder.join(name))).collect()
    }

    /// Files of the earlier report that the new one no longer has.
    fn dropped(&self) -> impl Iterator<Item = &String> {
        let stays = |name: &&String| self.plan.new.contains_key(*name);
        self.plan.old.keys().filter(move |name| !stays(name))
    }

    /// Files of the new report that the earlier one had not.
    fn added(&self) -> impl Iterator<Item = (&String, &Content)> {
        let was = |name: &String| self.plan.old.contains_key(name);
        self.plan.new.iter().filter(move |(name, _)| !was(name))
    }

    /// Removes the empty folders that only files of one report were in.
    fn tidy(&self, of: &Contents, but_not: &Contents) {
        for folder in folders(of) {
            if !folders(but_not).contains(&folder) {
                let _ = fs::remove_dir(self.folder.join(folder));
            }
        }
    }

    fn sync(&self) -> io::Result<()> {
        for name in folders(&self.plan.old)
            .iter()
            .chain(&folders(&self.plan.new))
        {
            let folder = self.folder.join(name);
            if folder.is_dir() {
                system::sync_folder(&folder)?;
            }
        }
        system::sync_folder(self.folder)?;
        (self.at)("synced")
    }

    fn in_journal(&self, name: &str) -> PathBuf {
        self.staging.folder().join(name)
    }
}

/// Gives each earlier file a second name in the journal, or a copy where the file system has no second names.
fn back_up(staging: &Staging, folder: &Path, old: &Contents, at: Watcher<'_>) -> io::Result<()> {
    let place = staging.folder().join(OLD);
    fs::create_dir(&place)?;
    for name in old.keys() {
        let (from, to) = (folder.join(name), place.join(name));
        make_folder_of(&to)?;
        if fs::hard_link(&from, &to).is_err() {
            fs::copy(&from, &to)?;
            File::open(&to)?.sync_all()?;
        }
        at("backed up")?;
    }
    for name in folders(old) {
        system::sync_folder(&place.join(name))?;
    }
    system::sync_folder(&place)
}

/// Moves a file, into a folder that is made where it is missing. Never through a link to somewhere else.
fn move_to(from: &Path, to: &Path) -> io::Result<()> {
    make_folder_of(to)?;
    fs::rename(from, to)
}

fn make_folder_of(path: &Path) -> io::Result<()> {
    let Some(folder) = path.parent() else {
        return Ok(());
    };
    match folder.symlink_metadata() {
        Ok(about) if about.is_dir() => Ok(()),
        Ok(_) => Err(io::Error::other(format!(
            "{} is no folder",
            folder.display()
        ))),
        Err(_) => fs::create_dir(folder),
    }
}

fn folders(of: &Contents) -> Vec<&str> {
    let mut found: Vec<&str> = of
        .keys()
        .filter_map(|name| Some(name.split_once('/')?.0))
        .collect();
    found.dedup();
    found
}

fn lies(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Writes a small JSON file that is there whole or not at all, whatever happens.
pub(super) fn write_durably(folder: &Path, name: &str, value: &impl Serialize) -> io::Result<()> {
    let draft = folder.join(format!("{name}.draft"));
    let mut out = File::create(&draft)?;
    serde_json::to_writer(&mut out, value)?;
    out.flush()?;
    out.sync_all()?;
    fs::rename(&draft, folder.join(name))?;
    system::sync_folder(folder)
}

/// Removes what a journal without a plan holds beside the new report.
pub(super) fn discard(folder: &Path) -> io::Result<()> {
    remove_tree(&folder.join(OLD))?;
    for name in [PLAN, BACK] {
        remove_file(&folder.join(format!("{name}.draft")))?;
    }
    Ok(())
}
