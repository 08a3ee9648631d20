//! One topic: what it is, why, how to practise it, where to read.

use super::overview::{DONE, Marks};
use crate::curriculum::introduce::{Introduced, IntroducedKind};
use crate::curriculum::model::{Resource, Stage, Topic};
use crate::terminal::Layout;
use crate::terminal::style::{code, style, with_code};

/// What is printed of a topic beside its own texts.
#[derive(Debug, Default)]
pub struct TopicContext<'a> {
    /// The topics to know first, with their stages.
    pub needs: Vec<(&'a Stage, &'a Topic)>,
    /// The language or framework that it introduces.
    pub introduced: Option<Introduced<'a>>,
    /// The day on which the facts were true.
    pub checked: &'a str,
    /// Whether there is a starter in what it introduces.
    pub has_starter: bool,
}

/// The whole topic.
#[must_use]
pub fn text(
    stage: &Stage,
    topic: &Topic,
    context: &TopicContext<'_>,
    marks: &Marks,
    layout: Layout,
) -> String {
    let done =
        if marks.is_done(&topic.id) { format!(" {}", style(DONE).green()) } else { String::new() };
    let mut text = layout.paragraph(&format!("{}{done}", style(&topic.title).bold()), 0);
    let hours =
        if topic.hours == 1 { "1 hour".to_owned() } else { format!("{} hours", topic.hours) };
    let place = format!("{}/{}", stage.id, topic.id);
    let facts = format!("{} · {} · {hours}", code(place), topic.level.as_str());
    text.push_str(&layout.paragraph(&facts, 0));
    for (heading, words) in [
        ("What it is", &topic.what),
        ("Why you need it", &topic.why),
        ("Practise it", &topic.practice),
    ] {
        text.push_str(&format!("\n{}\n", style(heading).bold()));
        text.push_str(&layout.paragraph(&with_code(words), 2));
    }
    text.push_str(&facts_of(context, layout));
    if !context.needs.is_empty() {
        text.push_str(&format!("\n{}\n", style("Know first").bold()));
        for (stage, need) in &context.needs {
            let mark = if marks.is_done(&need.id) { style(DONE).green() } else { style("-").dim() };
            let label = format!("{} ({}/{})", need.title, stage.id, need.id);
            text.push_str(&layout.item(&mark.to_string(), &label, 2));
        }
    }
    text.push_str(&format!("\n{}\n", style("Read on").bold()));
    for link in &topic.resources {
        text.push_str(&resource(link, layout));
    }
    text
}

/// What changes with time about what the topic introduces.
fn facts_of(context: &TopicContext<'_>, layout: Layout) -> String {
    let Some(introduced) = &context.introduced else {
        return String::new();
    };
    let heading = style(format!("Facts, {}", context.checked)).bold();
    let mut text = format!("\n{heading}\n");
    for (label, words) in facts(introduced) {
        text.push_str(&layout.item("-", &format!("{label}: {words}"), 2));
    }
    if let Some(starter) = introduced.facts.starter.as_ref().filter(|_| context.has_starter) {
        text.push_str(&layout.item("-", &format!("Starter: {starter}"), 2));
    }
    text
}

/// The facts that hold with or without a starter, each with its label.
pub(in crate::terminal::views) fn facts(fact: &Introduced<'_>) -> Vec<(&'static str, String)> {
    let facts = fact.facts;
    let support = match &facts.until {
        Some(until) if facts.ended => format!("ended {until}. {}", facts.support),
        Some(until) => format!("until {until}. {}", facts.support),
        None => format!("no fixed date; {}", facts.support),
    };
    let (sort, word) = match fact.sort {
        IntroducedKind::Typing(word) => ("Typing", word),
        IntroducedKind::Size(word) => ("Size", word),
    };
    vec![
        ("Version", facts.version.clone()),
        ("Support", support),
        ("Used for", fact.used_for.to_owned()),
        (sort, word.to_owned()),
        ("Ecosystem", facts.ecosystem.clone()),
        ("Jobs", facts.jobs.clone()),
    ]
}

/// A resource: title and what it is, and its address on a line of its own.
pub(in crate::terminal::views) fn resource(resource: &Resource, layout: Layout) -> String {
    let author = resource.author.as_ref().map(|author| format!(" by {author}")).unwrap_or_default();
    let what = format!("({}, {})", resource.kind.as_str(), resource.cost.as_str());
    let title = layout.item("-", &format!("{}{author} {what}", resource.title), 2);
    format!("{title}    {}\n", resource.url)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curriculum::builtin;
    use crate::curriculum::introduce::introduced;

    /// The facts of a topic of ours, with or without a starter.
    fn printed(id: &str, has_starter: bool) -> String {
        let roadmap = builtin();
        let (_, topic) =
            roadmap.topics().find(|(_, topic)| topic.id == id).expect("a topic of ours");
        let introduced = introduced(&roadmap, topic);
        let context = TopicContext {
            introduced,
            checked: "2026-11-22",
            has_starter,
            ..TopicContext::default()
        };
        facts_of(&context, Layout::new(100))
    }

    #[test]
    fn a_language_is_printed_with_its_support_and_the_day_of_the_check() {
        let python = printed("python", false);
        assert!(python.contains("Facts, 2026-11-22"), "{python}");
        assert!(python.contains("- Support: until 20"), "{python}");
        assert!(python.contains("- Typing: gradual"), "{python}");
        assert!(printed("axum", false).contains("- Support: no fixed date; "));
    }

    #[test]
    fn a_starter_is_named_only_where_it_exists() {
        assert!(printed("axum", true).contains("- Starter: "));
        assert!(!printed("axum", false).contains("- Starter: "));
        assert_eq!(printed("http", true), "");
    }
}
