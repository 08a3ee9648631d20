//! The requested starter: from arguments, the saved pick, or questions.

use super::ask::ask;
use crate::catalog::{Catalog, Starter, UnknownName};
use crate::cli::NewArgs;
use crate::commands::shared::resolve;
use crate::curriculum::model::Roadmap;
use crate::error::Error;
use crate::progress::Pick;
use crate::shell;
use crate::starter::ProjectName;
use crate::terminal::Screen;

/// A starter that there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StarterChoice {
    pub project: String,
    pub language: String,
    pub framework: String,
}

/// A language and framework, and where they come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SelectedPath {
    pub language: String,
    pub framework: String,
    /// By the saved pick, not by an argument: somebody who asked for a framework gets it or
    /// nothing.
    pub picked: bool,
}

impl StarterChoice {
    /// Finds out, and asks for what is missing if somebody can be asked.
    pub(super) fn from_args(
        args: &NewArgs,
        roadmap: &Roadmap,
        catalog: &Catalog<'_>,
        picked: Option<&Pick>,
        screen: &Screen,
    ) -> Result<Self, Error> {
        let project = match args.project.as_deref() {
            Some(word) => {
                Some(catalog.project(word).map_err(|error| unknown_project(error, catalog))?)
            }
            None => None,
        };
        let named = resolve::path(catalog, args.lang.as_deref(), args.framework.as_deref())?;
        let path = path(named, catalog, picked)?;
        let has_starter = |path: &SelectedPath| {
            let mut all = catalog.starters().iter();
            all.any(|argument| {
                argument.framework == path.framework
                    && project.is_none_or(|id| argument.project == id)
            })
        };
        // A pick without a starter is no reason to stop: there is a similar starter.
        let can_ask = screen.is_interactive() && !catalog.starters().is_empty();
        let open = path.as_ref().is_some_and(|path| path.picked && !has_starter(path));
        if can_ask && (project.is_none() || path.is_none() || open) {
            if let (true, Some(path)) = (open, &path) {
                let title = catalog.path_title(&path.language, &path.framework);
                screen.note(&format!("there is no starter in {title} yet; these are made"));
            }
            let fixed = path.as_ref().filter(|_| !open);
            if fixed.is_none_or(has_starter) {
                return ask(project, path.as_ref(), fixed.is_some(), roadmap, catalog);
            }
        }
        let project = project.or(match &path {
            Some(path) if !has_starter(path) => first_project(catalog),
            _ => None,
        });
        match (project, path) {
            (Some(project), Some(path)) => match catalog.starter(project, &path.framework) {
                Some(starter) => Ok(Self::from(starter)),
                None => Err(no_starter(args, project, &path, catalog)),
            },
            (project, path) => Err(missing(args, project, path.as_ref(), catalog)),
        }
    }
}

impl From<&Starter> for StarterChoice {
    fn from(starter: &Starter) -> Self {
        Self {
            project: starter.project.clone(),
            language: starter.language.clone(),
            framework: starter.framework.clone(),
        }
    }
}

fn first_project<'a>(catalog: &'a Catalog<'_>) -> Option<&'a str> {
    catalog.starters().first().map(|starter| starter.project.as_str())
}

/// What is named; a language stands for its default framework; else what was picked.
fn path(
    named: (Option<String>, Option<String>),
    catalog: &Catalog<'_>,
    picked: Option<&Pick>,
) -> Result<Option<SelectedPath>, Error> {
    match named {
        (Some(language), Some(framework)) => {
            Ok(Some(SelectedPath { language, framework, picked: false }))
        }
        (Some(language), None) => match catalog.default_framework(&language) {
            Some(framework) => {
                let framework = framework.to_owned();
                Ok(Some(SelectedPath { language, framework, picked: false }))
            }
            None => Err(Error::user(format!("{language} has no default framework"))
                .with_command_hint("name one:", "roadmap list frameworks")),
        },
        _ => Ok(picked.map(|pick| SelectedPath {
            language: pick.language.clone(),
            framework: pick.framework.clone(),
            picked: true,
        })),
    }
}

/// The same command line for another starter: the directory and the name stay.
fn line_for(args: &NewArgs, project: &str, option: &str, path: &str) -> String {
    let dest = args.dest.as_deref().map(|dest| dest.to_string_lossy());
    let mut words = vec!["roadmap", "new", project];
    words.extend(dest.as_deref());
    words.extend([option, path]);
    words.extend(args.name.iter().flat_map(|name| ["--name", name.as_str()]));
    shell::line(words)
}

/// A word in the place of the project that is something else: a framework, a language, or the name that the starter shall have.
fn unknown_project(unknown: UnknownName, catalog: &Catalog<'_>) -> Error {
    let word = unknown.word.clone();
    let project_of = |is_own: &dyn Fn(&Starter) -> bool| {
        let starter = catalog.starters().iter().find(|starter| is_own(starter));
        starter.map_or("tasks", |starter| starter.project.as_str())
    };
    let is_a = |kind: &str, project: &str, option: &str| {
        let line = shell::line(["roadmap", "new", project, option, &word]);
        Error::user(format!("unknown project `{word}`: that is a {kind}"))
            .with_command_hint("a project in it:", line)
            .with_command_hint("every project:", "roadmap list projects")
    };
    if let Ok(id) = catalog.framework(&word) {
        return is_a("framework", project_of(&|starter| starter.framework == id), "--framework");
    }
    if let Ok(id) = catalog.language(&word) {
        return is_a("language", project_of(&|starter| starter.language == id), "--lang");
    }
    let is_name = unknown.suggestion.is_none() && ProjectName::new(&word).is_ok();
    let error = Error::from(unknown);
    match first_project(catalog).filter(|_| is_name) {
        Some(first) => error
            .with_command_hint("a starter with that name:", format!("roadmap new {first} {word}")),
        None => error,
    }
}

/// Names what is missing, as a line to paste.
fn missing(
    args: &NewArgs,
    project: Option<&str>,
    path: Option<&SelectedPath>,
    catalog: &Catalog<'_>,
) -> Error {
    let mut names = Vec::new();
    if project.is_none() {
        names.push("PROJECT");
    }
    if path.is_none() {
        names.push("--lang or --framework");
    }
    // An existing starter: the first that fits the arguments.
    let fits = |starter: &&Starter| {
        project.is_none_or(|project| starter.project == project)
            && path.is_none_or(|path| starter.framework == path.framework)
    };
    let starters = catalog.starters();
    let example = starters.iter().find(fits).or(starters.first());
    let line = example.map_or_else(
        || "roadmap list starters".to_owned(),
        |starter| match catalog.is_default(&starter.language, &starter.framework) {
            true => line_for(args, &starter.project, "--lang", &starter.language),
            false => line_for(args, &starter.project, "--framework", &starter.framework),
        },
    );
    Error::user("there is no terminal to ask in, and something is not said")
        .with_cause(format!("missing: {}", names.join(", ")))
        .with_command_hint("for example:", line)
        .with_command_hint("what can be made:", "roadmap list starters")
}

/// There is no such starter: says what there is instead.
fn no_starter(args: &NewArgs, project: &str, path: &SelectedPath, catalog: &Catalog<'_>) -> Error {
    let SelectedPath { language, framework, .. } = path;
    let title = catalog.framework_title(framework);
    let mut error = Error::user(format!("there is no starter for `{project}` in {title} yet"));
    if let Some(near) = catalog.nearest_starter(project, language, framework) {
        let is_near = near.language == *language;
        let what = format!(
            "{} {} in {}:",
            if is_near { "the nearest is" } else { "there is" },
            near.project,
            catalog.framework_title(&near.framework)
        );
        let line = line_for(args, &near.project, "--framework", &near.framework);
        error = error.with_command_hint(what, line);
    }
    if let Some(generator) = catalog.generator(framework) {
        error = error.with_command_hint(format!("{title}'s own way to begin:"), generator);
    }
    error.with_command_hint("what can be made:", "roadmap list starters")
}
