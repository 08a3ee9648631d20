//! A starter's server, on a free port: it starts, is healthy, and is stopped.

use crate::sandbox::Sandbox;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Building it may be part of it.
const START: Duration = Duration::from_secs(300);
const STOP: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_millis(100);

/// A process group: `npm run` and `node --watch` start the server as a child of a child.
pub struct Server {
    leader: Child,
    log: PathBuf,
}

pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its address").port()
}

impl Server {
    /// Waits until it is healthy.
    pub fn start(sandbox: &Sandbox, root: &Path, line: &str, port: u16) -> Result<Self, String> {
        let log = root.with_extension("log");
        let out = File::create(&log).map_err(|error| error.to_string())?;
        let err = out.try_clone().map_err(|error| error.to_string())?;
        let mut command = sandbox.command("sh", root);
        command.args(["-c", line]).env("PORT", port.to_string()).process_group(0);
        let leader = command.stdout(out).stderr(err).spawn().map_err(|error| error.to_string())?;
        let mut server = Self { leader, log };
        let start = Instant::now();
        while !is_healthy(port) {
            let ended = server.leader.try_wait().map_err(|error| error.to_string())?;
            if ended.is_some() || start.elapsed() > START {
                let state = ended.map_or("is not healthy".to_owned(), |status| status.to_string());
                let log = fs::read_to_string(&server.log).unwrap_or_default();
                server.stop(port)?;
                return Err(format!("`{line}` {state}\n{log}"));
            }
            sleep(PAUSE);
        }
        Ok(server)
    }

    pub fn stop(mut self, port: u16) -> Result<(), String> {
        self.signal("-TERM");
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_ok() {
            if start.elapsed() > STOP {
                return Err("the server goes on after SIGTERM".to_owned());
            }
            sleep(PAUSE);
        }
        self.signal("-KILL");
        self.leader.wait().map(drop).map_err(|error| error.to_string())
    }

    fn signal(&self, signal: &str) {
        let group = format!("-{}", self.leader.id());
        let mut kill = Command::new("kill");
        // A group that has gone already is no failure.
        let _ = kill.args([signal, "--", &group]).stderr(std::process::Stdio::null()).status();
    }
}

fn is_healthy(port: u16) -> bool {
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) else { return false };
    let request = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let mut answer = String::new();
    let limited = stream.set_read_timeout(Some(Duration::from_secs(5)));
    limited.is_ok()
        && stream.write_all(request.as_bytes()).is_ok()
        && stream.read_to_string(&mut answer).is_ok()
        && answer.starts_with("HTTP/1.1 200")
}
