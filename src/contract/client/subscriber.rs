//! A server of our own that the server under test sends requests to: a subscriber of its events.

use super::http::{CHECK_LIMITS, Limits, ResponseReader};
use super::response::Response;
use crate::contract::format::Reply;
use serde_json::{Map, Value, json};
use std::collections::VecDeque;
use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How often a thread looks whether the subscriber has ended.
const POLL_INTERVAL: Duration = Duration::from_millis(10);
/// How many connections may be open at the same time; more are closed at once.
const MAX_CONNECTIONS: usize = 200;

/// A subscriber that listens. Dropped, it ends, with all its connections.
#[derive(Debug)]
pub struct Subscriber {
    ended: Arc<AtomicBool>,
}

struct Shared<F> {
    ended: Arc<AtomicBool>,
    open: AtomicUsize,
    replies: Mutex<VecDeque<Reply>>,
    /// When the request before came.
    before: Mutex<Option<Instant>>,
    on_request: F,
}

impl Subscriber {
    /// Listens on a free port of 127.0.0.1, and gives its URL. The first requests are answered by `replies`, all others by
    /// 204. Each request goes to `on_request` before it is answered, as the JSON of `{"method", "path", "headers", "body",
    /// "text", "after"}`; one that `on_request` refuses is not answered.
    ///
    /// # Errors
    /// The system has no port or thread for it.
    pub fn open(
        replies: &[Reply],
        on_request: impl Fn(String) -> Result<(), String> + Send + Sync + 'static,
    ) -> std::io::Result<(String, Self)> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let url = format!("http://{}", listener.local_addr()?);
        let ended = Arc::new(AtomicBool::new(false));
        let shared = Arc::new(Shared {
            ended: Arc::clone(&ended),
            open: AtomicUsize::new(0),
            replies: Mutex::new(replies.iter().copied().collect()),
            before: Mutex::default(),
            on_request,
        });
        thread::Builder::new()
            .name("subscriber".to_owned())
            .spawn(move || accept(&listener, &shared))?;
        Ok((url, Self { ended }))
    }

    /// Ends: nothing listens any more.
    pub fn end(&self) {
        self.ended.store(true, Ordering::SeqCst);
    }
}

impl Drop for Subscriber {
    fn drop(&mut self) {
        self.end();
    }
}

fn accept<F>(listener: &TcpListener, shared: &Arc<Shared<F>>)
where
    F: Fn(String) -> Result<(), String> + Send + Sync + 'static,
{
    while !shared.ended.load(Ordering::SeqCst) {
        let Ok((stream, _)) = listener.accept() else {
            thread::sleep(POLL_INTERVAL);
            continue;
        };
        if shared.open.fetch_add(1, Ordering::SeqCst) >= MAX_CONNECTIONS {
            shared.open.fetch_sub(1, Ordering::SeqCst);
            continue;
        }
        let own = Arc::clone(shared);
        let spawned = thread::Builder::new().stack_size(256 * 1024).spawn(move || {
            // A connection that breaks is the sender's to try again.
            let _ = own.serve(stream);
            own.open.fetch_sub(1, Ordering::SeqCst);
        });
        if spawned.is_err() {
            shared.open.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

impl<F: Fn(String) -> Result<(), String>> Shared<F> {
    /// Reads one request, and answers it. Other requests come on connections of their own.
    fn serve(&self, mut stream: TcpStream) -> Option<()> {
        stream.set_nonblocking(false).ok()?;
        let request = read(&mut stream)?;
        let reply = {
            let mut before = self.before.lock().unwrap_or_else(PoisonError::into_inner);
            let now = Instant::now();
            let after = before.replace(now).map_or(0.0, |then| (now - then).as_secs_f64());
            let mut request = request;
            request.insert("after".to_owned(), json!(after));
            let mut replies = self.replies.lock().unwrap_or_else(PoisonError::into_inner);
            (self.on_request)(Value::Object(request).to_string()).ok()?;
            replies.pop_front()
        };
        let status = match reply {
            Some(Reply::Drop) => {
                let _ = stream.shutdown(Shutdown::Both);
                return None;
            }
            Some(Reply::Late(span)) => {
                self.wait(span);
                204
            }
            Some(Reply::Status(status)) => status,
            None => 204,
        };
        let length = if status == 204 { "" } else { "Content-Length: 0\r\n" };
        write!(stream, "HTTP/1.1 {status} Answer\r\n{length}Connection: close\r\n\r\n").ok()?;
        stream.shutdown(Shutdown::Write).ok()
    }

    fn wait(&self, span: Duration) {
        let begin = Instant::now();
        while begin.elapsed() < span && !self.ended.load(Ordering::SeqCst) {
            thread::sleep(POLL_INTERVAL);
        }
    }
}

/// The request that comes on a connection: all but the time of its arrival.
fn read(stream: &mut TcpStream) -> Option<Map<String, Value>> {
    let Limits { exchange_timeout, max_head_bytes, .. } = CHECK_LIMITS;
    let deadline = Instant::now() + exchange_timeout;
    let mut received = Vec::new();
    let end = loop {
        if let Some(at) = received.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
            break at;
        }
        let left = deadline.saturating_duration_since(Instant::now());
        if received.len() > max_head_bytes || left.is_zero() {
            return None;
        }
        stream.set_read_timeout(Some(left)).ok()?;
        let mut piece = [0; 16 * 1024];
        match stream.read(&mut piece) {
            Ok(0) => return None,
            Ok(count) => received.extend_from_slice(&piece[..count]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    };
    let head = String::from_utf8_lossy(&received[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let mut line = lines.next()?.split(' ');
    let (method, path) = (line.next()?.to_owned(), line.next()?.to_owned());
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .collect();
    let mut framed = Response { status: 200, headers, ..Response::default() };
    if framed.header("expect").is_some_and(|value| value.eq_ignore_ascii_case("100-continue")) {
        stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").ok()?;
    }
    // A request without either has no body (RFC 9112, 6.3), where a response goes on to the end of its connection.
    if framed.header("content-length").or(framed.header("transfer-encoding")).is_some() {
        let rest = received.split_off(end + 4);
        let copy = stream.try_clone().ok()?;
        ResponseReader::new(copy, CHECK_LIMITS, deadline, rest)
            .read_body(&method, &mut framed)
            .ok()?;
    }
    let text = String::from_utf8_lossy(&framed.body).into_owned();
    let body = serde_json::from_str(&text).unwrap_or_else(|_| json!(text));
    let names = framed.headers.iter().map(|(name, _)| name.to_ascii_lowercase());
    let headers: Map<String, Value> =
        names.filter_map(|name| Some((name.clone(), json!(framed.header(&name)?)))).collect();
    let request = [
        ("method", json!(method)),
        ("path", json!(path)),
        ("headers", Value::Object(headers)),
        ("body", body),
        ("text", json!(text)),
    ];
    Some(request.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::{Receiver, channel};

    fn open(replies: &[Reply]) -> (String, Subscriber, Receiver<Value>) {
        let (sender, received) = channel();
        let sender = Mutex::new(sender);
        let on_request = move |text: String| {
            let sender = sender.lock().unwrap_or_else(PoisonError::into_inner);
            let request = serde_json::from_str(&text).expect("JSON");
            sender.send(request).map_err(|error| error.to_string())
        };
        let (url, subscriber) = Subscriber::open(replies, on_request).expect("a port");
        (url, subscriber, received)
    }

    fn ask(url: &str, request: &str) -> String {
        let mut stream =
            TcpStream::connect(url.trim_start_matches("http://")).expect("a connection");
        stream.write_all(request.as_bytes()).expect("sent");
        let mut response = String::new();
        // A dropped connection may be an error to the reader.
        let _ = stream.read_to_string(&mut response);
        response.split("\r\n").next().unwrap_or_default().to_owned()
    }

    #[test]
    fn requests_are_answered_in_turn_and_heard_whole() {
        let late = Reply::Late(Duration::from_millis(300));
        let (url, _subscriber, received) = open(&[Reply::Status(503), Reply::Drop, late]);
        let json = "POST /a?b HTTP/1.1\r\nX-Id: 7\r\nContent-Length: 7\r\n\r\n{\"c\":1}";
        assert_eq!(ask(&url, json), "HTTP/1.1 503 Answer");
        let first = received.recv().expect("a request");
        let expected = json!({
            "method": "POST", "path": "/a?b", "headers": {"x-id": "7", "content-length": "7"},
            "body": {"c": 1}, "text": "{\"c\":1}", "after": 0.0,
        });
        assert_eq!(first, expected);
        let chunked = "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n";
        assert_eq!(ask(&url, chunked), "");
        assert_eq!(received.recv().expect("a request")["body"], "ab");
        let begin = Instant::now();
        assert_eq!(ask(&url, "GET / HTTP/1.1\r\n\r\n"), "HTTP/1.1 204 Answer");
        assert!(begin.elapsed() >= Duration::from_millis(300));
        assert!(received.recv().expect("a request")["after"].as_f64() >= Some(0.0));
        assert_eq!(ask(&url, "GET / HTTP/1.1\r\n\r\n"), "HTTP/1.1 204 Answer");
        assert!(received.recv().expect("a request")["after"].as_f64() >= Some(0.3));
    }

    #[test]
    fn what_is_no_request_is_not_heard() {
        let (url, _subscriber, received) = open(&[]);
        assert_eq!(ask(&url, "nothing\r\n\r\n"), "");
        assert!(received.try_recv().is_err());
    }

    #[test]
    fn dropped_it_listens_no_more() {
        let (url, subscriber, _requests) = open(&[]);
        drop(subscriber);
        let until = Instant::now() + Duration::from_secs(5);
        while TcpStream::connect(url.trim_start_matches("http://")).is_ok() {
            assert!(Instant::now() < until, "it still listens");
            thread::sleep(POLL_INTERVAL);
        }
    }
}
