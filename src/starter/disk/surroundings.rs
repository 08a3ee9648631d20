//! What lies around a starter: a workspace of its package manager in a folder above takes it for
//! one of its own.

use crate::starter::facts::Workspace;
use crate::text_file;
use std::path::{Path, PathBuf};

/// The largest manifest that is read, in bytes.
const MAX_BYTES: u64 = 1 << 20;

/// The nearest workspace around `target`: its manifest, and the rule by which it is one.
#[must_use]
pub fn workspace_around<'a>(
    target: &Path,
    rules: &'a [Workspace],
) -> Option<(PathBuf, &'a Workspace)> {
    let workspace = target
        .ancestors()
        .skip(1)
        .flat_map(|folder| rules.iter().map(move |rule| (folder.join(&rule.manifest), rule)));
    workspace.into_iter().find(|(manifest, rule)| {
        manifest.is_file()
            && text_file::read(manifest, MAX_BYTES).is_ok_and(|text| text.contains(&rule.has))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn the_nearest_manifest_that_says_so_makes_a_workspace() {
        let rule = Workspace {
            manifest: "Cargo.toml".to_owned(),
            has: "[workspace".to_owned(),
            advice: String::new(),
        };
        let folder = tempfile::tempdir().expect("a temporary directory");
        let target = folder.path().join("a/b/blog");
        fs::create_dir_all(&target).expect("made");
        let workspace =
            || workspace_around(&target, std::slice::from_ref(&rule)).map(|(path, _)| path);
        fs::write(target.join("Cargo.toml"), "[workspace]").expect("written");
        fs::write(folder.path().join("a/Cargo.toml"), "[package]").expect("written");
        assert_eq!(workspace(), None, "neither its own nor one that is none");
        fs::write(folder.path().join("Cargo.toml"), "[workspace]\n").expect("written");
        assert_eq!(workspace(), Some(folder.path().join("Cargo.toml")));
        fs::write(folder.path().join("a/b/Cargo.toml"), "[workspace.package]").expect("written");
        assert_eq!(workspace(), Some(folder.path().join("a/b/Cargo.toml")));
    }
}
