//! `roadmap progress`: how far somebody is, and taking it along.

use crate::cli::{Format, ProgressAction, ProgressArgs};
use crate::commands::shared::session::{Session, counted_topics, read_content, read_stdin};
use crate::curriculum::standing::standing;
use crate::error::{EXPORT, Error};
use crate::progress::{Document, Store};
use crate::terminal::views::learner::imported::ImportOutput;
use crate::terminal::views::learner::progress::{ProgressOutput, ProgressPath, text};
use crate::terminal::{Prompt, json};
use serde_json::json as object;
use std::path::Path as FilePath;

pub(in crate::commands) fn run(args: &ProgressArgs, session: &Session<'_>) -> Result<(), Error> {
    match &args.action {
        None => show(args.format, session),
        Some(ProgressAction::Export) => export(session),
        Some(ProgressAction::Import { file }) => import(file, args.format, session),
        Some(ProgressAction::Reset { yes }) => reset(*yes, args.format, session),
    }
}

fn show(format: Format, session: &Session<'_>) -> Result<(), Error> {
    let answer = answer(session)?;
    let output = match format {
        Format::Json => json::text(&answer)?,
        Format::Text => text(&answer, session.screen.layout()),
    };
    session.screen.print(&output)
}

fn answer(session: &Session<'_>) -> Result<ProgressOutput, Error> {
    let outline = session.outline()?;
    let marks = session.marks(&outline);
    Ok(ProgressOutput {
        standing: standing(&outline, &counted_topics(&outline, &marks), &marks.done),
        has_paths: !outline.frameworks.is_empty(),
        path: marks.picked.map(|(language, framework)| ProgressPath { language, framework }),
        path_title: marks.path,
        roadmap: outline.id,
        title: outline.title,
    })
}

/// What is exported must be all there is: a broken state is not the same as none.
fn export(session: &Session<'_>) -> Result<(), Error> {
    let store = Store::open()?;
    let Some(document) = store.read_valid()? else {
        return Err(Error::user(format!("{} is broken", store.path().display()))
            .hint("mend it, or move it away; the next change would keep it aside"));
    };
    session.screen.print(&document.export())
}

fn import(file: &FilePath, format: Format, session: &Session<'_>) -> Result<(), Error> {
    let stdin = file == FilePath::new("-");
    let read = if stdin { read_stdin(session) } else { read_content(file, "the progress") };
    let text = read.map_err(|error| {
        error.with_command_hint("on the machine that has your progress:", EXPORT)
    })?;
    let origin = if stdin { "standard input".to_owned() } else { file.display().to_string() };
    let other = Document::import(&text).map_err(|not| Error::from(not).with_cause(origin))?;
    let roadmap = session.outline()?;
    let done = |document: &Document| roadmap.current_ids(document.done(&roadmap.id));
    let (mut before, mut now) = (Document::default(), Document::default());
    session.change(|document| {
        before = document.clone();
        document.merge(&other);
        now = document.clone();
    })?;
    let (earlier, all) = (done(&before), done(&now));
    let (known, unknown): (Vec<String>, Vec<String>) =
        all.into_iter().partition(|id| roadmap.has(id));
    let taken = now.pick(&roadmap.id).filter(|_| before.pick(&roadmap.id).is_none());
    let others = now.roadmaps().into_iter().filter(|id| *id != roadmap.id);
    let imported = ImportOutput {
        added: known.iter().filter(|id| !earlier.contains(id)).cloned().collect(),
        done: known.len(),
        unknown: unknown.into_iter().filter(|id| !earlier.contains(id)).collect(),
        pick: taken.map(|pick| (pick.language, pick.framework)),
        others: others.filter(|id| now.done(id).len() > before.done(id).len()).collect(),
    };
    session.screen.print(&match format {
        Format::Json => json::text(&imported.to_json())?,
        Format::Text => imported.text(session.screen.layout()),
    })
}

fn reset(yes: bool, format: Format, session: &Session<'_>) -> Result<(), Error> {
    let roadmap = session.outline()?;
    if !yes {
        if !session.screen.is_interactive() {
            return Err(Error::user("there is no terminal to ask in whether you are sure")
                .with_command_hint(
                    "to forget your pick and progress:",
                    "roadmap progress reset --yes",
                )
                .with_command_hint(
                    "to keep them in a file first:",
                    "roadmap progress export > progress.json",
                ));
        }
        let asked = format!("Forget your pick and progress in {}?", roadmap.title);
        if Prompt::new().choose_single(&asked, &["No, keep them", "Yes, forget them"])? == 0 {
            return session.screen.print(&match format {
                Format::Json => json::text(&object!({ "roadmap": roadmap.id, "reset": false }))?,
                Format::Text => "Nothing was changed.\n".to_owned(),
            });
        }
    }
    session.change(|document| document.reset(&roadmap.id))?;
    session.screen.print(&match format {
        Format::Json => json::text(&object!({ "roadmap": roadmap.id, "done": 0 }))?,
        Format::Text => "Your pick and progress are forgotten.\n".to_owned(),
    })
}
