//! What a project promises, and whether a server keeps it.
//!
//! `load` reads a contract, `run` records what a server does, `judge` decides (pure), and whoever
//! draws is told by events.

pub mod difference;
pub mod host;
pub mod load;
pub mod matcher;
pub mod matching;
pub mod model;
pub mod outcome;
pub mod run;
pub mod time;
pub mod value;
pub mod words;
