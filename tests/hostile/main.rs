//! Servers that mean ill: each trial ends within its limits, in bounded memory, and leaves no process.

mod actor;
mod crowds;
mod exchanges;
mod peers;
mod servers;
mod sockets;
mod steps;
