//! The WebSocket client: the handshake, one socket, and a crowd of them.

mod connection;
mod crowd;
mod handshake;
mod socket;

pub use connection::Message;
pub use crowd::{
    CrowdError, CrowdPlan, CrowdReport, MessageFilter, MessagePair, Received, run_crowd,
};
pub use handshake::HandshakeError;
pub use socket::{QueueBudget, ReceivedEvent, Socket};
