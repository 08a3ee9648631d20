//! `roadmap new`: a starter repository.

mod report;
mod target;
mod wanted;

use super::session::Session;
use crate::cli::{Format, New};
use crate::error::Error;
use crate::shell;
use crate::starter::{self, Commit, NoCommit, Request, generate};
use crate::terminal::{Steps, json, views, watch_interrupts};
use report::Report;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use target::Target;
use wanted::Wanted;

pub(super) fn run(args: &New, session: &Session<'_>) -> Result<(), Error> {
    let roadmap = session.roadmap()?;
    let library = session.library()?;
    let catalog = session.catalog(&roadmap, &library)?;
    let picked = session.pick(&roadmap.id);
    let wanted = Wanted::of(args, &catalog, picked.as_ref(), session.screen)?;
    let target = Target::of(args, &wanted.project)?;
    let destination = starter::survey(&target.path)?;
    let generated = generate(
        &library,
        &Request {
            project_title: catalog.project_title(&wanted.project).to_owned(),
            language_title: catalog.language_title(&wanted.language).to_owned(),
            framework_title: catalog.framework_title(&wanted.framework).to_owned(),
            project: wanted.project,
            language: wanted.language,
            framework: wanted.framework,
            name: target.name.clone(),
        },
    )?;
    let mut report = Report::new(&generated, &target, &catalog, args);
    if !args.dry_run {
        let secrets = generated.secrets()?;
        let stop = watch_interrupts();
        let placed =
            starter::place(&generated.tree, secrets.as_deref(), &destination, !args.no_git, &stop)?;
        made(&roadmap.id, session);
        report.commit = placed.commit.and_then(|commit| hash(commit, session));
        if args.install {
            install(&generated.commands.install, &target.path, &stop, session)?;
            report.installed(&generated);
        }
    }
    report.missing_tools(&generated, args, session.screen);
    let told = match args.format {
        Format::Json => json::text(&report)?,
        Format::Text => views::new::text(&report.made(), session.screen.layout()),
    };
    session.screen.answer(&told)
}

/// Keeps that a starter was made: `next` goes on from there. The starter is whole whatever
/// becomes of this, so a state that takes nothing is only told, and once.
fn made(roadmap: &str, session: &Session<'_>) {
    if session.made(roadmap) == Some(false)
        && let Err(error) = session.change(|document| document.set_made(roadmap))
    {
        session.screen.note(&format!("your progress was not kept: {}", error.message));
    }
}

/// The commit's hash, with a note on what is unusual about it.
fn hash(commit: Result<Commit, NoCommit>, session: &Session<'_>) -> Option<String> {
    match commit {
        Ok(commit) => {
            if commit.nameless {
                session.screen.note(
                    "git knows no name and address for you, so the commit bears ours; \
                     `git config --global user.name` and `user.email` set yours",
                );
            }
            Some(commit.hash)
        }
        Err(NoCommit::Inside(around)) => {
            session.screen.note(&format!(
                "no repository was made: this lies in the one at {}",
                around.display()
            ));
            None
        }
        Err(NoCommit::HasCommits) => {
            session
                .screen
                .note("the repository there has commits already; the files are not committed");
            None
        }
    }
}

/// Runs the starter's install commands. The starter stays if one fails.
fn install(
    lines: &[Vec<String>],
    folder: &Path,
    stop: &AtomicBool,
    session: &Session<'_>,
) -> Result<(), Error> {
    let steps = Steps::new(session.screen);
    for words in lines {
        let line = shell::line(words.iter().map(String::as_str));
        steps.next(&line);
        let Some((program, rest)) = words.split_first() else {
            continue;
        };
        let output =
            Command::new(program).args(rest).current_dir(folder).stdin(Stdio::null()).output();
        let failed = |cause: String| {
            Error::user(format!("the starter was made, but `{line}` failed"))
                .because(cause)
                .try_line("try it by hand:", format!("cd {} && {line}", folder.display()))
        };
        match output {
            Ok(output) if output.status.success() => {}
            // Ctrl-C reaches the command too.
            _ if stop.load(Ordering::Relaxed) => return Err(Error::interrupted()),
            Ok(output) => {
                let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
                let last: Vec<&str> = said.lines().rev().take(5).collect();
                return Err(failed(last.into_iter().rev().collect::<Vec<_>>().join("\n  ")));
            }
            Err(error) => return Err(failed(error.to_string())),
        }
    }
    Ok(())
}
