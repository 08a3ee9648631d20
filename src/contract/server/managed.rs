//! A server that the run starts itself: on a free port, with a fresh database, ended whatever happens.

use super::free_port::{address, free_port, is_free};
use super::log::Log;
use super::ports::{self, OtherPortDetector};
use super::process_tree::{ProcessTree, remove_git_variables};
use super::server_target::{Ended, ManagedServer, RestartError};
use crate::contract::client::{Health, check_health};
use crate::contract::format::Signal;
use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long a server may take until it answers: a JVM on a busy machine duration 65 s.
const START_TIMEOUT: Duration = Duration::from_secs(120);
/// How long a server that answers may take to become healthy.
const HEALTHY_TIMEOUT: Duration = Duration::from_secs(5);
/// The longest interval between health checks while a server starts.
const MAX_POLL_INTERVAL: Duration = Duration::from_millis(100);
/// How long a server must be healthy that no process of ours is seen to listen for: it may run in a container, or be
/// somebody else's, who duration the port from one that is about to say so.
const UNSEEN_LISTENER_DELAY: Duration = Duration::from_secs(2);
/// How long a server may take to end after SIGTERM.
const STOP_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a system keeps a port after its last connection.
const PORT_RELEASE_TIMEOUT: Duration = Duration::from_secs(65);
/// How many of the last lines of its log explain why a server did not start.
const MAX_LOG_LINES: usize = 20;

/// How a server is started.
#[derive(Debug, Clone, Default)]
pub struct Launch {
    /// The folder of the repository; the command runs there.
    pub root: PathBuf,
    /// The program and its arguments; a program with a slash is looked for below `root`.
    pub run: Vec<String>,
    /// The variable that says where the database is, and its value with `{path}` for the file.
    pub database: Option<(String, String)>,
    /// Variables besides those of our own environment.
    pub environment: BTreeMap<String, String>,
    /// The port, if it is free; else, and without it, any free port.
    pub port: Option<u16>,
    /// Raised when the run shall end: no longer waited for.
    pub stop: Arc<AtomicBool>,
}

/// A launch, and how long a server may take until it answers.
#[derive(Debug)]
struct StartOptions {
    launch: Launch,
    timeout: Duration,
}

/// A running server. Dropped, it ends with all that it started.
#[derive(Debug)]
pub struct Server {
    options: StartOptions,
    port: u16,
    /// The folder of its database; other instances may have it too.
    data: Arc<TempDir>,
    log: Log,
    tree: ProcessTree,
    health: Health,
}

/// Why a server could not be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// There is no command to run.
    #[error("there is no command that starts the server")]
    NoCommand,
    /// The program could not be run.
    #[error("`{program}` could not be run: {source}")]
    NotRun { program: String, source: io::Error },
    /// A folder for its database, or a port, could not be had.
    #[error("the server's surroundings could not be made: {0}")]
    Surroundings(#[from] io::Error),
    /// It ended before it answered.
    #[error("the server ended before it answered ({how})")]
    Died {
        how: String,
        log: Vec<String>,
        /// It said, in any line that it printed, that its port is taken.
        port_taken: bool,
    },
    /// It runs, and answers no request.
    #[error("the server did not answer on {address} within {} s", waited.as_secs())]
    Silent { address: SocketAddr, waited: Duration, log: Vec<String> },
    /// It listens, but not on the port it was given.
    #[error("the server listens on port {actual}, not on port {expected}, which PORT named")]
    OtherPort { expected: u16, actual: u16, log: Vec<String> },
    /// The run shall end.
    #[error("interrupted")]
    Interrupted,
}

impl StartError {
    /// The last lines that the server printed.
    #[must_use]
    pub fn log(&self) -> &[String] {
        match self {
            Self::Died { log, .. } | Self::Silent { log, .. } | Self::OtherPort { log, .. } => log,
            _ => &[],
        }
    }
}

impl Server {
    /// Starts a server, and waits until it is healthy. One that answers and is not healthy after a
    /// while counts as started: that is a matter of the contract.
    ///
    /// # Errors
    /// It could not be run, ended at once, or did not answer within two minutes.
    pub fn start(launch: Launch) -> Result<Self, StartError> {
        Self::start_within(launch, START_TIMEOUT)
    }

    /// [`Self::start`] with another limit than two minutes.
    ///
    /// # Errors
    /// As of [`Self::start`].
    pub fn start_within(launch: Launch, limit: Duration) -> Result<Self, StartError> {
        let data = tempfile::Builder::new().prefix("roadmap-").tempdir()?;
        Self::start_on_data(Arc::new(data), StartOptions { launch, timeout: limit })
    }

    /// Starts a server whose database is in the folder `data`.
    fn start_on_data(data: Arc<TempDir>, options: StartOptions) -> Result<Self, StartError> {
        let log = Log::default();
        let preferred = options.launch.port.filter(|port| is_free(*port));
        let mut port = preferred.map_or_else(free_port, Ok)?;
        let own = BTreeMap::new();
        let mut begun = spawn_and_wait(&options, &own, port, &data, &log, HEALTHY_TIMEOUT);
        // Between our look and its start somebody else may have taken the port.
        if matches!(&begun, Err(StartError::Died { port_taken: true, .. })) {
            port = free_port()?;
            begun = spawn_and_wait(&options, &own, port, &data, &log, HEALTHY_TIMEOUT);
        }
        let (tree, health) = begun?;
        Ok(Self { options, port, data, log, tree, health })
    }

    /// Whether `/healthz` was answered with 200.
    #[must_use]
    pub fn is_healthy(&self) -> bool {
        self.health == Health::Healthy
    }

    /// The last lines that it printed, each shortened.
    #[must_use]
    pub fn last_lines(&self, count: usize) -> Vec<String> {
        self.log.last_lines(count)
    }

    /// Ends the server with all that it started.
    pub fn end(&mut self, by: Signal, meanwhile: &mut dyn FnMut()) -> Ended {
        let begun = Instant::now();
        let dead = self.tree.exited().is_some();
        match by {
            Signal::Term => self.tree.terminate(),
            Signal::Kill => self.tree.kill(),
        }
        let tree = &mut self.tree;
        let (gone, duration) = thread::scope(|scope| {
            let waiting = scope.spawn(|| {
                let gone = tree.wait_for_exit(STOP_TIMEOUT);
                if !gone {
                    tree.kill();
                }
                (gone, begun.elapsed())
            });
            meanwhile();
            waiting.join().unwrap_or((false, begun.elapsed()))
        });
        // A process that left the group is no part of the server that was asked to stop.
        self.tree.kill();
        let status = self.tree.exited();
        Ended {
            duration,
            code: status.and_then(|status| status.code()),
            signal: status.and_then(signal),
            forced: !gone && !dead && by == Signal::Term,
        }
    }
}

impl ManagedServer for Server {
    fn url(&self) -> String {
        format!("http://{}", address(self.port))
    }

    fn restart(
        &mut self,
        by: Signal,
        environment: &BTreeMap<String, String>,
        meanwhile: &mut dyn FnMut(),
    ) -> Result<Ended, RestartError> {
        let ended = self.end(by, meanwhile);
        let freed = Instant::now() + PORT_RELEASE_TIMEOUT;
        // One that never became healthy is not waited for again.
        let healthy_timeout = if self.is_healthy() { HEALTHY_TIMEOUT } else { Duration::ZERO };
        let begun = loop {
            let (data, log) = (&self.data, &self.log);
            match spawn_and_wait(&self.options, environment, self.port, data, log, healthy_timeout)
            {
                Err(StartError::Died { port_taken: true, .. }) if Instant::now() < freed => {
                    if check_health(address(self.port)) == Health::Unreachable {
                        // Connections of the old server keep the port from one that does not insist on it.
                        thread::sleep(Duration::from_millis(500));
                    } else if let Ok(port) = free_port() {
                        // Somebody else serves there now.
                        self.port = port;
                    }
                }
                begun => break begun,
            }
        };
        (self.tree, self.health) = begun.map_err(|error| restart_error(&error))?;
        Ok(ended)
    }

    fn start_instance(
        &self,
        environment: &BTreeMap<String, String>,
    ) -> Option<Result<Self, StartError>> {
        let mut launch = self.options.launch.clone();
        launch.database.as_ref()?;
        launch.environment.extend(environment.clone());
        launch.port = None;
        let options = StartOptions { launch, timeout: self.options.timeout };
        Some(Self::start_on_data(Arc::clone(&self.data), options))
    }

    fn log(&self) -> String {
        self.log.text()
    }

    fn printed(&self) -> u64 {
        self.log.printed()
    }

    fn log_since(&self, mark: u64) -> String {
        self.log.since(mark)
    }

    fn database_text(&self) -> Option<String> {
        self.options.launch.database.as_ref().map(|_| super::stored::text(self.data.path()))
    }

    fn memory(&self) -> Option<u64> {
        self.tree.memory()
    }

    fn is_running(&mut self) -> bool {
        self.tree.exited().is_none()
    }
}

fn restart_error(error: &StartError) -> RestartError {
    RestartError(error.to_string())
}

fn spawn_and_wait(
    options: &StartOptions,
    environment: &BTreeMap<String, String>,
    port: u16,
    data: &TempDir,
    log: &Log,
    healthy_timeout: Duration,
) -> Result<(ProcessTree, Health), StartError> {
    let launch = &options.launch;
    let (program, arguments) = launch.run.split_first().ok_or(StartError::NoCommand)?;
    // A relative program is meant from the repository, not from where we were called.
    let root = std::path::absolute(&launch.root)?;
    let path = root.join(program);
    let inner = program.contains('/') && path.exists();
    let mut command = if inner { Command::new(path) } else { Command::new(program) };
    command.args(arguments).current_dir(&root);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    remove_git_variables(&mut command);
    command.env("HOST", Ipv4Addr::LOCALHOST.to_string()).env("PORT", port.to_string());
    if let Some((variable, url)) = &launch.database {
        let path = data.path().join("data.db").to_string_lossy().replace('\\', "/");
        command.env(variable, url.replace("{path}", &path));
    }
    command.envs(&launch.environment).envs(environment);
    let spawned = ProcessTree::spawn(&mut command);
    let mut tree =
        spawned.map_err(|source| StartError::NotRun { program: program.clone(), source })?;
    let mark = log.printed();
    let leader = tree.leader();
    if let Some(stream) = leader.stdout.take() {
        log.follow(stream);
    }
    if let Some(stream) = leader.stderr.take() {
        log.follow(stream);
    }
    let health = wait_until_healthy(&mut tree, options, port, log, mark, healthy_timeout)?;
    Ok((tree, health))
}

/// Waits until the server is healthy, or answers and does not become so. What it prints begins at
/// `mark` of the log.
fn wait_until_healthy(
    tree: &mut ProcessTree,
    options: &StartOptions,
    port: u16,
    log: &Log,
    mark: u64,
    healthy_timeout: Duration,
) -> Result<Health, StartError> {
    let begun = Instant::now();
    let mut unhealthy_since = None;
    let mut healthy_since = None;
    let mut detector = OtherPortDetector::new(port);
    let mut pause = Duration::from_millis(20);
    loop {
        if options.launch.stop.load(Ordering::Relaxed) {
            return Err(StartError::Interrupted);
        }
        let health = check_health(address(port));
        if let Some(status) = tree.exited() {
            // Its last output may not have arrived yet.
            tree.kill();
            log.complete(Duration::from_secs(1));
            return Err(StartError::Died {
                how: describe_exit(status),
                log: log.last_lines(MAX_LOG_LINES),
                // A backtrace may have pushed the message out of the last lines.
                port_taken: reports_port_taken(&log.since(mark)),
            });
        }
        match health {
            Health::Healthy => {
                let since = *healthy_since.get_or_insert_with(Instant::now);
                if ports::may_listen(&tree.members(), port)
                    || since.elapsed() >= UNSEEN_LISTENER_DELAY
                {
                    return Ok(health);
                }
            }
            Health::Unhealthy(_) => {
                let since = *unhealthy_since.get_or_insert_with(Instant::now);
                if since.elapsed() >= healthy_timeout {
                    return Ok(health);
                }
            }
            Health::Unreachable => {
                unhealthy_since = None;
                if let Some(actual) = detector.port(|| tree.members()) {
                    let log = log.last_lines(MAX_LOG_LINES);
                    return Err(StartError::OtherPort { expected: port, actual, log });
                }
            }
        }
        let waited = begun.elapsed();
        if waited >= options.timeout {
            let log = log.last_lines(MAX_LOG_LINES);
            return Err(StartError::Silent { address: address(port), waited, log });
        }
        thread::sleep(pause);
        pause = (pause * 3 / 2).min(MAX_POLL_INTERVAL);
    }
}

/// Whether a server says that its port is taken: `Address already in use`, `EADDRINUSE`.
fn reports_port_taken(printed: &str) -> bool {
    let printed = printed.to_ascii_lowercase();
    printed.contains("in use") || printed.contains("addrinuse")
}

/// How a process ended, in words.
fn describe_exit(status: ExitStatus) -> String {
    match (status.code(), signal(status)) {
        (Some(code), _) => format!("exit status {code}"),
        (None, Some(signal)) => format!("signal {signal}"),
        (None, None) => "for a reason unknown".to_owned(),
    }
}

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(_: ExitStatus) -> Option<i32> {
    None
}
