//! Undoes what a run that was killed, or that failed, left behind, and touches no run that
//! is still alive: a living run holds a lock, which the system drops with its process.

use super::error::PlaceError;
use super::place::STAGE;
use std::fs::{self, File, TryLockError};
use std::path::Path;
use std::time::Duration;

/// In a stage: the file whose lock says that its run is alive.
pub(super) const LOCK: &str = "lock";
/// In a stage: the tree that is made.
pub(super) const TREE: &str = "tree";
/// In a stage inside a target: the entries that are being moved in, a line each.
pub(super) const JOURNAL: &str = "moving";

/// How long a stage without a lock file may be one that was made just now.
const FRESH: Duration = Duration::from_secs(60);

/// Makes and takes the lock of a new stage.
pub(super) fn lock(stage: &Path) -> Result<File, PlaceError> {
    let path = stage.join(LOCK);
    let file = File::create_new(&path).map_err(PlaceError::write(&path))?;
    file.try_lock().map_err(|_| PlaceError::Busy { path: stage.to_path_buf() })?;
    Ok(file)
}

/// Undoes a move into `target` that did not end: what the journal names is ours and goes
/// again, unless it was still in the stage.
///
/// # Errors
/// The run that made the stage is alive, or something cannot be removed.
pub(super) fn undo(target: &Path) -> Result<(), PlaceError> {
    let stage = target.join(STAGE);
    if !fs::symlink_metadata(&stage).is_ok_and(|kind| kind.is_dir()) {
        return Ok(());
    }
    let Some(_lock) = dead(&stage) else {
        return Err(PlaceError::Busy { path: target.to_path_buf() });
    };
    let journal = fs::read_to_string(stage.join(JOURNAL)).unwrap_or_default();
    // A journal of ours holds plain names only; another one is not followed anywhere.
    let plain = |entry: &&str| !entry.contains(['/', '\\']) && !["", ".", ".."].contains(entry);
    for entry in journal.lines().filter(plain) {
        let moved = fs::symlink_metadata(stage.join(TREE).join(entry)).is_err();
        if moved {
            remove(&target.join(entry))?;
        }
    }
    fs::remove_dir_all(&stage).map_err(PlaceError::write(&stage))
}

/// Clears the stages of dead runs in `parent`. What cannot be cleared stays: it hurts nobody.
pub(super) fn clear_beside(parent: &Path) {
    let Ok(entries) = fs::read_dir(parent) else {
        return;
    };
    let prefix = format!("{STAGE}-");
    for entry in entries.flatten() {
        let ours = entry.file_name().to_string_lossy().starts_with(&prefix);
        if ours
            && entry.file_type().is_ok_and(|kind| kind.is_dir())
            && dead(&entry.path()).is_some()
        {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// The lock of a stage whose run has ended; nothing while it is alive.
fn dead(stage: &Path) -> Option<Option<File>> {
    match File::open(stage.join(LOCK)) {
        Ok(file) => match file.try_lock() {
            Ok(()) => Some(Some(file)),
            Err(TryLockError::WouldBlock | TryLockError::Error(_)) => None,
        },
        Err(_) => {
            let age = fs::metadata(stage).and_then(|kind| kind.modified()).ok()?.elapsed().ok()?;
            (age > FRESH).then_some(None)
        }
    }
}

fn remove(path: &Path) -> Result<(), PlaceError> {
    let removed = match fs::symlink_metadata(path) {
        Ok(kind) if kind.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(_) => Ok(()),
    };
    removed.map_err(PlaceError::write(path))
}
