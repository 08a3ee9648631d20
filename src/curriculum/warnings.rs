//! What is allowed in a roadmap and still worth a look: dead ends, orphans, missing links,
//! texts that are too long. What is refused is in `validate.rs`.

use super::model::{Cost, Level, Resource, Roadmap, Topic};
use super::select::Filter;
use crate::yaml::Finding;
use std::collections::{HashMap, HashSet};

/// The longest texts that people still read, in characters.
const MAX_TITLE: usize = 50;
const MAX_SUMMARY: usize = 320;
const MAX_WHAT: usize = 560;
const MAX_WHY: usize = 260;
const MAX_PRACTICE: usize = 420;
/// How many hours a topic may take before it should be two.
const MAX_HOURS: u16 = 80;

/// Everything in a valid roadmap that is worth a look.
#[must_use]
pub fn warnings(roadmap: &Roadmap) -> Vec<Finding> {
    let mut findings = Vec::new();
    let places: HashMap<&str, usize> = roadmap
        .topics()
        .enumerate()
        .map(|(place, (_, topic))| (topic.id.as_str(), place))
        .collect();
    let needed: HashSet<&str> =
        roadmap.topics().flat_map(|(_, topic)| &topic.needs).map(String::as_str).collect();
    for (s, stage) in roadmap.stages.iter().enumerate() {
        let at = format!("/stages/{s}");
        warn_if_long(&mut findings, &format!("{at}/title"), &stage.title, MAX_TITLE);
        warn_if_long(&mut findings, &format!("{at}/summary"), &stage.summary, MAX_SUMMARY);
        if stage.topics.is_empty() {
            findings.push(Finding::new(&at, format!("the stage `{}` is empty", stage.id)));
        }
        for (t, topic) in stage.topics.iter().enumerate() {
            let at = format!("{at}/topics/{t}");
            texts(&mut findings, &at, topic);
            links(&mut findings, &at, topic);
            dead_ends(&mut findings, &at, topic, roadmap, &places);
            if topic.needs.is_empty() && !needed.contains(topic.id.as_str()) && places.len() > 1 {
                let message =
                    format!("`{}` is an orphan: it needs no topic and none needs it", topic.id);
                findings.push(Finding::new(format!("{at}/id"), message));
            }
        }
    }
    paths(&mut findings, roadmap);
    findings
}

fn texts(findings: &mut Vec<Finding>, at: &str, topic: &Topic) {
    for (key, text, max) in [
        ("title", &topic.title, MAX_TITLE),
        ("what", &topic.what, MAX_WHAT),
        ("why", &topic.why, MAX_WHY),
        ("practice", &topic.practice, MAX_PRACTICE),
    ] {
        warn_if_long(findings, &format!("{at}/{key}"), text, max);
    }
    if topic.hours > MAX_HOURS {
        let message = format!("{} hours are more than {MAX_HOURS}: two topics?", topic.hours);
        findings.push(Finding::new(format!("{at}/hours"), message));
    }
}

fn warn_if_long(findings: &mut Vec<Finding>, at: &str, text: &str, max: usize) {
    let length = text.trim_end().chars().count();
    if length > max {
        let message = format!("{length} characters are more than {max}: too long to be read");
        findings.push(Finding::new(at, message));
    }
}

fn links(findings: &mut Vec<Finding>, at: &str, topic: &Topic) {
    if topic.resources.iter().all(|resource| resource.cost == Cost::Paid) {
        let message = format!("`{}` has no link that is free to read", topic.id);
        findings.push(Finding::new(format!("{at}/resources"), message));
    }
    let mut seen = HashSet::new();
    for (r, Resource { url, .. }) in topic.resources.iter().enumerate() {
        if !seen.insert(url) {
            let message = format!("`{}` has the link {url} twice", topic.id);
            findings.push(Finding::new(format!("{at}/resources/{r}/url"), message));
        }
    }
}

/// Needs that those who are shown the topic cannot follow.
fn dead_ends(
    findings: &mut Vec<Finding>,
    at: &str,
    topic: &Topic,
    roadmap: &Roadmap,
    places: &HashMap<&str, usize>,
) {
    for (n, id) in topic.needs.iter().enumerate() {
        let Some((_, need)) = roadmap.topics().find(|(_, topic)| topic.id == *id) else { continue };
        let mut warn = |why: &str| {
            let message = format!("`{}` is a dead end: `{id}`, which it needs, {why}", topic.id);
            findings.push(Finding::new(format!("{at}/needs/{n}"), message));
        };
        if places.get(id.as_str()) > places.get(topic.id.as_str())
            && !can_be_done_before(roadmap, need, topic, places)
        {
            warn("comes after it");
        }
        if topic.level == Level::Recommended && need.level == Level::Optional {
            warn("is optional");
        }
        let lost = roadmap.frameworks.iter().find(|framework| {
            let filter = Filter::path(roadmap, Some(&framework.language), Some(&framework.id));
            filter.includes(topic) && !filter.includes(need)
        });
        if let Some(framework) = lost {
            warn(&format!("is not on the path of {}", framework.title));
        }
    }
}

/// Whether `need`, of a later stage, asks for nothing that comes after `topic`: then `next`
/// names it first, and the order of the stages can stay as it is.
fn can_be_done_before(
    roadmap: &Roadmap,
    need: &Topic,
    topic: &Topic,
    places: &HashMap<&str, usize>,
) -> bool {
    let stage =
        |id: &str| roadmap.topics().find(|(_, topic)| topic.id == id).map(|(stage, _)| &stage.id);
    let before = |id: &String| places.get(id.as_str()) < places.get(topic.id.as_str());
    stage(&need.id) != stage(&topic.id) && need.needs.iter().all(before)
}

/// Languages and frameworks that lead nowhere.
fn paths(findings: &mut Vec<Finding>, roadmap: &Roadmap) {
    for (l, language) in roadmap.languages.iter().enumerate() {
        if !roadmap.topics().any(|(_, topic)| topic.languages.contains(&language.id)) {
            let message = format!("no topic is about the language `{}`", language.id);
            findings.push(Finding::new(format!("/languages/{l}/id"), message));
        }
    }
    for (f, framework) in roadmap.frameworks.iter().enumerate() {
        if !roadmap.topics().any(|(_, topic)| topic.frameworks.contains(&framework.id)) {
            let message = format!("no topic is about the framework `{}`", framework.id);
            findings.push(Finding::new(format!("/frameworks/{f}/id"), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curriculum::builtin;

    /// The warnings about ours after a change.
    fn after(change: impl FnOnce(&mut Roadmap)) -> Vec<String> {
        let mut roadmap = builtin();
        change(&mut roadmap);
        warnings(&roadmap).into_iter().map(|findings| findings.message).collect()
    }

    fn topic<'a>(roadmap: &'a mut Roadmap, id: &str) -> &'a mut Topic {
        let mut topics = roadmap.stages.iter_mut().flat_map(|stage| &mut stage.topics);
        topics.find(|topic| topic.id == id).expect("a topic of ours")
    }

    #[test]
    fn ours_gives_no_warning() {
        assert_eq!(after(|_| {}), Vec::<String>::new());
    }

    #[test]
    fn a_need_on_another_path_is_a_dead_end() {
        let messages = after(|roadmap| topic(roadmap, "jwt").needs.push("rust".to_owned()));
        let first = messages.first().map(String::as_str).unwrap_or_default();
        assert!(first.contains("`rust`, which it needs, is not on the path of"), "{messages:?}");
    }

    #[test]
    fn a_need_that_comes_later_is_a_dead_end() {
        let messages = after(|roadmap| topic(roadmap, "http").needs.push("jwt".to_owned()));
        assert_eq!(messages, ["`http` is a dead end: `jwt`, which it needs, comes after it"]);
    }

    #[test]
    fn a_need_of_a_later_stage_that_can_be_done_at_once_is_no_dead_end() {
        assert_eq!(
            after(|roadmap| topic(roadmap, "frameworks").needs.push("git-basics".to_owned())),
            [""; 0]
        );
        let messages =
            after(|roadmap| topic(roadmap, "debugging").needs.push("testing".to_owned()));
        let first = messages.first().map(String::as_str).unwrap_or_default();
        assert!(first.contains("`testing`, which it needs, comes after it"), "{messages:?}");
    }

    #[test]
    fn a_topic_without_edges_is_an_orphan() {
        let messages = after(|roadmap| topic(roadmap, "grpc").needs.clear());
        assert_eq!(messages, ["`grpc` is an orphan: it needs no topic and none needs it"]);
    }

    #[test]
    fn long_texts_and_paid_links_are_warnings() {
        let messages = after(|roadmap| {
            let topic = topic(roadmap, "grpc");
            topic.why = "x".repeat(261);
            topic.resources[0].cost = Cost::Paid;
        });
        assert_eq!(
            messages,
            [
                "261 characters are more than 260: too long to be read",
                "`grpc` has no link that is free to read",
            ]
        );
    }
}
