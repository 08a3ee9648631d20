//! One topic: what it is, why, how to practise it, where to read.

use super::roadmap::{DONE, Marks};
use crate::curriculum::model::{Resource, Stage, Topic};
use crate::terminal::Layout;
use console::style;

/// The whole topic. `needs` are the topics to know first, with their stages.
#[must_use]
pub fn text(
    stage: &Stage,
    topic: &Topic,
    needs: &[(&Stage, &Topic)],
    marks: &Marks,
    layout: Layout,
) -> String {
    let done =
        if marks.is_done(&topic.id) { format!(" {}", style(DONE).green()) } else { String::new() };
    let mut text = layout.paragraph(&format!("{}{done}", style(&topic.title).bold()), 0);
    let hours =
        if topic.hours == 1 { "1 hour".to_owned() } else { format!("{} hours", topic.hours) };
    let place = format!("{}/{}", stage.id, topic.id);
    let facts = format!("{} · {} · {hours}", style(place).cyan(), topic.level.word());
    text.push_str(&layout.paragraph(&facts, 0));
    for (heading, words) in [
        ("What it is", &topic.what),
        ("Why you need it", &topic.why),
        ("Practise it", &topic.practice),
    ] {
        text.push_str(&format!("\n{}\n", style(heading).bold()));
        text.push_str(&layout.paragraph(words, 2));
    }
    if !needs.is_empty() {
        text.push_str(&format!("\n{}\n", style("Know first").bold()));
        for (stage, need) in needs {
            let mark = if marks.is_done(&need.id) { style(DONE).green() } else { style("-").dim() };
            let place = style(format!("({}/{})", stage.id, need.id)).cyan();
            text.push_str(&layout.item(&mark.to_string(), &format!("{} {place}", need.title), 2));
        }
    }
    text.push_str(&format!("\n{}\n", style("Read on").bold()));
    for one in &topic.resources {
        text.push_str(&resource(one, layout));
    }
    text
}

/// A resource: title and what it is, and its address on a line of its own.
pub(super) fn resource(resource: &Resource, layout: Layout) -> String {
    let author = resource.author.as_ref().map(|author| format!(" by {author}")).unwrap_or_default();
    let what = style(format!("({}, {})", resource.kind.word(), resource.cost.word())).dim();
    let title = layout.item("-", &format!("{}{author} {what}", resource.title), 2);
    format!("{title}    {}\n", style(&resource.url).cyan())
}
