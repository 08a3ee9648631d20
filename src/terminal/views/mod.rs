//! One view per outcome: what a command found, drawn as text.

pub mod adopt;
pub mod check;
mod check_after;
mod check_failure;
pub mod check_json;
pub mod doctor;
pub mod hint;
pub mod imported;
mod lines;
pub mod lint;
pub mod list;
pub mod map;
pub mod markdown;
pub mod marked;
pub mod mermaid;
pub mod new;
pub mod next;
pub mod pick;
pub mod progress;
pub mod roadmap;
pub mod roadmap_json;
pub mod spec;
pub mod stage;
pub mod topic;
pub mod welcome;
