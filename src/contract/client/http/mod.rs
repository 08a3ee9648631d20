//! The HTTP client: one request over a connection, several at once, and the health of a server.

mod exchange;
mod health;
mod limits;
mod reading;
mod send_concurrently;

pub(in crate::contract::client) use exchange::is_own_limit;
pub use exchange::{Connection, exchange};
pub use health::{Health, check_health};
pub use limits::{CHECK_LIMITS, Limits};
pub(in crate::contract::client) use reading::{ResponseReader, is_would_block};
pub use send_concurrently::send_concurrently;
