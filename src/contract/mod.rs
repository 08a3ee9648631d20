//! What a project promises, and whether a server keeps it.
//!
//! Six rooms, arrows one way: `value` <- `format` <- `client` <- `judge` and `server` <- `run`. `html` and `xml` stand below all,
//! `metrics` on `value` alone.

pub mod client;
pub mod format;
pub mod html;
pub mod judge;
pub mod metrics;
pub mod run;
pub mod server;
pub mod value;
pub mod xml;
