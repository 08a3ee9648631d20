//! What the page's template is filled with.

use crate::contract::format::ContractOutline;
use crate::curriculum::introduce::introduced;
use crate::curriculum::model::{Level, Resource, Roadmap, Stage, Topic};
use crate::curriculum::select::Filter;
use crate::terminal::views::roadmap::overview::Marks;
use crate::terminal::views::roadmap::topic::facts;
use serde::Serialize;

/// Topics and hours, and how many topics are done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(super) struct MapCount {
    pub topics: usize,
    pub hours: u32,
    pub done: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct StageView<'a> {
    number: usize,
    id: &'a str,
    title: &'a str,
    summary: &'a str,
    count: MapCount,
    whole: bool,
    /// On which side of the road its sign stands.
    side: &'static str,
    /// The road beside the sign. It goes on above and below, for a sign that is taller.
    bend: &'static str,
    apex: u16,
    topics: Vec<TopicView<'a>>,
    milestones: Vec<MilestoneView<'a>>,
}

#[derive(Debug, Serialize)]
struct TopicView<'a> {
    id: &'a str,
    title: &'a str,
    level: &'static str,
    symbol: &'static str,
    hours: u16,
    what: &'a str,
    why: &'a str,
    practice: &'a str,
    done: bool,
    on_path: bool,
    needs: Vec<Need<'a>>,
    resources: Vec<ResourceView<'a>>,
    facts: Vec<Fact>,
}

/// What changes with time about what the topic introduces.
#[derive(Debug, Serialize)]
struct Fact {
    label: &'static str,
    text: String,
}

#[derive(Debug, Serialize)]
struct Need<'a> {
    id: &'a str,
    title: &'a str,
}

#[derive(Debug, Serialize)]
pub(super) struct ResourceView<'a> {
    title: &'a str,
    author: Option<&'a str>,
    /// Nothing where the address is none of the web: it would be run, not opened.
    href: Option<&'a str>,
    kind: &'static str,
    cost: &'static str,
}

#[derive(Debug, Serialize)]
struct MilestoneView<'a> {
    project: &'a str,
    title: &'a str,
    hours: Option<u16>,
}

/// A language, with its frameworks as the choices of a path.
#[derive(Debug, Serialize)]
pub(super) struct LanguageView<'a> {
    id: &'a str,
    title: &'a str,
    frameworks: Vec<FrameworkView<'a>>,
}

#[derive(Debug, Serialize)]
struct FrameworkView<'a> {
    value: String,
    title: &'a str,
}

impl StageView<'_> {
    /// Whether something is to be built there.
    pub(super) fn has_milestones(&self) -> bool {
        !self.milestones.is_empty()
    }
}

/// Counts `topics`.
pub(super) fn count<'a>(topics: impl Iterator<Item = &'a Topic>, marks: &Marks) -> MapCount {
    topics.fold(MapCount::default(), |count, topic| MapCount {
        topics: count.topics + 1,
        hours: count.hours + u32::from(topic.hours),
        done: count.done + usize::from(marks.is_done(&topic.id)),
    })
}

/// The stages with what is drawn beside them.
pub(super) fn stages<'a>(
    roadmap: &'a Roadmap,
    contracts: &'a [ContractOutline],
    path: &Filter,
    marks: &Marks,
    numbers: &[usize],
) -> Vec<StageView<'a>> {
    let stages = roadmap.stages.iter().zip(numbers).enumerate();
    let view = stages.map(|(index, (stage, number))| {
        let left = index.is_multiple_of(2);
        let count = count(stage.topics.iter().filter(|topic| path.includes(topic)), marks);
        StageView {
            number: *number,
            id: &stage.id,
            title: &stage.title,
            summary: &stage.summary,
            count,
            whole: count.topics > 0 && count.done == count.topics,
            side: if left { "left" } else { "right" },
            bend: if left {
                "M150-99V0C150 60 50 45 50 100S150 140 150 200V299"
            } else {
                "M150-99V0C150 60 250 45 250 100S150 140 150 200V299"
            },
            apex: if left { 50 } else { 250 },
            topics: stage.topics.iter().map(|topic| topic_view(roadmap, topic, marks)).collect(),
            milestones: milestones(contracts, stage),
        }
    });
    view.collect()
}

fn topic_view<'a>(roadmap: &'a Roadmap, topic: &'a Topic, marks: &Marks) -> TopicView<'a> {
    // What is left out of the page cannot be linked to.
    let need = |id: &'a String| {
        let (_, topic) = roadmap.topics().find(|(_, topic)| topic.id == *id)?;
        Some(Need { id: &topic.id, title: &topic.title })
    };
    TopicView {
        id: &topic.id,
        title: &topic.title,
        level: topic.level.as_str(),
        symbol: symbol(topic.level),
        hours: topic.hours,
        what: &topic.what,
        why: &topic.why,
        practice: &topic.practice,
        done: marks.is_done(&topic.id),
        on_path: marks.is_on_path(topic),
        needs: topic.needs.iter().filter_map(need).collect(),
        resources: topic.resources.iter().map(resource).collect(),
        facts: introduced(roadmap, topic).iter().flat_map(facts).map(fact).collect(),
    }
}

fn fact((label, text): (&'static str, String)) -> Fact {
    Fact { label, text }
}

/// A level has a shape too: colour alone is not enough.
fn symbol(level: Level) -> &'static str {
    match level {
        Level::Essential => "●",
        Level::Recommended => "◐",
        Level::Optional => "○",
    }
}

pub(super) fn resource(resource: &Resource) -> ResourceView<'_> {
    let url = resource.url.as_str();
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    ResourceView {
        title: &resource.title,
        author: resource.author.as_deref(),
        href: is_web.then_some(url),
        kind: resource.kind.as_str(),
        cost: resource.cost.as_str(),
    }
}

/// The milestones that the stage explains and that are the learner's work.
fn milestones<'a>(contracts: &'a [ContractOutline], stage: &Stage) -> Vec<MilestoneView<'a>> {
    let all = contracts.iter().flat_map(|contract| {
        contract.milestones.iter().map(|milestone| (contract.project.as_str(), milestone))
    });
    let own = all.filter(|(_, milestone)| milestone.stage == stage.id && !milestone.given);
    own.map(|(project, milestone)| MilestoneView {
        project,
        title: &milestone.title,
        hours: milestone.hours,
    })
    .collect()
}

/// The paths that can be chosen in the page.
pub(super) fn languages(roadmap: &Roadmap) -> Vec<LanguageView<'_>> {
    let languages = roadmap.languages.iter().map(|language| {
        let own = roadmap.frameworks.iter().filter(|framework| framework.language == language.id);
        let view = own.map(|framework| FrameworkView {
            value: format!("{}/{}", language.id, framework.id),
            title: &framework.title,
        });
        LanguageView { id: &language.id, title: &language.title, frameworks: view.collect() }
    });
    languages.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curriculum::model::{Cost, ResourceKind};

    #[test]
    fn an_address_that_would_be_run_is_no_link() {
        let link = |url: &str| {
            let book = Resource {
                title: "A book".to_owned(),
                author: None,
                url: url.to_owned(),
                kind: ResourceKind::Book,
                cost: Cost::Free,
            };
            resource(&book).href.map(str::to_owned)
        };
        assert_eq!(link("https://example.org/"), Some("https://example.org/".to_owned()));
        for url in ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "//x", ""] {
            assert_eq!(link(url), None, "{url}");
        }
    }
}
