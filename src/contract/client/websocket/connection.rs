//! The WebSocket protocol: one connection, read by a thread of its own, so that pings are answered
//! at once however slow the checker is.

use super::handshake::{self, HandshakeError};
use crate::contract::client::http::{CHECK_LIMITS, ResponseReader, is_would_block};
use crate::contract::client::response::Response;
use crate::contract::client::tcp::connect;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};
use tungstenite::client::IntoClientRequest;
use tungstenite::http::HeaderName;
pub use tungstenite::http::{HeaderMap, HeaderValue};
use tungstenite::protocol::WebSocketConfig;
use tungstenite::protocol::frame::coding::{CloseCode, Data, OpCode};
use tungstenite::protocol::frame::{CloseFrame, Frame};
use tungstenite::{Error, WebSocket};

/// The longest message that is accepted, in bytes.
pub const MAX_MESSAGE_BYTES: usize = 1024 * 1024;
/// How often a reader checks whether it has to pause.
const POLL_INTERVAL: Duration = Duration::from_millis(50);
/// How long a write waits for a server that reads nothing.
const WRITE_TIMEOUT: Duration = Duration::from_secs(5);
/// How many bytes of replies may wait to be sent.
const MAX_PENDING_REPLY_BYTES: usize = 64 * 1024;
/// The opcodes of a close frame and of a pong that are whole, as the first byte says them.
const CLOSE_FRAME: u8 = 0x88;
const PONG_FRAME: u8 = 0x8A;

/// A message to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    Text(String),
    Binary(Vec<u8>),
    /// Past the protocol, as it stands.
    Raw(Vec<u8>),
}

/// An event of a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SocketEvent {
    Text(String),
    Binary(Vec<u8>),
    /// The server ended the connection: with this code, with none, or without a word.
    Closed {
        code: Option<u16>,
        how: String,
    },
    /// We closed it, because the server broke the protocol or a limit: the reason, as a sentence.
    Invalid(String),
}

/// An open connection. Dropped, it ends without a word.
#[derive(Debug)]
pub struct WebSocketConnection {
    writer: Arc<SharedWriter>,
    control: Arc<ReaderControl>,
}

/// The writing side, which steps and the reader share.
#[derive(Debug)]
struct SharedWriter {
    stream: Mutex<TcpStream>,
    /// Replies of the reader while a step writes: it goes on reading, or both sides would wait.
    replies: Mutex<Vec<u8>>,
    /// The same connection without a lock, to end it.
    end: TcpStream,
}

/// What the reader thread is asked to do.
#[derive(Debug, Default)]
struct ReaderControl {
    reader: Mutex<ReaderState>,
    changed: Condvar,
    /// Pings stay unanswered.
    ignore_pings: AtomicBool,
    /// We sent a close frame.
    close_sent: AtomicBool,
}

#[derive(Debug, Default)]
struct ReaderState {
    pause_requested: bool,
    /// It has paused, or is no more.
    paused: bool,
    /// Nobody listens any more.
    end: bool,
}

impl WebSocketConnection {
    /// Opens a WebSocket at `url` (`http://127.0.0.1:8000/path`). What comes goes to `on_event`, in the
    /// reader's thread; a refusal of it ends the connection with its reason.
    ///
    /// # Errors
    /// The server refuses the upgrade, or does not answer it within `within`.
    pub fn open(
        url: &str,
        headers: &[(String, String)],
        within: Duration,
        on_event: impl FnMut(SocketEvent) -> Result<(), String> + Send + 'static,
    ) -> Result<Self, HandshakeError> {
        let end = Instant::now() + within;
        let (addresses, url) = handshake::addresses(url)?;
        let stream = connect(addresses, within).map_err(HandshakeError::of_io)?;
        let writer = Arc::new(SharedWriter::new(&stream).map_err(HandshakeError::of_io)?);
        let control = Arc::new(ReaderControl::default());
        let rest = stream.try_clone().map_err(HandshakeError::of_io)?;
        let reader_stream = ReaderStream {
            read: stream,
            writer: Arc::clone(&writer),
            control: Arc::clone(&control),
            end: Some(end),
        };
        let config = WebSocketConfig::default()
            .read_buffer_size(16 * 1024)
            .max_message_size(Some(MAX_MESSAGE_BYTES))
            .max_frame_size(Some(MAX_MESSAGE_BYTES));
        let mut request = url.into_client_request().map_err(unsendable)?;
        for (name, value) in headers {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(unsendable)?;
            let value = HeaderValue::from_bytes(value.as_bytes()).map_err(unsendable)?;
            request.headers_mut().insert(name, value);
        }
        let opened = tungstenite::client::client_with_config(request, reader_stream, Some(config));
        let mut websocket = match opened {
            Ok((websocket, response)) => {
                handshake::not_offered(response.headers(), headers)?;
                websocket
            }
            Err(tungstenite::HandshakeError::Interrupted(_)) => {
                return Err(HandshakeError::TimedOut);
            }
            Err(tungstenite::HandshakeError::Failure(error)) => {
                return Err(refused(error, rest, end));
            }
        };
        websocket.get_mut().end = None;
        let stream = &websocket.get_ref().read;
        stream.set_read_timeout(Some(POLL_INTERVAL)).map_err(HandshakeError::of_io)?;
        let listener = Arc::clone(&control);
        let spawned = thread::Builder::new().name("socket".to_owned()).stack_size(256 * 1024);
        let spawned = spawned.spawn(move || {
            listen(websocket, &listener, on_event);
            listener.reader().paused = true;
            listener.changed.notify_all();
        });
        spawned.map_err(HandshakeError::of_io)?;
        Ok(Self { writer, control })
    }

    /// Sends a message.
    ///
    /// # Errors
    /// The connection is gone, or the server takes nothing for five seconds.
    pub fn send(&self, message: &Message) -> io::Result<()> {
        match message {
            Message::Text(text) => self.data(text.clone().into_bytes(), Data::Text),
            Message::Binary(bytes) => self.data(bytes.clone(), Data::Binary),
            Message::Raw(bytes) => self.writer.write(bytes),
        }
    }

    /// Says good-bye, with code 1000; what the server still sends is heard.
    pub fn close(&self) {
        self.control.close_sent.store(true, Ordering::Relaxed);
        let code = CloseCode::Normal;
        // A connection that is gone needs no good-bye.
        let _ = self.frame(Frame::close(Some(CloseFrame { code, reason: "".into() })));
    }

    /// Ends without a word.
    pub fn disconnect(&self) {
        let _ = self.writer.end.shutdown(Shutdown::Both);
    }

    /// Stops reading as soon as this returns; pings wait too.
    pub fn pause(&self) {
        let mut reader = self.control.reader();
        reader.pause_requested = true;
        while !reader.paused {
            let waited = self.control.changed.wait_timeout(reader, Duration::from_secs(1));
            reader = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Reads again.
    pub fn read(&self) {
        self.control.reader().pause_requested = false;
        self.control.changed.notify_all();
    }

    /// Answers no ping any more.
    pub fn ignore_pings(&self) {
        self.control.ignore_pings.store(true, Ordering::Relaxed);
    }

    fn data(&self, bytes: Vec<u8>, kind: Data) -> io::Result<()> {
        self.frame(Frame::message(bytes, OpCode::Data(kind), true))
    }

    fn frame(&self, mut frame: Frame) -> io::Result<()> {
        // A client masks what it sends; against whom it is meant, there is nobody here.
        let mask = RandomState::new().hash_one(frame.len()).to_ne_bytes();
        frame.header_mut().mask = Some([mask[0], mask[1], mask[2], mask[3]]);
        let mut bytes = Vec::with_capacity(frame.len());
        frame.format(&mut bytes).map_err(io::Error::other)?;
        self.writer.write(&bytes)
    }
}

impl Drop for WebSocketConnection {
    fn drop(&mut self) {
        self.control.reader().end = true;
        self.control.changed.notify_all();
        self.disconnect();
    }
}

impl SharedWriter {
    fn new(stream: &TcpStream) -> io::Result<Self> {
        stream.set_nodelay(true)?;
        stream.set_write_timeout(Some(WRITE_TIMEOUT))?;
        let (write, end) = (stream.try_clone()?, stream.try_clone()?);
        Ok(Self { stream: Mutex::new(write), replies: Mutex::default(), end })
    }

    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        lock(&self.stream).write_all(bytes)?;
        self.flush()
    }

    /// Sends `frame`, now or after what is being sent.
    fn reply(&self, frame: &[u8]) -> io::Result<()> {
        let mut replies = lock(&self.replies);
        if replies.len() + frame.len() <= MAX_PENDING_REPLY_BYTES {
            replies.extend_from_slice(frame);
        }
        drop(replies);
        self.flush()
    }

    fn flush(&self) -> io::Result<()> {
        loop {
            if lock(&self.replies).is_empty() {
                return Ok(());
            }
            // The thread that holds the lock sends the pongs too.
            let Ok(mut stream) = self.stream.try_lock() else { return Ok(()) };
            let bytes = std::mem::take(&mut *lock(&self.replies));
            stream.write_all(&bytes)?;
        }
    }
}

impl ReaderControl {
    fn reader(&self) -> MutexGuard<'_, ReaderState> {
        lock(&self.reader)
    }

    /// Waits while it shall pause; whether to go on.
    fn wait_while_paused(&self) -> bool {
        let mut reader = self.reader();
        while reader.pause_requested && !reader.end {
            reader.paused = true;
            self.changed.notify_all();
            reader = self.changed.wait(reader).unwrap_or_else(PoisonError::into_inner);
        }
        reader.paused = false;
        !reader.end
    }
}

/// The reader's view of the connection: it shares the writing, and may keep replies to itself.
struct ReaderStream {
    read: TcpStream,
    writer: Arc<SharedWriter>,
    control: Arc<ReaderControl>,
    /// The end of the handshake; none once it is over.
    end: Option<Instant>,
}

impl Read for ReaderStream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        handshake::read(&mut self.read, buffer, self.end)
    }
}

impl Write for ReaderStream {
    /// Takes whole frames: the library answers pings and good-byes one at a time.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let suppressed = match bytes.first() {
            Some(&PONG_FRAME) => &self.control.ignore_pings,
            Some(&CLOSE_FRAME) => &self.control.close_sent,
            _ => return self.writer.write(bytes).map(|()| bytes.len()),
        };
        if !suppressed.load(Ordering::Relaxed) {
            self.writer.reply(bytes)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Reads until the connection ends, or `on_event` stops it.
fn listen(
    mut websocket: WebSocket<ReaderStream>,
    control: &ReaderControl,
    mut on_event: impl FnMut(SocketEvent) -> Result<(), String>,
) {
    let mut closed = false;
    while control.wait_while_paused() {
        let event = match websocket.read() {
            Ok(tungstenite::Message::Text(text)) => SocketEvent::Text(text.as_str().to_owned()),
            Ok(tungstenite::Message::Binary(bytes)) => SocketEvent::Binary(bytes.to_vec()),
            Ok(tungstenite::Message::Close(frame)) => {
                closed = true;
                let code = frame.map(|frame| u16::from(frame.code));
                let how = code.map_or("without a code".to_owned(), |code| format!("with {code}"));
                SocketEvent::Closed { code, how: format!("the server closed it {how}") }
            }
            Ok(_) => continue,
            Err(Error::Io(error)) if is_would_block(&error) => continue,
            Err(error) => {
                if !closed {
                    let _ = on_event(ended(error));
                }
                break;
            }
        };
        if let Err(why) = on_event(event) {
            let _ = on_event(SocketEvent::Invalid(why));
            break;
        }
    }
    let _ = websocket.get_ref().read.shutdown(Shutdown::Both);
}

/// An end that was not announced.
fn ended(error: Error) -> SocketEvent {
    use tungstenite::error::ProtocolError::ResetWithoutClosingHandshake;
    match error {
        Error::Capacity(_) => {
            SocketEvent::Invalid("the server sent a message above 1 MiB".to_owned())
        }
        Error::Utf8(_) => {
            SocketEvent::Invalid("the server sent a text that is not UTF-8".to_owned())
        }
        Error::Protocol(error) if error != ResetWithoutClosingHandshake => {
            SocketEvent::Invalid(format!("the server broke the protocol: {error}"))
        }
        _ => SocketEvent::Closed {
            code: None,
            how: "the connection ended without a word".to_owned(),
        },
    }
}

/// What a handshake that failed says.
fn refused(error: Error, rest: TcpStream, end: Instant) -> HandshakeError {
    match error {
        Error::Http(response) => {
            let (head, start) = response.into_parts();
            let headers =
                head.headers.iter().map(|(name, held)| (name.to_string(), handshake::text(held)));
            let mut response = Response {
                status: head.status.as_u16(),
                headers: headers.collect(),
                ..Response::default()
            };
            let mut reader =
                ResponseReader::new(rest, CHECK_LIMITS, end, start.unwrap_or_default());
            // Whatever of it came says why.
            let _ = reader.read_body("GET", &mut response);
            HandshakeError::Answered(Box::new(response))
        }
        Error::Io(error) => HandshakeError::of_io(error),
        Error::Protocol(error) => HandshakeError::Invalid(error.to_string()),
        other => HandshakeError::Invalid(other.to_string()),
    }
}

fn unsendable(error: impl std::fmt::Display) -> HandshakeError {
    HandshakeError::Unsendable(error.to_string())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
