//! The first commit. The only user of `git2`.
//!
//! Nothing of the user's configuration decides what is committed: blobs are made from the
//! bytes in memory, without filters, excludes, hooks or templates. It says the branch and
//! who commits.

use super::error::PlaceError;
use super::pack::{self, Kind, Object};
use super::tree::{File, Tree};
use git2::{
    Config, ConfigLevel, IndexEntry, IndexTime, ObjectType, Odb, Oid, Repository,
    RepositoryInitOptions, Signature, Time, TreeWalkMode, TreeWalkResult,
};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Who commits where git knows nobody. `.invalid` is reserved (RFC 2606).
const NOBODY: (&str, &str) = ("roadmap", "roadmap@example.invalid");

const MESSAGE: &str = "Start from a roadmap starter\n";

/// The order among backends; there is no other.
const MEMORY: i32 = 1;

/// A commit that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    pub hash: String,
    /// Git knew no name and address for the user.
    pub nameless: bool,
}

/// Why there is no commit though one was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoCommit {
    /// The target lies in the work tree of this repository.
    Inside(PathBuf),
    /// The target's own repository has commits already.
    HasCommits,
}

/// The repository that `folder` lies in, if there is one. Its nearest ancestor that exists
/// is asked, for the folder itself may not be there yet.
pub(super) fn around(folder: &Path) -> Option<PathBuf> {
    let there = folder.ancestors().find(|one| one.is_dir())?;
    let found = Repository::discover_path(there, std::iter::empty::<&Path>()).ok()?;
    let work_tree =
        if found.ends_with(".git") { found.parent().map(Path::to_path_buf) } else { None };
    Some(work_tree.unwrap_or(found))
}

/// Leaves the user's and the system's configuration aside if git cannot read it, as it would
/// refuse to open any repository then. Who commits is nobody in that case.
#[expect(unsafe_code, reason = "libgit2 keeps its search paths in a global")]
fn without_broken_configuration() {
    if Config::open_default().and_then(|mut config| config.snapshot()).is_ok() {
        return;
    }
    for level in
        [ConfigLevel::ProgramData, ConfigLevel::System, ConfigLevel::XDG, ConfigLevel::Global]
    {
        // SAFETY: no other thread of this program calls libgit2.
        let _ = unsafe { git2::opts::set_search_path(level, "") };
    }
}

/// Whether the repository in `folder` has a commit.
///
/// # Errors
/// There is no repository that git can open.
pub(super) fn has_commits(folder: &Path) -> Result<bool, PlaceError> {
    without_broken_configuration();
    let repository = Repository::open(folder).map_err(failed(folder))?;
    // Not `is_empty`: that one wants HEAD on git's own default branch.
    let born = repository.head().is_ok();
    let mut references = repository.references().map_err(failed(folder))?;
    Ok(born || references.next().is_some())
}

/// Makes a repository in `folder`, and commits `tree`, which lies there.
///
/// # Errors
/// Whatever git refuses.
pub(super) fn commit(folder: &Path, tree: &Tree) -> Result<Commit, PlaceError> {
    without_broken_configuration();
    new_repository(folder)
        .and_then(|repository| commit_tree(&repository, tree))
        .map_err(failed(folder))
}

/// Commits `tree` to the repository that is in `folder`; makes none.
///
/// # Errors
/// Whatever git refuses.
pub(super) fn commit_there(folder: &Path, tree: &Tree) -> Result<Commit, PlaceError> {
    without_broken_configuration();
    Repository::open(folder)
        .and_then(|repository| commit_tree(&repository, tree))
        .map_err(failed(folder))
}

fn new_repository(folder: &Path) -> Result<Repository, git2::Error> {
    let mut options = RepositoryInitOptions::new();
    options.external_template(false).no_reinit(true).mkpath(false).initial_head(&branch());
    Repository::init_opts(folder, &options)
}

fn failed(folder: &Path) -> impl FnOnce(git2::Error) -> PlaceError {
    let path = folder.to_path_buf();
    move |error| PlaceError::Git { path, message: error.message().to_owned() }
}

fn commit_tree(repository: &Repository, tree: &Tree) -> Result<Commit, git2::Error> {
    // In memory first, then as one pack: a file for each object and a folder for most of them
    // would take longer than all the rest. Memory alone: nothing of a new repository can be on
    // disk already, and libgit2 would look for each object there.
    let objects = Odb::new()?;
    objects.add_new_mempack_backend(MEMORY)?;
    repository.set_odb(&objects)?;
    let mut index = repository.index()?;
    let mut blobs = Vec::with_capacity(tree.files.len());
    for (path, file) in &tree.files {
        let id = objects.write(ObjectType::Blob, &file.bytes)?;
        index.add(&entry(path, file, id))?;
        blobs.push(Object { id: raw(id), kind: Kind::Blob, bytes: &file.bytes });
    }
    let root = repository.find_tree(index.write_tree_to(repository)?)?;
    let (who, nameless) = signature(repository)?;
    let id = repository.commit(None, &who, &who, MESSAGE, &root, &[])?;
    write_pack(repository, &objects, blobs, id, &root)?;
    index.write()?;
    let branch = repository.find_reference("HEAD")?.symbolic_target()?.map(str::to_owned);
    let branch = branch.unwrap_or_else(|| "HEAD".to_owned());
    repository.reference(&branch, id, false, "commit (initial): roadmap new")?;
    Ok(Commit { hash: id.to_string(), nameless })
}

/// Brings the objects from memory to disk. Blobs with the same bytes are one object.
fn write_pack(
    repository: &Repository,
    objects: &Odb<'_>,
    blobs: Vec<Object<'_>>,
    commit: Oid,
    root: &git2::Tree<'_>,
) -> Result<(), git2::Error> {
    let mut trees = vec![root.id()];
    root.walk(TreeWalkMode::PreOrder, |_, entry| {
        if entry.kind() == Some(ObjectType::Tree) {
            trees.push(entry.id());
        }
        TreeWalkResult::Ok
    })?;
    let read = |id: &Oid| objects.read(*id).map(|object| (*id, object));
    let commits = [commit].iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let trees = trees.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let mut packed = blobs;
    for (kind, made) in [(Kind::Commit, &commits), (Kind::Tree, &trees)] {
        packed.extend(made.iter().map(|(id, one)| Object {
            id: raw(*id),
            kind,
            bytes: one.data(),
        }));
    }
    let mut seen = BTreeSet::new();
    packed.retain(|object| seen.insert(object.id));
    let folder = repository.path().join("objects").join("pack");
    let written = pack::pack(&packed).and_then(|made| {
        fs::create_dir_all(&folder)?;
        // The index last: git looks for packs by their indexes.
        fs::write(folder.join(format!("pack-{}.pack", made.name)), &made.pack)?;
        fs::write(folder.join(format!("pack-{}.idx", made.name)), &made.index)
    });
    written.map_err(|error| git2::Error::from_str(&error.to_string()))
}

fn raw(id: Oid) -> [u8; 20] {
    let mut bytes = [0; 20];
    bytes.copy_from_slice(id.as_bytes());
    bytes
}

fn entry(path: &str, file: &File, id: Oid) -> IndexEntry {
    // Without the file's times git looks at it once more, and remembers them then.
    let never = IndexTime::new(0, 0);
    IndexEntry {
        ctime: never,
        mtime: never,
        dev: 0,
        ino: 0,
        mode: if file.executable { 0o100_755 } else { 0o100_644 },
        uid: 0,
        gid: 0,
        file_size: u32::try_from(file.bytes.len()).unwrap_or(0),
        id,
        flags: 0,
        flags_extended: 0,
        path: path.as_bytes().to_vec(),
    }
}

/// The branch that the user's git would begin with.
fn branch() -> String {
    let configured =
        Config::open_default().and_then(|config| config.get_string("init.defaultBranch"));
    let valid = |name: &String| git2::Reference::is_valid_name(&format!("refs/heads/{name}"));
    configured.ok().filter(valid).unwrap_or_else(|| "main".to_owned())
}

/// Who commits, and whether that is nobody the user named. `SOURCE_DATE_EPOCH` sets the
/// time (reproducible-builds.org), so that the same input gives the same hash.
fn signature(repository: &Repository) -> Result<(Signature<'static>, bool), git2::Error> {
    let config = repository.config()?;
    let known = |key| config.get_string(key).ok().filter(|text| !text.trim().is_empty());
    let (name, email) = match (known("user.name"), known("user.email")) {
        (Some(name), Some(email)) => (name, email),
        _ => (NOBODY.0.to_owned(), NOBODY.1.to_owned()),
    };
    let nameless = (name.as_str(), email.as_str()) == NOBODY;
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.parse().ok());
    let now = || {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        since.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(0))
    };
    let time = Time::new(fixed.unwrap_or_else(now), 0);
    let signature = Signature::new(&name, &email, &time);
    match signature {
        Ok(signature) => Ok((signature, nameless)),
        // A name of control characters or angle brackets alone.
        Err(_) => Ok((Signature::new(NOBODY.0, NOBODY.1, &time)?, true)),
    }
}
