//! How long an exchange may take, and how much of a response is read.

use std::time::Duration;

/// The bounds of an exchange.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Until the connection is open.
    pub connect: Duration,
    /// From the first byte sent to the last one received.
    pub whole: Duration,
    /// Bytes of status line and headers.
    pub head: usize,
    /// Bytes of the body; of a longer one no more is read.
    pub body: usize,
}

/// Of a request of a check.
pub const CHECK: Limits = Limits {
    connect: Duration::from_secs(5),
    whole: Duration::from_secs(5),
    head: 64 * 1024,
    body: 2 * 1024 * 1024,
};
/// Of the question whether a server is healthy. One that is busy starting answers late.
pub const HEALTH: Limits = Limits {
    connect: Duration::from_millis(500),
    whole: Duration::from_secs(2),
    head: 16 * 1024,
    body: 64 * 1024,
};
