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
        let mut circle = way[start..].to_vec();
        circle.push(id);
        return Some(circle);
    }
    if settled.contains(id) {
        return None;
    }
    way.push(id);
    let circle = needs
        .get(id)
        .into_iter()
        .flat_map(|list| list.iter())
        .find_map(|next| walk(next, needs, settled, way));
    way.pop();
    settled.insert(id);
    circle
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The circle in the small roadmap after one change.
    fn circle_of(old: &str, new: &str) -> Option<String> {
        let text = include_str!("../../tests/fixtures/roadmap.yaml").replacen(old, new, 1);
        let roadmap: Roadmap = crate::yaml::parse("small.yaml", &text).expect("of its form");
        circle(&roadmap).map(|way| way.join(" "))
    }

    #[test]
    fn an_order_to_learn_in_has_no_circle() {
        assert_eq!(circle_of("", ""), None);
    }

    #[test]
    fn a_circle_is_listed_from_the_first_topic_back_to_itself() {
        let needs = |topic: &str| format!("needs: [{topic}]");
        assert_eq!(circle_of("aliases: [hypertext]", &needs("http")).as_deref(), Some("http http"));
        let far = circle_of("aliases: [hypertext]", &needs("sqlx"));
        assert_eq!(far.as_deref(), Some("http sqlx sql http"));
    }

    #[test]
    fn what_leads_into_a_circle_is_no_part_of_it() {
        // html -> http stays outside; sql -> sqlx -> sql is the circle.
        let old = "needs: [http]\n        resources:\n          - {title: A book of tables";
        let new = "needs: [sqlx]\n        resources:\n          - {title: A book of tables";
        assert_eq!(circle_of(old, new).as_deref(), Some("sql sqlx sql"));
    }

    #[test]
    fn a_need_that_is_not_there_is_no_circle() {
        assert_eq!(circle_of("aliases: [hypertext]", "needs: [nothing]"), None);
    }
}
