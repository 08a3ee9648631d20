//! `roadmap` alone: where somebody stands, and how to go on.

use super::next::{self, NextStep};
use super::progress::{COUNTED_PATH, overall};
use crate::curriculum::standing::ProgressCount;
use crate::terminal::Layout;
use crate::terminal::style::style;
use crate::terminal::views::lines::table;

/// The output of `roadmap` alone: the path, if one is picked, and what to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WelcomeOutput {
    pub title: String,
    /// The path picked, as words.
    pub path: Option<String>,
    pub total: ProgressCount,
    pub next: NextStep,
    /// Whether the roadmap has paths to pick from.
    pub has_paths: bool,
    /// Whether it is the roadmap that the program carries.
    pub is_builtin: bool,
}

/// The path, what is done of it, the next step, and what else there is.
#[must_use]
pub fn text(answer: &WelcomeOutput, layout: Layout) -> String {
    let mut text = format!("{}\n", style(&answer.title).bold());
    match &answer.path {
        Some(path) => text.push_str(&layout.paragraph(&format!("Your path: {path}"), 0)),
        None if answer.is_builtin => {
            let what = "From the first request to a back end of your own, a stage at a time.";
            text.push_str(&layout.paragraph(what, 0));
        }
        None => {}
    }
    text.push_str(&overall(answer.total, layout));
    if answer.path.is_none() && answer.has_paths {
        text.push_str(&layout.paragraph(COUNTED_PATH, 0));
    }
    text.push_str(&format!("\n{}\n", next::text(&answer.next, layout)));
    text.push_str(&table(&lines(answer), layout));
    text
}

fn lines(answer: &WelcomeOutput) -> Vec<(&'static str, &'static str)> {
    let mut lines = vec![("roadmap show", "see the stages")];
    if answer.path.is_some() || answer.total.topics_done > 0 {
        lines.insert(0, ("roadmap progress", "a bar for each stage"));
    }
    match (&answer.path, answer.has_paths) {
        (Some(_), _) => lines.push(("roadmap pick", "pick again")),
        (None, true) if answer.next != NextStep::Pick => {
            lines.push(("roadmap pick", "find the language that fits you"));
        }
        _ => {}
    }
    if answer.path.is_none() && answer.has_paths {
        lines.push(("roadmap new", "make a back end that runs"));
    }
    lines.push(("roadmap --help", "everything else"));
    lines
}
