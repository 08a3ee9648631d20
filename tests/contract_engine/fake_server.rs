//! A server of ours that is started, stopped and looked at only in name.

use roadmap::contract::format::Signal;
use roadmap::contract::server::{Ended, ManagedServer, RestartError};
use std::collections::BTreeMap;

/// A server with fixed answers, at `url`.
pub struct FakeServer {
    pub url: String,
    /// The text in its database.
    pub database_text: Option<String>,
    pub log: &'static str,
    /// Whether it runs after a check.
    pub running: bool,
    /// Whether it comes back after a restart.
    pub returns: bool,
    pub restarts: usize,
}

impl FakeServer {
    /// A server that keeps running, prints nothing and has no database of ours.
    pub fn new(url: String) -> Self {
        Self { url, database_text: None, log: "", running: true, returns: true, restarts: 0 }
    }
}

impl ManagedServer for FakeServer {
    fn url(&self) -> String {
        self.url.clone()
    }

    fn restart(
        &mut self,
        _: Signal,
        _: &BTreeMap<String, String>,
        meanwhile: &mut dyn FnMut(),
    ) -> Result<Ended, RestartError> {
        meanwhile();
        self.restarts += 1;
        if self.returns {
            Ok(Ended::default())
        } else {
            Err(RestartError("it ended with 1".to_owned()))
        }
    }

    fn log(&self) -> String {
        self.log.to_owned()
    }

    fn database_text(&self) -> Option<String> {
        self.database_text.clone()
    }

    fn memory(&self) -> Option<u64> {
        None
    }

    fn is_running(&mut self) -> bool {
        self.running
    }
}
