//! Starter repositories: a request in, a repository on disk out.
//!
//! The way: [`Library`] gives the layers, `assemble` joins them and refuses what clashes,
//! `render` makes a [`Tree`] in memory, `place` brings it to disk whole or not at all, and
//! `git` commits it. Only the last two have effects.

mod adopted;
mod assemble;
mod budget;
mod embedded;
mod error;
mod facts;
mod folder;
mod generate;
mod git;
mod git_folders;
mod identity;
mod layer;
mod library;
mod name;
mod pack;
mod place;
mod program;
mod render;
mod rollback;
mod slots;
mod stage;
mod surroundings;
mod target;
mod toolchain;
mod tree;

pub use adopted::{AdoptError, Adopted, NewFile, plan as plan_adoption, write as adopt};
pub use error::{Error, LayerError, PlaceError};
pub use facts::{Commands, Tool, git};
pub use generate::{Generated, Request, generate};
pub use git::{Commit, NoCommit};
pub use layer::layers_of;
pub use library::Library;
pub use name::{BadName, ProjectName};
pub use place::{Destination, Placed, place, survey};
pub use surroundings::workspace_around;
pub use toolchain::{
    Lacking, Needed, PATIENCE, ToolStatus, ask_all, is_enough, is_on_path, lacking, tools,
};
pub use tree::{File, Tree};
