//! What came of a check: a line for each milestone, and in full the one to begin with.

use super::after::{next_steps, summary};
use super::failure::details;
use crate::contract::run::{MilestoneOutcome, RunReport, Verdict};
use crate::terminal::Layout;
use crate::terminal::layout::padded;
use crate::terminal::style::{Style, code, style};
use console::{measure_text_width, truncate_str};

/// What stands before the reason of a check that was not run.
const NOT_RUN: &str = "not run: ";

/// A run, and what follows from it.
#[derive(Debug, Clone)]
pub struct CheckOutput<'a> {
    pub report: &'a RunReport,
    /// Milestones that passed here before and fail now, by id.
    pub regressions: &'a [String],
    pub next: NextMilestone<'a>,
    /// A milestone of the learner on which the one to fix builds, and which has not passed here.
    pub needed: Option<MilestoneChoice<'a>>,
    /// Milestones of the learner that passed for the first time.
    pub built: &'a [String],
    /// The work of the learner can be committed here.
    pub is_in_git: bool,
    /// Topics that were marked as done by this run.
    pub marked: &'a [String],
    /// Topics of given milestones that passed for the first time, and that are not done.
    pub met: &'a [String],
    /// Every failure in full, not that of the first milestone alone.
    pub verbose: bool,
    pub lines: CommandLines,
}

/// What to do once nothing fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NextMilestone<'a> {
    /// The next milestone, and where it is the learner's another one to choose.
    Milestone { first: MilestoneChoice<'a>, other: Option<MilestoneChoice<'a>> },
    /// All that can be checked has passed; these milestones have no checks yet.
    AllPassed { unchecked: Vec<UncheckedMilestone<'a>> },
}

/// A milestone to work on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MilestoneChoice<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub about: &'a str,
    pub given: bool,
    /// How long it takes, about.
    pub hours: Option<u16>,
}

/// A milestone without checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UncheckedMilestone<'a> {
    pub id: &'a str,
    /// The stage that explains it.
    pub stage: &'a str,
}

/// What the lines to paste have in common.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CommandLines {
    /// Checks this server: `roadmap check --url http://127.0.0.1:8000 --project blog`.
    pub check: String,
    /// Behind a milestone, where the project has to be named: ` --project blog`.
    pub project: String,
    /// Starts a server like the one that was checked and has ended.
    pub start: Option<String>,
    /// The contract is a file that `hint` and `spec` know nothing of.
    pub is_own_contract: bool,
}

/// The milestone to begin with: one that passed before, else the first that failed.
#[must_use]
pub fn milestone_to_fix<'a>(
    report: &'a RunReport,
    regressions: &[String],
) -> Option<&'a MilestoneOutcome> {
    let failed =
        || report.milestones.iter().filter(|milestone| milestone.verdict() == Verdict::Failed);
    failed().find(|milestone| regressions.contains(&milestone.id)).or_else(|| failed().next())
}

/// Everything: milestones, failures, the sum, the next step.
#[must_use]
pub fn text(checked: &CheckOutput<'_>, layout: Layout) -> String {
    let report = checked.report;
    let columns = Columns::from_report(report, layout);
    let to_fix = milestone_to_fix(report, checked.regressions);
    let mut reasons = Vec::new();
    let mut text = String::new();
    for milestone in &report.milestones {
        text.push_str(&columns.line(milestone));
        if checked.regressions.contains(&milestone.id) {
            let label = style("regression:").red().bold();
            text.push_str(&layout.paragraph(&format!("{label} it has passed here before"), 2));
        }
        let whole = checked.verbose || to_fix == Some(milestone);
        text.push_str(&checks(milestone, report.ended.as_deref(), whole, &mut reasons, layout));
    }
    if let Some(ended) = &report.ended {
        let label = style("ended:").yellow().bold();
        text.push_str(&format!("\n{}", layout.hanging(&format!("{label} {ended}"), 2)));
    }
    if !report.milestones.is_empty() {
        text.push_str(&format!("\n{}", layout.hanging(&summary(report), 2)));
    }
    text.push_str(&next_steps(checked, to_fix, layout));
    text
}

/// How wide the columns of the milestones are.
struct Columns {
    id: usize,
    /// Nothing where there is no room for titles.
    title: Option<usize>,
}

impl Columns {
    fn from_report(report: &RunReport, layout: Layout) -> Self {
        let widest = |text: &dyn Fn(&MilestoneOutcome) -> usize| {
            report.milestones.iter().map(text).max().unwrap_or(0)
        };
        let id = widest(&|milestone| measure_text_width(&milestone.id));
        let title = widest(&|milestone| measure_text_width(&milestone.title));
        let count = widest(&|milestone| measure_text_width(&count(milestone)));
        let room = layout.width.saturating_sub(2 + id + 2 + 2 + count);
        Self { id, title: (room >= 16).then(|| title.min(room)) }
    }

    fn line(&self, milestone: &MilestoneOutcome) -> String {
        let verdict = milestone.verdict();
        let mark = look(verdict).apply_to(mark(verdict));
        let id = code(padded(&milestone.id, self.id));
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
    let count = |verdict| milestone.checks.iter().filter(|check| check.verdict == verdict).count();
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
        Verdict::NotRun if count(Verdict::NotRun) < all => {
            format!("{} of {all} not run", count(Verdict::NotRun))
        }
        Verdict::NotRun => "not run".to_owned(),
    }
}

/// The lines of a milestone's checks: its failures if `whole`, and why checks were blocked, skipped or
/// not run. Each reason is printed once, and the reason why the whole run `ended` at the end. A milestone
/// that has one line gets only the reason why nothing of it ran.
fn checks(
    milestone: &MilestoneOutcome,
    ended: Option<&str>,
    whole: bool,
    lines: &mut Vec<String>,
    layout: Layout,
) -> String {
    let mut text = String::new();
    let mut reasons: Vec<(String, Vec<&str>)> = Vec::new();
    for check in &milestone.checks {
        match (check.verdict, &check.failure) {
            (Verdict::Failed | Verdict::Blocked, Some(failure)) if whole => {
                let mark = look(check.verdict).apply_to(mark(check.verdict)).to_string();
                let head = format!("{}: {}", code(&check.id), check.title);
                text.push_str(&layout.item(&mark, &head, 2));
                text.push_str(&details(failure, layout));
            }
            (Verdict::Blocked | Verdict::Skipped | Verdict::NotRun, _)
                if check.reason.as_deref() != ended =>
            {
                let reason = check.reason.as_deref().unwrap_or("It could not be checked.");
                let reason = match check.verdict {
                    Verdict::NotRun => format!("{NOT_RUN}{reason}"),
                    _ => reason.to_owned(),
                };
                match reasons.iter_mut().find(|(known, _)| *known == reason) {
                    Some((_, ids)) => ids.push(&check.id),
                    None => reasons.push((reason, vec![&check.id])),
                }
            }
            _ => {}
        }
    }
    let nothing_ran = milestone.verdict() == Verdict::NotRun;
    for (reason, ids) in reasons {
        let not_run = reason.starts_with(NOT_RUN);
        if !whole && (lines.contains(&reason) || (not_run && !nothing_ran)) {
            continue;
        }
        let line = match ids.len() == milestone.checks.len() {
            true => reason.clone(),
            false => format!("{}: {reason}", ids.join(", ")),
        };
        let line = style(line).dim().to_string();
        text.push_str(&layout.item(&style("-").dim().to_string(), &line, 2));
        lines.push(reason);
    }
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
#[path = "report_tests.rs"]
mod tests;
