//! A starter's server: it comes up healthy on the port and database it is told, answers with
//! its page, and ends when it is asked to. (The contract's checks come on top of this.)

use crate::commands::{Facts, command};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long a server may take to become healthy: a JVM on a busy machine took 37 s.
const PATIENCE: Duration = Duration::from_secs(60);

struct Server {
    child: Child,
    port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn serves_and_keeps(root: &Path, facts: &Facts) -> Result<(), String> {
    let database = tempfile::tempdir().expect("a folder");
    let path = database.path().join("test.db");
    let url = facts.database.url.replace("{path}", &path.display().to_string());
    let mut server = start(root, facts, &url)?;
    let page = get(server.port, "/")?;
    for wanted in ["HTTP/1.1 200", "text/html", "nosniff", "content-security-policy"] {
        if !page.to_lowercase().contains(&wanted.to_lowercase()) {
            return Err(format!("the page has no {wanted}:\n{page}"));
        }
    }
    let described = get(server.port, "/openapi.json")?;
    if !described.contains("\"openapi\"") {
        return Err(format!("no description:\n{described}"));
    }
    if !path.exists() {
        return Err(format!("the server did not use the database at {url}"));
    }
    stop(&mut server)
}

fn start(root: &Path, facts: &Facts, url: &str) -> Result<Server, String> {
    // Free a moment ago; nobody else asks for ports here.
    let port = TcpListener::bind("127.0.0.1:0")
        .and_then(|one| one.local_addr())
        .map_err(|e| e.to_string())?
        .port();
    let mut process = command(root, &facts.commands.run);
    process.env("PORT", port.to_string()).env(&facts.database.variable, url);
    process.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let child = process.spawn().map_err(|error| error.to_string())?;
    let mut server = Server { child, port };
    let begin = Instant::now();
    while begin.elapsed() < PATIENCE {
        if get(port, "/healthz").is_ok_and(|answer| answer.contains("{\"status\":\"ok\"}")) {
            return Ok(server);
        }
        if let Ok(Some(status)) = server.child.try_wait() {
            return Err(format!("the server ended by itself with {status}"));
        }
        sleep(Duration::from_millis(50));
    }
    Err("the server did not become healthy".to_owned())
}

fn get(port: u16, path: &str) -> Result<String, String> {
    let talk = || {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
        )?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok::<_, std::io::Error>(String::from_utf8_lossy(&answer).into_owned())
    };
    talk().map_err(|error| format!("GET {path}: {error}"))
}

/// SIGTERM ends it within five seconds with 0, 143 or by the signal (contracts.md, "Stop").
#[cfg(unix)]
fn stop(server: &mut Server) -> Result<(), String> {
    use std::os::unix::process::ExitStatusExt;
    let pid = server.child.id().to_string();
    let asked = std::process::Command::new("kill").args(["-TERM", &pid]).status();
    asked.map_err(|error| error.to_string())?;
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_secs(5) {
        if let Ok(Some(status)) = server.child.try_wait() {
            let good = matches!(status.code(), Some(0 | 143)) || status.signal() == Some(15);
            return if good { Ok(()) } else { Err(format!("the server ended with {status}")) };
        }
        sleep(Duration::from_millis(20));
    }
    Err("the server did not end within 5 s of SIGTERM".to_owned())
}

/// Windows has no SIGTERM.
#[cfg(not(unix))]
fn stop(_: &mut Server) -> Result<(), String> {
    Ok(())
}
