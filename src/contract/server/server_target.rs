//! The server that is checked: one that the run started itself, or one that somebody else did.

use super::managed::{Server, StartError};
use crate::contract::format::Signal;
use std::collections::BTreeMap;
use std::time::Duration;

/// What a run checks.
pub enum ServerTarget<'a> {
    /// A server that the run started, and may restart.
    Own(&'a mut dyn ManagedServer),
    /// One that already runs, by its address: `http://127.0.0.1:8000`.
    Url(String),
}

/// A server that the run started.
pub trait ManagedServer {
    /// Its address, without a slash at the end: `http://127.0.0.1:41873`. The same after a restart.
    fn url(&self) -> String;

    /// Ends the server (one that is dead already counts as ended) and starts it again on the same
    /// data, with `environment` besides its own, until it is healthy.
    ///
    /// `meanwhile` runs once, right after the signal was sent and before the end is waited for; the
    /// five seconds of SIGTERM count from the signal.
    ///
    /// # Errors
    /// The server did not come back.
    fn restart(
        &mut self,
        by: Signal,
        environment: &BTreeMap<String, String>,
        meanwhile: &mut dyn FnMut(),
    ) -> Result<Ended, RestartError>;

    /// Another instance, on the same database, with `environment` besides its own; `None` if the database
    /// is no file of ours.
    fn start_instance(
        &self,
        environment: &BTreeMap<String, String>,
    ) -> Option<Result<Server, StartError>> {
        let _ = environment;
        None
    }

    /// What it has printed so far, both streams, of all its lives (or the last megabyte of that).
    fn log(&self) -> String;

    /// How many bytes it has printed so far: a mark for [`Self::log_since`].
    fn printed(&self) -> u64 {
        self.log().len() as u64
    }

    /// The stored part of the log since `mark`.
    fn log_since(&self, mark: u64) -> String {
        let mark = usize::try_from(mark).unwrap_or(usize::MAX);
        self.log().get(mark..).unwrap_or_default().to_owned()
    }

    /// The contents of its database files, as text; `None` if it was given no file of ours.
    fn database_text(&self) -> Option<String> {
        None
    }

    /// The bytes of memory that the whole process tree uses now, where the system reports it.
    fn memory(&self) -> Option<u64>;

    /// Whether it still runs.
    fn is_running(&mut self) -> bool;
}

/// How a server ended.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ended {
    /// From the signal to the end.
    pub duration: Duration,
    /// Its exit code, if it ended by itself.
    pub code: Option<i32>,
    /// The signal that ended it.
    pub signal: Option<i32>,
    /// It did not end within five seconds of SIGTERM, and was killed.
    pub forced: bool,
}

/// Why a server did not come back, as a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct RestartError(pub String);
