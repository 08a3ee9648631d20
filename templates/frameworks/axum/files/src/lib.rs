//! The application. `main` runs it; the tests call it without a network.

pub mod config;
pub mod database;
pub mod domain;
pub mod error;
pub mod input;
pub mod routes;
pub mod server;
pub mod shutdown;
pub mod timestamp;
pub mod web;
