//! The quiz: answers to the roadmap's questions in, the paths that fit out. Pure.

mod answers;
mod recommend;
mod runner_up;
mod schedule;

pub use answers::{Answers, BadAnswer};
pub use recommend::{Path, Reason, Recommendation, recommend};
pub use runner_up::{RunnerUp, runner_up};
pub use schedule::{Schedule, Span, schedule};
