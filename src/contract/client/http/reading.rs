//! Reads a response from a connection, within a time and within bounds. Every response that is read goes through here:
//! of a check, of a health check, and of a WebSocket handshake that was refused.

use super::limits::Limits;
use crate::contract::client::response::{ExchangeError, Response};
use std::io::{ErrorKind, Read};
use std::net::TcpStream;
use std::time::{Duration, Instant};

const MAX_HEADERS: usize = 128;
/// How long is waited for bytes where none may come.
const EXTRA_BYTES_TIMEOUT: Duration = Duration::from_millis(50);

/// The end of a connection from which a response is read.
#[derive(Debug)]
pub struct ResponseReader {
    pub stream: TcpStream,
    pub limits: Limits,
    /// The deadline: reading stops then.
    pub deadline: Instant,
    received: Vec<u8>,
}

impl ResponseReader {
    /// A reader of `stream`, of which `received` has been read.
    #[must_use]
    pub fn new(stream: TcpStream, limits: Limits, deadline: Instant, received: Vec<u8>) -> Self {
        Self { stream, limits, deadline, received }
    }

    /// The time that is left.
    ///
    /// # Errors
    /// None is.
    pub fn remaining_time(&self) -> Result<Duration, ExchangeError> {
        let remaining = self.deadline.saturating_duration_since(Instant::now());
        if remaining.is_zero() {
            Err(ExchangeError::TimedOut(self.limits.exchange_timeout.as_secs()))
        } else {
            Ok(remaining)
        }
    }

    /// Whether a response is there, or the connection has ended: bytes that arrive while a body is sent are read, and an
    /// interim response (100, 103) is no reason to stop.
    ///
    /// # Errors
    /// The connection cannot be read, or the bytes are not HTTP.
    pub fn has_response(&mut self) -> Result<bool, ExchangeError> {
        while self.received.is_empty() {
            if !self.is_readable()? {
                return Ok(false);
            }
            if !self.read_more()? {
                return Ok(true);
            }
            // A head that came in part is waited for.
            while let Some((head, length)) = self.whole_head()? {
                if !is_interim(head.status) {
                    return Ok(true);
                }
                self.received.drain(..length);
            }
        }
        Ok(true)
    }

    /// The head that has come and its length, waited for if a part of it has; none if nothing is left.
    fn whole_head(&mut self) -> Result<Option<(Response, usize)>, ExchangeError> {
        while !self.received.is_empty() {
            if let Some(parsed) = parse_head(&self.received)? {
                return Ok(Some(parsed));
            }
            self.read_more_head()?;
        }
        Ok(None)
    }

    /// Whether something has come, or the other side has ended.
    fn is_readable(&self) -> Result<bool, ExchangeError> {
        let look = || {
            self.stream.set_nonblocking(true)?;
            let seen = self.stream.peek(&mut [0]);
            self.stream.set_nonblocking(false)?;
            Ok(match seen {
                Ok(_) => true,
                Err(error) => !is_would_block(&error),
            })
        };
        look().map_err(|_: std::io::Error| ExchangeError::Closed)
    }

    /// Reads the status line and headers of the final response.
    ///
    /// # Errors
    /// No response arrived, or the bytes are not a response.
    pub fn read_head(&mut self) -> Result<Response, ExchangeError> {
        loop {
            match parse_head(&self.received)? {
                Some((response, length)) => {
                    self.received.drain(..length);
                    if !is_interim(response.status) {
                        return Ok(response);
                    }
                }
                None => self.read_more_head()?,
            }
        }
    }

    fn read_more_head(&mut self) -> Result<(), ExchangeError> {
        if self.received.len() > self.limits.max_head_bytes {
            let most = self.limits.max_head_bytes / 1024;
            return Err(ExchangeError::Malformed(format!("more than {most} KiB of headers")));
        }
        if self.read_more()? {
            return Ok(());
        }
        Err(match self.received.is_empty() {
            true => ExchangeError::Closed,
            false => ExchangeError::Malformed("it ends within its headers".to_owned()),
        })
    }

    /// Reads the body of `response`, which answers a request with `method`. Bytes received before an error stay in its body.
    ///
    /// # Errors
    /// The body is not as its head says, or did not come to its end in time.
    pub fn read_body(
        &mut self,
        method: &str,
        response: &mut Response,
    ) -> Result<(), ExchangeError> {
        let read = self.body(method, response);
        if read.is_err() && response.body.is_empty() {
            response.body = std::mem::take(&mut self.received);
        }
        read
    }

    fn body(&mut self, method: &str, response: &mut Response) -> Result<(), ExchangeError> {
        let chunked = response
            .header("transfer-encoding")
            .is_some_and(|how| how.to_ascii_lowercase().contains("chunked"));
        let length = content_length(response)?;
        if method == "HEAD" || matches!(response.status, 204 | 304) {
            return self.check_no_body(method, response.status, chunked, length);
        }
        if chunked {
            return self.read_chunks(response);
        }
        let longest = self.limits.max_body_bytes;
        let Some(length) = length else {
            while self.received.len() <= longest && self.read_more()? {}
            response.truncated = self.received.len() > longest;
            self.received.truncate(longest);
            response.body = std::mem::take(&mut self.received);
            return Ok(());
        };
        let expected = length.min(longest);
        while self.received.len() < expected {
            if !self.read_more()? {
                let came = self.received.len();
                return Err(ExchangeError::Malformed(format!(
                    "its body ends after {came} of {length} bytes"
                )));
            }
        }
        self.received.truncate(expected);
        response.truncated = expected < length;
        response.body = std::mem::take(&mut self.received);
        Ok(())
    }

    /// Checks that a response without a body sends no bytes: the next response on the connection would start with them.
    fn check_no_body(
        &mut self,
        method: &str,
        status: u16,
        chunked: bool,
        length: Option<usize>,
    ) -> Result<(), ExchangeError> {
        let name = match method {
            "HEAD" => "the response to HEAD".to_owned(),
            _ => format!("a {status}"),
        };
        if status == 204 && (chunked || length.is_some_and(|length| length > 0)) {
            return Err(ExchangeError::Malformed(format!("{name} announces a body, and has none")));
        }
        let deadline = self.deadline;
        self.deadline = deadline.min(Instant::now() + EXTRA_BYTES_TIMEOUT);
        // That nothing comes is what is hoped for.
        let _ = self.received.is_empty() && self.read_more().is_ok();
        self.deadline = deadline;
        match self.received.len() {
            0 => Ok(()),
            more => Err(ExchangeError::Malformed(format!(
                "{name} has no body, and {more} bytes came after its headers"
            ))),
        }
    }

    /// What has come of a body without an end of its own; waits for something. Empty at the end of the connection.
    ///
    /// # Errors
    /// Nothing came until the deadline.
    pub fn next_piece(&mut self) -> Result<Vec<u8>, ExchangeError> {
        if self.received.is_empty() {
            while self.read_more()? && self.received.is_empty() {}
        }
        Ok(std::mem::take(&mut self.received))
    }

    /// The next chunk of a body that comes in chunks; waits for it. Empty after the last.
    ///
    /// # Errors
    /// It is no chunk, or did not come to its end.
    pub fn next_chunk(&mut self) -> Result<Vec<u8>, ExchangeError> {
        let mut response = Response::default();
        self.read_chunk(&mut response)?;
        Ok(response.body)
    }

    fn read_chunks(&mut self, response: &mut Response) -> Result<(), ExchangeError> {
        while self.read_chunk(response)? {}
        Ok(())
    }

    /// Adds a chunk to the body; whether another may follow.
    fn read_chunk(&mut self, response: &mut Response) -> Result<bool, ExchangeError> {
        let size = loop {
            match httparse::parse_chunk_size(&self.received) {
                Ok(httparse::Status::Complete((length, size))) => {
                    self.received.drain(..length);
                    break usize::try_from(size).unwrap_or(usize::MAX);
                }
                Ok(httparse::Status::Partial)
                    if self.received.len() < self.limits.max_head_bytes => {}
                _ => return Err(ExchangeError::Malformed("its chunks have no size".to_owned())),
            }
            self.read_more_chunks(response)?;
        };
        // Trailers after the last chunk are nobody's business.
        if size == 0 {
            return Ok(false);
        }
        if size > self.limits.max_body_bytes - response.body.len() {
            response.truncated = true;
            return Ok(false);
        }
        while self.received.len() < size + 2 {
            self.read_more_chunks(response)?;
        }
        response.body.extend(self.received.drain(..size));
        if !self.received.starts_with(b"\r\n") {
            return Err(ExchangeError::Malformed(format!(
                "a chunk of {size} bytes does not end where its size says"
            )));
        }
        self.received.drain(..2);
        Ok(true)
    }

    fn read_more_chunks(&mut self, response: &Response) -> Result<(), ExchangeError> {
        match self.read_more()? {
            true => Ok(()),
            false => {
                let came = response.body.len();
                Err(ExchangeError::Malformed(format!(
                    "its chunks end early, after {came} bytes of the body"
                )))
            }
        }
    }

    /// Reads what has come; false at the end of the connection.
    fn read_more(&mut self) -> Result<bool, ExchangeError> {
        let wait = self.remaining_time()?;
        self.stream.set_read_timeout(Some(wait)).map_err(|_| ExchangeError::Closed)?;
        let mut piece = [0; 16 * 1024];
        match self.stream.read(&mut piece) {
            Ok(count) => {
                self.received.extend_from_slice(&piece[..count]);
                Ok(count > 0)
            }
            Err(error) if is_would_block(&error) => self.remaining_time().map(|_| true),
            Err(_) => Ok(false),
        }
    }
}

/// Whether an error of the connection means that it takes longer.
pub fn is_would_block(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted)
}

/// Whether another response follows this one (RFC 9110, 15.2); 101 is the last of its connection.
fn is_interim(status: u16) -> bool {
    status < 200 && status != 101
}

/// The value of `Content-Length`. Several that are equal count as one (RFC 9110, 8.6).
fn content_length(response: &Response) -> Result<Option<usize>, ExchangeError> {
    let Some(all) = response.header("content-length") else { return Ok(None) };
    let mut values = all.split(',').map(str::trim);
    let first = values.next().unwrap_or_default();
    let is_number = !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_digit());
    match first.parse() {
        Ok(length) if is_number && values.all(|other| other == first) => Ok(Some(length)),
        _ => {
            let shown = crate::contract::value::visible(&all, false);
            Err(ExchangeError::Malformed(format!("`Content-Length: {shown}`")))
        }
    }
}

fn parse_head(bytes: &[u8]) -> Result<Option<(Response, usize)>, ExchangeError> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut head = httparse::Response::new(&mut headers);
    let mut config = httparse::ParserConfig::default();
    // A client takes folded lines, as one line (RFC 9112, 5.2).
    config.allow_obsolete_multiline_headers_in_responses(true);
    match config.parse_response(&mut head, bytes) {
        Ok(httparse::Status::Complete(length)) => {
            let headers =
                head.headers.iter().map(|header| (header.name.to_owned(), text(header.value)));
            let response = Response {
                status: head.code.unwrap_or_default(),
                reason: head.reason.unwrap_or_default().to_owned(),
                headers: headers.collect(),
                ..Response::default()
            };
            Ok(Some((response, length)))
        }
        Ok(httparse::Status::Partial) => Ok(None),
        Err(httparse::Error::TooManyHeaders) => {
            Err(ExchangeError::Malformed(format!("more than {MAX_HEADERS} headers")))
        }
        Err(error) => Err(ExchangeError::Malformed(error.to_string())),
    }
}

/// The value of a header, its folded lines joined by a space.
fn text(value: &[u8]) -> String {
    let value = String::from_utf8_lossy(value);
    match value.contains('\n') {
        false => value.into_owned(),
        true => value.lines().map(str::trim).collect::<Vec<_>>().join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_length(values: &[&str]) -> Result<Option<usize>, ExchangeError> {
        let header = |value: &&str| ("Content-Length".to_owned(), (*value).to_owned());
        let headers = values.iter().map(header).collect();
        content_length(&Response { headers, ..Response::default() })
    }

    #[test]
    fn a_length_is_digits_and_may_be_repeated() {
        assert_eq!(with_length(&[]), Ok(None));
        assert_eq!(with_length(&["20"]), Ok(Some(20)));
        assert_eq!(with_length(&["20", "20"]), Ok(Some(20)));
        for wrong in
            [&["+20"][..], &["20", "21"], &["-1"], &["0x5"], &[""], &["99999999999999999999"]]
        {
            assert!(with_length(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn folded_lines_are_joined() {
        let (head, _) = parse_head(b"HTTP/1.1 200 OK\r\nX-A: b\r\n  c\r\n\r\n")
            .expect("a head")
            .expect("whole");
        assert_eq!(head.header("x-a").as_deref(), Some("b c"));
    }
}
