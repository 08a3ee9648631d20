//! The next step of a person: for `roadmap next`, and for `roadmap` alone.

use super::contracts;
use super::reading::topics_to_read;
use super::session::{Session, path_filter};
use crate::catalog::Catalog;
use crate::contract::server::Repository;
use crate::curriculum::model::Roadmap;
use crate::curriculum::standing::next_topic;
use crate::error::Error;
use crate::progress::Pick;
use crate::terminal::views::learner::next::{AllPassed, MilestoneStep, NextStep, TopicStep};

/// In a starter's repository the milestone to work on; elsewhere a path, a starter, then topic by
/// topic.
pub(in crate::commands) fn next_step(
    roadmap: &Roadmap,
    catalog: &Catalog<'_>,
    done: &[String],
    session: &Session<'_>,
) -> Result<NextStep, Error> {
    // A path that the roadmap no longer has is to be picked again.
    let known = |pick: &Pick| catalog.language_of(&pick.framework).is_some();
    let pick = session.pick(&roadmap.id).filter(known);
    let has_starter = session.has_starter(&roadmap.id);
    let mut topic =
        next_topic(roadmap, &path_filter(roadmap, pick.as_ref()), done).map(|(stage, topic)| {
            TopicStep {
                id: topic.id.clone(),
                stage: stage.id.clone(),
                title: topic.title.clone(),
                why: topic.why.clone(),
                hours: topic.hours,
                has_starter: has_starter == Some(true),
                begin: None,
            }
        });
    if let Some(next_step) = repository_step(roadmap, done, session)? {
        return Ok(match next_step {
            NextStep::AllPassed(passed) => {
                let topic = topic.filter(|_| pick.is_some());
                NextStep::AllPassed(AllPassed { topic, ..passed })
            }
            next_step => next_step,
        });
    }
    let command = match &pick {
        // A roadmap of somebody's own need not have paths to pick from, nor projects to make.
        None if roadmap.frameworks.is_empty() => None,
        None => return Ok(NextStep::Pick),
        Some(_) if roadmap.projects.is_empty() => None,
        Some(pick) => catalog.begin_line(&pick.project, &pick.language, &pick.framework),
    };
    // Without a starter for the path there is nothing to create.
    if let (Some(command), Some(false)) = (command, has_starter) {
        let own = pick.is_some_and(|pick| catalog.has_starter(&pick.framework));
        match &mut topic {
            // Somebody who picked another framework reads before they make something in this one.
            Some(topic) if !own => topic.begin = Some(command),
            _ => return Ok(NextStep::New { command }),
        }
    }
    Ok(topic.map_or(NextStep::Finished, NextStep::Topic))
}

/// What is to do in the repository in which one stands; nothing elsewhere.
pub(in crate::commands) fn repository_step(
    roadmap: &Roadmap,
    done: &[String],
    session: &Session<'_>,
) -> Result<Option<NextStep>, Error> {
    let Some(repository) = Repository::here()? else { return Ok(None) };
    let contract = contracts::outline_of_repository(&repository, session)?;
    let known = contracts::known(&repository, &contract);
    let project = contract.project.clone();
    Ok(Some(match known.next(&contract) {
        Some(milestone) => NextStep::Milestone(MilestoneStep {
            project,
            id: milestone.id.clone(),
            stage: milestone.stage.clone(),
            title: milestone.title.clone(),
            given: milestone.given,
            regression: known.is_regression(&milestone.id),
            reading: topics_to_read(milestone, roadmap, done),
            about: milestone.about.clone(),
        }),
        None => {
            let unchecked =
                || contract.milestones.iter().filter(|milestone| milestone.checks.is_empty());
            let first = unchecked().next();
            NextStep::AllPassed(AllPassed {
                project,
                unchecked: unchecked().map(|milestone| milestone.id.clone()).collect(),
                stage: first.map(|milestone| milestone.stage.clone()),
                reading: first
                    .map(|milestone| topics_to_read(milestone, roadmap, done))
                    .unwrap_or_default(),
                topic: None,
            })
        }
    }))
}
