//! The next step of a person: for `roadmap next`, and for `roadmap` alone.

use super::contracts;
use super::session::{Session, path_of};
use crate::catalog::Catalog;
use crate::contract::server::Repository;
use crate::curriculum::model::Roadmap;
use crate::curriculum::standing::next_topic;
use crate::error::Error;
use crate::progress::Pick;
use crate::terminal::views::next::{Milestone, Step, Topic};

/// In a starter's repository its first milestone that has not passed; elsewhere, and when all
/// have, a path, a starter, then topic by topic.
pub(super) fn step(
    roadmap: &Roadmap,
    catalog: &Catalog<'_>,
    done: &[String],
    session: &Session<'_>,
) -> Result<Step, Error> {
    if let Some(milestone) = milestone(session)? {
        return Ok(Step::Milestone(milestone));
    }
    // A path that the roadmap no longer has is to be picked again.
    let known = |pick: &Pick| catalog.language_of(&pick.framework).is_some();
    let pick = session.pick(&roadmap.id).filter(known);
    let command = match &pick {
        // A roadmap of somebody's own need not have paths to pick from, nor projects to make.
        None if roadmap.frameworks.is_empty() => None,
        None => return Ok(Step::Pick),
        Some(_) if roadmap.projects.is_empty() => None,
        Some(pick) => catalog.begin_line(&pick.project, &pick.language, &pick.framework),
    };
    // Where nothing can be made, nobody waits for it.
    if let (Some(command), Some(false)) = (command, session.made(&roadmap.id)) {
        return Ok(Step::New { command });
    }
    Ok(match next_topic(roadmap, &path_of(roadmap, pick.as_ref()), done) {
        Some((stage, topic)) => Step::Topic(Topic {
            id: topic.id.clone(),
            stage: stage.id.clone(),
            title: topic.title.clone(),
            why: topic.why.clone(),
            hours: topic.hours,
        }),
        None => Step::Finished,
    })
}

/// The first milestone that has not passed of the repository in which one stands.
pub(super) fn milestone(session: &Session<'_>) -> Result<Option<Milestone>, Error> {
    let Some(repository) = Repository::here()? else { return Ok(None) };
    let contract = contracts::outline_of_repository(&repository, session)?;
    let next = contracts::known(&repository, &contract).next(&contract);
    Ok(next.map(|one| Milestone {
        project: contract.project.clone(),
        id: one.id.clone(),
        stage: one.stage.clone(),
        title: one.title.clone(),
        given: one.given,
        about: one.about.clone(),
    }))
}
