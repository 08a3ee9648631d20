//! `roadmap next`: the next step.

use crate::cli::{Format, NextArgs};
use crate::commands::shared::session::Session;
use crate::commands::shared::step::next_step;
use crate::curriculum::outline::RoadmapOutline;
use crate::error::Error;
use crate::terminal::json;
use crate::terminal::views::learner::next::text;

pub(in crate::commands) fn run(args: &NextArgs, session: &Session<'_>) -> Result<(), Error> {
    let roadmap = session.roadmap()?;
    let catalog = session.catalog(&roadmap, &session.library()?)?;
    let outline = RoadmapOutline::from_roadmap(&roadmap);
    let step = next_step(&roadmap, &catalog, &session.done(&outline), session)?;
    let output = match args.format {
        Format::Json => json::text(&step.to_json())?,
        Format::Text => text(&step, session.screen.layout()),
    };
    session.screen.print(&output)
}
