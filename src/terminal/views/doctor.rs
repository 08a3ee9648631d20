//! Which programs are here, as text and as JSON.

use super::roadmap::DONE;
use crate::terminal::Layout;
use console::style;
use serde::Serialize;

/// How a program stands to what is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    Ready,
    Old,
    Missing,
    /// It is there, and does not say its version.
    Silent,
}

/// A program, asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Checked {
    pub name: String,
    /// What it is needed for.
    #[serde(rename = "for")]
    pub of: String,
    pub minimum: String,
    pub found: Option<String>,
    pub state: State,
    /// Lines to paste on this system, the official way first; none for what is ready.
    pub get: Vec<String>,
    pub url: String,
}

/// A path for which there is no starter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Without {
    pub language: String,
    pub framework: String,
    #[serde(skip)]
    pub title: String,
    pub generator: Option<String>,
}

/// All programs that were asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    pub tools: Vec<Checked>,
    pub without_starter: Option<Without>,
}

impl Outcome {
    /// What keeps somebody from beginning.
    pub fn missing(&self) -> impl Iterator<Item = &Checked> {
        self.tools.iter().filter(|tool| tool.state != State::Ready)
    }
}

/// A line for each program, and below it how to get what is not ready.
#[must_use]
pub fn text(outcome: &Outcome, layout: Layout) -> String {
    let mut text = String::new();
    for tool in &outcome.tools {
        let found = tool.found.as_deref().unwrap_or_default();
        let told = match tool.state {
            State::Ready => format!("{found} is here"),
            State::Old => format!("{found} is here, and too old"),
            State::Missing => "is not on your PATH".to_owned(),
            State::Silent => "is here, but does not say its version".to_owned(),
        };
        let ready = tool.state == State::Ready;
        let sign = if ready { style(DONE).green() } else { style("✗").red() }.to_string();
        let needed = style(format!("({} or later, for {})", tool.minimum, tool.of)).dim();
        let line = format!("{} {told} {needed}", style(&tool.name).bold());
        text.push_str(&layout.item(&sign, &line, 0));
        if !ready {
            text.push_str(&format!("    {}\n", tool.url));
            for line in &tool.get {
                text.push_str(&format!("    {}\n", style(line).cyan()));
            }
        }
    }
    if let Some(without) = &outcome.without_starter {
        let told = format!(
            "There is no starter for {} yet, so we do not know what it needs. Its own way to begin:",
            without.title
        );
        text.push_str(&format!("\n{}", layout.paragraph(&told, 0)));
        if let Some(generator) = &without.generator {
            text.push_str(&format!("  {}\n", style(generator).cyan()));
        }
    }
    let count = outcome.missing().count();
    let end = match count {
        0 => "Everything that was asked for is here.".to_owned(),
        1 => "One tool is missing, too old, or silent.".to_owned(),
        _ => format!("{count} tools are missing, too old, or silent."),
    };
    text.push_str(&format!("\n{}", layout.paragraph(&end, 0)));
    text
}
