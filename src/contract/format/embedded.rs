//! The outlines of our own contracts, which the binary embeds ready to use.

use super::fingerprint::fingerprint;
use super::model::ContractOutline;

/// What `build.rs` has read and packed: of each project its name, the fingerprint of its contract, and the outline, packed on
/// its own.
static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/contracts.postcard"));

/// A contract that comes with the binary.
pub struct EmbeddedContract {
    fingerprint: u64,
    outline: &'static [u8],
}

impl EmbeddedContract {
    /// The contract that comes with the binary for `project`, if there is one.
    ///
    /// # Panics
    /// Never in a binary that was built: `build.rs` wrote the bytes with the same types.
    #[must_use]
    pub fn for_project(project: &str) -> Option<Self> {
        let all: Vec<(&str, u64, &[u8])> =
            postcard::from_bytes(PACKED).expect("build.rs packed these");
        let (_, fingerprint, outline) = all.into_iter().find(|(name, ..)| *name == project)?;
        Some(Self { fingerprint, outline })
    }

    /// Whether `text` is that of this contract.
    #[must_use]
    pub fn has_text(&self, text: &str) -> bool {
        fingerprint(text) == self.fingerprint
    }

    /// The contract without its steps.
    ///
    /// # Panics
    /// As [`Self::for_project`].
    #[must_use]
    pub fn outline(&self) -> ContractOutline {
        postcard::from_bytes(self.outline).expect("build.rs packed this outline with the same type")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_text_is_not_ours() {
        let ours = include_str!("../../../templates/projects/tasks/contract.yaml");
        let embedded = EmbeddedContract::for_project("tasks").expect("a contract");
        assert!(embedded.has_text(ours));
        assert!(!embedded.has_text(&ours.replacen("version: 2", "version: 3", 1)));
        assert!(!embedded.has_text(&format!("{ours}\n")));
        assert!(!embedded.has_text(""));
    }
}
