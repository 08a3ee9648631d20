//! A repository that was adopted, or would be.

use super::lines::table;
use crate::terminal::Layout;
use crate::terminal::style::style;
use serde::Serialize;

/// The output of `roadmap adopt`.
#[derive(Debug, Clone, Serialize)]
pub struct AdoptOutput {
    pub project: String,
    /// Paths from the repository's root.
    pub written: Vec<String>,
    #[serde(rename = "kept")]
    pub existing: Vec<String>,
    /// Lines to paste: what is asked, and the first check.
    pub next: Vec<String>,
    #[serde(skip)]
    pub dry_run: bool,
}

/// What was written, what was there, and what to type next.
#[must_use]
pub fn text(answer: &AdoptOutput, layout: Layout) -> String {
    let AdoptOutput { project, written, existing, .. } = answer;
    let count = match written.len() {
        0 => "no file".to_owned(),
        1 => "1 file".to_owned(),
        many => format!("{many} files"),
    };
    let head = match (answer.dry_run, written.is_empty()) {
        (true, _) => format!("Would write {count} for {}:", style(project).bold()),
        (false, true) => format!("Everything for {} is here already.", style(project).bold()),
        (false, false) => format!(
            "{} This repository can be checked as {}: wrote {count}",
            style("✓").green(),
            style(project).bold()
        ),
    };
    let mut text = layout.hanging(&head, 2);
    text.extend(written.iter().map(|path| format!("  {path}\n")));
    if !existing.is_empty() {
        text.push_str("\nThese were here and stay as they are:\n");
        text.extend(existing.iter().map(|path| format!("  {path}\n")));
    }
    let purposes = ["what is asked, in full", "starts your server, and says what it lacks"];
    let lines: Vec<(&str, &str)> = answer.next.iter().map(String::as_str).zip(purposes).collect();
    text.push_str(&format!("\nNext:\n{}", table(&lines, layout)));
    text
}
