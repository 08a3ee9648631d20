//! The roadmap as JSON: the whole model, each stage with its number.

use crate::curriculum::model::{Framework, Language, Project, Resource, Roadmap, Topic};
use serde::Serialize;

#[derive(Serialize)]
pub struct RoadmapOutput<'a> {
    id: &'a str,
    title: &'a str,
    checked: Option<&'a str>,
    stages: Vec<NumberedStage<'a>>,
    languages: &'a [Language],
    frameworks: &'a [Framework],
    projects: &'a [Project],
    resources: &'a [Resource],
}

#[derive(Serialize)]
struct NumberedStage<'a> {
    number: usize,
    id: &'a str,
    title: &'a str,
    summary: &'a str,
    topics: &'a [Topic],
}

/// `roadmap`, or the part that the filter leaves, with the numbers of its stages.
#[must_use]
pub fn to_json<'a>(roadmap: &'a Roadmap, numbers: &[usize]) -> RoadmapOutput<'a> {
    let stages = roadmap.stages.iter().zip(numbers);
    RoadmapOutput {
        id: &roadmap.id,
        title: &roadmap.title,
        checked: roadmap.checked.as_deref(),
        stages: stages
            .map(|(stage, number)| NumberedStage {
                number: *number,
                id: &stage.id,
                title: &stage.title,
                summary: &stage.summary,
                topics: &stage.topics,
            })
            .collect(),
        languages: &roadmap.languages,
        frameworks: &roadmap.frameworks,
        projects: &roadmap.projects,
        resources: &roadmap.resources,
    }
}
