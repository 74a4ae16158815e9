//! Putting a report in its place at once: the new folder and the earlier one change places, or the new one comes first.

use std::fs;
use std::io;
use std::path::Path;

use super::claim::Claim;
use super::staging::Staging;
use super::{Watcher, system};

/// What became of an exchange.
pub(super) enum Exchange {
    Done,
    /// The system would not do it here; nothing has changed, and there is another way.
    Refused(Staging),
}

/// Lets the new report and the earlier one, whose folder holds nothing else, change places.
pub(super) fn put(
    staging: Staging,
    folder: &Path,
    claim: &Claim,
    at: Watcher<'_>,
) -> io::Result<Exchange> {
    let new = staging.new_report();
    fs::set_permissions(&new, fs::metadata(folder)?.permissions())?;
    staging.intend(folder, claim.names())?;
    at("intended")?;
    if system::exchange(&new, folder).is_err() {
        staging.intend_nothing()?;
        return Ok(Exchange::Refused(staging));
    }
    let settled = at("exchanged").and_then(|()| settle(folder, &staging));
    if let Err(error) = settled {
        if let Err(second) = system::exchange(&new, folder) {
            let kept = staging.keep();
            return Err(io::Error::new(
                error.kind(),
                format!(
                    "{error}; the new report stands there, and the earlier one is in {}, since they cannot be \
                     exchanged again: {second}",
                    kept.display()
                ),
            ));
        }
        return Err(error);
    }
    // The earlier report goes with the staging folder; what can't be removed now, the next run removes.
    let _ = at("settled");
    drop(staging);
    let _ = at("removed");
    Ok(Exchange::Done)
}

/// Puts the first report in a place where nothing is.
pub(super) fn put_first(staging: Staging, folder: &Path, at: Watcher<'_>) -> io::Result<()> {
    if let Some(parent) = folder.parent() {
        fs::create_dir_all(parent)?;
    }
    at("folder above made")?;
    // Where something has come to lie there meanwhile this fails: only an empty folder is ever replaced so.
    let new = staging.new_report();
    fs::rename(&new, folder)?;
    let settled = at("moved").and_then(|()| settle(folder, &staging));
    if let Err(error) = settled {
        fs::rename(folder, &new)?;
        return Err(error);
    }
    let _ = at("settled");
    Ok(())
}

/// Makes the change of names durable.
fn settle(folder: &Path, staging: &Staging) -> io::Result<()> {
    if let Some(parent) = folder.parent() {
        system::sync_folder(parent)?;
    }
    system::sync_folder(staging.folder())
}
