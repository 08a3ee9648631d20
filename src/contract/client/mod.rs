//! Requests, connections and sockets: everything that a check sends, and what comes back.

mod address;
mod body_line;
mod cookies;
mod curl;
mod events;
mod http;
mod multipart;
mod request;
mod response;
mod subscriber;
mod tcp;
mod websocket;

pub use address::Address;
pub use cookies::{Cookie, Jar};
pub use curl::curl;
pub use http::{CHECK_LIMITS, Connection, Health, check_health, exchange, send_concurrently};
pub use multipart::{MultipartPart, encode_multipart, multipart_media_type};
pub use request::{BROWSER_ACCEPT, Body, Request, encoded};
pub use response::{ExchangeError, Response};
pub use tcp::connect;
pub use websocket::{
    CrowdError, CrowdPlan, CrowdReport, HandshakeError, Message, MessageFilter, MessagePair,
    QueueBudget, Received, ReceivedEvent, Socket, run_crowd,
};
