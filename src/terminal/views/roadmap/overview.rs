//! The whole roadmap, a stage on a line; and the hits of a search.

use crate::curriculum::model::{Resource, Topic};
use crate::curriculum::outline::RoadmapOutline;
use crate::curriculum::search::Hit;
use crate::curriculum::select::Filter;
use crate::shell;
use crate::terminal::Layout;
use crate::terminal::layout::padded;
use crate::terminal::style::{code, style};
use crate::terminal::views::lines::table;
use console::measure_text_width;

/// The sign in front of what is done.
pub(in crate::terminal::views) const DONE: &str = "✓";

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
    pub(in crate::terminal::views) fn is_done(&self, id: &str) -> bool {
        self.done.iter().any(|done_id| done_id == id)
    }

    /// Whether `topic` is one for the picked path, and not for all.
    pub(in crate::terminal::views) fn is_on_path(&self, topic: &Topic) -> bool {
        self.picked.as_ref().is_some_and(|(language, framework)| {
            topic.languages.contains(language) || topic.frameworks.contains(framework)
        })
    }
}

/// A line a stage, with what is done of the topics that are `counted`, then how to see more.
#[must_use]
pub fn text(roadmap: &RoadmapOutline, counted: &Filter, marks: &Marks, layout: Layout) -> String {
    let mut text = format!("{}\n", style(&roadmap.title).bold());
    if let Some(path) = &marks.path {
        text.push_str(&layout.paragraph(&format!("Your path: {path}"), 0));
    }
    text.push('\n');
    let ids = roadmap.stages.iter().map(|stage| stage.id.len()).max().unwrap_or(0);
    let longest = roadmap.stages.iter().map(|stage| measure_text_width(&stage.title)).max();
    let titles = layout.width.saturating_sub(4 + 2 + ids + 2 + 8).max(20).min(longest.unwrap_or(0));
    for (index, stage) in roadmap.stages.iter().enumerate() {
        let topics = || stage.topics.iter().filter(|topic| counted.includes_outline(topic));
        let done = topics().filter(|topic| marks.is_done(&topic.id)).count();
        let total = topics().count();
        let all = done == total && total > 0;
        let tick = if all { style(DONE).green().to_string() } else { " ".to_owned() };
        let number = format!("{:>2}", index + 1);
        let count = if total == 0 { "none".to_owned() } else { format!("{done} of {total}") };
        let id = code(padded(&stage.id, ids));
        if layout.is_narrow() {
            let first =
                layout.item(&format!("{tick}{number}"), &style(&stage.title).bold().to_string(), 0);
            text.push_str(&format!("{first}    {id}  {count}\n"));
        } else {
            let lines = textwrap::wrap(&stage.title, titles);
            let head = lines.first().map(AsRef::as_ref).unwrap_or_default();
            text.push_str(&format!(
                "{tick}{number} {}  {id}  {count}\n",
                padded(&style(head).bold().to_string(), titles)
            ));
            for line in lines.iter().skip(1) {
                text.push_str(&format!("    {}\n", style(line).bold()));
            }
        }
    }
    text.push('\n');
    text.push_str(&more(roadmap, layout));
    text
}

fn more(roadmap: &RoadmapOutline, layout: Layout) -> String {
    let first = roadmap.stages.first();
    let stage = first.map_or("web", |stage| &stage.id);
    let topic = first.and_then(|stage| stage.topics.first()).map_or("http", |topic| &topic.id);
    // A word that stands somewhere.
    let word = if roadmap.has("sql") { "sql" } else { topic };
    let mut lines = vec![
        (format!("roadmap show {stage}"), "a stage"),
        (format!("roadmap show {stage}/{topic}"), "a topic"),
        (format!("roadmap show --search {word}"), "a word"),
    ];
    if !roadmap.frameworks.is_empty() {
        lines.push(("roadmap pick".to_owned(), "your path"));
    }
    table(&lines, layout)
}

/// That a search in one stage has no hits, and how many topics elsewhere have the word.
#[must_use]
pub fn no_hits_in(stage: &str, word: &str, elsewhere: usize, layout: Layout) -> String {
    let nothing = format!("Nothing in `{stage}` speaks of `{word}`");
    let topics = match elsewhere {
        0 => return layout.paragraph(&format!("{nothing}, and no other stage does."), 0),
        1 => "1 topic does".to_owned(),
        many => format!("{many} topics do"),
    };
    let line = shell::line(["roadmap", "show", "--search", word]);
    format!("{}  {line}\n", layout.paragraph(&format!("{nothing}; elsewhere {topics}:"), 0))
}

/// The hits of a search, a line each.
#[must_use]
pub fn hits(word: &str, hits: &[Hit<'_>], resources: &[&Resource], layout: Layout) -> String {
    if hits.is_empty() && resources.is_empty() {
        return layout.paragraph(&format!("Nothing in the roadmap speaks of `{word}`."), 0);
    }
    let mut text = String::new();
    let place = |hit: &Hit<'_>| format!("{}/{}", hit.stage.id, hit.topic.id);
    let places = hits.iter().map(|hit| place(hit).len()).max().unwrap_or(0);
    let titles = hits.iter().map(|hit| measure_text_width(&hit.topic.title)).max().unwrap_or(0);
    let fits = places + 2 + titles <= layout.width;
    for hit in hits {
        let (place, title) = (place(hit), style(&hit.topic.title).bold().to_string());
        if fits {
            text.push_str(&format!("{}  {}\n", padded(&title, titles), code(place)));
        } else {
            text.push_str(&format!("{}  {}\n", layout.paragraph(&title, 0), code(place)));
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
