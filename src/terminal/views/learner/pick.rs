//! The paths that fit, with the reason for every point.

use crate::quiz::{Pace, RecommendedPath, RunnerUp, Schedule, StageWeeks};
use crate::terminal::Layout;
use crate::terminal::layout::padded;
use crate::terminal::style::style;
use crate::terminal::views::lines::command;

/// A path with what is known of its starter.
#[derive(Debug, Clone)]
pub struct Recommended<'a> {
    pub path: &'a RecommendedPath,
    /// `axum (Rust)`.
    pub title: String,
    pub starter: bool,
    /// The framework's own way to begin.
    pub generator: Option<String>,
}

/// What follows from the saved path.
#[derive(Debug, Clone)]
pub struct PickOutput {
    pub language: String,
    pub framework: String,
    /// `axum (Rust)`.
    pub title: String,
    pub project: String,
    pub pace: Pace,
    pub schedule: Schedule,
    /// Topics that are known by the answers and not marked as done.
    pub known: Vec<String>,
    /// The framework's own way to begin.
    pub generator: Option<String>,
    /// The line that begins.
    pub command: String,
    /// What the command makes, where that is not the path's own starter.
    pub nearest: Option<String>,
    /// Whether the path was saved.
    pub saved: bool,
    /// A line that keeps another of the paths, where nobody was asked.
    pub instead: Option<String>,
}

/// The paths with their reasons, best first.
#[must_use]
pub fn paths(
    paths: &[Recommended<'_>],
    runner_up: Option<&RunnerUp<'_>>,
    layout: Layout,
) -> String {
    let mut text = String::new();
    for (index, recommended) in paths.iter().enumerate() {
        text.push_str(&path(index, recommended, layout));
        if let (1, Some(second)) = (index, runner_up) {
            let equal = if recommended.starter == paths[0].starter {
                "As many points, but the order for equal scores puts it second"
            } else {
                "As many points, but it has no starter yet"
            };
            text.push_str(&layout.paragraph(&behind(second, equal), 3));
        }
        text.push('\n');
    }
    text
}

/// The weeks of the saved path, its name, and how to begin.
#[must_use]
pub fn begin(outcome: &PickOutput, layout: Layout) -> String {
    let mut text = weeks(outcome, layout);
    let title = style(&outcome.title).bold().green();
    let start = if outcome.saved { "Your path is now" } else { "The best path for you:" };
    let end = if outcome.saved { "." } else { "" };
    text.push_str(&format!("\n{}", layout.paragraph(&format!("{start} {title}{end}"), 0)));
    text.push_str(&first_project(outcome, layout));
    if let Some(line) = &outcome.instead {
        text.push_str(&layout.paragraph("To keep the second path instead:", 0));
        text.push_str(&format!("  {}\n", command(line)));
    }
    if !outcome.known.is_empty() {
        text.push_str(&layout.paragraph("You know some of it already. Mark it as done:", 0));
        let line = format!("roadmap done {}", outcome.known.join(" "));
        text.push_str(&format!("  {}\n", command(&line)));
    }
    text
}

fn path(index: usize, recommended: &Recommended<'_>, layout: Layout) -> String {
    let title = if index == 0 {
        style(&recommended.title).bold().green()
    } else {
        style(&recommended.title).bold()
    };
    let points = match recommended.path.score {
        1 => "1 point".to_owned(),
        score => format!("{score} points"),
    };
    let head = format!("{}. {title}, {}", index + 1, points);
    let mut text = layout.hanging(&head, 3);
    for reason in &recommended.path.reasons {
        let mark = style(format!("{:+}", reason.points));
        let mark = if reason.points < 0 { mark.yellow() } else { mark.green() }.to_string();
        text.push_str(&layout.item(&mark, &reason.because, 3));
    }
    if recommended.path.reasons.is_empty() {
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

fn weeks(outcome: &PickOutput, layout: Layout) -> String {
    let Schedule { hours, weeks, stages } = &outcome.schedule;
    if stages.is_empty() {
        return layout.paragraph("Every essential topic of this path is done or known.", 0);
    }
    let count = if *weeks == 1 { "1 week".to_owned() } else { format!("{weeks} weeks") };
    let whole = format!(
        "The essential topics ahead of you take about {hours} hours: {count} at {} hours a week.",
        outcome.pace.hours_a_week
    );
    let mut text = layout.paragraph(&whole, 0);
    if outcome.pace.language_factor > 1 {
        let duration = format!(
            "A first language takes about {} times the hours of a second one; they are counted in.",
            outcome.pace.language_factor
        );
        text.push_str(&layout.paragraph(&duration, 0));
    }
    let labels: Vec<String> = stages.iter().map(weeks_label).collect();
    let width = labels.iter().map(String::len).max().unwrap_or(0);
    for (stage, label) in stages.iter().zip(labels) {
        text.push_str(&layout.item(&padded(&label, width + 1), &stage.title, 2));
    }
    text
}

fn weeks_label(stage: &StageWeeks) -> String {
    let StageWeeks { first_week, last_week, .. } = stage;
    match first_week == last_week {
        true => format!("week {first_week}"),
        false => format!("weeks {first_week} to {last_week}"),
    }
}

fn first_project(outcome: &PickOutput, layout: Layout) -> String {
    let PickOutput { project, title, nearest, .. } = outcome;
    let mut text = String::new();
    let Some(nearest) = nearest else {
        if !project.is_empty() {
            let begin = format!("Begin with your first project ({project}):");
            text.push_str(&layout.paragraph(&begin, 0));
        }
        text.push_str(&format!("  {}\n", command(&outcome.command)));
        return text;
    };
    let none = format!(
        "There is no starter for a first project ({project}) in {title} yet. Its own way to begin:"
    );
    text.push_str(&layout.paragraph(&none, 0));
    if let Some(generator) = &outcome.generator {
        text.push_str(&format!("  {}\n", command(generator)));
    }
    let near = format!("The nearest starter, to read and to run: {nearest}");
    text.push_str(&layout.paragraph(&near, 0));
    text.push_str(&format!("  {}\n", command(&outcome.command)));
    let checked = format!(
        "What you build yourself is checked all the same. In its folder, `roadmap adopt {project} \
         --run` with the line that starts it makes `roadmap check` work; or, while it runs:"
    );
    text.push_str(&layout.paragraph(&checked, 0));
    let line = format!("roadmap check --url http://127.0.0.1:8000 --project {project}");
    text.push_str(&format!("  {}\n", command(&line)));
    text
}
