//! Brings a starter to disk, whole or not at all.
//!
//! A target that is absent: the tree is written to a folder beside it and comes into place by
//! one rename. A target that is there, empty or with `.git` alone: the directory itself is
//! never replaced; the tree is written inside it under a reserved name and its top entries
//! are moved in. A journal names them first, so that the next run can undo a move that was
//! killed half-way.

use super::rollback;
use super::stage::{self, DirectoryId, Note, Stage};
use crate::starter::error::PlaceError;
use crate::starter::git::{self, Commit, CommitOutcome, NoCommit, RepositoryState};
use crate::starter::tree::Tree;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// A target that may be written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    path: PathBuf,
    state: TargetState,
    /// Which directory it is, whatever its name leads to later.
    directory_id: Option<DirectoryId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TargetState {
    Nothing,
    Empty,
    /// A directory with `.git` alone.
    Git,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    pub commit: CommitOutcome,
}

/// Looks at the target, and undoes first what a killed run left in it. `path` is absolute.
///
/// # Errors
/// The target holds something, or is no directory, or another run is at work in it.
pub fn survey(path: &Path) -> Result<Destination, PlaceError> {
    let directory_id = stage::directory_id(path);
    let state = match fs::metadata(path) {
        Err(_) if fs::symlink_metadata(path).is_err() => TargetState::Nothing,
        Ok(kind) if kind.is_dir() => {
            rollback::undo(path)?;
            content(path)?
        }
        _ => return Err(PlaceError::NotADirectory { path: path.to_path_buf() }),
    };
    Ok(Destination { path: path.to_path_buf(), state, directory_id })
}

fn content(path: &Path) -> Result<TargetState, PlaceError> {
    let mut state = TargetState::Empty;
    for entry in fs::read_dir(path).map_err(PlaceError::write(path))? {
        let name = entry.map_err(PlaceError::write(path))?.file_name();
        if name != ".git" {
            return Err(PlaceError::NotEmpty {
                path: path.to_path_buf(),
                first: name.to_string_lossy().into_owned(),
            });
        }
        state = TargetState::Git;
    }
    Ok(state)
}

/// Writes `tree`, and `secrets` to `.env`, to `destination`, and makes the first commit if
/// `commit` says so. `stop` is looked at between any two files.
///
/// # Errors
/// Whatever fails; nothing of the tree is left then.
pub fn place(
    tree: &Tree,
    secrets: Option<&str>,
    destination: &Destination,
    commit: bool,
    stop: &AtomicBool,
) -> Result<Placed, PlaceError> {
    let path = destination.path.as_path();
    let refused = if !commit {
        None
    } else if destination.state == TargetState::Git {
        match git::state(path)? {
            RepositoryState::Unborn => None,
            RepositoryState::HasCommits => Some(NoCommit::HasCommits),
            RepositoryState::HasStaged => Some(NoCommit::HasStaged),
        }
    } else {
        git::enclosing_repository(path).map(NoCommit::Inside)
    };
    let commits = commit && refused.is_none();
    let placement = Placement { tree, secrets, commits, stop };
    let committed = match destination.state {
        TargetState::Nothing => placement.beside(path)?,
        _ => placement.inside(destination)?,
    };
    let commit = match (committed, refused) {
        (Some(commit), _) => CommitOutcome::Committed(commit),
        (None, Some(reason)) => CommitOutcome::Refused(reason),
        (None, None) => CommitOutcome::NotRequested,
    };
    Ok(Placed { commit })
}

/// What is placed, and how.
struct Placement<'a> {
    tree: &'a Tree,
    /// The text of `.env`.
    secrets: Option<&'a str>,
    /// Whether there is a first commit.
    commits: bool,
    stop: &'a AtomicBool,
}

impl Placement<'_> {
    /// Stages beside an absent target and renames.
    fn beside(&self, path: &Path) -> Result<Option<Commit>, PlaceError> {
        let parent = path.parent().unwrap_or(path);
        let parents = NewFolders::make(parent)?;
        rollback::clear_beside(parent);
        let stage = Stage::beside(parent)?;
        let staged = stage.tree();
        self.write(&staged)?;
        let commit = self.commits.then(|| git::commit(&staged, path, self.tree)).transpose()?;
        stopped(self.stop)?;
        fs::rename(&staged, path).map_err(|error| match survey(path) {
            // Another run was faster.
            Err(refusal @ PlaceError::NotEmpty { .. }) => refusal,
            _ => PlaceError::write(path)(error),
        })?;
        parents.keep();
        Ok(commit)
    }

    /// Stages inside an existing target and moves the top entries in.
    fn inside(&self, destination: &Destination) -> Result<Option<Commit>, PlaceError> {
        let path = destination.path.as_path();
        let stage = Stage::inside(path, destination.directory_id)?;
        let result = self.move_in(destination, &stage);
        // After success only empty folders are left to clear; after failure all that was moved.
        let undone = rollback::undo_stage(path, stage);
        let commit = result?;
        undone?;
        Ok(commit)
    }

    fn move_in(
        &self,
        destination: &Destination,
        stage: &Stage,
    ) -> Result<Option<Commit>, PlaceError> {
        let path = destination.path.as_path();
        let staged = stage.tree();
        self.write(&staged)?;
        let new_repository = self.commits && destination.state == TargetState::Empty;
        let mut commit = None;
        let mut entries: Vec<&str> = self.tree.roots();
        entries.extend(self.secrets.map(|_| ".env"));
        if new_repository {
            commit = Some(git::commit(&staged, path, self.tree)?);
            entries.push(".git");
        }
        stopped(self.stop)?;
        stage.write(Note::Moving, &entries.join("\n"))?;
        for entry in entries {
            let target = path.join(entry);
            if fs::symlink_metadata(&target).is_ok() {
                let first = entry.to_owned();
                return Err(PlaceError::NotEmpty { path: path.to_path_buf(), first });
            }
            fs::rename(staged.join(entry), &target).map_err(PlaceError::write(&target))?;
        }
        if self.commits && !new_repository {
            let folders = git::folders(path)?;
            let before = |new: &[String]| rollback::before_commit(stage, &folders, new);
            commit = Some(git::commit_existing(path, self.tree, &before)?);
        }
        // From here on the starter is whole: without this note nothing is undone.
        stage.remove(Note::Moving)?;
        Ok(commit)
    }

    /// Writes the tree and the secrets to a new folder.
    fn write(&self, root: &Path) -> Result<(), PlaceError> {
        fs::create_dir(root).map_err(PlaceError::write(root))?;
        for folder in self.tree.folders() {
            let folder = root.join(folder);
            fs::create_dir(&folder).map_err(PlaceError::write(&folder))?;
        }
        for (path, file) in &self.tree.files {
            stopped(self.stop)?;
            let path = root.join(path);
            create(&path, if file.executable { 0o777 } else { 0o666 })
                .and_then(|mut target| target.write_all(&file.bytes))
                .map_err(PlaceError::write(&path))?;
        }
        if let Some(secrets) = self.secrets {
            let path = root.join(".env");
            create(&path, 0o600)
                .and_then(|mut target| target.write_all(secrets.as_bytes()))
                .map_err(PlaceError::write(&path))?;
        }
        Ok(())
    }
}

/// A new file with these permissions, less those that the user's umask takes away.
#[cfg(unix)]
fn create(path: &Path, mode: u32) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    File::options().write(true).create_new(true).mode(mode).open(path)
}

/// A new file; Windows has no permissions of this kind.
#[cfg(not(unix))]
fn create(path: &Path, _mode: u32) -> io::Result<File> {
    File::create_new(path)
}

fn stopped(stop: &AtomicBool) -> Result<(), PlaceError> {
    if stop.load(Ordering::Relaxed) { Err(PlaceError::Interrupted) } else { Ok(()) }
}

/// The new folders above the target; removed on drop unless [`NewFolders::keep`] was called.
struct NewFolders(Vec<PathBuf>);

impl NewFolders {
    fn make(folder: &Path) -> Result<Self, PlaceError> {
        let missing: Vec<_> =
            folder.ancestors().take_while(|ancestor| !ancestor.exists()).collect();
        let mut created = Self(Vec::new());
        for folder in missing.into_iter().rev() {
            match fs::create_dir(folder) {
                Ok(()) => created.0.push(folder.to_path_buf()),
                // Another run makes them too.
                Err(_) if folder.is_dir() => {}
                Err(error) => return Err(PlaceError::write(folder)(error)),
            }
        }
        Ok(created)
    }

    fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for NewFolders {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            // One that is not empty is somebody else's by now.
            let _ = fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::starter::tree;
    use std::collections::BTreeSet;
    use std::thread;
    use tempfile::TempDir;

    fn tree() -> Tree {
        let file = |text: &'static str| tree::File {
            bytes: text.as_bytes().into(),
            executable: false,
            origin: String::new(),
        };
        let files = [("README.md", "r"), ("src/a/b.rs", "b"), ("src/main.rs", "m")];
        Tree { files: files.map(|(path, text)| (path.to_owned(), file(text))).into() }
    }

    /// Where a starter could go: one place that is absent, one that is an empty directory.
    fn places() -> (TempDir, [PathBuf; 2]) {
        let folder = tempfile::tempdir().expect("a temporary directory");
        let there = folder.path().join("there");
        fs::create_dir(&there).expect("made");
        let absent = folder.path().join("absent");
        (folder, [absent, there])
    }

    fn go(path: &Path, stop: bool) -> Result<Placed, PlaceError> {
        let destination = survey(path)?;
        place(&tree(), Some("S=1\n"), &destination, false, &AtomicBool::new(stop))
    }

    fn names(folder: &Path) -> BTreeSet<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect()
    }

    fn whole() -> BTreeSet<String> {
        [".env", "README.md", "src"].map(str::to_owned).into()
    }

    #[test]
    fn the_tree_comes_into_place_whole_and_nothing_else_is_left() {
        let (folder, places) = places();
        for path in &places {
            go(path, false).expect("placed");
            assert_eq!(names(path), whole());
            assert_eq!(fs::read(path.join("src/a/b.rs")).expect("there"), b"b");
        }
        assert_eq!(names(folder.path()).len(), 2);
    }

    #[test]
    fn a_stopped_run_leaves_nothing() {
        let (folder, places) = places();
        for path in &places {
            assert!(matches!(go(path, true), Err(PlaceError::Interrupted)));
        }
        assert!(matches!(
            go(&folder.path().join("new/deep/x"), true),
            Err(PlaceError::Interrupted)
        ));
        assert_eq!(names(folder.path()), ["there".to_owned()].into());
        assert!(names(&places[1]).is_empty());
    }

    #[test]
    fn what_appears_after_the_survey_is_never_overwritten() {
        let (_folder, places) = places();
        for path in &places {
            let destination = survey(path).expect("free");
            fs::create_dir_all(path).expect("made");
            fs::write(path.join("src"), "precious").expect("written");
            let placed = place(&tree(), None, &destination, false, &AtomicBool::new(false));
            assert!(matches!(placed, Err(PlaceError::NotEmpty { .. })), "{placed:?}");
            assert_eq!(names(path), ["src".to_owned()].into());
            assert_eq!(fs::read(path.join("src")).expect("there"), b"precious");
        }
    }

    #[test]
    fn of_concurrent_runs_a_single_run_succeeds() {
        for round in 0..20 {
            let (folder, places) = places();
            let path = &places[round % 2];
            let done: Vec<_> = thread::scope(|scope| {
                let run = |_| scope.spawn(|| go(path, false));
                let running: Vec<_> = (0..4).map(run).collect();
                running.into_iter().map(|run| run.join().expect("no panic")).collect()
            });
            assert_eq!(done.iter().filter(|run| run.is_ok()).count(), 1, "{done:?}");
            assert_eq!(names(path), whole(), "{done:?}");
            let left: Vec<_> =
                names(folder.path()).into_iter().filter(|name| name.starts_with('.')).collect();
            assert!(left.is_empty(), "{left:?}");
        }
    }
}
