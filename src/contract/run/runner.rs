//! A run: each check of the milestones, one after the other.

use super::cause::Causes;
use super::context::CheckContext;
use super::outcome::{CheckOutcome, Failure, MilestoneOutcome, RunReport, Verdict};
use super::step_error::{FailureKind, StepError};
use crate::contract::client::{Address, ExchangeError, QueueBudget, Request, exchange};
use crate::contract::format::{Check, Contract, Milestone, Signal};
use crate::contract::server::{ManagedServer, ServerTarget};
use crate::contract::value::{Difference, DifferenceKind, Values, mix, short, visible};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

/// How many checks in a row may time out, and how often the server may end, before the run ends.
const MAX_FAILURES_IN_A_ROW: u32 = 3;
/// How many of the first and of the last lines of the server's log a report has.
const FIRST_LOG_LINES: usize = 12;
const LAST_LOG_LINES: usize = 8;
/// How long is waited for the output of a server that breaks down.
const OUTPUT_TIMEOUT: Duration = Duration::from_millis(400);
/// How long a server prints nothing once it has printed all.
const QUIET_TIME: Duration = Duration::from_millis(60);

/// What is checked.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    pub contract: &'a Contract,
    /// Those to check, in this order.
    pub milestones: &'a [&'a Milestone],
    /// Ids of milestones that the framework brings with it: passed without a check.
    pub already: &'a [String],
    /// The first check that fails ends the run.
    pub fail_fast: bool,
    /// Each check is tried whatever failed before it, even where it begins like one that failed.
    pub each: bool,
}

/// An event of a run, for the progress display.
#[derive(Debug, Clone, Copy)]
pub enum Event<'a> {
    /// The checks of this milestone begin.
    Milestone(&'a Milestone),
    /// This check begins.
    Check(&'a Check),
    /// The check that began last has ended (or was never begun).
    Checked(&'a CheckOutcome),
}

/// Runs the checks of `plan` against `target`; ends soon once `stopped` says so.
pub fn run_checks(
    plan: &Plan<'_>,
    target: &mut ServerTarget<'_>,
    stopped: &dyn Fn() -> bool,
    on_event: &mut dyn FnMut(Event<'_>),
) -> RunReport {
    let url = match target {
        ServerTarget::Own(server) => server.url(),
        ServerTarget::Url(url) => url.clone(),
    };
    let mut run = Run {
        plan,
        stopped,
        seed: seed(),
        abort_reason: None,
        interrupted: false,
        timeouts: 0,
        crashes: 0,
        checks: 0,
        causes: Causes::default(),
        budget: QueueBudget::default(),
    };
    let address = Address::read(&url).unwrap_or_else(|why| {
        run.abort_reason = Some((Verdict::Blocked, why));
        Address { host: String::new(), port: 0, prefix: String::new() }
    });
    if run.abort_reason.is_none() && matches!(target, ServerTarget::Url(_)) {
        run.check_reachable(&address);
    }
    let mut milestones = Vec::new();
    for milestone in plan.milestones {
        on_event(Event::Milestone(milestone));
        let already = plan.already.contains(&milestone.id);
        let mut checks = Vec::new();
        for check in milestone.checks.iter().filter(|_| !already) {
            on_event(Event::Check(check));
            let outcome = run.check(&milestone.id, check, &address, target);
            on_event(Event::Checked(&outcome));
            checks.push(outcome);
        }
        milestones.push(MilestoneOutcome {
            id: milestone.id.clone(),
            title: milestone.title.clone(),
            stage: milestone.stage.clone(),
            given: milestone.given,
            already,
            checks,
        });
    }
    let (interrupted, ended) = (run.interrupted, run.abort_reason.map(|(_, why)| why));
    RunReport { project: plan.contract.project.clone(), milestones, ended, interrupted }
}

struct Run<'a> {
    plan: &'a Plan<'a>,
    stopped: &'a dyn Fn() -> bool,
    seed: u64,
    /// Why the run is aborted: what becomes of all further checks, and the reason.
    abort_reason: Option<(Verdict, String)>,
    interrupted: bool,
    timeouts: u32,
    /// How often the server crashed: ended by itself.
    crashes: u32,
    checks: u64,
    /// What failed so far.
    causes: Causes,
    /// What all sockets may hold together.
    budget: QueueBudget,
}

impl Run<'_> {
    /// Whether anything answers at the address of somebody else's server.
    fn check_reachable(&mut self, address: &Address) {
        if let Err(broken @ (ExchangeError::Refused(_) | ExchangeError::TimedOut(_))) =
            exchange(address, &Request::get("/healthz"))
        {
            self.abort_reason = Some((
                Verdict::Blocked,
                format!("Nothing answers at {}: {broken}.", address.url()),
            ));
        }
    }

    fn check(
        &mut self,
        milestone: &str,
        check: &Check,
        address: &Address,
        target: &mut ServerTarget<'_>,
    ) -> CheckOutcome {
        if (self.stopped)() && self.abort_reason.is_none() {
            self.interrupted();
        }
        if let Some((verdict, why)) = &self.abort_reason {
            return outcome(check, *verdict, Some(why.clone()));
        }
        if matches!(target, ServerTarget::Url(_))
            && let Some(reason) = self.needs_own_server(check)
        {
            return outcome(check, Verdict::Skipped, Some(reason));
        }
        if let Some(reason) = self.causes.reason_not_to_run(check, self.plan.contract)
            && !self.plan.each
        {
            return outcome(check, Verdict::NotRun, Some(reason));
        }
        self.checks += 1;
        let began = Instant::now();
        let mut server: Option<&mut dyn ManagedServer> = match target {
            ServerTarget::Own(server) => Some(&mut **server),
            ServerTarget::Url(_) => None,
        };
        let address = match server.as_ref().map(|server| Address::read(&server.url())) {
            Some(Ok(own)) => own,
            _ => address.clone(),
        };
        let mut values = Values::new(&address.url(), mix(self.seed ^ mix(self.checks)));
        let mut context = CheckContext {
            contract: self.plan.contract,
            address,
            server: server.as_mut().map(|server| &mut **server as &mut dyn ManagedServer),
            stopped: self.stopped,
            jars: BTreeMap::new(),
            sockets: BTreeMap::new(),
            servers: BTreeMap::new(),
            brokers: BTreeMap::new(),
            other: None,
            instance_name: None,
            stalled: Vec::new(),
            budget: self.budget.clone(),
            changed: false,
            environment: BTreeMap::new(),
            printed: 0,
            changes: Vec::new(),
            transcript: RefCell::default(),
        };
        let result = context.check(&check.steps, &mut values).map_err(|mut error| {
            error.failure.environment.clone_from(&context.environment);
            error.failure.before = std::mem::take(&mut context.changes);
            error.failure.log.extend(context.other_lines());
            error
        });
        // A server that loses its broker may end; that is no matter of this check any more, so the broker goes last.
        let CheckContext { changed, printed, servers, brokers, .. } = context;
        drop(servers);
        let mut outcome = self.judge(milestone, check, result, server.as_deref(), printed);
        outcome.duration = began.elapsed();
        if let Some(server) = server
            && !(self.stopped)()
        {
            self.restore_server(&mut outcome, changed, printed, server);
        }
        drop(brokers);
        if outcome.verdict == Verdict::Failed && self.plan.fail_fast && self.abort_reason.is_none()
        {
            let reason = "It stopped at the first failure, as --fail-fast asks.";
            self.abort_reason = Some((Verdict::NotRun, reason.to_owned()));
        }
        outcome
    }

    /// Why a check needs a server that the run starts, if it does.
    fn needs_own_server(&self, check: &Check) -> Option<String> {
        let fragments = &self.plan.contract.fragments;
        let steps = |name: &str| fragments.get(name).map_or(&[][..], Vec::as_slice);
        let restarts = check.steps.iter().any(|step| step.needs_own_server(&steps));
        let for_restarts = "It needs a server that roadmap started: `roadmap adopt`.";
        check.own_server.clone().or_else(|| restarts.then(|| for_restarts.to_owned()))
    }

    fn judge(
        &mut self,
        milestone: &str,
        check: &Check,
        result: Result<(), StepError>,
        server: Option<&dyn ManagedServer>,
        printed: u64,
    ) -> CheckOutcome {
        let Err(mut error) = result else {
            self.timeouts = 0;
            self.causes.passed(check, self.plan.contract);
            return outcome(check, Verdict::Passed, None);
        };
        let kind = error.kind;
        // Ctrl-C ends the server too: what a check says of it then is no fault of the server.
        if kind == FailureKind::Stopped || (self.stopped)() {
            self.interrupted();
            return outcome(check, Verdict::NotRun, Some("The run was interrupted.".to_owned()));
        }
        if kind == FailureKind::Skipped {
            return outcome(check, Verdict::Skipped, error.failure.why.take());
        }
        if kind == FailureKind::Missing {
            return outcome(check, Verdict::Blocked, error.failure.why.take());
        }
        if kind == FailureKind::OwnLimit {
            let why = error.failure.differences.first().map(|difference| difference.actual.clone());
            let why = why.unwrap_or_else(|| "no connection can be opened here".to_owned());
            let advice = "Allow this shell more open files, and try again: ulimit -n 4096";
            self.abort_reason = Some((Verdict::Blocked, format!("{why}. {advice}")));
            let failure = Some(*error.failure);
            return CheckOutcome { failure, ..outcome(check, Verdict::Blocked, None) };
        }
        if let Some(reason) = self.causes.earlier_cause(&error).filter(|_| !self.plan.each) {
            return outcome(check, Verdict::NotRun, Some(reason));
        }
        self.causes.failed(milestone, check, &error);
        if let Some(server) = server {
            let broke = error.failure.broke_down();
            let others = std::mem::take(&mut error.failure.log);
            error.failure.log = server_lines(server, printed, broke);
            error.failure.log.extend(others);
        }
        self.timeouts = if kind == FailureKind::TimedOut { self.timeouts + 1 } else { 0 };
        if self.timeouts >= MAX_FAILURES_IN_A_ROW {
            let why =
                "Three checks in a row ended without a response in time; the rest was not run.";
            self.abort_reason = Some((Verdict::NotRun, why.to_owned()));
        }
        CheckOutcome { failure: Some(*error.failure), ..outcome(check, Verdict::Failed, None) }
    }

    /// Makes the server ready for the next check: alive, and with its own environment.
    fn restore_server(
        &mut self,
        outcome: &mut CheckOutcome,
        changed: bool,
        printed: u64,
        server: &mut dyn ManagedServer,
    ) {
        let unanswered = outcome.failure.iter().flat_map(|failure| &failure.differences);
        let unanswered =
            unanswered.into_iter().any(|difference| difference.kind == DifferenceKind::NoResponse);
        let is_running = if unanswered { still_runs(server) } else { server.is_running() };
        if !is_running {
            self.crashes += 1;
            let difference = Difference::new("server", "it keeps running", "the server ended")
                .with_kind(DifferenceKind::Server);
            let log = server_lines(server, printed, true);
            let failure = outcome.failure.get_or_insert_with(|| Failure {
                step: "after the last step".to_owned(),
                ..Failure::default()
            });
            failure.differences.insert(0, difference);
            failure.log = log;
            outcome.verdict = Verdict::Failed;
        }
        if self.abort_reason.is_some() || (is_running && !changed) {
            return;
        }
        if self.crashes >= MAX_FAILURES_IN_A_ROW {
            let why = "The server ended by itself three times; the rest was not run.";
            self.abort_reason = Some((Verdict::NotRun, why.to_owned()));
        } else if let Err(error) = server.restart(Signal::Kill, &BTreeMap::new(), &mut || {}) {
            let why = format!("The server did not start again: {error}");
            self.abort_reason = Some((Verdict::Blocked, why));
        }
    }

    fn interrupted(&mut self) {
        self.interrupted = true;
        self.abort_reason = Some((Verdict::NotRun, "The run was interrupted.".to_owned()));
    }
}

fn outcome(check: &Check, verdict: Verdict, reason: Option<String>) -> CheckOutcome {
    CheckOutcome {
        id: check.id.clone(),
        title: check.title.clone(),
        verdict,
        failure: None,
        reason,
        duration: Duration::ZERO,
    }
}

/// What the server has printed since `printed` bytes, the first lines and the last; if that is
/// nothing, the last lines of all. After it `broke` down, what it says of that is waited for.
fn server_lines(server: &dyn ManagedServer, printed: u64, broke: bool) -> Vec<String> {
    if broke {
        wait_for_output(server);
    }
    let since = server.log_since(printed);
    let all = if since.trim().is_empty() { server.log() } else { since.clone() };
    let lines: Vec<&str> = all.lines().collect();
    let last_lines = |lines: &[&str]| -> Vec<String> {
        lines.iter().map(|line| short(&visible(line, false), 300)).collect()
    };
    if since.trim().is_empty() || lines.len() <= FIRST_LOG_LINES + LAST_LOG_LINES {
        return last_lines(&lines[lines.len().saturating_sub(FIRST_LOG_LINES + LAST_LOG_LINES)..]);
    }
    let gap = vec!["...".to_owned()];
    [last_lines(&lines[..FIRST_LOG_LINES]), gap, last_lines(&lines[lines.len() - LAST_LOG_LINES..])]
        .concat()
}

/// Waits until a server that broke down has printed what it says of it: many do it after they answer.
fn wait_for_output(server: &dyn ManagedServer) {
    let (begun, mut quiet, mut before) = (Instant::now(), Instant::now(), server.printed());
    while begun.elapsed() < OUTPUT_TIMEOUT
        && (quiet.elapsed() < QUIET_TIME || begun.elapsed() < OUTPUT_TIMEOUT / 2)
    {
        sleep(Duration::from_millis(10));
        let now = server.printed();
        if now != before {
            (before, quiet) = (now, Instant::now());
        }
    }
}

/// Whether the server still runs shortly after it gave no response: a connection ends a little before
/// the process that held it.
fn still_runs(server: &mut dyn ManagedServer) -> bool {
    for _ in 0..10 {
        if !server.is_running() {
            return false;
        }
        sleep(Duration::from_millis(10));
    }
    server.is_running()
}

/// Another number in each run.
fn seed() -> u64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    mix(now.as_nanos() as u64 ^ (u64::from(std::process::id()) << 40))
}
