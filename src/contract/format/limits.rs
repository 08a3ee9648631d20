//! The limits of a contract: how much a step may ask for, and the default timeouts where `within` is absent. A step beyond a limit is
//! a mistake of the contract, reported by `lint`; a captured list beyond it is a difference of the run.

use std::time::Duration;

/// The timeout for a message to a socket, and for a handshake.
pub const SOCKET_TIMEOUT: Duration = Duration::from_secs(5);
/// The timeout for a whole crowd.
pub const CROWD_TIMEOUT: Duration = Duration::from_secs(60);
/// The timeout for a line of the server's log.
pub const LOG_TIMEOUT: Duration = Duration::from_secs(2);
/// The maximum of iterations of a step, by `times` or `rows`.
pub const MAX_ITERATIONS: usize = 10_000;
/// The maximum of iterations that start at the same time: each has a thread and a connection.
pub const MAX_CONCURRENT_REQUESTS: usize = 200;
/// The maximum of sockets in a crowd.
pub const MAX_CLIENTS: u32 = 500;
/// The maximum of messages that the clients of a crowd send together.
pub const MAX_MESSAGES: u64 = 20_000;
/// The maximum that a step may wait.
pub const MAX_WAIT: Duration = Duration::from_secs(600);
/// The maximum of steps of a check, those of its fragments included; a repeated step counts as one.
pub const MAX_CHECK_STEPS: usize = 2_000;
/// The maximum of steps of all checks of a contract, those of their fragments included.
pub const MAX_STEPS: usize = 100_000;
/// The maximum of fragments that stand within each other.
pub const MAX_FRAGMENT_DEPTH: usize = 20;
