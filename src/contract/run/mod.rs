//! A run of a contract: milestones, checks, steps, and their outcome.

mod cause;
mod context;
mod outcome;
mod repetition;
mod runner;
mod step_error;
mod steps;

pub use outcome::{CheckOutcome, Failure, MilestoneOutcome, RunReport, Total, Verdict};
pub use runner::{Event, Plan, run_checks};
