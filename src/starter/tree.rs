//! A starter in memory: what will be written, before anything is.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// Every file of a starter by its path, with `/` between the parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    pub files: BTreeMap<String, File>,
}

/// One file of a starter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub bytes: Cow<'static, [u8]>,
    pub executable: bool,
    /// The template that it comes from, as a path in the library.
    pub origin: String,
}

impl Tree {
    /// The names at the top of the tree, each once, in order.
    #[must_use]
    pub fn roots(&self) -> Vec<&str> {
        let mut roots: Vec<&str> =
            self.files.keys().map(|path| path.split('/').next().unwrap_or(path)).collect();
        roots.dedup();
        roots
    }

    /// The folders of the tree, each before those in it.
    #[must_use]
    pub fn folders(&self) -> Vec<&str> {
        let mut folders: Vec<&str> = self
            .files
            .keys()
            .flat_map(|path| path.match_indices('/').map(|(end, _)| &path[..end]))
            .collect();
        folders.sort_unstable();
        folders.dedup();
        folders
    }
}
