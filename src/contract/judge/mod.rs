//! Whether a response is what a contract asks for. Pure.

mod crowd_judge;
mod metrics;
mod openapi;
mod page;
mod policy;
mod problem;
mod request_body;
mod response;

pub use crowd_judge::judge_crowd;
pub use metrics::{fitting, sum};
pub use page::{file_differences, from_page, named_files, resolve};
pub use problem::WORDS as PROBLEM;
pub use response::{absolute, compare, judge, status_holds};
