//! What is kept of the user between two runs: the path picked, what was made and what is done.

mod document;
mod store;

pub use document::{Document, NotProgress, Pick};
pub use store::{Error, Store};
