//! The output of `lint` about a file: its mistakes and warnings, as text and as JSON.

use crate::terminal::Layout;
use crate::terminal::style::style;
use serde::Serialize;

/// What is in a file of content, by what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    Roadmap { stages: usize, topics: usize },
    Contract { milestones: usize, checks: usize },
}

/// A file that has no mistakes: what it is, and a line for each warning.
#[must_use]
pub fn text(file: &str, content: Content, warnings: &[MistakePlace], layout: Layout) -> String {
    let (kind, parts) = match content {
        Content::Roadmap { stages, topics } => {
            ("roadmap", [count(stages, "stage"), count(topics, "topic")])
        }
        Content::Contract { milestones, checks } => {
            ("contract", [count(milestones, "milestone"), count(checks, "check")])
        }
    };
    let [first, second] = parts;
    let done = style("✓").green();
    let what = format!("{done} {file} is a {kind} with {first} and {second}, without mistakes");
    let tail = match warnings.len() {
        0 => " or warnings.".to_owned(),
        many => format!("; {}:", count(many, "warning")),
    };
    let mut text = layout.hanging(&format!("{what}{tail}"), 2);
    for warning in warnings {
        let label = style("warning:").yellow().bold();
        let MistakePlace { line, column, message } = warning;
        text.push_str(&format!("{label} {file}:{line}:{column}: {message}\n"));
    }
    text
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// A mistake or warning, with its place in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MistakePlace {
    /// Counted from 1.
    pub line: u64,
    /// Counted from 1, in characters.
    pub column: u64,
    pub message: String,
}

/// The output of `lint --format json`.
#[derive(Debug, Serialize)]
pub struct LintOutput<'a> {
    pub file: &'a str,
    pub kind: &'a str,
    pub mistakes: &'a [MistakePlace],
    pub warnings: &'a [MistakePlace],
}
