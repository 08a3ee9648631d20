//! Clients of WebSockets and of streams of events, and subscribers: received messages are queued until a step takes them.

use super::connection::{Message, SocketEvent, WebSocketConnection};
use super::handshake::HandshakeError;
use crate::contract::client::address::Address;
use crate::contract::client::events::{EventStream, StreamEvent};
use crate::contract::client::request::Request;
use crate::contract::client::response::{ExchangeError, Response};
use crate::contract::client::subscriber::Subscriber;
use crate::contract::format::Reply;
use std::collections::VecDeque;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The memory limit of all received messages that no step has taken yet.
const MAX_QUEUED_BYTES: usize = 64 * 1024 * 1024;
/// What a message costs besides its bytes.
const MESSAGE_OVERHEAD: usize = 64;

/// The bytes that the sockets of a run hold together.
#[derive(Debug, Clone, Default)]
pub struct QueueBudget(Arc<AtomicUsize>);

/// The next event of a socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReceivedEvent {
    Text(String),
    Binary(Vec<u8>),
    /// The server ended the connection: with this code, with none, or without a word. Stays so.
    Closed {
        code: Option<u16>,
        /// As a sentence: `the server closed it with 1001`.
        how: String,
    },
    /// We closed it, because the server broke the protocol or a limit: the reason, as a sentence. Final.
    Invalid(String),
    /// Nothing came in time.
    TimedOut,
}

/// An open WebSocket, a stream of events, or a subscriber. Dropped, it ends without a word.
#[derive(Debug)]
pub struct Socket {
    // Before the inbox: its reader ends first.
    transport: Transport,
    inbox: Arc<Inbox>,
}

#[derive(Debug)]
enum Transport {
    WebSocket(WebSocketConnection),
    /// What comes is read; nothing is sent.
    Events(EventStream),
    /// Requests come to it.
    Subscriber(Subscriber),
}

#[derive(Debug)]
struct Inbox {
    state: Mutex<InboxState>,
    arrival: Condvar,
    budget: QueueBudget,
}

#[derive(Debug, Default)]
struct InboxState {
    queue: VecDeque<ReceivedEvent>,
    end: Option<ReceivedEvent>,
    /// Something has come, whether or not a step has taken it.
    has_received: bool,
}

impl Socket {
    /// Opens a WebSocket at `url` (`http://127.0.0.1:8000/path`).
    ///
    /// # Errors
    /// The server refuses the upgrade, or does not answer it within `within`.
    pub fn connect(
        url: &str,
        headers: &[(String, String)],
        within: Duration,
        budget: &QueueBudget,
    ) -> Result<Self, HandshakeError> {
        let inbox = Arc::new(Inbox::new(budget.clone()));
        let own = Arc::clone(&inbox);
        let connection =
            WebSocketConnection::open(url, headers, within, move |event| own.push(event))?;
        Ok(Self { transport: Transport::WebSocket(connection), inbox })
    }

    /// Asks for a stream of server-sent events. Each comes as a text: the JSON of `{"event", "id", "data"}`. A response
    /// that is no stream comes whole, without a socket.
    ///
    /// # Errors
    /// The head of the response did not come within `within`, or there is no whole response.
    pub fn events(
        address: &Address,
        request: &Request,
        within: Duration,
        budget: &QueueBudget,
    ) -> Result<(Response, Option<Self>), ExchangeError> {
        let inbox = Arc::new(Inbox::new(budget.clone()));
        let own = Arc::clone(&inbox);
        let opened =
            EventStream::open(address, request, within, move |event| own.push(event.into()))?;
        let (response, stream) = opened;
        Ok((response, stream.map(|stream| Self { transport: Transport::Events(stream), inbox })))
    }

    /// Listens as a subscriber, and gives its URL. Each request that comes is a text: the JSON of `{"method", "path",
    /// "headers", "body", "text", "after"}`.
    ///
    /// # Errors
    /// The system has no port or thread for it.
    pub fn subscriber(replies: &[Reply], budget: &QueueBudget) -> io::Result<(String, Self)> {
        let inbox = Arc::new(Inbox::new(budget.clone()));
        let own = Arc::clone(&inbox);
        let (url, subscriber) =
            Subscriber::open(replies, move |text| own.push(SocketEvent::Text(text)))?;
        Ok((url, Self { transport: Transport::Subscriber(subscriber), inbox }))
    }

    /// Sends a message.
    ///
    /// # Errors
    /// The connection is gone, or the server takes nothing for five seconds; or it takes no message.
    pub fn send(&self, message: &Message) -> io::Result<()> {
        match &self.transport {
            Transport::WebSocket(connection) => connection.send(message),
            Transport::Events(_) => {
                Err(io::Error::other("a stream of events, which takes no message"))
            }
            Transport::Subscriber(_) => {
                Err(io::Error::other("a subscriber, which takes no message"))
            }
        }
    }

    /// Whether it is a subscriber, to which requests come and no messages.
    #[must_use]
    pub fn is_subscriber(&self) -> bool {
        matches!(self.transport, Transport::Subscriber(_))
    }

    /// Whether anything has come to it since it was opened.
    #[must_use]
    pub fn has_received(&self) -> bool {
        self.inbox.state().has_received
    }

    /// What comes next within so long. An end comes last, and then again and again.
    #[must_use]
    pub fn next(&self, within: Duration) -> ReceivedEvent {
        self.next_like(within, &|_| true)
    }

    /// The first that fits of all that wait or come within so long; the others go on waiting. An end comes last.
    #[must_use]
    pub fn next_like(
        &self,
        within: Duration,
        fits: &dyn Fn(&ReceivedEvent) -> bool,
    ) -> ReceivedEvent {
        let until = Instant::now() + within;
        let mut state = self.inbox.state();
        loop {
            let place = state.queue.iter().position(fits);
            if let Some(event) = place.and_then(|place| state.queue.remove(place)) {
                self.inbox.budget.0.fetch_sub(cost(&event), Ordering::Relaxed);
                return event;
            }
            if let Some(end) = &state.end {
                return end.clone();
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return ReceivedEvent::TimedOut;
            }
            let waited = self.inbox.arrival.wait_timeout(state, left);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Says good-bye, with code 1000; a stream of events or a subscriber just ends.
    pub fn close(&self) {
        match &self.transport {
            Transport::WebSocket(connection) => connection.close(),
            Transport::Events(stream) => stream.disconnect(),
            Transport::Subscriber(subscriber) => subscriber.end(),
        }
    }

    /// Ends without a word.
    pub fn disconnect(&self) {
        match &self.transport {
            Transport::WebSocket(connection) => connection.disconnect(),
            Transport::Events(stream) => stream.disconnect(),
            Transport::Subscriber(subscriber) => subscriber.end(),
        }
    }

    /// Reads nothing any more, until [`Self::read`]; pings wait too. Of WebSockets alone.
    pub fn pause(&self) {
        self.websocket().for_each(WebSocketConnection::pause);
    }

    /// Reads again.
    pub fn read(&self) {
        self.websocket().for_each(WebSocketConnection::read);
    }

    /// Reads, but answers no ping any more.
    pub fn ignore_pings(&self) {
        self.websocket().for_each(WebSocketConnection::ignore_pings);
    }

    fn websocket(&self) -> impl Iterator<Item = &WebSocketConnection> {
        match &self.transport {
            Transport::WebSocket(connection) => Some(connection),
            Transport::Events(_) | Transport::Subscriber(_) => None,
        }
        .into_iter()
    }
}

impl From<StreamEvent> for SocketEvent {
    fn from(event: StreamEvent) -> Self {
        match event {
            StreamEvent::Event(json) => Self::Text(json),
            StreamEvent::Closed(how) => Self::Closed { code: None, how },
            StreamEvent::Invalid(why) => Self::Invalid(why),
        }
    }
}

impl Inbox {
    fn new(budget: QueueBudget) -> Self {
        Self { state: Mutex::default(), arrival: Condvar::new(), budget }
    }

    fn state(&self) -> MutexGuard<'_, InboxState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(&self, event: SocketEvent) -> Result<(), String> {
        let (received, last) = match event {
            SocketEvent::Text(text) => (ReceivedEvent::Text(text), false),
            SocketEvent::Binary(bytes) => (ReceivedEvent::Binary(bytes), false),
            SocketEvent::Closed { code, how } => (ReceivedEvent::Closed { code, how }, true),
            SocketEvent::Invalid(why) => (ReceivedEvent::Invalid(why), true),
        };
        let mut state = self.state();
        if last {
            state.end.get_or_insert(received);
        } else {
            let cost = cost(&received);
            if self.budget.0.fetch_add(cost, Ordering::Relaxed) + cost > MAX_QUEUED_BYTES {
                self.budget.0.fetch_sub(cost, Ordering::Relaxed);
                return Err("more than 64 MiB came that nobody had asked for".to_owned());
            }
            state.queue.push_back(received);
            state.has_received = true;
        }
        drop(state);
        self.arrival.notify_all();
        Ok(())
    }
}

impl Drop for Inbox {
    fn drop(&mut self) {
        let state = std::mem::take(&mut *self.state());
        let rest: usize = state.queue.iter().map(cost).sum();
        self.budget.0.fetch_sub(rest, Ordering::Relaxed);
    }
}

fn cost(event: &ReceivedEvent) -> usize {
    MESSAGE_OVERHEAD
        + match event {
            ReceivedEvent::Text(text) => text.len(),
            ReceivedEvent::Binary(bytes) => bytes.len(),
            _ => 0,
        }
}
