//! Where bytes come from: a file, which must not change while it is read, or a pipe, which is copied first.
//!
//! Files are opened more than once, to tell what they are and to read them. A pipe gives its bytes once: they go into
//! a temporary file without a name, up to a limit.

use std::error::Error as Cause;
use std::fmt;
use std::fs::{self, File, Metadata};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use super::limits::{self, SPOOL_BYTES};
use crate::error::Error;

/// The name of standard input on the command line.
pub(crate) const STANDARD_INPUT: &str = "-";

/// Bytes that can be read as often as needed.
#[derive(Clone, Debug)]
pub(crate) enum Input {
    File { path: PathBuf, stamp: Stamp },
    Copied { copy: Arc<Mutex<File>>, size: u64 },
}

/// By what a file is known to be the same as before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
    number: Option<(u64, u64)>,
}

impl Stamp {
    fn of(about: &Metadata) -> Stamp {
        Stamp {
            size: about.len(),
            modified: about.modified().ok(),
            number: number_of(about),
        }
    }
}

#[cfg(unix)]
fn number_of(about: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some((about.dev(), about.ino()))
}

#[cfg(not(unix))]
fn number_of(_: &Metadata) -> Option<(u64, u64)> {
    None
}

/// The file is another one than when its reading began.
#[derive(Debug)]
struct Changed;

impl fmt::Display for Changed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it changed while it was read")
    }
}

impl Cause for Changed {}

impl Input {
    pub(crate) fn open(path: &Path) -> Result<Input, Error> {
        let failed = |error| Error::cannot_open(path, error);
        if path == Path::new(STANDARD_INPUT) {
            return copied(io::stdin().lock(), "standard input");
        }
        let file = File::open(path).map_err(failed)?;
        let about = file.metadata().map_err(failed)?;
        if about.is_file() {
            return Ok(Input::File {
                path: path.to_owned(),
                stamp: Stamp::of(&about),
            });
        }
        copied(file, &path.display().to_string())
    }

    /// In bytes.
    pub(crate) fn size(&self) -> u64 {
        match self {
            Input::File { stamp, .. } => stamp.size,
            Input::Copied { size, .. } => *size,
        }
    }

    /// A reader from the beginning.
    pub(crate) fn reader(&self) -> io::Result<Reader> {
        Ok(match self {
            Input::File { path, stamp } => {
                let reader = Reader::File {
                    file: File::open(path)?,
                    path: path.clone(),
                    stamp: stamp.clone(),
                };
                reader.verify()?;
                reader
            }
            Input::Copied { copy, .. } => Reader::Copied {
                copy: Arc::clone(copy),
                at: 0,
            },
        })
    }

    /// Whether the file is still the one that was opened.
    pub(crate) fn is_unchanged(&self) -> bool {
        match self {
            Input::File { path, stamp } => {
                fs::metadata(path).is_ok_and(|about| Stamp::of(&about) == *stamp)
            }
            Input::Copied { .. } => true,
        }
    }
}

/// Why a file cannot be read, `name` being what messages call it.
pub(super) fn failure(path: &Path, name: &str, error: io::Error) -> Error {
    if error.get_ref().is_some_and(|cause| cause.is::<Changed>()) {
        return changed(name);
    }
    Error::cannot_open(path, error)
}

pub(super) fn changed(name: &str) -> Error {
    Error::refused(
        name,
        "the file changed while it was read",
        "wait until it is written whole, and run again",
    )
}

fn copied(mut from: impl Read, name: &str) -> Result<Input, Error> {
    let failed = |error| Error::cannot_open(Path::new(name), error);
    let mut copy = tempfile::tempfile().map_err(failed)?;
    let mut first = from.by_ref().take(SPOOL_BYTES + 1);
    let size = io::copy(&mut first, &mut copy).map_err(failed)?;
    if size > SPOOL_BYTES {
        return Err(Error::refused(
            name,
            format!("more than {}", limits::in_words(SPOOL_BYTES)),
            "write it to a file, and name that: a pipe is copied before it is read",
        ));
    }
    Ok(Input::Copied {
        copy: Arc::new(Mutex::new(copy)),
        size,
    })
}

/// A reader of an input. Readers of one copy do not disturb each other.
#[derive(Debug)]
pub(crate) enum Reader {
    File {
        file: File,
        path: PathBuf,
        stamp: Stamp,
    },
    Copied {
        copy: Arc<Mutex<File>>,
        at: u64,
    },
}

impl Reader {
    /// Neither the open file nor the one of its name may differ from the first look.
    fn verify(&self) -> io::Result<()> {
        let Reader::File { file, path, stamp } = self else {
            return Ok(());
        };
        let same =
            Stamp::of(&file.metadata()?) == *stamp && Stamp::of(&fs::metadata(path)?) == *stamp;
        same.then_some(()).ok_or_else(|| io::Error::other(Changed))
    }
}

impl Read for Reader {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let read = match self {
            Reader::File { file, .. } => file.read(room)?,
            Reader::Copied { copy, at } => {
                let mut file = copy.lock().unwrap_or_else(PoisonError::into_inner);
                file.seek(SeekFrom::Start(*at))?;
                let read = file.read(room)?;
                *at += read as u64;
                read
            }
        };
        if read == 0 && !room.is_empty() {
            self.verify()?;
        }
        Ok(read)
    }
}

impl Seek for Reader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Reader::File { file, .. } => file.seek(to),
            Reader::Copied { copy, at } => {
                let mut file = copy.lock().unwrap_or_else(PoisonError::into_inner);
                let to = match to {
                    SeekFrom::Current(by) => SeekFrom::Start(at.saturating_add_signed(by)),
                    other => other,
                };
                *at = file.seek(to)?;
                Ok(*at)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::{Read, Seek, SeekFrom};

    use super::{Input, copied};

    #[test]
    fn a_file_that_changes_is_told_however_it_changes() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("x.csv");
        let changes: [fn(&std::path::Path); 3] = [
            |path| fs::write(path, "longer than before").expect("written"),
            |path| {
                let other = path.with_extension("new");
                fs::write(&other, "before").expect("written");
                fs::rename(other, path).expect("put in its place");
            },
            |path| fs::remove_file(path).expect("removed"),
        ];
        for change in changes {
            fs::write(&path, "before").expect("written");
            let input = Input::open(&path).expect("opened");
            let mut reader = input.reader().expect("the same file");
            assert!(input.is_unchanged());
            change(&path);
            assert!(!input.is_unchanged());
            let mut text = String::new();
            assert!(reader.read_to_string(&mut text).is_err());
            assert!(input.reader().is_err());
        }
    }

    #[test]
    fn a_copy_is_read_as_often_as_wanted_by_readers_of_their_own() {
        let input = copied(&b"abcdef"[..], "a pipe").expect("copied");
        assert_eq!(input.size(), 6);
        let (mut one, mut other) = (input.reader().expect("one"), input.reader().expect("other"));
        let mut two = [0; 2];
        one.read_exact(&mut two).expect("two bytes");
        other.seek(SeekFrom::End(-2)).expect("a place");
        other.seek(SeekFrom::Current(-1)).expect("a place");
        let mut rest = String::new();
        other.read_to_string(&mut rest).expect("text");
        assert_eq!((&two, rest.as_str()), (b"ab", "def"));
        one.read_exact(&mut two).expect("two bytes");
        assert_eq!(&two, b"cd");
    }
}
