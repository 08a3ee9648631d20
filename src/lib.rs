//! `roadmap`: from "where do I start with back-end development?" to a running, tested back
//! end of one's own. ARCHITECTURE.md has the picture and says who may import whom.

pub mod atomic_write;
pub mod catalog;
pub mod cli;
pub mod commands;
pub mod contract;
pub mod curriculum;
pub mod error;
pub mod manifest;
pub mod progress;
pub mod quiz;
pub mod shell;
pub mod starter;
pub mod suggest;
pub mod terminal;
pub mod text_file;
pub mod yaml;
mod yaml_message;
