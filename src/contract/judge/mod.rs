//! Whether a response is what a contract asks for. Pure.

pub mod crowd_judge;
pub mod openapi;
pub mod page;
pub mod problem;
pub mod response;
