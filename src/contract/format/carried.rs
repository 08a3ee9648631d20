//! The outlines of our own contracts, which the binary carries ready to use.

use super::model::Outline;

/// What `build.rs` has read and packed: a project's name and its outline, each packed on its own.
static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/contracts.postcard"));

/// The outline of the contract that comes with the binary for `project`, if there is one.
///
/// # Panics
/// Never in a binary that was built: `build.rs` wrote the bytes with the same types.
#[must_use]
pub fn carried_outline(project: &str) -> Option<Outline> {
    let all: Vec<(&str, &[u8])> = postcard::from_bytes(PACKED).expect("build.rs packed these");
    let (_, packed) = all.into_iter().find(|(name, _)| *name == project)?;
    Some(postcard::from_bytes(packed).expect("build.rs packed this outline with the same type"))
}
