//! The server of the repository in which one stands, and the address of one elsewhere.

use crate::contract::client::Address;
use crate::contract::server::{Launch, Passed, Repository, Server, kill_all_trees, prepare};
use crate::error::Error;
use crate::shell;
use crate::starter::{RequiredTool, VERSION_TIMEOUT, missing_tools};
use crate::terminal::Steps;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// How often to look whether the run shall end.
const POLL_INTERVAL: Duration = Duration::from_millis(50);

/// Looks up the tools, installs and builds where needed, and starts the server with a fresh database on
/// `port`, if that is free, else on any free port.
///
/// # Errors
/// A tool is missing or too old, a command fails, or the server does not come up: the check could not be run.
pub(super) fn start(
    repository: &Repository,
    port: Option<u16>,
    stop: &Arc<AtomicBool>,
    steps: &Steps,
) -> Result<Server, Error> {
    let needed = repository.facts.tools.iter().map(|tool| RequiredTool {
        name: &tool.name,
        minimum: &tool.minimum,
        version: &tool.version,
    });
    steps.next("looking up the tools that it needs");
    let missing_tools =
        missing_tools(&needed.collect::<Vec<_>>(), &repository.root, VERSION_TIMEOUT);
    if !missing_tools.is_empty() {
        return Err(Error::missing_tools(&missing_tools));
    }
    let mut passed = Passed::read(&repository.root);
    prepare(repository, &mut passed, stop, &mut |line| steps.next(line))
        .map_err(|error| Error::not_prepared(&error))?;
    steps.next("starting the server");
    let database = &repository.facts.database;
    let launch = Launch {
        root: repository.root.clone(),
        run: repository.facts.commands.run.clone(),
        database: Some((database.variable.clone(), database.url.clone())),
        port,
        stop: Arc::clone(stop),
        ..Launch::default()
    };
    Server::start(launch).map_err(|error| Error::not_started(&error, repository))
}

/// Runs `work`; once `stop` is set, ends every server of the run at once, so that a request under way
/// ends too and does not wait for its timeout.
pub(super) fn stopping_servers<T>(stop: &AtomicBool, work: impl FnOnce() -> T) -> T {
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let watcher = scope.spawn(|| {
            while !done.load(Ordering::Relaxed) && !stop.load(Ordering::Relaxed) {
                thread::park_timeout(POLL_INTERVAL);
            }
            if stop.load(Ordering::Relaxed) {
                kill_all_trees();
            }
        });
        let result = work();
        done.store(true, Ordering::Relaxed);
        watcher.thread().unpark();
        result
    })
}

/// A command as a line to paste.
pub(super) fn line_of(words: &[String]) -> String {
    shell::line(words.iter().map(String::as_str))
}

/// An address as the checks use it: scheme, host and port.
///
/// # Errors
/// It is no `http://` address, or has a path.
pub(super) fn address(url: &str) -> Result<String, Error> {
    let wrong = |why: String| {
        Error::user(format!("`{url}` is no address of a server"))
            .with_cause(why)
            .hint("`http://`, a host and a port, and nothing behind them")
            .with_command_hint("for example:", "roadmap check --url http://127.0.0.1:8000")
    };
    let address = Address::read(url).map_err(wrong)?;
    if address.prefix.is_empty() {
        Ok(address.url())
    } else {
        Err(wrong(format!("{url} has a path.")))
    }
}
