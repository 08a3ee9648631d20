//! A server that the user started, at `--url`. Nothing of the run is saved: the server need not be the repository's.

use super::check_error::CheckError;
use super::{own, report};
use crate::cli::CheckArgs;
use crate::commands::shared::contracts;
use crate::commands::shared::session::Session;
use crate::contract::client::{Address, ExchangeError, Request, exchange};
use crate::contract::format::{Contract, History};
use crate::contract::server::{Repository, ServerTarget};
use crate::error::{Error, ErrorKind};
use crate::terminal::Steps;
use crate::terminal::views::check::CommandLines;
use std::sync::atomic::AtomicBool;

/// Checks the server at `url` against the contract of `--project`, else of the repository.
pub(super) fn check(
    args: &CheckArgs,
    url: &str,
    repository: Option<&Repository>,
    session: &Session<'_>,
    stop: &AtomicBool,
) -> Result<(), CheckError> {
    let url = own::address(url)?;
    let (contract, known, already) = contract(args, &url, repository, session)?;
    let project = args.project.as_ref().map(|project| format!(" --project {project}"));
    let project = project.unwrap_or_default();
    let check = format!("roadmap check --url {url}{project}{}", super::own_contract(args));
    let is_own_contract = args.contract.is_some();
    let lines = CommandLines { check, project, start: None, is_own_contract };
    let outcome = report::ReportContext { contract: &contract, known, repository: None, lines };
    if super::nothing_to_check(args, &contract, &outcome.known) {
        return super::report_all_passed(args, &contract, outcome.known, session);
    }
    let milestones = super::chosen_milestones(args, &contract, &outcome.known)?;
    require_server(&url, repository, &outcome.lines.check)?;
    session.screen.note("this writes into the database of that server");
    let steps = Steps::new(session.screen);
    let plan = super::plan(args, &contract, &milestones, &already);
    let report = super::run_plan(&plan, ServerTarget::Url(url), stop, &steps);
    drop(steps);
    report::print_and_save(args, &report, outcome, session)
}

/// The contract, what is known of its milestones, and those that the framework brings with it.
fn contract(
    args: &CheckArgs,
    url: &str,
    repository: Option<&Repository>,
    session: &Session<'_>,
) -> Result<(Contract, History, Vec<String>), Error> {
    if let Some(file) = &args.contract {
        return Ok((contracts::of_file(file)?, History::default(), Vec::new()));
    }
    match (&args.project, repository) {
        (Some(project), _) => {
            let roadmap = session.roadmap()?;
            let library = session.library()?;
            let catalog = session.catalog(&roadmap, &library)?;
            let contract = contracts::of_project(&library, catalog.project(project)?)?;
            Ok((contract, History::default(), Vec::new()))
        }
        (None, Some(repository)) => {
            let contract = contracts::of_repository(repository, session)?;
            let known = contracts::known(repository, &contract);
            Ok((contract, known, repository.facts.starter.already.clone()))
        }
        (None, None) => Err(Error::user("no project: you do not stand in a starter's repository")
            .with_command_hint("name it:", format!("roadmap check --url {url} --project blog"))
            .with_command_hint(
                "or give a contract of your own:",
                format!("roadmap check --url {url} --contract FILE"),
            )),
    }
}

/// Fails unless a server responds at `url`.
///
/// # Errors
/// Nothing does: with the lines that start the server and check it again.
fn require_server(url: &str, repository: Option<&Repository>, again: &str) -> Result<(), Error> {
    let broken = match Address::read(url) {
        Err(why) => why,
        Ok(address) => match exchange(&address, &Request::get("/healthz")) {
            Err(broken @ (ExchangeError::Refused(_) | ExchangeError::TimedOut(_))) => {
                broken.to_string()
            }
            _ => return Ok(()),
        },
    };
    let error =
        Error { kind: ErrorKind::Blocked, ..Error::user(format!("nothing answers at {url}")) };
    let error = error.with_cause(broken);
    let error = match repository {
        Some(repository) => error
            .with_command_hint("start your server:", own::line_of(&repository.facts.commands.run)),
        None => error.hint("start your server, and see that its port is the one of the address"),
    };
    Err(error.with_command_hint("then check it again:", again))
}
