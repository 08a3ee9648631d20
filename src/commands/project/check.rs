//! `roadmap check`: what a server does of its contract, and what it lacks.

mod check_error;
mod external;
mod own;
mod report;
mod save;
mod watch;

use crate::cli::CheckArgs;
use crate::commands::shared::contracts;
use crate::commands::shared::session::Session;
use crate::contract::format::{Contract, History, Milestone, choose};
use crate::contract::run::{Event, Plan, RunReport, run_checks};
use crate::contract::server::{ManagedServer, Repository, Server, ServerTarget};
use crate::error::{Error, ErrorKind};
use crate::shell::line;
use crate::terminal::views::check::CommandLines;
use crate::terminal::{Steps, watch_interrupts};
use check_error::CheckError;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The address of a server as its README starts it.
const DEFAULT_URL: &str = "http://127.0.0.1:8000";

pub(in crate::commands) fn run(args: &CheckArgs, session: &Session<'_>) -> Result<(), Error> {
    let stop = watch_interrupts();
    let mut project = args.project.clone();
    let here = Repository::here().map_err(|error| CheckError::NotRun(error.into()));
    let ran = here.and_then(|repository| {
        let own = repository.as_ref().map(|repository| repository.facts.starter.project.clone());
        project = project.take().or(own);
        match (&args.url, repository) {
            (Some(url), repository) => {
                external::check(args, url, repository.as_ref(), session, &stop)
            }
            (None, Some(repository)) if args.watch => watch::run(args, &repository, session, &stop),
            (None, Some(repository)) => {
                let (contract, known) = match &args.contract {
                    Some(file) => (contracts::of_file(file)?, History::default()),
                    None => {
                        let contract = contracts::of_repository(&repository, session)?;
                        let known = contracts::known(&repository, &contract);
                        (contract, known)
                    }
                };
                if nothing_to_check(args, &contract, &known) {
                    return report_all_passed(args, &contract, known, session);
                }
                let milestones = chosen_milestones(args, &contract, &known)?;
                let run =
                    RepositoryCheck { args, repository: &repository, contract: &contract, session };
                run.check_once(&milestones, known, &stop)
            }
            (None, None) => Err(Error::user("you do not stand in a starter's repository")
                .with_command_hint("make one:", "roadmap new")
                .with_command_hint(
                    "or make this repository one:",
                    "roadmap adopt tasks --run COMMAND",
                )
                .with_command_hint(
                    "or check a server that runs:",
                    "roadmap check --url http://127.0.0.1:8000 --project blog",
                )
                .into()),
        }
    });
    match ran {
        Err(CheckError::NotRun(error)) => {
            report::print_error(args.format, project.as_deref(), &error, session)?;
            Err(error)
        }
        Err(CheckError::Reported(error)) => Err(error),
        Ok(()) => Ok(()),
    }
}

/// A check of the server of a repository.
#[derive(Clone, Copy)]
struct RepositoryCheck<'a> {
    args: &'a CheckArgs,
    repository: &'a Repository,
    contract: &'a Contract,
    session: &'a Session<'a>,
}

impl RepositoryCheck<'_> {
    /// The server is prepared, started, checked and ended.
    fn check_once(
        self,
        milestones: &[&Milestone],
        known: History,
        stop: &Arc<AtomicBool>,
    ) -> Result<(), CheckError> {
        let steps = Steps::new(self.session.screen);
        let mut server = own::start(self.repository, None, stop, &steps)?;
        let report = self.check(&mut server, milestones, stop, &steps);
        let url = server.url();
        // The server ends before the report is printed.
        drop(server);
        drop(steps);
        let mut report = report;
        report.move_lines(&url, DEFAULT_URL);
        let start = own::line_of(&self.repository.facts.commands.run);
        self.report(&report, known, Some(start))
    }

    /// Checks these milestones against a server that runs.
    fn check(
        self,
        server: &mut Server,
        milestones: &[&Milestone],
        stop: &AtomicBool,
        steps: &Steps,
    ) -> RunReport {
        let already = &self.repository.facts.starter.already;
        let plan = plan(self.args, self.contract, milestones, already);
        own::stopping_servers(stop, || run_plan(&plan, ServerTarget::Own(server), stop, steps))
    }

    /// Prints the report, and saves what passed. `start` is the command of a server that has ended.
    fn report(
        self,
        report: &RunReport,
        known: History,
        start: Option<String>,
    ) -> Result<(), CheckError> {
        let is_own_contract = self.args.contract.is_some();
        let check = format!("roadmap check{}", own_contract(self.args));
        let lines = CommandLines { check, project: String::new(), start, is_own_contract };
        // What passes a contract of somebody's own says nothing of the one that is pinned here.
        let repository = Some(self.repository).filter(|_| !is_own_contract);
        let contract = self.contract;
        let outcome = report::ReportContext { contract, known, repository, lines };
        report::print_and_save(self.args, report, outcome, self.session)
    }
}

/// ` --contract FILE` as it was typed, to be pasted.
fn own_contract(args: &CheckArgs) -> String {
    let file = args.contract.as_ref().map(|file| file.display().to_string());
    file.map(|file| format!(" {}", line(["--contract", file.as_str()]))).unwrap_or_default()
}

/// The command with what says which server and contract are meant, to be pasted with other milestones.
fn typed_command(args: &CheckArgs) -> String {
    let url = args.url.iter().flat_map(|url| ["--url", url.as_str()]);
    let project = args.project.iter().flat_map(|project| ["--project", project.as_str()]);
    let words = ["roadmap", "check"].into_iter().chain(url).chain(project);
    format!("{}{}", line(words), own_contract(args))
}

/// Whether the next milestone is asked for, and there is none.
fn nothing_to_check(args: &CheckArgs, contract: &Contract, known: &History) -> bool {
    let next = |word: &String| word.eq_ignore_ascii_case("next");
    args.milestones.iter().any(next)
        && args.milestones.iter().all(next)
        && known.next(contract).is_none()
}

/// Says that all that can be checked has passed, without a run.
fn report_all_passed(
    args: &CheckArgs,
    contract: &Contract,
    known: History,
    session: &Session<'_>,
) -> Result<(), CheckError> {
    let project = contract.project.clone();
    let report = RunReport { project, milestones: Vec::new(), ended: None, interrupted: false };
    let lines = CommandLines { check: typed_command(args), ..CommandLines::default() };
    let outcome = report::ReportContext { contract, known, repository: None, lines };
    report::print_and_save(args, &report, outcome, session)
}

fn chosen_milestones<'c>(
    args: &CheckArgs,
    contract: &'c Contract,
    known: &History,
) -> Result<Vec<&'c Milestone>, Error> {
    if args.all {
        return Ok(contract
            .milestones
            .iter()
            .filter(|milestone| !milestone.checks.is_empty())
            .collect());
    }
    let chosen = choose(contract, &args.milestones, known)?;
    if chosen.is_empty() {
        // A contract in which nothing is given, before anything has passed.
        let none = "there is nothing to check yet: this contract gives nothing, and nothing has passed here";
        return Err(Error { kind: ErrorKind::Blocked, ..Error::user(none) }
            .with_command_hint("check the next milestone:", format!("{} next", typed_command(args)))
            .with_command_hint(
                "check every milestone:",
                format!("{} --all", typed_command(args)),
            ));
    }
    Ok(chosen)
}

fn plan<'a>(
    args: &CheckArgs,
    contract: &'a Contract,
    milestones: &'a [&'a Milestone],
    already: &'a [String],
) -> Plan<'a> {
    Plan { contract, milestones, already, fail_fast: args.fail_fast, each: false }
}

/// Runs the plan, with a sign of life for each check.
fn run_plan(
    plan: &Plan<'_>,
    mut target: ServerTarget<'_>,
    stop: &AtomicBool,
    steps: &Steps,
) -> RunReport {
    let all: usize = plan.milestones.iter().map(|milestone| milestone.checks.len()).sum();
    let (mut place, mut milestone) = (0, String::new());
    let stopped = || stop.load(Ordering::Relaxed);
    run_checks(plan, &mut target, &stopped, &mut |event| match event {
        Event::Milestone(started) => milestone.clone_from(&started.id),
        Event::Check(check) => {
            place += 1;
            steps.next(&format!("{place}/{all} {milestone}: {}", check.title));
        }
        Event::Checked(_) => {}
    })
}
