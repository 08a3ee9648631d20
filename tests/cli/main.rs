//! The binary as a person meets it: what it prints, how it ends, what it writes.
//!
//! Every test has a sandbox of its own. Snapshots hold stdout, stderr, exit code and files
//! together; `SNAPSHOTS=overwrite cargo test --test cli` writes them anew.

#![expect(clippy::panic, reason = "a test that fails panics, its helpers too")]

mod adopt;
mod check;
mod color;
mod content;
mod content_references;
mod controls;
mod doctor;
mod done;
mod encodings;
mod fixture;
mod git;
mod git_identity;
mod help;
mod layers;
mod layers_slots;
mod layers_templates;
mod lint;
mod list;
mod new;
mod new_places;
mod new_refusals;
mod next;
mod outcome;
mod outputs;
mod pick;
mod pictures;
mod pipes;
mod progress;
mod quiz;
mod sandbox;
mod screen;
mod show;
mod show_json;
mod show_map;
mod show_open;
mod snapshots;
mod state;
mod terminals;
mod usage;
mod width;
