//! `roadmap` alone: where somebody stands.

use crate::cli::Format;
use crate::commands::shared::session::{Session, counted_topics};
use crate::commands::shared::step::next_step;
use crate::contract::server::Repository;
use crate::curriculum;
use crate::curriculum::outline::RoadmapOutline;
use crate::curriculum::standing::standing;
use crate::error::Error;
use crate::terminal::json;
use crate::terminal::views::learner::next::NextStep;
use crate::terminal::views::learner::welcome::{WelcomeOutput, text};
use crate::terminal::views::roadmap::overview::Marks;
use serde_json::json as object;

pub(in crate::commands) fn run(format: Format, session: &Session<'_>) -> Result<(), Error> {
    let outline = session.outline()?;
    let marks = session.marks(&outline);
    let next = next(&outline, &marks, session)?;
    let pick = session.pick(&outline.id);
    let stand = WelcomeOutput {
        total: standing(&outline, &counted_topics(&outline, &marks), &marks.done).total,
        title: outline.title,
        path: marks.path,
        next,
        has_paths: !outline.frameworks.is_empty(),
        is_builtin: outline.id == curriculum::builtin_outline().id,
    };
    session.screen.print(&match format {
        Format::Text => text(&stand, session.screen.layout()),
        Format::Json => json::text(&object!({
            "roadmap": outline.id,
            "title": stand.title,
            "path": pick.map(|pick| object!({
                "language": pick.language,
                "framework": pick.framework,
                "project": pick.project,
            })),
            "total": stand.total,
            "next": stand.next.to_json(),
        }))?,
    })
}

/// The next step. Outside a repository the outline is enough before a pick, and most of the roadmap
/// stays unread.
fn next(outline: &RoadmapOutline, marks: &Marks, session: &Session<'_>) -> Result<NextStep, Error> {
    let elsewhere = Repository::here()?.is_none();
    if elsewhere && marks.path.is_none() && !outline.frameworks.is_empty() {
        return Ok(NextStep::Pick);
    }
    let roadmap = session.roadmap()?;
    let catalog = session.catalog(&roadmap, &session.library()?)?;
    next_step(&roadmap, &catalog, &marks.done, session)
}
