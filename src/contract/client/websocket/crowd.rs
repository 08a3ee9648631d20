//! Many sockets that all talk at once: what each received, by number, for the judge.

use super::connection::{Message, SocketEvent, WebSocketConnection};
use super::handshake::HandshakeError;
use serde_json::Value;
use std::collections::HashMap;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How long an upgrade may take.
const UPGRADE_TIMEOUT: Duration = Duration::from_secs(5);
/// How long all together may wait for the server's first word: who is not welcomed yet may have
/// missed what others say.
const WELCOME_TIMEOUT: Duration = Duration::from_secs(5);
/// How long to wait for duplicates after the last message has come.
const DUPLICATE_TIMEOUT: Duration = Duration::from_millis(300);
const POLL_INTERVAL: Duration = Duration::from_millis(10);
/// The pause before each message of a client that sends while others still connect.
const SEND_INTERVAL: Duration = Duration::from_millis(5);
/// How many characters of a message are quoted.
const MAX_QUOTED_CHARACTERS: usize = 80;

/// A matcher for the messages of the crowd among all that a client receives.
pub type MessageFilter = Arc<dyn Fn(&Value) -> bool + Send + Sync>;

/// Who talks, and what about.
pub struct CrowdPlan<'a> {
    pub clients: u32,
    /// How many messages each sends.
    pub messages: u32,
    /// Whether the clients come one after the other, while those before them talk already.
    pub staggered: bool,
    /// The address for a client (from 1), and its headers.
    pub connect: &'a dyn Fn(u32) -> (String, Vec<(String, String)>),
    /// The text that a client sends as its message `n` (both from 1).
    pub text: &'a dyn Fn(u32, u32) -> String,
    pub filter: MessageFilter,
    /// A JSON Pointer: which message it is, in what is sent and in what comes.
    pub by: &'a str,
    /// JSON Pointers: no two messages have the same value there.
    pub distinct: &'a [String],
    /// JSON Pointers: each client gets messages in the order of the numbers there.
    pub ascending: &'a [String],
    /// How long all of it may take, from the first message on.
    pub within: Duration,
    /// Whether the run shall end.
    pub stop: &'a dyn Fn() -> bool,
}

/// Why nobody could talk.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CrowdError {
    /// A client was not let in.
    #[error("client {client}: {refusal}")]
    Refused { client: u32, refusal: HandshakeError },
    /// The contract's message is none: without a value at `by`, or not unlike the others.
    #[error("message {n} of client {client} has no value of its own at `{by}`")]
    NotUnique { client: u32, n: u32, by: String },
}

/// What was sent and received. A message has a number: the first client's first is 0.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CrowdReport {
    /// How many messages each client sent.
    pub messages: u32,
    /// The value that identifies each message.
    pub sent: Vec<Value>,
    /// By client.
    pub received: Vec<Received>,
    /// Two messages with the same value where all must differ.
    pub duplicates: Vec<MessagePair>,
    pub duration: Duration,
    /// The run was to end.
    pub stopped: bool,
}

/// Two messages whose values at a JSON Pointer break a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessagePair {
    pub pointer: String,
    pub first: u32,
    pub second: u32,
}

/// What a client received.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Received {
    /// Messages in the order in which they came.
    pub order: Vec<u32>,
    /// The first message whose number at a pointer is not above that of the one before, after it.
    pub not_ascending: Option<MessagePair>,
    /// How many messages came that nobody sent, and the first of them.
    pub unexpected: u32,
    pub first_unexpected: Option<String>,
    /// How the connection ended, if it did.
    pub end: Option<String>,
    /// Why it could not send all.
    pub unsent: Option<String>,
}

impl CrowdReport {
    /// The values that identify the messages, in the order in which the first client received them.
    #[must_use]
    pub fn order(&self) -> Vec<Value> {
        let first =
            self.received.first().map(|received| received.order.as_slice()).unwrap_or_default();
        first.iter().filter_map(|number| self.sent.get(*number as usize)).cloned().collect()
    }
}

/// The state of a crowd under way, which the readers share.
struct CrowdState {
    numbers: HashMap<String, u32>,
    filter: MessageFilter,
    by: String,
    distinct: Vec<String>,
    ascending: Vec<String>,
    received: Vec<Mutex<Received>>,
    welcomed: Vec<AtomicBool>,
    /// By pointer: a value that came, and the message that had it.
    values: Mutex<Vec<HashMap<String, u32>>>,
    duplicates: Mutex<Vec<MessagePair>>,
    /// Deliveries, each counted once.
    delivered: AtomicUsize,
    ended: AtomicUsize,
    /// From here on we end the connections ourselves, and take note of nothing.
    over: AtomicBool,
}

/// Lets all connect, then talk at once (or each as soon as it is in, if they are staggered), and listens until
/// all is received or the time is over.
///
/// # Errors
/// A handshake is refused, or two messages have the same identifying value.
pub fn run_crowd(plan: &CrowdPlan<'_>) -> Result<CrowdReport, CrowdError> {
    let (texts, sent) = build_messages(plan)?;
    if (plan.stop)() {
        return Ok(CrowdReport { stopped: true, ..CrowdReport::default() });
    }
    let numbers = sent.iter().zip(0..).map(|(value, number)| (key(value), number));
    let each = |_| Mutex::new(Received::default());
    let state = Arc::new(CrowdState {
        numbers: numbers.collect(),
        filter: Arc::clone(&plan.filter),
        by: plan.by.to_owned(),
        distinct: plan.distinct.to_vec(),
        ascending: plan.ascending.to_vec(),
        received: (0..plan.clients).map(each).collect(),
        welcomed: (0..plan.clients).map(|_| AtomicBool::new(false)).collect(),
        values: Mutex::new(vec![HashMap::new(); plan.distinct.len()]),
        duplicates: Mutex::default(),
        delivered: AtomicUsize::new(0),
        ended: AtomicUsize::new(0),
        over: AtomicBool::new(false),
    });
    let connections: Vec<OnceLock<WebSocketConnection>> =
        (0..plan.clients).map(|_| OnceLock::new()).collect();
    let mut connector = Connector { plan, state: &state, left: WELCOME_TIMEOUT };
    if !plan.staggered {
        for (client, place) in (1..).zip(&connections) {
            let _ = place.set(connector.connect_client(client)?);
        }
    }
    let begun = Instant::now();
    let all = sent.len() * connections.len();
    thread::scope(|scope| {
        let each = plan.messages.max(1) as usize;
        let (over, is_staggered) = (&state.over, plan.staggered);
        let mut entered = Ok(());
        for (((client, place), texts), received) in
            (1..).zip(&connections).zip(texts.chunks(each)).zip(&state.received)
        {
            if plan.staggered {
                match connector.connect_client(client) {
                    Ok(connection) => drop(place.set(connection)),
                    Err(error) => {
                        entered = Err(error);
                        break;
                    }
                }
            }
            let Some(connection) = place.get() else { break };
            let send = move || {
                let pace = |text| {
                    if is_staggered {
                        thread::sleep(SEND_INTERVAL);
                    }
                    connection.send(text).err()
                };
                let failed = texts.iter().find_map(pace);
                let is_over = || over.load(Ordering::Relaxed);
                let why = |error: io::Error| match is_over() {
                    true => "it had not taken them when the time was over".to_owned(),
                    false => error.to_string(),
                };
                lock(received).unsent = failed.map(why);
            };
            let named = thread::Builder::new().stack_size(256 * 1024);
            if let Err(error) = named.spawn_scoped(scope, send) {
                lock(received).unsent = Some(error.to_string());
            }
        }
        if entered.is_ok() {
            listen(plan, &state, begun, all);
        }
        over.store(true, Ordering::Relaxed);
        // A client that still sends to a server that reads nothing is abandoned.
        connections.iter().filter_map(OnceLock::get).for_each(WebSocketConnection::disconnect);
        entered
    })?;
    drop(connections);
    let received = state.received.iter().map(|received| lock(received).clone()).collect();
    let duplicates = lock(&state.duplicates).clone();
    let (messages, duration) = (plan.messages, begun.elapsed());
    Ok(CrowdReport { messages, sent, received, duplicates, duration, stopped: (plan.stop)() })
}

/// All messages, and the values that identify them.
fn build_messages(plan: &CrowdPlan<'_>) -> Result<(Vec<Message>, Vec<Value>), CrowdError> {
    let (mut texts, mut sent, mut seen) = (Vec::new(), Vec::new(), HashMap::new());
    for client in 1..=plan.clients {
        for n in 1..=plan.messages {
            if (plan.stop)() {
                return Ok((Vec::new(), Vec::new()));
            }
            let text = (plan.text)(client, n);
            let value: Option<Value> = serde_json::from_str(&text).ok();
            let value = value.as_ref().and_then(|value| value.pointer(plan.by)).cloned();
            let value = value.filter(|value| seen.insert(key(value), ()).is_none());
            let not_unique = || CrowdError::NotUnique { client, n, by: plan.by.to_owned() };
            sent.push(value.ok_or_else(not_unique)?);
            texts.push(Message::Text(text));
        }
    }
    Ok((texts, sent))
}

/// Lets one after the other in, each once the one before it was welcomed.
struct Connector<'a> {
    plan: &'a CrowdPlan<'a>,
    state: &'a Arc<CrowdState>,
    /// How long all together may still wait for their welcome.
    left: Duration,
}

impl Connector<'_> {
    fn connect_client(&mut self, client: u32) -> Result<WebSocketConnection, CrowdError> {
        let (url, headers) = (self.plan.connect)(client);
        let index = client as usize - 1;
        let own = Arc::clone(self.state);
        let mut reader = Reader {
            had: vec![false; self.state.numbers.len()],
            last: vec![None; self.state.ascending.len()],
        };
        let on_event = move |event| own.on_event(index, &mut reader, event);
        let connection = WebSocketConnection::open(&url, &headers, UPGRADE_TIMEOUT, on_event);
        let connection = connection.map_err(|refusal| CrowdError::Refused { client, refusal })?;
        let begun = Instant::now();
        while !self.state.welcomed[index].load(Ordering::Relaxed)
            && begun.elapsed() < self.left
            && !(self.plan.stop)()
        {
            thread::sleep(Duration::from_millis(1));
        }
        self.left = self.left.saturating_sub(begun.elapsed());
        Ok(connection)
    }
}

/// Waits until all is received, nobody can hear any more, or the time is over.
fn listen(plan: &CrowdPlan<'_>, state: &CrowdState, begun: Instant, all: usize) {
    let over = || {
        begun.elapsed() >= plan.within
            || (plan.stop)()
            || state.ended.load(Ordering::Relaxed) >= state.received.len()
    };
    while state.delivered.load(Ordering::Relaxed) < all {
        if over() {
            return;
        }
        thread::sleep(POLL_INTERVAL);
    }
    let complete = Instant::now();
    while complete.elapsed() < DUPLICATE_TIMEOUT && !over() {
        thread::sleep(POLL_INTERVAL);
    }
}

/// What a client has received so far.
struct Reader {
    had: Vec<bool>,
    /// By pointer of `ascending`: the last number, and the message that had it.
    last: Vec<Option<(f64, u32)>>,
}

impl CrowdState {
    fn on_event(
        &self,
        index: usize,
        reader: &mut Reader,
        event: SocketEvent,
    ) -> Result<(), String> {
        if self.over.load(Ordering::Relaxed) {
            return Ok(());
        }
        self.welcomed[index].store(true, Ordering::Relaxed);
        let text = match event {
            SocketEvent::Text(text) => text,
            SocketEvent::Binary(_) => return Ok(()),
            SocketEvent::Closed { how, .. } | SocketEvent::Invalid(how) => {
                lock(&self.received[index]).end.get_or_insert(how);
                self.ended.fetch_add(1, Ordering::Relaxed);
                return Ok(());
            }
        };
        let Ok(value) = serde_json::from_str::<Value>(&text) else { return Ok(()) };
        if !(self.filter)(&value) {
            return Ok(());
        }
        let which = value.pointer(&self.by).map(key);
        let number = which.and_then(|which| self.numbers.get(&which)).copied();
        let mut received = lock(&self.received[index]);
        let Some(number) = number else {
            received.unexpected = received.unexpected.saturating_add(1);
            received
                .first_unexpected
                .get_or_insert_with(|| text.chars().take(MAX_QUOTED_CHARACTERS).collect());
            return Ok(());
        };
        received.order.push(number);
        for (pointer, last) in self.ascending.iter().zip(&mut reader.last) {
            let came = value.pointer(pointer).and_then(Value::as_f64).unwrap_or(f64::MIN);
            if let Some((before, other)) = last.replace((came, number))
                && came <= before
                && other != number
            {
                let pair =
                    || MessagePair { pointer: pointer.clone(), first: other, second: number };
                received.not_ascending.get_or_insert_with(pair);
            }
        }
        if received.order.len() > 2 * self.numbers.len() + 100 {
            return Err("it got each message twice and more".to_owned());
        }
        drop(received);
        if !std::mem::replace(&mut reader.had[number as usize], true) {
            self.delivered.fetch_add(1, Ordering::Relaxed);
        }
        self.note_duplicates(number, &value);
        Ok(())
    }

    /// Notes when another message had the same value where all must differ.
    fn note_duplicates(&self, number: u32, value: &Value) {
        if self.distinct.is_empty() {
            return;
        }
        let mut values = lock(&self.values);
        for (pointer, seen) in self.distinct.iter().zip(values.iter_mut()) {
            let at = value.pointer(pointer).map_or_else(String::new, key);
            let other = *seen.entry(at).or_insert(number);
            let mut duplicates = lock(&self.duplicates);
            if other != number && duplicates.len() < 100 {
                let pointer = pointer.clone();
                duplicates.push(MessagePair { pointer, first: other, second: number });
            }
        }
    }
}

/// A value as a key: a number and a text of the same digits are not the same.
fn key(value: &Value) -> String {
    value.to_string()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
