//! A check that is under way: its clients, its values, and its steps one after the other.

use super::repetition::turns;
use super::step_error::{Kind, StepError};
use crate::contract::client::address::Address;
use crate::contract::client::cookies::{Cookie, Jar};
use crate::contract::client::socket::{Budget, Socket};
use crate::contract::format::model::{Contract, Names, Step};
use crate::contract::server::host::Host;
use crate::contract::value::difference::Difference;
use crate::contract::value::values::Values;
use serde_json::Value;
use std::collections::BTreeMap;
use std::thread;
use std::time::{Duration, Instant};

/// A check that is under way.
pub struct CheckContext<'a> {
    pub(in crate::contract) contract: &'a Contract,
    pub(in crate::contract) address: Address,
    /// The server, if the run started it.
    pub(in crate::contract) host: Option<&'a mut dyn Host>,
    pub(in crate::contract) stopped: &'a dyn Fn() -> bool,
    /// The cookies of each client, by its name.
    pub(in crate::contract) jars: BTreeMap<String, Jar>,
    /// The open sockets, by their names.
    pub(in crate::contract) sockets: BTreeMap<String, Socket>,
    pub(in crate::contract) budget: Budget,
    /// The server runs with another environment than its own.
    pub(in crate::contract) changed: bool,
}

impl CheckContext<'_> {
    /// Takes steps one after the other; the first that does not hold ends it.
    pub(in crate::contract) fn steps(
        &mut self,
        steps: &[Step],
        values: &mut Values,
    ) -> Result<(), StepError> {
        steps.iter().try_for_each(|step| self.step(step, values))
    }

    fn step(&mut self, step: &Step, values: &mut Values) -> Result<(), StepError> {
        if (self.stopped)() {
            return Err(StepError::stopped());
        }
        let wrong = |difference| StepError::failed(step, label(step), vec![difference]);
        let mut own = values.clone();
        // What a turn sets may name its row, and is set once the row is known.
        if let Err(unknown) = set(step, values, &mut own)
            && !step.is_repeated()
        {
            return Err(wrong(unknown));
        }
        if let Some(name) = &step.fragment {
            let inner = self.contract.fragments.get(name).map_or(&[][..], Vec::as_slice);
            return self.inner(step, inner, values, &own);
        }
        if let Some(inner) = &step.steps {
            return self.inner(step, inner, values, &own);
        }
        *values = own;
        if step.request.is_some() {
            self.request(step, values)
        } else if let Some(path) = &step.form {
            self.form(step, path, values)
        } else if let Some(restart) = &step.restart {
            self.restart(step, restart, values)
        } else if let Some(wanted) = &step.log {
            self.log(step, wanted, values)
        } else if let Some(path) = &step.connect {
            self.connect(step, path, values)
        } else if let Some(wanted) = &step.receive {
            self.receive(step, wanted, values)
        } else if let Some(span) = step.silent {
            self.silent(step, span.0)
        } else if let Some(codes) = &step.closed {
            self.closed(step, codes)
        } else if let Some(conduct) = step.socket {
            self.conduct(step, conduct)
        } else if let Some(crowd) = &step.crowd {
            self.crowd(step, crowd, values)
        } else if let Some(span) = step.wait {
            self.wait(span.0)
        } else {
            self.say(step, values)
        }
    }

    /// Takes the steps within a step, as often as it is repeated. What they set and capture is known
    /// afterwards too: of a repeated step as the list of all turns' values.
    fn inner(
        &mut self,
        step: &Step,
        inner: &[Step],
        values: &mut Values,
        own: &Values,
    ) -> Result<(), StepError> {
        let names = self.made(inner);
        let wrong = |difference| StepError::failed(step, label(step), vec![difference]);
        let Some(turns) = turns(step, own).map_err(wrong)? else {
            let mut own = own.clone();
            self.steps(inner, &mut own)?;
            for name in names {
                if let Some(value) = own.get(&name) {
                    values.set(&name, value);
                }
            }
            return Ok(());
        };
        let mut lists: BTreeMap<&String, Vec<Value>> =
            names.iter().map(|one| (one, Vec::new())).collect();
        for mut turn in turns {
            self.steps(inner, &mut turn.values).map_err(|mut halt| {
                halt.failure.step = format!("{} ({})", halt.failure.step, turn.label);
                halt
            })?;
            for (name, list) in &mut lists {
                list.extend(turn.values.get(name));
            }
        }
        for (name, list) in lists {
            values.set(name, Value::Array(list));
        }
        Ok(())
    }

    /// The names that steps set or capture.
    fn made(&self, steps: &[Step]) -> Vec<String> {
        let mut names = Vec::new();
        for step in steps {
            names.extend(step.capture.keys().cloned());
            names.extend(step.crowd.iter().filter_map(|crowd| crowd.capture.clone()));
            let amid = step.restart.iter().flat_map(|restart| [&restart.during, &restart.amid]);
            names.extend(amid.flatten().flat_map(|step| step.capture.keys().cloned()));
            match (&step.fragment, &step.steps) {
                (Some(name), _) => {
                    let inner = self.contract.fragments.get(name).map_or(&[][..], Vec::as_slice);
                    names.extend(self.made(inner));
                }
                (None, Some(inner)) => names.extend(self.made(inner)),
                (None, None) => names.extend(step.set.keys().cloned()),
            }
        }
        names
    }

    fn wait(&self, span: Duration) -> Result<(), StepError> {
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

    fn log(&mut self, step: &Step, wanted: &Value, values: &Values) -> Result<(), StepError> {
        // What was printed may still be on its way.
        let until = Instant::now() + step.within.map_or(Duration::from_secs(2), |span| span.0);
        loop {
            let printed = self.host.as_ref().map(|host| host.log()).unwrap_or_default();
            let mut found = Vec::new();
            let place = crate::contract::value::matching::Place::new("log", "nothing");
            crate::contract::judge::response::compare(
                wanted,
                Some(&Value::from(printed)),
                &place,
                values,
                &mut found,
            );
            if found.is_empty() {
                return Ok(());
            }
            if Instant::now() >= until {
                return Err(StepError::failed(step, label(step), found));
            }
            self.wait(Duration::from_millis(50))?;
        }
    }

    /// The cookies of whoever acts in a step.
    pub(in crate::contract) fn jar(&self, step: &Step) -> Jar {
        self.jars.get(&who(step)).cloned().unwrap_or_default()
    }

    /// Keeps the cookies that an answer to a request for `path` sets.
    pub(in crate::contract) fn keep(
        &mut self,
        step: &Step,
        path: &str,
        answer: &crate::contract::client::response::Response,
    ) {
        let jar = self.jars.entry(who(step)).or_default();
        answer
            .all("set-cookie")
            .filter_map(Cookie::read)
            .for_each(|cookie| jar.keep(&cookie, path));
    }

    /// The server did not come back.
    pub(in crate::contract) fn lost(step: &Step, why: &str) -> StepError {
        let difference = Difference::new("server", "a server that starts again", why);
        StepError { kind: Kind::Lost, ..StepError::failed(step, label(step), vec![difference]) }
    }
}

/// Sets what a step sets.
pub(in crate::contract) fn set(
    step: &Step,
    from: &Values,
    to: &mut Values,
) -> Result<(), Difference> {
    let mut all = step.set.iter();
    all.try_for_each(|(name, value)| from.fill(value).map(|value| to.set(name, value)))
}

fn who(step: &Step) -> String {
    step.who.as_ref().and_then(|names| Names::all(names).first()).cloned().unwrap_or_default()
}

/// A step in a few words: `POST /api/tasks`, `ada: receive`.
#[must_use]
pub fn label(step: &Step) -> String {
    let by =
        step.who.as_ref().map_or_else(String::new, |names| format!("{}: ", names.all().join(", ")));
    let action = if let Some(line) = &step.request {
        line.clone()
    } else if let Some(path) = &step.form {
        format!("form {path}")
    } else if let Some(path) = &step.connect {
        format!("connect {path}")
    } else if let Some(name) = &step.fragment {
        format!("use {name}")
    } else {
        let known = [
            (step.send.is_some(), "send"),
            (step.send_text.is_some(), "send text"),
            (step.send_binary.is_some(), "send binary"),
            (step.send_raw.is_some(), "send raw"),
            (step.receive.is_some(), "receive"),
            (step.silent.is_some(), "silent"),
            (step.closed.is_some(), "closed"),
            (step.socket.is_some(), "socket"),
            (step.crowd.is_some(), "crowd"),
            (step.restart.is_some(), "restart"),
            (step.log.is_some(), "log"),
            (step.wait.is_some(), "wait"),
        ];
        known.iter().find(|(is, _)| *is).map_or("steps", |(_, word)| word).to_owned()
    };
    format!("{by}{action}")
}
