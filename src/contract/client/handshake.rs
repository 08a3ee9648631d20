//! An upgrade that was refused: why, and the answer that says so.

use std::io::{self, ErrorKind, Read};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::time::Instant;

/// The longest body that is read.
const LONGEST: usize = 1024 * 1024;

/// Why a WebSocket was not opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HandshakeError {
    /// The server answered, and did not upgrade.
    #[error("the upgrade was answered with {status}")]
    Answered { status: u16, headers: Vec<(String, String)>, body: Vec<u8> },
    /// It did not answer in time.
    #[error("the upgrade was not answered in time")]
    TimedOut,
    /// It ended the connection without an answer, or took none.
    #[error("no answer to the upgrade: {0}")]
    Lost(String),
    /// It answered, and the answer is no good one.
    #[error("the answer to the upgrade is broken: {0}")]
    Invalid(String),
    /// Our own request cannot be sent so.
    #[error("the upgrade cannot be asked for: {0}")]
    Unsendable(String),
}

impl HandshakeError {
    /// What an error of the connection means.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "stands in `map_err`")]
    pub fn of_io(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::TimedOut | ErrorKind::WouldBlock => Self::TimedOut,
            ErrorKind::UnexpectedEof => Self::Lost("the server closed the connection".to_owned()),
            _ => Self::Lost(error.to_string()),
        }
    }
}

/// Where `url` leads (a name may have several addresses), and itself as a WebSocket's.
///
/// # Errors
/// It is no address over plain TCP, or leads nowhere.
pub fn addresses(url: &str) -> Result<(Vec<SocketAddr>, String), HandshakeError> {
    let rest = url.strip_prefix("http://").or_else(|| url.strip_prefix("ws://"));
    let Some(rest) = rest else {
        return Err(HandshakeError::Unsendable(format!("`{url}` does not begin with http://")));
    };
    let host = rest.split(['/', '?']).next().unwrap_or_default();
    let port = host.rsplit_once(':').filter(|(_, port)| port.parse::<u16>().is_ok());
    let place = if port.is_some() { host.to_owned() } else { format!("{host}:80") };
    let found = place.to_socket_addrs().map_err(HandshakeError::of_io)?;
    Ok((found.collect(), format!("ws://{rest}")))
}

/// Lets the next read of `stream` wait until `end` and no longer.
///
/// # Errors
/// That time has come.
pub fn until(stream: &TcpStream, end: Instant) -> io::Result<()> {
    let left = end.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return Err(ErrorKind::TimedOut.into());
    }
    stream.set_read_timeout(Some(left))
}

/// The body of an answer of which `start` was read: as much as comes until `end`, at most 1 MiB.
#[must_use]
pub fn body(
    status: u16,
    headers: &[(String, String)],
    start: Vec<u8>,
    mut stream: TcpStream,
    end: Instant,
) -> Vec<u8> {
    if matches!(status, 100..=199 | 204 | 304) {
        return Vec::new();
    }
    let header = |wanted: &str| {
        headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value)
    };
    let chunked =
        header("transfer-encoding").is_some_and(|value| value.eq_ignore_ascii_case("chunked"));
    let length = header("content-length").and_then(|value| value.trim().parse::<usize>().ok());
    let mut read = start;
    let mut buffer = [0; 8192];
    loop {
        let whole = match (chunked, length) {
            (true, _) => joined(&read),
            (false, Some(length)) if read.len() >= length => Some(read[..length].to_vec()),
            _ => None,
        };
        if let Some(whole) = whole {
            return whole;
        }
        let more = until(&stream, end).and_then(|()| stream.read(&mut buffer));
        match more {
            Ok(count) if count > 0 && read.len() < LONGEST => {
                read.extend_from_slice(&buffer[..count]);
            }
            _ => return read,
        }
    }
}

/// The chunks of a body as one, if the last is there.
fn joined(mut chunks: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    loop {
        let line = chunks.windows(2).position(|two| two == b"\r\n")?;
        let size = std::str::from_utf8(&chunks[..line]).ok()?.split(';').next()?;
        let size = usize::from_str_radix(size.trim(), 16).ok()?;
        if size == 0 {
            return Some(whole);
        }
        let begin = line + 2;
        let end = begin.checked_add(size)?;
        whole.extend_from_slice(chunks.get(begin..end)?);
        chunks = chunks.get(end..)?.strip_prefix(b"\r\n")?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_websockets_too() {
        let (found, url) = addresses("http://127.0.0.1:81/a?b=c").expect("sound");
        assert_eq!(found, ["127.0.0.1:81".parse().expect("an address")]);
        assert_eq!(url, "ws://127.0.0.1:81/a?b=c");
        assert!(matches!(addresses("https://example.org"), Err(HandshakeError::Unsendable(_))));
    }

    #[test]
    fn chunks_are_joined_once_the_last_is_there() {
        assert_eq!(joined(b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"), Some(b"abcde".to_vec()));
        assert_eq!(joined(b"3\r\nabc\r\n"), None);
        assert_eq!(joined(b"FFFFFFFFFFFFFFFF\r\nabc"), None);
    }
}
