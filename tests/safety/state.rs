//! What lies in a target: nothing, a whole starter, or something between.

use crate::place::{NEW, Place, Verdict, must};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

/// What a target is before the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    Absent,
    Empty,
    /// `.git` alone, without a commit.
    Git,
}

#[derive(Debug, PartialEq, Eq)]
pub enum State {
    /// As before the run.
    Untouched,
    /// Every file, and the commit with all of them.
    Whole,
    Half(String),
}

pub type Content = BTreeMap<String, Vec<u8>>;

/// What is in a folder, links not followed.
pub fn content(folder: &Path) -> Content {
    let mut content = Content::new();
    collect(folder, "", &mut content);
    content
}

fn collect(folder: &Path, below: &str, content: &mut Content) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().expect("there");
        if kind.is_dir() {
            content.insert(format!("{name}/"), Vec::new());
            collect(&entry.path(), &format!("{name}/"), content);
        } else if kind.is_file() {
            content.insert(name, fs::read(entry.path()).unwrap_or_default());
        } else {
            content.insert(name, b"special".to_vec());
        }
    }
}

/// The files alone, without git's and without secrets.
fn files(content: &Content) -> Content {
    let ours = |path: &str| !path.starts_with(".git/") && path != ".env";
    content.iter().filter(|(path, _)| ours(path)).map(|(a, b)| (a.clone(), b.clone())).collect()
}

/// The starter of [`NEW`] and its commit; the one in rocket.
struct Expected {
    files: Content,
    hash: String,
}

fn expected(line: &str) -> Expected {
    let place = Place::new();
    let ran = place.run(line);
    assert_eq!(ran.code, Some(0), "{ran}");
    let hash = head(&place.target()).expect("a commit");
    Expected { files: files(&content(&place.target())), hash }
}

fn axum() -> &'static Expected {
    static ONCE: OnceLock<Expected> = OnceLock::new();
    ONCE.get_or_init(|| expected(NEW))
}

fn rocket() -> &'static Expected {
    static ONCE: OnceLock<Expected> = OnceLock::new();
    ONCE.get_or_init(|| expected(ROCKET))
}

/// Another starter for the same target.
pub const ROCKET: &str = "new blog --framework rocket";

/// The commit at HEAD, if the repository is sound and nothing differs from it.
pub fn head(folder: &Path) -> Result<String, String> {
    let message = |error: git2::Error| error.message().to_owned();
    let repository = git2::Repository::open(folder).map_err(message)?;
    let commit = repository.head().and_then(|head| head.peel_to_commit()).map_err(message)?;
    must(commit.parent_count() == 0, || "more than one commit".to_owned())?;
    let statuses = repository.statuses(None).map_err(message)?;
    let changed = statuses.iter().find(|entry| entry.status() != git2::Status::IGNORED);
    if let Some(changed) = changed {
        return Err(format!("git sees a change: {:?}", changed.path()));
    }
    let objects = repository.odb().map_err(message)?;
    let mut result = Ok(());
    let tree = commit.tree().map_err(message)?;
    let _ = tree.walk(git2::TreeWalkMode::PreOrder, |_, entry| {
        if let Err(error) = objects.read(entry.id()) {
            result = Err(message(error));
        }
        git2::TreeWalkResult::Ok
    });
    result.map(|()| commit.id().to_string())
}

/// Makes the target what it is before the run.
pub fn prepare(place: &Place, start: Start) {
    match start {
        Start::Absent => {}
        Start::Empty => fs::create_dir(place.target()).expect("made"),
        Start::Git => {
            git2::Repository::init(place.target()).expect("made");
        }
    }
}

fn whole(target: &Path, expected: &Expected, start: Start) -> Verdict {
    let content = content(target);
    must(files(&content) == expected.files, || {
        let left: Vec<_> = content.keys().filter(|path| !path.starts_with(".git/")).collect();
        format!("neither whole nor nothing: {left:?}")
    })?;
    must(content.get(".env").is_some_and(|text| text.len() > 100), || "no .env".to_owned())?;
    let hash = head(target)?;
    // In a repository of the user's the commit is the same one too.
    must(hash == expected.hash, || format!("another commit in a {start:?} target"))
}

/// What lies in the target of `place` after a run of [`NEW`], or of [`ROCKET`].
pub fn state(place: &Place, start: Start) -> State {
    let target = place.target();
    let untouched = match start {
        Start::Absent => fs::symlink_metadata(&target).is_err(),
        Start::Empty => target.is_dir() && place.names("work/blog").is_empty(),
        Start::Git => {
            let fresh = Place::new();
            prepare(&fresh, Start::Git);
            content(&target) == content(&fresh.target())
        }
    };
    if untouched {
        return State::Untouched;
    }
    match whole(&target, axum(), start) {
        Ok(()) => State::Whole,
        Err(problem) => match whole(&target, rocket(), start) {
            Ok(()) => State::Whole,
            Err(_) => State::Half(problem),
        },
    }
}

/// Nothing in `work` but the target.
pub fn no_leftovers(place: &Place) -> Verdict {
    let left = [place.names("work"), place.names("work/blog")].concat();
    let left: Vec<_> = left.iter().filter(|name| name.contains(".roadmap-new")).collect();
    must(left.is_empty(), || format!("left over: {left:?}"))
}

/// The target is whole, and nothing else is left.
pub fn is_whole(place: &Place, start: Start) -> Verdict {
    let state = state(place, start);
    must(state == State::Whole, || format!("{state:?}"))?;
    no_leftovers(place)
}

/// The target is as before, and nothing else is left.
pub fn is_untouched(place: &Place, start: Start) -> Verdict {
    let state = state(place, start);
    must(state == State::Untouched, || format!("not as before: {state:?}"))?;
    no_leftovers(place)
}
