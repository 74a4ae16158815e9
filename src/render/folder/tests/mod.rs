//! The report folder on small reports: what is on disk at each step, after an error at each, and what is refused.

mod claims;
mod refusals;
mod steps;
mod traces;

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::{Owner, Target, Watcher, Wish, unwatched};
use crate::error::Error;

/// A report's files, by name.
type Report = BTreeMap<String, String>;

/// The names and contents of all that lies below a folder; a folder without anything ends in a slash.
type Tree = BTreeMap<String, String>;

fn report(files: &[(&str, &str)]) -> Report {
    files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect()
}

/// Three reports, each with files that the one before has not, and without some that it has.
fn earlier() -> Report {
    report(&[
        ("report.json", "{\"earlier\": 1}"),
        ("accounts.csv", "a,b\n1,2\n"),
        ("dropped.csv", "gone next time"),
        ("charts/old.png", "an old picture"),
        ("charts/both.png", "first"),
    ])
}

fn newer() -> Report {
    report(&[
        ("report.json", "{\"newer\": 2}"),
        ("accounts.csv", "a,b\n1,2\n"),
        ("findings.csv", "new in this one"),
        ("charts/both.png", "second"),
        ("pages/one.html", "a folder that was not there"),
    ])
}

fn newest() -> Report {
    report(&[
        ("report.json", "{\"newest\": 3}"),
        ("findings.csv", "third"),
    ])
}

fn owner(name: &str) -> Owner {
    Owner::of(Some(name), name, &[])
}

/// A folder with the place of a report in it.
struct Ground {
    place: TempDir,
}

impl Ground {
    fn new() -> Ground {
        Ground { place: scratch() }
    }

    /// With the earlier report.
    fn with_earlier() -> Ground {
        let ground = Ground::new();
        ground.put(&earlier()).expect("written");
        ground
    }

    /// With the earlier report, and things of the user's in its folder.
    fn with_company() -> Ground {
        let ground = Ground::with_earlier();
        ground.file("report/notes.txt", "mine");
        ground.file("report/.git/HEAD", "ref: refs/heads/main");
        ground.file("report/charts/mine.png", "my own picture");
        ground
    }

    fn root(&self) -> &Path {
        self.place.path()
    }

    fn target(&self) -> PathBuf {
        self.root().join("report")
    }

    fn file(&self, name: &str, text: &str) {
        let path = self.root().join(name);
        fs::create_dir_all(path.parent().expect("below")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn put(&self, report: &Report) -> Result<Vec<String>, Error> {
        put(&self.target(), report, false, &unwatched)
    }

    fn tree(&self) -> Tree {
        tree(self.root())
    }
}

/// A folder for a test, in memory where the system has such a place: these tests sync thousands of times.
fn scratch() -> TempDir {
    tempfile::tempdir_in("/dev/shm")
        .or_else(|_| TempDir::new())
        .expect("a folder")
}

fn put(
    folder: &Path,
    report: &Report,
    replace_edited: bool,
    at: Watcher<'_>,
) -> Result<Vec<String>, Error> {
    let wish = Wish {
        folder,
        inputs: &[],
        replace_edited,
    };
    publish(Target::prepare(wish, at)?, report)
}

fn publish(target: Target<'_>, report: &Report) -> Result<Vec<String>, Error> {
    target.publish(owner("Example"), |files| {
        for (name, text) in report {
            files.add(name, |out| out.write_all(text.as_bytes()))?;
        }
        Ok(())
    })
}

/// What the next run into a folder does before it begins its own work.
fn next_run_begins(folder: &Path, at: Watcher<'_>) -> Result<(), Error> {
    let wish = Wish {
        folder,
        inputs: &[],
        replace_edited: false,
    };
    Target::prepare(wish, at).map(drop)
}

fn tree(folder: &Path) -> Tree {
    fn walk(folder: &Path, prefix: &str, found: &mut Tree) {
        let entries: Vec<_> = fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry"))
            .collect();
        if entries.is_empty() {
            found.insert(prefix.to_owned(), String::new());
        }
        for entry in entries {
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            let kind = entry.file_type().expect("a kind");
            if kind.is_dir() {
                walk(&entry.path(), &format!("{name}/"), found);
            } else if kind.is_symlink() {
                let target = fs::read_link(entry.path()).expect("a link");
                found.insert(name, format!("-> {}", target.display()));
            } else {
                let bytes = fs::read(entry.path()).expect("a file");
                found.insert(name, String::from_utf8_lossy(&bytes).into_owned());
            }
        }
    }
    let mut found = Tree::new();
    walk(folder, "", &mut found);
    found
}

/// What of a tree lies in its folder `report`.
fn below_report(tree: &Tree) -> Tree {
    let inside = |(name, text): (&String, &String)| {
        Some((name.strip_prefix("report/")?.to_owned(), text.clone()))
    };
    tree.iter().filter_map(inside).collect()
}

/// What a folder holds that has had one report, and nothing else, written to it.
fn alone(report: &Report) -> Tree {
    let ground = Ground::new();
    ground.put(report).expect("written");
    below_report(&ground.tree())
}

fn message(result: Result<Vec<String>, Error>) -> String {
    result.expect_err("refused").report()
}

/// Ends a run at a step.
fn stop() -> io::Result<()> {
    Err(io::Error::other("stopped here"))
}
