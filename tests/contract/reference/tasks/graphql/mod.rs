//! tasks, milestone `graphql`: tasks by queries and mutations.

pub mod http;
mod plan;
mod resolve;
mod schema;
mod values;
