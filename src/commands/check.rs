//! `roadmap check`: what a server does of its contract, and what it lacks.

mod own;
mod report;
mod watch;

use super::contracts;
use super::session::Session;
use crate::cli::Check;
use crate::contract::format::{Contract, Known, Milestone, choose};
use crate::contract::run::{Event, Plan, Report, run_checks};
use crate::contract::server::{Repository, Target};
use crate::error::{Error, Kind};
use crate::terminal::{Steps, watch_interrupts};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

pub(super) fn run(args: &Check, session: &Session<'_>) -> Result<(), Error> {
    let stop = watch_interrupts();
    let repository = Repository::here()?;
    match (&args.url, repository) {
        (Some(url), repository) => elsewhere(args, url, repository.as_ref(), session, &stop),
        (None, Some(repository)) if args.watch => watch::run(args, &repository, session, &stop),
        (None, Some(repository)) => here(args, &repository, session, &stop),
        (None, None) => Err(Error::user("you do not stand in a starter's repository")
            .try_line("make one:", "roadmap new")
            .try_line(
                "or check a server that runs:",
                "roadmap check --url http://127.0.0.1:8000 --project blog",
            )),
    }
}

/// The server of a repository: prepared, started, checked, ended.
fn here(
    args: &Check,
    repository: &Repository,
    session: &Session<'_>,
    stop: &Arc<AtomicBool>,
) -> Result<(), Error> {
    let contract = contracts::of_repository(repository, session)?;
    let known = contracts::known(repository, &contract);
    let milestones = wanted(args, &contract, &known)?;
    let steps = Steps::new(session.screen);
    let mut server = own::start(repository, stop, &steps)?;
    let already = &repository.facts.starter.already;
    let plan = plan(args, &contract, &milestones, already);
    let report =
        own::ending_at_once(stop, || checked(&plan, Target::Own(&mut server), stop, &steps));
    // The server ends before anything is told of it.
    drop(server);
    drop(steps);
    let (repository, again) = (Some(repository), "roadmap check".to_owned());
    let outcome = report::Outcome { contract: &contract, known, repository, again };
    report::tell(args.format, &report?, outcome, session)
}

/// A server that somebody else started. Nothing is kept of it: it need not be the repository's.
fn elsewhere(
    args: &Check,
    url: &str,
    repository: Option<&Repository>,
    session: &Session<'_>,
    stop: &Arc<AtomicBool>,
) -> Result<(), Error> {
    let url = own::address(url)?;
    let (contract, known, already) = match (&args.project, repository) {
        (Some(project), _) => {
            let roadmap = session.roadmap()?;
            let library = session.library()?;
            let catalog = session.catalog(&roadmap, &library)?;
            let contract = contracts::of_project(&library, catalog.project(project)?)?;
            (contract, Known::default(), Vec::new())
        }
        (None, Some(repository)) => {
            let contract = contracts::of_repository(repository, session)?;
            let known = contracts::known(repository, &contract);
            (contract, known, repository.facts.starter.already.clone())
        }
        (None, None) => {
            return Err(Error::user("no project: you do not stand in a starter's repository")
                .try_line("name it:", format!("roadmap check --url {url} --project blog")));
        }
    };
    let milestones = wanted(args, &contract, &known)?;
    let steps = Steps::new(session.screen);
    let plan = plan(args, &contract, &milestones, &already);
    let report = checked(&plan, Target::Url(url.clone()), stop, &steps);
    drop(steps);
    let project = args.project.as_ref().map(|project| format!(" --project {project}"));
    let again = format!("roadmap check --url {url}{}", project.unwrap_or_default());
    let outcome = report::Outcome { contract: &contract, known, repository: None, again };
    report::tell(args.format, &report?, outcome, session)
}

fn wanted<'c>(
    args: &Check,
    contract: &'c Contract,
    known: &Known,
) -> Result<Vec<&'c Milestone>, Error> {
    if args.all {
        return Ok(contract.milestones.iter().filter(|one| !one.checks.is_empty()).collect());
    }
    let chosen = choose(contract, &args.milestones, known)?;
    if chosen.is_empty() {
        // A contract in which nothing is given, before anything has passed.
        let none = "there is nothing to check yet: this contract gives nothing, and nothing has passed here";
        return Err(Error { kind: Kind::Blocked, ..Error::user(none) }
            .try_line("check the next milestone:", "roadmap check next")
            .try_line("every milestone:", "roadmap list milestones"));
    }
    Ok(chosen)
}

fn plan<'a>(
    args: &Check,
    contract: &'a Contract,
    milestones: &'a [&'a Milestone],
    already: &'a [String],
) -> Plan<'a> {
    Plan { contract, milestones, already, fail_fast: args.fail_fast }
}

/// Runs the plan, with a sign of life for each check.
fn checked(
    plan: &Plan<'_>,
    mut target: Target<'_>,
    stop: &AtomicBool,
    steps: &Steps,
) -> Result<Report, Error> {
    let all: usize = plan.milestones.iter().map(|one| one.checks.len()).sum();
    let (mut place, mut milestone) = (0, String::new());
    let stopped = || stop.load(Ordering::Relaxed);
    let report = run_checks(plan, &mut target, &stopped, &mut |event| match event {
        Event::Milestone(one) => milestone.clone_from(&one.id),
        Event::Check(check) => {
            place += 1;
            steps.next(&format!("{place}/{all} {milestone}: {}", check.title));
        }
        Event::Checked(_) => {}
    });
    if stopped() { Err(Error::interrupted()) } else { Ok(report) }
}
