//! The step that opens a stream of server-sent events. What comes is received as the messages of a socket are.

use super::response::Expectation;
use super::send::SentRequest;
use crate::contract::client::{ExchangeError, Socket};
use crate::contract::format::ConnectStep;
use crate::contract::run::context::CheckContext;
use crate::contract::run::step_error::StepError;
use crate::contract::value::{Difference, Values, quoted};

/// What the response is expected to be.
const STREAM: &str = "200 with `text/event-stream`";

impl CheckContext<'_> {
    pub(in crate::contract::run) fn events(
        &mut self,
        step: &ConnectStep,
        values: &mut Values,
    ) -> Result<(), StepError> {
        step.sockets.iter().try_for_each(|name| self.open_events(name, step, values))
    }

    fn open_events(
        &mut self,
        name: &str,
        step: &ConnectStep,
        values: &mut Values,
    ) -> Result<(), StepError> {
        let accept = [("accept", "text/event-stream")];
        let (label, request) = self.opening_request(name, "opens", &accept, step, values)?;
        let failed = |expected: &str, actual: String| {
            let difference = Difference::new("response", expected, actual);
            StepError::failed(&label, vec![difference]).with_request(&self.address.url(), &request)
        };
        let opened = Socket::events(&self.address, &request, step.within, &self.budget);
        let (response, socket) = match opened {
            Ok(opened) => opened,
            Err(error @ ExchangeError::TimedOut(_)) => {
                let why = "nothing in time: the headers go out at once, before the first event";
                let broken = StepError::no_response(&label, &error);
                return Err(StepError { kind: broken.kind, ..failed(STREAM, why.to_owned()) });
            }
            Err(error) => {
                return Err(StepError::no_response(&label, &error)
                    .with_request(&self.address.url(), &request));
            }
        };
        if socket.is_none() && step.refused.is_none() {
            let kind = response.header("content-type").unwrap_or_default();
            let actual = format!("{} with {}", response.status, quoted(&kind));
            return Err(failed(STREAM, actual).with_response(&response));
        }
        if let Some(refused) = &step.refused {
            let expectation =
                Expectation { client: name, expect: &refused.expect, capture: &refused.capture };
            let sent = SentRequest { label: label.clone(), request, outcome: Ok(response) };
            if let Some(captured) = self.judge(expectation, &sent, values)? {
                captured.set(values);
            }
        }
        self.sockets.extend(socket.map(|socket| (name.to_owned(), socket)));
        Ok(())
    }
}
