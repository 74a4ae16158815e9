//! The manifest of a report: every file that we wrote, with its size and a hash taken while writing, and for whom.
//!
//! It is deterministic, as the report is: sorted names and no clock. The hash tells a changed file from an
//! unchanged one; it is no protection against a forger.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write};
use std::path::{Component, Path};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use crate::safe::json;

/// The name of the manifest in a report's folder.
pub(crate) const NAME: &str = ".seatledger.json";

const SCHEMA: &str = "seatledger-files/1";

/// Bytes that are read and hashed at once.
const BLOCK: usize = 1 << 17;

/// What is in a file, in so few words that two of them can be compared.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Content {
    pub(super) size: u64,
    /// XXH3, 64 bits, as hexadecimal digits.
    pub(super) xxh3: String,
}

/// Contents by the names of files below the report's folder, with `/` between a folder and a name.
pub(super) type Contents = BTreeMap<String, Content>;

/// Whose report it is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Owner {
    pub(crate) organisation: String,
    /// The same for one organisation always, and another one for each other.
    #[serde(rename = "organisation_key")]
    pub(crate) key: String,
}

impl Owner {
    /// An organisation with a name is known by it; one without by what the exports say of it.
    pub(crate) fn of(name: Option<&str>, shown: &str, facts: &[String]) -> Owner {
        let mut hash = Xxh3::new();
        match name {
            Some(name) => hash.update(name.as_bytes()),
            None => {
                for fact in facts {
                    hash.update(fact.as_bytes());
                    hash.update(b"\n");
                }
            }
        }
        Owner {
            organisation: shown.to_owned(),
            key: hexadecimal(&hash),
        }
    }
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    schema: String,
    #[serde(flatten)]
    pub(super) owner: Owner,
    pub(super) files: Contents,
}

impl Manifest {
    pub(super) fn new(owner: Owner, files: Contents) -> Manifest {
        Manifest {
            schema: SCHEMA.to_owned(),
            owner,
            files,
        }
    }

    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        json::write(out, self)
    }

    /// The manifest of a folder, `None` where it has none.
    pub(super) fn read(folder: &Path) -> io::Result<Option<Manifest>> {
        let Some(manifest) = read_json::<Manifest>(&folder.join(NAME))? else {
            return Ok(None);
        };
        if manifest.schema != SCHEMA {
            return Err(invalid(format!("its schema is {:?}", manifest.schema)));
        }
        sound(manifest.files.keys())?;
        Ok(Some(manifest))
    }
}

/// Reads a small JSON file, `None` where there is none.
pub(super) fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> io::Result<Option<T>> {
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    Ok(Some(serde_json::from_slice(&text)?))
}

/// Refuses names that lead out of the folder: such a list was not written by us, and following it would harm.
pub(super) fn sound<'a>(names: impl IntoIterator<Item = &'a String>) -> io::Result<()> {
    for name in names {
        let path = Path::new(name);
        let within = path
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
        if !within || name.is_empty() || name.contains('\\') {
            return Err(invalid(format!("it names {name:?}, outside of the folder")));
        }
    }
    Ok(())
}

fn invalid(message: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}

/// What lies at a path: a file's content, a link's target, or the bare fact of something else. `None`: nothing.
pub(super) fn lying_at(path: &Path) -> io::Result<Option<Content>> {
    let about = match path.symlink_metadata() {
        Ok(about) => about,
        Err(error) if is_absence(&error) => return Ok(None),
        Err(error) => return Err(error),
    };
    if about.is_symlink() {
        let target = fs::read_link(path)?;
        let xxh3 = format!("a link to {}", target.display());
        return Ok(Some(Content { size: 0, xxh3 }));
    }
    if !about.is_file() {
        let xxh3 = "no file".to_owned();
        return Ok(Some(Content { size: 0, xxh3 }));
    }
    let mut hashing = Hashing::new(io::sink());
    let mut file = BufReader::with_capacity(BLOCK, File::open(path)?);
    io::copy(&mut file.by_ref(), &mut hashing)?;
    Ok(Some(hashing.content()))
}

/// Whether an error only says that nothing is there.
pub(super) fn is_absence(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// A writer that keeps count and hash of what passes it.
pub(crate) struct Hashing<W> {
    inner: W,
    hash: Box<Xxh3>,
    size: u64,
}

impl<W> Hashing<W> {
    pub(super) fn new(inner: W) -> Hashing<W> {
        Hashing {
            inner,
            hash: Box::default(),
            size: 0,
        }
    }

    pub(super) fn content(&self) -> Content {
        Content {
            size: self.size,
            xxh3: hexadecimal(&self.hash),
        }
    }

    pub(super) fn into_inner(self) -> W {
        self.inner
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.inner.write(bytes)?;
        self.hash.update(&bytes[..taken]);
        self.size += taken as u64;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

fn hexadecimal(hash: &Xxh3) -> String {
    format!("{:016x}", hash.digest())
}
