//! Templates in, rendered files out: layers are read, joined and filled, all in memory.

mod assemble;
mod budget;
mod embedded;
mod folder;
mod layer;
mod library;
mod render;
mod slots;
mod target;

pub(in crate::starter) use assemble::{Assembly, assemble};
pub use layer::layers_of;
pub use library::Library;
pub(in crate::starter) use render::Renderer;
pub(in crate::starter) use slots::fill_slots;
