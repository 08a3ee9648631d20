//! What is wrong with a contract that could be read.

use super::model::Contract;
use crate::yaml::Finding;

/// Every mistake, at its place.
#[must_use]
pub fn findings(_contract: &Contract) -> Vec<Finding> {
    Vec::new()
}
