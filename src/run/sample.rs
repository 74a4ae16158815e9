//! `sample`: a made-up organisation's exports.

use std::fs;
use std::io::Write;
use std::path::Path;

use super::Failure;
use crate::cli::SampleArguments;
use crate::error::Error;
use crate::{options, sample};

pub(super) fn write(arguments: &SampleArguments, err: &mut dyn Write) -> Result<(), Failure> {
    let plan = sample::Plan {
        people: arguments.people,
        seed: arguments.seed,
        as_of: options::day(&arguments.as_of)?.date(),
    };
    let folder = &arguments.folder;
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| Error::cannot_write(&path, source)
    };
    fs::create_dir_all(folder).map_err(failed(folder))?;
    for file in sample::generate(&plan) {
        let path = folder.join(file.name);
        fs::write(&path, file.bytes).map_err(failed(&path))?;
    }
    writeln!(
        err,
        "wrote the exports of {} invented people in {}",
        arguments.people,
        folder.display()
    )?;
    Ok(())
}
