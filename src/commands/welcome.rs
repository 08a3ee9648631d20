//! `roadmap` alone: where somebody stands.

use super::session::{Session, path_of};
use super::step::{milestone, step};
use crate::cli::Format;
use crate::curriculum::outline::Outline;
use crate::curriculum::standing::standing;
use crate::error::Error;
use crate::terminal::json;
use crate::terminal::views::next::Step;
use crate::terminal::views::welcome::{Standing, begin, text};
use serde_json::json as object;

pub(super) fn run(format: Format, session: &Session<'_>) -> Result<(), Error> {
    if format == Format::Text {
        let outline = session.outline()?;
        if session.marks(&outline).path.is_none() {
            // Nothing but the title is needed of the roadmap.
            let next = milestone(session)?.map(Step::Milestone);
            let told = begin(&outline.title, next.as_ref(), session.screen.layout());
            return session.screen.answer(&told);
        }
    }
    let roadmap = session.roadmap()?;
    let catalog = session.catalog(&roadmap, &session.library()?)?;
    let marks = session.marks(&Outline::of(&roadmap));
    let pick = session.pick(&roadmap.id);
    let stand = Standing {
        title: roadmap.title.clone(),
        path: marks.path.clone().unwrap_or_default(),
        total: standing(&roadmap, &path_of(&roadmap, pick.as_ref()), &marks.done).total,
        next: step(&roadmap, &catalog, &marks.done, session)?,
    };
    let told = match format {
        Format::Text => text(&stand, session.screen.layout()),
        Format::Json => json::text(&object!({
            "roadmap": roadmap.id,
            "title": roadmap.title,
            "path": pick.map(|pick| object!({
                "language": pick.language,
                "framework": pick.framework,
                "project": pick.project,
            })),
            "total": stand.total,
            "next": stand.next.answer(),
        }))?,
    };
    session.screen.answer(&told)
}
