//! The health check: `GET /healthz`, sent before a run starts.

use super::exchange::Connection;
use super::limits::HEALTH_LIMITS;
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
    Healthy,
    /// Another status.
    Unhealthy(u16),
    /// No response that is HTTP, or nobody there.
    Unreachable,
}

/// Sends the request once.
#[must_use]
pub fn check_health(address: SocketAddr) -> Health {
    match status(address) {
        Some(200) => Health::Healthy,
        Some(other) => Health::Unhealthy(other),
        None => Health::Unreachable,
    }
}

fn status(address: SocketAddr) -> Option<u16> {
    let host = address.ip().to_string();
    let address = Address { host, port: address.port(), prefix: String::new() };
    let mut request = Request::get("/healthz");
    request.add("connection", "close");
    Connection::open(&address, HEALTH_LIMITS).ok()?.status(&request, BODY_TIMEOUT).ok()
}
