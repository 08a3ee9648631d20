//! Servers that mean ill: each trial ends within its limits, in bounded memory, and leaves no process.
//!
//! Of Unix alone: these servers act on signals, and leave their process groups and sessions.

#![cfg(unix)]

mod actor;
mod crowds;
mod exchanges;
mod peers;
mod servers;
mod sockets;
mod steps;
