//! What came of a check: a line for each milestone, and all that a failure needs to be mended.

use super::lines::table;
use crate::contract::outcome::{
    CheckOutcome, Difference, Failure, MilestoneOutcome, Report, Verdict,
};
use crate::terminal::Layout;
use crate::terminal::layout::padded;
use console::{Style, measure_text_width, style};

/// The widest column of expected values beside those that came.
const SIDE: usize = 34;

/// A run, and what follows from it.
#[derive(Debug, Clone, Copy)]
pub struct Checked<'a> {
    pub report: &'a Report,
    /// Milestones that passed here before and fail now, by id.
    pub regressions: &'a [String],
    /// The next milestone: its id, title and sentence.
    pub next: Option<Next<'a>>,
    /// Topics that were marked as done by this run.
    pub marked: &'a [String],
}

/// The next milestone.
#[derive(Debug, Clone, Copy)]
pub struct Next<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub about: &'a str,
    /// Whether it was part of this run.
    pub given: bool,
}

/// Everything: milestones, failures, the sum, the next step.
#[must_use]
pub fn text(checked: &Checked<'_>, layout: Layout) -> String {
    let report = checked.report;
    let width = report.milestones.iter().map(|one| one.id.len()).max().unwrap_or(0);
    let mut text = String::new();
    let mut told = Vec::new();
    for milestone in &report.milestones {
        text.push_str(&line(milestone, width, layout));
        if checked.regressions.contains(&milestone.id) {
            let label = style("regression:").red().bold();
            text.push_str(&layout.paragraph(&format!("{label} it has passed here before"), 2));
        }
        for check in &milestone.checks {
            text.push_str(&one(check, &mut told, layout));
        }
    }
    if let Some(ended) = &report.ended {
        text.push_str(&format!(
            "\n{}",
            layout.hanging(&format!("{} {ended}", style("ended:").yellow().bold()), 2)
        ));
    }
    text.push_str(&format!("\n{}\n", sum(report)));
    if !checked.marked.is_empty() {
        let marked = format!("Topics now done: {}", checked.marked.join(", "));
        text.push_str(&layout.hanging(&style(marked).dim().to_string(), 2));
    }
    if let Some(next) = checked.next {
        text.push_str(&follows(next, layout));
    }
    text
}

fn line(milestone: &MilestoneOutcome, width: usize, layout: Layout) -> String {
    let verdict = milestone.verdict();
    let mark = look(verdict).apply_to(mark(verdict));
    let head =
        format!("{mark} {}  {}", style(padded(&milestone.id, width)).bold(), milestone.title);
    let count = |verdict| milestone.checks.iter().filter(|one| one.verdict == verdict).count();
    let all = milestone.checks.len();
    let words = match verdict {
        Verdict::Passed if milestone.already => "the framework brings it".to_owned(),
        Verdict::Passed if count(Verdict::Skipped) > 0 => {
            format!("{} passed, {} skipped", count(Verdict::Passed), count(Verdict::Skipped))
        }
        Verdict::Passed => format!("{all} passed"),
        Verdict::Failed => format!("{} of {all} failed", count(Verdict::Failed)),
        Verdict::Blocked => format!("{} of {all} blocked", count(Verdict::Blocked)),
        Verdict::Skipped => "skipped".to_owned(),
        Verdict::NotRun => "not run".to_owned(),
    };
    let words = style(words).dim();
    let room = layout.width.saturating_sub(measure_text_width(&head) + 2);
    if room >= measure_text_width(&words.to_string()) {
        format!("{head}  {words}\n")
    } else {
        format!(
            "{}{}",
            layout.hanging(&head, 2),
            layout.paragraph(&words.to_string(), width.min(6) + 4)
        )
    }
}

fn one(check: &CheckOutcome, told: &mut Vec<(Failure, String)>, layout: Layout) -> String {
    let verdict = check.verdict;
    if verdict == Verdict::Passed || (verdict == Verdict::NotRun && check.failure.is_none()) {
        return String::new();
    }
    let mark = look(verdict).apply_to(mark(verdict));
    let mut text = if verdict == Verdict::Skipped {
        let reason = check.reason.as_deref().unwrap_or("skipped");
        return layout.item(
            &mark.to_string(),
            &style(format!("{}: {reason}", check.id)).dim().to_string(),
            2,
        );
    } else {
        layout.item(&mark.to_string(), &format!("{}: {}", style(&check.id).bold(), check.title), 2)
    };
    if let Some(failure) = &check.failure {
        let same = |(known, _): &&(Failure, String)| {
            known.step == failure.step && known.differences == failure.differences
        };
        match told.iter().find(same) {
            Some((_, id)) => {
                text.push_str(
                    &layout.paragraph(&style(format!("as in {id} above")).dim().to_string(), 6),
                );
            }
            None => {
                text.push_str(&details(failure, layout));
                told.push((failure.clone(), check.id.clone()));
            }
        }
    } else if let Some(reason) = &check.reason {
        text.push_str(&layout.paragraph(reason, 6));
    }
    text
}

fn details(failure: &Failure, layout: Layout) -> String {
    let mut text = format!("      {}\n", style(printable(&failure.step)).cyan());
    text.push_str(&differences(&failure.differences, layout));
    if let Some(why) = &failure.why {
        text.push_str(&layout.paragraph(&format!("{} {why}", style("why:").dim()), 6));
    }
    if let Some(answer) = &failure.answer {
        text.push_str(&format!("      {}\n", style("the answer:").dim()));
        for line in answer.lines().take(16) {
            text.push_str(&format!("        {}\n", style(printable(line)).dim()));
        }
    }
    if !failure.log.is_empty() {
        text.push_str(&format!("      {}\n", style("the server's last lines:").dim()));
        let skipped = failure.log.len().saturating_sub(8);
        for line in &failure.log[skipped..] {
            text.push_str(&format!("        {}\n", style(printable(line)).dim()));
        }
    }
    if let Some(curl) = &failure.curl {
        text.push_str(&format!("      {}\n", style("try it:").dim()));
        text.push_str(&format!("        {}\n", printable(curl)));
    }
    text
}

/// Expected and come side by side where there is room, else one above the other.
fn differences(all: &[Difference], layout: Layout) -> String {
    let place = |one: &Difference| measure_text_width(&one.place);
    let places = all.iter().map(place).max().unwrap_or(0);
    let fits = |one: &Difference| {
        measure_text_width(&one.expected) <= SIDE && measure_text_width(&one.actual) <= SIDE
    };
    let side = all.iter().map(|one| measure_text_width(&one.expected)).max().unwrap_or(0).max(8);
    let room = layout.width.saturating_sub(6 + places + 2 + side + 2 + SIDE.min(20));
    let mut text = String::new();
    if all.iter().all(fits) && room > 0 {
        let head = format!("{}  {}  came", padded("", places), padded("expected", side));
        text.push_str(&format!("      {}\n", style(head).dim()));
        for one in all {
            let expected = style(padded(&printable(&one.expected), side)).green();
            let actual = style(printable(&one.actual)).red();
            text.push_str(&format!("      {}  {expected}  {actual}\n", padded(&one.place, places)));
        }
        return text;
    }
    for one in all {
        text.push_str(&format!("      {}\n", style(&one.place).bold()));
        let expected = style(printable(&one.expected)).green().to_string();
        text.push_str(&layout.item("expected", &expected, 8));
        let actual = style(printable(&one.actual)).red().to_string();
        text.push_str(&layout.item("came    ", &actual, 8));
    }
    text
}

fn sum(report: &Report) -> String {
    let all = || report.milestones.iter().flat_map(|one| &one.checks);
    let count = |verdict| all().filter(|one| one.verdict == verdict).count();
    let mut parts = vec![format!("{} of {} checks passed", count(Verdict::Passed), all().count())];
    let others = [
        (Verdict::Failed, "failed"),
        (Verdict::Blocked, "blocked"),
        (Verdict::Skipped, "skipped"),
        (Verdict::NotRun, "not run"),
    ];
    for (verdict, word) in others {
        if count(verdict) > 0 {
            parts.push(format!("{} {word}", count(verdict)));
        }
    }
    let took: f64 = all().map(|one| one.took.as_secs_f64()).sum();
    let whole = style(format!("{} in {took:.1} s", parts.join(", "))).bold();
    let verdict = if report.any(Verdict::Failed) {
        Verdict::Failed
    } else if report.any(Verdict::Blocked) || report.ended.is_some() {
        Verdict::Blocked
    } else {
        Verdict::Passed
    };
    format!("{} {whole}", look(verdict).apply_to(mark(verdict)))
}

fn follows(next: Next<'_>, layout: Layout) -> String {
    let head = format!("\nNext: {}  {}", style(next.id).cyan(), style(next.title).bold());
    let mut text = layout.hanging(&head, 6);
    text.push_str(&layout.paragraph(next.about, 2));
    let mut lines = vec![(format!("roadmap check {}", next.id), "check it")];
    if !next.given {
        lines.insert(0, (format!("roadmap hint {}", next.id), "what is asked, and a nudge"));
    }
    text.push_str(&table(&lines, layout));
    text
}

fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Passed => "✓",
        Verdict::Failed => "✗",
        Verdict::Blocked => "!",
        Verdict::Skipped | Verdict::NotRun => "-",
    }
}

fn look(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Passed => Style::new().green(),
        Verdict::Failed => Style::new().red().bold(),
        Verdict::Blocked => Style::new().yellow().bold(),
        Verdict::Skipped | Verdict::NotRun => Style::new().dim(),
    }
}

/// Keeps what a server sent from acting on the terminal.
fn printable(text: &str) -> String {
    let keep = |c: char| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c };
    text.chars().map(keep).collect()
}
