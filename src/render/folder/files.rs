//! The files of a new report, counted and hashed while they are written, then made durable together.

use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::manifest::{Content, Contents, Hashing, Manifest, NAME, Owner};
use super::system;

/// So many files are synced at once: a disk takes them together.
const SYNCED_AT_ONCE: usize = 8;

/// What a file is written through.
pub(crate) type Out = BufWriter<Hashing<File>>;

/// A folder that a report grows in. Several threads may add files.
pub(crate) struct Files {
    folder: PathBuf,
    done: Mutex<Vec<Done>>,
}

struct Done {
    name: String,
    content: Content,
    file: File,
}

impl Files {
    pub(super) fn new(folder: PathBuf) -> Files {
        Files {
            folder,
            done: Mutex::new(Vec::new()),
        }
    }

    /// Adds a file, whose name may begin with one folder.
    pub(crate) fn add(
        &self,
        name: &str,
        write: impl FnOnce(&mut Out) -> io::Result<()>,
    ) -> io::Result<()> {
        if let Some((above, _)) = name.split_once('/') {
            fs::create_dir_all(self.folder.join(above))?;
        }
        let file = File::create_new(self.folder.join(name))?;
        let mut out = BufWriter::with_capacity(1 << 13, Hashing::new(file));
        write(&mut out)?;
        let hashing = out.into_inner().map_err(|error| error.into_error())?;
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        done.push(Done {
            name: name.to_owned(),
            content: hashing.content(),
            file: hashing.into_inner(),
        });
        Ok(())
    }

    /// Adds the manifest and syncs everything. Gives all files, the manifest among them.
    pub(super) fn finish(self, owner: Owner) -> io::Result<Contents> {
        let contents = self.contents();
        self.add(NAME, |out| Manifest::new(owner, contents).write(out))?;
        let all = self.contents();
        let done = self
            .done
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        sync(&done)?;
        for above in all.keys().filter_map(|name| name.split_once('/')) {
            system::sync_folder(&self.folder.join(above.0))?;
        }
        system::sync_folder(&self.folder)?;
        Ok(all)
    }

    fn contents(&self) -> Contents {
        let done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        let content = |one: &Done| (one.name.clone(), one.content.clone());
        done.iter().map(content).collect()
    }
}

fn sync(done: &[Done]) -> io::Result<()> {
    let share = done.len().div_ceil(SYNCED_AT_ONCE).max(1);
    thread::scope(|scope| {
        let workers: Vec<_> = done
            .chunks(share)
            .map(|some| scope.spawn(|| some.iter().try_for_each(|one| one.file.sync_all())))
            .collect();
        workers.into_iter().try_for_each(|worker| {
            let stopped = |_| io::Error::other("a worker that syncs files stopped early");
            worker.join().map_err(stopped)?
        })
    })
}
