//! A starter on disk: written in a stage folder, then brought into place whole, or undone.

mod adopted;
mod place;
mod rollback;
mod stage;
mod surroundings;

pub use adopted::{AdoptError, Adopted, NewFile, plan, write};
pub use place::{Destination, Placed, place, survey};
pub use surroundings::workspace_around;
