//! `roadmap doctor`: which programs are here, which version is needed, how to get them.

use super::session::Session;
use crate::catalog::{Catalog, Starter};
use crate::cli::{Doctor, Format};
use crate::curriculum::model::Roadmap;
use crate::error::Error;
use crate::starter::{Found, Tool, ask, git, is_enough, tools};
use crate::terminal::views::doctor::{Checked, Outcome, State, Without, text};
use crate::terminal::{Steps, json};
use std::thread;

/// The programs by which systems install others, with what our facts call them.
const INSTALLERS: [(&str, &str); 4] =
    [("apt-get", "apt"), ("dnf", "dnf"), ("brew", "brew"), ("winget", "winget")];

pub(super) fn run(args: &Doctor, session: &Session<'_>) -> Result<(), Error> {
    let roadmap = session.roadmap()?;
    let library = session.library()?;
    let catalog = session.catalog(&roadmap, &library)?;
    let (starters, without) = wanted(args, &roadmap, &catalog, session)?;
    let mut needed: Vec<(Tool, String)> = vec![(git(), "the history of your project".to_owned())];
    for starter in &starters {
        let of = catalog.framework_title(&starter.framework).to_owned();
        for tool in tools(&library, starter)? {
            if !needed.iter().any(|(known, _)| *known == tool) {
                needed.push((tool, of.clone()));
            }
        }
    }
    Steps::new(session.screen).next("asking the tools for their versions");
    let outcome = Outcome { tools: asked(needed), without_starter: without };
    session.screen.answer(&match args.format {
        Format::Json => json::text(&outcome)?,
        Format::Text => text(&outcome, session.screen.layout()),
    })?;
    let bad: Vec<&str> = outcome.missing().map(|tool| tool.name.as_str()).collect();
    if args.strict && !bad.is_empty() {
        return Err(Error::user(format!("missing, too old, or silent: {}", bad.join(", ")))
            .hint("get them as told above, then try again"));
    }
    Ok(())
}

/// The starters whose tools are wanted, one for each path: of what is named, else of the pick,
/// else all. With what has no starter.
fn wanted(
    args: &Doctor,
    roadmap: &Roadmap,
    catalog: &Catalog<'_>,
    session: &Session<'_>,
) -> Result<(Vec<Starter>, Option<Without>), Error> {
    let named = super::resolve::path(catalog, args.lang.as_deref(), args.framework.as_deref())?;
    let (language, framework, project) = match named {
        (Some(language), framework) => (language, framework, None),
        (None, _) => match session.pick(&roadmap.id) {
            Some(pick) => (pick.language, Some(pick.framework), Some(pick.project)),
            None => return Ok((catalog.starters().to_vec(), None)),
        },
    };
    let is_wanted = |one: &&Starter| {
        one.language == language && framework.as_ref().is_none_or(|id| one.framework == *id)
    };
    let mut starters: Vec<Starter> = catalog.starters().iter().filter(is_wanted).cloned().collect();
    // The picked project's own starter, if there is one; else any of the path.
    if let Some(own) = starters.iter().find(|one| Some(&one.project) == project.as_ref()) {
        starters = vec![own.clone()];
    }
    let without = starters.is_empty().then(|| {
        let own = framework.or_else(|| catalog.default_framework(&language).map(str::to_owned));
        let own = own.unwrap_or_default();
        Without {
            title: format!(
                "{}, {}",
                catalog.language_title(&language),
                catalog.framework_title(&own)
            ),
            generator: super::pick::generator(roadmap, &own),
            language,
            framework: own,
        }
    });
    Ok((starters, without))
}

/// Asks all at once: each may take a second.
fn asked(needed: Vec<(Tool, String)>) -> Vec<Checked> {
    let installers: Vec<&str> = INSTALLERS
        .iter()
        .filter(|(program, _)| super::new::is_on_path(program))
        .map(|(_, key)| *key)
        .collect();
    let found: Vec<Found> = thread::scope(|scope| {
        let running: Vec<_> =
            needed.iter().map(|(tool, _)| scope.spawn(|| ask(&tool.version))).collect();
        running.into_iter().map(|one| one.join().unwrap_or(Found::Silent)).collect()
    });
    let checked = needed.into_iter().zip(found).map(|((tool, of), found)| {
        let (state, version) = match found {
            Found::Missing => (State::Missing, None),
            Found::Silent => (State::Silent, None),
            Found::Version(version) if is_enough(&version, &tool.minimum) => {
                (State::Ready, Some(version))
            }
            Found::Version(version) => (State::Old, Some(version)),
        };
        let get = if state == State::Ready { vec![] } else { tool.install.lines(&installers) };
        Checked {
            name: tool.name,
            of,
            minimum: tool.minimum,
            found: version,
            state,
            get,
            url: tool.url,
        }
    });
    checked.collect()
}
