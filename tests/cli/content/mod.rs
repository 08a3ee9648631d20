//! What the roadmap and its parts look like: `show`, `list`, `lint`, and mistakes in a roadmap.

mod lint;
mod list;
pub mod mistakes;
mod outputs;
mod references;
mod show;
mod show_json;
mod show_map;
mod show_open;
