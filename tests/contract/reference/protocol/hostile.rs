//! Servers that mean no good, for the trials of the engine itself: `serve --hostile NAME`.
//!
//! But for those that do not get so far, each says at `/healthz` that it is well, so that checks go on.

use super::wire::{self, Reader};
use crate::reference::server::setting;
use signal_hook::consts::SIGTERM;
use std::io::{self, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::{Command, ExitCode, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;
use tungstenite::handshake::derive_accept_key;

/// Its name, and what it does.
pub const MODES: &[(&str, &str)] = &[
    ("never-answers", "takes connections and answers nothing"),
    ("dies-at-once", "ends at once with 3"),
    ("dies-amid", "ends at the first request but that for its health"),
    ("floods-stdout", "prints 100 MB to stdout"),
    ("floods-stderr", "prints 100 MB to stderr"),
    ("huge-answer", "answers with 100 MB"),
    ("endless-body", "answers with a body that never ends"),
    ("endless-head", "answers with headers that never end"),
    ("invalid-utf8", "answers with JSON that is no UTF-8, and a header that is none"),
    ("deep-json", "answers with JSON that is nested 100,000 deep"),
    ("byte-a-second", "answers with a byte each second"),
    ("redirects", "leads in a circle"),
    ("closes-amid-body", "closes in the middle of a body"),
    ("no-http", "answers with something that is no HTTP"),
    ("answers-twice", "answers each request twice"),
    ("escape-sequences", "sends sequences that drive terminals, in headers, bodies and its log"),
    ("leaves-children", "starts children that ignore SIGTERM and outlive it by a minute"),
    ("leaves-a-group", "starts such children in a process group of their own"),
    ("ignores-sigterm", "does not end on SIGTERM"),
    ("socket-flood", "sends to a WebSocket without an end"),
    ("socket-silence", "never finishes the handshake of a WebSocket"),
    ("socket-huge-frame", "announces a frame of 2^62 bytes"),
    ("socket-broken-frames", "sends frames that are none"),
    ("sleeper", "ignores SIGTERM and sleeps for a minute: the child of another"),
];

const ESCAPES: &str = "\u{1b}[2J\u{1b}[31m\u{1b}]0;owned\u{7}\u{9b}31m\u{202e}\r";
const MINUTE: Duration = Duration::from_secs(60);

pub fn serve(mode: &str) -> io::Result<ExitCode> {
    match mode {
        "dies-at-once" => return Ok(ExitCode::from(3)),
        "sleeper" => {
            signal_hook::flag::register(SIGTERM, Arc::new(AtomicBool::new(false)))?;
            thread::sleep(MINUTE);
            return Ok(ExitCode::SUCCESS);
        }
        "leaves-children" | "leaves-a-group" => {
            for _ in 0..2 {
                child(mode == "leaves-a-group")?;
            }
        }
        _ => {}
    }
    let stop = Arc::new(AtomicBool::new(false));
    if mode == "ignores-sigterm" {
        signal_hook::flag::register(SIGTERM, Arc::new(AtomicBool::new(false)))?;
    } else {
        signal_hook::flag::register(SIGTERM, Arc::clone(&stop))?;
    }
    let host = setting("HOST", "127.0.0.1");
    let listener = TcpListener::bind(format!("{host}:{}", setting("PORT", "8000")))?;
    let address = listener.local_addr()?;
    let mut log = io::stderr();
    if mode == "escape-sequences" {
        writeln!(log, "{ESCAPES}")?;
    }
    writeln!(log, "listening on http://{address}")?;
    let name = mode.to_owned();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let name = name.clone();
            thread::spawn(move || connection(&name, stream));
        }
    });
    let noise = "All work and no play makes a server print. ".repeat(24) + "\n";
    match mode {
        "floods-stdout" => flood(&mut io::stdout(), noise.as_bytes()),
        "floods-stderr" => flood(&mut log, noise.as_bytes()),
        _ => {}
    }
    while !stop.load(Ordering::SeqCst) {
        thread::sleep(Duration::from_millis(20));
    }
    Ok(ExitCode::SUCCESS)
}

/// 100 MB, or as much as is taken.
fn flood(out: &mut impl Write, noise: &[u8]) {
    for _ in 0..100_000_000 / noise.len() {
        if out.write_all(noise).is_err() {
            return;
        }
    }
}

#[cfg(unix)]
fn apart(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(not(unix))]
fn apart(_: &mut Command) {}

/// A copy of this program that holds the streams open.
fn child(group: bool) -> io::Result<()> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["serve", "--hostile", "sleeper"]).stdin(Stdio::null());
    if group {
        apart(&mut command);
    }
    command.spawn().map(drop)
}

fn connection(mode: &str, mut stream: TcpStream) {
    let Ok(copy) = stream.try_clone() else { return };
    let mut reader = Reader::new(copy);
    if mode == "never-answers" {
        thread::sleep(MINUTE);
        return;
    }
    while let Ok(request) = wire::read(&mut reader) {
        let key = request.header("sec-websocket-key");
        let done = match (request.path.as_str(), key) {
            ("/healthz", _) => plain(&mut stream, "application/json", br#"{"status":"ok"}"#),
            (_, Some(key)) if mode.starts_with("socket-") => socket(mode, &mut stream, key),
            _ if mode == "dies-amid" => {
                std::process::abort();
            }
            (path, _) => answer(mode, &mut stream, path),
        };
        if done.is_err() {
            return;
        }
    }
}

fn plain(stream: &mut TcpStream, media_type: &str, body: &[u8]) -> io::Result<()> {
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nContent-Length: {length}\r\n\r\n"
    )?;
    stream.write_all(body)
}

const SMALL: &[u8] = br#"{"items":[],"page":1,"per_page":20,"total":0}"#;
const JSON: &str = "application/json";

fn answer(mode: &str, stream: &mut TcpStream, path: &str) -> io::Result<()> {
    match mode {
        "huge-answer" => {
            let piece = vec![b'x'; 1_000_000];
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n")?;
            (0..100).try_for_each(|_| stream.write_all(&piece))
        }
        "endless-body" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")?;
            let chunk = format!("400\r\n{}\r\n", "x".repeat(1024));
            loop {
                stream.write_all(chunk.as_bytes())?;
            }
        }
        "endless-head" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\n")?;
            loop {
                stream.write_all(b"X-More: of the same\r\n")?;
            }
        }
        "invalid-utf8" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nLocation: /\xff\xfe\r\nContent-Length: 12\r\n\r\n{\"a\":\"\xff\xfe\xc0\xaf\"}")
        }
        "deep-json" => {
            let body = "[".repeat(100_000) + &"]".repeat(100_000);
            plain(stream, JSON, body.as_bytes())
        }
        "byte-a-second" => {
            for byte in b"HTTP/1.1 200 OK\r\nContent-Length: 600\r\n\r\n".iter().chain(&[b'x'; 600]) {
                stream.write_all(&[*byte])?;
                thread::sleep(Duration::from_secs(1));
            }
            Ok(())
        }
        "redirects" => {
            let next = if path == "/one" { "/two" } else { "/one" };
            write!(stream, "HTTP/1.1 302 Found\r\nLocation: {next}\r\nContent-Length: 0\r\n\r\n")
        }
        "closes-amid-body" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"items\":")?;
            stream.shutdown(Shutdown::Both)
        }
        "no-http" => {
            stream.write_all(b"220 mail.example.org ready\r\n\r\n")?;
            stream.shutdown(Shutdown::Both)
        }
        "answers-twice" => {
            plain(stream, JSON, SMALL)?;
            plain(stream, JSON, SMALL)
        }
        "escape-sequences" => {
            let body = serde_json::json!({"title": ESCAPES, ESCAPES: 1}).to_string();
            let raw = format!("{body}{ESCAPES}");
            let mark = ESCAPES.trim_end();
            write!(stream, "HTTP/1.1 200 OK\r\nX-Mark: {mark}\r\n")?;
            let length = raw.len();
            write!(stream, "Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{raw}")
        }
        _ => plain(stream, JSON, SMALL),
    }
}

fn socket(mode: &str, stream: &mut TcpStream, key: &str) -> io::Result<()> {
    if mode == "socket-silence" {
        thread::sleep(MINUTE);
        return stream.shutdown(Shutdown::Both);
    }
    let accept = derive_accept_key(key.as_bytes());
    write!(
        stream,
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Accept: {accept}\r\n\r\n"
    )?;
    match mode {
        "socket-huge-frame" => {
            stream.write_all(&[0x81, 127, 0x40, 0, 0, 0, 0, 0, 0, 0])?;
            loop {
                stream.write_all(&[b'x'; 4096])?;
            }
        }
        "socket-broken-frames" => loop {
            stream.write_all(&[0xff, 0x83, 1, 2, 3])?;
            thread::sleep(Duration::from_millis(10));
        },
        _ => loop {
            stream.write_all(b"\x81\x1f{\"type\":\"joined\",\"name\":\"spam\"}")?;
        },
    }
}
