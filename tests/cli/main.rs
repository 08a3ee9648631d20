//! The binary as a person meets it: what it prints, how it ends, what it writes.
//!
//! Every test has a sandbox of its own. Snapshots hold stdout, stderr, exit code and files
//! together; `SNAPSHOTS=overwrite cargo test --test cli` writes them anew.

#![expect(clippy::panic, reason = "a test that fails panics, its helpers too")]

mod content;
mod harness;
mod learner;
mod project;
mod snapshots;
mod terminal;
