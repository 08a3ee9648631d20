//! The report of a check: as text, JSON and JUnit.

mod after;
mod failure;
mod json;
mod report;

pub use json::{answer, error_answer, junit, junit_error};
pub use report::{Checked, Choice, Lines, Next, Unchecked, begin, text};
