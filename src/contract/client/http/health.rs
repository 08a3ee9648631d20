//! The health check: `GET /healthz`, sent before a run starts.

use super::exchange::Connection;
use super::limits::HEALTH;
use crate::contract::client::address::Address;
use crate::contract::client::request::Request;
use std::net::SocketAddr;
use std::time::Duration;

/// How long the body of the response is read.
const BODY_TIMEOUT: Duration = Duration::from_millis(200);

/// The result of `GET /healthz`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    /// 200.
    Well,
    /// Another status.
    Unwell(u16),
    /// No answer that is HTTP, or nobody there.
    Silent,
}

/// Sends the request once.
#[must_use]
pub fn ask_health(address: SocketAddr) -> Health {
    match status(address) {
        Some(200) => Health::Well,
        Some(other) => Health::Unwell(other),
        None => Health::Silent,
    }
}

fn status(address: SocketAddr) -> Option<u16> {
    let host = address.ip().to_string();
    let address = Address { host, port: address.port(), prefix: String::new() };
    let mut request = Request::get("/healthz");
    request.add("connection", "close");
    Connection::open(&address, HEALTH).ok()?.status(&request, BODY_TIMEOUT).ok()
}
