//! A check that is under way: its clients, its values, and its steps one after the other.

use super::repetition::{iterations, set_values};
use super::step_error::{FailureKind, StepError};
use crate::contract::client::{Address, Connection, Cookie, Jar, QueueBudget, Response, Socket};
use crate::contract::format::{Action, Contract, Group, GroupSteps, Mode, Step};
use crate::contract::judge::compare;
use crate::contract::server::{ManagedServer, Redis, Server};
use crate::contract::value::{Difference, DifferenceKind, ValuePath, Values};
use serde_json::Value;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::thread;
use std::time::{Duration, Instant};

/// A check that is under way.
pub struct CheckContext<'a> {
    pub(super) contract: &'a Contract,
    pub(super) address: Address,
    /// The server, if the run started it.
    pub(super) server: Option<&'a mut dyn ManagedServer>,
    pub(super) stopped: &'a dyn Fn() -> bool,
    /// The cookies of each client, by its name.
    pub(super) jars: BTreeMap<String, Jar>,
    /// The open sockets, by their names.
    pub(super) sockets: BTreeMap<String, Socket>,
    /// The other instances of the server, by their names.
    pub(super) servers: BTreeMap<String, Server>,
    /// The brokers, by their names.
    pub(super) brokers: BTreeMap<String, Redis>,
    /// The instance to which a step speaks beside the first.
    pub(super) other: Option<Address>,
    /// The name of the instance to which the step speaks; none for the first.
    pub(super) instance_name: Option<String>,
    /// Connections with half a request, held open until the check ends.
    pub(super) stalled: Vec<Connection>,
    pub(super) budget: QueueBudget,
    /// The server runs with another environment than its own.
    pub(super) changed: bool,
    /// What was added to the environment at the last restart.
    pub(super) environment: BTreeMap<String, String>,
    /// How much the server had printed when the step began.
    pub(super) printed: u64,
    /// The last requests that may have changed something, and whose responses were as expected.
    pub(super) changes: Vec<String>,
    /// The transcript of the sockets so far.
    pub(super) transcript: RefCell<Vec<String>>,
}

impl<'a> CheckContext<'a> {
    /// Takes steps one after the other; the first that does not hold ends it.
    pub(super) fn steps(&mut self, steps: &[Step], values: &mut Values) -> Result<(), StepError> {
        steps.iter().try_for_each(|step| self.step(step, values))
    }

    /// Takes the steps of a check. What fails while it still takes the steps of fragments, with which
    /// other checks start too, is reported as such.
    pub(super) fn check(&mut self, steps: &[Step], values: &mut Values) -> Result<(), StepError> {
        let openings = steps.iter().take_while(|step| step.fragment().is_some()).count();
        let (openings, rest) = steps.split_at(openings);
        self.steps(openings, values)?;
        self.steps(rest, values).map_err(|error| StepError { opening: None, ..error })
    }

    fn step(&mut self, step: &Step, values: &mut Values) -> Result<(), StepError> {
        if (self.stopped)() {
            return Err(StepError::stopped());
        }
        let taken = match &step.action {
            Action::Group(group) => self.group(step, group, values),
            action => self.set(step, values).and_then(|()| self.act(step, action, values)),
        };
        taken.map_err(|error| error.with_reason(step.why.as_ref()).with_step(step))
    }

    /// Sets what a step sets. What a repeated step sets may name its row; it is set in each iteration.
    fn set(&self, step: &Step, values: &mut Values) -> Result<(), StepError> {
        let before = values.clone();
        let repeated = matches!(
            &step.action,
            Action::Request(request) if matches!(request.mode, Mode::Repeated(_))
        );
        match set_values(&step.set, &before, values) {
            Err(unknown) if !repeated => Err(StepError::failed(step.label(), vec![unknown])),
            _ => Ok(()),
        }
    }

    fn act(&mut self, step: &Step, action: &Action, values: &mut Values) -> Result<(), StepError> {
        self.printed = self.server.as_ref().map_or(0, |server| server.printed());
        let Some(name) = &step.at else { return self.act_at(step, action, values) };
        let other = self.address_of(name)?;
        if matches!(action, Action::Crowd { .. }) {
            self.other = Some(other);
            let result = self.act_at(step, action, values);
            self.other = None;
            return result;
        }
        let first = std::mem::replace(&mut self.address, other);
        self.instance_name = Some(name.clone());
        let result = self.act_at(step, action, values).map_err(|mut error| {
            error.failure.step = self.with_instance(&error.failure.step);
            error
        });
        self.instance_name = None;
        self.address = first;
        result
    }

    /// What a step does, with the name of the instance to which it speaks, if that is not the first.
    pub(super) fn with_instance(&self, action: &str) -> String {
        match &self.instance_name {
            Some(name) => format!("{action} at server {name}"),
            None => action.to_owned(),
        }
    }

    /// Takes the action at the address that is set.
    fn act_at(
        &mut self,
        step: &Step,
        action: &Action,
        values: &mut Values,
    ) -> Result<(), StepError> {
        let result = match action {
            Action::Request(request) => self.request(request, &step.set, values),
            Action::Stall(request) => self.stall(request, values),
            Action::Form(form) => self.form(form, values),
            Action::Connect(connect) => self.connect(connect, values),
            Action::Events(events) => self.events(events, values),
            Action::Subscriber { sockets, replies } => self.subscriber(sockets, replies, values),
            Action::Send { sockets, message } => self.send_message(sockets, message, values),
            Action::Receive(receive) => self.receive(receive, values),
            Action::Silent { sockets, span } => self.expect_silence(sockets, *span),
            Action::Closed { sockets, codes, within } => self.expect_close(sockets, codes, *within),
            Action::ControlSocket { sockets, control } => self.control_socket(sockets, *control),
            Action::Crowd { crowd, within } => self.crowd(crowd, *within, values),
            Action::Restart(restart) => self.restart(restart, values),
            Action::Server { name, order } => self.instance(name, *order, values),
            Action::Redis { name, order } => self.redis(name, *order, values),
            Action::Log { matcher, within } => self.log(matcher, *within, values),
            Action::Database(matcher) => self.database(matcher, values),
            Action::NotAt(address) => self.not_at(*address),
            Action::Wait(span) => self.wait(*span),
            Action::Group(group) => self.group(step, group, values),
        };
        result.map_err(|mut error| {
            if action.is_of_sockets() {
                error.failure.transcript.clone_from(&self.transcript.borrow());
            }
            error
        })
    }

    /// The steps of a fragment; none if it is not known, which no sound contract has.
    fn fragment(&self, name: &str) -> &'a [Step] {
        self.contract.fragments.get(name).map_or(&[], Vec::as_slice)
    }

    /// Takes the steps of a group, as often as it is repeated. What they set and capture is known
    /// afterwards too: of a repeated group as the list of the values of all iterations.
    fn group(&mut self, step: &Step, group: &Group, values: &mut Values) -> Result<(), StepError> {
        let inner = match &group.steps {
            GroupSteps::Fragment(name) => self.fragment(name),
            GroupSteps::Written(steps) => steps,
        };
        let mut taken = self.take(step, inner, group, values);
        // The innermost fragment is the one that failed.
        if let (Err(error), Some(name)) = (&mut taken, step.fragment()) {
            error.opening.get_or_insert_with(|| name.to_owned());
        }
        taken
    }

    fn take(
        &mut self,
        step: &Step,
        inner: &[Step],
        group: &Group,
        values: &mut Values,
    ) -> Result<(), StepError> {
        let names = self.names_set(inner);
        let wrong = |difference| StepError::failed(step.label(), vec![difference]);
        let Some(repeat) = &group.repeat else {
            let mut own = values.clone();
            set_values(&step.set, values, &mut own).map_err(wrong)?;
            self.steps(inner, &mut own)?;
            for name in names {
                if let Some(value) = own.get(&name) {
                    values.set(&name, value);
                }
            }
            return Ok(());
        };
        let iterations = iterations(repeat, &step.set, values).map_err(wrong)?;
        let mut lists: BTreeMap<&String, Vec<Value>> =
            names.iter().map(|name| (name, Vec::new())).collect();
        for mut iteration in iterations {
            self.steps(inner, &mut iteration.values).map_err(|mut error| {
                error.failure.step = format!("{} ({})", error.failure.step, iteration.label);
                error.with_reason(iteration.why.as_ref())
            })?;
            for (name, list) in &mut lists {
                list.extend(iteration.values.get(name));
            }
        }
        for (name, list) in lists {
            values.set(name, Value::Array(list));
        }
        Ok(())
    }

    /// The names that steps set or capture.
    fn names_set(&self, steps: &[Step]) -> Vec<String> {
        let mut names = Vec::new();
        for step in steps {
            names.extend(match &step.action {
                Action::Group(Group { steps: GroupSteps::Fragment(name), .. }) => {
                    self.names_set(self.fragment(name))
                }
                Action::Group(Group { steps: GroupSteps::Written(steps), .. }) => {
                    self.names_set(steps)
                }
                action => {
                    let captured = action.captured().into_iter();
                    captured.chain(step.set.keys()).cloned().collect()
                }
            });
        }
        names
    }

    pub(super) fn wait(&self, span: Duration) -> Result<(), StepError> {
        let until = Instant::now() + span;
        while Instant::now() < until {
            if (self.stopped)() {
                return Err(StepError::stopped());
            }
            thread::sleep(
                until.saturating_duration_since(Instant::now()).min(Duration::from_millis(50)),
            );
        }
        Ok(())
    }

    fn log(&self, expected: &Value, within: Duration, values: &Values) -> Result<(), StepError> {
        // What was printed may still be on its way.
        let until = Instant::now() + within;
        loop {
            let printed = self.server.as_ref().map(|server| server.log()).unwrap_or_default();
            let mut differences = Vec::new();
            let place = ValuePath::new("the log", "nothing");
            compare(expected, Some(&Value::from(printed)), &place, values, &mut differences);
            if differences.is_empty() {
                return Ok(());
            }
            if Instant::now() >= until {
                for difference in &mut differences {
                    "nothing like it".clone_into(&mut difference.actual);
                }
                return Err(StepError::failed("what the server prints", differences));
            }
            self.wait(Duration::from_millis(50))?;
        }
    }

    /// The cookies of a client.
    pub(super) fn jar(&self, client: &str) -> Jar {
        self.jars.get(client).cloned().unwrap_or_default()
    }

    /// Keeps the cookies that a response to a request for `path` sets.
    pub(super) fn store_cookies(&mut self, client: &str, path: &str, response: &Response) {
        let jar = self.jars.entry(client.to_owned()).or_default();
        response
            .header_values("set-cookie")
            .filter_map(Cookie::read)
            .for_each(|cookie| jar.store(&cookie, path));
    }

    /// The server did not come back.
    pub(super) fn restart_failed(why: &str) -> StepError {
        let difference = Difference::new("server", "a server that starts again", why)
            .with_kind(DifferenceKind::Server);
        StepError { kind: FailureKind::Lost, ..StepError::failed("restart", vec![difference]) }
    }
}
