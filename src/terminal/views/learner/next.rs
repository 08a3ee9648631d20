//! The next step, as text and as JSON.

use crate::terminal::Layout;
use crate::terminal::style::{style, with_code};
use crate::terminal::views::lines::table;
use serde::Serialize;
use serde_json::{Value, json};

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NextStep {
    /// No path is picked yet.
    Pick,
    /// There is no starter yet; the command that creates it.
    New {
        command: String,
    },
    Topic(TopicStep),
    /// In a starter's repository: the milestone to work on.
    Milestone(MilestoneStep),
    /// In a starter's repository: all that can be checked has passed.
    AllPassed(AllPassed),
    /// Every essential topic of the path is done.
    Finished,
}

/// A topic to learn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TopicStep {
    pub id: String,
    pub stage: String,
    pub title: String,
    #[serde(skip)]
    pub why: String,
    pub hours: u16,
    /// There is a starter: in its folder there is more to do.
    #[serde(skip)]
    pub has_starter: bool,
    /// The line that makes a starter in another framework, where there is none in that of the path.
    #[serde(skip)]
    pub begin: Option<String>,
}

/// A milestone to pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MilestoneStep {
    pub project: String,
    pub id: String,
    pub stage: String,
    pub title: String,
    pub given: bool,
    /// It has passed here before, and failed since.
    pub regression: bool,
    /// Topics to read for it that are not done.
    pub reading: Vec<TopicToRead>,
    #[serde(skip)]
    pub about: String,
}

/// What is left where all checks have passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllPassed {
    pub project: String,
    /// Ids of milestones without checks, which are the learner's to build.
    pub unchecked: Vec<String>,
    /// The stage that explains the first of them.
    pub stage: Option<String>,
    /// Topics to read for the first of them.
    pub reading: Vec<TopicToRead>,
    /// The next topic of the path, if one is picked.
    pub topic: Option<TopicStep>,
}

/// A topic to read for a milestone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TopicToRead {
    pub id: String,
    pub stage: String,
    pub title: String,
}

impl TopicToRead {
    /// The topics as lines to paste; nothing if there are none.
    pub(in crate::terminal::views) fn text(all: &[Self], layout: Layout) -> String {
        if all.is_empty() {
            return String::new();
        }
        let line = |topic: &Self| {
            (format!("roadmap show {}/{}", topic.stage, topic.id), topic.title.clone())
        };
        let lines: Vec<(String, String)> = all.iter().map(line).collect();
        let lines: Vec<(&str, &str)> =
            lines.iter().map(|(line, title)| (line.as_str(), title.as_str())).collect();
        format!("\nRead for it\n{}", table(&lines, layout))
    }
}

impl NextStep {
    /// The line to paste.
    #[must_use]
    pub fn command(&self) -> String {
        match self {
            Self::New { command } => command.clone(),
            Self::Topic(topic) => format!("roadmap show {}/{}", topic.stage, topic.id),
            // What is given needs nothing built: it is checked, all together.
            Self::Milestone(milestone) if milestone.given => "roadmap check".to_owned(),
            Self::Milestone(milestone) => format!("roadmap check {}", milestone.id),
            Self::AllPassed(AllPassed { topic: Some(topic), .. }) => {
                format!("roadmap show {}/{}", topic.stage, topic.id)
            }
            Self::AllPassed(AllPassed { stage: Some(stage), .. }) => {
                format!("roadmap show {stage}")
            }
            Self::Pick | Self::AllPassed(_) => "roadmap pick".to_owned(),
            Self::Finished => "roadmap show --level recommended".to_owned(),
        }
    }

    fn describe(&self) -> (String, String) {
        let (what, why) = match self {
            Self::Pick => {
                ("find your path", "A short quiz finds the language and framework for you.")
            }
            Self::New { .. } => ("make your first project", "A back end that runs, to learn on."),
            Self::Topic(topic) => {
                let what = format!("{}, about {} h", topic.title, topic.hours);
                return (what, topic.why.clone());
            }
            Self::Milestone(milestone) => {
                let same = milestone.title.eq_ignore_ascii_case(&milestone.id);
                let id = if same { String::new() } else { format!(" ({})", milestone.id) };
                let what = format!("{}{id}", milestone.title);
                let why = match milestone.regression {
                    true => {
                        format!("It has passed here before, and fails now. {}", milestone.about)
                    }
                    false => milestone.about.clone(),
                };
                return (what, why);
            }
            Self::AllPassed(passed) => {
                let what = format!("all that can be checked of {} has passed", passed.project);
                let why = match passed.unchecked.is_empty() {
                    true => "Build what you like, and learn on.".to_owned(),
                    false => {
                        format!(
                            "Yours to build, without checks yet: {}.",
                            passed.unchecked.join(", ")
                        )
                    }
                };
                return (what, why);
            }
            Self::Finished => (
                "whatever you like",
                "Every essential topic of your path is done. The recommended ones go deeper.",
            ),
        };
        (what.to_owned(), why.to_owned())
    }

    /// `{"step","what","why","command","topic","milestone"}`; the last two are null where there is none.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let step = match self {
            Self::Pick => "pick",
            Self::New { .. } => "new",
            Self::Topic(_) => "topic",
            Self::Milestone(_) => "milestone",
            Self::AllPassed(_) => "all_passed",
            Self::Finished => "finished",
        };
        let topic = match self {
            Self::Topic(topic) => Some(topic),
            Self::AllPassed(passed) => passed.topic.as_ref(),
            _ => None,
        };
        let milestone = if let Self::Milestone(milestone) = self { Some(milestone) } else { None };
        let (what, why) = self.describe();
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
pub fn text(step: &NextStep, layout: Layout) -> String {
    let (what, why) = step.describe();
    let mut text = layout.hanging(&format!("Next: {}", style(what).bold()), 6);
    text.push_str(&layout.paragraph(&with_code(&why), 2));
    let about = match step {
        NextStep::Topic(_) => "what it is, and where to read",
        NextStep::Milestone(_) => "what your server does of it",
        _ => "",
    };
    let mut lines = vec![(step.command(), about)];
    let mut reading: &[TopicToRead] = &[];
    match step {
        NextStep::Topic(topic) => {
            lines.push((format!("roadmap done {}", topic.id), "when you know it"));
            if topic.has_starter {
                lines.push(("roadmap next".to_owned(), "in your starter's folder: what to build"));
            }
            if let Some(begin) = &topic.begin {
                lines.push((begin.clone(), "a back end to learn on, in another framework"));
            }
        }
        NextStep::Milestone(milestone) => {
            if !milestone.given {
                lines.insert(
                    0,
                    (format!("roadmap hint {}", milestone.id), "what is asked, and a nudge"),
                );
                reading = &milestone.reading;
            }
            lines.push((format!("roadmap show {}", milestone.stage), "the stage that explains it"));
        }
        NextStep::AllPassed(passed) => {
            lines.clear();
            if let Some(stage) = &passed.stage {
                let line = format!("roadmap show {stage}");
                lines.push((line, "the stage that explains the first of them"));
            }
            lines.push(("roadmap check".to_owned(), "all of it again"));
            match &passed.topic {
                Some(topic) => {
                    let line = format!("roadmap show {}/{}", topic.stage, topic.id);
                    lines.push((line, "the next topic of your path"));
                }
                None => lines.push(("roadmap pick".to_owned(), "a path, and what to read on it")),
            }
            reading = &passed.reading;
        }
        NextStep::Pick | NextStep::New { .. } | NextStep::Finished => {}
    }
    text.push_str(&table(&lines, layout));
    text.push_str(&TopicToRead::text(reading, layout));
    text
}
