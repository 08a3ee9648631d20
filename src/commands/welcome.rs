//! `roadmap` alone.

use super::session::Session;
use crate::error::Error;
use crate::terminal::views::welcome::{Standing, text};

pub(super) fn run(session: &Session<'_>) -> Result<(), Error> {
    let outline = session.outline()?;
    let marks = session.marks(&outline);
    let command = match session.pick(&outline.id) {
        Some(pick) => {
            let roadmap = session.roadmap()?;
            let catalog = session.catalog(&roadmap, &session.library()?)?;
            super::pick::command(&catalog, &pick.project, &pick.language, &pick.framework)
        }
        None => None,
    };
    let standing = Standing { title: outline.title, path: marks.path, command };
    session.screen.answer(&text(&standing, session.screen.layout()))
}
