//! Where a template file goes in the starter, and which places no starter may write to.

use crate::starter::name::{STAGE, is_device};
use unicode_normalization::UnicodeNormalization;

/// Names that git and `cargo package` act on in this repository, stored under another name.
const STORED_AS: [(&str, &str); 3] = [
    ("_gitignore", ".gitignore"),
    ("_gitattributes", ".gitattributes"),
    ("_Cargo.toml", "Cargo.toml"),
];

/// The longest path in a starter: with a usual home directory it stays below the 260
/// characters that Windows allows.
const MAX_PATH_LENGTH: usize = 150;

/// The path in the starter of a stored file, and whether it is rendered.
pub(super) fn starter_path(stored: &str) -> (String, bool) {
    let (path, rendered) = match stored.strip_suffix(".hbs") {
        Some(path) => (path, true),
        None => (stored, false),
    };
    let (folder, file) = match path.rsplit_once('/') {
        Some((folder, file)) => (Some(folder), file),
        None => (None, path),
    };
    let file = STORED_AS.iter().find(|(stored, _)| *stored == file).map_or(file, |(_, real)| real);
    let path = folder.map_or_else(|| file.to_owned(), |folder| format!("{folder}/{file}"));
    (path, rendered)
}

/// The slot that a stored file fills, and whether it is rendered: the name up to the first
/// dot, so that an ending tells editors what is in it.
pub(super) fn slot_of(stored: &str) -> (String, bool) {
    let name = stored.split('.').next().unwrap_or(stored);
    (name.to_owned(), stored.ends_with(".hbs"))
}

/// Refuses a path that would leave the starter, enter git's own directory, or that some
/// system cannot hold. Says why.
pub(super) fn check(path: &str) -> Result<(), &'static str> {
    if path.len() > MAX_PATH_LENGTH {
        return Err("the path is longer than Windows is sure to hold");
    }
    if path.contains(['\\', ':', '*', '?', '"', '<', '>', '|']) || path.contains(char::is_control) {
        return Err("the path has a character that Windows refuses");
    }
    for part in path.split('/') {
        if part.is_empty() || part == "." || part == ".." {
            return Err("the path leads out of the starter");
        }
        if is_git(part) {
            return Err("the path leads into git's own directory");
        }
        if lower(part) == STAGE {
            return Err("the name is reserved for the staging of a starter");
        }
        if is_device(part) || part.ends_with(['.', ' ']) {
            return Err("Windows refuses a name in the path");
        }
    }
    if path.eq_ignore_ascii_case(".env") {
        return Err("`.env` is made anew for each starter and never a template");
    }
    Ok(())
}

/// Whether some system takes `part` for git's own directory: macOS does not see certain
/// characters, and Windows has a short name for it.
fn is_git(part: &str) -> bool {
    let unseen = |c: &char| matches!(c, '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{206a}'..='\u{206f}' | '\u{feff}');
    let seen: String = part.chars().filter(|c| !unseen(c)).collect();
    [".git", "git~1"].contains(&lower(&seen).as_str())
}

fn lower(part: &str) -> String {
    part.to_lowercase()
}

/// The same for all paths that some system takes for one: macOS and Windows know no case, and
/// macOS no difference between a letter with its accent and the two one after the other (NFC, NFD).
pub(super) fn collision_key(path: &str) -> String {
    path.nfc().flat_map(char::to_lowercase).nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_names_become_real_ones() {
        assert_eq!(starter_path("_gitignore.hbs"), (".gitignore".to_owned(), true));
        assert_eq!(starter_path("api/_Cargo.toml"), ("api/Cargo.toml".to_owned(), false));
        assert_eq!(starter_path("app/__init__.py"), ("app/__init__.py".to_owned(), false));
        assert_eq!(slot_of("run.md.hbs"), ("run".to_owned(), true));
    }

    #[test]
    fn no_template_leaves_the_starter() {
        for path in [
            "../x",
            "a/../b",
            "/etc/passwd",
            "a//b",
            ".git/hooks/x",
            "a/.GIT/x",
            "c:x",
            "git~1/x",
            ".g\u{200c}it/x",
            ".ENV",
        ] {
            assert!(check(path).is_err(), "{path}");
        }
        assert!(check(".github/workflows/ci.yml").is_ok());
    }
}
