//! An upgrade that was refused: why, and the response that says so.

use super::connection::{HeaderMap, HeaderValue};
use crate::contract::client::http::is_own_limit;
use crate::contract::client::response::Response;
use std::io::{self, ErrorKind, Read};
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::time::Instant;

/// Why a WebSocket was not opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HandshakeError {
    /// The server answered, and did not upgrade.
    #[error("the upgrade was answered with {}", .0.status)]
    Answered(Box<Response>),
    /// It did not answer in time.
    #[error("the upgrade was not answered in time")]
    TimedOut,
    /// It ended the connection without a response, or took none.
    #[error("no response to the upgrade: {0}")]
    Lost(String),
    /// It answered, and the response is no good one.
    #[error("the response to the upgrade is broken: {0}")]
    Invalid(String),
    /// We may open no more connections ourselves.
    #[error("no connection can be opened here: {0}")]
    OwnLimit(String),
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
            _ if is_own_limit(&error) => Self::OwnLimit(error.to_string()),
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
    let resolved = place.to_socket_addrs().map_err(HandshakeError::of_io)?;
    Ok((resolved.collect(), format!("ws://{rest}")))
}

/// Reads what has come, waited for until `end` if there is one, and else for the timeout of `stream`. A signal ends a read that
/// has a timeout, and so does a stop of the process (Ctrl-Z, then `fg`), though the connection is there: it is read again.
///
/// # Errors
/// The time is over, or the connection.
pub fn read(stream: &mut TcpStream, buffer: &mut [u8], end: Option<Instant>) -> io::Result<usize> {
    loop {
        if let Some(end) = end {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(ErrorKind::TimedOut.into());
            }
            stream.set_read_timeout(Some(left))?;
        }
        match stream.read(buffer) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

/// Refuses an extension or a subprotocol that was not offered, as a browser does (RFC 6455, 4.1).
///
/// # Errors
/// The server named one.
pub fn not_offered(headers: &HeaderMap, sent: &[(String, String)]) -> Result<(), HandshakeError> {
    for name in ["sec-websocket-extensions", "sec-websocket-protocol"] {
        let was_offered = sent.iter().any(|(header, _)| header.eq_ignore_ascii_case(name));
        if let Some(value) = headers.get(name).filter(|_| !was_offered) {
            let value = crate::contract::value::quoted(&text(value));
            return Err(HandshakeError::Invalid(format!(
                "{name} is {value}, which nobody offered"
            )));
        }
    }
    Ok(())
}

/// The value of a header as text.
#[must_use]
pub fn text(value: &HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_websockets_too() {
        let (resolved, url) = addresses("http://127.0.0.1:81/a?b=c").expect("sound");
        assert_eq!(resolved, ["127.0.0.1:81".parse().expect("an address")]);
        assert_eq!(url, "ws://127.0.0.1:81/a?b=c");
        assert!(matches!(addresses("https://example.org"), Err(HandshakeError::Unsendable(_))));
    }

    /// Linux ends a read with a timeout when the process goes on after a stop.
    #[test]
    #[cfg(target_os = "linux")]
    fn a_process_that_was_stopped_reads_on() {
        use std::io::Write;
        use std::net::TcpListener;
        use std::process::Command;
        use std::thread;
        use std::time::Duration;

        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("bound");
        let mut stream = TcpStream::connect(address).expect("it listens");
        let (mut server, _) = listener.accept().expect("connected");
        let line = "sleep 0.2; kill -STOP $PPID; sleep 0.1; kill -CONT $PPID; sleep 0.3";
        let mut shell = Command::new("/bin/sh").args(["-c", line]).spawn().expect("a shell");
        let writer = thread::spawn(move || {
            assert!(shell.wait().expect("it ends").success());
            server.write_all(b"x").expect("sent");
        });
        let end = Instant::now() + Duration::from_secs(30);
        let count = read(&mut stream, &mut [0; 4], Some(end)).expect("it comes");
        assert_eq!(count, 1);
        writer.join().expect("no panic");
    }
}
