//! The first commit. The only user of `git2`.
//!
//! Nothing of the user's configuration decides what is committed: blobs are made from the
//! bytes in memory, without filters, excludes, hooks or templates. It says the branch and
//! who commits.

use super::error::PlaceError;
use super::tree::{File, Tree};
use git2::{
    Config, IndexEntry, IndexTime, ObjectType, Oid, Repository, RepositoryInitOptions, Signature,
    Time,
};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Who commits where git knows nobody. `.invalid` is reserved (RFC 2606).
const NOBODY: (&str, &str) = ("roadmap", "roadmap@example.invalid");

const MESSAGE: &str = "Start from a roadmap starter\n";

/// Before the backends of the repository itself.
const MEMORY_FIRST: i32 = 999;

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

/// Whether the repository in `folder` has a commit.
///
/// # Errors
/// There is no repository that git can open.
pub(super) fn has_commits(folder: &Path) -> Result<bool, PlaceError> {
    let repository = Repository::open(folder).map_err(failed(folder))?;
    let empty = repository.is_empty().map_err(failed(folder))?;
    Ok(!empty || repository.head().is_ok())
}

/// Makes a repository in `folder` if there is none, and commits `tree`, which lies there.
///
/// # Errors
/// Whatever git refuses.
pub(super) fn commit(folder: &Path, tree: &Tree) -> Result<Commit, PlaceError> {
    commit_tree(folder, tree).map_err(failed(folder))
}

fn failed(folder: &Path) -> impl FnOnce(git2::Error) -> PlaceError {
    let path = folder.to_path_buf();
    move |error| PlaceError::Git { path, message: error.message().to_owned() }
}

fn commit_tree(folder: &Path, tree: &Tree) -> Result<Commit, git2::Error> {
    let repository = if folder.join(".git").exists() {
        Repository::open(folder)?
    } else {
        let mut options = RepositoryInitOptions::new();
        options.external_template(false).no_reinit(true).initial_head(&branch());
        Repository::init_opts(folder, &options)?
    };
    // In memory first, then as one pack: a file for each object and a folder for most of them
    // would take longer than all the rest.
    let objects = repository.odb()?;
    let memory = objects.add_new_mempack_backend(MEMORY_FIRST)?;
    let mut index = repository.index()?;
    for (path, file) in &tree.files {
        index.add(&entry(path, file, objects.write(ObjectType::Blob, &file.bytes)?))?;
    }
    let root = repository.find_tree(index.write_tree_to(&repository)?)?;
    let (who, nameless) = signature(&repository)?;
    let id = repository.commit(None, &who, &who, MESSAGE, &root, &[])?;
    let mut pack = repository.packbuilder()?;
    pack.insert_commit(id)?;
    pack.write(&repository.path().join("objects").join("pack"), 0)?;
    memory.reset()?;
    index.write()?;
    let branch = repository.find_reference("HEAD")?.symbolic_target()?.map(str::to_owned);
    let branch = branch.unwrap_or_else(|| "HEAD".to_owned());
    repository.reference(&branch, id, false, "commit (initial): roadmap new")?;
    Ok(Commit { hash: id.to_string(), nameless })
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
