//! The roadmap, its stages and topics: as text, JSON, Markdown and Mermaid.

pub mod json;
pub mod markdown;
pub mod mermaid;
pub mod overview;
pub mod stage;
pub mod topic;
