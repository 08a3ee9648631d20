//! The servers that are tried: this program, run again with a role.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::zombie_processes,
    reason = "what a server does badly is what is tried"
)]

use roadmap::contract::server::Launch;
use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

const ROLE: &str = "HOSTILE_ROLE";
const PIDS: &str = "HOSTILE_PIDS";
/// How the harness runs `plays_its_role` alone.
const ARGUMENTS: [&str; 4] =
    ["--exact", "actor::plays_its_role", "--nocapture", "--test-threads=1"];

/// A server with this role, which notes the number of each of its processes.
pub struct Cast {
    pub launch: Launch,
    pids: PathBuf,
    _folder: tempfile::TempDir,
}

/// Casts `role`.
pub fn cast(role: &str) -> Cast {
    let folder = tempfile::tempdir().expect("a folder");
    let pids = folder.path().join("pids");
    let own = std::env::current_exe().expect("our own path");
    let mut run = vec![own.to_string_lossy().into_owned()];
    run.extend(ARGUMENTS.map(str::to_owned));
    let variables = [(ROLE, role.to_owned()), (PIDS, pids.to_string_lossy().into_owned())];
    let environment: BTreeMap<_, _> =
        variables.map(|(name, value)| (name.to_owned(), value)).into();
    let root = folder.path().to_owned();
    let launch = Launch { root, run, environment, ..Launch::default() };
    Cast { launch, pids, _folder: folder }
}

impl Cast {
    /// The processes that there were.
    pub fn pids(&self) -> Vec<u32> {
        let text = std::fs::read_to_string(&self.pids).unwrap_or_default();
        text.lines().map(|line| line.parse().expect("a number")).collect()
    }

    /// Waits for so many processes.
    pub fn wait_for(&self, count: usize) {
        for _ in 0..500 {
            if self.pids().len() >= count {
                return;
            }
            sleep(Duration::from_millis(20));
        }
        assert_eq!(self.pids().len(), count, "processes");
    }

    /// Holds that there were so many, and that none of them runs.
    pub fn nobody_is_left(&self, count: usize) {
        let pids = self.pids();
        assert_eq!(pids.len(), count);
        for pid in pids {
            assert!(!runs(pid), "{pid} is left");
        }
    }

    /// Holds that there were so many, and that the system knows none of them any more: not even
    /// an ended process that nobody waited for.
    pub fn nobody_is_known(&self, count: usize) {
        let pids = self.pids();
        assert_eq!(pids.len(), count);
        let known = |pid: &u32| Path::new("/proc").join(pid.to_string()).exists();
        let left: Vec<u32> = pids.into_iter().filter(known).collect();
        assert!(left.is_empty(), "{} of {count} are left: {left:?}", left.len());
    }
}

fn runs(pid: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with('Z'))
}

/// No test of its own: what a server does that was cast.
#[test]
fn plays_its_role() {
    let Ok(role) = std::env::var(ROLE) else { return };
    let pids = std::env::var_os(PIDS).expect("set");
    let mut file = OpenOptions::new().create(true).append(true).open(pids).expect("a file");
    file.write_all(format!("{}\n", std::process::id()).as_bytes()).expect("written");
    drop(file);
    // After what the harness has printed.
    println!();
    match role.as_str() {
        "dies" => {
            println!("no such table: notes");
            std::process::exit(3);
        }
        "takes and says nothing" => {
            let listener = listener();
            let rest: Vec<_> = listener.incoming().collect();
            drop(rest);
        }
        "is unwell" => serve("503 Service Unavailable"),
        "serves" => serve("200 OK"),
        "fails once told to end" => {
            watch_term();
            serve_until_term();
            std::process::exit(1);
        }
        "ends well" => {
            watch_term();
            serve_until_term();
            std::process::exit(0);
        }
        "ignores SIGTERM" => {
            watch_term();
            serve("200 OK");
        }
        "prints 100 MB" => {
            println!("first line");
            let line = [b'x'; 1024];
            let mut out = std::io::stdout().lock();
            for _ in 0..100 * 1024 {
                out.write_all(&line).expect("taken");
            }
            out.write_all(b"\nlast line\n").expect("taken");
            out.flush().expect("taken");
            drop(out);
            serve("200 OK");
        }
        "prints escapes" => {
            println!("\x1b[2J\x1b]0;title\x07done");
            serve("200 OK");
        }
        "has a family" => {
            child("sleeps", |_| {});
            child("leaves the group", |_| {});
            child("has an orphan", |_| {});
            serve("200 OK");
        }
        "leaves the group" => {
            let _ = rustix::process::setsid();
            forever();
        }
        "has an orphan" => {
            child("leaves the group", |_| {});
            // Without its environment and its parent nothing says whose it is.
            child("leaves the group", |command| {
                let rest = [ROLE, PIDS].map(|name| (name, std::env::var_os(name).expect("set")));
                command.env_clear().envs(rest).env(ROLE, "leaves the group");
            });
            std::process::exit(0);
        }
        "leaves orphans" => {
            let _ = child("has six children", |_| {}).wait();
            serve("200 OK");
        }
        "has six children" => {
            for role in ["leaves the group", "ends alone"].repeat(3) {
                child(role, |_| {});
            }
            std::process::exit(0);
        }
        "ends alone" => {
            let _ = rustix::process::setsid();
            std::process::exit(0);
        }
        "has a child that serves" => {
            let mut served = child("serves", |_| {});
            served.wait().expect("it ends");
        }
        _ => forever(),
    }
}

fn forever() {
    loop {
        sleep(Duration::from_secs(1));
    }
}

fn child(role: &str, change: impl FnOnce(&mut Command)) -> std::process::Child {
    let mut command = Command::new(std::env::current_exe().expect("our own path"));
    command.args(ARGUMENTS).env(ROLE, role);
    change(&mut command);
    command.spawn().expect("a child")
}

fn listener() -> TcpListener {
    let port: u16 = std::env::var("PORT").expect("set").parse().expect("a port");
    TcpListener::bind(("127.0.0.1", port)).expect("free")
}

fn serve(status: &str) {
    for stream in listener().incoming() {
        answer(stream.expect("a connection"), status);
    }
}

fn answer(mut stream: std::net::TcpStream, status: &str) {
    let _ = stream.read(&mut [0; 2048]);
    let _ = stream.write_all(format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n").as_bytes());
}

fn term() -> PathBuf {
    Path::new(&std::env::var_os(PIDS).expect("set")).with_file_name("term")
}

/// From here on SIGTERM leaves a note alone.
fn watch_term() {
    let mut signals =
        signal_hook::iterator::Signals::new([signal_hook::consts::SIGTERM]).expect("watched");
    std::thread::spawn(move || {
        for _ in signals.forever() {
            std::fs::write(term(), "").expect("a note");
        }
    });
}

fn serve_until_term() {
    let listener = listener();
    listener.set_nonblocking(true).expect("so set");
    while !term().exists() {
        match listener.accept() {
            Ok((stream, _)) => answer(stream, "200 OK"),
            Err(_) => sleep(Duration::from_millis(10)),
        }
    }
}
