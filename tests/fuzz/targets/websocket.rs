//! What a server sends after it has taken a WebSocket.

use super::peer::{accept, with_listener};
use roadmap::contract::client::{QueueBudget, ReceivedEvent, Socket};
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::thread;
use std::time::Duration;
use tungstenite::handshake::derive_accept_key;

/// Frames of any bytes: messages, then an end with its reason.
pub fn frames(data: &[u8]) {
    with_listener(|listener, url| {
        thread::scope(|scope| {
            scope.spawn(|| serve(accept(listener), data));
            let budget = QueueBudget::default();
            let url = format!("{url}/live");
            let socket = Socket::connect(&url, &[], Duration::from_secs(5), &budget);
            let socket = socket.expect("the upgrade is answered");
            // Each message costs a frame of two bytes at least.
            let mut received = (0..=data.len()).map(|_| socket.next(Duration::from_secs(5)));
            let is_message = |next: &ReceivedEvent| {
                matches!(next, ReceivedEvent::Text(_) | ReceivedEvent::Binary(_))
            };
            let end = received.find(|next| !is_message(next));
            let reason = match &end {
                Some(ReceivedEvent::Invalid(how) | ReceivedEvent::Closed { how, .. }) => how,
                _ => "",
            };
            assert!(!reason.is_empty(), "an end with a reason, not {end:?}");
        });
    });
}

fn serve(mut stream: TcpStream, data: &[u8]) {
    let mut head = [0; 4096];
    let mut length = 0;
    while !head[..length].ends_with(b"\r\n\r\n") {
        match stream.read(&mut head[length..]) {
            Ok(read) if read > 0 => length += read,
            _ => return,
        }
    }
    let head = String::from_utf8_lossy(&head[..length]);
    let mut fields = head.lines().filter_map(|line| line.split_once(": "));
    let key = fields.find(|(name, _)| name.eq_ignore_ascii_case("sec-websocket-key"));
    let accept = derive_accept_key(key.map(|(_, key)| key).unwrap_or_default().as_bytes());
    let upgrade = format!(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Accept: {accept}\r\n\r\n"
    );
    // A client that has seen enough closes.
    let _ = stream.write_all(&[upgrade.as_bytes(), data].concat());
    let _ = stream.shutdown(Shutdown::Write);
    // Whatever it answers, or the end would be a reset.
    while stream.read(&mut [0; 4096]).is_ok_and(|read| read > 0) {}
}
