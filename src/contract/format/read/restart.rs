//! Makes a [`Restart`] of what stands in the file, with the request that is under way meanwhile.

use super::step::StepReader;
use crate::contract::format::model::{
    Action, End, KillDuringRequests, Mode, RawRestart, RawStep, Repeated, Restart, Signal, Step,
    TerminateDuringRequest,
};

impl StepReader<'_> {
    pub(super) fn restart(&mut self, raw: &RawRestart, at: &str) -> Restart {
        if raw.during.is_some() && raw.amid.is_some() {
            self.add(&format!("{at}/amid"), "`during` and `amid` are two restarts");
        }
        if raw.during.is_some() && raw.by != Signal::Term {
            let message = "`during` is of `by: term`; a killed server answers nothing";
            self.add(&format!("{at}/during"), message);
        }
        if raw.amid.is_some() && raw.by != Signal::Kill {
            let message = "`amid` is of `by: kill`; SIGTERM lets requests end";
            self.add(&format!("{at}/amid"), message);
        }
        let during =
            raw.during.as_ref().and_then(|step| self.during(step, &format!("{at}/during")));
        let amid = raw.amid.as_ref().and_then(|step| self.amid(step, &format!("{at}/amid")));
        let end = match raw.by {
            Signal::Term => End::Term { during },
            Signal::Kill => End::Kill { amid },
        };
        Restart { environment: raw.environment.clone(), end }
    }

    pub(super) fn during(&mut self, raw: &RawStep, at: &str) -> Option<TerminateDuringRequest> {
        let Step { why, action, .. } = self.step(raw, at)?;
        let Action::Request(request) = action else {
            self.add(at, "`during` is one request");
            return None;
        };
        if raw.is_repeated() {
            self.add(at, "`during` is one request");
        }
        self.refuse(raw, &["set", "memory", "broken", "at"], "`during`", at);
        Some(TerminateDuringRequest { request: *request, why })
    }

    pub(super) fn amid(&mut self, raw: &RawStep, at: &str) -> Option<KillDuringRequests> {
        let Step { set, why, action, .. } = self.step(raw, at)?;
        let wrong = "`amid` is a request that is repeated `at_once`";
        let Action::Request(mut request) = action else {
            self.add(at, wrong);
            return None;
        };
        self.refuse(raw, &["counts", "same", "distinct", "memory", "broken", "at"], "`amid`", at);
        match std::mem::replace(&mut request.mode, Mode::Once) {
            Mode::Repeated(Repeated { repeat, at_once: true, .. }) => {
                Some(KillDuringRequests { request: *request, repeat, set, why })
            }
            _ => {
                self.add(at, wrong);
                None
            }
        }
    }

    /// Refuses what the step around does not look at.
    pub(super) fn refuse(&mut self, raw: &RawStep, names: &[&str], outer: &str, at: &str) {
        for name in raw.modifiers().filter(|name| names.contains(name)) {
            self.add(&format!("{at}/{name}"), format!("`{name}` has no meaning in {outer}"));
        }
    }
}
