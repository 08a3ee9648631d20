//! What `lint` found in a file: its mistakes and warnings, as text and as JSON.

use crate::terminal::Layout;
use crate::yaml::Mistake;
use console::style;
use serde::Serialize;

/// What is in a file of content, by what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    Roadmap { stages: usize, topics: usize },
}

/// A file that has no mistakes: what it is, and a line for each warning.
#[must_use]
pub fn text(file: &str, content: Content, warnings: &[Mistake], layout: Layout) -> String {
    let Content::Roadmap { stages, topics } = content;
    let what = format!(
        "{file} is a roadmap with {} and {}, without mistakes",
        count(stages, "stage"),
        count(topics, "topic")
    );
    let tail = match warnings.len() {
        0 => " or warnings.".to_owned(),
        many => format!("; {}:", count(many, "warning")),
    };
    let mut text = layout.paragraph(&format!("{what}{tail}"), 0);
    for warning in warnings {
        let label = style("warning:").yellow().bold();
        text.push_str(&format!("{label} {warning}\n"));
    }
    text
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// The answer of `lint --format json`.
#[derive(Debug, Serialize)]
pub struct Answer<'a> {
    file: &'a str,
    kind: &'a str,
    mistakes: Vec<Place<'a>>,
    warnings: Vec<Place<'a>>,
}

#[derive(Debug, Serialize)]
struct Place<'a> {
    line: u64,
    column: u64,
    message: &'a str,
}

/// Both lists, each mistake with its place in `file`.
#[must_use]
pub fn answer<'a>(
    file: &'a str,
    kind: &'a str,
    mistakes: &'a [Mistake],
    warnings: &'a [Mistake],
) -> Answer<'a> {
    let places = |list: &'a [Mistake]| {
        let place =
            |one: &'a Mistake| Place { line: one.line, column: one.column, message: &one.message };
        list.iter().map(place).collect()
    };
    Answer { file, kind, mistakes: places(mistakes), warnings: places(warnings) }
}
