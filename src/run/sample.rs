//! `sample`: a made-up organisation's exports, in a folder where none of them is yet.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Failure;
use crate::cli::SampleArguments;
use crate::error::Error;
use crate::safe::terminal::line;
use crate::sample::GeneratedFile;
use crate::{options, sample};

pub(super) fn write(arguments: &SampleArguments, err: &mut dyn Write) -> Result<(), Failure> {
    let plan = sample::Plan {
        people: arguments.people,
        seed: arguments.seed,
        as_of: options::day(&arguments.as_of)?.date(),
    };
    let folder = &arguments.folder;
    let files = sample::generate(&plan);
    refuse_what_is_there(folder, &files)?;
    write_new(folder, &files)?;
    writeln!(
        err,
        "wrote the exports of {} invented people in {}",
        arguments.people,
        line(&folder.display().to_string())
    )?;
    Ok(())
}

/// Nothing is written over: exports of that name may well be real ones.
fn refuse_what_is_there(folder: &Path, files: &[GeneratedFile]) -> Result<(), Error> {
    let there: Vec<String> = files
        .iter()
        .map(|file| folder.join(file.name))
        .filter(|path| path.symlink_metadata().is_ok())
        .map(|path| path.display().to_string())
        .collect();
    if there.is_empty() {
        return Ok(());
    }
    Err(Error::Usage {
        message: format!("these files are there already: {}", there.join(", ")),
        hint: "name another folder, or move them away".to_owned(),
    })
}

/// Writes all of the files; where one fails, those before it go again.
fn write_new(folder: &Path, files: &[GeneratedFile]) -> Result<(), Error> {
    fs::create_dir_all(folder).map_err(|source| Error::cannot_write(folder, source))?;
    let mut made: Vec<PathBuf> = Vec::new();
    for file in files {
        let path = folder.join(file.name);
        let written = File::create_new(&path).and_then(|mut out| {
            made.push(path.clone());
            out.write_all(&file.bytes)
        });
        if let Err(source) = written {
            remove(&made);
            return Err(Error::cannot_write(&path, source));
        }
    }
    Ok(())
}

fn remove(made: &[PathBuf]) {
    for path in made {
        let _: io::Result<()> = fs::remove_file(path);
    }
}
