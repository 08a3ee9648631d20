//! Where a roadmap comes from: the binary, or a file of the user's own.

use super::model::Roadmap;
use super::outline::RoadmapOutline;
use super::validate::findings;
use crate::yaml::{self, Mistake};

/// The roadmap that `build.rs` has read, checked and packed.
static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/roadmap.postcard"));

/// Its outline, on its own.
static PACKED_OUTLINE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/outline.postcard"));

/// The outline of the roadmap that comes with the binary.
///
/// # Panics
/// Never in a binary that was built, as for [`builtin`].
#[must_use]
pub fn builtin_outline() -> RoadmapOutline {
    postcard::from_bytes(PACKED_OUTLINE).expect("build.rs packed this outline with the same type")
}

/// The roadmap that comes with the binary.
///
/// # Panics
/// Never in a binary that was built: `build.rs` wrote the bytes with the same model.
#[must_use]
pub fn builtin() -> Roadmap {
    postcard::from_bytes(PACKED).expect("build.rs packed this roadmap with the same model")
}

/// Reads a roadmap of the user's own and checks it as `build.rs` checks ours.
///
/// # Errors
/// Every mistake, in the order of the lines; a mistake of syntax hides the others.
pub fn parse(file: &str, text: &str) -> Result<Roadmap, Vec<Mistake>> {
    let roadmap: Roadmap = yaml::parse(file, text).map_err(|mistake| vec![mistake])?;
    let findings = findings(&roadmap);
    if findings.is_empty() { Ok(roadmap) } else { Err(yaml::locate(file, text, findings)) }
}
