//! The step `crowd`: many sockets that talk at once.

use super::crowd::{CrowdError, Plan, talk};
use super::crowd_judge::judge;
use super::difference::Difference;
use super::halt::{Halt, Kind};
use super::model::{Crowd, Step};
use super::refusal::Refusal;
use super::scene::{Scene, label};
use super::value::Values;
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;

/// How long all messages may take to come to everybody where a step does not say.
const WITHIN: Duration = Duration::from_secs(30);

impl Scene<'_> {
    pub(super) fn crowd(
        &mut self,
        step: &Step,
        crowd: &Crowd,
        values: &mut Values,
    ) -> Result<(), Halt> {
        let wrong = |difference| Halt::failed(step, label(step), vec![difference]);
        let news = values.matcher(&crowd.news).map_err(wrong)?;
        // What cannot be filled in for the first cannot be for the others.
        let with = |client: u32, n: u32| {
            let mut own = values.clone();
            own.set("client", Value::from(client));
            own.set("n", Value::from(n));
            own
        };
        let address = |client: u32| self.upgrade_request(step, &crowd.connect, &with(client, 1));
        let text = |client: u32, n: u32| with(client, n).fill(&crowd.send);
        address(1).map_err(wrong)?;
        text(1, 1).map_err(wrong)?;
        let base = self.address.url();
        let record = talk(&Plan {
            clients: crowd.clients,
            messages: crowd.messages,
            connect: &|client| match address(client) {
                Ok(request) => (format!("{base}{}", request.path), request.headers),
                Err(_) => (base.clone(), Vec::new()),
            },
            text: &|client, n| text(client, n).unwrap_or_default().to_string(),
            news: Arc::new(move |value: &Value| news.holds(Some(value))),
            by: &crowd.by,
            distinct: &crowd.distinct,
            within: step.within.map_or(WITHIN, |span| span.0),
            stop: self.stopped,
        });
        let record = record.map_err(|error| {
            let place = match &error {
                CrowdError::Refused { client, .. } => format!("client {client}"),
                CrowdError::Alike { .. } => "the contract".to_owned(),
            };
            let (expected, actual) = match &error {
                CrowdError::Refused { refusal, .. } => ("is let in", refusal.to_string()),
                CrowdError::Alike { .. } => ("messages unlike each other", error.to_string()),
            };
            let mut halt = wrong(Difference::new(place, expected, actual));
            if matches!(error, CrowdError::Refused { refusal: Refusal::TimedOut, .. }) {
                halt.kind = Kind::TimedOut;
            }
            halt
        })?;
        if record.stopped {
            return Err(Halt::stopped());
        }
        let found = judge(&record);
        if !found.is_empty() {
            return Err(Halt::failed(step, label(step), found));
        }
        if let Some(name) = &crowd.capture {
            values.set(name, Value::Array(record.order()));
        }
        Ok(())
    }
}
