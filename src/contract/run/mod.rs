//! A run of a contract: milestones, checks, steps, and their outcome.

mod capture;
mod cause;
mod context;
mod form;
mod outcome;
mod page_files;
mod repetition;
mod response;
mod restart;
mod runner;
mod send;
mod spoken;
mod step_error;
mod surroundings;
mod websocket;

pub use outcome::{CheckOutcome, Failure, MilestoneOutcome, RunReport, Total, Verdict};
pub use runner::{Event, Plan, run_checks};
