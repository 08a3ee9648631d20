//! `roadmap` alone: where I stand, and how to begin.

use super::lines::table;
use super::next::{self, Step};
use super::progress::overall;
use crate::curriculum::standing::Count;
use crate::terminal::Layout;
use console::style;

/// Where somebody stands who has picked a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub title: String,
    /// The path picked, as words.
    pub path: String,
    pub total: Count,
    pub next: Step,
}

/// The path, what is done of it, and the next step.
#[must_use]
pub fn text(standing: &Standing, layout: Layout) -> String {
    let mut text = format!("{}\n", style(&standing.title).bold());
    text.push_str(&layout.paragraph(&format!("Your path: {}", standing.path), 0));
    text.push_str(&overall(standing.total, layout));
    text.push_str(&format!("\n{}\n", next::text(&standing.next, layout)));
    let lines = [
        ("roadmap progress", "a bar for each stage"),
        ("roadmap show", "see the stages"),
        ("roadmap pick", "pick again"),
        ("roadmap --help", "everything else"),
    ];
    text.push_str(&table(&lines, layout));
    text
}

/// A greeting with the first things to type; in a starter's repository with its next step.
#[must_use]
pub fn begin(title: &str, next: Option<&Step>, layout: Layout) -> String {
    let mut text = format!("{}\n", style(title).bold());
    let told = "From the first request to a back end of your own, a stage at a time.";
    text.push_str(&layout.paragraph(told, 0));
    text.push('\n');
    if let Some(next) = next {
        text.push_str(&format!("{}\n", next::text(next, layout)));
    }
    let lines = [
        ("roadmap show", "see the stages"),
        ("roadmap pick", "find the language that fits you"),
        ("roadmap new", "make a back end that runs"),
        ("roadmap --help", "everything else"),
    ];
    text.push_str(&table(&lines, layout));
    text
}
