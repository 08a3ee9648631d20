//! The outlines of our own contracts, which the binary carries ready to use.

use super::contract::Outline;

/// What `build.rs` has read and packed.
static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/contracts.postcard"));

/// The outlines of the contracts that come with the binary, by their projects' names.
///
/// # Panics
/// Never in a binary that was built: `build.rs` wrote the bytes with the same type.
#[must_use]
pub fn outlines() -> Vec<Outline> {
    postcard::from_bytes(PACKED).expect("build.rs packed these outlines with the same type")
}
