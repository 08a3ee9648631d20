//! The content of a roadmap: what `roadmap.yaml` holds and the binary carries.
//!
//! `build.rs` compiles this file too, so it uses nothing of the crate.

use serde::{Deserialize, Serialize};

/// One whole roadmap. See CONTRIBUTING.md for how to write one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roadmap {
    /// The version of this form; 1 so far.
    pub schema: u32,
    /// Progress is saved by it: it never changes.
    pub id: String,
    pub title: String,
    /// The day on which the facts with dates were looked up, as `YYYY-MM-DD`.
    #[serde(default)]
    pub checked: Option<String>,
    pub stages: Vec<Stage>,
    #[serde(default)]
    pub languages: Vec<Language>,
    /// In the order that breaks the last ties in the quiz.
    #[serde(default)]
    pub frameworks: Vec<Framework>,
    /// The smallest first: `new` asks in this order.
    #[serde(default)]
    pub projects: Vec<Project>,
    #[serde(default)]
    pub quiz: Vec<Question>,
    /// Books, courses and documentation for the roadmap as a whole.
    #[serde(default)]
    pub resources: Vec<Resource>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    pub id: String,
    pub title: String,
    pub summary: String,
    pub topics: Vec<Topic>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Unique in the roadmap. Progress is saved by it: it never changes.
    pub id: String,
    pub title: String,
    pub level: Level,
    /// Whole hours to learn and to practise it.
    pub hours: u16,
    pub what: String,
    pub why: String,
    pub practice: String,
    /// Topics to know first.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Tags: for people on the path of one of these languages only; empty is for all.
    #[serde(default)]
    pub languages: Vec<String>,
    /// Tags: for people on the path of one of these frameworks only; empty is for all.
    #[serde(default)]
    pub frameworks: Vec<String>,
    /// Earlier ids of this topic, whose progress counts for it.
    #[serde(default)]
    pub aliases: Vec<String>,
    pub resources: Vec<Resource>,
}

/// How much a topic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Essential,
    Recommended,
    Optional,
}

impl Level {
    /// The word for it, as it stands in `roadmap.yaml`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Essential => "essential",
            Self::Recommended => "recommended",
            Self::Optional => "optional",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resource {
    pub title: String,
    #[serde(default)]
    pub author: Option<String>,
    pub url: String,
    pub kind: ResourceKind,
    pub cost: Cost,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ResourceKind {
    Article,
    Book,
    Community,
    Course,
    Documentation,
    News,
    Standard,
    Tool,
}

impl ResourceKind {
    /// The word for it, as it stands in `roadmap.yaml`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Book => "book",
            Self::Community => "community",
            Self::Course => "course",
            Self::Documentation => "documentation",
            Self::News => "news",
            Self::Standard => "standard",
            Self::Tool => "tool",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Cost {
    Free,
    /// A free part and a paid one.
    Mixed,
    Paid,
}

impl Cost {
    /// The word for it, as it stands in `roadmap.yaml`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Mixed => "partly free",
            Self::Paid => "paid",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    pub id: String,
    pub title: String,
    /// Other words that `--lang` takes.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The framework taken where none is named.
    pub default: String,
    pub summary: String,
    pub typing: Typing,
    pub used_for: String,
    pub strengths: Vec<String>,
    pub weaknesses: Vec<String>,
    /// What the quiz weighs; its frameworks have them too.
    pub traits: Vec<String>,
    pub url: String,
    #[serde(default)]
    pub facts: Option<Facts>,
}

/// What changes with time about a language or framework: the one place where versions and
/// dates are kept. They were true on the roadmap's `checked`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// The version to begin with, as its makers write it.
    pub version: String,
    /// The last month or day of fixes for its safety, as `YYYY-MM` or `YYYY-MM-DD`; absent
    /// where no date is fixed.
    #[serde(default)]
    pub until: Option<String>,
    /// Whether that support has ended: a date in the past must say so.
    #[serde(default)]
    pub ended: bool,
    /// A sentence: what the date means, or how long versions live where there is none.
    pub support: String,
    /// A sentence: libraries and tools around it.
    pub ecosystem: String,
    /// A sentence: the job market, in words with care.
    pub jobs: String,
    /// A sentence: what a starter in it shows, where there is one.
    #[serde(default)]
    pub starter: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Typing {
    Dynamic,
    /// Types are optional.
    Gradual,
    Static,
}

impl Typing {
    /// The word for it, as it stands in `roadmap.yaml`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Dynamic => "dynamic",
            Self::Gradual => "gradual",
            Self::Static => "static",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Framework {
    pub id: String,
    pub title: String,
    pub language: String,
    /// Other words that `--framework` takes.
    #[serde(default)]
    pub aliases: Vec<String>,
    pub summary: String,
    pub size: FrameworkSize,
    pub used_for: String,
    pub strengths: Vec<String>,
    pub weaknesses: Vec<String>,
    /// What the quiz weighs.
    pub traits: Vec<String>,
    /// The framework's own way to begin: a line to paste.
    pub generator: String,
    pub url: String,
    #[serde(default)]
    pub facts: Option<Facts>,
}

/// How much a framework brings with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FrameworkSize {
    Small,
    Medium,
    Large,
}

impl FrameworkSize {
    /// The word for it, as it stands in `roadmap.yaml`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Project {
    pub id: String,
    pub title: String,
    pub summary: String,
    /// The stages that it practises.
    pub stages: Vec<String>,
}

/// A question of the quiz.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub id: String,
    pub text: String,
    /// Whether several choices can be taken.
    pub multiple: bool,
    pub choices: Vec<Choice>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub id: String,
    pub text: String,
    /// A vote for the first project.
    #[serde(default)]
    pub project: Option<String>,
    /// Hours a week, where the question is about time.
    #[serde(default)]
    pub hours: Option<u16>,
    /// How many times the hours of the language's topics, where it would be the first language.
    #[serde(default)]
    pub language_factor: Option<u16>,
    /// Whether it excludes the other choices, as "none of these" does.
    #[serde(default)]
    pub alone: bool,
    /// Topics that a person with this choice knows already.
    #[serde(default)]
    pub knows: Vec<String>,
    #[serde(default)]
    pub points: Vec<Rule>,
}

/// Points for the frameworks that fit, or against them: exactly one of `trait`, `language`
/// and `framework` says which.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    #[serde(default, rename = "trait")]
    pub trait_: Option<String>,
    #[serde(default)]
    pub language: Option<String>,
    #[serde(default)]
    pub framework: Option<String>,
    /// Below zero for what speaks against them; never zero.
    pub points: i16,
    /// The reason, printed beside the points.
    pub because: String,
}

impl Roadmap {
    /// Every topic with its stage, in the order of the file.
    pub fn topics(&self) -> impl Iterator<Item = (&Stage, &Topic)> {
        self.stages.iter().flat_map(|stage| stage.topics.iter().map(move |topic| (stage, topic)))
    }
}
