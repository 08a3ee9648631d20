//! What holds for every name and for every tree, not only for those that somebody thought of.

#![expect(clippy::panic, reason = "a test that fails panics, its helpers too")]

mod commits;
mod names;
