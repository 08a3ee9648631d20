//! How far somebody is on a path, and which topic comes next. Pure.

use super::model::{Level, Roadmap, Stage, Topic};
use super::outline::{RoadmapOutline, TopicOutline};
use super::select::Filter;
use serde::Serialize;

/// What is done of so many topics and hours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ProgressCount {
    pub topics: u32,
    pub topics_done: u32,
    pub hours: u32,
    pub hours_done: u32,
}

impl ProgressCount {
    fn add(&mut self, topic: &TopicOutline, done: bool) {
        let hours = u32::from(topic.hours);
        self.topics += 1;
        self.hours += hours;
        if done {
            self.topics_done += 1;
            self.hours_done += hours;
        }
    }

    /// Whether all is done, of at least one topic.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.topics > 0 && self.topics_done == self.topics
    }
}

/// A stage with what is done of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StageStanding {
    pub number: usize,
    pub id: String,
    pub title: String,
    #[serde(flatten)]
    pub count: ProgressCount,
}

/// Every stage, and all of them together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standing {
    pub stages: Vec<StageStanding>,
    pub total: ProgressCount,
}

/// The path that is counted: the one picked, a language with a framework. Without a pick the one
/// of which most hours are done, for nobody learns every language; of equals the first.
#[must_use]
pub fn counted_path(
    roadmap: &RoadmapOutline,
    picked: Option<(&str, &str)>,
    done: &[String],
) -> Filter {
    if let Some((language, framework)) = picked {
        return Filter::for_framework(language, framework);
    }
    let hours = |path: &Filter| -> u32 {
        let own = roadmap
            .topics()
            .filter(|topic| path.includes_outline(topic) && done.contains(&topic.id));
        own.map(|topic| u32::from(topic.hours)).sum()
    };
    let paths = roadmap
        .frameworks
        .iter()
        .map(|framework| Filter::for_framework(&framework.language, &framework.id));
    // The last of equals is taken, so they are turned around.
    let paths: Vec<Filter> = paths.rev().collect();
    paths.into_iter().max_by_key(hours).unwrap_or_default()
}

/// Counts the topics that `path` keeps; `done` are current ids.
#[must_use]
pub fn standing(roadmap: &RoadmapOutline, path: &Filter, done: &[String]) -> Standing {
    let mut total = ProgressCount::default();
    let mut stages = Vec::new();
    for (index, stage) in roadmap.stages.iter().enumerate() {
        let mut count = ProgressCount::default();
        for topic in stage.topics.iter().filter(|topic| path.includes_outline(topic)) {
            count.add(topic, done.contains(&topic.id));
            total.add(topic, done.contains(&topic.id));
        }
        let (id, title) = (stage.id.clone(), stage.title.clone());
        stages.push(StageStanding { number: index + 1, id, title, count });
    }
    Standing { stages, total }
}

/// The first essential topic of the path, in the order of the stages, that is not done; where it
/// needs another that is not done, that one first, even of a later stage. A need that is not on
/// the path is not waited for.
#[must_use]
pub fn next_topic<'a>(
    roadmap: &'a Roadmap,
    path: &Filter,
    done: &[String],
) -> Option<(&'a Stage, &'a Topic)> {
    let essential = path.clone().down_to(Level::Essential);
    let is_open = |topic: &Topic| !done.contains(&topic.id);
    let mut topics = roadmap.topics();
    let mut next = topics.find(|(_, topic)| essential.includes(topic) && is_open(topic))?;
    // Needs run in no circle, so each round is nearer to a topic that waits for none.
    for _ in roadmap.topics() {
        let mut topics = roadmap.topics();
        let waits_for = |topic: &Topic| next.1.needs.contains(&topic.id);
        match topics.find(|(_, topic)| waits_for(topic) && path.includes(topic) && is_open(topic)) {
            Some(need) => next = need,
            None => break,
        }
    }
    Some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Roadmap {
        let text = include_str!("../../tests/fixtures/roadmap.yaml");
        crate::curriculum::parse("small.yaml", text).expect("sound")
    }

    fn ids(all: &[&str]) -> Vec<String> {
        all.iter().map(|id| (*id).to_owned()).collect()
    }

    fn next(path: &Filter, done: &[&str]) -> Option<String> {
        let roadmap = small();
        next_topic(&roadmap, path, &ids(done)).map(|(_, topic)| topic.id.clone())
    }

    #[test]
    fn only_the_topics_of_the_path_are_counted() {
        let roadmap = small();
        let flask = Filter::path(&roadmap, Some("python"), Some("flask"));
        let outline = RoadmapOutline::from_roadmap(&roadmap);
        let all = standing(&outline, &Filter::default(), &ids(&["http", "sqlx"]));
        assert_eq!(
            all.total,
            ProgressCount { topics: 6, topics_done: 2, hours: 22, hours_done: 6 },
        );
        let own = standing(&outline, &flask, &ids(&["http", "sqlx"]));
        assert_eq!(
            own.total,
            ProgressCount { topics: 4, topics_done: 1, hours: 18, hours_done: 4 }
        );
        assert_eq!(own.stages[1].count.topics, 1);
        assert!(!own.total.is_whole() && !ProgressCount::default().is_whole());
    }

    #[test]
    fn without_a_pick_a_single_path_is_counted() {
        let outline = RoadmapOutline::from_roadmap(&small());
        let counted = |picked, done: &[&str]| {
            let done = ids(done);
            standing(&outline, &counted_path(&outline, picked, &done), &done).total
        };
        // The first in the roadmap; then the one of which most is done; then the one picked.
        assert_eq!(counted(None, &[]).topics, 5);
        assert_eq!(counted(None, &["rocket-pools"]).topics, 6);
        assert_eq!(counted(Some(("python", "flask")), &["rocket-pools"]).topics, 4);
        let alone = RoadmapOutline { frameworks: Vec::new(), ..outline.clone() };
        assert_eq!(counted_path(&alone, None, &[]), Filter::default());
    }

    #[test]
    fn the_next_topic_is_the_first_essential_topic_whose_needs_are_done() {
        let roadmap = small();
        let rocket = Filter::path(&roadmap, Some("rust"), Some("rocket"));
        let flask = Filter::path(&roadmap, Some("python"), Some("flask"));
        assert_eq!(next(&rocket, &[]).as_deref(), Some("http"));
        assert_eq!(next(&rocket, &["http"]).as_deref(), Some("sql"));
        assert_eq!(next(&rocket, &["http", "sql"]).as_deref(), Some("rocket-pools"));
        assert_eq!(next(&flask, &["http", "sql"]), None);
    }

    #[test]
    fn what_the_next_topic_needs_comes_before_it_even_from_a_later_stage() {
        let mut roadmap = small();
        roadmap.stages[1].topics[0].needs.push("backups".to_owned());
        roadmap.stages[2].topics[0].needs = vec!["http".to_owned()];
        let flask = Filter::path(&roadmap, Some("python"), Some("flask"));
        let next = |done: &[&str]| {
            let next = next_topic(&roadmap, &flask, &ids(done));
            next.map(|(stage, topic)| format!("{}/{}", stage.id, topic.id))
        };
        assert_eq!(next(&[]).as_deref(), Some("basics/http"));
        assert_eq!(next(&["http"]).as_deref(), Some("database-care/backups"));
        assert_eq!(next(&["http", "backups"]).as_deref(), Some("data/sql"));
    }
}
