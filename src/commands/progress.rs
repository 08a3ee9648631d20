//! `roadmap progress`: how far somebody is, and taking it along.

use super::session::{Session, path_of, read_content};
use crate::cli::{Format, Progress, ProgressAction};
use crate::curriculum::outline::Outline;
use crate::curriculum::standing::standing;
use crate::error::Error;
use crate::progress::{Document, Store};
use crate::terminal::views::progress::{Answer, Path, text};
use crate::terminal::{Prompt, json};
use serde_json::json as object;
use std::path::Path as FilePath;

pub(super) fn run(args: &Progress, session: &Session<'_>) -> Result<(), Error> {
    match &args.action {
        None => show(args.format, session),
        Some(ProgressAction::Export) => export(session),
        Some(ProgressAction::Import { file }) => import(file, args.format, session),
        Some(ProgressAction::Reset { yes }) => reset(*yes, args.format, session),
    }
}

fn show(format: Format, session: &Session<'_>) -> Result<(), Error> {
    let answer = answer(session)?;
    let told = match format {
        Format::Json => json::text(&answer)?,
        Format::Text => text(&answer, session.screen.layout()),
    };
    session.screen.answer(&told)
}

fn answer(session: &Session<'_>) -> Result<Answer, Error> {
    let roadmap = session.roadmap()?;
    let outline = Outline::of(&roadmap);
    let pick = session.pick(&roadmap.id);
    let marks = session.marks(&outline);
    Ok(Answer {
        standing: standing(&roadmap, &path_of(&roadmap, pick.as_ref()), &marks.done),
        path: pick.map(|pick| Path { language: pick.language, framework: pick.framework }),
        path_title: marks.path,
        roadmap: roadmap.id,
        title: roadmap.title,
    })
}

/// What is exported must be all there is: a broken state is not the same as none.
fn export(session: &Session<'_>) -> Result<(), Error> {
    let store = Store::open()?;
    let Some(document) = store.look()? else {
        return Err(Error::user(format!("{} is broken", store.path().display()))
            .hint("mend it, or move it away; the next change would keep it aside"));
    };
    session.screen.answer(&document.export())
}

fn import(file: &FilePath, format: Format, session: &Session<'_>) -> Result<(), Error> {
    let text = read_content(file, "the progress").map_err(|error| {
        error.try_line("where your progress is:", "roadmap progress export > progress.json")
    })?;
    let other = Document::import(&text)
        .map_err(|not| Error::from(not).because(file.display().to_string()))?;
    let roadmap = session.outline()?;
    let done = |document: &Document| roadmap.today(document.done(&roadmap.id)).len();
    let (mut before, mut now) = (0, 0);
    session.change(|document| {
        before = done(document);
        document.merge(&other);
        now = done(document);
    })?;
    let added = now - before;
    session.screen.answer(&match format {
        Format::Json => json::text(&object!({ "done": now, "added": added }))?,
        Format::Text => {
            let topics = if now == 1 { "topic is" } else { "topics are" };
            format!("{now} {topics} done now, {added} of them new here.\n")
        }
    })
}

fn reset(yes: bool, format: Format, session: &Session<'_>) -> Result<(), Error> {
    let roadmap = session.outline()?;
    if !yes {
        if !session.screen.is_interactive() {
            return Err(Error::user("there is no terminal to ask in whether you are sure")
                .try_line("to forget your pick and progress:", "roadmap progress reset --yes")
                .try_line(
                    "to keep them in a file first:",
                    "roadmap progress export > progress.json",
                ));
        }
        let asked = format!("Forget your pick and progress in {}?", roadmap.title);
        if Prompt::new().one(&asked, &["No, keep them", "Yes, forget them"])? == 0 {
            return session.screen.answer("Nothing was changed.");
        }
    }
    session.change(|document| document.reset(&roadmap.id))?;
    session.screen.answer(&match format {
        Format::Json => json::text(&object!({ "roadmap": roadmap.id, "done": 0 }))?,
        Format::Text => "Your pick and progress are forgotten.\n".to_owned(),
    })
}
