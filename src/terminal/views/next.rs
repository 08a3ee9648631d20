//! The next step, as text and as JSON.

use crate::terminal::Layout;
use console::style;
use serde::Serialize;
use serde_json::{Value, json};

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// No path is picked yet.
    Pick,
    /// No starter is made yet; the line that makes it.
    New {
        command: String,
    },
    Topic(Topic),
    /// Every essential topic of the path is done.
    Finished,
}

/// A topic to learn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Topic {
    pub id: String,
    pub stage: String,
    pub title: String,
    #[serde(skip)]
    pub why: String,
    pub hours: u16,
}

impl Step {
    /// The line to paste.
    #[must_use]
    pub fn command(&self) -> String {
        match self {
            Self::Pick => "roadmap pick".to_owned(),
            Self::New { command } => command.clone(),
            Self::Topic(topic) => format!("roadmap show {}/{}", topic.stage, topic.id),
            Self::Finished => "roadmap show --level recommended".to_owned(),
        }
    }

    fn told(&self) -> (String, String) {
        let (what, why) = match self {
            Self::Pick => {
                ("find your path", "A short quiz finds the language and framework for you.")
            }
            Self::New { .. } => ("make your first project", "A back end that runs, to learn on."),
            Self::Topic(topic) => {
                let what = format!("{}, about {} h", topic.title, topic.hours);
                return (what, topic.why.clone());
            }
            Self::Finished => (
                "whatever you like",
                "Every essential topic of your path is done. The recommended ones go deeper.",
            ),
        };
        (what.to_owned(), why.to_owned())
    }

    /// `{"step","what","why","command","topic"}`; `topic` is null but for a topic.
    #[must_use]
    pub fn answer(&self) -> Value {
        let step = match self {
            Self::Pick => "pick",
            Self::New { .. } => "new",
            Self::Topic(_) => "topic",
            Self::Finished => "finished",
        };
        let topic = if let Self::Topic(topic) = self { Some(topic) } else { None };
        let (what, why) = self.told();
        json!({ "step": step, "what": what, "why": why, "command": self.command(), "topic": topic })
    }
}

/// What to do, why, and the line to paste.
#[must_use]
pub fn text(step: &Step, layout: Layout) -> String {
    let (what, why) = step.told();
    let mut text = layout.hanging(&format!("Next: {}", style(what).bold()), 6);
    text.push_str(&layout.paragraph(&why, 2));
    text.push_str(&format!("  {}\n", style(step.command()).cyan()));
    if let Step::Topic(topic) = step {
        let mark = style(format!("roadmap done {}", topic.id)).cyan();
        text.push_str(&format!("  {mark}  {}\n", style("when you know it").dim()));
    }
    text
}
