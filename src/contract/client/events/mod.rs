//! The client of server-sent events: the stream, and the events in its text.

mod parser;
mod stream;

pub use stream::{EventStream, StreamEvent};
