//! The quiz: answers to the roadmap's questions in, the paths that fit out. Pure.

mod answers;
mod known;
mod recommend;
mod runner_up;
mod schedule;

pub use answers::{AnswerError, Answers};
pub use known::known_topics;
pub use recommend::{
    Reason, Recommendation, RecommendedPath, hours_a_week, language_factor, recommend,
};
pub use runner_up::{RunnerUp, runner_up};
pub use schedule::{Pace, Schedule, StageWeeks, schedule};
