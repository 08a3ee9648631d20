//! What is saved of a run: which milestones passed and failed, and the topics of those that passed.

use crate::commands::shared::session::Session;
use crate::contract::format::Contract;
use crate::contract::run::{RunReport, Verdict};
use crate::contract::server::{Passed, Repository};
use crate::curriculum::outline::RoadmapOutline;
use crate::error::Error;

/// What passed for the first time, and its topics, as far as they were not done.
#[derive(Debug, Default)]
pub(super) struct NewlyPassed {
    /// Milestones of the learner, but those that the framework brings.
    pub built: Vec<String>,
    /// Of the learner's own milestones: they were marked as done.
    pub marked: Vec<String>,
    /// Of given milestones: the starter shows them, and nobody has learnt them by that.
    pub met: Vec<String>,
}

/// Remembers what passed and what failed in the repository, and marks the topics of the learner's
/// own milestones that passed for the first time.
///
/// # Errors
/// The roadmap cannot be read.
pub(super) fn save(
    report: &RunReport,
    contract: &Contract,
    repository: &Repository,
    session: &Session<'_>,
) -> Result<NewlyPassed, Error> {
    let before = Passed::read(&repository.root);
    let mut passed = before.clone();
    let (mut built, mut own, mut given) = (Vec::new(), Vec::new(), Vec::new());
    for milestone in &report.milestones {
        match milestone.verdict() {
            Verdict::Passed if passed.add(&milestone.id) => {
                let topics = contract
                    .milestone(&milestone.id)
                    .into_iter()
                    .flat_map(|milestone| &milestone.topics);
                let list = if milestone.given { &mut given } else { &mut own };
                list.extend(topics.cloned());
                if !milestone.given && !milestone.already {
                    built.push(milestone.id.clone());
                }
            }
            Verdict::Failed => passed.add_failing(&milestone.id),
            _ => {}
        }
    }
    if passed == before {
        return Ok(NewlyPassed::default());
    }
    if let Err(error) = passed.save(&repository.root) {
        session.screen.note(&format!("what passed could not be kept: {error}"));
        return Ok(NewlyPassed::default());
    }
    if own.is_empty() && given.is_empty() {
        return Ok(NewlyPassed { built, ..NewlyPassed::default() });
    }
    let outline = session.outline()?;
    let done = session.done(&outline);
    let marked = mark_done(not_done(&outline, own, &done), &outline, session);
    let mut met = not_done(&outline, given, &done);
    met.retain(|id| !marked.contains(id));
    Ok(NewlyPassed { built, marked, met })
}

/// The current topics that are not done, each once.
fn not_done(outline: &RoadmapOutline, topics: Vec<String>, done: &[String]) -> Vec<String> {
    let known = outline.current_ids(topics).into_iter();
    known.filter(|id| outline.has(id) && !done.contains(id)).collect()
}

/// Marks topics as done; none where that fails, for the check itself is done.
fn mark_done(topics: Vec<String>, outline: &RoadmapOutline, session: &Session<'_>) -> Vec<String> {
    if topics.is_empty() {
        return topics;
    }
    let change = session.change(|document| {
        document.mark(&outline.id, topics.iter().map(String::as_str));
    });
    match change {
        Ok(()) => topics,
        Err(error) => {
            session.screen.note(&format!("the topics could not be marked: {}", error.message));
            Vec::new()
        }
    }
}
