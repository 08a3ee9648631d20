//! The HTTP client: one request over a connection, several at once, and the health of a server.

mod at_once;
mod exchange;
mod health;
mod limits;
mod reading;

pub use at_once::at_once;
pub(in crate::contract::client) use exchange::is_own_limit;
pub use exchange::{Connection, exchange};
pub use health::{Health, ask_health};
pub use limits::{CHECK, Limits};
pub(in crate::contract::client) use reading::{ResponseReader, waits};
