//! Undoes what a run that was killed, or that failed, left behind, and touches no run that
//! is still alive.

use super::stage::{Note, Owner, Stage};
use crate::atomic_write::{self, DOCUMENT};
use crate::starter::error::PlaceError;
use crate::starter::git::{self, GitFolders, RepositoryState};
use std::fs;
use std::io;
use std::path::Path;

/// Notes what the commit into the target's own repository will add there: `new`, as
/// [`GitFolders`] names it.
pub(super) fn before_commit(
    stage: &Stage,
    folders: &GitFolders,
    new: &[String],
) -> Result<(), PlaceError> {
    let index = folders.index();
    if index.exists() {
        let saved = stage.path_of(Note::Index);
        copy(&index, &saved).map_err(PlaceError::write(&saved))?;
    }
    stage.write(Note::Committing, &new.join("\n"))
}

/// Undoes a commit that did not end: removes what it added, and brings the index back.
fn undo_commit(target: &Path, stage: &Stage) -> Result<(), PlaceError> {
    let Some(new) = stage.read(Note::Committing) else {
        return Ok(());
    };
    // A link would lead out of the target.
    if fs::symlink_metadata(target.join(".git")).is_ok_and(|kind| kind.is_symlink()) {
        return Ok(());
    }
    let folders = git::folders(target)?;
    for path in new.lines().filter_map(|name| folders.path_of_addition(name)) {
        remove(&path)?;
        // The run created these folders. A folder that is not empty was there before, or is somebody's.
        let created = path
            .ancestors()
            .skip(1)
            .take_while(|folder| folders.is_below(folder) && *folder != folders.packs());
        for folder in created {
            let removed = fs::remove_dir(folder);
            if removed.is_err_and(|error| error.kind() != io::ErrorKind::NotFound) {
                break;
            }
        }
    }
    remove(&folders.index_lock())?;
    let (saved, index) = (stage.path_of(Note::Index), folders.index());
    if saved.exists() {
        copy(&saved, &index).map_err(PlaceError::write(&index))
    } else {
        remove(&index)
    }
}

/// Undoes a move into `target` that did not end: what the note names is ours and goes again,
/// unless it was still in the stage.
///
/// # Errors
/// The run that the stage belongs to is alive, or something cannot be removed.
pub(super) fn undo(target: &Path) -> Result<(), PlaceError> {
    match Stage::find_inside(target) {
        None => Ok(()),
        Some(Owner::Dead(stage)) => undo_stage(target, stage),
        Some(Owner::Alive) => Err(PlaceError::Busy { path: target.to_path_buf() }),
        Some(Owner::Unknown) => Err(PlaceError::MaybeBusy { path: target.to_path_buf() }),
    }
}

/// The same for a stage of this run or of a dead one; its lock is held until all is undone.
pub(super) fn undo_stage(target: &Path, stage: Stage) -> Result<(), PlaceError> {
    let entries = stage.read(Note::Moving).unwrap_or_default();
    // With the branch the commit is there, and with it the starter is whole.
    let whole = stage.read(Note::Committing).is_some()
        && git::state(target).is_ok_and(|state| state == RepositoryState::HasCommits);
    let entries = if whole { String::new() } else { entries };
    if !whole {
        undo_commit(target, &stage)?;
    }
    // A note of ours holds plain names only; another one is not followed anywhere.
    let plain = |entry: &&str| !entry.contains(['/', '\\']) && !["", ".", ".."].contains(entry);
    for entry in entries.lines().filter(plain) {
        let moved = fs::symlink_metadata(stage.tree().join(entry)).is_err();
        if moved {
            remove(&target.join(entry))?;
        }
    }
    // Before the tree: without it every entry would look as if it had been moved, and what
    // somebody put in its place since would be taken for ours.
    stage.remove(Note::Moving)?;
    stage.clear()
}

/// Clears the stages of dead runs in `parent`. What cannot be cleared stays: it hurts nobody.
pub(super) fn clear_beside(parent: &Path) {
    for stage in Stage::dead_beside(parent) {
        let _ = stage.clear();
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

/// Copies a file, whole or not at all.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    atomic_write::write(to, &fs::read(from)?, DOCUMENT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::starter::disk::stage::directory_id;
    use crate::starter::name::STAGE;
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
        let target = created(&folder.path().join("there"));
        (folder, target)
    }

    fn created(folder: &Path) -> PathBuf {
        fs::create_dir(folder).expect("made");
        folder.to_path_buf()
    }

    fn names(folder: &Path) -> BTreeSet<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect()
    }

    /// What a run that was killed while it moved entries in leaves behind.
    fn killed(target: &Path, moved: &[&str]) {
        let stage = created(&target.join(STAGE));
        let tree = created(&stage.join("tree"));
        fs::write(created(&tree.join("src")).join("main.rs"), "half").expect("written");
        fs::write(tree.join("README.md"), "half").expect("written");
        fs::write(tree.join(".env"), "half").expect("written");
        fs::write(stage.join("lock"), "").expect("written");
        fs::write(stage.join("moving"), ENTRIES.join("\n")).expect("written");
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
    fn what_somebody_else_put_there_since_stays() {
        let (_folder, target) = target();
        killed(&target, &["README.md"]);
        fs::write(target.join("mine.txt"), "precious").expect("written");
        // Not moved yet when the run was killed: it is somebody's own.
        created(&target.join("src"));
        assert!(matches!(go(&target), Err(PlaceError::NotEmpty { .. })));
        assert_eq!(names(&target), ["mine.txt", "src"].map(str::to_owned).into());
    }

    #[test]
    fn a_run_that_is_alive_is_left_alone() {
        let (folder, target) = target();
        let inside = Stage::inside(&target, directory_id(&target)).expect("locked");
        assert!(matches!(go(&target), Err(PlaceError::Busy { .. })));
        let beside = Stage::beside(folder.path()).expect("locked");
        let dead = created(&folder.path().join(format!("{STAGE}-dead00")));
        fs::write(dead.join("lock"), "").expect("written");
        go(&folder.path().join("absent")).expect("placed");
        assert!(beside.tree().parent().is_some_and(Path::exists) && !dead.exists());
        assert!(target.join(STAGE).exists());
        drop(inside);
        go(&target).expect("placed");
        assert_eq!(names(&target), whole());
    }
}
