//! A stage: the folder in which a starter is written before it comes into place. This module owns
//! the names in it, its lock, and the answer to whether the run that it belongs to is alive.

use crate::atomic_write::is_unsupported;
use crate::starter::error::PlaceError;
use crate::starter::name::STAGE as NAME;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

/// How many random characters the name of a stage beside a target ends with.
const RANDOM_CHARACTERS: usize = 6;

/// The folder of the new tree.
const TREE: &str = "tree";
/// The file whose lock says that the run is alive.
const LOCK: &str = "lock";
/// The name of that file until it is locked.
const UNLOCKED: &str = "locking";
/// The ending of a note until it is whole.
const TEMPORARY_SUFFIX: &str = ".new";

/// A text in a stage, from which a later run can undo what this run did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Note {
    /// The entries that are being moved into the target, a line each.
    Moving,
    /// What the commit into the target's own repository adds there.
    Committing,
    /// The index of that repository from before.
    Index,
}

impl Note {
    const ALL: [Self; 3] = [Self::Moving, Self::Committing, Self::Index];

    fn name(self) -> &'static str {
        match self {
            Self::Moving => "moving",
            Self::Committing => "committing",
            Self::Index => "index",
        }
    }
}

/// How long a stage without a lock counts as new: its run may be about to lock it.
const MIN_AGE: Duration = Duration::from_secs(1);
/// The same where the file system has no locks: far longer than any run takes.
const MIN_AGE_WITHOUT_LOCKS: Duration = Duration::from_secs(60 * 60);

/// Which directory it is: its device and number.
pub(super) type DirectoryId = (u64, u64);

/// A stage of this run, or of a dead one.
#[derive(Debug)]
pub(super) struct Stage {
    path: PathBuf,
    /// Nothing where the file system has no locks, or the run died before it had one.
    lock: Option<File>,
    /// Clears the stage at the end: one beside a target holds nothing that is to be undone.
    _folder: Option<TempDir>,
}

/// Whose stage it is.
#[derive(Debug)]
pub(super) enum Owner {
    Alive,
    Dead(Stage),
    /// The file system has no locks that would tell, and the stage is not old.
    Unknown,
}

impl Stage {
    /// A new stage in `parent`, the folder that an absent target will lie in.
    pub(super) fn beside(parent: &Path) -> Result<Self, PlaceError> {
        let folder = tempfile::Builder::new()
            .prefix(&format!("{NAME}-"))
            .rand_bytes(RANDOM_CHARACTERS)
            .tempdir_in(parent)
            .map_err(PlaceError::write(parent))?;
        let lock = lock(folder.path())?;
        Ok(Self { path: folder.path().to_path_buf(), lock, _folder: Some(folder) })
    }

    /// A new stage in an existing target, if that is still the directory `directory_id`. Everything
    /// goes through the stage from then on: if the target's name leads somewhere else later, there
    /// is no stage there, and nothing can be written there.
    pub(super) fn inside(
        target: &Path,
        directory_id: Option<DirectoryId>,
    ) -> Result<Self, PlaceError> {
        let path = target.join(NAME);
        fs::create_dir(&path).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => PlaceError::Busy { path: target.to_path_buf() },
            _ => PlaceError::write(&path)(error),
        })?;
        let same = self::directory_id(target) == directory_id;
        let locked = if same {
            lock(&path)
        } else {
            Err(PlaceError::Swapped { path: target.to_path_buf() })
        };
        match locked {
            Ok(lock) => Ok(Self { path, lock, _folder: None }),
            Err(error) => {
                // Nobody but its maker has put anything there.
                let _ = fs::remove_file(path.join(UNLOCKED));
                let _ = fs::remove_dir(&path);
                Err(error)
            }
        }
    }

    /// Whose stage lies in `target`; nothing if none does.
    pub(super) fn find_inside(target: &Path) -> Option<Owner> {
        let path = target.join(NAME);
        let is_folder = fs::symlink_metadata(&path).is_ok_and(|kind| kind.is_dir());
        is_folder.then(|| owner(&path))
    }

    /// The stages of dead runs in `parent`. What holds anything that is not a stage's is no stage,
    /// whatever its name.
    pub(super) fn dead_beside(parent: &Path) -> Vec<Self> {
        let entries = fs::read_dir(parent).into_iter().flatten().flatten();
        let stages = entries.filter(|entry| {
            entry.file_name().to_str().is_some_and(is_stage_name)
                && entry.file_type().is_ok_and(|kind| kind.is_dir())
                && holds_only_ours(&entry.path())
        });
        let dead = stages.filter_map(|entry| match owner(&entry.path()) {
            Owner::Dead(stage) => Some(stage),
            Owner::Alive | Owner::Unknown => None,
        });
        dead.collect()
    }

    /// The folder of the tree.
    pub(super) fn tree(&self) -> PathBuf {
        self.path.join(TREE)
    }

    /// Where a note lies.
    pub(super) fn path_of(&self, note: Note) -> PathBuf {
        self.path.join(note.name())
    }

    /// Writes a note, whole or not at all: half a name in it could be somebody's.
    pub(super) fn write(&self, note: Note, text: &str) -> Result<(), PlaceError> {
        let path = self.path_of(note);
        let unfinished = self.path.join(format!("{}{TEMPORARY_SUFFIX}", note.name()));
        let written = fs::write(&unfinished, text).and_then(|()| fs::rename(&unfinished, &path));
        written.map_err(PlaceError::write(&path))
    }

    /// The text of a note, if there is one.
    pub(super) fn read(&self, note: Note) -> Option<String> {
        fs::read_to_string(self.path_of(note)).ok()
    }

    /// Removes a note, if there is one.
    pub(super) fn remove(&self, note: Note) -> Result<(), PlaceError> {
        let path = self.path_of(note);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(PlaceError::write(&path)(error))
            }
            _ => Ok(()),
        }
    }

    /// Removes the stage with all that is left in it; the lock is held until then.
    pub(super) fn clear(self) -> Result<(), PlaceError> {
        let removed = fs::remove_dir_all(&self.path).map_err(PlaceError::write(&self.path));
        drop(self.lock);
        removed
    }
}

/// Makes and takes the lock of a new stage; nothing where the file system has none. The file gets
/// its name only once it is locked, so that no other run takes this one for dead in between.
fn lock(stage: &Path) -> Result<Option<File>, PlaceError> {
    let path = stage.join(UNLOCKED);
    let file = File::create_new(&path).map_err(PlaceError::write(&path))?;
    let locked = match file.try_lock() {
        Ok(()) => true,
        Err(TryLockError::Error(error)) if is_unsupported(&error) => false,
        Err(TryLockError::Error(error)) => return Err(PlaceError::write(&path)(error)),
        Err(TryLockError::WouldBlock) => {
            return Err(PlaceError::Busy { path: stage.to_path_buf() });
        }
    };
    fs::rename(&path, stage.join(LOCK)).map_err(PlaceError::write(&path))?;
    Ok(locked.then_some(file))
}

fn owner(path: &Path) -> Owner {
    let dead = |lock| Stage { path: path.to_path_buf(), lock, _folder: None };
    match File::open(path.join(LOCK)) {
        Ok(file) => match file.try_lock() {
            // The run may have ended in between, and another one begun: that one's lock is a
            // new file of the same name.
            Ok(()) if is_at(&file, &path.join(LOCK)) => Owner::Dead(dead(Some(file))),
            Ok(()) | Err(TryLockError::WouldBlock) => Owner::Alive,
            Err(TryLockError::Error(_)) if is_older(path, MIN_AGE_WITHOUT_LOCKS) => {
                Owner::Dead(dead(None))
            }
            Err(TryLockError::Error(_)) => Owner::Unknown,
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound && is_older(path, MIN_AGE) => {
            Owner::Dead(dead(None))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Owner::Alive,
        // Somebody else's.
        Err(_) => Owner::Unknown,
    }
}

fn is_older(path: &Path, age: Duration) -> bool {
    let changed = fs::metadata(path).and_then(|kind| kind.modified()).ok();
    changed.and_then(|changed| changed.elapsed().ok()).is_some_and(|since| since > age)
}

/// Whether a stage beside a target can have this name.
fn is_stage_name(name: &str) -> bool {
    let end = name.strip_prefix(NAME).and_then(|rest| rest.strip_prefix('-'));
    end.is_some_and(|end| {
        end.len() == RANDOM_CHARACTERS && end.chars().all(|c| c.is_ascii_alphanumeric())
    })
}

fn holds_only_ours(stage: &Path) -> bool {
    let ours = |name: &str| {
        let whole = name.strip_suffix(TEMPORARY_SUFFIX).unwrap_or(name);
        [TREE, LOCK, UNLOCKED].contains(&name) || Note::ALL.iter().any(|note| note.name() == whole)
    };
    fs::read_dir(stage).is_ok_and(|mut entries| {
        entries.all(|entry| entry.is_ok_and(|entry| entry.file_name().to_str().is_some_and(ours)))
    })
}

/// Which directory `path` is; links are not followed.
#[cfg(unix)]
pub(super) fn directory_id(path: &Path) -> Option<DirectoryId> {
    use std::os::unix::fs::MetadataExt;
    fs::symlink_metadata(path).ok().map(|kind| (kind.dev(), kind.ino()))
}

/// Windows tells no such thing; there a directory in use cannot be replaced.
#[cfg(not(unix))]
pub(super) fn directory_id(_path: &Path) -> Option<DirectoryId> {
    None
}

/// Whether `path` still names the file that was opened there.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    file.metadata().is_ok_and(|kind| directory_id(path) == Some((kind.dev(), kind.ino())))
}

/// Windows removes no file that is open.
#[cfg(not(unix))]
fn is_at(_file: &File, path: &Path) -> bool {
    path.exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn created(path: PathBuf) -> PathBuf {
        fs::create_dir_all(&path).expect("made");
        path
    }

    /// As a second and more later.
    fn aged(path: &Path) {
        let file = File::open(path).expect("there");
        let then = std::time::SystemTime::now() - MIN_AGE * 3;
        file.set_modified(then).expect("set");
    }

    #[test]
    fn a_folder_of_somebody_elses_is_no_stage_whatever_its_name() {
        let folder = tempfile::tempdir().expect("a temporary directory");
        let at = |name: &str| folder.path().join(name);
        for theirs in
            [".roadmap-new-mine", ".roadmap-new-", ".roadmap-new-a.b.c.", ".roadmap-newabcdef"]
        {
            aged(&created(at(theirs)));
        }
        let filled = created(at(".roadmap-new-abcdef"));
        fs::write(filled.join("precious"), "").expect("written");
        aged(&filled);
        assert!(Stage::dead_beside(folder.path()).is_empty());
        aged(&created(at(".roadmap-new-ABC123")));
        assert_eq!(Stage::dead_beside(folder.path()).len(), 1);
    }

    #[test]
    fn a_stage_is_alive_while_its_lock_is_held() {
        let folder = tempfile::tempdir().expect("a temporary directory");
        let stage = Stage::inside(folder.path(), directory_id(folder.path())).expect("made");
        assert!(matches!(Stage::find_inside(folder.path()), Some(Owner::Alive)));
        drop(stage);
        assert!(matches!(Stage::find_inside(folder.path()), Some(Owner::Dead(_))));
        fs::remove_file(folder.path().join(NAME).join(LOCK)).expect("there");
        assert!(matches!(Stage::find_inside(folder.path()), Some(Owner::Alive)), "just made");
        aged(&folder.path().join(NAME));
        assert!(matches!(Stage::find_inside(folder.path()), Some(Owner::Dead(_))));
    }

    #[test]
    fn a_directory_that_was_swapped_gets_no_stage() {
        let folder = tempfile::tempdir().expect("a temporary directory");
        let other = Some((0, 0));
        let refused = Stage::inside(folder.path(), other).expect_err("refused");
        assert!(matches!(refused, PlaceError::Swapped { .. }));
        assert!(!folder.path().join(NAME).exists());
    }
}
