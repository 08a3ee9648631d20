//! A run of a contract: milestones, checks, steps, and their outcome.

pub mod capture;
pub mod context;
pub mod form;
pub mod outcome;
pub mod repetition;
pub mod restart;
pub mod runner;
pub mod send;
pub mod step_error;
pub mod websocket;
