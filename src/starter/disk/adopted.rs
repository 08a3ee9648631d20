//! What `adopt` writes into a repository of somebody's own: each file whole, and none that is there.

use crate::atomic_write::{self, DOCUMENT};
use std::io;
use std::path::{Path, PathBuf};
use std::{fs, mem};

/// A file to be written, by its path from the repository's root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    pub path: String,
    pub bytes: Vec<u8>,
}

/// The paths that were written, and those whose files were there and stay.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Adopted {
    pub written: Vec<String>,
    pub existing: Vec<String>,
}

/// A file that cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("failed to write {}", path.display())]
pub struct AdoptError {
    path: PathBuf,
    source: io::Error,
}

/// Which of `files` would be written below `root`.
#[must_use]
pub fn plan(root: &Path, files: &[NewFile]) -> Adopted {
    let mut adopted = Adopted::default();
    for file in files {
        // A link that leads nowhere is there as well.
        let is_there = root.join(&file.path).symlink_metadata().is_ok();
        let list = if is_there { &mut adopted.existing } else { &mut adopted.written };
        list.push(file.path.clone());
    }
    adopted
}

/// Writes those of `files` that are not there. After a failure none of them is left.
///
/// # Errors
/// A folder or file cannot be written.
pub fn write(root: &Path, files: &[NewFile]) -> Result<Adopted, AdoptError> {
    let mut rollback = RemoveOnDrop { root, files: Vec::new() };
    let mut adopted = Adopted::default();
    for file in files {
        let path = root.join(&file.path);
        if path.symlink_metadata().is_ok() {
            adopted.existing.push(file.path.clone());
            continue;
        }
        place(&path, &file.bytes).map_err(|source| AdoptError { path, source })?;
        rollback.files.push(file.path.clone());
    }
    adopted.written = mem::take(&mut rollback.files);
    Ok(adopted)
}

/// Puts `bytes` at `path` whole, or nothing.
fn place(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    atomic_write::create(path, bytes, DOCUMENT)
}

/// Removes these files when dropped; the list is emptied once all are written.
struct RemoveOnDrop<'a> {
    root: &'a Path,
    files: Vec<String>,
}

impl Drop for RemoveOnDrop<'_> {
    fn drop(&mut self) {
        for file in &self.files {
            let _ = fs::remove_file(self.root.join(file));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str) -> NewFile {
        NewFile { path: path.to_owned(), bytes: b"new".to_vec() }
    }

    #[test]
    fn what_is_there_stays_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a"), "old").expect("written");
        let files = [file("a"), file("b/c")];
        assert_eq!(plan(folder.path(), &files).existing, ["a"]);
        let adopted = write(folder.path(), &files).expect("written");
        assert_eq!(adopted, Adopted { written: vec!["b/c".into()], existing: vec!["a".into()] });
        assert_eq!(fs::read_to_string(folder.path().join("a")).expect("text"), "old");
        assert_eq!(fs::read_to_string(folder.path().join("b/c")).expect("text"), "new");
    }

    #[test]
    fn after_a_failure_nothing_is_left() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("file"), "").expect("written");
        let failure = write(folder.path(), &[file("first"), file("file/below")]);
        assert!(failure.is_err());
        assert!(!folder.path().join("first").exists());
    }
}
