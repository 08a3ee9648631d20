//! What a project promises, and whether a server keeps it.
//!
//! `load` reads a contract, `run` records what a server does, `judge` decides (pure), and whoever
//! draws is told by events.

pub mod choose;
pub mod health;
pub mod host;
pub mod load;
pub mod log;
pub mod model;
pub mod outcome;
pub mod parts;
pub mod passed;
pub mod prepare;
pub mod processes;
pub mod repository;
pub mod run;
pub mod server;
pub mod tree;
