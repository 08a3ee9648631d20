//! Starter repositories: a request in, a repository on disk out.
//!
//! The way: [`Library`] gives the layers, `assemble` joins them and refuses what clashes,
//! `render` makes a [`Tree`] in memory, `place` brings it to disk whole or not at all, and
//! `git` commits it. Only the last two have effects.

mod disk;
mod error;
mod facts;
mod generate;
mod git;
mod name;
mod program;
mod template;
mod toolchain;
mod tree;

pub use disk::{
    AdoptError, Adopted, Destination, NewFile, Placed, place, plan as plan_adoption, survey,
    workspace_around, write as adopt,
};
pub use error::{Error, LayerError, PlaceError};
pub use facts::{Commands, Tool, git};
pub use generate::{Generated, StarterRequest, generate};
pub use git::{Commit, CommitOutcome, NoCommit, is_tracked};
pub use name::{NameError, ProjectName};
pub use template::{Library, layers_of};
pub use toolchain::{
    MissingTool, RequiredTool, ToolStatus, VERSION_TIMEOUT, ask_all, is_on_path, meets_minimum,
    missing_tools, tools,
};
pub use tree::{File, Tree};
