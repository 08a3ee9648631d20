//! `roadmap doctor`: which programs are here, which version is needed, how to get them.

use crate::catalog::{Catalog, Starter};
use crate::cli::{DoctorArgs, Format};
use crate::commands::shared::resolve;
use crate::commands::shared::session::Session;
use crate::contract::server::Repository;
use crate::error::Error;
use crate::starter::{
    Library, Tool, ToolStatus, VERSION_TIMEOUT, ask_all, git, is_on_path, meets_minimum, tools,
};
use crate::terminal::views::doctor::{
    DoctorOutput, PathWithoutStarter, ToolReport, ToolState, text,
};
use crate::terminal::{Steps, json};
use std::env;
use std::path::{Path, PathBuf};
use std::slice;

/// The programs by which systems install others, with what our facts call them.
const INSTALLERS: [(&str, &str); 4] =
    [("apt-get", "apt"), ("dnf", "dnf"), ("brew", "brew"), ("winget", "winget")];

/// The programs to look up.
struct NeededTools {
    /// Each with what it is needed for.
    tools: Vec<(Tool, String)>,
    /// The path that has no starter.
    without: Option<PathWithoutStarter>,
    /// Where to ask: a version that is pinned there counts.
    folder: PathBuf,
}

pub(in crate::commands) fn run(args: &DoctorArgs, session: &Session<'_>) -> Result<(), Error> {
    let roadmap = session.roadmap()?;
    let library = session.library()?;
    let catalog = session.catalog(&roadmap, &library)?;
    let here =
        if args.lang.is_none() && args.framework.is_none() { Repository::here()? } else { None };
    let needed = match here {
        Some(repository) => tools_of_repository(repository, &library, &catalog)?,
        None => tools_of_path(args, &roadmap.id, &library, &catalog, session)?,
    };
    let steps = Steps::new(session.screen);
    steps.next("asking the tools for their versions");
    let tools = ask_versions(needed.tools, &needed.folder);
    // Its line goes before the output comes.
    drop(steps);
    let outcome = DoctorOutput { tools, without_starter: needed.without };
    session.screen.print(&match args.format {
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

fn git_tool() -> (Tool, String) {
    (git(), "the history of your project".to_owned())
}

/// The tools that a repository names, with the ways to get them that the library knows.
fn tools_of_repository(
    repository: Repository,
    library: &Library,
    catalog: &Catalog<'_>,
) -> Result<NeededTools, Error> {
    let own = &repository.facts.starter;
    let starter = catalog.starter(&own.project, &own.framework);
    let known = tools(library, starter.map(slice::from_ref).unwrap_or_default())?;
    let own = repository.facts.tools.into_iter().map(|tool| {
        let same = known.iter().map(|(tool, _)| tool).find(|known| known.name == tool.name);
        Tool {
            install: same.map(|known| known.install.clone()).unwrap_or_default(),
            name: tool.name,
            minimum: tool.minimum,
            version: tool.version,
            url: tool.url,
        }
    });
    let own = own.map(|tool| (tool, "this starter".to_owned()));
    Ok(NeededTools {
        tools: [git_tool()].into_iter().chain(own).collect(),
        without: None,
        folder: repository.root,
    })
}

/// The tools of what is named, else of the pick, else of every starter.
fn tools_of_path(
    args: &DoctorArgs,
    roadmap: &str,
    library: &Library,
    catalog: &Catalog<'_>,
    session: &Session<'_>,
) -> Result<NeededTools, Error> {
    let (starters, without) = starters_of_path(args, roadmap, catalog, session)?;
    let mut needed = vec![git_tool()];
    for (tool, starter) in tools(library, &starters)? {
        needed.push((tool, catalog.framework_title(&starter.framework).to_owned()));
    }
    // Away from the user's files: rust-toolchain.toml would have cargo speak of another version.
    Ok(NeededTools { tools: needed, without, folder: env::temp_dir() })
}

/// The starters whose tools are looked for, one for each path: of the arguments, else of the pick,
/// else all. With the paths that have no starter.
fn starters_of_path(
    args: &DoctorArgs,
    roadmap: &str,
    catalog: &Catalog<'_>,
    session: &Session<'_>,
) -> Result<(Vec<Starter>, Option<PathWithoutStarter>), Error> {
    let named = resolve::path(catalog, args.lang.as_deref(), args.framework.as_deref())?;
    let (language, framework, project) = match named {
        (Some(language), framework) => (language, framework, None),
        (None, _) => match session.pick(roadmap) {
            Some(pick) => (pick.language, Some(pick.framework), Some(pick.project)),
            None => return Ok((catalog.starters().to_vec(), None)),
        },
    };
    let is_chosen = |starter: &&Starter| {
        starter.language == language && framework.as_ref().is_none_or(|id| starter.framework == *id)
    };
    let mut starters: Vec<Starter> = catalog.starters().iter().filter(is_chosen).cloned().collect();
    // The picked project's own starter, if there is one; else any of the path.
    if let Some(own) = starters.iter().find(|starter| Some(&starter.project) == project.as_ref()) {
        starters = vec![own.clone()];
    }
    let without = starters.is_empty().then(|| {
        let own = framework.or_else(|| catalog.default_framework(&language).map(str::to_owned));
        let own = own.unwrap_or_default();
        PathWithoutStarter {
            title: format!(
                "{}, {}",
                catalog.language_title(&language),
                catalog.framework_title(&own)
            ),
            generator: catalog.generator(&own).map(str::to_owned),
            language,
            framework: own,
        }
    });
    Ok((starters, without))
}

fn ask_versions(needed: Vec<(Tool, String)>, folder: &Path) -> Vec<ToolReport> {
    let here = INSTALLERS.iter().filter(|(program, _)| is_on_path(program));
    let installers: Vec<&str> = here.map(|(_, key)| *key).collect();
    let commands: Vec<&[String]> = needed.iter().map(|(tool, _)| tool.version.as_slice()).collect();
    let statuses = ask_all(&commands, folder, VERSION_TIMEOUT);
    let checked = needed.into_iter().zip(statuses).map(|((tool, purpose), status)| {
        let (state, version) = match status {
            ToolStatus::Missing => (ToolState::Missing, None),
            ToolStatus::Silent => (ToolState::Silent, None),
            ToolStatus::Version(version) if meets_minimum(&version, &tool.minimum) => {
                (ToolState::Ready, Some(version))
            }
            ToolStatus::Version(version) => (ToolState::Old, Some(version)),
        };
        let get = if state == ToolState::Ready { vec![] } else { tool.install.lines(&installers) };
        ToolReport {
            name: tool.name,
            purpose,
            minimum: tool.minimum,
            version,
            state,
            get,
            url: tool.url,
        }
    });
    checked.collect()
}
