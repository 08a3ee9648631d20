//! What the tests run with: a sandbox, a pseudo-terminal, fixtures, and the outcome of a run.

pub mod fixture;
pub mod outcome;
pub mod sandbox;
pub mod screen;
