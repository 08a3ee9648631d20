//! The repository of a starter: its folders, the author, and the first commit.

mod commit;
mod folders;
mod identity;
mod pack;

pub use commit::{Commit, CommitOutcome, NoCommit, is_tracked};
pub(in crate::starter) use commit::{
    RepositoryState, commit, commit_existing, enclosing_repository, folders, state,
};
pub(in crate::starter) use folders::GitFolders;
