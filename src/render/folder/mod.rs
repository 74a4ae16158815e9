//! The report folder: whose files lie in it, and how a new report takes the place of an earlier one.
//!
//! Only what a manifest of ours lists is ever replaced or removed. A run that fails, or is killed at any moment,
//! leaves the earlier report or the new one, whole; what else lies in the folder is not touched.
//!
//! ```text
//! place ─► claim ─► staging ─► files, manifest ─┬► exchange   only our files lie there: both change places at once
//! which     what      where     the new report  └► journal    others too, or it can't move: file by file, with a way
//! folder    is ours   it grows                                forward and a way back
//! ```
//!
//! Nothing in here knows what a report holds. `system` has what differs between systems.

mod claim;
mod exchange;
mod files;
mod journal;
mod manifest;
mod place;
mod staging;
mod system;
#[cfg(test)]
mod tests;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use claim::Claim;
use exchange::Exchange;
use journal::Recovery;
use manifest::{Contents, Manifest};
use place::Place;
use staging::Staging;

use crate::error::Error;

pub(crate) use files::Files;
pub(crate) use manifest::{NAME as MANIFEST, Owner};

/// Is told of each step on the way, and may end it there: tests do, to see what then lies where.
pub(crate) type Watcher<'a> = &'a dyn Fn(&str) -> io::Result<()>;

/// Nobody watches.
pub(crate) fn unwatched(_: &str) -> io::Result<()> {
    Ok(())
}

/// These are in each report; where a folder has other files so called, there is no need to compute first.
const ALWAYS: [&str; 4] = [
    manifest::NAME,
    "report.json",
    "accounts.csv",
    "findings.csv",
];

/// Where a report is to be written, and what is to be kept out of its way.
#[derive(Clone, Copy)]
pub(crate) struct Wish<'a> {
    pub(crate) folder: &'a Path,
    /// The exports, whose folder is no place for a report.
    pub(crate) inputs: &'a [PathBuf],
    /// Whether files of an earlier report are replaced though they were edited.
    pub(crate) replace_edited: bool,
}

/// A place that was found fit to be written, before any long work.
pub(crate) struct Target<'a> {
    place: Place,
    claim: Claim,
    staging: Staging,
    /// Whether the report grows inside the folder, which stays where it is.
    inside: bool,
    replace_edited: bool,
    at: Watcher<'a>,
    _held: Option<system::Held>,
}

impl<'a> Target<'a> {
    /// Puts right what an earlier run left there, and looks at what would be replaced.
    pub(crate) fn prepare(wish: Wish<'_>, at: Watcher<'a>) -> Result<Target<'a>, Error> {
        let place = place::find(wish.folder)?;
        place.refuse_inputs(wish.inputs)?;
        let mut held = None;
        let mut claim = Claim::default();
        if place.exists {
            held = Some(system::hold(&place.real).ok_or_else(|| busy(&place))?);
            recover(&place, wish.replace_edited, at)?;
            claim = look(&place, &claim, wish.replace_edited)?;
            refuse_in_the_way(&place, &claim, ALWAYS)?;
        }
        let (staging, inside) = stage(&place, &claim)?;
        for trace in place.traces() {
            staging.sweep(trace);
        }
        at("staged").map_err(|source| Error::cannot_write(&place.shown, source))?;
        Ok(Target {
            place,
            claim,
            staging,
            inside,
            replace_edited: wish.replace_edited,
            at,
            _held: held,
        })
    }

    /// Writes the report and puts it in its place. Gives the names of its files, sorted.
    pub(crate) fn publish(
        self,
        owner: Owner,
        write: impl FnOnce(&Files) -> io::Result<()>,
    ) -> Result<Vec<String>, Error> {
        let Target {
            place,
            mut claim,
            staging,
            inside,
            replace_edited,
            at,
            _held: _until_the_end,
        } = self;
        let failed = |source| Error::cannot_write(&place.shown, source);
        let files = Files::new(staging.new_report());
        write(&files).map_err(failed)?;
        let new = files.finish(owner).map_err(failed)?;
        at("written").map_err(failed)?;
        let names = new.keys().cloned().collect();
        if place.exists {
            // While the report was made, the folder may have changed.
            claim = look(&place, &claim, replace_edited)?;
            refuse_in_the_way(&place, &claim, new.keys().map(String::as_str))?;
            replace(staging, &place, inside, &claim, new, at).map_err(failed)?;
        } else {
            exchange::put_first(staging, &place.real, at).map_err(failed)?;
        }
        Ok(names)
    }
}

/// The first of some folders that holds no other organisation's report. A stable end, of what tells the
/// organisation from others, makes a name of its own where one name fits two.
pub(crate) fn free_for(owner: &Owner, named: bool, folder: &Path) -> Result<PathBuf, Error> {
    let with_end = |length: usize| {
        let mut name = folder.as_os_str().to_owned();
        name.push("-");
        name.push(owner.key.get(..length).unwrap_or(&owner.key));
        PathBuf::from(name)
    };
    for folder in [folder.to_owned(), with_end(6), with_end(16)] {
        if claim::is_free_for(&folder, owner, named).unwrap_or(false) {
            return Ok(folder);
        }
    }
    Err(Error::Usage {
        message: format!("{} is another organisation's report", folder.display()),
        hint: "name a folder for this one with --out".to_owned(),
    })
}

/// Puts a report in the place of what lies there.
fn replace(
    staging: Staging,
    place: &Place,
    inside: bool,
    claim: &Claim,
    new: Contents,
    at: Watcher<'_>,
) -> io::Result<()> {
    keep_permissions(&place.real, &staging.new_report(), claim)?;
    let staging = if inside {
        staging
    } else if claim.foreign {
        move_inside(staging, place, &new)?
    } else {
        match exchange::put(staging, &place.real, claim, at)? {
            Exchange::Done => return Ok(()),
            Exchange::Refused(staging) => move_inside(staging, place, &new)?,
        }
    };
    journal::put(staging, &place.real, claim.contents(), new, at)
}

/// Whoever may read an earlier file may read the new one, and nobody else.
fn keep_permissions(folder: &Path, new: &Path, claim: &Claim) -> io::Result<()> {
    for name in claim.names().map(String::as_str).chain(["charts"]) {
        let there = new.join(name);
        if let Ok(about) = folder.join(name).symlink_metadata()
            && !about.is_symlink()
            && there.exists()
        {
            fs::set_permissions(there, about.permissions())?;
        }
    }
    Ok(())
}

/// Moves a report that grew beside the folder into it, where the folder itself turns out to have to stay.
fn move_inside(beside: Staging, place: &Place, new: &Contents) -> io::Result<Staging> {
    let inside = Staging::inside(&place.real)?
        .ok_or_else(|| io::Error::other("another run has begun to write there"))?;
    for name in new.keys() {
        let (from, to) = (
            beside.new_report().join(name),
            inside.new_report().join(name),
        );
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        if fs::rename(&from, &to).is_err() {
            fs::copy(&from, &to)?;
            fs::File::open(&to)?.sync_all()?;
        }
    }
    system::sync_folder(&inside.new_report())?;
    Ok(inside)
}

/// Where the report grows: beside its place if that can be exchanged, else inside.
fn stage(place: &Place, claim: &Claim) -> Result<(Staging, bool), Error> {
    let failed = |source| Error::cannot_write(&place.shown, source);
    if !place.exists || (!claim.foreign && place.can_be_moved()) {
        match Staging::beside(place.above()) {
            Ok(staging) if !place.exists || staging.is_as(&place.real) => {
                return Ok((staging, false));
            }
            Ok(_) => {}
            Err(error) if place.exists && place::is_closed_to_us(&error) => {}
            Err(error) => return Err(failed(error)),
        }
    }
    let staging = Staging::inside(&place.real).map_err(failed)?;
    Ok((staging.ok_or_else(|| busy(place))?, true))
}

fn recover(place: &Place, replace_edited: bool, at: Watcher<'_>) -> Result<(), Error> {
    match journal::recover(&place.real, replace_edited, at) {
        Ok(Recovery::Done) => Ok(()),
        Ok(Recovery::Busy) => Err(busy(place)),
        Ok(Recovery::Edited(names)) => Err(edited(place, &names)),
        Err(source) => Err(Error::cannot_write(&place.shown, source)),
    }
}

/// Sees what is ours in the folder, and that nothing of it was edited.
fn look(place: &Place, earlier: &Claim, replace_edited: bool) -> Result<Claim, Error> {
    Manifest::read(&place.real).map_err(|error| {
        Error::refused(
            &place.shown.join(manifest::NAME).display().to_string(),
            format!("the list of the report's files cannot be used: {error}"),
            "without it the report is known by its report.json: move it away, or name another folder with --out",
        )
    })?;
    let claim = Claim::of(&place.real, earlier)
        .map_err(|source| Error::cannot_write(&place.shown, source))?;
    if claim.edited.is_empty() || replace_edited {
        Ok(claim)
    } else {
        Err(edited(place, &claim.edited))
    }
}

fn refuse_in_the_way<'b>(
    place: &Place,
    claim: &Claim,
    names: impl IntoIterator<Item = &'b str>,
) -> Result<(), Error> {
    let there = claim.in_the_way(&place.real, names);
    if there.is_empty() {
        return Ok(());
    }
    Err(Error::Usage {
        message: format!(
            "{} has files that no report wrote, by names that the report needs: {}",
            place.shown.display(),
            there.join(", ")
        ),
        hint: "name another folder with --out, or move them away".to_owned(),
    })
}

fn edited(place: &Place, names: &[String]) -> Error {
    Error::Usage {
        message: format!(
            "files of the report in {} were edited since it was written: {}",
            place.shown.display(),
            names.join(", ")
        ),
        hint: "copy what you want to keep, or name another folder with --out; --replace-edited writes over them"
            .to_owned(),
    }
}

fn busy(place: &Place) -> Error {
    Error::refused(
        &place.shown.display().to_string(),
        "another run is writing a report there",
        "wait until it has ended, or name another folder with --out",
    )
}
