//! Which fields a post has.

use crate::reference::learner;

const FIELDS: &[&str] = &["title", "body", "tags", "published", "excerpt", "format"];

/// The fields of a post that the milestones which are met have.
pub fn post_fields() -> Vec<&'static str> {
    let is_there = |name: &&&str| match **name {
        "excerpt" => learner::has("excerpt"),
        "format" => learner::has("markdown"),
        _ => true,
    };
    FIELDS.iter().filter(is_there).copied().collect()
}
