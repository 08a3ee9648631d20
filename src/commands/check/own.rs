//! The server of the repository in which one stands, and the address of one elsewhere.

use crate::contract::client::Address;
use crate::contract::server::{
    Launch, Passed, PrepareError, Repository, Server, StartError, end_all, prepare,
};
use crate::error::{Error, Kind};
use crate::starter::shell_line;
use crate::terminal::Steps;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// How often to look whether the run shall end.
const MOMENT: Duration = Duration::from_millis(50);

/// Installs and builds where needed, and starts the server on a free port with a fresh database.
///
/// # Errors
/// A command fails, or the server does not come up: the check could not be run.
pub(super) fn start(
    repository: &Repository,
    stop: &Arc<AtomicBool>,
    steps: &Steps,
) -> Result<Server, Error> {
    let mut passed = Passed::read(&repository.root);
    prepare(repository, &mut passed, stop, &mut |line| steps.next(line))
        .map_err(|error| not_prepared(&error, repository))?;
    steps.next("starting the server");
    let database = &repository.facts.database;
    let launch = Launch {
        root: repository.root.clone(),
        run: repository.facts.commands.run.clone(),
        database: Some((database.variable.clone(), database.url.clone())),
        stop: Arc::clone(stop),
        ..Launch::default()
    };
    Server::start(launch).map_err(|error| not_started(&error, repository))
}

/// Runs `work`; once the run shall end, so does every server of it, at once: whoever waits for an
/// answer has it then, and need not wait to the end of its patience.
pub(super) fn ending_at_once<T>(stop: &AtomicBool, work: impl FnOnce() -> T) -> T {
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let watcher = scope.spawn(|| {
            while !done.load(Ordering::Relaxed) && !stop.load(Ordering::Relaxed) {
                thread::park_timeout(MOMENT);
            }
            if stop.load(Ordering::Relaxed) {
                end_all();
            }
        });
        let made = work();
        done.store(true, Ordering::Relaxed);
        watcher.thread().unpark();
        made
    })
}

fn not_prepared(error: &PrepareError, repository: &Repository) -> Error {
    let blocked = |error: &PrepareError| Error {
        kind: Kind::Blocked,
        ..Error::user(format!("the server could not be built: {error}"))
    };
    let framework = &repository.facts.starter.framework;
    match error {
        PrepareError::Interrupted => Error::interrupted(),
        PrepareError::NotRun { source, .. } => blocked(error).because(source.to_string()).try_line(
            "what this starter needs:",
            format!("roadmap doctor --framework {framework}"),
        ),
        PrepareError::Failed { log, words, .. } => {
            let told = log.iter().fold(blocked(error), Error::because);
            told.try_line("see all that it says:", line_of(words))
        }
    }
}

fn not_started(error: &StartError, repository: &Repository) -> Error {
    if matches!(error, StartError::Interrupted) {
        return Error::interrupted();
    }
    let blocked = Error { kind: Kind::Blocked, ..Error::user(error.to_string()) };
    let told = error.log().iter().fold(blocked, Error::because);
    let line = line_of(&repository.facts.commands.run);
    if let StartError::OtherPort { given, .. } = error {
        return told
            .hint("check names a port in the variable PORT; your server has to read it, and listen there")
            .try_line("start it yourself to try:", format!("PORT={given} {line}"));
    }
    let framework = &repository.facts.starter.framework;
    let told = told
        .try_line("start it yourself to see more:", line)
        .try_line("what it needs to run:", format!("roadmap doctor --framework {framework}"));
    if repository.facts.commands.install.is_empty() {
        return told;
    }
    let install = repository.facts.commands.install.iter().map(|words| line_of(words));
    told.try_line("or install again:", install.collect::<Vec<_>>().join(" && "))
}

/// A command as a line to paste.
fn line_of(words: &[String]) -> String {
    shell_line(words.iter().map(String::as_str))
}

/// An address as the checks use it: scheme, host and port.
///
/// # Errors
/// It is no `http://` address, or has a path.
pub(super) fn address(url: &str) -> Result<String, Error> {
    let wrong = |why: String| {
        Error::user(format!("`{url}` is no address of a server"))
            .because(why)
            .hint("`http://`, a host and a port, and nothing behind them")
            .try_line("for example:", "roadmap check --url http://127.0.0.1:8000")
    };
    let address = Address::read(url).map_err(wrong)?;
    if address.prefix.is_empty() {
        Ok(address.url())
    } else {
        Err(wrong(format!("{url} has a path.")))
    }
}
