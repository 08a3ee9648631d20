//! The report of a run, and what is saved of it.

use super::check_error::CheckError;
use super::save::{NewlyPassed, save};
use crate::cli::{CheckArgs, CheckFormat};
use crate::commands::shared::session::Session;
use crate::contract::format::{Contract, History, Milestone};
use crate::contract::run::{CheckOutcome, MilestoneOutcome, RunReport, Verdict};
use crate::contract::server::Repository;
use crate::contract::value::{Difference, DifferenceKind, short};
use crate::error::{Error, ErrorKind};
use crate::terminal::json;
use crate::terminal::views::check::{
    CheckOutput, CommandLines, MilestoneChoice, NextMilestone, UncheckedMilestone, error_to_json,
    junit, junit_error, milestone_to_fix, text, to_json,
};
use std::path::Path;

/// The most characters of a value in the hint that says where to begin.
const MAX_VALUE: usize = 80;

/// What a report needs beside the outcomes of the run.
pub(super) struct ReportContext<'a> {
    pub contract: &'a Contract,
    /// What had passed and failed before the run.
    pub known: History,
    /// The repository, where the passed milestones are saved; `None` for a server that somebody else started.
    pub repository: Option<&'a Repository>,
    pub lines: CommandLines,
}

/// Prints the report, saves what passed, and ends as the report says.
///
/// # Errors
/// [`CheckError::NotRun`]: the report cannot be printed. [`CheckError::Reported`]: the server does not meet the
/// contract, or could not be checked.
pub(super) fn print_and_save(
    args: &CheckArgs,
    report: &RunReport,
    outcome: ReportContext<'_>,
    session: &Session<'_>,
) -> Result<(), CheckError> {
    let ReportContext { contract, mut known, repository, lines } = outcome;
    if report.interrupted && !report.has_begun() {
        return Err(CheckError::Reported(Error::interrupted()));
    }
    let with = |verdict| {
        let all = report.milestones.iter().filter(move |milestone| milestone.verdict() == verdict);
        all.map(|milestone| milestone.id.clone())
    };
    let regressions: Vec<String> =
        with(Verdict::Failed).filter(|id| known.passed.contains(id)).collect();
    let new = match repository {
        Some(repository) => save(report, contract, repository, session)?,
        None => NewlyPassed::default(),
    };
    for id in with(Verdict::Passed) {
        known.failing.remove(&id);
        known.passed.insert(id);
    }
    known.failing.extend(with(Verdict::Failed));
    let checked = CheckOutput {
        report,
        regressions: &regressions,
        next: next(&known, contract),
        needed: milestone_to_fix(report, &regressions)
            .and_then(|to_fix| needed(to_fix, &known, contract, repository.is_some())),
        built: &new.built,
        is_in_git: repository.is_some_and(|repository| is_in_git(&repository.root)),
        marked: &new.marked,
        met: &new.met,
        verbose: args.verbose,
        lines,
    };
    let output = match args.format {
        CheckFormat::Text => text(&checked, session.screen.layout()),
        CheckFormat::Json => json::text(&to_json(&checked))?,
        CheckFormat::Junit => junit(&checked),
    };
    session.screen.print(&output)?;
    verdict(&checked).map_err(CheckError::Reported)
}

/// Prints why no run was possible, in the formats for programs.
///
/// # Errors
/// The report cannot be printed.
pub(super) fn print_error(
    format: CheckFormat,
    project: Option<&str>,
    error: &Error,
    session: &Session<'_>,
) -> Result<(), Error> {
    if matches!(error.kind, ErrorKind::ClosedPipe | ErrorKind::Interrupted | ErrorKind::Ended) {
        return Ok(());
    }
    match format {
        CheckFormat::Text => Ok(()),
        CheckFormat::Json => session.screen.print(&json::text(&error_to_json(project, error))?),
        CheckFormat::Junit => session.screen.print(&junit_error(project, error)),
    }
}

/// The milestone to work on; none if all that can be checked has passed.
pub(super) fn next<'a>(known: &History, contract: &'a Contract) -> NextMilestone<'a> {
    match known.next(contract) {
        Some(milestone) => NextMilestone::Milestone {
            first: choice(milestone),
            other: known.other(contract, milestone).map(choice),
        },
        None => {
            let unchecked =
                contract.milestones.iter().filter(|milestone| milestone.checks.is_empty());
            let unchecked = unchecked
                .map(|milestone| UncheckedMilestone { id: &milestone.id, stage: &milestone.stage });
            NextMilestone::AllPassed { unchecked: unchecked.collect() }
        }
    }
}

/// A milestone of the learner on which `to_fix` builds, and which has not passed. Of a server that somebody else started
/// it is known only whether it failed.
fn needed<'a>(
    to_fix: &MilestoneOutcome,
    known: &History,
    contract: &'a Contract,
    is_own: bool,
) -> Option<MilestoneChoice<'a>> {
    let milestone = |id: &String| contract.milestones.iter().find(|milestone| milestone.id == *id);
    let is_open = |milestone: &&Milestone| {
        let is_learners = !milestone.given && !milestone.checks.is_empty();
        let is_passed = known.passed.contains(&milestone.id);
        is_learners && !is_passed && (is_own || known.failing.contains(&milestone.id))
    };
    let needs = milestone(&to_fix.id)?.needs.iter();
    needs.filter_map(milestone).find(is_open).map(choice)
}

fn choice(milestone: &Milestone) -> MilestoneChoice<'_> {
    MilestoneChoice {
        id: &milestone.id,
        title: &milestone.title,
        about: &milestone.about,
        given: milestone.given,
        hours: milestone.hours,
    }
}

/// Whether a folder is part of a repository of Git.
fn is_in_git(folder: &Path) -> bool {
    folder.ancestors().any(|folder| folder.join(".git").exists())
}

/// A contract that is not met wins over checks that could not be run.
fn verdict(checked: &CheckOutput<'_>) -> Result<(), Error> {
    let report = checked.report;
    let total = report.total();
    if report.interrupted {
        return Err(Error::interrupted());
    }
    let ended = |kind, text: String| Error { kind, ..Error::user(text) };
    if total.failed > 0 {
        let (failed, all) = (total.failed, total.all());
        let checks = if all == 1 { "check" } else { "checks" };
        let text =
            format!("the server does not meet its contract: {failed} of {all} {checks} failed");
        let error = ended(ErrorKind::Contract, text);
        let Some(first) = milestone_to_fix(report, checked.regressions) else { return Err(error) };
        if let Some(needed) = checked.needed {
            let place = format!("begin with {}, on which {} builds:", needed.id, first.id);
            return Err(
                error.with_command_hint(place, format!("{} {}", checked.lines.check, needed.id))
            );
        }
        let failed = first.checks.iter().filter(|check| check.verdict == Verdict::Failed).count();
        let only_first = if failed > 1 { " --fail-fast" } else { "" };
        let line = format!("{} {}{only_first}", checked.lines.check, first.id);
        return Err(error.with_command_hint(place(first), line));
    }
    if total.blocked > 0 {
        let blocked = total.blocked;
        let checks = if blocked == 1 { "check" } else { "checks" };
        return Err(ended(ErrorKind::Blocked, format!("{blocked} {checks} could not be run")));
    }
    match &report.ended {
        Some(why) => Err(ended(ErrorKind::Blocked, format!("the run ended before its end: {why}"))),
        None => Ok(()),
    }
}

/// Where to begin, in a few words: the first check that failed, and what came.
fn place(milestone: &MilestoneOutcome) -> String {
    let failed = |check: &&CheckOutcome| check.verdict == Verdict::Failed;
    let Some(check) = milestone.checks.iter().find(failed) else {
        return format!("begin with {}:", milestone.id);
    };
    let name = format!("{}/{}", milestone.id, check.id);
    let failure = check.failure.as_ref();
    match failure.and_then(|failure| Some((failure, failure.differences.first()?))) {
        Some((failure, first)) if matches!(first.kind, DifferenceKind::Status(_)) => {
            format!("begin with {name}: {} answered {}", failure.step, first.actual)
        }
        Some((failure, first)) => {
            let Difference { place, expected, actual, .. } = first;
            let (expected, actual) = (short(expected, MAX_VALUE), short(actual, MAX_VALUE));
            let came = format!("{place}: expected {expected}, came {actual}");
            format!("begin with {name}: {}, {came}", failure.step)
        }
        None => format!("begin with {name}:"),
    }
}
