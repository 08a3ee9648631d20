//! How many of something there are.

use serde::Deserialize;

/// A number, or bounds that are both allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "a number, or bounds: `{min: 1, max: 5}`")]
pub enum CountRule {
    Exactly(u64),
    Between(Bounds),
}

/// Bounds that are both allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    #[serde(default)]
    pub min: u64,
    #[serde(default = "no_bound")]
    pub max: u64,
}

fn no_bound() -> u64 {
    u64::MAX
}
