//! Where a contract comes from: the repository in which one stands, or the template library.

use super::session::{Session, read_content};
use crate::contract::format::{Contract, ContractOutline, EmbeddedContract, History, parse};
use crate::contract::server::{Passed, Repository};
use crate::curriculum::model::Roadmap;
use crate::error::Error;
use crate::shell::line;
use crate::starter::Library;
use std::path::Path;

/// The contract of `project` in the library.
pub(in crate::commands) fn of_project(library: &Library, project: &str) -> Result<Contract, Error> {
    Ok(text_of_project(library, project)?.0)
}

/// The contract of `project` in the library, with its text.
pub(in crate::commands) fn text_of_project(
    library: &Library,
    project: &str,
) -> Result<(Contract, String), Error> {
    let contract = library.contract(project)?;
    let (origin, text) = contract.ok_or_else(|| {
        Error::user(format!("the template library has no contract for `{project}`"))
            .with_command_hint("every project with a contract:", "roadmap list milestones")
    })?;
    Ok((parse(&origin, &text)?, text))
}

/// The contract in a file of the user's.
pub(in crate::commands) fn of_file(path: &Path) -> Result<Contract, Error> {
    let advice = "give the path of a contract in YAML; `roadmap lint FILE` checks one";
    let text = read_content(path, "the contract").map_err(|error| error.hint(advice))?;
    let name = path.display().to_string();
    parse(&name, &text).map_err(|mistakes| {
        let line = line(["roadmap", "lint", name.as_str()]);
        Error::from(mistakes).with_command_hint("every mistake:", line)
    })
}

/// The contract pinned in a repository; where none is, that of its project in the library.
pub(in crate::commands) fn of_repository(
    repository: &Repository,
    session: &Session<'_>,
) -> Result<Contract, Error> {
    let (path, text) = repository.contract()?;
    match text {
        Some(text) => Ok(parse(&path.display().to_string(), &text)?),
        None => of_project(&session.library()?, &repository.facts.starter.project),
    }
}

/// [`of_project`] without its steps; of our own library it is embedded ready to use.
pub(in crate::commands) fn outline_of_project(
    library: &Library,
    project: &str,
) -> Result<ContractOutline, Error> {
    match embedded(library, project) {
        Some(embedded) => Ok(embedded.outline()),
        None => Ok(of_project(library, project)?.outline()),
    }
}

/// [`of_repository`] without its steps. A pinned contract that is ours, byte for byte, is not read again.
pub(in crate::commands) fn outline_of_repository(
    repository: &Repository,
    session: &Session<'_>,
) -> Result<ContractOutline, Error> {
    let library = session.library()?;
    let (path, text) = repository.contract()?;
    let project = &repository.facts.starter.project;
    let Some(text) = text else { return outline_of_project(&library, project) };
    match embedded(&library, project).filter(|embedded| embedded.has_text(&text)) {
        Some(embedded) => Ok(embedded.outline()),
        None => Ok(parse(&path.display().to_string(), &text)?.outline()),
    }
}

/// The outline of every contract of the library, in the order of the roadmap's projects.
pub(in crate::commands) fn outlines_of(
    roadmap: &Roadmap,
    library: &Library,
) -> Result<Vec<ContractOutline>, Error> {
    let mut all = Vec::new();
    for project in &roadmap.projects {
        // Ours is embedded ready to use: its text, which is compressed, is not asked for.
        if let Some(embedded) = embedded(library, &project.id) {
            all.push(embedded.outline());
        } else if library.contract(&project.id)?.is_some() {
            all.push(of_project(library, &project.id)?.outline());
        }
    }
    Ok(all)
}

fn embedded(library: &Library, project: &str) -> Option<EmbeddedContract> {
    match library {
        Library::Embedded => EmbeddedContract::for_project(project),
        Library::Folder(_) => None,
    }
}

/// What is known of the milestones of a repository's contract.
pub(in crate::commands) fn known<S>(repository: &Repository, contract: &Contract<S>) -> History {
    let passed = Passed::read(&repository.root);
    let ids = || contract.milestones.iter().map(|milestone| milestone.id.clone());
    History {
        passed: ids().filter(|id| passed.has(id)).collect(),
        failing: ids().filter(|id| passed.is_failing(id)).collect(),
        given_by_framework: repository.facts.starter.already.iter().cloned().collect(),
    }
}
