//! Requests, connections and sockets: everything that a check sends, and what comes back.

pub mod address;
pub mod at_once;
pub mod connection;
pub mod cookies;
pub mod crowd;
pub mod curl;
pub mod handshake;
pub mod health;
pub mod http;
pub mod request;
pub mod response;
pub mod socket;
