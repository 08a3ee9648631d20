//! The next step, as text and as JSON.

use super::lines::table;
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
    /// In a starter's repository: the first milestone that has not passed.
    Milestone(Milestone),
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

/// A milestone to pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Milestone {
    pub project: String,
    pub id: String,
    pub stage: String,
    pub title: String,
    pub given: bool,
    #[serde(skip)]
    pub about: String,
}

/// A topic to read for a milestone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reading {
    pub id: String,
    pub stage: String,
    pub title: String,
}

impl Reading {
    /// The topics as lines to paste; nothing if there are none.
    pub(super) fn text(all: &[Self], layout: Layout) -> String {
        if all.is_empty() {
            return String::new();
        }
        let line =
            |one: &Self| (format!("roadmap show {}/{}", one.stage, one.id), one.title.clone());
        let lines: Vec<(String, String)> = all.iter().map(line).collect();
        let lines: Vec<(&str, &str)> =
            lines.iter().map(|(line, title)| (line.as_str(), title.as_str())).collect();
        format!("\nRead for it\n{}", table(&lines, layout))
    }
}

impl Step {
    /// The line to paste.
    #[must_use]
    pub fn command(&self) -> String {
        match self {
            Self::Pick => "roadmap pick".to_owned(),
            Self::New { command } => command.clone(),
            Self::Topic(topic) => format!("roadmap show {}/{}", topic.stage, topic.id),
            // What is given needs nothing built: it is checked, all together.
            Self::Milestone(one) if one.given => "roadmap check".to_owned(),
            Self::Milestone(one) => format!("roadmap check {}", one.id),
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
            Self::Milestone(one) => {
                let same = one.title.eq_ignore_ascii_case(&one.id);
                let id = if same { String::new() } else { format!(" ({})", one.id) };
                let what = format!("{}{id}", one.title);
                return (what, one.about.clone());
            }
            Self::Finished => (
                "whatever you like",
                "Every essential topic of your path is done. The recommended ones go deeper.",
            ),
        };
        (what.to_owned(), why.to_owned())
    }

    /// `{"step","what","why","command","topic","milestone"}`; the last two are null but for a topic or a
    /// milestone.
    #[must_use]
    pub fn answer(&self) -> Value {
        let step = match self {
            Self::Pick => "pick",
            Self::New { .. } => "new",
            Self::Topic(_) => "topic",
            Self::Milestone(_) => "milestone",
            Self::Finished => "finished",
        };
        let topic = if let Self::Topic(topic) = self { Some(topic) } else { None };
        let milestone = if let Self::Milestone(one) = self { Some(one) } else { None };
        let (what, why) = self.told();
        json!({
            "step": step,
            "what": what,
            "why": why,
            "command": self.command(),
            "topic": topic,
            "milestone": milestone,
        })
    }
}

/// What to do, why, and the line to paste.
#[must_use]
pub fn text(step: &Step, layout: Layout) -> String {
    let (what, why) = step.told();
    let mut text = layout.hanging(&format!("Next: {}", style(what).bold()), 6);
    text.push_str(&layout.paragraph(&why, 2));
    let mut lines = vec![(step.command(), "")];
    match step {
        Step::Topic(topic) => {
            lines.push((format!("roadmap done {}", topic.id), "when you know it"));
        }
        Step::Milestone(one) => {
            if !one.given {
                lines.insert(0, (format!("roadmap hint {}", one.id), "what is asked, and a nudge"));
            }
            lines.push((format!("roadmap show {}", one.stage), "the stage that explains it"));
        }
        Step::Pick | Step::New { .. } | Step::Finished => {}
    }
    text.push_str(&table(&lines, layout));
    text
}
