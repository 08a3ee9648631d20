//! How far somebody is: a bar for each stage.

use crate::curriculum::standing::{ProgressCount, Standing};
use crate::terminal::Layout;
use crate::terminal::layout::padded;
use crate::terminal::style::style;
use crate::terminal::views::roadmap::overview::DONE;
use console::measure_text_width;
use serde::Serialize;

/// The columns of the bar of a stage.
const BAR_COLUMNS: usize = 10;

/// What is counted without a pick.
pub(super) const COUNTED_PATH: &str =
    "Where one language or framework is chosen, one path is counted.";

/// Where somebody stands on a path; without a pick, on one of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProgressOutput {
    pub roadmap: String,
    pub title: String,
    pub path: Option<ProgressPath>,
    /// `Rust, axum`.
    #[serde(skip)]
    pub path_title: Option<String>,
    /// Whether the roadmap has paths to pick from.
    #[serde(skip)]
    pub has_paths: bool,
    #[serde(flatten)]
    pub standing: Standing,
}

/// The ids of the path picked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProgressPath {
    pub language: String,
    pub framework: String,
}

/// A line for each stage that has topics on the path, and one for all of them.
#[must_use]
pub fn text(answer: &ProgressOutput, layout: Layout) -> String {
    let mut text = format!("{}\n", style(&answer.title).bold());
    if let Some(path) = &answer.path_title {
        text.push_str(&layout.paragraph(&format!("Your path: {path}"), 0));
    }
    if answer.path_title.is_none() && answer.has_paths {
        text.push_str(&layout.paragraph(COUNTED_PATH, 0));
    }
    text.push('\n');
    let stages = || answer.standing.stages.iter().filter(|stage| stage.count.topics > 0);
    let counts = stages().map(|stage| counted(stage.count).len()).max().unwrap_or(0);
    let longest = stages().map(|stage| measure_text_width(&stage.title)).max().unwrap_or(0);
    let titles = layout.width.saturating_sub(4 + 2 + BAR_COLUMNS + 2 + counts);
    let (titles, is_low) = (titles.min(longest), titles < 24);
    for stage in stages() {
        let tick =
            if stage.count.is_whole() { style(DONE).green().to_string() } else { " ".to_owned() };
        let head = format!("{tick}{:>2}", stage.number);
        let line = format!("{}  {}", bar(stage.count, BAR_COLUMNS), counted(stage.count));
        if is_low {
            text.push_str(&layout.item(&head, &style(&stage.title).bold().to_string(), 0));
            text.push_str(&format!("    {line}\n"));
        } else {
            let lines = textwrap::wrap(&stage.title, titles);
            let first = lines.first().map(AsRef::as_ref).unwrap_or_default();
            let title = padded(&style(first).bold().to_string(), titles);
            text.push_str(&format!("{head} {title}  {line}\n"));
            for rest in lines.iter().skip(1) {
                text.push_str(&format!("    {}\n", style(rest).bold()));
            }
        }
    }
    text.push_str(&format!("\n{}", overall(answer.standing.total, layout)));
    text
}

/// One bar with its numbers, for all stages together.
pub(super) fn overall(total: ProgressCount, layout: Layout) -> String {
    let words = format!(
        "{} of {} {}, {} of {} {}",
        total.topics_done,
        total.topics,
        if total.topics == 1 { "topic" } else { "topics" },
        total.hours_done,
        total.hours,
        if total.hours == 1 { "hour" } else { "hours" },
    );
    let columns = layout.width.saturating_sub(words.len() + 2);
    if columns < BAR_COLUMNS {
        return format!("{}\n{words}\n", bar(total, layout.width / 2));
    }
    format!("{}  {words}\n", bar(total, columns.min(2 * BAR_COLUMNS)))
}

fn counted(count: ProgressCount) -> String {
    let topics = format!("{} of {}", count.topics_done, count.topics);
    format!("{topics:>8}  {:>3} of {:>3} h", count.hours_done, count.hours)
}

/// Filled by the hours done: a little once anything is, whole only when all is.
fn bar(count: ProgressCount, columns: usize) -> String {
    let whole = u64::from(count.hours.max(1));
    let width = columns as u64;
    let exact = u64::from(count.hours_done) * width / whole;
    let filled = match count {
        _ if count.is_whole() => width,
        ProgressCount { topics_done: 0, .. } => 0,
        _ => exact.clamp(1, width.saturating_sub(1)),
    };
    let filled = usize::try_from(filled).unwrap_or(columns);
    let (full, empty) = ("█".repeat(filled), "░".repeat(columns - filled));
    format!("{}{}", style(full).green(), style(empty).dim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_empty_only_at_nothing_and_full_only_at_all() {
        console::set_colors_enabled(false);
        let count = |topics_done, hours_done| ProgressCount {
            topics: 9,
            topics_done,
            hours: 90,
            hours_done,
        };
        assert_eq!(bar(count(0, 0), 4), "░░░░");
        assert_eq!(bar(count(1, 1), 4), "█░░░");
        assert_eq!(bar(count(4, 45), 4), "██░░");
        assert_eq!(bar(count(8, 89), 4), "███░");
        assert_eq!(bar(count(9, 90), 4), "████");
        assert_eq!(bar(ProgressCount::default(), 4), "░░░░");
    }
}
