//! Whether a server is healthy: the one request that is asked before there is a run.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

/// A server that is busy starting answers late.
const ANSWER: Duration = Duration::from_secs(2);
const CONNECT: Duration = Duration::from_millis(500);

/// What `GET /healthz` said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    /// 200.
    Well,
    /// Another status.
    Unwell(u16),
    /// No answer that is HTTP, or nobody there.
    Silent,
}

/// Asks once.
#[must_use]
pub fn ask_health(address: SocketAddr) -> Health {
    match status(address) {
        Some(200) => Health::Well,
        Some(other) => Health::Unwell(other),
        None => Health::Silent,
    }
}

fn status(address: SocketAddr) -> Option<u16> {
    let end = Instant::now() + ANSWER;
    let mut stream = TcpStream::connect_timeout(&address, CONNECT).ok()?;
    stream.set_write_timeout(Some(ANSWER)).ok()?;
    let request = format!(
        "GET /healthz HTTP/1.1\r\nHost: {address}\r\nAccept: */*\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).ok()?;
    let mut line = Vec::new();
    let mut buffer = [0; 512];
    while !line.contains(&b'\n') && line.len() < 4096 {
        let left = end.checked_duration_since(Instant::now()).filter(|left| !left.is_zero())?;
        stream.set_read_timeout(Some(left)).ok()?;
        let count = stream.read(&mut buffer).ok().filter(|count| *count > 0)?;
        line.extend_from_slice(&buffer[..count]);
    }
    // Who leaves in the middle of an answer stands in some servers' logs as an error.
    let _ = stream.set_read_timeout(Some(Duration::from_millis(200)));
    let _ = stream.take(64 * 1024).read_to_end(&mut Vec::new());
    parse(&line)
}

fn parse(answer: &[u8]) -> Option<u16> {
    let line = answer.split(|byte| *byte == b'\n').next()?;
    let rest = std::str::from_utf8(line).ok()?.strip_prefix("HTTP/1.")?;
    rest.split_ascii_whitespace().nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_line_is_read_and_nothing_else() {
        assert_eq!(parse(b"HTTP/1.1 200 OK\r\nX: y\r\n\r\n"), Some(200));
        assert_eq!(parse(b"HTTP/1.0 503\n"), Some(503));
        assert_eq!(parse(b"SSH-2.0-OpenSSH\r\n"), None);
        assert_eq!(parse(b""), None);
    }
}
