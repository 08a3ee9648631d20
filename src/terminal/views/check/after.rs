//! The end of the report of a check: the totals, the topics, and what to do next.

use super::report::{
    CheckOutput, CommandLines, MilestoneChoice, NextMilestone, UncheckedMilestone, look, mark,
};
use crate::contract::run::{MilestoneOutcome, RunReport, Verdict};
use crate::shell::line;
use crate::terminal::Layout;
use crate::terminal::style::{code, style};
use crate::terminal::views::lines::table;

/// How many checks passed, failed and the rest, and how long they took.
pub(super) fn summary(report: &RunReport) -> String {
    let total = report.total();
    let mut parts = vec![format!("{} of {} checks passed", total.passed, total.all())];
    let others = [
        (total.failed, "failed"),
        (total.blocked, "blocked"),
        (total.skipped, "skipped"),
        (total.not_run, "not run"),
    ];
    let others = others.iter().filter(|(count, _)| *count > 0);
    parts.extend(others.map(|(count, word)| format!("{count} {word}")));
    let all = report.milestones.iter().flat_map(|milestone| &milestone.checks);
    // The sum of nothing is a negative zero.
    let seconds: f64 = all.map(|check| check.duration.as_secs_f64()).sum::<f64>() + 0.0;
    let whole = style(format!("{} in {seconds:.1} s", parts.join(", "))).bold();
    let verdict = if total.failed > 0 {
        Verdict::Failed
    } else if total.blocked > 0 || report.ended.is_some() {
        Verdict::Blocked
    } else {
        Verdict::Passed
    };
    format!("{} {whole}", look(verdict).apply_to(mark(verdict)))
}

/// The topics of this run, and what to do next.
pub(super) fn next_steps(
    checked: &CheckOutput<'_>,
    to_fix: Option<&MilestoneOutcome>,
    layout: Layout,
) -> String {
    let mut text = topics(checked, layout);
    let lines = &checked.lines;
    if let Some(to_fix) = to_fix {
        text.push_str(&format!("\n{}", help_lines(checked, to_fix, layout)));
        return text;
    }
    if checked.report.any(Verdict::Blocked) || checked.report.ended.is_some() {
        return text;
    }
    match &checked.next {
        NextMilestone::Milestone { first, other } => {
            let label = if first.given { "Next:" } else { "Next, yours to build:" };
            text.push_str(&choice(label, first, lines, layout));
            if let Some(other) = other {
                text.push_str(&choice("Or:", other, lines, layout));
            }
        }
        NextMilestone::AllPassed { unchecked } => {
            // Behind the sum, where there was a run.
            if !checked.report.milestones.is_empty() {
                text.push('\n');
            }
            text.push_str(&all_passed(&checked.report.project, unchecked, layout));
        }
    }
    text
}

/// A milestone to work on, and the lines that begin it.
fn choice(
    label: &str,
    choice: &MilestoneChoice<'_>,
    lines: &CommandLines,
    layout: Layout,
) -> String {
    let MilestoneChoice { id, title, about, given, hours } = *choice;
    let mut head = format!("{label} {}", code(id).bold());
    // A title that says no more than the id is left out.
    if !title.eq_ignore_ascii_case(id) {
        head.push_str(&format!("  {}", style(title).bold()));
    }
    if let Some(hours) = hours.filter(|_| !given) {
        head.push_str(&format!(", about {hours} h"));
    }
    let check = (format!("{} {id}", lines.check), "what your server does of it");
    let all = match given || lines.is_own_contract {
        true => vec![check],
        false => vec![hint(id, lines), check],
    };
    let (head, about) = (layout.hanging(&head, 2), layout.paragraph(about, 2));
    format!("\n{head}{about}{}", table(&all, layout))
}

/// What of the learner's passed for the first time.
fn built(checked: &CheckOutput<'_>, layout: Layout) -> String {
    let title = |id: &String| {
        let outcome = checked.report.milestones.iter().find(|milestone| milestone.id == *id);
        let title = outcome.map_or("", |milestone| milestone.title.as_str());
        match title.eq_ignore_ascii_case(id) {
            true => code(id).bold().to_string(),
            false => format!("{}  {title}", code(id).bold()),
        }
    };
    let each = |id: &String| layout.hanging(&format!("Built: {}", title(id)), 2);
    checked.built.iter().map(each).collect()
}

/// The lines that commit what was built, unless something else fails now.
fn commit(checked: &CheckOutput<'_>, layout: Layout) -> String {
    let message = match checked.built {
        [] => return String::new(),
        _ if !checked.is_in_git || checked.report.any(Verdict::Failed) => return String::new(),
        [id] => format!("Build {id}"),
        [first, second] => format!("Build {first} and {second}"),
        [first, rest @ ..] => format!("Build {first} and {} more", rest.len()),
    };
    let commit = line(["git", "commit", "-m", &message]);
    table(&[("git add --all".to_owned(), "everything that belongs to it"), (commit, "")], layout)
}

fn topics(checked: &CheckOutput<'_>, layout: Layout) -> String {
    let mut text = built(checked, layout);
    if !text.is_empty() {
        text.insert(0, '\n');
    }
    if !checked.marked.is_empty() {
        let marked = format!("Topics now done: {}", checked.marked.join(", "));
        text.push_str(&layout.hanging(&style(marked).dim().to_string(), 2));
    }
    text.push_str(&commit(checked, layout));
    let failed = checked.report.any(Verdict::Failed);
    if let Some(first) = checked.met.first().filter(|_| !failed) {
        let met = format!("Met in your server, worth reading: {}", checked.met.join(", "));
        text.push_str(&format!("\n{}", layout.hanging(&style(met).dim().to_string(), 2)));
        let done = (format!("roadmap done {first}"), "when you know one");
        text.push_str(&table(&[done], layout));
    }
    text
}

/// The lines that help with the milestone to begin with.
fn help_lines(checked: &CheckOutput<'_>, to_fix: &MilestoneOutcome, layout: Layout) -> String {
    let lines = &checked.lines;
    let mut all = Vec::new();
    if let Some(needed) = checked.needed {
        all.push((format!("{} {}", lines.check, needed.id), "first: the others build on it"));
    }
    if !to_fix.given && !lines.is_own_contract {
        all.push((hint(&to_fix.id, lines).0, "a nudge, and more at each call"));
    }
    if !lines.is_own_contract {
        let spec = format!("roadmap spec {}/{}", checked.report.project, to_fix.id);
        all.push((spec, "what is asked, in full"));
    }
    let failed =
        checked.report.milestones.iter().filter(|milestone| milestone.verdict() == Verdict::Failed);
    if !checked.verbose && failed.count() > 1 {
        all.push((format!("{} --verbose", lines.check), "every failure in full"));
    }
    let failures = to_fix.checks.iter().filter_map(|check| check.failure.as_ref());
    let needs_data = failures.into_iter().any(|failure| !failure.before.is_empty());
    match &lines.start {
        // A server that is started by hand has none of what the checks had sent before.
        Some(_) if needs_data => {
            let line = format!("{} {} --watch", lines.check, to_fix.id);
            all.push((line, "keeps the server and its data, for the lines to try"));
        }
        Some(start) => all.push((start.clone(), "starts your server, for the lines to try")),
        None => {}
    }
    table(&all, layout)
}

fn hint(id: &str, lines: &CommandLines) -> (String, &'static str) {
    (format!("roadmap hint {id}{}", lines.project), "what is asked, and a nudge")
}

/// Nothing is left to check.
fn all_passed(project: &str, unchecked: &[UncheckedMilestone<'_>], layout: Layout) -> String {
    let head = format!("All that can be checked of {project} has passed.");
    let mut text = layout.hanging(&style(head).bold().to_string(), 2);
    let mut lines = Vec::new();
    if let Some(first) = unchecked.first() {
        let ids: Vec<&str> = unchecked.iter().map(|milestone| milestone.id).collect();
        let yours = format!("Yours to build, without checks yet: {}", ids.join(", "));
        text.push_str(&layout.hanging(&yours, 2));
        lines.push((format!("roadmap show {}", first.stage), "the stage that explains the first"));
    }
    lines.push(("roadmap next".to_owned(), "what to learn now"));
    text.push_str(&table(&lines, layout));
    text
}
