//! A template library in a folder of the user's: read with care, for it may be a stranger's.

use super::error::LayerError;
use super::layer::Entry;
use std::borrow::Cow;
use std::fs;
use std::path::Path;

/// The largest file of a library, in bytes.
const LARGEST_FILE: u64 = 8 << 20;
/// The most files in a layer.
const MOST_FILES: usize = 5_000;
/// The most bytes in a layer.
const MOST_BYTES: u64 = 64 << 20;
/// The deepest nesting of folders in a layer.
const DEEPEST: usize = 32;

/// The files of the layer at `path`, without those of layers below it (`projects/`).
/// Nothing for a layer that is not there.
///
/// # Errors
/// What cannot be read, a link, and whatever is beyond the bounds.
pub(super) fn entries(root: &Path, path: &str) -> Result<Option<Vec<Entry>>, LayerError> {
    let folder = root.join(path);
    match fs::symlink_metadata(&folder) {
        Ok(kind) if kind.is_dir() => {}
        Ok(_) => return Err(LayerError::Link { origin: path.to_owned() }),
        Err(_) => return Ok(None),
    }
    let mut reading = Reading { layer: path, found: Vec::new(), bytes: 0 };
    reading.walk(&folder, "", 0)?;
    reading.found.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(Some(reading.found))
}

/// The names of the folders in `path`, sorted.
///
/// # Errors
/// What cannot be read.
pub(super) fn folders(root: &Path, path: &str) -> Result<Vec<String>, LayerError> {
    let mut names = Vec::new();
    let Ok(entries) = fs::read_dir(root.join(path)) else {
        return Ok(names);
    };
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

struct Reading<'a> {
    layer: &'a str,
    found: Vec<Entry>,
    bytes: u64,
}

impl Reading<'_> {
    fn walk(&mut self, folder: &Path, below: &str, depth: usize) -> Result<(), LayerError> {
        let origin = || format!("{}/{below}", self.layer);
        if depth > DEEPEST {
            return Err(LayerError::Large { origin: origin(), bound: "32 folders deep" });
        }
        let entries = fs::read_dir(folder).map_err(|source| LayerError::read(&origin(), source))?;
        for entry in entries {
            let entry = entry.map_err(|source| LayerError::read(self.layer, source))?;
            let Ok(name) = entry.file_name().into_string() else {
                return Err(LayerError::NotText { origin: format!("{}/{below}", self.layer) });
            };
            let path = format!("{below}{name}");
            let origin = format!("{}/{path}", self.layer);
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
        let bound = if size > LARGEST_FILE {
            Some("8 MiB a file")
        } else if self.bytes > MOST_BYTES {
            Some("64 MiB a layer")
        } else if self.found.len() >= MOST_FILES {
            Some("5,000 files a layer")
        } else {
            None
        };
        if let Some(bound) = bound {
            return Err(LayerError::Large { origin, bound });
        }
        let bytes = fs::read(file).map_err(|source| LayerError::read(&origin, source))?;
        self.found.push((path, Cow::Owned(bytes)));
        Ok(())
    }
}
