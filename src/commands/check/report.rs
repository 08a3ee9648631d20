//! What is told of a run, and what is kept of it.

use crate::cli::CheckFormat;
use crate::commands::session::Session;
use crate::contract::format::{Contract, Known};
use crate::contract::run::{Report, Verdict};
use crate::contract::server::{Passed, Repository};
use crate::error::{Error, Kind};
use crate::terminal::json;
use crate::terminal::views::check::{Checked, Next, text};
use crate::terminal::views::check_json::{answer, junit};

/// What a run was about.
pub(super) struct Outcome<'a> {
    pub contract: &'a Contract,
    /// What was known before it.
    pub known: Known,
    /// Where what passed is kept; nothing for a server that somebody else started.
    pub repository: Option<&'a Repository>,
    /// The line that checks this server; milestones are named behind it.
    pub again: String,
}

/// Tells the report, keeps what passed, and ends as the report says.
///
/// # Errors
/// The server does not meet the contract, or could not be checked.
pub(super) fn tell(
    format: CheckFormat,
    report: &Report,
    outcome: Outcome<'_>,
    session: &Session<'_>,
) -> Result<(), Error> {
    let Outcome { contract, mut known, repository, again } = outcome;
    let with = |verdict| {
        let all = report.milestones.iter().filter(move |one| one.verdict() == verdict);
        all.map(|one| one.id.clone())
    };
    let regressions: Vec<String> =
        with(Verdict::Failed).filter(|id| known.passed.contains(id)).collect();
    let marked = match repository {
        Some(repository) => keep(report, contract, repository, session)?,
        None => Vec::new(),
    };
    known.passed.extend(with(Verdict::Passed));
    for id in with(Verdict::Failed) {
        known.passed.remove(&id);
    }
    let next = known.next(contract).map(|one| Next {
        id: &one.id,
        title: &one.title,
        about: &one.about,
        given: one.given,
    });
    let checked = Checked { report, regressions: &regressions, next, marked: &marked };
    let told = match format {
        CheckFormat::Text => text(&checked, session.screen.layout()),
        CheckFormat::Json => json::text(&answer(&checked))?,
        CheckFormat::Junit => junit(&checked),
    };
    session.screen.answer(&told)?;
    verdict(report, again)
}

/// Remembers what passed, and marks the topics of what passed for the first time. Those that were
/// marked are returned.
fn keep(
    report: &Report,
    contract: &Contract,
    repository: &Repository,
    session: &Session<'_>,
) -> Result<Vec<String>, Error> {
    let mut passed = Passed::read(&repository.root);
    let mut topics = Vec::new();
    let mut news = false;
    for one in report.milestones.iter().filter(|one| one.verdict() == Verdict::Passed) {
        if passed.add(&one.id) {
            news = true;
            let milestone = contract.milestone(&one.id);
            topics.extend(milestone.into_iter().flat_map(|one| one.topics.iter().cloned()));
        }
    }
    if !news {
        return Ok(Vec::new());
    }
    if let Err(error) = passed.keep(&repository.root) {
        session.screen.note(&format!("what passed could not be kept: {error}"));
        return Ok(Vec::new());
    }
    let outline = session.outline()?;
    let known = outline.today(topics);
    let done = session.done(&outline);
    let mut marked: Vec<String> = Vec::new();
    for id in known {
        if outline.has(&id) && !done.contains(&id) && !marked.contains(&id) {
            marked.push(id);
        }
    }
    if marked.is_empty() {
        return Ok(marked);
    }
    let change = session.change(|document| {
        document.mark(&outline.id, marked.iter().map(String::as_str));
    });
    if let Err(error) = change {
        // The check itself is done, and the repository knows what passed.
        session.screen.note(&format!("the topics could not be marked: {}", error.message));
        return Ok(Vec::new());
    }
    Ok(marked)
}

/// A contract that is not met wins over checks that could not be run.
fn verdict(report: &Report, again: String) -> Result<(), Error> {
    let all = || report.milestones.iter().flat_map(|one| &one.checks);
    let count = |verdict| all().filter(|one| one.verdict == verdict).count();
    let (failed, blocked) = (count(Verdict::Failed), count(Verdict::Blocked));
    let ended = |kind, text: String| Err(Error { kind, ..Error::user(text) });
    if failed > 0 {
        let of = all().count();
        let checks = if of == 1 { "check" } else { "checks" };
        let text =
            format!("the server does not meet its contract: {failed} of {of} {checks} failed");
        let red = report.milestones.iter().filter(|one| one.verdict() == Verdict::Failed);
        let line = red.fold(again, |line, one| format!("{line} {}", one.id));
        return ended(Kind::Contract, text)
            .map_err(|error| error.try_line("mend one, and check again:", line));
    }
    if blocked > 0 {
        let checks = if blocked == 1 { "check" } else { "checks" };
        return ended(Kind::Blocked, format!("{blocked} {checks} could not be run"));
    }
    match &report.ended {
        Some(why) => ended(Kind::Blocked, format!("the run ended before its end: {why}")),
        None => Ok(()),
    }
}
