//! One HTTP exchange over one connection: what is written, what comes back, and when it is given up.
//!
//! A client library hides what contracts check: a response that arrives while the body is still being
//! sent (413 and a close), half a body, a chunked body that is generated while it is sent, requests
//! that start at the same time on connections that are already open. So the connection is our own, and
//! `reading` reads what comes back.

use super::limits::{CHECK_LIMITS, Limits};
use super::reading::{ResponseReader, is_would_block};
use crate::contract::client::address::Address;
use crate::contract::client::request::Request;
use crate::contract::client::response::{ExchangeError, Response};
use crate::contract::client::tcp::connect;
use std::io::{ErrorKind, Write};
use std::net::{Shutdown, ToSocketAddrs};
use std::time::{Duration, Instant};

const WRITE_BYTES: usize = 64 * 1024;
/// How often is looked for a response while a body is being sent.
const READ_INTERVAL: Duration = Duration::from_millis(50);

/// An open connection to the server.
pub struct Connection {
    reader: ResponseReader,
    host: String,
    prefix: String,
}

/// Sends a request and waits for its response.
///
/// # Errors
/// There was no whole response.
pub fn exchange(address: &Address, request: &Request) -> Result<Response, ExchangeError> {
    Connection::open(address, CHECK_LIMITS)?.exchange(request)
}

impl Connection {
    /// Opens a connection and starts the timeout of the exchange.
    ///
    /// # Errors
    /// The server takes none, or we may open none.
    pub fn open(address: &Address, limits: Limits) -> Result<Self, ExchangeError> {
        let deadline = Instant::now() + limits.exchange_timeout;
        let refused = |error: std::io::Error| match error.kind() {
            _ if is_own_limit(&error) => ExchangeError::OwnLimit(error.to_string()),
            ErrorKind::TimedOut | ErrorKind::WouldBlock => {
                ExchangeError::TimedOut(limits.connection_timeout.as_secs())
            }
            ErrorKind::NotFound => ExchangeError::Refused(error.to_string()),
            kind => ExchangeError::Refused(kind.to_string()),
        };
        let unknown = |error: std::io::Error| match is_own_limit(&error) {
            true => ExchangeError::OwnLimit(error.to_string()),
            false => ExchangeError::Refused(format!("the name `{}` is not known", address.host)),
        };
        let places = (address.host.as_str(), address.port).to_socket_addrs().map_err(unknown)?;
        let stream = connect(places, limits.connection_timeout).map_err(refused)?;
        let (host, prefix) = (address.authority(), address.prefix.clone());
        let reader = ResponseReader::new(stream, limits, deadline, Vec::new());
        Ok(Self { reader, host, prefix })
    }

    fn restart_clock(&mut self) {
        self.reader.deadline = Instant::now() + self.reader.limits.exchange_timeout;
    }

    /// Sends all of a request, and waits for its response.
    ///
    /// # Errors
    /// There was no whole response.
    pub fn exchange(mut self, request: &Request) -> Result<Response, ExchangeError> {
        self.restart_clock();
        let sent =
            self.send_head(request).and_then(|()| self.send_body(request, 0, request.body.len()));
        self.read_response(request, sent)
    }

    /// Sends the headers and the first half of the body.
    ///
    /// # Errors
    /// The connection ended.
    pub fn send_first_half(&mut self, request: &Request) -> Result<(), ExchangeError> {
        self.send_head(request)?;
        self.send_body(request, 0, request.body.len() / 2)
    }

    /// Sends the other half of the body, and waits for the response.
    ///
    /// # Errors
    /// There was no whole response.
    pub fn send_second_half(mut self, request: &Request) -> Result<Response, ExchangeError> {
        self.restart_clock();
        let sent = self.send_body(request, request.body.len() / 2, request.body.len());
        self.read_response(request, sent)
    }

    /// The status of the response to a request, whose body is read for `rest` at most and thrown away.
    ///
    /// # Errors
    /// There was no head of a response.
    pub fn status(mut self, request: &Request, rest: Duration) -> Result<u16, ExchangeError> {
        self.restart_clock();
        self.send_head(request)?;
        let mut response = self.reader.read_head()?;
        self.reader.deadline = self.reader.deadline.min(Instant::now() + rest);
        // Who leaves in the middle of a response stands in some servers' logs as an error.
        let _ = self.reader.read_body(&request.method, &mut response);
        Ok(response.status)
    }

    /// Sends a request, and reads the head of its response alone: the body is the reader's to read.
    ///
    /// # Errors
    /// There was no head of a response.
    pub fn stream(
        mut self,
        request: &Request,
    ) -> Result<(Response, ResponseReader), ExchangeError> {
        self.restart_clock();
        self.send_head(request)?;
        let mut response = self.reader.read_head()?;
        response.path.clone_from(&request.path);
        Ok((response, self.reader))
    }

    fn send_head(&mut self, request: &Request) -> Result<(), ExchangeError> {
        let mut head = format!("{} {}{} HTTP/1.1\r\n", request.method, self.prefix, request.path);
        let named = |name: &str| request.headers.iter().any(|(header, _)| header == name);
        if !named("host") {
            head.push_str(&format!("host: {}\r\n", self.host));
        }
        // A body that is packed can be judged by nobody here.
        if !named("accept-encoding") {
            head.push_str("accept-encoding: identity\r\n");
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
    fn send_body(&mut self, request: &Request, from: u64, to: u64) -> Result<(), ExchangeError> {
        let mut at = from;
        while at < to {
            let most = usize::try_from(to - at).unwrap_or(WRITE_BYTES).min(WRITE_BYTES);
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

    /// Writes all of `bytes`, unless a response arrives before that: then the rest is not sent.
    fn write(&mut self, mut bytes: &[u8]) -> Result<(), ExchangeError> {
        while !bytes.is_empty() {
            if self.reader.has_response()? {
                return Err(ExchangeError::Closed);
            }
            let wait = self.reader.remaining_time()?.min(READ_INTERVAL);
            let stream = &mut self.reader.stream;
            stream.set_write_timeout(Some(wait)).map_err(|_| ExchangeError::Closed)?;
            match stream.write(bytes) {
                Ok(0) => return Err(ExchangeError::Closed),
                Ok(count) => bytes = &bytes[count..],
                Err(error) if is_would_block(&error) => {}
                Err(_) => return Err(ExchangeError::Closed),
            }
        }
        Ok(())
    }

    /// Reads the response. A request that could not be sent completely may still have been answered.
    fn read_response(
        mut self,
        request: &Request,
        sent: Result<(), ExchangeError>,
    ) -> Result<Response, ExchangeError> {
        if let Err(error @ (ExchangeError::TimedOut(_) | ExchangeError::Malformed(_))) = sent {
            return Err(error);
        }
        let mut response = self.reader.read_head()?;
        response.path.clone_from(&request.path);
        self.reader.read_body(&request.method, &mut response)?;
        // The response is whole; whatever the server does with the connection is its own affair.
        let _ = self.reader.stream.shutdown(Shutdown::Both);
        Ok(response)
    }
}

/// Whether an error is a limit of our own process or machine: too many open files, or no port left for a connection.
pub fn is_own_limit(error: &std::io::Error) -> bool {
    // ENFILE and EMFILE; WSAEMFILE and WSAENOBUFS. The standard library has no kinds for them.
    let codes: [i32; 2] = if cfg!(windows) { [10_024, 10_055] } else { [23, 24] };
    let files = error.raw_os_error().is_some_and(|code| codes.contains(&code));
    files || error.kind() == ErrorKind::AddrNotAvailable
}
