//! What is kept of the user between two runs: so far the path picked.

mod document;
mod store;

pub use document::{Document, Pick};
pub use store::{Error, Store};
