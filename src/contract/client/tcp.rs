//! The TCP connection to a server: no other file opens one.

use std::io::{self, ErrorKind};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// Connects to the first of `addresses` that accepts; each is tried for `timeout` at most. What is
/// sent goes out at once (`TCP_NODELAY`).
///
/// # Errors
/// The error of the last address; `NotFound` if there is no address.
pub fn connect(
    addresses: impl IntoIterator<Item = SocketAddr>,
    timeout: Duration,
) -> io::Result<TcpStream> {
    let mut last = io::Error::new(ErrorKind::NotFound, "its name is not known");
    for address in addresses {
        match TcpStream::connect_timeout(&address, timeout) {
            Ok(stream) => {
                stream.set_nodelay(true)?;
                return Ok(stream);
            }
            Err(error) => last = error,
        }
    }
    Err(last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    #[test]
    fn the_first_address_that_accepts_is_used() {
        let closed = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("bound");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let open = listener.local_addr().expect("bound");
        let second = Duration::from_secs(1);
        let stream = connect([closed, open], second).expect("connected");
        assert_eq!(stream.peer_addr().expect("a peer"), open);
        assert!(stream.nodelay().expect("an option"));
        let refused = connect([closed], second).expect_err("nobody listens");
        assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
        assert_eq!(connect([], second).expect_err("no address").kind(), ErrorKind::NotFound);
    }
}
