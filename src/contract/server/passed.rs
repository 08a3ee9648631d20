//! What a repository remembers of its checks: `.roadmap/passed.json`, which git ignores.

use crate::atomic_write::{self, DOCUMENT};
use crate::text_file;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

/// The path of the file, from the repository's root.
const FILE: &str = ".roadmap/passed.json";
/// The most bytes that it may have.
const MAX_BYTES: u64 = 4 << 20;
/// The form of the file that this program writes.
const SCHEMA: u32 = 1;

/// What passed, and what was installed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    schema: u32,
    /// Milestones that passed at least once, by id.
    milestones: Vec<String>,
    /// Milestones that failed when they were last checked, by id.
    #[serde(default)]
    failing: Vec<String>,
    /// The sizes and times of the manifests when `install` last succeeded.
    #[serde(default)]
    installed: Option<String>,
    /// Keys that a later version wrote; they are written back unchanged.
    #[serde(flatten)]
    other: BTreeMap<String, serde_json::Value>,
}

impl Passed {
    /// What the repository at `root` remembers. A file that is missing or broken is nothing: it
    /// comes back with the next check.
    #[must_use]
    pub fn read(root: &Path) -> Self {
        let text = text_file::read(&root.join(FILE), MAX_BYTES).unwrap_or_default();
        let read = serde_json::from_str::<Self>(&text).ok().filter(|read| read.schema == SCHEMA);
        read.unwrap_or_else(|| Self { schema: SCHEMA, ..Self::default() })
    }

    /// Whether a milestone has passed here before.
    #[must_use]
    pub fn has(&self, milestone: &str) -> bool {
        self.milestones.iter().any(|id| id == milestone)
    }

    /// Whether a milestone failed when it was last checked.
    #[must_use]
    pub fn is_failing(&self, milestone: &str) -> bool {
        self.failing.iter().any(|id| id == milestone)
    }

    /// Remembers that a milestone has passed; false if it had passed before.
    pub fn add(&mut self, milestone: &str) -> bool {
        self.failing.retain(|id| id != milestone);
        let new = !self.has(milestone);
        if new {
            self.milestones.push(milestone.to_owned());
        }
        new
    }

    /// Remembers that a milestone has failed. That it passed before is not forgotten.
    pub fn add_failing(&mut self, milestone: &str) {
        if !self.is_failing(milestone) {
            self.failing.push(milestone.to_owned());
        }
    }

    /// Whether `install` need not run again: no manifest has changed since.
    #[must_use]
    pub fn is_installed(&self, root: &Path, manifests: &[String]) -> bool {
        self.installed.is_some() && self.installed == state(root, manifests).ok()
    }

    /// Remembers that `install` has succeeded.
    pub fn set_installed(&mut self, root: &Path, manifests: &[String]) {
        self.installed = state(root, manifests).ok();
    }

    /// Keeps it, whole or not at all.
    ///
    /// # Errors
    /// What the system says.
    pub fn save(&self, root: &Path) -> io::Result<()> {
        let mut text = serde_json::to_string_pretty(self).map_err(io::Error::other)?;
        text.push('\n');
        atomic_write::write(&root.join(FILE), text.as_bytes(), DOCUMENT)
    }
}

/// Names, sizes and times of change of the manifests. Where none are named: of the files in the root alone, for there
/// every package manager has its manifest and lock file; notes and secrets are nobody's manifest.
fn state(root: &Path, manifests: &[String]) -> io::Result<String> {
    let mut lines = Vec::new();
    if manifests.is_empty() {
        for entry in fs::read_dir(root)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let about = entry.metadata()?;
            if about.is_file() && !name.starts_with('.') && !name.ends_with(".md") {
                lines.push(line(&name, &about)?);
            }
        }
        lines.sort();
    }
    for name in manifests {
        lines.push(line(name, &fs::metadata(root.join(name))?)?);
    }
    Ok(lines.join("\n"))
}

fn line(name: &str, about: &fs::Metadata) -> io::Result<String> {
    let changed = about.modified()?.duration_since(std::time::UNIX_EPOCH);
    let changed = changed.map_or(0, |since| since.as_millis());
    Ok(format!("{name} {} {changed}", about.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join(".roadmap")).expect("made");
        folder
    }

    #[test]
    fn a_milestone_is_remembered_once() {
        let folder = root();
        let mut passed = Passed::read(folder.path());
        assert!(passed.add("serve"));
        assert!(!passed.add("serve"));
        passed.save(folder.path()).expect("saved");
        assert!(Passed::read(folder.path()).has("serve"));
        passed.add_failing("serve");
        assert!(passed.has("serve") && passed.is_failing("serve"));
        passed.add("serve");
        assert!(!passed.is_failing("serve"));
    }

    #[cfg(unix)]
    #[test]
    fn the_file_keeps_its_place_and_its_rights() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = root();
        let elsewhere = folder.path().join("elsewhere.json");
        fs::write(&elsewhere, "").expect("written");
        fs::set_permissions(&elsewhere, fs::Permissions::from_mode(0o640)).expect("set");
        symlink(&elsewhere, folder.path().join(FILE)).expect("linked");
        let mut passed = Passed::read(folder.path());
        passed.add("serve");
        passed.save(folder.path()).expect("saved");
        assert!(Passed::read(folder.path()).has("serve"));
        assert!(folder.path().join(FILE).symlink_metadata().expect("there").is_symlink());
        let mode = fs::metadata(&elsewhere).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
    }

    #[test]
    fn a_broken_file_is_nothing() {
        let folder = root();
        fs::write(folder.path().join(FILE), "{\"schema\":").expect("written");
        assert_eq!(Passed::read(folder.path()), Passed { schema: SCHEMA, ..Passed::default() });
    }

    #[test]
    fn a_changed_manifest_wants_an_install() {
        let folder = root();
        let mut passed = Passed::read(folder.path());
        assert!(!passed.is_installed(folder.path(), &[]));
        passed.set_installed(folder.path(), &[]);
        assert!(passed.is_installed(folder.path(), &[]));
        fs::write(folder.path().join("README.md"), "notes").expect("written");
        assert!(passed.is_installed(folder.path(), &[]));
        fs::write(folder.path().join("package.json"), "{}").expect("written");
        assert!(!passed.is_installed(folder.path(), &[]));
    }

    #[test]
    fn of_named_manifests_those_alone_count() {
        let folder = root();
        let named = ["lock.json".to_owned()];
        fs::write(folder.path().join("lock.json"), "{}").expect("written");
        let mut passed = Passed::read(folder.path());
        passed.set_installed(folder.path(), &named);
        fs::write(folder.path().join("app.db"), "data").expect("written");
        fs::write(folder.path().join("access.log"), "GET /").expect("written");
        assert!(passed.is_installed(folder.path(), &named));
        fs::write(folder.path().join("lock.json"), "{\"a\": 1}").expect("written");
        assert!(!passed.is_installed(folder.path(), &named));
        fs::remove_file(folder.path().join("lock.json")).expect("removed");
        assert!(!passed.is_installed(folder.path(), &named));
    }
}
