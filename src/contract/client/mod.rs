//! Requests, connections and sockets: everything that a check sends, and what comes back.

mod address;
mod at_once;
mod body_line;
mod connection;
mod cookies;
mod crowd;
mod curl;
mod handshake;
mod health;
mod http;
mod limits;
mod reading;
mod request;
mod response;
mod socket;

pub use address::Address;
pub use at_once::at_once;
pub use connection::Message;
pub use cookies::{Cookie, Jar};
pub use crowd::{CrowdError, CrowdPlan, Ears, News, Record, talk};
pub use curl::curl;
pub use handshake::HandshakeError;
pub use health::{Health, ask_health};
pub use http::{Connection, exchange};
pub use limits::CHECK as CHECK_LIMITS;
pub use request::{BROWSER, Body, Request, encoded};
pub use response::{ExchangeError, Response};
pub use socket::{Budget, Incoming, Socket};
