//! The bounds of a contract: how much a step may ask for, and how long is waited unless it says so with `within`. What goes beyond is
//! a mistake of the contract, told by `lint`; of a captured list, a difference of the run.

use std::time::Duration;

/// For what comes to a socket, and for a handshake.
pub const SOCKET: Duration = Duration::from_secs(5);
/// For all of a crowd.
pub const CROWD: Duration = Duration::from_secs(60);
/// For what the server prints.
pub const LOG: Duration = Duration::from_secs(2);
/// How often a step may be taken, by `times` or `rows`.
pub const ITERATIONS: usize = 10_000;
/// How many iterations may begin at once: each has a thread and a connection.
pub const AT_ONCE: usize = 200;
/// How many sockets a crowd may have.
pub const CLIENTS: u32 = 500;
/// How many messages the clients of a crowd may send together.
pub const MESSAGES: u64 = 20_000;
/// The longest that a step may wait.
pub const LONGEST: Duration = Duration::from_secs(600);
