//! One stage with its topics.

use super::overview::{DONE, Marks, ON_PATH};
use crate::curriculum::model::{Level, Stage, Topic};
use crate::terminal::Layout;
use crate::terminal::layout::padded;
use crate::terminal::style::{code, style};
use crate::terminal::views::lines::table;
use console::measure_text_width;

/// The stage's summary and a line or two for each topic.
#[must_use]
pub fn text(number: usize, stage: &Stage, marks: &Marks, layout: Layout) -> String {
    let title = format!("{number}. {}", style(&stage.title).bold());
    let mut text = layout.hanging(&title, 3);
    text.push_str(&layout.paragraph(&stage.summary, 3));
    text.push('\n');
    let ids = stage.topics.iter().map(|topic| topic.id.len()).max().unwrap_or(0);
    // Tick, id, level, hours and the spaces between them.
    let room = layout.width.saturating_sub(3 + ids + 2 + 2 + 11 + 6);
    let widths = stage.topics.iter().map(|topic| measure_text_width(&topic.title));
    let titles = widths.max().unwrap_or(0).min(room);
    for topic in &stage.topics {
        let tick = tick(topic, marks);
        let id = code(&topic.id);
        if room < 24 {
            text.push_str(&layout.item(&tick, &style(&topic.title).bold().to_string(), 1));
            let level = topic.level.as_str();
            text.push_str(&format!("    {id}  {level}, {} h\n", topic.hours));
        } else {
            let lines = textwrap::wrap(&topic.title, titles);
            let head = padded(lines.first().map(AsRef::as_ref).unwrap_or_default(), titles);
            let id = padded(&id.to_string(), ids);
            let level = level(topic.level);
            text.push_str(&format!(" {tick} {head}  {id}  {level}{:>3} h\n", topic.hours));
            for line in lines.iter().skip(1) {
                text.push_str(&format!("   {line}\n"));
            }
        }
    }
    if let (Some(path), true) =
        (&marks.path, stage.topics.iter().any(|topic| marks.is_on_path(topic)))
    {
        text.push_str(&format!(
            "\n {} {}\n",
            style(ON_PATH).bold(),
            format_args!("your path: {path}")
        ));
    }
    if let Some(topic) = stage.topics.first() {
        let line = format!("roadmap show {}/{}", stage.id, topic.id);
        text.push_str(&format!("\n{}", table(&[(line, "a topic")], layout)));
    }
    text
}

fn tick(topic: &Topic, marks: &Marks) -> String {
    if marks.is_done(&topic.id) {
        style(DONE).green().to_string()
    } else if marks.is_on_path(topic) {
        style(ON_PATH).bold().to_string()
    } else {
        " ".to_owned()
    }
}

fn level(level: Level) -> String {
    let word = padded(level.as_str(), 11);
    match level {
        Level::Essential => style(word).bold().to_string(),
        Level::Recommended | Level::Optional => word,
    }
}
