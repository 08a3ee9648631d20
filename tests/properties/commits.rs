//! The first commit has every file of its tree, whatever the tree, and git accepts it.

use proptest::prelude::{Strategy, any, prop, prop_oneof, proptest};
use proptest::test_runner::Config;
use roadmap::starter::{self, CommitOutcome, File, Placed, Tree};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::AtomicBool;

/// What git says, without the machine's configuration; nothing where there is no git.
fn git(folder: &Path, words: &[&str]) -> Option<String> {
    let output = Command::new("git")
        .args(words)
        .current_dir(folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "")
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .output()
        .ok()?;
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {words:?}: {stderr}");
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
}

fn place(tree: &Tree, target: &Path) -> Placed {
    let destination = starter::survey(target).expect("free");
    starter::place(tree, None, &destination, true, &AtomicBool::new(false)).expect("placed")
}

/// The object of git that a tree is, as `git ls-tree` lists it: mode, length and path.
fn expected(tree: &Tree) -> BTreeSet<(String, usize, String)> {
    let line = |(path, file): (&String, &File)| {
        let mode = if file.executable { "100755" } else { "100644" };
        (mode.to_owned(), file.bytes.len(), path.clone())
    };
    tree.files.iter().map(line).collect()
}

fn committed(folder: &Path) -> Option<BTreeSet<(String, usize, String)>> {
    let listed = git(folder, &["ls-tree", "-r", "-l", "-z", "--full-tree", "HEAD"])?;
    let line = |line: &str| {
        let (head, path) = line.split_once('\t').expect("a path");
        let words: Vec<_> = head.split_whitespace().collect();
        (words[0].to_owned(), words[3].parse().expect("a length"), path.to_owned())
    };
    Some(listed.split('\0').filter(|line| !line.is_empty()).map(line).collect())
}

/// Everything that must hold of a first commit of `tree`.
fn holds(tree: &Tree) {
    let folder = tempfile::tempdir().expect("a folder");
    let (absent, there) = (folder.path().join("absent"), folder.path().join("there"));
    std::fs::create_dir(&there).expect("made");
    let mut trees = Vec::new();
    for target in [&absent, &there] {
        let placed = place(tree, target);
        let CommitOutcome::Committed(commit) = placed.commit else {
            unreachable!("nothing is around the target, and nothing in it");
        };
        for (path, file) in &tree.files {
            assert_eq!(std::fs::read(target.join(path)).expect("there"), *file.bytes, "{path:?}");
        }
        let Some(committed) = committed(target) else {
            return;
        };
        assert_eq!(committed, expected(tree));
        let ask = |words: &[&str]| git(target, words).expect("git is here").trim().to_owned();
        assert_eq!(ask(&["rev-parse", "HEAD"]), commit.hash);
        assert_eq!(ask(&["status", "--porcelain"]), "");
        ask(&["fsck", "--strict", "--full", "--no-dangling"]);
        trees.push(ask(&["rev-parse", "HEAD^{tree}"]));
    }
    assert_eq!(trees[0], trees[1], "the same tree in both ways");
}

fn file(bytes: Vec<u8>, executable: bool) -> File {
    File { bytes: bytes.into(), executable, origin: String::new() }
}

/// A part of a path: letters of several scripts, dots, spaces; nothing that a template is
/// refused for.
fn part() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,10}[a-z0-9]",
        1 => "[a-z]",
        1 => "\\.[a-z]{4,8}",
        1 => "[a-z äöüßéñЖ日本語😀]{1,6}x",
    ]
    .prop_filter("git's own", |part| !part.to_lowercase().starts_with(".git"))
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        1 => prop::collection::vec(any::<u8>(), 0..1),
        3 => prop::collection::vec(any::<u8>(), 0..300),
        2 => "[a-z \r\n]{0,200}".prop_map(String::into_bytes),
        1 => (any::<u8>(), 0..200_000_usize).prop_map(|(byte, count)| vec![byte; count]),
    ]
}

/// A tree in which no file is another's folder, and no two paths differ by case alone.
fn trees(most: usize) -> impl Strategy<Value = Tree> {
    let path = prop::collection::vec(part(), 1..5).prop_map(|parts| parts.join("/"));
    prop::collection::vec((path, bytes(), any::<bool>()), 1..most).prop_map(|all| {
        let mut taken = BTreeMap::new();
        let mut lower: BTreeSet<String> = BTreeSet::new();
        let mut folders: BTreeSet<String> = BTreeSet::new();
        for (path, bytes, executable) in all {
            let small = path.to_lowercase();
            let above: Vec<String> =
                small.match_indices('/').map(|(end, _)| small[..end].to_owned()).collect();
            let clash = lower.contains(&small)
                || folders.contains(&small)
                || above.iter().any(|word| lower.contains(word));
            if !clash {
                lower.insert(small);
                folders.extend(above);
                taken.insert(path, file(bytes, executable));
            }
        }
        Tree { files: taken }
    })
}

proptest! {
    #![proptest_config(Config { cases: 24, failure_persistence: None, ..Config::default() })]

    #[test]
    fn every_file_is_in_it_and_git_finds_it_sound_and_clean(tree in trees(25)) {
        holds(&tree);
    }
}

#[test]
fn three_hundred_files_are_all_in_it() {
    let name = |number: usize| format!("folder-{}/deep/файл-{number}.txt", number % 17);
    let numbered =
        |number: usize| (name(number), file(vec![7; number * 11], number.is_multiple_of(3)));
    holds(&Tree { files: (0..300).map(numbered).collect() });
}

#[test]
fn files_with_the_same_bytes_or_none_are_all_in_it() {
    let names = ["a", "b/c", "b/d", "e/f/g"];
    let empty = names.iter().map(|name| ((*name).to_owned(), file(Vec::new(), false)));
    let same = names.iter().map(|name| (format!("{name}.same"), file(b"same".to_vec(), true)));
    holds(&Tree { files: empty.chain(same).collect() });
}
