//! `roadmap` alone.

use super::session::Session;
use crate::error::Error;
use crate::terminal::views::welcome::{Standing, text};

pub(super) fn run(session: &Session<'_>) -> Result<(), Error> {
    let roadmap = session.roadmap()?;
    let marks = session.marks(&roadmap);
    let command = match session.pick(&roadmap) {
        Some(pick) => {
            let catalog = session.catalog(&roadmap, &session.library()?)?;
            super::pick::command(&catalog, &pick.project, &pick.language, &pick.framework)
        }
        None => None,
    };
    let standing = Standing { title: roadmap.title.clone(), path: marks.path, command };
    session.screen.answer(&text(&standing, session.screen.layout()))
}
