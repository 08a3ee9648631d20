//! The server of a repository: prepared, started, watched, ended.

pub mod host;
pub mod log;
pub mod managed;
pub mod passed;
pub mod ports;
pub mod prepare;
pub mod process_tree;
pub mod processes;
pub mod repository;
