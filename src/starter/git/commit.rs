//! The first commit. The only user of `git2`.
//!
//! Nothing of the user's configuration decides what is committed: blobs are the bytes in
//! memory, without filters, excludes, hooks or templates. The configuration decides only the
//! branch and the author.

use super::folders::GitFolders;
use super::identity::{GitConfig, Person, identity};
use super::pack::{self, Object, ObjectKind, Pack};
use crate::atomic_write;
use crate::starter::error::PlaceError;
use crate::starter::tree::{File, Tree};
use git2::{
    Config, ConfigLevel, ErrorCode, IndexEntry, IndexTime, ObjectType, Odb, Oid, Repository,
    RepositoryInitOptions, Signature, Time, TreeWalkMode, TreeWalkResult,
};
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

const MESSAGE: &str = "Start from a roadmap starter\n";

/// The priority among the backends of the object database; there is one alone.
const BACKEND_PRIORITY: i32 = 1;

/// The first commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    pub hash: String,
    /// Git knew no name and address for the user.
    pub nameless: bool,
}

/// What became of the first commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommitOutcome {
    /// No commit was asked for.
    NotRequested,
    /// The target's surroundings do not allow a commit.
    Refused(NoCommit),
    Committed(Commit),
}

/// Why there is no commit though one was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoCommit {
    /// The target lies in the work tree of this repository.
    Inside(PathBuf),
    /// The target's own repository has commits already.
    HasCommits,
    /// It has none, but something is staged in it.
    HasStaged,
}

/// What the target's own repository holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::starter) enum RepositoryState {
    /// Neither a commit nor anything staged.
    Unborn,
    HasCommits,
    HasStaged,
}

/// Why a commit failed.
enum CommitError {
    Git(git2::Error),
    Place(PlaceError),
}

impl From<git2::Error> for CommitError {
    fn from(error: git2::Error) -> Self {
        Self::Git(error)
    }
}

impl From<PlaceError> for CommitError {
    fn from(error: PlaceError) -> Self {
        Self::Place(error)
    }
}

impl CommitError {
    fn with_folder(folder: &Path) -> impl FnOnce(Self) -> PlaceError {
        let git = failed(folder);
        move |error| match error {
            Self::Git(error) => git(error),
            Self::Place(error) => error,
        }
    }
}

/// The repository that `folder` lies in, if there is one. Its nearest ancestor that exists
/// is asked, for the folder itself may not be there yet.
pub(in crate::starter) fn enclosing_repository(folder: &Path) -> Option<PathBuf> {
    let there = folder.ancestors().find(|ancestor| ancestor.is_dir())?;
    let repository = Repository::discover_path(there, std::iter::empty::<&Path>()).ok()?;
    // Of a linked work tree or a submodule the repository lies elsewhere.
    let opened = Repository::open(&repository).ok();
    let work_tree = opened.and_then(|opened| opened.workdir().map(Path::to_path_buf));
    Some(work_tree.unwrap_or(repository))
}

/// Whether a repository of git has the file at `path`, by its index.
#[must_use]
pub fn is_tracked(path: &Path) -> bool {
    let Some((repository, path)) = path.parent().and_then(|folder| {
        let path = fs::canonicalize(folder).ok()?.join(path.file_name()?);
        Some((Repository::discover(folder).ok()?, path))
    }) else {
        return false;
    };
    let root = repository.workdir().and_then(|root| fs::canonicalize(root).ok());
    let below = root.as_deref().and_then(|root| path.strip_prefix(root).ok());
    let index = repository.index().ok();
    below.zip(index).is_some_and(|(below, index)| index.get_path(below, 0).is_some())
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

/// What the repository in `folder` holds.
///
/// # Errors
/// There is no repository that git can open.
pub(in crate::starter) fn state(folder: &Path) -> Result<RepositoryState, PlaceError> {
    without_broken_configuration();
    let state = || {
        let repository = Repository::open(folder)?;
        // Not `is_empty`: that one wants HEAD on git's own default branch.
        if repository.head().is_ok() || repository.references()?.next().is_some() {
            return Ok(RepositoryState::HasCommits);
        }
        let staged = !repository.index()?.is_empty();
        Ok(if staged { RepositoryState::HasStaged } else { RepositoryState::Unborn })
    };
    state().map_err(failed(folder))
}

/// The folders of the repository in `folder`.
///
/// # Errors
/// There is no repository that git can open.
pub(in crate::starter) fn folders(folder: &Path) -> Result<GitFolders, PlaceError> {
    without_broken_configuration();
    Repository::open(folder).map(|repository| folders_of(&repository)).map_err(failed(folder))
}

fn folders_of(repository: &Repository) -> GitFolders {
    let (own, common) = (repository.path(), repository.commondir());
    GitFolders { own: own.to_path_buf(), common: common.to_path_buf() }
}

/// Makes a repository in `folder`, and commits `tree`, which lies there and will lie in `target`.
///
/// # Errors
/// Whatever git refuses.
pub(in crate::starter) fn commit(
    folder: &Path,
    target: &Path,
    tree: &Tree,
) -> Result<Commit, PlaceError> {
    without_broken_configuration();
    new_repository(folder)
        .map_err(CommitError::Git)
        .and_then(|repository| commit_tree(&repository, Some(folder), target, tree, &|_| Ok(())))
        .map_err(CommitError::with_folder(folder))
}

/// Commits `tree` to the existing repository in `folder`. `before` is called first, with what will
/// be added there, as [`GitFolders::additions`] names it.
///
/// # Errors
/// Whatever git refuses.
pub(in crate::starter) fn commit_existing(
    folder: &Path,
    tree: &Tree,
    before: &dyn Fn(&[String]) -> Result<(), PlaceError>,
) -> Result<Commit, PlaceError> {
    without_broken_configuration();
    Repository::open(folder)
        .map_err(CommitError::Git)
        .and_then(|repository| commit_tree(&repository, None, folder, tree, before))
        .map_err(CommitError::with_folder(folder))
}

fn new_repository(folder: &Path) -> Result<Repository, git2::Error> {
    let mut options = RepositoryInitOptions::new();
    options.external_template(false).no_reinit(true).mkpath(false).initial_head(&branch());
    // On some mounts (drives of Windows, SMB) all files belong to somebody else; this one is ours.
    let _ = verify_owner(false);
    let repository = Repository::init_opts(folder, &options);
    let _ = verify_owner(true);
    repository
}

#[expect(unsafe_code, reason = "libgit2 keeps this in a global")]
fn verify_owner(enabled: bool) -> Result<(), git2::Error> {
    // SAFETY: no other thread of this program calls libgit2.
    unsafe { git2::opts::set_verify_owner_validation(enabled) }
}

fn failed(folder: &Path) -> impl FnOnce(git2::Error) -> PlaceError {
    let path = folder.to_path_buf();
    move |error| match error.code() {
        ErrorCode::Owner => PlaceError::OtherOwner { path },
        _ => PlaceError::Git { path, message: error.message().to_owned() },
    }
}

/// Commits `tree`, which will lie in `target`. A repository that is new, in `new`, begins
/// with the user's branch.
fn commit_tree(
    repository: &Repository,
    new: Option<&Path>,
    target: &Path,
    tree: &Tree,
    before: &dyn Fn(&[String]) -> Result<(), PlaceError>,
) -> Result<Commit, CommitError> {
    let who = identity(&read_config(repository)?, new.unwrap_or(target), target)?;
    let branch = who.branch.as_ref().filter(|name| new.is_some() && is_branch(name));
    if let Some(branch) = branch {
        repository.set_head(&format!("refs/heads/{branch}"))?;
    }
    // In memory first, then as one pack: a file for each object and a folder for most of them
    // would take longer than all the rest. Memory alone: nothing of a new repository can be on
    // disk already, and libgit2 would look for each object there.
    let objects = Odb::new()?;
    objects.add_new_mempack_backend(BACKEND_PRIORITY)?;
    repository.set_odb(&objects)?;
    let mut index = repository.index()?;
    let mut blobs = Vec::with_capacity(tree.files.len());
    for (path, file) in &tree.files {
        let id = objects.write(ObjectType::Blob, &file.bytes)?;
        index.add(&entry(path, file, id))?;
        blobs.push(Object { id: id_bytes(id), kind: ObjectKind::Blob, bytes: &file.bytes });
    }
    let root = repository.find_tree(index.write_tree_to(repository)?)?;
    let (author, committer) = (signature(&who.author)?, signature(&who.committer)?);
    let id = repository.commit(None, &author, &committer, MESSAGE, &root, &[])?;
    let pack = build_pack(&objects, blobs, id, &root)?;
    let head = repository.find_reference("HEAD")?.symbolic_target()?.map(str::to_owned);
    let branch = head.unwrap_or_else(|| "HEAD".to_owned());
    let folders = folders_of(repository);
    before(&folders.additions(&pack.name, &branch))?;
    write_pack(&folders, &pack)?;
    index.write()?;
    repository.reference(&branch, id, false, "commit (initial): roadmap new")?;
    for path in folders.files_to_sync(&branch) {
        // An error fails nothing: from here on the commit is there, and no run takes it back.
        let _ =
            fs::File::options().write(true).open(&path).and_then(|file| atomic_write::sync(&file));
    }
    Ok(Commit { hash: id.to_string(), nameless: who.nameless })
}

/// All objects as one pack. Blobs with the same bytes are one object.
fn build_pack(
    objects: &Odb<'_>,
    blobs: Vec<Object<'_>>,
    commit: Oid,
    root: &git2::Tree<'_>,
) -> Result<Pack, git2::Error> {
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
    let mut all = blobs;
    for (kind, objects) in [(ObjectKind::Commit, &commits), (ObjectKind::Tree, &trees)] {
        all.extend(objects.iter().map(|(id, object)| Object {
            id: id_bytes(*id),
            kind,
            bytes: object.data(),
        }));
    }
    let mut seen = BTreeSet::new();
    all.retain(|object| seen.insert(object.id));
    pack::pack(&all).map_err(|error| git2::Error::from_str(&error.to_string()))
}

fn write_pack(folders: &GitFolders, pack: &Pack) -> Result<(), git2::Error> {
    let folder = folders.packs();
    let write = || {
        fs::create_dir_all(&folder)?;
        // The index last: git looks for packs by their indexes.
        for (end, bytes) in [("pack", &pack.pack), ("idx", &pack.index)] {
            let mut file = fs::File::create(folder.join(format!("pack-{}.{end}", pack.name)))?;
            file.write_all(bytes)?;
            // As git does: the files of the work tree come back from the commit, the commit from
            // nowhere.
            atomic_write::sync(&file)?;
        }
        Ok(())
    };
    write().map_err(|error: io::Error| git2::Error::from_str(&error.to_string()))
}

fn id_bytes(id: Oid) -> [u8; 20] {
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
    configured.ok().filter(|name| is_branch(name)).unwrap_or_else(|| "main".to_owned())
}

fn is_branch(name: &str) -> bool {
    git2::Reference::is_valid_name(&format!("refs/heads/{name}"))
}

/// What the configuration says of who commits.
fn read_config(repository: &Repository) -> Result<GitConfig, git2::Error> {
    let config = repository.config()?.snapshot()?;
    let text = |key| config.get_string(key).ok().filter(|text| !text.trim().is_empty());
    let has = |pattern| config.entries(Some(pattern)).is_ok_and(|mut all| all.next().is_some());
    Ok(GitConfig {
        name: text("user.name"),
        email: text("user.email"),
        has_more: has("^(author|committer)\\.") || has("^user\\.useconfigonly$"),
        has_conditions: has("^includeif\\."),
    })
}

fn signature(person: &Person) -> Result<Signature<'static>, git2::Error> {
    match person.time {
        Some((seconds, offset)) => {
            Signature::new(&person.name, &person.email, &Time::new(seconds, offset))
        }
        None => Signature::now(&person.name, &person.email),
    }
}
