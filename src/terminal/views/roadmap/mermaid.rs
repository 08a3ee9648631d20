//! The roadmap as a Mermaid flowchart: the stages as a path, the topics as branches, and what
//! topics need as the edges between them.

use super::overview::Marks;
use crate::curriculum::model::{Level, Roadmap};
use std::collections::HashMap;

/// A flowchart of the roadmap, or of the part that the filter leaves.
#[must_use]
pub fn text(roadmap: &Roadmap, marks: &Marks, numbers: &[usize]) -> String {
    let nodes = nodes(roadmap, numbers);
    let mut text = format!("%% {}\nflowchart LR\n", line(&roadmap.title));
    let mut before: Option<usize> = None;
    for (stage, number) in roadmap.stages.iter().zip(numbers) {
        let title = label(&format!("{number}. {}", stage.title));
        text.push_str(&format!("  s{number}([\"{title}\"]):::stage\n"));
        if let Some(before) = before.replace(*number) {
            text.push_str(&format!("  s{before} ==> s{number}\n"));
        }
        for topic in &stage.topics {
            let Some(node) = nodes.get(topic.id.as_str()) else { continue };
            let done = marks.is_done(&topic.id);
            let class = if done { "done" } else { topic.level.as_str() };
            let tick = if done { "✓ " } else { "" };
            let title = label(&format!("{tick}{}", topic.title));
            text.push_str(&format!("  {node}[\"{title}\"]:::{class}\n"));
            let needs: Vec<&String> =
                topic.needs.iter().filter_map(|need| nodes.get(need.as_str())).collect();
            // A topic hangs on what it needs in its own stage, else on the stage itself.
            let own = format!("s{number}t");
            if !needs.iter().any(|need| need.starts_with(&own)) {
                text.push_str(&format!("  s{number} --- {node}\n"));
            }
            for need in needs {
                text.push_str(&format!("  {need} --> {node}\n"));
            }
        }
    }
    text.push_str("  classDef stage fill:#1f3a5f,stroke:#1f3a5f,color:#ffffff\n");
    for (class, style) in [
        (Level::Essential.as_str(), "fill:#ffffff,stroke:#1f3a5f,stroke-width:2px,color:#111111"),
        (Level::Recommended.as_str(), "fill:#ffffff,stroke:#6b7f99,color:#111111"),
        (Level::Optional.as_str(), "fill:#ffffff,stroke:#6b7f99,stroke-dasharray:4,color:#111111"),
        ("done", "fill:#d9f2df,stroke:#1e6b34,color:#111111"),
    ] {
        text.push_str(&format!("  classDef {class} {style}\n"));
    }
    text
}

/// Each topic's node, named by its place: an id such as `end` would mean something to Mermaid.
fn nodes<'a>(roadmap: &'a Roadmap, numbers: &[usize]) -> HashMap<&'a str, String> {
    let stages = roadmap.stages.iter().zip(numbers);
    let topics = stages.flat_map(|(stage, number)| {
        let topics = stage.topics.iter().enumerate();
        topics.map(move |(t, topic)| (topic.id.as_str(), format!("s{number}t{}", t + 1)))
    });
    topics.collect()
}

/// A text inside quotation marks, in which no sign means anything to Mermaid or to HTML.
fn label(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in line(text).chars() {
        if "#\"&<>`\\".contains(c) {
            safe.push_str(&format!("#{};", u32::from(c)));
        } else {
            safe.push(c);
        }
    }
    safe
}

/// A text on one line.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curriculum::builtin;
    use std::collections::HashSet;

    fn ours() -> String {
        let roadmap = builtin();
        let numbers: Vec<usize> = (1..=roadmap.stages.len()).collect();
        text(&roadmap, &Marks::default(), &numbers)
    }

    #[test]
    fn every_edge_joins_two_nodes_that_are_there() {
        let chart = ours();
        let mut nodes = HashSet::new();
        let mut edges = Vec::new();
        for row in chart.lines().filter(|row| row.starts_with("  s")) {
            let words: Vec<&str> = row.trim().splitn(3, ' ').collect();
            match words.as_slice() {
                [from, "==>" | "---" | "-->", to] => edges.push((*from, *to)),
                _ => {
                    let end = row.trim().find(['[', '(']).expect("a node has a label");
                    assert!(nodes.insert(&row.trim()[..end]), "twice: {row}");
                    assert_eq!(row.matches('"').count(), 2, "{row}");
                }
            }
        }
        let roadmap = builtin();
        assert_eq!(nodes.len(), roadmap.stages.len() + roadmap.topics().count());
        assert!(edges.iter().all(|(from, to)| nodes.contains(from) && nodes.contains(to)));
        let reached: HashSet<&str> = edges.iter().map(|(_, to)| *to).collect();
        assert_eq!(reached.len(), nodes.len() - 1, "all but the first hang on something");
        assert!(edges.len() < 500, "Mermaid draws no more than 500 edges: {}", edges.len());
        assert!(chart.len() < 50_000, "Mermaid reads no more than 50,000 signs: {}", chart.len());
    }

    #[test]
    fn signs_that_mean_something_to_mermaid_are_escaped() {
        assert_eq!(label("C# <b> \"x\" & `y`"), "C#35; #60;b#62; #34;x#34; #38; #96;y#96;");
        assert_eq!(label("two\nlines"), "two lines");
    }
}
