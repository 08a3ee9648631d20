//! HTTP/1.1 on a stream: heads and bodies within bounds, answers whole.

use super::http::{Body, Request, Response, pairs};
use crate::reference::faults::fault;
use crate::reference::learner;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

const HEAD: u64 = 64 * 1024;
const BODY: usize = 1024 * 1024;
/// A body without a limit, for the fault that has none.
const HUGE: usize = 512 * 1024 * 1024;

pub type Reader = BufReader<TcpStream>;

/// What came instead of a request.
pub enum Refusal {
    /// The other side closed the connection, or sent nothing until the timeout.
    Gone,
    /// A head that cannot be read: this status, then the connection ends.
    Broken(u16),
    /// A body above the limit, to this path.
    TooLarge(Box<Request>),
}

/// Reads a line that ends within what is left of the head's bound.
fn line(reader: &mut Reader, left: &mut u64) -> Result<String, Refusal> {
    let mut bytes = Vec::new();
    let count = reader.take(*left).read_until(b'\n', &mut bytes).map_err(|_| Refusal::Gone)?;
    *left -= count as u64;
    if bytes.pop() != Some(b'\n') {
        return Err(if *left == 0 { Refusal::Broken(431) } else { Refusal::Gone });
    }
    if bytes.last() == Some(&b'\r') {
        bytes.pop();
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Waits for the first byte of the next request.
pub fn waits(reader: &mut Reader) -> bool {
    matches!(reader.fill_buf(), Ok(bytes) if !bytes.is_empty())
}

pub fn read(reader: &mut Reader) -> Result<Request, Refusal> {
    let mut left = HEAD;
    let mut first = line(reader, &mut left)?;
    if first.is_empty() {
        first = line(reader, &mut left)?;
    }
    let words: Vec<&str> = first.split(' ').collect();
    let [method, target, version] = words[..] else { return Err(Refusal::Broken(400)) };
    let good = version.starts_with("HTTP/1.") && method.bytes().all(|b| b.is_ascii_alphabetic());
    if !good || method.is_empty() {
        return Err(Refusal::Broken(400));
    }
    let target = target
        .strip_prefix("http://")
        .map_or(target, |rest| rest.find('/').map_or("/", |at| &rest[at..]));
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut headers = Vec::new();
    loop {
        let text = line(reader, &mut left)?;
        if text.is_empty() {
            break;
        }
        let (name, value) = text.split_once(':').ok_or(Refusal::Broken(400))?;
        if name.is_empty() || name.contains([' ', '\t']) {
            return Err(Refusal::Broken(400));
        }
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    if version == "HTTP/1.0" && !headers.iter().any(|(name, _)| name == "connection") {
        headers.push(("connection".to_owned(), "close".to_owned()));
    }
    let (method, path) = (method.to_owned(), path.to_owned());
    let request = Request { method, path, query: pairs(query), headers, body: Vec::new() };
    with_body(reader, request)
}

fn with_body(reader: &mut Reader, mut request: Request) -> Result<Request, Refusal> {
    let chunked = request.header("transfer-encoding").map(str::to_ascii_lowercase);
    let length = request.header("content-length").map(str::parse::<u64>);
    let length = match (chunked.as_deref(), length) {
        (None, None) => return Ok(request),
        (Some("chunked"), None) => None,
        (None, Some(Ok(length))) => Some(length),
        _ => return Err(Refusal::Broken(400)),
    };
    let has_length = length.is_some();
    let most = if fault("small-body-limit") {
        BODY / 16
    } else if fault("no-body-limit") && has_length || fault("no-chunked-limit") && !has_length {
        HUGE
    } else if request.path == "/api/images"
        && learner::has("uploads")
        && !fault("image-form-limited")
    {
        // The image alone has its limit; the form around it is not counted.
        2 * BODY
    } else {
        BODY
    };
    if length.is_some_and(|length| length > most as u64) {
        return Err(Refusal::TooLarge(Box::new(request)));
    }
    let expects = request.header("expect").is_some_and(|e| e.eq_ignore_ascii_case("100-continue"));
    if expects {
        let sent = reader.get_mut().write_all(b"HTTP/1.1 100 Continue\r\n\r\n");
        sent.map_err(|_| Refusal::Gone)?;
    }
    if let Some(length) = length {
        let read = reader.take(length).read_to_end(&mut request.body);
        return match read {
            Ok(count) if count as u64 == length => Ok(request),
            _ => Err(Refusal::Gone),
        };
    }
    loop {
        let mut left = HEAD;
        let size = line(reader, &mut left)?;
        let size = size.split(';').next().unwrap_or_default().trim();
        let size = usize::from_str_radix(size, 16).map_err(|_| Refusal::Broken(400))?;
        if size.saturating_add(request.body.len()) > most {
            request.body = Vec::new();
            return Err(Refusal::TooLarge(Box::new(request)));
        }
        let read = reader.take(size as u64).read_to_end(&mut request.body);
        if read.ok() != Some(size) {
            return Err(Refusal::Gone);
        }
        // The end of a chunk's data, or of the trailers.
        while !line(reader, &mut left)?.is_empty() {}
        if size == 0 {
            return Ok(request);
        }
    }
}

/// Writes an answer; the body stays away for a `HEAD`.
pub fn write(
    stream: &mut TcpStream,
    answer: &Response,
    head: bool,
    close: bool,
) -> std::io::Result<()> {
    let body = match &answer.body {
        Body::Empty => Vec::new(),
        Body::Json(value) => value.to_string().into_bytes(),
        Body::Bytes(bytes) => bytes.clone(),
    };
    let mut text = format!("HTTP/1.1 {} {}\r\n", answer.status, reason(answer.status));
    for (name, value) in &answer.headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    if !answer.media_type.is_empty() {
        text.push_str(&format!("Content-Type: {}\r\n", answer.media_type));
    }
    // A stream goes on until its connection ends.
    let endless = answer.media_type == "text/event-stream";
    if !endless && !matches!(answer.status, 101 | 204 | 304) {
        text.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    if close {
        text.push_str("Connection: close\r\n");
    }
    text.push_str("\r\n");
    let mut bytes = text.into_bytes();
    if !head {
        bytes.extend(body);
    }
    stream.write_all(&bytes)
}

pub fn reason(status: u16) -> &'static str {
    match status {
        101 => "Switching Protocols",
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        303 => "See Other",
        304 => "Not Modified",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        412 => "Precondition Failed",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        422 => "Unprocessable Content",
        426 => "Upgrade Required",
        428 => "Precondition Required",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    }
}

/// Ends a connection whose request was not read whole: without reading on, the answer would be
/// lost to a reset.
pub fn linger(reader: &mut Reader) {
    let _ = reader.get_ref().shutdown(Shutdown::Write);
    let _ = reader.get_ref().set_read_timeout(Some(Duration::from_millis(500)));
    let (begin, mut waste) = (Instant::now(), [0; 16 * 1024]);
    while begin.elapsed() < Duration::from_secs(5) {
        if !matches!(reader.read(&mut waste), Ok(1..)) {
            return;
        }
    }
}
