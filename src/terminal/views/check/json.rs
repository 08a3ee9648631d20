//! What came of a check, as JSON and as JUnit's XML.

use super::report::{CheckOutput, NextMilestone, milestone_to_fix};
use crate::contract::run::{CheckOutcome, Failure, Verdict};
use crate::contract::value::Difference;
use crate::error::Error;
use serde_json::{Value, json};

/// `{"project","milestones":[{"id","title","stage","given","result","checks":[...]}],"totals","begin","next","choices","built",...}`.
#[must_use]
pub fn to_json(checked: &CheckOutput<'_>) -> Value {
    let milestones = checked.report.milestones.iter().map(|milestone| {
        json!({
            "id": milestone.id,
            "title": milestone.title,
            "stage": milestone.stage,
            "given": milestone.given,
            "already": milestone.already,
            "result": milestone.verdict(),
            "checks": milestone.checks.iter().map(check).collect::<Vec<_>>(),
        })
    });
    let total = checked.report.total();
    let next = match &checked.next {
        NextMilestone::Milestone { first, .. } => Some(first.id),
        NextMilestone::AllPassed { .. } => None,
    };
    let choices: Vec<&str> = match &checked.next {
        NextMilestone::Milestone { first, other } => {
            [Some(first), other.as_ref()].into_iter().flatten().map(|choice| choice.id).collect()
        }
        NextMilestone::AllPassed { .. } => Vec::new(),
    };
    json!({
        "project": checked.report.project,
        "milestones": milestones.collect::<Vec<_>>(),
        "totals": {
            "checks": total.all(),
            "passed": total.passed,
            "failed": total.failed,
            "blocked": total.blocked,
            "skipped": total.skipped,
            "not_run": total.not_run,
        },
        "begin": milestone_to_fix(checked.report, checked.regressions).map(|milestone| &milestone.id),
        "next": next,
        "choices": choices,
        "built": checked.built,
        "regressions": checked.regressions,
        "marked": checked.marked,
        "met": checked.met,
        "ended": checked.report.ended,
    })
}

fn check(outcome: &CheckOutcome) -> Value {
    let failure = outcome.failure.as_ref();
    json!({
        "id": outcome.id,
        "title": outcome.title,
        "result": outcome.verdict,
        "expected": failure.map(|failure| difference_lines(failure, |outcome| &outcome.expected)),
        "actual": failure.map(|failure| difference_lines(failure, |outcome| &outcome.actual)),
        "curl": failure.and_then(|failure| failure.curl.as_ref()),
        "before": failure.map(|failure| &failure.before),
        "environment": failure.map(|failure| &failure.environment),
        "step": failure.map(|failure| &failure.step),
        "why": failure.and_then(|failure| failure.why.as_ref()),
        "wish": failure.and_then(|failure| failure.expected_response.as_ref()),
        "conversation": failure.map(|failure| &failure.transcript),
        "response": failure.and_then(|failure| failure.response.as_ref()),
        "log": failure.map(|failure| &failure.log),
        "reason": outcome.reason,
        "seconds": outcome.duration.as_secs_f64(),
    })
}

/// A line for each difference: where, and what.
fn difference_lines(failure: &Failure, side: impl Fn(&Difference) -> &String) -> String {
    let line = |difference: &Difference| format!("{}: {}", difference.place, side(difference));
    failure.differences.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The output if no run was possible: `{"project","error":{"kind","message","hints":[]},"milestones":[]}`.
#[must_use]
pub fn error_to_json(project: Option<&str>, error: &Error) -> Value {
    let hints = error.hints.iter().map(|hint| match &hint.line {
        Some(line) => format!("{} {line}", hint.text),
        None => hint.text.clone(),
    });
    json!({
        "project": project,
        "error": {
            "kind": error.kind.as_str(),
            "message": error.message,
            "causes": error.causes,
            "hints": hints.collect::<Vec<_>>(),
        },
        "milestones": [],
    })
}

/// The same as JUnit's XML: one case that ended by an error.
#[must_use]
pub fn junit_error(project: Option<&str>, error: &Error) -> String {
    let project = escaped(project.unwrap_or("roadmap"));
    let (kind, message) = (error.kind.as_str(), escaped(&error.message));
    let causes = escaped(&error.causes.join("\n"));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <testsuites name=\"{project}\">\n  \
         <testsuite name=\"check\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\" time=\"0\">\n    \
         <testcase classname=\"{project}\" name=\"the run begins\" time=\"0\">\n      \
         <error type=\"{kind}\" message=\"{message}\">{causes}</error>\n    \
         </testcase>\n  </testsuite>\n</testsuites>\n"
    )
}

/// The form that build servers read: a suite for each milestone, a case for each check.
#[must_use]
pub fn junit(checked: &CheckOutput<'_>) -> String {
    let report = checked.report;
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    text.push_str(&format!("<testsuites name=\"{}\">\n", escaped(&report.project)));
    for milestone in &report.milestones {
        let count =
            |verdict| milestone.checks.iter().filter(|check| check.verdict == verdict).count();
        // The sum of nothing is a negative zero.
        let seconds: f64 =
            milestone.checks.iter().map(|check| check.duration.as_secs_f64()).sum::<f64>() + 0.0;
        text.push_str(&format!(
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"{seconds:.3}\">\n",
            escaped(&milestone.id),
            milestone.checks.len(),
            count(Verdict::Failed),
            count(Verdict::Blocked),
            count(Verdict::Skipped) + count(Verdict::NotRun),
        ));
        for check in &milestone.checks {
            text.push_str(&case(&report.project, &milestone.id, check));
        }
        text.push_str("  </testsuite>\n");
    }
    text.push_str("</testsuites>\n");
    text
}

fn case(project: &str, milestone: &str, check: &CheckOutcome) -> String {
    let head = format!(
        "    <testcase classname=\"{}.{}\" name=\"{}\" time=\"{:.3}\"",
        escaped(project),
        escaped(milestone),
        escaped(&check.title),
        check.duration.as_secs_f64()
    );
    let element = match check.verdict {
        Verdict::Passed => return format!("{head}/>\n"),
        Verdict::Failed => "failure",
        Verdict::Blocked => "error",
        Verdict::Skipped | Verdict::NotRun => {
            let reason = escaped(check.reason.as_deref().unwrap_or("not run"));
            return format!("{head}>\n      <skipped message=\"{reason}\"/>\n    </testcase>\n");
        }
    };
    let mut lines = Vec::new();
    let message = check.failure.as_ref().map_or_else(
        || check.reason.clone().unwrap_or_default(),
        |failure| {
            for difference in &failure.differences {
                let Difference { place, expected, actual, .. } = difference;
                lines.push(format!("{place}: expected {expected}, came {actual}"));
            }
            lines.extend(failure.curl.clone());
            failure.step.clone()
        },
    );
    let (message, details) = (escaped(&message), escaped(&lines.join("\n")));
    format!(
        "{head}>\n      <{element} message=\"{message}\">{details}</{element}>\n    </testcase>\n"
    )
}

/// Text for XML 1.0, which has no place for control characters.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\u{fffe}' | '\u{ffff}' => out.push(char::REPLACEMENT_CHARACTER),
            c if c.is_control() => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
    }
    out
}
