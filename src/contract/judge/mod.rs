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
pub use metrics::{matching_series, sum};
pub use page::{file_differences, named_files, resolve, resolve_on_page};
pub use problem::DESCRIPTION as PROBLEM;
pub use response::{compare, judge, resolve_location, status_holds};
