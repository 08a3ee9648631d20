//! The steps of a server that runs several times: its other instances, and the broker between them.

use super::restart::judge_end;
use crate::contract::client::Address;
use crate::contract::format::{Broker, Instance, Signal};
use crate::contract::run::context::CheckContext;
use crate::contract::run::step_error::StepError;
use crate::contract::server::{ManagedServer, Redis, RedisError, Server};
use crate::contract::value::{Difference, DifferenceKind, Values};
use serde_json::Value;

/// The last lines of another instance's log that are shown.
const MAX_LINES: usize = 8;
/// Why there can be no second server.
const ELSEWHERE: &str = "It starts another server on the same database, and `.roadmap/starter.toml` does not say how the \
                         server is pointed at a file of ours: `[database]`.";
/// What to do where Redis is missing.
const MISSING: &str = "It needs Redis, the broker between two servers, and neither `redis-server` nor `valkey-server` is on PATH. \
                       Install it and check again; it need not run, for each check starts its own.\n\
                       Debian, Ubuntu, and Windows in WSL:\n\
                       sudo apt install redis-server\n\
                       macOS:\n\
                       brew install redis";

impl CheckContext<'_> {
    /// Starts another instance of the server on the same database, or ends it.
    pub(in crate::contract::run) fn instance(
        &mut self,
        name: &str,
        order: Instance,
        values: &mut Values,
    ) -> Result<(), StepError> {
        self.record(match order {
            Instance::Start => format!("{name} starts"),
            Instance::Term => format!("{name} gets SIGTERM"),
            Instance::Kill => format!("{name} is killed"),
        });
        if order == Instance::Start {
            return self.start_instance(name, values);
        }
        let Some(mut server) = self.servers.remove(name) else {
            return Err(not_running(name));
        };
        let by = if order == Instance::Term { Signal::Term } else { Signal::Kill };
        let ended = server.end(by, &mut || {});
        if order == Instance::Term { judge_end(&ended) } else { Ok(()) }
    }

    fn start_instance(&mut self, name: &str, values: &mut Values) -> Result<(), StepError> {
        let Some(server) = &self.server else {
            return Err(Self::restart_failed("the server was started by somebody else"));
        };
        let started = server
            .start_instance(&self.environment)
            .ok_or_else(|| StepError::skipped(ELSEWHERE))?;
        let server = started.map_err(|error| {
            let expected = "another instance that starts on the same database";
            let difference = Difference::new("server", expected, error.to_string())
                .with_kind(DifferenceKind::Server);
            let mut failed = StepError::failed(format!("{name} starts"), vec![difference]);
            failed.failure.log = error.log().to_vec();
            failed
        })?;
        values.set(name, Value::from(server.url()));
        self.servers.insert(name.to_owned(), server);
        Ok(())
    }

    /// The address to which a step with `at: NAME` speaks.
    pub(in crate::contract::run) fn address_of(&self, name: &str) -> Result<Address, StepError> {
        let server = self.servers.get(name).ok_or_else(|| not_running(name))?;
        Address::read(&server.url()).map_err(|why| {
            let difference = Difference::new("server", "an address", why);
            StepError::failed(name, vec![difference.with_kind(DifferenceKind::Server)])
        })
    }

    /// The last lines that the other instances printed, with their names.
    pub(in crate::contract::run) fn other_lines(&self) -> Vec<String> {
        let lines = |(name, server): (&String, &Server)| {
            let title = format!("(server {name})");
            std::iter::once(title).chain(server.last_lines(MAX_LINES)).collect::<Vec<_>>()
        };
        self.servers.iter().flat_map(lines).collect()
    }

    /// Starts a Redis server, ends it, or starts it again.
    pub(in crate::contract::run) fn redis(
        &mut self,
        name: &str,
        order: Broker,
        values: &mut Values,
    ) -> Result<(), StepError> {
        self.record(match order {
            Broker::Start => format!("{name} starts"),
            Broker::Stop => format!("{name} stops"),
        });
        let done = match self.brokers.get_mut(name) {
            Some(redis) => redis.order(order),
            None if order == Broker::Stop => return Err(not_running(name)),
            None => Redis::start().map(|redis| {
                values.set(name, Value::from(redis.url()));
                self.brokers.insert(name.to_owned(), redis);
            }),
        };
        done.map_err(|error| match error {
            RedisError::Missing => StepError::missing(MISSING),
            error => StepError::missing(&format!("It needs Redis, and {error}.")),
        })
    }
}

/// There is nothing of this name.
fn not_running(name: &str) -> StepError {
    let difference = Difference::new("server", format!("{name} runs"), "it does not")
        .with_kind(DifferenceKind::Server);
    StepError::failed(name, vec![difference])
}
