//! The roadmap as a Markdown document.

use super::overview::Marks;
use super::topic::facts;
use crate::curriculum::introduce::introduced;
use crate::curriculum::model::{Resource, Roadmap, Stage, Topic};

/// The whole roadmap, or the part that the filter leaves.
#[must_use]
pub fn text(roadmap: &Roadmap, marks: &Marks, numbers: &[usize]) -> String {
    let mut text = format!("# {}\n", escaped(&roadmap.title));
    if let Some(path) = &marks.path {
        text.push_str(&format!("\nYour path: {}\n", escaped(path)));
    }
    for (stage, number) in roadmap.stages.iter().zip(numbers) {
        text.push_str(&stage_text(roadmap, stage, *number, marks));
    }
    if !roadmap.resources.is_empty() {
        text.push_str("\n## Books, courses and documentation\n\n");
        text.extend(roadmap.resources.iter().map(resource));
    }
    text
}

fn stage_text(roadmap: &Roadmap, stage: &Stage, number: usize, marks: &Marks) -> String {
    let mut text =
        format!("\n## {number}. {}\n\n{}\n", escaped(&stage.title), escaped(&stage.summary));
    for topic in &stage.topics {
        text.push_str(&topic_text(roadmap, topic, marks));
    }
    text
}

fn topic_text(roadmap: &Roadmap, topic: &Topic, marks: &Marks) -> String {
    let tick = if marks.is_done(&topic.id) { "[x]" } else { "[ ]" };
    let mut text = format!("\n### {}\n\n", escaped(&topic.title));
    text.push_str(&format!(
        "- {tick} `{}`, {}, {} h\n",
        topic.id,
        topic.level.as_str(),
        topic.hours
    ));
    if !topic.needs.is_empty() {
        let needs: Vec<String> = topic.needs.iter().map(|need| format!("`{need}`")).collect();
        text.push_str(&format!("- know first: {}\n", needs.join(", ")));
    }
    text.push_str(&format!("\n{}\n", escaped(&topic.what)));
    text.push_str(&format!("\n**Why:** {}\n", escaped(&topic.why)));
    text.push_str(&format!("\n**Practise:** {}\n\n", escaped(&topic.practice)));
    text.extend(topic.resources.iter().map(resource));
    if let Some(introduced_item) = introduced(roadmap, topic) {
        let checked = roadmap.checked.as_deref().unwrap_or_default();
        text.push_str(&format!("\n**Facts**, {checked}:\n\n"));
        for (label, words) in facts(&introduced_item) {
            text.push_str(&format!("- {label}: {}\n", escaped(&words)));
        }
    }
    text
}

fn resource(resource: &Resource) -> String {
    let author = resource.author.as_ref().map(|author| format!(" by {}", escaped(author)));
    format!(
        "- [{}](<{}>){} ({}, {})\n",
        escaped(&resource.title),
        resource.url,
        author.unwrap_or_default(),
        resource.kind.as_str(),
        resource.cost.as_str()
    )
}

/// Text whose signs mean nothing to Markdown, but for pairs of backticks: code stays code.
fn escaped(text: &str) -> String {
    let text = text.trim_end();
    let code_ends = text.matches('`').count().is_multiple_of(2);
    let mut in_code = false;
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '`' && code_ends {
            in_code = !in_code;
        } else if !in_code && "\\`*_[]<>#|".contains(c) {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}
