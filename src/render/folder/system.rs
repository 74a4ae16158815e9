//! What differs between systems: private folders, exchanging two folders, mount points, syncing a folder.
//!
//! Where a system lacks something, the function says so and the caller has another way.

use std::fs::{self, File, Metadata};
use std::io;
use std::path::Path;

/// Makes a folder that nobody else may look into.
pub(super) fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Has folders of random names made so that nobody else may look into them.
pub(super) fn private(builder: &mut tempfile::Builder<'_, '_>) {
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    #[cfg(not(unix))]
    let _ = builder;
}

/// Lets two folders change places, so that at no moment one of them is missing.
#[cfg(any(target_os = "linux", target_os = "macos"))]
pub(super) fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?;
    Ok(())
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
pub(super) fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Whether another file system, or another part of this one, is mounted at a folder: such a folder cannot be moved.
pub(super) fn is_mount_point(folder: &Path) -> bool {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
        if let Ok(about) = statx(CWD, folder, AtFlags::empty(), StatxFlags::empty())
            && about
                .stx_attributes_mask
                .contains(StatxAttributes::MOUNT_ROOT)
        {
            return about.stx_attributes.contains(StatxAttributes::MOUNT_ROOT);
        }
    }
    let (Ok(inside), Ok(above)) = (fs::metadata(folder), fs::metadata(folder.join(".."))) else {
        return false;
    };
    is_root_of_device(&inside, &above)
}

/// Whether a folder has an access list of its own, which a new folder in its place would not have.
pub(super) fn has_own_rules(folder: &Path) -> bool {
    #[cfg(target_os = "linux")]
    {
        let lists = ["system.posix_acl_access", "system.posix_acl_default"];
        let mut nothing: [u8; 0] = [];
        lists
            .iter()
            .any(|list| rustix::fs::getxattr(folder, *list, &mut nothing).is_ok())
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = folder;
        false
    }
}

/// Whether a folder begins a device, by what is known of it and of the folder above: `/` is its own parent.
#[cfg(unix)]
pub(super) fn is_root_of_device(inside: &Metadata, above: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    inside.dev() != above.dev() || inside.ino() == above.ino()
}

#[cfg(not(unix))]
pub(super) fn is_root_of_device(_: &Metadata, _: &Metadata) -> bool {
    false
}

/// Whether two are of the same user. Elsewhere than on Unix nothing speaks against it.
pub(super) fn same_user(one: &Metadata, other: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        one.uid() == other.uid()
    }
    #[cfg(not(unix))]
    {
        let _ = (one, other);
        true
    }
}

/// Whether two are of the same user and group.
pub(super) fn same_owner(one: &Metadata, other: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        same_user(one, other) && one.gid() == other.gid()
    }
    #[cfg(not(unix))]
    {
        let _ = (one, other);
        true
    }
}

/// Whether a file that was opened is still the one at its path. Elsewhere than on Unix it cannot have been removed.
pub(super) fn is_still_at(open: &File, path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let (Ok(open), Ok(there)) = (open.metadata(), fs::metadata(path)) else {
            return false;
        };
        open.dev() == there.dev() && open.ino() == there.ino()
    }
    #[cfg(not(unix))]
    {
        let _ = open;
        path.exists()
    }
}

/// Makes the names in a folder durable.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        match File::open(folder)?.sync_all() {
            // Some file systems of networks know no such thing.
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
            done => done,
        }
    }
    #[cfg(not(unix))]
    {
        let _ = folder;
        Ok(())
    }
}

/// Holds a folder against other runs, where the system can lock one. `None`: another run holds it.
pub(super) fn hold(folder: &Path) -> Option<Held> {
    #[cfg(unix)]
    {
        let Ok(open) = File::open(folder) else {
            return Some(Held { _open: None });
        };
        match open.try_lock() {
            Err(fs::TryLockError::WouldBlock) => None,
            // Held by a run that has just moved it away: the folder that is there now is another one.
            Ok(()) if !is_still_at(&open, folder) => hold(folder),
            Ok(()) | Err(fs::TryLockError::Error(_)) => Some(Held { _open: Some(open) }),
        }
    }
    #[cfg(not(unix))]
    {
        let _ = folder;
        Some(Held { _open: None })
    }
}

/// A folder that other runs keep off, until this is dropped.
pub(super) struct Held {
    _open: Option<File>,
}
