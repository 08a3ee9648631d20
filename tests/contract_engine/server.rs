//! A small server whose answers are written here: late, broken, huge, early, or none.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// A request as the server read it.
struct Asked {
    line: String,
    headers: BTreeMap<String, String>,
    body: String,
}

/// Answers each request by its path; `/early` is answered before its body is read.
pub fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let stored = Arc::new(AtomicUsize::new(0));
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let stored = Arc::clone(&stored);
            thread::spawn(move || answer(stream, &stored));
        }
    });
    url
}

fn answer(mut stream: TcpStream, stored: &AtomicUsize) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut headers = BTreeMap::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let Some((name, value)) = header.trim().split_once(':') else { break };
        headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let path = line.split(' ').nth(1)?.to_owned();
    if path == "/early" {
        let _ = stream.write_all(b"HTTP/1.1 413 Too Large\r\ncontent-length: 0\r\n\r\n");
        thread::sleep(Duration::from_millis(100));
        return None;
    }
    let length = headers.get("content-length").and_then(|header| header.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let asked = Asked { line, headers, body: String::from_utf8_lossy(&body).into_owned() };
    let text = answer_to(&path, &asked, stored, &mut stream)?;
    stream.write_all(text.as_bytes()).ok()
}

fn answer_to(
    path: &str,
    asked: &Asked,
    stored: &AtomicUsize,
    stream: &mut TcpStream,
) -> Option<String> {
    let whole = |status: &str, headers: &str, body: &str| {
        Some(format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n{body}", body.len()))
    };
    let json = "content-type: application/json\r\n";
    match path {
        "/closed" => None,
        "/late" => {
            thread::sleep(Duration::from_secs(30));
            None
        }
        "/drip" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n");
            while stream.write_all(b"x").is_ok() {
                thread::sleep(Duration::from_millis(200));
            }
            None
        }
        "/huge" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
            while stream.write_all(&[b'x'; 65_536]).is_ok() {}
            None
        }
        "/headers" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
            while stream.write_all(b"x: y\r\n").is_ok() {}
            None
        }
        "/garbled" => Some("SSH-2.0-nonsense\r\n\r\n".to_owned()),
        "/chunks" => Some(format!(
            "HTTP/1.1 200 OK\r\n{json}transfer-encoding: chunked\r\n\r\n4\r\n{{\"a\"\r\n3;x=y\r\n:1}}\r\n0\r\n\r\n"
        )),
        "/feed" => whole(
            "200 OK",
            "content-type: application/atom+xml\r\n",
            "<feed><entry><id>a</id></entry></feed>",
        ),
        "/events" => {
            let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
            let seen = asked.headers.get("last-event-id").cloned().unwrap_or_default();
            let first = format!(": hello\n\nevent: seen\nid: 7\ndata: \"{seen}\"\n\nda");
            let rest = "ta: plain text\n\n";
            let chunk = |text: &str| format!("{:x}\r\n{text}\r\n", text.len());
            let _ = stream.write_all(format!("{head}{}", chunk(&first)).as_bytes());
            thread::sleep(Duration::from_millis(100));
            let _ = stream.write_all(format!("{}0\r\n\r\n", chunk(rest)).as_bytes());
            None
        }
        "/quiet" => {
            thread::sleep(Duration::from_secs(2));
            None
        }
        path if path.starts_with("/notify?") => {
            let subscriber = path.trim_start_matches("/notify?http://");
            for n in 1..=2 {
                if let Ok(mut stream) = TcpStream::connect(subscriber) {
                    let request =
                        format!("POST /event HTTP/1.1\r\nContent-Length: 7\r\n\r\n{{\"n\":{n}}}");
                    let _ = stream.write_all(request.as_bytes());
                    let _ = stream.read(&mut [0; 16]);
                }
            }
            whole("204 No Content", "", "")
        }
        "/slowly" => {
            let asked = stored.fetch_add(1, Ordering::SeqCst);
            whole("200 OK", json, &format!("{{\"done\":{}}}", asked >= 3))
        }
        "/set" => whole("200 OK", "set-cookie: sid=1; HttpOnly; Path=/\r\n", ""),
        "/who" => {
            let cookie = asked.headers.get("cookie").cloned().unwrap_or_default();
            whole("200 OK", json, &format!("{{\"cookie\":\"{cookie}\"}}"))
        }
        "/form" if asked.line.starts_with("GET") => whole(
            "200 OK",
            "content-type: text/html\r\nset-cookie: guard=g; Path=/\r\n",
            "<form method=post><input type=hidden name=csrf value=t><input name=name></form>",
        ),
        "/form" => {
            let good = asked.body == "csrf=t&name=Ada+L"
                && asked.headers.get("cookie").is_some_and(|header| header == "guard=g");
            whole(if good { "303 See Other" } else { "403 Forbidden" }, "location: /\r\n", "")
        }
        "/buy" => {
            let place = stored.fetch_add(1, Ordering::SeqCst);
            match place < 5 {
                true => whole("201 Created", json, &format!("{{\"id\":{}}}", place + 1)),
                false => whole("409 Conflict", json, "{}"),
            }
        }
        _ => whole("200 OK", json, "{\"id\":5}"),
    }
}
