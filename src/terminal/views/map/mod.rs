//! The map: the roadmap as one page to look at, and as a picture of its stages.

mod model;
pub mod page;
mod policy;
mod prose;
pub mod road;
mod template;
