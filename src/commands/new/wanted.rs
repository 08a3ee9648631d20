//! Which starter is wanted: from arguments, the saved pick, or questions.

use crate::catalog::{Catalog, Starter};
use crate::cli::New;
use crate::error::Error;
use crate::progress::Pick;
use crate::terminal::{Prompt, Screen};

/// A starter that there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    pub project: String,
    pub language: String,
    pub framework: String,
}

impl Wanted {
    /// Finds out, and asks for what is missing if somebody can be asked.
    pub(super) fn of(
        args: &New,
        catalog: &Catalog<'_>,
        picked: Option<&Pick>,
        screen: &Screen,
    ) -> Result<Self, Error> {
        let project = args.project.as_deref().map(|word| catalog.project(word)).transpose()?;
        let named = crate::commands::resolve::path(
            catalog,
            args.lang.as_deref(),
            args.framework.as_deref(),
        )?;
        let path = path(named, catalog, picked)?;
        let (project, path) = match (project, path) {
            (Some(project), Some(path)) => (project.to_owned(), path),
            (project, path) if screen.is_interactive() => ask(project, path, catalog)?,
            (project, path) => return Err(missing(project, path.as_ref(), catalog)),
        };
        let (language, framework) = path;
        if catalog.starter(&project, &framework).is_none() {
            return Err(no_starter(&project, &language, &framework, catalog));
        }
        Ok(Self { project, language, framework })
    }
}

type Path = (String, String);

/// What is named; a language stands for its default framework; else what was picked.
fn path(
    named: (Option<String>, Option<String>),
    catalog: &Catalog<'_>,
    picked: Option<&Pick>,
) -> Result<Option<Path>, Error> {
    match named {
        (Some(language), Some(framework)) => Ok(Some((language, framework))),
        (Some(language), None) => match catalog.default_framework(&language) {
            Some(framework) => {
                let framework = framework.to_owned();
                Ok(Some((language, framework)))
            }
            None => Err(Error::user(format!("{language} has no default framework"))
                .try_line("name one:", "roadmap list frameworks")),
        },
        _ => Ok(picked.map(|pick| (pick.language.clone(), pick.framework.clone()))),
    }
}

fn ask(
    project: Option<&str>,
    path: Option<Path>,
    catalog: &Catalog<'_>,
) -> Result<(String, Path), Error> {
    let prompt = Prompt::new();
    let fits = |one: &&Starter| {
        project.is_none_or(|project| one.project == project)
            && path.as_ref().is_none_or(|(_, framework)| one.framework == *framework)
    };
    let starters: Vec<_> = catalog.starters().iter().filter(fits).collect();
    // Nothing fits what is known: the refusal for it says what there is instead.
    let known = |project: Option<&str>| project.unwrap_or_default().to_owned();
    if starters.is_empty() {
        let starter = catalog.starters().first();
        let project = project.or(starter.map(|one| one.project.as_str()));
        return Ok((known(project), path.unwrap_or_default()));
    }
    let mut projects: Vec<&str> = starters.iter().map(|one| one.project.as_str()).collect();
    projects.dedup();
    projects.sort_unstable();
    projects.dedup();
    let project = if projects.len() == 1 && project.is_some() {
        projects[0]
    } else {
        let titles: Vec<&str> = projects.iter().map(|id| catalog.project_title(id)).collect();
        projects[prompt.one("What do you want to build?", &titles)?]
    };
    let of_project: Vec<_> = starters.iter().filter(|one| one.project == project).collect();
    let titles: Vec<String> = of_project
        .iter()
        .map(|one| {
            let framework = catalog.framework_title(&one.framework);
            format!("{framework} ({})", catalog.language_title(&one.language))
        })
        .collect();
    let place = if path.is_some() {
        0
    } else {
        let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
        prompt.one("In which framework?", &titles)?
    };
    let chosen = of_project[place];
    Ok((project.to_owned(), (chosen.language.clone(), chosen.framework.clone())))
}

/// Names what is missing, as a line to paste.
fn missing(project: Option<&str>, path: Option<&Path>, catalog: &Catalog<'_>) -> Error {
    let mut names = Vec::new();
    if project.is_none() {
        names.push("PROJECT");
    }
    if path.is_none() {
        names.push("--lang or --framework");
    }
    // A starter that there is: the first that fits what is said.
    let fits = |one: &&Starter| {
        project.is_none_or(|project| one.project == project)
            && path.is_none_or(|(_, framework)| one.framework == *framework)
    };
    let starters = catalog.starters();
    let example = starters.iter().find(fits).or(starters.first());
    let line = example.map_or_else(
        || "roadmap list starters".to_owned(),
        |one| match catalog.is_default(&one.language, &one.framework) {
            true => format!("roadmap new {} --lang {}", one.project, one.language),
            false => format!("roadmap new {} --framework {}", one.project, one.framework),
        },
    );
    Error::user("there is no terminal to ask in, and something is not said")
        .because(format!("missing: {}", names.join(", ")))
        .try_line("for example:", line)
        .try_line("what can be made:", "roadmap list starters")
}

/// There is no such starter: says what there is instead.
fn no_starter(project: &str, language: &str, framework: &str, catalog: &Catalog<'_>) -> Error {
    let title = catalog.framework_title(framework);
    let mut error = Error::user(format!("there is no starter for `{project}` in {title} yet"));
    if let Some(near) = catalog.nearest_starter(project, language, framework) {
        let what = format!(
            "the nearest is {} in {}:",
            near.project,
            catalog.framework_title(&near.framework)
        );
        let line = format!("roadmap new {} --framework {}", near.project, near.framework);
        error = error.try_line(what, line);
    }
    if let Some(generator) = catalog.generator(framework) {
        error = error.try_line(format!("{title}'s own way to begin:"), generator);
    }
    error.try_line("what can be made:", "roadmap list starters")
}
