//! What an import of progress changed, as text and as JSON.

use crate::terminal::Layout;
use serde_json::{Value, json};

/// What is different after an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportOutput {
    /// Topics that were not done here.
    pub added: Vec<String>,
    /// How many topics of the roadmap are done now.
    pub done: usize,
    /// Ids that the roadmap does not know; they stay in the state.
    pub unknown: Vec<String>,
    /// The language and framework of the pick, where there was none.
    pub pick: Option<(String, String)>,
    /// Other roadmaps in which more is done now.
    pub others: Vec<String>,
}

impl ImportOutput {
    /// `done` and `added` are numbers of topics; `topics`, `unknown`, `pick` and `other_roadmaps`
    /// are there where there is something to say.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut value = json!({ "done": self.done, "added": self.added.len() });
        for (key, ids) in
            [("topics", &self.added), ("unknown", &self.unknown), ("other_roadmaps", &self.others)]
        {
            if !ids.is_empty() {
                value[key] = json!(ids);
            }
        }
        if let Some((language, framework)) = &self.pick {
            value["pick"] = json!({ "language": language, "framework": framework });
        }
        value
    }

    /// A sentence for each change.
    #[must_use]
    pub fn text(&self, layout: Layout) -> String {
        let topics = if self.done == 1 { "topic is" } else { "topics are" };
        let count =
            format!("{} {topics} done now, {} of them new here", self.done, self.added.len());
        let mut text = layout.paragraph(&listed(&count, &self.added), 0);
        if let Some((language, framework)) = &self.pick {
            let pick = format!("The path came along: {language} with {framework}.");
            text.push_str(&layout.paragraph(&pick, 0));
        }
        if !self.unknown.is_empty() {
            let unknown = format!(
                "Kept, though this roadmap has no such topic: {}.",
                self.unknown.join(", ")
            );
            text.push_str(&layout.paragraph(&unknown, 0));
        }
        if !self.others.is_empty() {
            let others = format!("More is done in other roadmaps too: {}.", self.others.join(", "));
            text.push_str(&layout.paragraph(&others, 0));
        }
        text
    }
}

fn listed(what: &str, ids: &[String]) -> String {
    if ids.is_empty() { format!("{what}.") } else { format!("{what}: {}.", ids.join(", ")) }
}
