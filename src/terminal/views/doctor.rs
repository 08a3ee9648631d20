//! Which programs are here, as text and as JSON.

use super::lines::command;
use super::roadmap::overview::DONE;
use crate::terminal::Layout;
use crate::terminal::style::style;
use serde::Serialize;

/// How a program stands to what is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ToolState {
    Ready,
    Old,
    Missing,
    /// It is there, and does not say its version.
    Silent,
}

/// A program, asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ToolReport {
    pub name: String,
    /// What it is needed for.
    #[serde(rename = "for")]
    pub purpose: String,
    pub minimum: String,
    #[serde(rename = "found")]
    pub version: Option<String>,
    pub state: ToolState,
    /// Lines to paste on this system, the official way first; none for what is ready.
    pub get: Vec<String>,
    pub url: String,
}

/// A path for which there is no starter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PathWithoutStarter {
    pub language: String,
    pub framework: String,
    #[serde(skip)]
    pub title: String,
    pub generator: Option<String>,
}

/// All programs that were asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DoctorOutput {
    pub tools: Vec<ToolReport>,
    pub without_starter: Option<PathWithoutStarter>,
}

impl DoctorOutput {
    /// What keeps somebody from beginning.
    pub fn missing(&self) -> impl Iterator<Item = &ToolReport> {
        self.tools.iter().filter(|tool| tool.state != ToolState::Ready)
    }
}

/// A line for each program, and below it how to get what is not ready.
#[must_use]
pub fn text(outcome: &DoctorOutput, layout: Layout) -> String {
    let mut text = String::new();
    for tool in &outcome.tools {
        let version = tool.version.as_deref().unwrap_or_default();
        let state_text = match tool.state {
            ToolState::Ready => format!("{version} is here"),
            ToolState::Old => format!("{version} is here, and too old"),
            ToolState::Missing => "is not on your PATH".to_owned(),
            ToolState::Silent => "is here, but does not say its version".to_owned(),
        };
        let ready = tool.state == ToolState::Ready;
        let sign = if ready { style(DONE).green() } else { style("✗").red() }.to_string();
        let needed = format!("({} or later, for {})", tool.minimum, tool.purpose);
        let line = format!("{} {state_text} {needed}", style(&tool.name).bold());
        text.push_str(&layout.item(&sign, &line, 0));
        if !ready {
            text.push_str(&format!("    {}\n", tool.url));
            for line in &tool.get {
                text.push_str(&format!("    {}\n", command(line)));
            }
        }
    }
    if let Some(without) = &outcome.without_starter {
        let line = format!(
            "There is no starter for {} yet, so we do not know what it needs. Its own way to begin:",
            without.title
        );
        text.push_str(&format!("\n{}", layout.paragraph(&line, 0)));
        if let Some(generator) = &without.generator {
            text.push_str(&format!("  {}\n", command(generator)));
        }
    }
    text.push_str(&format!("\n{}", layout.paragraph(&summary(outcome), 0)));
    text
}

/// What is not ready, by name.
fn summary(outcome: &DoctorOutput) -> String {
    let names = |state: ToolState| {
        let bad = outcome.missing().filter(|tool| tool.state == state);
        bad.map(|tool| tool.name.as_str()).collect::<Vec<_>>()
    };
    let phrase = |state: ToolState, single: &str, many: &str| match names(state).as_slice() {
        [] => None,
        [name] => Some(format!("{name} {single}")),
        [before @ .., last] => Some(format!("{} and {last} {many}", before.join(", "))),
    };
    let parts: Vec<String> = [
        phrase(ToolState::Missing, "is missing", "are missing"),
        phrase(ToolState::Old, "is too old", "are too old"),
        phrase(ToolState::Silent, "does not say its version", "do not say their versions"),
    ]
    .into_iter()
    .flatten()
    .collect();
    match (parts.is_empty(), &outcome.without_starter) {
        (false, _) => format!("{}.", parts.join("; ")),
        (true, None) => "Everything that was asked for is here.".to_owned(),
        // What the framework itself needs is not known.
        (true, Some(_)) => "Everything that we know of is here.".to_owned(),
    }
}
