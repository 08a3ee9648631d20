//! WebSocket servers in this process, each for one connection or for all.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use tungstenite::{WebSocket, accept};

/// A server that does `act` with each connection; its address.
pub fn serve(act: impl Fn(TcpStream) + Clone + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/live", listener.local_addr().expect("bound"));
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let act = act.clone();
            thread::spawn(move || act(stream));
        }
    });
    url
}

/// A server that upgrades each connection, and does `act` with it.
pub fn upgrade(act: impl Fn(WebSocket<TcpStream>) + Clone + Send + 'static) -> String {
    serve(move |stream| act(accept(stream).expect("an upgrade")))
}

/// A server that answers each request with `answer`, and then keeps the connection for ever.
pub fn answer(answer: &'static [u8]) -> String {
    serve(move |mut stream| {
        head(&mut stream);
        let _ = stream.write_all(answer);
        let _ = stream.read_to_end(&mut Vec::new());
    })
}

/// Reads a request's head.
pub fn head(stream: &mut TcpStream) -> String {
    let mut read = Vec::new();
    let mut byte = [0];
    while !read.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) > 0 {
        read.push(byte[0]);
    }
    String::from_utf8_lossy(&read).into_owned()
}
