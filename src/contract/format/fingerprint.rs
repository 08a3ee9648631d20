//! The fingerprint of a contract's text: it says whether a pinned contract is one of our own.

use std::hash::{DefaultHasher, Hasher};

/// A fingerprint of a text, the same in `build.rs` and in the binary: one compiler builds both. It guards against change by
/// accident, not against somebody who looks for a second text with the same fingerprint.
#[must_use]
pub fn fingerprint(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(text.as_bytes());
    hasher.finish()
}
