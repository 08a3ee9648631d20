//! The task API: the given milestones, and those of the learner.

pub mod accounts;
pub mod api;
pub mod conditional;
mod csv;
pub mod estimate;
mod graphql;
pub mod jobs;
pub mod limits;
mod live;
pub mod order;
pub mod roles;
pub mod stats;
