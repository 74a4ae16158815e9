//! What lies in a folder before a report is put there: what is ours, what of that was edited, and whether there is more.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::Path;
use std::time::SystemTime;

use serde::Deserialize;

use super::journal;
use super::manifest::{self, Content, Contents, Manifest, Owner, is_absence, lying_at};

/// By this file, and the schema in it, a report without a manifest is known: one from before there was any.
const MARK: &str = "report.json";
const SCHEMA: &str = "seatledger-report/";

/// What such a report has beside the tables and charts that it names.
const BESIDE: [&str; 4] = [MARK, "accounts.csv", "findings.csv", "deadlines.ics"];

/// What the mark of a report says of its files, and of whose they are.
#[derive(Deserialize)]
struct Mark {
    schema: String,
    #[serde(default)]
    organisation: String,
    #[serde(default)]
    tables: Vec<Named>,
    #[serde(default)]
    charts: Vec<Drawn>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

#[derive(Deserialize)]
struct Drawn {
    caption: Named,
}

/// What is ours in a folder, and what else can be told of it.
#[derive(Debug, Default)]
pub(super) struct Claim {
    /// Each file that is ours and there, as it is now; the manifest among them.
    ours: BTreeMap<String, Lying>,
    /// Those of them that are no longer as we wrote them.
    pub(super) edited: Vec<String>,
    /// Whether anything lies there that is not ours.
    pub(super) foreign: bool,
}

#[derive(Clone, Debug)]
struct Lying {
    content: Content,
    /// Size and time of the last change: while they stay, so does the content.
    stamp: Option<(u64, SystemTime)>,
}

impl Claim {
    /// Looks at a folder. What an earlier look knows of files unchanged since is not read again.
    pub(super) fn of(folder: &Path, earlier: &Claim) -> io::Result<Claim> {
        let written = Manifest::read(folder)?;
        let names: Vec<String> = match &written {
            Some(manifest) => manifest.files.keys().cloned().collect(),
            None => Mark::of(folder)?.map_or_else(Vec::new, |mark| mark.names()),
        };
        let mut claim = Claim::default();
        for name in &names {
            let Some(now) = look(folder, name, earlier)? else {
                continue;
            };
            if let Some(manifest) = &written
                && manifest.files.get(name) != Some(&now.content)
            {
                claim.edited.push(name.clone());
            }
            claim.ours.insert(name.clone(), now);
        }
        if written.is_some()
            && let Some(now) = look(folder, manifest::NAME, earlier)?
        {
            claim.ours.insert(manifest::NAME.to_owned(), now);
        }
        claim.foreign = claim.has_company(folder)?;
        Ok(claim)
    }

    /// The names of our files that are there.
    pub(super) fn names(&self) -> impl Iterator<Item = &String> {
        self.ours.keys()
    }

    /// Our files that are there, as they are now.
    pub(super) fn contents(&self) -> Contents {
        let content = |(name, lying): (&String, &Lying)| (name.clone(), lying.content.clone());
        self.ours.iter().map(content).collect()
    }

    /// Which of some names are in the folder and not ours: nothing may be written in their place.
    pub(super) fn in_the_way<'a>(
        &self,
        folder: &Path,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Vec<String> {
        let mut found = BTreeSet::new();
        for name in names {
            if let Some((above, _)) = name.split_once('/')
                && is_there(folder, above)
                && !is_real_folder(&folder.join(above))
            {
                found.insert(above.to_owned());
            } else if is_there(folder, name) && !self.ours.contains_key(name) {
                found.insert(name.to_owned());
            }
        }
        found.into_iter().collect()
    }

    /// Whether the folder has anything beside our files.
    fn has_company(&self, folder: &Path) -> io::Result<bool> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let Some(name) = entry.file_name().to_str().map(str::to_owned) else {
                return Ok(true);
            };
            if name == journal::FOLDER || self.ours.contains_key(&name) {
                continue;
            }
            if !entry.file_type()?.is_dir() || !self.fills(&entry.path(), &name)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether a folder in the folder holds files of ours, and nothing else.
    fn fills(&self, folder: &Path, name: &str) -> io::Result<bool> {
        let mut some = false;
        for entry in fs::read_dir(folder)? {
            let inside = entry?.file_name();
            let ours = inside
                .to_str()
                .is_some_and(|inside| self.ours.contains_key(&format!("{name}/{inside}")));
            if !ours {
                return Ok(false);
            }
            some = true;
        }
        Ok(some)
    }
}

/// A file of ours as it is now; `None` where it is gone, or where a folder or the like has taken its place.
fn look(folder: &Path, name: &str, earlier: &Claim) -> io::Result<Option<Lying>> {
    if let Some((above, _)) = name.split_once('/')
        && !is_real_folder(&folder.join(above))
    {
        return Ok(None);
    }
    let path = folder.join(name);
    let about = match path.symlink_metadata() {
        Ok(about) if about.is_file() || about.is_symlink() => about,
        Ok(_) => return Ok(None),
        Err(error) if is_absence(&error) => return Ok(None),
        Err(error) => return Err(error),
    };
    let stamp = about
        .modified()
        .ok()
        .filter(|_| about.is_file())
        .map(|time| (about.len(), time));
    let known = earlier.ours.get(name);
    if let Some(known) = known.filter(|known| stamp.is_some() && known.stamp == stamp) {
        return Ok(Some(known.clone()));
    }
    Ok(lying_at(&path)?.map(|content| Lying { content, stamp }))
}

fn is_there(folder: &Path, name: &str) -> bool {
    folder.join(name).symlink_metadata().is_ok()
}

fn is_real_folder(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|about| about.is_dir())
}

impl Mark {
    /// The mark of a report in a folder. Whatever else is called so is somebody else's.
    fn of(folder: &Path) -> io::Result<Option<Mark>> {
        let path = folder.join(MARK);
        if !path.symlink_metadata().is_ok_and(|about| about.is_file()) {
            return Ok(None);
        }
        let mark = serde_json::from_reader::<_, Mark>(BufReader::new(File::open(path)?));
        Ok(mark.ok().filter(|mark| mark.schema.starts_with(SCHEMA)))
    }

    fn names(&self) -> Vec<String> {
        let is_plain = |name: &&str| {
            let letters = |c: char| c.is_ascii_alphanumeric() || c == '_';
            !name.is_empty() && name.chars().all(letters)
        };
        let tables = self.tables.iter().map(|table| table.name.as_str());
        let charts = self.charts.iter().map(|chart| chart.caption.name.as_str());
        let beside = BESIDE.iter().map(|&name| name.to_owned());
        beside
            .chain(tables.filter(is_plain).map(|name| format!("{name}.csv")))
            .chain(
                charts
                    .filter(is_plain)
                    .flat_map(|name| ["png", "svg"].map(|end| format!("charts/{name}.{end}"))),
            )
            .collect()
    }
}

/// Whether a folder may be taken for a report of an organisation without asking: it holds no other's report.
pub(super) fn is_free_for(folder: &Path, owner: &Owner, named: bool) -> io::Result<bool> {
    if let Some(manifest) = Manifest::read(folder)? {
        return Ok(manifest.owner.key == owner.key);
    }
    // A report from before the manifest tells its organisation by name alone.
    let mark = Mark::of(folder)?;
    Ok(mark.is_none_or(|mark| named && mark.organisation == owner.organisation))
}
