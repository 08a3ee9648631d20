//! `roadmap new`: a starter repository.

mod ask;
mod report;
mod selection;
mod target;

use crate::catalog::Catalog;
use crate::cli::{Format, NewArgs};
use crate::commands::shared::contracts;
use crate::commands::shared::session::Session;
use crate::contract::server::run_command;
use crate::curriculum::model::Roadmap;
use crate::error::Error;
use crate::progress::Pick;
use crate::shell;
use crate::starter::{self, CommitOutcome, NoCommit, StarterRequest, generate};
use crate::terminal::{Steps, json, views, watch_interrupts};
use report::NewOutput;
use selection::StarterChoice;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use target::StarterTarget;

pub(in crate::commands) fn run(args: &NewArgs, session: &Session<'_>) -> Result<(), Error> {
    let roadmap = session.roadmap()?;
    let library = session.library()?;
    let catalog = session.catalog(&roadmap, &library)?;
    let picked = session.pick(&roadmap.id);
    let selection =
        StarterChoice::from_args(args, &roadmap, &catalog, picked.as_ref(), session.screen)?;
    let target = StarterTarget::from_args(args, &selection.project)?;
    let project = selection.project.clone();
    let not_placed = |error| Error::not_placed(&error, &project);
    let destination = starter::survey(&target.path).map_err(not_placed)?;
    // Ours is sound; a contract that somebody wrote is not copied unread.
    if session.has_own_library() && library.contract(&project)?.is_some() {
        contracts::of_project(&library, &project)?;
    }
    let generated = generate(
        &library,
        &StarterRequest {
            project_title: catalog.project_title(&selection.project).to_owned(),
            language_title: catalog.language_title(&selection.language).to_owned(),
            framework_title: catalog.framework_title(&selection.framework).to_owned(),
            project: selection.project,
            language: selection.language,
            framework: selection.framework,
            name: target.name.clone(),
        },
    )?;
    let mut report = NewOutput::new(&generated, &target, &catalog, args);
    let mut notes = Vec::new();
    if !args.dry_run {
        let secrets = generated.secrets()?;
        let stop = watch_interrupts();
        let placed =
            starter::place(&generated.tree, secrets.as_deref(), &destination, !args.no_git, &stop)
                .map_err(not_placed)?;
        let path = record_starter(&generated.request, &roadmap, session, &mut notes);
        report.picked = path.map(|(language, framework)| catalog.path_title(&language, &framework));
        notes.extend(other_path_note(picked.as_ref(), &generated.request, &catalog));
        report.commit = commit_hash(placed.commit, &mut notes);
        if args.install {
            install(&generated.commands.install, &target.path, &stop, session)?;
            report.installed(&generated);
        }
    }
    if let Some((manifest, workspace)) =
        starter::workspace_around(&target.path, &generated.workspaces)
    {
        notes.push(format!(
            "this lies in the workspace of {}; {}",
            manifest.display(),
            workspace.advice
        ));
    }
    notes.extend(report.tool_notes(&generated, args, session.screen));
    session.screen.print(&match args.format {
        Format::Json => json::text(&report)?,
        Format::Text => views::new::text(&report.new_starter(), session.screen.layout()),
    })?;
    notes.iter().for_each(|note| session.screen.note(note));
    Ok(())
}

/// Records in the state that there is a starter, since `next` goes on from there, and saves its path as
/// the pick if there is none: returns that path. The starter is whole in any case, so a state that cannot
/// be written gives only a note.
fn record_starter(
    request: &StarterRequest,
    roadmap: &Roadmap,
    session: &Session<'_>,
    notes: &mut Vec<String>,
) -> Option<(String, String)> {
    // A state that cannot be read has been noted already.
    let starter_exists = session.has_starter(&roadmap.id)?;
    let is_known = roadmap.frameworks.iter().any(|framework| framework.id == request.framework);
    let pick = (is_known && session.pick(&roadmap.id).is_none()).then(|| Pick {
        language: request.language.clone(),
        framework: request.framework.clone(),
        project: request.project.clone(),
        answers: BTreeMap::new(),
    });
    if starter_exists && pick.is_none() {
        return None;
    }
    let saved = session.change(|document| {
        document.set_has_starter(&roadmap.id);
        if let Some(pick) = &pick {
            document.set_pick(&roadmap.id, pick);
        }
    });
    if let Err(error) = saved {
        notes.push(format!("your progress was not kept: {}", error.message));
        return None;
    }
    pick.map(|pick| (pick.language, pick.framework))
}

/// A starter in another framework than the path's: the path stays.
fn other_path_note(
    pick: Option<&Pick>,
    made: &StarterRequest,
    catalog: &Catalog<'_>,
) -> Option<String> {
    let pick = pick.filter(|pick| pick.framework != made.framework)?;
    let title = catalog.path_title(&pick.language, &pick.framework);
    let line = format!("roadmap pick --framework {}", made.framework);
    Some(format!("your path is still {title}; `{line}` changes it"))
}

/// The commit's hash, with a note on what is unusual about it.
fn commit_hash(commit: CommitOutcome, notes: &mut Vec<String>) -> Option<String> {
    match commit {
        CommitOutcome::NotRequested => None,
        CommitOutcome::Committed(commit) => {
            if commit.nameless {
                notes.push(
                    "git knows no name and address for you, so the commit bears ours; \
                     `git config --global user.name` and `user.email` set yours"
                        .to_owned(),
                );
            }
            Some(commit.hash)
        }
        CommitOutcome::Refused(reason) => {
            notes.push(no_commit_note(&reason));
            None
        }
    }
}

/// The note on why there is no commit.
fn no_commit_note(reason: &NoCommit) -> String {
    match reason {
        NoCommit::Inside(around) => {
            format!("no repository was made: this lies in the one at {}", around.display())
        }
        NoCommit::HasStaged => {
            "something is staged in the repository there already; the files are not committed"
                .to_owned()
        }
        NoCommit::HasCommits => {
            "the repository there has commits already; the files are not committed".to_owned()
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
        run_command(folder, words, stop, &mut |line| steps.next(line))
            .map_err(|error| Error::not_installed(&error, &line, folder))?;
    }
    Ok(())
}
