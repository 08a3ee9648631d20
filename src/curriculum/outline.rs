//! The names of a roadmap without its texts: all that the list of stages needs. It is packed
//! on its own, for `roadmap show` should answer at once, and reading the texts takes longer
//! than all the rest of it.
//!
//! `build.rs` compiles this file too.

use super::model::{Framework, Level, Roadmap, Topic};
use serde::{Deserialize, Serialize};

/// Stages with the ids of their topics, and how the paths are called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoadmapOutline {
    pub id: String,
    pub title: String,
    pub stages: Vec<StageOutline>,
    /// Earlier ids of topics, each with the current id.
    pub renamed: Vec<(String, String)>,
    pub languages: Vec<Named>,
    pub frameworks: Vec<FrameworkOutline>,
    pub projects: Vec<Named>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageOutline {
    pub id: String,
    pub title: String,
    pub topics: Vec<TopicOutline>,
}

/// A topic without its texts: all that counting needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopicOutline {
    pub id: String,
    pub level: Level,
    pub hours: u16,
    /// Tags, as those of the topic.
    pub languages: Vec<String>,
    pub frameworks: Vec<String>,
}

/// A framework by id and title, with its language's id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameworkOutline {
    pub id: String,
    pub title: String,
    pub language: String,
}

/// A language or project by id and title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    pub id: String,
    pub title: String,
}

impl RoadmapOutline {
    /// The current ids for current and earlier ones, each once.
    #[must_use]
    pub fn current_ids(&self, ids: Vec<String>) -> Vec<String> {
        let mut known: Vec<String> = Vec::with_capacity(ids.len());
        for id in ids {
            let renamed = self.renamed.iter().find(|(earlier, _)| *earlier == id);
            let id = renamed.map_or(id, |(_, current)| current.clone());
            if !known.contains(&id) {
                known.push(id);
            }
        }
        known
    }

    /// Whether there is a topic with this current id.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.stages.iter().any(|stage| stage.topics.iter().any(|topic| topic.id == id))
    }

    /// Every topic, in the order of the stages.
    pub fn topics(&self) -> impl Iterator<Item = &TopicOutline> {
        self.stages.iter().flat_map(|stage| &stage.topics)
    }

    /// The outline of `roadmap`.
    #[must_use]
    pub fn from_roadmap(roadmap: &Roadmap) -> Self {
        let named = |id: &String, title: &String| Named { id: id.clone(), title: title.clone() };
        Self {
            id: roadmap.id.clone(),
            title: roadmap.title.clone(),
            stages: roadmap
                .stages
                .iter()
                .map(|stage| StageOutline {
                    id: stage.id.clone(),
                    title: stage.title.clone(),
                    topics: stage.topics.iter().map(TopicOutline::from_topic).collect(),
                })
                .collect(),
            renamed: roadmap
                .topics()
                .flat_map(|(_, topic)| {
                    topic.aliases.iter().map(|earlier| (earlier.clone(), topic.id.clone()))
                })
                .collect(),
            languages: roadmap
                .languages
                .iter()
                .map(|language| named(&language.id, &language.title))
                .collect(),
            frameworks: roadmap.frameworks.iter().map(FrameworkOutline::from_framework).collect(),
            projects: roadmap
                .projects
                .iter()
                .map(|project| named(&project.id, &project.title))
                .collect(),
        }
    }
}

impl TopicOutline {
    fn from_topic(topic: &Topic) -> Self {
        Self {
            id: topic.id.clone(),
            level: topic.level,
            hours: topic.hours,
            languages: topic.languages.clone(),
            frameworks: topic.frameworks.clone(),
        }
    }
}

impl FrameworkOutline {
    fn from_framework(framework: &Framework) -> Self {
        Self {
            id: framework.id.clone(),
            title: framework.title.clone(),
            language: framework.language.clone(),
        }
    }
}
