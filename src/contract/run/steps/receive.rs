//! The steps of what comes from the server unasked: messages of sockets, events of streams, requests to a subscriber.

use super::capture::NEEDED;
use super::describe::event_text;
use crate::contract::client::{ReceivedEvent, Socket};
use crate::contract::format::{ReceiveStep, Reply};
use crate::contract::run::cause::{Awaited, kind_of};
use crate::contract::run::context::CheckContext;
use crate::contract::run::step_error::{FailureKind, StepError};
use crate::contract::value::{Difference, Matcher, ValuePath, Values};
use serde_json::Value;
use std::time::Duration;

impl CheckContext<'_> {
    /// Subscribers begin to listen; their URLs are values from then on.
    pub(in crate::contract::run) fn subscriber(
        &mut self,
        names: &[String],
        replies: &[Reply],
        values: &mut Values,
    ) -> Result<(), StepError> {
        for name in names {
            let (url, socket) = Socket::subscriber(replies, &self.budget).map_err(|error| {
                let difference = Difference::new("subscriber", "a free port", error.to_string());
                let failed = StepError::failed(name, vec![difference]);
                StepError { kind: FailureKind::OwnLimit, ..failed }
            })?;
            self.record(format!("{name} listens at {url}"));
            values.set(name, Value::from(url));
            self.sockets.insert(name.clone(), socket);
        }
        Ok(())
    }

    /// The next messages of each socket, in their order; with `among` others may come before and between them.
    pub(in crate::contract::run) fn receive(
        &self,
        step: &ReceiveStep,
        values: &mut Values,
    ) -> Result<(), StepError> {
        let ReceiveStep { sockets, matchers: expected, within, among, capture } = step;
        let (within, among) = (*within, *among);
        let mut messages = Vec::new();
        for name in sockets {
            // What comes to a subscriber is a request, and is reported as one.
            let is_subscriber = self.socket(name)?.is_subscriber();
            let (what, nothing) =
                if is_subscriber { ("request", "no request") } else { ("message", "no message") };
            let path = ValuePath::new(what, nothing);
            for (matcher, number) in expected.iter().zip(1..) {
                let label = match expected.len() {
                    1 => format!("{name} waits for a {what}"),
                    all => format!("{name} waits for {what} {number} of {all}"),
                };
                let failed = |differences| StepError::failed(&label, differences);
                let awaited = match is_subscriber {
                    true => Some(Awaited::Request),
                    false => kind_of(matcher).map(|kind| Awaited::Message(kind.to_owned())),
                };
                let matcher = values.matcher(matcher).map_err(|wrong| failed(vec![wrong]))?;
                let fits = |event: &ReceivedEvent| {
                    !among || value_of(event).is_some_and(|value| matcher.holds(Some(&value)))
                };
                let event = self.next_like(name, within, &fits)?;
                let Some(came) = value_of(&event) else {
                    let came = match among {
                        true => self.nothing_like(name, (&matcher, &path), &event, within)?,
                        false => event_text(&event, within),
                    };
                    let error = failed(vec![Difference::new(what, matcher.describe(), came)]);
                    let is_silent = event == ReceivedEvent::TimedOut
                        && !(is_subscriber && self.socket(name)?.has_received());
                    return Err(StepError { silence: awaited.filter(|_| is_silent), ..error });
                };
                self.record(format!("{name} hears {}", event_text(&event, within)));
                let differences = matcher.differences(&path, Some(&came));
                if !differences.is_empty() {
                    return Err(failed(differences));
                }
                messages.push(came);
            }
        }
        let all = Value::Array(messages);
        for (name, pointer) in capture {
            let value = all.pointer(pointer).cloned().ok_or_else(|| {
                let place = format!("messages {pointer}");
                StepError::failed("receive", vec![Difference::new(place, NEEDED, "no such key")])
            })?;
            values.set(name, value);
        }
        Ok(())
    }

    /// What came where nothing fitted: the end, or the first of the others and how it differs.
    fn nothing_like(
        &self,
        name: &str,
        (matcher, path): (&Matcher, &ValuePath),
        end: &ReceivedEvent,
        within: Duration,
    ) -> Result<String, StepError> {
        let other = self.next_like(name, Duration::ZERO, &|_| true)?;
        let Some(value) = value_of(&other) else { return Ok(event_text(end, within)) };
        let mut place = matcher.differences(path, Some(&value));
        let differs = place.pop().map_or_else(String::new, |difference| {
            format!(" (its {}: {})", difference.place, difference.actual)
        });
        Ok(format!("nothing like it, but {}{differs}", event_text(&other, within)))
    }
}

/// A message as JSON, or else as a text; none of an end, or of bytes.
fn value_of(event: &ReceivedEvent) -> Option<Value> {
    match event {
        ReceivedEvent::Text(text) => {
            Some(serde_json::from_str(text).unwrap_or_else(|_| Value::from(text.as_str())))
        }
        _ => None,
    }
}
