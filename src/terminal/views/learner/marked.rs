//! What `done` and `undo` changed, as text and as JSON.

use crate::terminal::Layout;
use crate::terminal::style::style;
use crate::terminal::views::roadmap::overview::DONE;
use serde::Serialize;

/// A topic that was named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Marked {
    pub id: String,
    pub stage: String,
    pub title: String,
    /// Whether it was otherwise before.
    pub changed: bool,
}

/// The topics named, and every topic that is done now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkOutput {
    pub marked: Vec<Marked>,
    /// Topic ids in the order of the roadmap.
    pub done: Vec<String>,
    /// Whether they were marked, not taken back.
    #[serde(skip)]
    pub is_done: bool,
}

/// A line for each topic, and how many are done.
#[must_use]
pub fn text(outcome: &MarkOutput, layout: Layout) -> String {
    let mut text = String::new();
    let sign = if outcome.is_done { style(DONE).green() } else { style("-").dim() }.to_string();
    for item in &outcome.marked {
        let before = match (item.changed, outcome.is_done) {
            (true, _) => "",
            (false, true) => ", done before",
            (false, false) => ", not done before",
        };
        let place = format!("({}/{}){before}", item.stage, item.id);
        text.push_str(&layout.item(&sign, &format!("{} {place}", style(&item.title).bold()), 0));
    }
    let count = outcome.done.len();
    let topics = if count == 1 { "topic is" } else { "topics are" };
    text.push_str(&layout.paragraph(&format!("{count} {topics} done now."), 0));
    text
}
