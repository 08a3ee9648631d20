//! What stands in the files of a database: the file itself, and the journals beside it.

use std::fs;
use std::path::Path;

/// The text of all files in `folder`, one after the other, in the order of their names. What is no UTF-8 is replaced. A file that
/// cannot be read counts as empty: a journal may go while it is looked at.
pub fn text(folder: &Path) -> String {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<_> = entries.map(|file| file.path()).filter(|file| file.is_file()).collect();
    files.sort();
    let texts = files.iter().map(|file| fs::read(file).unwrap_or_default());
    texts.map(|bytes| String::from_utf8_lossy(&bytes).into_owned() + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_journal_beside_the_file_counts() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("data.db"), b"\xff\x00ada").expect("written");
        fs::write(folder.path().join("data.db-wal"), "ben").expect("written");
        fs::create_dir(folder.path().join("more")).expect("made");
        assert_eq!(text(folder.path()), "\u{fffd}\0ada\nben\n");
    }
}
