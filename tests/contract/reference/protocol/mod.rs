//! HTTP as the reference server speaks it: requests, responses, problems, and the ways to speak it badly.

pub mod body;
pub mod distort;
pub mod hostile;
pub mod http;
pub mod problem;
pub mod wire;
