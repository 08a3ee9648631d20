//! Finds a circle in what topics need: an order to learn in exists only without one.
//!
//! `build.rs` compiles this file too.

use super::model::Roadmap;
use std::collections::{HashMap, HashSet};

/// A circle of `needs`, as topic ids from the first back to itself, if there is one.
pub fn circle(roadmap: &Roadmap) -> Option<Vec<&str>> {
    let needs: HashMap<&str, &[String]> =
        roadmap.topics().map(|(_, topic)| (topic.id.as_str(), topic.needs.as_slice())).collect();
    let mut settled = HashSet::new();
    roadmap.topics().find_map(|(_, topic)| walk(&topic.id, &needs, &mut settled, &mut Vec::new()))
}

/// Depth first: a topic met again on the way to itself closes a circle.
fn walk<'a>(
    id: &'a str,
    needs: &HashMap<&'a str, &'a [String]>,
    settled: &mut HashSet<&'a str>,
    way: &mut Vec<&'a str>,
) -> Option<Vec<&'a str>> {
    if let Some(start) = way.iter().position(|seen| *seen == id) {
        let mut found = way[start..].to_vec();
        found.push(id);
        return Some(found);
    }
    if settled.contains(id) {
        return None;
    }
    way.push(id);
    let found = needs
        .get(id)
        .into_iter()
        .flat_map(|list| list.iter())
        .find_map(|next| walk(next, needs, settled, way));
    way.pop();
    settled.insert(id);
    found
}
