//! A Redis server for one check: on a free port, empty, with nothing on disk, ended whatever happens.

use super::free_port::{address, free_port};
use super::process_tree::ProcessTree;
use crate::contract::client::connect;
use crate::contract::format::Broker;
use std::io::{self, Read, Write};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The programs that are such a server, the first that is there is taken.
const PROGRAMS: [&str; 2] = ["redis-server", "valkey-server"];
/// How long it may take until it answers.
const START_TIMEOUT: Duration = Duration::from_secs(10);
/// The interval between two looks, and how long an answer may take.
const INTERVAL: Duration = Duration::from_millis(20);
const ANSWER_TIMEOUT: Duration = Duration::from_secs(1);

/// A Redis server. Dropped, it ends.
#[derive(Debug)]
pub struct Redis {
    port: u16,
    folder: TempDir,
    /// Nothing while it is stopped.
    tree: Option<ProcessTree>,
}

/// Why there is no Redis server.
#[derive(Debug, thiserror::Error)]
pub enum RedisError {
    /// None of the programs is on this machine.
    #[error("there is no `redis-server` on PATH")]
    Missing,
    /// It could not be started.
    #[error("`redis-server` could not be started: {0}")]
    NotRun(#[from] io::Error),
    /// It ended, or did not answer.
    #[error("`redis-server` did not answer on port {0}")]
    Silent(u16),
}

impl Redis {
    /// Starts a server, and waits until it answers.
    ///
    /// # Errors
    /// The program is not there, or does not start.
    pub fn start() -> Result<Self, RedisError> {
        let folder = tempfile::Builder::new().prefix("roadmap-").tempdir()?;
        let mut redis = Self { port: free_port()?, folder, tree: None };
        redis.order(Broker::Start)?;
        Ok(redis)
    }

    /// Its address: `redis://127.0.0.1:21873/0`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("redis://{}/0", address(self.port))
    }

    /// Ends it, or starts it again at the same port, empty.
    ///
    /// # Errors
    /// It does not start.
    pub fn order(&mut self, order: Broker) -> Result<(), RedisError> {
        if let Some(mut tree) = self.tree.take() {
            tree.kill();
        }
        if order == Broker::Stop {
            return Ok(());
        }
        let mut tree = self.spawn()?;
        let until = Instant::now() + START_TIMEOUT;
        while !answers(self.port) {
            if tree.exited().is_some() || Instant::now() >= until {
                tree.kill();
                return Err(RedisError::Silent(self.port));
            }
            thread::sleep(INTERVAL);
        }
        self.tree = Some(tree);
        Ok(())
    }

    fn spawn(&self) -> Result<ProcessTree, RedisError> {
        let port = self.port.to_string();
        for program in PROGRAMS {
            let mut command = Command::new(program);
            command.args([
                "--port",
                &port,
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
            ]);
            command.args(["--daemonize", "no", "--dir"]).arg(self.folder.path());
            command.current_dir(self.folder.path());
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            match ProcessTree::spawn(&mut command) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                spawned => return Ok(spawned?),
            }
        }
        Err(RedisError::Missing)
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        if let Some(mut tree) = self.tree.take() {
            tree.kill();
        }
    }
}

/// Whether a Redis server answers on this port.
fn answers(port: u16) -> bool {
    let asked = || {
        let mut stream = connect([address(port)], ANSWER_TIMEOUT)?;
        stream.set_read_timeout(Some(ANSWER_TIMEOUT))?;
        stream.write_all(b"PING\r\n")?;
        let mut answer = [0; 5];
        stream.read_exact(&mut answer)?;
        io::Result::Ok(answer)
    };
    asked().is_ok_and(|answer| &answer == b"+PONG")
}
