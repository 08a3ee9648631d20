//! A template library in a folder of the user's: read with care, for it may be a stranger's.

use super::layer::{Entry, is_system_file};
use crate::starter::error::LayerError;
use crate::text_file;
use std::borrow::Cow;
use std::fs;
use std::path::Path;

/// The largest file of a library, in bytes.
const MAX_FILE_BYTES: u64 = 8 << 20;
/// The most files and folders in a layer.
const MAX_FILES: usize = 5_000;
/// The most bytes in a layer.
const MAX_BYTES: u64 = 64 << 20;
/// The deepest nesting of folders in a layer.
const MAX_DEPTH: usize = 32;

/// The files of the layer at `path`, without those of layers below it (`projects/`).
/// Nothing for a layer that is not there.
///
/// # Errors
/// What cannot be read, a link, and whatever is beyond the bounds.
pub(super) fn entries(root: &Path, path: &str) -> Result<Option<Vec<Entry>>, LayerError> {
    if !is_folder(root, path)? {
        return Ok(None);
    }
    let mut walk = FolderWalk { layer: path, entries: Vec::new(), bytes: 0, seen: 0 };
    walk.walk(&root.join(path), "", 0)?;
    walk.entries.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(Some(walk.entries))
}

/// One file of the layer at `path`; nothing if it is not there.
///
/// # Errors
/// As [`entries`].
pub(super) fn entry(root: &Path, path: &str, name: &str) -> Result<Option<Entry>, LayerError> {
    let file = root.join(path).join(name);
    let origin = format!("{path}/{name}");
    match fs::symlink_metadata(&file) {
        _ if !is_folder(root, path)? => Ok(None),
        Ok(kind) if kind.is_file() => {
            let mut walk = FolderWalk { layer: path, entries: Vec::new(), bytes: 0, seen: 0 };
            walk.take(&file, name.to_owned(), origin, kind.len())?;
            Ok(walk.entries.pop())
        }
        Ok(_) => Err(LayerError::Link { origin }),
        Err(_) => Ok(None),
    }
}

/// The names of the folders in `path`, sorted.
///
/// # Errors
/// What cannot be read.
pub(super) fn folders(root: &Path, path: &str) -> Result<Vec<String>, LayerError> {
    let mut names = Vec::new();
    if !is_folder(root, path)? {
        return Ok(names);
    }
    let read = |source| LayerError::read(path, source);
    let entries = fs::read_dir(root.join(path)).map_err(read)?;
    for entry in entries {
        let entry = entry.map_err(|source| LayerError::read(path, source))?;
        if entry.file_type().is_ok_and(|kind| kind.is_dir())
            && let Ok(name) = entry.file_name().into_string()
        {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// Whether there is a folder at `path` below `root`, with no link on the way to it.
fn is_folder(root: &Path, path: &str) -> Result<bool, LayerError> {
    let ends = path.match_indices('/').map(|(end, _)| end).chain([path.len()]);
    for end in ends {
        match fs::symlink_metadata(root.join(&path[..end])) {
            Ok(kind) if kind.is_dir() => {}
            Ok(_) => return Err(LayerError::Link { origin: path[..end].to_owned() }),
            Err(_) => return Ok(false),
        }
    }
    Ok(true)
}

struct FolderWalk<'a> {
    layer: &'a str,
    entries: Vec<Entry>,
    bytes: u64,
    /// Files and folders met.
    seen: usize,
}

impl FolderWalk<'_> {
    fn walk(&mut self, folder: &Path, below: &str, depth: usize) -> Result<(), LayerError> {
        let origin = || format!("{}/{below}", self.layer);
        if depth > MAX_DEPTH {
            return Err(LayerError::Large { origin: origin(), bound: "32 folders deep" });
        }
        let entries = fs::read_dir(folder).map_err(|source| LayerError::read(&origin(), source))?;
        for entry in entries {
            let entry = entry.map_err(|source| LayerError::read(self.layer, source))?;
            let Ok(name) = entry.file_name().into_string() else {
                return Err(LayerError::NotText { origin: format!("{}/{below}", self.layer) });
            };
            if is_system_file(&name) {
                continue;
            }
            let path = format!("{below}{name}");
            let origin = format!("{}/{path}", self.layer);
            self.seen += 1;
            if self.seen > MAX_FILES {
                return Err(LayerError::Large { origin, bound: "5,000 files and folders a layer" });
            }
            let kind = entry.metadata().map_err(|source| LayerError::read(&origin, source))?;
            if kind.is_dir() {
                if depth > 0 || name != "projects" {
                    self.walk(&entry.path(), &format!("{path}/"), depth + 1)?;
                }
            } else if kind.is_file() {
                self.take(&entry.path(), path, origin, kind.len())?;
            } else {
                return Err(LayerError::Link { origin });
            }
        }
        Ok(())
    }

    fn take(
        &mut self,
        file: &Path,
        path: String,
        origin: String,
        size: u64,
    ) -> Result<(), LayerError> {
        self.bytes += size;
        let bound = if size > MAX_FILE_BYTES {
            Some("8 MiB a file")
        } else if self.bytes > MAX_BYTES {
            Some("64 MiB a layer")
        } else {
            None
        };
        if let Some(bound) = bound {
            return Err(LayerError::Large { origin, bound });
        }
        // The file may have grown since.
        let bytes = text_file::read_bytes(file, MAX_FILE_BYTES).map_err(|error| match error {
            text_file::Error::Large { .. } => {
                LayerError::Large { origin: origin.clone(), bound: "8 MiB a file" }
            }
            other => LayerError::read(&origin, other.into()),
        })?;
        self.entries.push((path, Cow::Owned(bytes)));
        Ok(())
    }
}
