//! A server of ours that is started, stopped and looked at only in name.

use roadmap::contract::format::Signal;
use roadmap::contract::server::{Ended, Host, RestartError};
use std::collections::BTreeMap;

/// A host with fixed answers, whose server is at `url`.
pub struct FakeHost {
    pub url: String,
    /// The text in its database.
    pub stored: Option<String>,
    pub log: &'static str,
    /// Whether it is alive after a check.
    pub alive: bool,
    /// Whether it comes back after a restart.
    pub returns: bool,
    pub restarts: usize,
}

impl FakeHost {
    /// A server that stays alive, prints nothing and has no database of ours.
    pub fn new(url: String) -> Self {
        Self { url, stored: None, log: "", alive: true, returns: true, restarts: 0 }
    }
}

impl Host for FakeHost {
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

    fn stored(&self) -> Option<String> {
        self.stored.clone()
    }

    fn memory(&self) -> Option<u64> {
        None
    }

    fn alive(&mut self) -> bool {
        self.alive
    }
}
