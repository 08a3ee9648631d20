//! The hints of a milestone, as far as they were asked for.

use super::learner::next::TopicToRead;
use super::lines::table;
use crate::contract::format::Milestone;
use crate::terminal::style::{code, style};
use crate::terminal::{Layout, rendered};
use serde_json::{Value, json};

/// What each rung of the ladder gives.
const LABELS: [&str; 3] = ["A nudge", "The approach", "The pieces"];

/// A milestone with so many of its hints.
#[derive(Debug, Clone, Copy)]
pub struct MilestoneHints<'a> {
    pub project: &'a str,
    pub milestone: &'a Milestone<()>,
    /// At most as many as there are.
    pub shown: usize,
    /// Its topics that are not done.
    pub reading: &'a [TopicToRead],
    /// Behind a line that names a milestone, where the project has to be named too: ` --project blog`.
    pub named: &'a str,
}

/// What is asked, the hints so far, and how to get the next one.
#[must_use]
pub fn text(hints: &MilestoneHints<'_>, layout: Layout) -> String {
    let MilestoneHints { milestone, named, .. } = hints;
    let mut head = code(&milestone.id).to_string();
    if !milestone.title.eq_ignore_ascii_case(&milestone.id) {
        head.push_str(&format!("  {}", style(&milestone.title).bold()));
    }
    let mut text = layout.hanging(&head, 2);
    text.push_str(&layout.paragraph(&milestone.about, 0));
    if !milestone.rules.is_empty() {
        text.push_str(&format!("\n{}\n", style("What is asked").bold()));
        text.push_str(&rendered(&milestone.rules, layout, 2));
    }
    for (place, hint) in milestone.hints.iter().take(hints.shown).enumerate() {
        let rung = LABELS.get(place).copied().unwrap_or("More");
        let head = format!("{rung} ({} of {})", place + 1, milestone.hints.len());
        text.push_str(&format!("\n{}\n", style(head).bold()));
        text.push_str(&rendered(hint, layout, 2));
    }
    text.push('\n');
    let left = milestone.hints.len().saturating_sub(hints.shown);
    let id = &milestone.id;
    let mut lines = Vec::new();
    if left > 0 {
        lines.push((format!("roadmap hint {id}{named}"), "the next hint"));
    }
    // Elsewhere there is no server that a check could start.
    if named.is_empty() {
        lines.push((format!("roadmap check {id}"), "what your server does of it"));
    }
    lines.push((format!("roadmap show {}", milestone.stage), "the stage that explains it"));
    text.push_str(&table(&lines, layout));
    text.push_str(&TopicToRead::text(hints.reading, layout));
    text
}

/// `{"project","milestone","title","stage","topics","rules","hints":[...],"left"}`.
#[must_use]
pub fn to_json(hints: &MilestoneHints<'_>) -> Value {
    let MilestoneHints { project, milestone, shown, .. } = hints;
    json!({
        "project": project,
        "milestone": milestone.id,
        "title": milestone.title,
        "stage": milestone.stage,
        "topics": milestone.topics,
        "rules": milestone.rules,
        "hints": milestone.hints.iter().take(*shown).collect::<Vec<_>>(),
        "left": milestone.hints.len().saturating_sub(*shown),
    })
}
