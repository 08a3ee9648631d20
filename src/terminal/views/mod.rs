//! One view for the output of each command: as text, and where it has a form of its own as JSON.

pub mod adopt;
pub mod check;
pub mod doctor;
pub mod hint;
pub mod learner;
mod lines;
pub mod lint;
pub mod list;
pub mod map;
pub mod new;
pub mod roadmap;
pub mod spec;
