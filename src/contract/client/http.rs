//! One HTTP exchange over one connection: what is written, what comes back, and when it is given up.
//!
//! A client library hides what contracts ask for: an answer that comes while the body is still being
//! sent (413 and a close), half a body, a body in chunks that is made on the way, requests that begin
//! at the same moment on connections that are open already. So the connection is our own, and
//! `httparse` reads what comes back.

use super::address::Address;
use super::request::Request;
use super::response::{ExchangeError, Response};
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream, ToSocketAddrs};
use std::time::{Duration, Instant};

/// How long an exchange may take, from the first byte sent to the last one received.
pub const PATIENCE: Duration = Duration::from_secs(5);
/// No more of a body is read, unless less is wanted.
pub const LONGEST_BODY: usize = 2 * 1024 * 1024;
const LONGEST_HEAD: usize = 64 * 1024;
const MOST_HEADERS: usize = 128;
const PIECE: usize = 64 * 1024;
/// So often, while a body is being sent, is looked whether an answer has come.
const GLANCE: Duration = Duration::from_millis(50);

/// An open connection to the server.
pub struct Connection {
    stream: TcpStream,
    host: String,
    prefix: String,
    until: Instant,
    received: Vec<u8>,
    /// No more of a body is read.
    longest: usize,
}

/// Sends a request and waits for its answer.
///
/// # Errors
/// There was no whole answer.
pub fn exchange(address: &Address, request: &Request) -> Result<Response, ExchangeError> {
    Connection::open(address)?.exchange(request)
}

impl Connection {
    /// Opens a connection; the time for the exchange begins.
    ///
    /// # Errors
    /// The server takes none.
    pub fn open(address: &Address) -> Result<Self, ExchangeError> {
        let until = Instant::now() + PATIENCE;
        let refused = |error: std::io::Error| match error.kind() {
            ErrorKind::TimedOut | ErrorKind::WouldBlock => {
                ExchangeError::TimedOut(PATIENCE.as_secs())
            }
            _ => ExchangeError::Refused(error.kind().to_string()),
        };
        let places = (address.host.as_str(), address.port).to_socket_addrs().map_err(refused)?;
        let mut last = ExchangeError::Refused("its name is not known".to_owned());
        for place in places {
            match TcpStream::connect_timeout(&place, PATIENCE) {
                Ok(stream) => {
                    stream.set_nodelay(true).map_err(refused)?;
                    let (host, prefix) = (address.authority(), address.prefix.clone());
                    let (received, longest) = (Vec::new(), LONGEST_BODY);
                    return Ok(Self { stream, host, prefix, until, received, longest });
                }
                Err(error) => last = refused(error),
            }
        }
        Err(last)
    }

    /// With less of a body to be read.
    #[must_use]
    pub fn reading(self, longest: usize) -> Self {
        Self { longest, ..self }
    }

    /// Sends all of a request, and waits for its answer.
    ///
    /// # Errors
    /// There was no whole answer.
    pub fn exchange(mut self, request: &Request) -> Result<Response, ExchangeError> {
        self.until = Instant::now() + PATIENCE;
        let sent = self.head(request).and_then(|()| self.body(request, 0, request.body.len()));
        self.answer(request, sent)
    }

    /// Sends the headers and the first half of the body.
    ///
    /// # Errors
    /// The connection ended.
    pub fn begin(&mut self, request: &Request) -> Result<(), ExchangeError> {
        self.head(request)?;
        self.body(request, 0, request.body.len() / 2)
    }

    /// Sends the other half of the body, and waits for the answer.
    ///
    /// # Errors
    /// There was no whole answer.
    pub fn finish(mut self, request: &Request) -> Result<Response, ExchangeError> {
        self.until = Instant::now() + PATIENCE;
        let sent = self.body(request, request.body.len() / 2, request.body.len());
        self.answer(request, sent)
    }

    fn head(&mut self, request: &Request) -> Result<(), ExchangeError> {
        let mut head = format!("{} {}{} HTTP/1.1\r\n", request.method, self.prefix, request.path);
        let named = |name: &str| request.headers.iter().any(|(one, _)| one == name);
        if !named("host") {
            head.push_str(&format!("host: {}\r\n", self.host));
        }
        if !named("user-agent") {
            head.push_str("user-agent: roadmap\r\n");
        }
        for (name, value) in &request.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let expected = ["POST", "PUT", "PATCH"].contains(&request.method.as_str());
        if request.chunked {
            head.push_str("transfer-encoding: chunked\r\n");
        } else if (expected || !request.body.is_empty()) && !named("content-length") {
            head.push_str(&format!("content-length: {}\r\n", request.body.len()));
        }
        head.push_str("\r\n");
        self.write(head.as_bytes())
    }

    /// Sends a part of the body, and its end where it goes in chunks.
    fn body(&mut self, request: &Request, from: u64, to: u64) -> Result<(), ExchangeError> {
        let mut at = from;
        while at < to {
            let most = usize::try_from(to - at).unwrap_or(PIECE).min(PIECE);
            let piece = request.body.piece(at, most);
            at += piece.len() as u64;
            if request.chunked {
                let size = format!("{:x}\r\n", piece.len());
                self.write(&[size.as_bytes(), &piece, b"\r\n"].concat())?;
            } else {
                self.write(&piece)?;
            }
        }
        if request.chunked && to == request.body.len() {
            self.write(b"0\r\n\r\n")?;
        }
        Ok(())
    }

    /// Writes all of `bytes`, unless an answer comes before that: then the rest is not wanted.
    fn write(&mut self, mut bytes: &[u8]) -> Result<(), ExchangeError> {
        while !bytes.is_empty() {
            if self.has_come()? {
                return Err(ExchangeError::Closed);
            }
            let wait = self.left()?.min(GLANCE);
            self.stream.set_write_timeout(Some(wait)).map_err(|_| ExchangeError::Closed)?;
            match self.stream.write(bytes) {
                Ok(0) => return Err(ExchangeError::Closed),
                Ok(count) => bytes = &bytes[count..],
                Err(error) if waits(&error) => {}
                Err(_) => return Err(ExchangeError::Closed),
            }
        }
        Ok(())
    }

    /// Whether something has come, or the other side has ended.
    fn has_come(&self) -> Result<bool, ExchangeError> {
        let look = || {
            self.stream.set_nonblocking(true)?;
            let seen = self.stream.peek(&mut [0]);
            self.stream.set_nonblocking(false)?;
            Ok(match seen {
                Ok(_) => true,
                Err(error) => !waits(&error),
            })
        };
        look().map_err(|_: std::io::Error| ExchangeError::Closed)
    }

    fn left(&self) -> Result<Duration, ExchangeError> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() { Err(ExchangeError::TimedOut(PATIENCE.as_secs())) } else { Ok(left) }
    }

    /// Reads what came. A request that could not be sent to its end may have been answered all the same.
    fn answer(
        mut self,
        request: &Request,
        sent: Result<(), ExchangeError>,
    ) -> Result<Response, ExchangeError> {
        if let Err(error @ ExchangeError::TimedOut(_)) = sent {
            return Err(error);
        }
        let mut answer = self.read_head()?;
        let bare = request.method == "HEAD" || matches!(answer.status, 204 | 304);
        let chunked = answer.header("transfer-encoding");
        let length = answer.header("content-length");
        if bare {
        } else if chunked.is_some_and(|how| how.to_ascii_lowercase().contains("chunked")) {
            self.read_chunks(&mut answer)?;
        } else if let Some(length) = length {
            let length = length.parse::<usize>().map_err(|_| {
                ExchangeError::Garbled(format!(
                    "`Content-Length: {}`",
                    crate::contract::value::visible(&length, false)
                ))
            })?;
            let wanted = length.min(self.longest);
            while self.received.len() < wanted {
                if !self.read_more()? {
                    let came = self.received.len();
                    return Err(ExchangeError::Garbled(format!(
                        "its body ends after {came} of {length} bytes"
                    )));
                }
            }
            self.received.truncate(wanted);
            answer.cut = wanted < length;
            answer.body = std::mem::take(&mut self.received);
        } else {
            while self.received.len() <= self.longest && self.read_more()? {}
            answer.cut = self.received.len() > self.longest;
            self.received.truncate(self.longest);
            answer.body = std::mem::take(&mut self.received);
        }
        // The answer is whole; whatever the server does with the connection is its own affair.
        let _ = self.stream.shutdown(Shutdown::Both);
        Ok(answer)
    }

    /// Reads the status line and headers; what came of the body stays in `received`.
    fn read_head(&mut self) -> Result<Response, ExchangeError> {
        loop {
            if let Some((answer, length)) = parse_head(&self.received)? {
                self.received.drain(..length);
                if answer.status >= 200 || answer.status == 101 {
                    return Ok(answer);
                }
                continue;
            }
            if self.received.len() > LONGEST_HEAD {
                return Err(ExchangeError::Garbled("more than 64 KiB of headers".to_owned()));
            }
            if !self.read_more()? {
                return Err(match self.received.is_empty() {
                    true => ExchangeError::Closed,
                    false => ExchangeError::Garbled("it ends within its headers".to_owned()),
                });
            }
        }
    }

    fn read_chunks(&mut self, answer: &mut Response) -> Result<(), ExchangeError> {
        loop {
            let size = loop {
                match httparse::parse_chunk_size(&self.received) {
                    Ok(httparse::Status::Complete((length, size))) => {
                        self.received.drain(..length);
                        break usize::try_from(size).unwrap_or(usize::MAX);
                    }
                    Ok(httparse::Status::Partial) if self.received.len() < LONGEST_HEAD => {}
                    _ => return Err(ExchangeError::Garbled("its chunks have no size".to_owned())),
                }
                self.more_of_chunks(answer)?;
            };
            // Trailers after the last chunk are nobody's business.
            if size == 0 {
                return Ok(());
            }
            if size > self.longest - answer.body.len() {
                answer.cut = true;
                return Ok(());
            }
            while self.received.len() < size + 2 {
                self.more_of_chunks(answer)?;
            }
            answer.body.extend(self.received.drain(..size));
            self.received.drain(..2);
        }
    }

    fn more_of_chunks(&mut self, answer: &Response) -> Result<(), ExchangeError> {
        match self.read_more()? {
            true => Ok(()),
            false => {
                let came = answer.body.len();
                Err(ExchangeError::Garbled(format!(
                    "its chunks end early, after {came} bytes of the body"
                )))
            }
        }
    }

    /// Reads what has come; false at the end of the connection.
    fn read_more(&mut self) -> Result<bool, ExchangeError> {
        let wait = self.left()?;
        self.stream.set_read_timeout(Some(wait)).map_err(|_| ExchangeError::Closed)?;
        let mut piece = [0; 16 * 1024];
        match self.stream.read(&mut piece) {
            Ok(count) => {
                self.received.extend_from_slice(&piece[..count]);
                Ok(count > 0)
            }
            Err(error) if waits(&error) => self.left().map(|_| true),
            Err(_) => Ok(false),
        }
    }
}

fn waits(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted)
}

fn parse_head(bytes: &[u8]) -> Result<Option<(Response, usize)>, ExchangeError> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut head = httparse::Response::new(&mut headers);
    match head.parse(bytes) {
        Ok(httparse::Status::Complete(length)) => {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            let headers = head.headers.iter().map(|one| (one.name.to_owned(), text(one.value)));
            let answer = Response {
                status: head.code.unwrap_or_default(),
                reason: head.reason.unwrap_or_default().to_owned(),
                headers: headers.collect(),
                ..Response::default()
            };
            Ok(Some((answer, length)))
        }
        Ok(httparse::Status::Partial) => Ok(None),
        Err(httparse::Error::TooManyHeaders) => {
            Err(ExchangeError::Garbled(format!("more than {MOST_HEADERS} headers")))
        }
        Err(error) => Err(ExchangeError::Garbled(error.to_string())),
    }
}
