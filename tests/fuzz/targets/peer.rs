//! The server's side of a connection on this machine.

use std::cell::RefCell;
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

/// Closed connections keep their pair of ports for a minute. With an address for each of this many rounds the ports last.
const ADDRESSES: usize = if cfg!(target_os = "linux") { 200 } else { 1 };

thread_local! {
    static LISTENERS: RefCell<(usize, Vec<TcpListener>)> = const { RefCell::new((0, Vec::new())) };
}

/// A listener on a loopback address, and the URL that leads to it.
pub fn with_listener(act: impl FnOnce(&TcpListener, &str)) {
    LISTENERS.with_borrow_mut(|(round, listeners)| {
        *round += 1;
        if *round >= ADDRESSES {
            *round = 0;
        }
        let at = *round;
        if listeners.len() <= at {
            let last = listeners.len() + 1;
            listeners.push(TcpListener::bind((format!("127.0.0.{last}"), 0)).expect("a free port"));
        }
        let listener = &listeners[at.min(listeners.len() - 1)];
        let url = format!("http://{}", listener.local_addr().expect("it is bound"));
        act(listener, &url);
    });
}

/// The next connection. It gives up writing to a client that does not read.
pub fn accept(listener: &TcpListener) -> TcpStream {
    let (stream, _) = listener.accept().expect("the client has connected");
    stream.set_write_timeout(Some(Duration::from_secs(1))).expect("not zero");
    stream
}
