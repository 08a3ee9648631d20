//! The small roadmap and the small template library, whole or with a mistake in them.

use crate::harness::sandbox::Sandbox;
use std::fs;
use std::path::{Path, PathBuf};

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

pub fn roadmap() -> PathBuf {
    folder().join("roadmap.yaml")
}

pub fn templates() -> PathBuf {
    folder().join("templates")
}

/// The small roadmap with one change, and where the new text stands in it.
pub struct Edited {
    pub text: String,
    /// The line of the new text's first character, from 1.
    pub line: usize,
    /// Its column, from 1.
    pub column: usize,
}

/// Changes the only place in the small roadmap where `old` stands.
pub fn edited(old: &str, new: &str) -> Edited {
    let text = fs::read_to_string(roadmap()).expect("readable");
    edit(&text, old, new)
}

pub fn edit(text: &str, old: &str, new: &str) -> Edited {
    let places: Vec<_> = text.match_indices(old).collect();
    assert_eq!(places.len(), 1, "`{old}` stands there once");
    let before = &text[..places[0].0];
    Edited {
        text: text.replacen(old, new, 1),
        line: before.matches('\n').count() + 1,
        column: before.rsplit('\n').next().unwrap_or_default().chars().count() + 1,
    }
}

/// A copy of the small library in the sandbox, to be changed.
pub fn library(sandbox: &Sandbox) -> PathBuf {
    let to = sandbox.path("templates");
    copy(&templates(), &to);
    to
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a directory");
    for entry in fs::read_dir(from).expect("a directory") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("copied");
        }
    }
}
