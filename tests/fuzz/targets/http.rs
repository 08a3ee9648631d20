//! What a server sends where a response is expected.

use super::peer::{accept, with_listener};
use roadmap::contract::client::Response;
use roadmap::contract::client::{
    Address, CHECK_LIMITS, Connection, Cookie, ExchangeError, Jar, Request,
};
use std::hint::black_box;
use std::io::Write;
use std::net::Shutdown;

/// A response of any bytes: read within the limits, or refused with a reason.
pub fn response(data: &[u8]) {
    with_listener(|listener, url| {
        let address = Address::read(url).expect("an address");
        let connection = Connection::open(&address, CHECK_LIMITS).expect("it listens");
        let mut server = accept(listener);
        // A client that has seen enough closes.
        let _ = server.write_all(data);
        let _ = server.shutdown(Shutdown::Write);
        match connection.exchange(&Request::get("/")) {
            Ok(response) => judge(&response, data.len()),
            Err(error) => {
                let waited = matches!(error, ExchangeError::TimedOut(_));
                assert!(!waited, "it waits for a connection that has ended");
                assert!(!error.to_string().is_empty());
            }
        }
    });
}

fn judge(response: &Response, sent: usize) {
    // A 101 is the last response too: what follows is no HTTP.
    assert!(matches!(response.status, 101 | 200..=999), "{}", response.status);
    assert!(response.body.len() <= sent, "a body of more bytes than were sent");
    let shown = response.describe();
    assert!(!shown.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')), "{shown:?}");
    black_box((response.json(), response.media_type()));
    let mut jar = Jar::default();
    for header in response.header_values("set-cookie") {
        let Some(cookie) = Cookie::read(header) else { continue };
        black_box(cookie.described());
        jar.store(&cookie, "/posts");
    }
    let cookies = jar.header("/posts/1").unwrap_or_default();
    assert!(!cookies.contains(['\r', '\n']), "a cookie adds a line to a request");
}
