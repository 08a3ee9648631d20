//! The whole roadmap, a stage on a line; and what a search found.

use crate::curriculum::model::{Resource, Topic};
use crate::curriculum::outline::Outline;
use crate::curriculum::search::Hit;
use crate::terminal::Layout;
use crate::terminal::layout::padded;
use console::style;

/// The sign in front of what is done.
pub(super) const DONE: &str = "✓";

/// The sign in front of what is on the picked path.
pub(super) const ON_PATH: &str = "»";

/// What the views mark: the topics done and the path picked.
#[derive(Debug, Clone, Default)]
pub struct Marks {
    /// Topic ids.
    pub done: Vec<String>,
    /// `Rust, axum`, if one was picked.
    pub path: Option<String>,
    /// The ids of the language and framework picked.
    pub picked: Option<(String, String)>,
}

impl Marks {
    pub(super) fn is_done(&self, id: &str) -> bool {
        self.done.iter().any(|one| one == id)
    }

    /// Whether `topic` is one for the picked path, and not for all.
    pub(super) fn is_on_path(&self, topic: &Topic) -> bool {
        self.picked.as_ref().is_some_and(|(language, framework)| {
            topic.languages.contains(language) || topic.frameworks.contains(framework)
        })
    }
}

/// A line a stage, then how to see more.
#[must_use]
pub fn text(roadmap: &Outline, marks: &Marks, layout: Layout) -> String {
    let mut text = format!("{}\n", style(&roadmap.title).bold());
    if let Some(path) = &marks.path {
        text.push_str(&layout.paragraph(&format!("Your path: {path}"), 0));
    }
    text.push('\n');
    let ids = roadmap.stages.iter().map(|stage| stage.id.len()).max().unwrap_or(0);
    let titles = layout.width.saturating_sub(4 + 2 + ids + 2 + 8);
    for (index, stage) in roadmap.stages.iter().enumerate() {
        let done = stage.topics.iter().filter(|topic| marks.is_done(topic)).count();
        let of = stage.topics.len();
        let all = done == of && of > 0;
        let tick = if all { style(DONE).green().to_string() } else { " ".to_owned() };
        let number = style(format!("{:>2}", index + 1)).dim();
        let count = style(format!("{done} of {of}")).dim();
        let id = style(padded(&stage.id, ids)).cyan();
        if layout.is_narrow() {
            let first =
                layout.item(&format!("{tick}{number}"), &style(&stage.title).bold().to_string(), 0);
            text.push_str(&format!("{first}    {id}  {count}\n"));
        } else {
            let lines = textwrap::wrap(&stage.title, titles.max(20));
            let head = lines.first().map(AsRef::as_ref).unwrap_or_default();
            text.push_str(&format!(
                "{tick}{number} {} {id}  {count}\n",
                padded(&style(head).bold().to_string(), titles.max(20))
            ));
            for line in lines.iter().skip(1) {
                text.push_str(&format!("    {}\n", style(line).bold()));
            }
        }
    }
    text.push('\n');
    text.push_str(&more(roadmap));
    text
}

fn more(roadmap: &Outline) -> String {
    let first = roadmap.stages.first();
    let stage = first.map_or("web", |stage| &stage.id);
    let topic = first.and_then(|stage| stage.topics.first()).map_or("http", String::as_str);
    let lines = [
        (format!("roadmap show {stage}"), "a stage"),
        (format!("roadmap show {stage}/{topic}"), "a topic"),
        ("roadmap show --search sql".to_owned(), "a word"),
        ("roadmap pick".to_owned(), "your path"),
    ];
    let width = lines.iter().map(|(line, _)| line.len()).max().unwrap_or(0);
    let line = |(line, what): &(String, &str)| {
        format!("  {}  {}\n", style(padded(line, width)).cyan(), style(what).dim())
    };
    lines.iter().map(line).collect()
}

/// What a search found, a line each.
#[must_use]
pub fn hits(word: &str, hits: &[Hit<'_>], resources: &[&Resource], layout: Layout) -> String {
    if hits.is_empty() && resources.is_empty() {
        return layout.paragraph(&format!("Nothing in the roadmap speaks of `{word}`."), 0);
    }
    let mut text = String::new();
    for hit in hits {
        let place = format!("{}/{}", hit.stage.id, hit.topic.id);
        let title = style(&hit.topic.title).bold();
        if layout.is_narrow() {
            text.push_str(&format!("{title}\n  {}\n", style(place).cyan()));
        } else {
            text.push_str(&format!("{}  {title}\n", style(padded(&place, 34)).cyan()));
        }
    }
    if !resources.is_empty() {
        let between = if hits.is_empty() { "" } else { "\n" };
        let heading = style("Books, courses and documentation").bold();
        text.push_str(&format!("{between}{heading}\n"));
        for resource in resources {
            text.push_str(&super::topic::resource(resource, layout));
        }
    }
    text
}
