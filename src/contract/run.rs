//! A run: each check of the milestones, one after the other.

use super::host::Target;
use super::model::{Check, Contract, Milestone};
use super::outcome::{CheckOutcome, MilestoneOutcome, Report, Verdict};
use std::time::Duration;

/// What is checked.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    pub contract: &'a Contract,
    /// Those to check, in this order.
    pub milestones: &'a [&'a Milestone],
    /// Ids of milestones that the framework brings with it: passed without a check.
    pub already: &'a [String],
    /// The first check that fails ends the run.
    pub fail_fast: bool,
}

/// What happens in a run, for whoever draws it.
#[derive(Debug, Clone, Copy)]
pub enum Event<'a> {
    /// The checks of this milestone begin.
    Milestone(&'a Milestone),
    /// This check begins.
    Check(&'a Check),
    /// The check that began last has ended (or was never begun).
    Checked(&'a CheckOutcome),
}

/// Runs the checks of `plan` against `target`; ends soon once `stopped` says so.
pub fn run(
    plan: &Plan<'_>,
    _target: &mut Target<'_>,
    _stopped: &dyn Fn() -> bool,
    tell: &mut dyn FnMut(Event<'_>),
) -> Report {
    let milestones = plan.milestones.iter().map(|milestone| {
        tell(Event::Milestone(milestone));
        MilestoneOutcome {
            id: milestone.id.clone(),
            title: milestone.title.clone(),
            stage: milestone.stage.clone(),
            given: milestone.given,
            already: plan.already.contains(&milestone.id),
            checks: milestone.checks.iter().map(not_run).collect(),
        }
    });
    Report {
        project: plan.contract.project.clone(),
        milestones: milestones.collect(),
        ended: Some("Nothing runs yet.".to_owned()),
    }
}

fn not_run(check: &Check) -> CheckOutcome {
    CheckOutcome {
        id: check.id.clone(),
        title: check.title.clone(),
        verdict: Verdict::NotRun,
        failure: None,
        reason: None,
        took: Duration::ZERO,
    }
}
