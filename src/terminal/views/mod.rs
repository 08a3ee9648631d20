//! One view for each answer of a command, drawn as text.

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
