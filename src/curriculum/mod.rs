//! The roadmap itself: stages, topics, languages, frameworks, the questions of the quiz.

mod circle;
pub mod introduce;
mod load;
pub mod model;
pub mod outline;
pub mod search;
pub mod select;
pub mod standing;
mod validate;
pub mod warnings;

pub use load::{builtin, builtin_outline, parse};
