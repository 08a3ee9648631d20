//! How long is waited, unless a step says it with `within`.

use std::time::Duration;

/// For what comes to a socket, and for a handshake.
pub const SOCKET: Duration = Duration::from_secs(5);
/// For all of a crowd.
pub const CROWD: Duration = Duration::from_secs(60);
/// For what the server prints.
pub const LOG: Duration = Duration::from_secs(2);
