//! The paths that fit, with the reason for every point.

use crate::quiz::{Path, RunnerUp, Schedule};
use crate::terminal::Layout;
use crate::terminal::layout::padded;
use console::style;

/// A path with what is known of its starter.
#[derive(Debug, Clone)]
pub struct Recommended<'a> {
    pub path: &'a Path,
    /// `axum (Rust)`.
    pub title: String,
    pub starter: bool,
    /// The framework's own way to begin.
    pub generator: Option<String>,
}

/// What the quiz came to.
#[derive(Debug, Clone)]
pub struct Outcome<'a> {
    pub paths: Vec<Recommended<'a>>,
    pub project: String,
    pub hours_a_week: u16,
    pub schedule: Schedule,
    /// How many times the language's hours are counted in.
    pub language_factor: u16,
    /// What the second path would have needed.
    pub runner_up: Option<RunnerUp<'a>>,
    /// The line that begins.
    pub command: String,
    /// What the command makes, where that is not the path's own starter.
    pub nearest: Option<String>,
}

/// The paths, the schedule and how to begin.
#[must_use]
pub fn text(outcome: &Outcome<'_>, layout: Layout) -> String {
    let mut text = String::new();
    for (index, one) in outcome.paths.iter().enumerate() {
        text.push_str(&path(index, one, layout));
        if let (1, Some(second)) = (index, &outcome.runner_up) {
            let equal = if one.starter == outcome.paths[0].starter {
                "As many points, but the order for equal scores puts it second"
            } else {
                "As many points, but it has no starter yet"
            };
            text.push_str(&layout.paragraph(&behind(second, equal), 3));
        }
        text.push('\n');
    }
    text.push_str(&weeks(outcome, layout));
    text.push_str(&begin(outcome, layout));
    text
}

fn path(index: usize, one: &Recommended<'_>, layout: Layout) -> String {
    let title =
        if index == 0 { style(&one.title).bold().green() } else { style(&one.title).bold() };
    let points = match one.path.score {
        1 => "1 point".to_owned(),
        score => format!("{score} points"),
    };
    let head = format!("{}. {title}, {}", index + 1, style(points).dim());
    let mut text = layout.hanging(&head, 3);
    for reason in &one.path.reasons {
        let mark = style(format!("{:+}", reason.points));
        let mark = if reason.points < 0 { mark.yellow() } else { mark.green() }.to_string();
        text.push_str(&layout.item(&mark, &reason.because, 3));
    }
    if one.path.reasons.is_empty() {
        text.push_str(&layout.paragraph("nothing speaks for it but its place in the list", 3));
    }
    text
}

/// How near the second is, and the one answer that would have turned the two.
fn behind(second: &RunnerUp<'_>, equal: &str) -> String {
    let points = match second.behind {
        0 => equal.to_owned(),
        1 => "1 point behind".to_owned(),
        many => format!("{many} points behind"),
    };
    match second.needs {
        Some((question, choice)) => {
            format!(
                "{points}: first, had you answered \"{}\" to \"{}\"",
                choice.text, question.text
            )
        }
        None => format!("{points}: no single other answer would make it the first"),
    }
}

fn weeks(outcome: &Outcome<'_>, layout: Layout) -> String {
    let Schedule { hours, weeks, spans } = &outcome.schedule;
    let pace = outcome.hours_a_week;
    let whole = format!(
        "The essential topics take about {hours} hours: {weeks} weeks at {pace} hours a week."
    );
    let mut text = layout.paragraph(&whole, 0);
    if outcome.language_factor > 1 {
        let told = format!(
            "A first language takes about {} times the hours of a second one; they are counted in.",
            outcome.language_factor
        );
        text.push_str(&layout.paragraph(&told, 0));
    }
    for span in spans {
        let (from, to) = span.weeks;
        let weeks =
            if from == to { format!("week {from}") } else { format!("weeks {from} to {to}") };
        text.push_str(&layout.item(&style(padded(&weeks, 15)).dim().to_string(), &span.title, 2));
    }
    text
}

fn begin(outcome: &Outcome<'_>, layout: Layout) -> String {
    let mut text = String::new();
    let first = outcome.paths.first();
    if let (Some(first), Some(nearest)) = (first, &outcome.nearest) {
        let told = format!(
            "There is no starter for a first project ({}) in {} yet. Its own way to begin:",
            outcome.project, first.title
        );
        text.push_str(&format!("\n{}", layout.paragraph(&told, 0)));
        if let Some(generator) = &first.generator {
            text.push_str(&format!("  {}\n", style(generator).cyan()));
        }
        text.push_str(
            &layout.paragraph(&format!("The nearest starter, to read and to run: {nearest}"), 0),
        );
    } else {
        let told = format!("Begin with your first project ({}):", outcome.project);
        text.push_str(&format!("\n{}", layout.paragraph(&told, 0)));
    }
    text.push_str(&format!("  {}\n", style(&outcome.command).cyan()));
    if outcome.nearest.is_some() {
        text.push_str(&layout.paragraph("What you build yourself is checked all the same:", 0));
        let line =
            format!("roadmap check --url http://127.0.0.1:8000 --project {}", outcome.project);
        text.push_str(&format!("  {}\n", style(line).cyan()));
    }
    text
}
