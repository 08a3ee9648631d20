//! What came of a check: a line for each milestone, and all that a failure needs to be mended.

use super::check_failure::Told;
use super::lines::table;
use crate::contract::run::{MilestoneOutcome, Report, Verdict};
use crate::terminal::Layout;
use crate::terminal::layout::padded;
use console::{Style, measure_text_width, style, truncate_str};

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
    let columns = Columns::of(report, layout);
    let mut text = String::new();
    let mut told = Told::default();
    for milestone in &report.milestones {
        text.push_str(&columns.line(milestone));
        if checked.regressions.contains(&milestone.id) {
            let label = style("regression:").red().bold();
            text.push_str(&layout.paragraph(&format!("{label} it has passed here before"), 2));
        }
        text.push_str(&checks(milestone, report.ended.as_deref(), &mut told, layout));
    }
    if let Some(ended) = &report.ended {
        let label = style("ended:").yellow().bold();
        text.push_str(&format!("\n{}", layout.hanging(&format!("{label} {ended}"), 2)));
    }
    text.push_str(&format!("\n{}", layout.hanging(&sum(report), 2)));
    if !checked.marked.is_empty() {
        let marked = format!("Topics now done: {}", checked.marked.join(", "));
        text.push_str(&layout.hanging(&style(marked).dim().to_string(), 2));
    }
    // What fails comes first; the next milestone is no news while it is the one that fails.
    let red = report.milestones.iter().filter(|one| one.verdict() == Verdict::Failed);
    let red: Vec<&str> = red.map(|one| one.id.as_str()).collect();
    if let Some(next) = checked.next.filter(|next| red.is_empty() || red == [next.id]) {
        text.push_str(&follows(next, !red.is_empty(), layout));
    }
    text
}

/// How wide the columns of the milestones are.
struct Columns {
    id: usize,
    /// Nothing where there is no room for titles.
    title: Option<usize>,
}

impl Columns {
    fn of(report: &Report, layout: Layout) -> Self {
        let widest = |text: &dyn Fn(&MilestoneOutcome) -> usize| {
            report.milestones.iter().map(text).max().unwrap_or(0)
        };
        let id = widest(&|one| measure_text_width(&one.id));
        let title = widest(&|one| measure_text_width(&one.title));
        let count = widest(&|one| measure_text_width(&count(one)));
        let room = layout.width.saturating_sub(2 + id + 2 + 2 + count);
        Self { id, title: (room >= 16).then(|| title.min(room)) }
    }

    fn line(&self, milestone: &MilestoneOutcome) -> String {
        let verdict = milestone.verdict();
        let mark = look(verdict).apply_to(mark(verdict));
        let id = style(padded(&milestone.id, self.id)).bold();
        let title = self.title.map_or_else(String::new, |width| {
            format!("{}  ", padded(&truncate_str(&milestone.title, width, "…"), width))
        });
        let quiet = matches!(verdict, Verdict::Passed | Verdict::Skipped | Verdict::NotRun);
        let count = if quiet { style(count(milestone)).dim() } else { style(count(milestone)) };
        format!("{mark} {id}  {title}{count}\n")
    }
}

/// What came of a milestone's checks, in a word or two.
fn count(milestone: &MilestoneOutcome) -> String {
    let count = |verdict| milestone.checks.iter().filter(|one| one.verdict == verdict).count();
    let all = milestone.checks.len();
    match milestone.verdict() {
        Verdict::Passed if milestone.already => "comes with the framework".to_owned(),
        Verdict::Passed if count(Verdict::Skipped) > 0 => {
            format!("{} passed, {} skipped", count(Verdict::Passed), count(Verdict::Skipped))
        }
        Verdict::Passed => format!("{all} passed"),
        Verdict::Failed => format!("{} of {all} failed", count(Verdict::Failed)),
        Verdict::Blocked => format!("{} of {all} blocked", count(Verdict::Blocked)),
        Verdict::Skipped => "skipped".to_owned(),
        Verdict::NotRun => "not run".to_owned(),
    }
}

/// What is to be told of a milestone's checks: failures, what was blocked, and what was skipped. Why
/// the whole run ended is told at its end.
fn checks(
    milestone: &MilestoneOutcome,
    ended: Option<&str>,
    told: &mut Told,
    layout: Layout,
) -> String {
    let mut text = String::new();
    let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
    for check in &milestone.checks {
        match (check.verdict, &check.failure) {
            (Verdict::Failed | Verdict::Blocked, Some(failure)) => {
                text.push_str(&told.one(check, failure, layout));
            }
            (Verdict::Blocked | Verdict::Skipped, _) if check.reason.as_deref() != ended => {
                let reason = check.reason.as_deref().unwrap_or("It could not be checked.");
                match reasons.iter_mut().find(|(known, _)| *known == reason) {
                    Some((_, ids)) => ids.push(&check.id),
                    None => reasons.push((reason, vec![&check.id])),
                }
            }
            _ => {}
        }
    }
    // Why is said once, for all to which it applies.
    for (reason, ids) in reasons {
        let ids = style(format!("{}: {reason}", ids.join(", "))).dim().to_string();
        text.push_str(&layout.item(&style("-").dim().to_string(), &ids, 2));
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
    // The sum of nothing is a negative zero.
    let took: f64 = all().map(|one| one.took.as_secs_f64()).sum::<f64>() + 0.0;
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

/// The next milestone, and the lines that help with it; with `again` it is the one that fails.
fn follows(next: Next<'_>, again: bool, layout: Layout) -> String {
    let hint = (format!("roadmap hint {}", next.id), "what is asked, and a nudge");
    if again && next.given {
        return String::new();
    }
    if again {
        return format!("\n{}", table(&[hint], layout));
    }
    let label = if next.given { "Next:" } else { "Next, yours to build:" };
    let head = format!("{label} {}  {}", style(next.id).cyan().bold(), style(next.title).bold());
    let mut text = format!("\n{}", layout.hanging(&head, 2));
    text.push_str(&layout.paragraph(next.about, 2));
    let check = (format!("roadmap check {}", next.id), "what your server does of it");
    let lines = if next.given { vec![check] } else { vec![hint, check] };
    text.push_str(&table(&lines, layout));
    text
}

pub(super) fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Passed => "✓",
        Verdict::Failed => "✗",
        Verdict::Blocked => "!",
        Verdict::Skipped | Verdict::NotRun => "-",
    }
}

pub(super) fn look(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Passed => Style::new().green(),
        Verdict::Failed => Style::new().red().bold(),
        Verdict::Blocked => Style::new().yellow().bold(),
        Verdict::Skipped | Verdict::NotRun => Style::new().dim(),
    }
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
