//! What a project promises, and whether a server keeps it.
//!
//! `load` reads a contract, `run` records what a server does, `judge` decides (pure), and whoever
//! draws is told by events.

pub mod host;
pub mod load;
pub mod model;
pub mod outcome;
pub mod passed;
pub mod repository;
pub mod run;
