//! Between HTTP and the application: strict extractors, and errors that clients can read.

mod extract;
pub mod files;
pub mod health;
mod json;
mod problem;

pub use extract::{Form, Path, Query};
pub use json::Json;
pub use problem::Problem;
