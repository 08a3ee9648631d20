//! Clients of WebSockets and of streams of events, and subscribers: received messages are queued until a step takes them.

use super::connection::{Message, SocketEvent, Wire};
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
pub struct Budget(Arc<AtomicUsize>);

/// The next event of a socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incoming {
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
    Nothing,
}

/// An open WebSocket, a stream of events, or a subscriber. Dropped, it ends without a word.
#[derive(Debug)]
pub struct Socket {
    // Before the inbox: its reader ends first.
    line: Line,
    inbox: Arc<Inbox>,
}

#[derive(Debug)]
enum Line {
    Web(Wire),
    /// What comes is read; nothing is sent.
    Events(EventStream),
    /// Requests come to it.
    Subscriber(Subscriber),
}

#[derive(Debug)]
struct Inbox {
    state: Mutex<InboxState>,
    arrival: Condvar,
    budget: Budget,
}

#[derive(Debug, Default)]
struct InboxState {
    queue: VecDeque<Incoming>,
    end: Option<Incoming>,
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
        budget: &Budget,
    ) -> Result<Self, HandshakeError> {
        let inbox = Arc::new(Inbox::new(budget.clone()));
        let own = Arc::clone(&inbox);
        let wire = Wire::open(url, headers, within, move |event| own.put(event))?;
        Ok(Self { line: Line::Web(wire), inbox })
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
        budget: &Budget,
    ) -> Result<(Response, Option<Self>), ExchangeError> {
        let inbox = Arc::new(Inbox::new(budget.clone()));
        let own = Arc::clone(&inbox);
        let opened =
            EventStream::open(address, request, within, move |event| own.put(event.into()))?;
        let (response, stream) = opened;
        Ok((response, stream.map(|stream| Self { line: Line::Events(stream), inbox })))
    }

    /// Listens as a subscriber, and gives its URL. Each request that comes is a text: the JSON of `{"method", "path",
    /// "headers", "body", "text", "after"}`.
    ///
    /// # Errors
    /// The system has no port or thread for it.
    pub fn subscriber(replies: &[Reply], budget: &Budget) -> io::Result<(String, Self)> {
        let inbox = Arc::new(Inbox::new(budget.clone()));
        let own = Arc::clone(&inbox);
        let (url, subscriber) =
            Subscriber::open(replies, move |text| own.put(SocketEvent::Text(text)))?;
        Ok((url, Self { line: Line::Subscriber(subscriber), inbox }))
    }

    /// Sends a message.
    ///
    /// # Errors
    /// The connection is gone, or the server takes nothing for five seconds; or it takes no message.
    pub fn send(&self, message: &Message) -> io::Result<()> {
        match &self.line {
            Line::Web(wire) => wire.send(message),
            Line::Events(_) => Err(io::Error::other("a stream of events, which takes no message")),
            Line::Subscriber(_) => Err(io::Error::other("a subscriber, which takes no message")),
        }
    }

    /// Whether it is a subscriber, to which requests come and no messages.
    #[must_use]
    pub fn is_subscriber(&self) -> bool {
        matches!(self.line, Line::Subscriber(_))
    }

    /// Whether anything has come to it since it was opened.
    #[must_use]
    pub fn has_received(&self) -> bool {
        self.inbox.state().has_received
    }

    /// What comes next within so long. An end comes last, and then again and again.
    #[must_use]
    pub fn next(&self, within: Duration) -> Incoming {
        self.next_like(within, &|_| true)
    }

    /// The first that fits of all that wait or come within so long; the others go on waiting. An end comes last.
    #[must_use]
    pub fn next_like(&self, within: Duration, fits: &dyn Fn(&Incoming) -> bool) -> Incoming {
        let until = Instant::now() + within;
        let mut state = self.inbox.state();
        loop {
            let place = state.queue.iter().position(fits);
            if let Some(incoming) = place.and_then(|place| state.queue.remove(place)) {
                self.inbox.budget.0.fetch_sub(cost(&incoming), Ordering::Relaxed);
                return incoming;
            }
            if let Some(end) = &state.end {
                return end.clone();
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Incoming::Nothing;
            }
            let waited = self.inbox.arrival.wait_timeout(state, left);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Says good-bye, with code 1000; a stream of events or a subscriber just ends.
    pub fn close(&self) {
        match &self.line {
            Line::Web(wire) => wire.close(),
            Line::Events(stream) => stream.cut(),
            Line::Subscriber(subscriber) => subscriber.end(),
        }
    }

    /// Ends without a word.
    pub fn cut(&self) {
        match &self.line {
            Line::Web(wire) => wire.cut(),
            Line::Events(stream) => stream.cut(),
            Line::Subscriber(subscriber) => subscriber.end(),
        }
    }

    /// Reads nothing any more, until [`Self::read`]; pings wait too. Of WebSockets alone.
    pub fn pause(&self) {
        self.web().for_each(Wire::pause);
    }

    /// Reads again.
    pub fn read(&self) {
        self.web().for_each(Wire::read);
    }

    /// Reads, but answers no ping any more.
    pub fn mute(&self) {
        self.web().for_each(Wire::mute);
    }

    fn web(&self) -> impl Iterator<Item = &Wire> {
        match &self.line {
            Line::Web(wire) => Some(wire),
            Line::Events(_) | Line::Subscriber(_) => None,
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
    fn new(budget: Budget) -> Self {
        Self { state: Mutex::default(), arrival: Condvar::new(), budget }
    }

    fn state(&self) -> MutexGuard<'_, InboxState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(&self, event: SocketEvent) -> Result<(), String> {
        let (incoming, last) = match event {
            SocketEvent::Text(text) => (Incoming::Text(text), false),
            SocketEvent::Binary(bytes) => (Incoming::Binary(bytes), false),
            SocketEvent::Closed { code, how } => (Incoming::Closed { code, how }, true),
            SocketEvent::Invalid(why) => (Incoming::Invalid(why), true),
        };
        let mut state = self.state();
        if last {
            state.end.get_or_insert(incoming);
        } else {
            let cost = cost(&incoming);
            if self.budget.0.fetch_add(cost, Ordering::Relaxed) + cost > MAX_QUEUED_BYTES {
                self.budget.0.fetch_sub(cost, Ordering::Relaxed);
                return Err("more than 64 MiB came that nobody had asked for".to_owned());
            }
            state.queue.push_back(incoming);
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

fn cost(incoming: &Incoming) -> usize {
    MESSAGE_OVERHEAD
        + match incoming {
            Incoming::Text(text) => text.len(),
            Incoming::Binary(bytes) => bytes.len(),
            _ => 0,
        }
}
