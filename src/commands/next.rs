//! `roadmap next`: the next step, for itself and for `roadmap` alone.

use super::session::{Session, path_of};
use crate::catalog::Catalog;
use crate::cli::{Format, Next};
use crate::curriculum::model::Roadmap;
use crate::curriculum::outline::Outline;
use crate::curriculum::standing::next_topic;
use crate::error::Error;
use crate::progress::Pick;
use crate::terminal::json;
use crate::terminal::views::next::{Step, Topic, text};

pub(super) fn run(args: &Next, session: &Session<'_>) -> Result<(), Error> {
    let roadmap = session.roadmap()?;
    let catalog = session.catalog(&roadmap, &session.library()?)?;
    let outline = Outline::of(&roadmap);
    let step = step(&roadmap, &catalog, &session.done(&outline), session);
    let told = match args.format {
        Format::Json => json::text(&step.answer())?,
        Format::Text => text(&step, session.screen.layout()),
    };
    session.screen.answer(&told)
}

/// A path, a starter, then topic by topic.
pub(super) fn step(
    roadmap: &Roadmap,
    catalog: &Catalog<'_>,
    done: &[String],
    session: &Session<'_>,
) -> Step {
    // A path that the roadmap no longer has is to be picked again.
    let known = |pick: &Pick| catalog.language_of(&pick.framework).is_some();
    let Some(pick) = session.pick(&roadmap.id).filter(known) else {
        return Step::Pick;
    };
    let command = super::pick::command(catalog, &pick.project, &pick.language, &pick.framework);
    // Where nothing can be made, nobody waits for it.
    if let (Some(command), Some(false)) = (command, session.made(&roadmap.id)) {
        return Step::New { command };
    }
    match next_topic(roadmap, &path_of(roadmap, Some(&pick)), done) {
        Some((stage, topic)) => Step::Topic(Topic {
            id: topic.id.clone(),
            stage: stage.id.clone(),
            title: topic.title.clone(),
            why: topic.why.clone(),
            hours: topic.hours,
        }),
        None => Step::Finished,
    }
}
