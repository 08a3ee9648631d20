//! The snapshots themselves.

use std::fs;
use std::path::Path;

#[test]
fn no_snapshot_is_left_behind_by_a_test_that_is_gone() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
    let mut tests = String::new();
    let rooms = fs::read_dir(&folder).expect("a directory");
    let rooms = rooms.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_dir());
    for entry in rooms.flat_map(|room| fs::read_dir(room).expect("a directory")) {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|ending| ending == "rs") {
            tests.push_str(&fs::read_to_string(path).expect("readable"));
        }
    }
    for entry in fs::read_dir(folder.join("snapshots")).expect("a directory") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        assert!(tests.contains(&format!("\"{name}\"")), "no test names the snapshot {name}");
    }
}
