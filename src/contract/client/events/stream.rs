//! A response whose body is a stream of server-sent events, read by a thread of its own.

use super::parser::EventParser;
use crate::contract::client::address::Address;
use crate::contract::client::http::{CHECK_LIMITS, Connection, Limits, ResponseReader};
use crate::contract::client::request::Request;
use crate::contract::client::response::{ExchangeError, Response};
use std::net::{Shutdown, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

/// The longest event that is accepted, in bytes.
const MAX_EVENT_BYTES: usize = 1024 * 1024;
/// Longer than any check: the stream ends when it is dropped.
const MAX_DURATION: Duration = Duration::from_secs(24 * 60 * 60);

/// What comes of a stream.
#[derive(Debug)]
pub enum StreamEvent {
    /// An event, as the JSON of `{"event", "id", "data"}`.
    Event(String),
    /// The stream ended: how, as a sentence.
    Closed(String),
    /// We ended it, because the server broke the protocol or a limit: the reason, as a sentence.
    Invalid(String),
}

/// An open stream. Dropped, its connection ends.
#[derive(Debug)]
pub struct EventStream {
    connection: TcpStream,
}

impl EventStream {
    /// Asks for a stream. What comes goes to `on_event`, in the reader's thread; a refusal of it ends the stream with its
    /// reason. A response that is no stream (200 with `text/event-stream`) is read whole instead.
    ///
    /// # Errors
    /// The head of the response did not come within `within`, or there is no whole response.
    pub fn open(
        address: &Address,
        request: &Request,
        within: Duration,
        on_event: impl FnMut(StreamEvent) -> Result<(), String> + Send + 'static,
    ) -> Result<(Response, Option<Self>), ExchangeError> {
        let limits = Limits { exchange_timeout: within, ..CHECK_LIMITS };
        let (mut response, mut reader) = Connection::open(address, limits)?.stream(request)?;
        let is_stream = response.media_type().as_deref() == Some("text/event-stream");
        if response.status != 200 || !is_stream {
            reader.read_body(&request.method, &mut response)?;
            return Ok((response, None));
        }
        let coding = response.header("transfer-encoding").unwrap_or_default();
        let chunked = coding.to_ascii_lowercase().contains("chunked");
        let connection = reader.stream.try_clone().map_err(|_| ExchangeError::Closed)?;
        reader.deadline = Instant::now() + MAX_DURATION;
        let spawned = thread::Builder::new().name("events".to_owned()).stack_size(256 * 1024);
        let spawned = spawned.spawn(move || listen(reader, chunked, on_event));
        spawned.map_err(|error| ExchangeError::OwnLimit(error.to_string()))?;
        Ok((response, Some(Self { connection })))
    }

    /// Ends the connection.
    pub fn disconnect(&self) {
        let _ = self.connection.shutdown(Shutdown::Both);
    }
}

impl Drop for EventStream {
    fn drop(&mut self) {
        self.disconnect();
    }
}

/// Reads until the stream ends, or `on_event` stops it.
fn listen(
    mut reader: ResponseReader,
    chunked: bool,
    mut on_event: impl FnMut(StreamEvent) -> Result<(), String>,
) {
    let mut parser = EventParser::default();
    let end = loop {
        let piece = if chunked { reader.next_chunk() } else { reader.next_piece() };
        let bytes = match piece {
            Ok(bytes) if bytes.is_empty() => break closed("the server ended the stream"),
            Ok(bytes) => bytes,
            Err(ExchangeError::Malformed(why)) => {
                break StreamEvent::Invalid(format!("the server broke the stream: {why}"));
            }
            Err(_) => break closed("the connection ended within the stream"),
        };
        let events = parser.take(&bytes);
        if parser.pending_bytes() > MAX_EVENT_BYTES {
            break StreamEvent::Invalid("the server sent an event above 1 MiB".to_owned());
        }
        let refused = events
            .into_iter()
            .find_map(|event| on_event(StreamEvent::Event(event.to_string())).err());
        if let Some(why) = refused {
            break StreamEvent::Invalid(why);
        }
    };
    let _ = on_event(end);
    let _ = reader.stream.shutdown(Shutdown::Both);
}

fn closed(how: &str) -> StreamEvent {
    StreamEvent::Closed(how.to_owned())
}
