//! What a project promises, and whether a server keeps it.
//!
//! `load` reads a contract, `run` records what a server does, `judge` decides (pure), and whoever
//! draws is told by events.

pub mod address;
pub mod answer;
pub mod at_once;
pub mod capture;
pub mod choose;
pub mod cookies;
pub mod crowd;
pub mod crowd_judge;
pub mod curl;
pub mod difference;
pub mod form;
pub mod halt;
pub mod health;
pub mod host;
pub mod html;
pub mod http;
pub mod judge;
pub mod load;
pub mod log;
pub mod matcher;
pub mod matching;
pub mod model;
pub mod openapi;
pub mod outcome;
pub mod page;
pub mod parts;
pub mod passed;
pub mod prepare;
pub mod problem;
pub mod processes;
pub mod refusal;
pub mod repository;
pub mod request;
pub mod restart;
pub mod run;
pub mod scene;
pub mod send;
pub mod server;
pub mod socket;
pub mod talk;
pub mod time;
pub mod tree;
pub mod turns;
pub mod validate;
mod validate_answer;
mod validate_step;
mod validate_values;
pub mod value;
pub mod wire;
pub mod words;
