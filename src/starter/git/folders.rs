//! Where in a repository's folders a first commit writes, and what of that may be removed again.

use std::path::{Component, Path, PathBuf};

/// The folders of a repository. They differ in a linked worktree: index and HEAD are its own,
/// objects and branches are those of the repository that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::starter) struct GitFolders {
    pub own: PathBuf,
    pub common: PathBuf,
}

impl GitFolders {
    pub(in crate::starter) fn index(&self) -> PathBuf {
        self.own.join("index")
    }

    pub(in crate::starter) fn index_lock(&self) -> PathBuf {
        self.own.join("index.lock")
    }

    /// Where packs lie.
    pub(in crate::starter) fn packs(&self) -> PathBuf {
        self.common.join("objects").join("pack")
    }

    /// The files that lead to a commit on `branch`, as far as they are there. (The index is no such
    /// one: git makes it anew from the commit.)
    pub(super) fn files_to_sync(&self, branch: &str) -> Vec<PathBuf> {
        let all = [self.common.join(branch), self.own.join("HEAD")];
        all.into_iter().filter(|path| path.is_file()).collect()
    }

    /// What a commit of the pack `pack` to `branch` (`refs/heads/main`) adds, as far as it is not
    /// there yet: names for [`Self::path_of_addition`].
    pub(super) fn additions(&self, pack: &str, branch: &str) -> Vec<String> {
        let names = [
            format!("common/objects/pack/pack-{pack}.pack"),
            format!("common/objects/pack/pack-{pack}.idx"),
            format!("common/{branch}.lock"),
            format!("common/logs/{branch}"),
            "own/logs/HEAD".to_owned(),
            "own/HEAD.lock".to_owned(),
        ];
        let is_new = |name: &String| self.path(name).is_some_and(|path| !path.exists());
        names.into_iter().filter(is_new).collect()
    }

    /// The path that a note of ours names. A note may be a stranger's: it leads nowhere else.
    pub(in crate::starter) fn path_of_addition(&self, name: &str) -> Option<PathBuf> {
        let is_lock = Path::new(name).extension().is_some_and(|end| end == "lock");
        let ours = name.starts_with("common/objects/pack/pack-")
            || name.starts_with("common/logs/refs/heads/")
            || name == "own/logs/HEAD"
            || (is_lock && (name.starts_with("common/refs/heads/") || name == "own/HEAD.lock"));
        if ours { self.path(name) } else { None }
    }

    /// Whether `folder` lies in one of the folders, and is neither itself.
    pub(in crate::starter) fn is_below(&self, folder: &Path) -> bool {
        let heads = self.common.join("refs").join("heads");
        let inside = |root: &Path| folder != root && folder.starts_with(root);
        (inside(&self.own) || inside(&self.common)) && folder != heads
    }

    fn path(&self, name: &str) -> Option<PathBuf> {
        let (folder, below) = name.split_once('/')?;
        let root = if folder == "own" { &self.own } else { &self.common };
        let plain = Path::new(below).components().all(|part| matches!(part, Component::Normal(_)));
        plain.then(|| root.join(below))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_leads_nowhere_but_to_what_a_commit_adds() {
        let folders = GitFolders { own: "/w/own".into(), common: "/w/common".into() };
        for name in folders.additions("0af", "refs/heads/a/b") {
            assert!(folders.path_of_addition(&name).is_some(), "{name}");
        }
        for name in [
            "common/objects/pack/../../../x",
            "common/objects/pack",
            "common/refs/heads/main",
            "own/index",
            "own/HEAD",
            "common/logs/refs/heads/../../../../x",
            "/etc/passwd",
            "common//etc/passwd",
            "",
        ] {
            assert_eq!(folders.path_of_addition(name), None, "{name}");
        }
    }
}
