//! How long an exchange may take, and how much of a response is read.

use std::time::Duration;

/// The bounds of an exchange.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Until the connection is open.
    pub connection_timeout: Duration,
    /// From the first byte sent to the last one received.
    pub exchange_timeout: Duration,
    /// Bytes of status line and headers.
    pub max_head_bytes: usize,
    /// Bytes of the body; of a longer one no more is read.
    pub max_body_bytes: usize,
}

/// Of a request of a check.
pub const CHECK_LIMITS: Limits = Limits {
    connection_timeout: Duration::from_secs(5),
    exchange_timeout: Duration::from_secs(5),
    max_head_bytes: 64 * 1024,
    max_body_bytes: 2 * 1024 * 1024,
};
/// Of the question whether a server is healthy. One that is busy starting answers late.
pub const HEALTH_LIMITS: Limits = Limits {
    connection_timeout: Duration::from_millis(500),
    exchange_timeout: Duration::from_secs(2),
    max_head_bytes: 16 * 1024,
    max_body_bytes: 64 * 1024,
};
