//! The output of `pick` as JSON.

use crate::quiz::RunnerUp;
use crate::terminal::views::learner::pick::{PickOutput, Recommended};
use serde_json::{Value, json};

/// The paths in their order, what the second would have needed, and what follows from the path
/// that is kept (`kept`).
pub(super) fn to_json(
    paths: &[Recommended<'_>],
    runner_up: Option<&RunnerUp<'_>>,
    outcome: &PickOutput,
) -> Value {
    let recommendations = paths.iter().map(|path| {
        let reasons = path.path.reasons.iter().map(|reason| {
            json!({
                "points": reason.points,
                "because": reason.because,
                "question": reason.question,
                "choice": reason.choice,
            })
        });
        json!({
            "language": path.path.language,
            "framework": path.path.framework,
            "score": path.path.score,
            "reasons": reasons.collect::<Vec<_>>(),
            "starter": path.starter,
            "generator": path.generator,
        })
    });
    let stages = outcome.schedule.stages.iter().map(|stage| {
        json!({ "id": stage.stage, "hours": stage.hours, "first_week": stage.first_week, "last_week": stage.last_week })
    });
    json!({
        "recommendations": recommendations.collect::<Vec<_>>(),
        "runner_up": runner_up.map(|path| json!({
            "behind": path.behind,
            "needs": path.needs.map(|(question, choice)| json!({
                "question": question.id,
                "choice": choice.id,
            })),
        })),
        "kept": { "language": outcome.language, "framework": outcome.framework },
        "saved": outcome.saved,
        "project": outcome.project,
        "weeks": outcome.schedule.weeks,
        "hours": outcome.schedule.hours,
        "stages": stages.collect::<Vec<_>>(),
        "known": outcome.known,
        "command": outcome.command,
    })
}
