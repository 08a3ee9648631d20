//! Where a contract comes from: the repository in which one stands, or the template library.

use super::session::Session;
use crate::contract::format::{Contract, Known, parse};
use crate::contract::server::{Passed, Repository};
use crate::curriculum::model::Roadmap;
use crate::error::Error;
use crate::starter::Library;

/// The contract of `project` in the library.
pub(super) fn of_project(library: &Library, project: &str) -> Result<Contract, Error> {
    Ok(text_of_project(library, project)?.0)
}

/// The contract of `project` in the library, with its text.
pub(super) fn text_of_project(
    library: &Library,
    project: &str,
) -> Result<(Contract, String), Error> {
    let found = library.contract(project)?;
    let (origin, text) = found.ok_or_else(|| {
        Error::user(format!("the template library has no contract for `{project}`"))
            .try_line("every project with a contract:", "roadmap list milestones")
    })?;
    Ok((parse(&origin, &text)?, text))
}

/// The contract pinned in a repository; where none is, that of its project in the library.
pub(super) fn of_repository(
    repository: &Repository,
    session: &Session<'_>,
) -> Result<Contract, Error> {
    let (path, text) = repository.contract()?;
    match text {
        Some(text) => Ok(parse(&path.display().to_string(), &text)?),
        None => of_project(&session.library()?, &repository.facts.starter.project),
    }
}

/// Every contract of the library, in the order of the roadmap's projects.
pub(super) fn all(roadmap: &Roadmap, library: &Library) -> Result<Vec<Contract>, Error> {
    let mut all = Vec::new();
    for project in &roadmap.projects {
        if let Some((origin, text)) = library.contract(&project.id)? {
            all.push(parse(&origin, &text)?);
        }
    }
    Ok(all)
}

/// What is known of the milestones of a repository's contract.
pub(super) fn known(repository: &Repository, contract: &Contract) -> Known {
    let passed = Passed::read(&repository.root);
    let ids = || contract.milestones.iter().map(|one| one.id.clone());
    Known {
        passed: ids().filter(|id| passed.has(id)).collect(),
        failing: ids().filter(|id| passed.is_failing(id)).collect(),
        already: repository.facts.starter.already.iter().cloned().collect(),
    }
}
