//! The report of a check: as text, JSON and JUnit.

mod after;
mod failure;
mod json;
mod report;

pub use json::{error_to_json, junit, junit_error, to_json};
pub use report::{
    CheckOutput, CommandLines, MilestoneChoice, NextMilestone, UncheckedMilestone,
    milestone_to_fix, text,
};
