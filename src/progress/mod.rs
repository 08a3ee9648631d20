//! The state of the user between two runs: the picked path, whether there is a starter, and what is done.

mod document;
mod store;

pub use document::{Document, ImportError, Pick};
pub use store::{Error, Store};
