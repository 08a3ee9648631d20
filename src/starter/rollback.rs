//! Undoes what a run that was killed, or that failed, left behind, and touches no run that
//! is still alive: a living run holds a lock, which the system drops with its process.

use super::error::PlaceError;
use super::git;
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

/// In a stage: the lock file until it is locked.
const LOCKING: &str = "locking";

/// In a stage: that the commit into the target's own `.git` has begun, with the names of the
/// packs and the folder of reflogs that were there before.
const COMMITTING: &str = "committing";
/// In a stage: the target's index from before.
const INDEX: &str = "index";

/// Which directory it is: its device and number. Nothing where there is no such thing.
pub(super) type Identity = (u64, u64);

/// How long a stage without a lock may be one that is being made.
const FRESH: Duration = Duration::from_secs(1);

/// Makes and takes the lock of a new stage. It gets its name only once it is locked, so that
/// no other run takes this one for dead in between.
pub(super) fn lock(stage: &Path) -> Result<File, PlaceError> {
    let path = stage.join(LOCKING);
    let file = File::create_new(&path).map_err(PlaceError::write(&path))?;
    file.try_lock().map_err(|_| PlaceError::Busy { path: stage.to_path_buf() })?;
    fs::rename(&path, stage.join(LOCK)).map_err(PlaceError::write(&path))?;
    Ok(file)
}

/// Which directory `path` is; links are not followed.
#[cfg(unix)]
pub(super) fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    fs::symlink_metadata(path).ok().map(|kind| (kind.dev(), kind.ino()))
}

/// Windows tells no such thing; there a directory in use cannot be replaced.
#[cfg(not(unix))]
pub(super) fn identity(_path: &Path) -> Option<Identity> {
    None
}

/// Writes a note into the stage, whole or not at all: half a name in it could be somebody's.
pub(super) fn note(stage: &Path, name: &str, text: &str) -> Result<(), PlaceError> {
    let (new, path) = (stage.join(format!("{name}.new")), stage.join(name));
    fs::write(&new, text).and_then(|()| fs::rename(&new, &path)).map_err(PlaceError::write(&path))
}

/// Clears a stage that could not be locked: nobody but its maker has put anything there.
pub(super) fn discard(stage: &Path) {
    let _ = fs::remove_file(stage.join(LOCKING));
    let _ = fs::remove_dir(stage);
}

/// Notes what the commit into the target's own `.git` changes there.
pub(super) fn before_commit(target: &Path) -> Result<(), PlaceError> {
    let (stage, own) = (target.join(STAGE), target.join(".git"));
    let index = own.join("index");
    if index.exists() {
        let saved = stage.join(INDEX);
        fs::copy(&index, &saved).map_err(PlaceError::write(&saved))?;
    }
    let mut before = names(&own.join("objects").join("pack"));
    before.extend(own.join("logs").exists().then(|| "logs".to_owned()));
    note(&stage, COMMITTING, &before.join("\n"))
}

/// Undoes a commit that did not end: packs, index and locks of before, or none.
fn undo_commit(target: &Path) -> Result<(), PlaceError> {
    let (stage, own) = (target.join(STAGE), target.join(".git"));
    let Ok(before) = fs::read_to_string(stage.join(COMMITTING)) else {
        return Ok(());
    };
    // A link would lead out of the target.
    if !fs::symlink_metadata(&own).is_ok_and(|kind| kind.is_dir()) {
        return Ok(());
    }
    let before: Vec<&str> = before.lines().collect();
    let packs = own.join("objects").join("pack");
    for name in names(&packs).iter().filter(|name| !before.contains(&name.as_str())) {
        remove(&packs.join(name))?;
    }
    remove(&own.join("index.lock"))?;
    let index = own.join("index");
    if stage.join(INDEX).exists() {
        fs::rename(stage.join(INDEX), &index).map_err(PlaceError::write(&index))?;
    } else {
        remove(&index)?;
    }
    if !before.contains(&"logs") {
        remove(&own.join("logs"))?;
    }
    let heads = own.join("refs").join("heads");
    for name in names(&heads).iter().filter(|name| name.ends_with(".lock")) {
        remove(&heads.join(name))?;
    }
    Ok(())
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
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
    match dead(&stage) {
        Some(lock) => undo_locked(target, lock),
        None => Err(PlaceError::Busy { path: target.to_path_buf() }),
    }
}

/// The same for a run that holds the stage's lock, its own or a dead one's, until all is undone.
pub(super) fn undo_locked(target: &Path, lock: Option<File>) -> Result<(), PlaceError> {
    let stage = target.join(STAGE);
    let journal = stage.join(JOURNAL);
    let entries = fs::read_to_string(&journal).unwrap_or_default();
    // With the branch the commit is there, and with it the starter is whole.
    let whole = stage.join(COMMITTING).exists() && git::has_commits(target).unwrap_or(false);
    let entries = if whole { String::new() } else { entries };
    if !whole {
        undo_commit(target)?;
    }
    // A journal of ours holds plain names only; another one is not followed anywhere.
    let plain = |entry: &&str| !entry.contains(['/', '\\']) && !["", ".", ".."].contains(entry);
    for entry in entries.lines().filter(plain) {
        let moved = fs::symlink_metadata(stage.join(TREE).join(entry)).is_err();
        if moved {
            remove(&target.join(entry))?;
        }
    }
    // Before the tree: without it every entry would look as if it had been moved, and what
    // somebody put in its place since would be taken for ours.
    remove(&journal)?;
    let removed = fs::remove_dir_all(&stage).map_err(PlaceError::write(&stage));
    drop(lock);
    removed
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
            // The run may have ended in between, and another one begun: that one's lock is a
            // new file of the same name.
            Ok(()) if is_at(&file, &stage.join(LOCK)) => Some(Some(file)),
            Ok(()) | Err(TryLockError::WouldBlock | TryLockError::Error(_)) => None,
        },
        Err(_) => {
            let age = fs::metadata(stage).and_then(|kind| kind.modified()).ok()?.elapsed().ok()?;
            (age > FRESH).then_some(None)
        }
    }
}

/// Whether `path` still names the file that was opened there.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    file.metadata().is_ok_and(|kind| identity(path) == Some((kind.dev(), kind.ino())))
}

/// Windows removes no file that is open.
#[cfg(not(unix))]
fn is_at(_file: &File, path: &Path) -> bool {
    path.exists()
}

fn remove(path: &Path) -> Result<(), PlaceError> {
    let removed = match fs::symlink_metadata(path) {
        Ok(kind) if kind.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(_) => Ok(()),
    };
    removed.map_err(PlaceError::write(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::starter::{Placed, place, survey, tree};
    use std::collections::BTreeSet;
    use std::path::PathBuf;
    use std::sync::atomic::AtomicBool;
    use tempfile::TempDir;

    const ENTRIES: [&str; 3] = ["README.md", "src", ".env"];

    fn go(path: &Path) -> Result<Placed, PlaceError> {
        let file = |text: &'static str| tree::File {
            bytes: text.as_bytes().into(),
            executable: false,
            origin: String::new(),
        };
        let files = [("README.md", "r"), ("src/main.rs", "m")];
        let files = files.map(|(path, text)| (path.to_owned(), file(text))).into();
        let destination = survey(path)?;
        place(&tree::Tree { files }, Some("S=1\n"), &destination, false, &AtomicBool::new(false))
    }

    fn target() -> (TempDir, PathBuf) {
        let folder = tempfile::tempdir().expect("a temporary directory");
        let target = made(&folder.path().join("there"));
        (folder, target)
    }

    fn made(folder: &Path) -> PathBuf {
        fs::create_dir(folder).expect("made");
        folder.to_path_buf()
    }

    fn names(folder: &Path) -> BTreeSet<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        entries
            .map(|one| one.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect()
    }

    /// What a run that was killed while it moved entries in leaves behind.
    fn killed(target: &Path, moved: &[&str]) {
        let stage = made(&target.join(STAGE));
        let tree = made(&stage.join(TREE));
        fs::write(made(&tree.join("src")).join("main.rs"), "half").expect("written");
        fs::write(tree.join("README.md"), "half").expect("written");
        fs::write(tree.join(".env"), "half").expect("written");
        fs::write(stage.join(LOCK), "").expect("written");
        fs::write(stage.join(JOURNAL), ENTRIES.join("\n")).expect("written");
        for entry in moved {
            fs::rename(tree.join(entry), target.join(entry)).expect("moved");
        }
    }

    fn whole() -> BTreeSet<String> {
        ENTRIES.map(str::to_owned).into()
    }

    #[test]
    fn the_next_run_undoes_a_killed_move_at_whatever_entry_it_stopped() {
        for count in 0..=3 {
            let (_folder, target) = target();
            killed(&target, &ENTRIES[..count]);
            go(&target).expect("placed");
            assert_eq!(names(&target), whole(), "{count} moved");
            assert_eq!(fs::read(target.join("README.md")).expect("there"), b"r");
        }
    }

    #[test]
    fn what_somebody_else_put_there_since_is_kept() {
        let (_folder, target) = target();
        killed(&target, &["README.md"]);
        fs::write(target.join("mine.txt"), "precious").expect("written");
        // Not moved yet when the run was killed: it is somebody's own.
        made(&target.join("src"));
        assert!(matches!(go(&target), Err(PlaceError::NotEmpty { .. })));
        assert_eq!(names(&target), ["mine.txt", "src"].map(str::to_owned).into());
    }

    #[test]
    fn a_run_that_is_alive_is_left_alone() {
        let (folder, target) = target();
        let stage = made(&target.join(STAGE));
        let inside = lock(&stage).expect("locked");
        assert!(matches!(go(&target), Err(PlaceError::Busy { .. })));
        let other = made(&folder.path().join(format!("{STAGE}-other")));
        let beside = lock(&other).expect("locked");
        go(&folder.path().join("absent")).expect("placed");
        assert!(other.exists() && stage.exists());
        drop((inside, beside));
        go(&target).expect("placed");
        assert_eq!(names(&target), whole());
        go(&folder.path().join("another")).expect("placed");
        assert!(!other.exists());
    }
}
