//! Which part of a roadmap is asked for: a stage or topic by name, a path, a level.

use super::model::{Level, Roadmap, Stage, Topic};
use super::outline::TopicOutline;
use crate::suggest::nearest;

/// What is shown of a roadmap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selection<'a> {
    Stage(usize, &'a Stage),
    Topic(usize, &'a Stage, &'a Topic),
}

/// A name that no stage or topic answers to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SelectError {
    #[error("there is no stage or topic `{word}`")]
    Stage { word: String, suggestion: Option<String> },
    #[error("`{word}` could be several stages: {}", .candidates.join(", "))]
    Ambiguous { word: String, candidates: Vec<String> },
    #[error("the stage `{stage}` has no topic `{word}`")]
    Topic { stage: String, word: String, suggestion: Option<String> },
    #[error("there is no stage or topic `{word}`")]
    Neither { word: String, suggestion: Option<String> },
}

/// The topics that one word names: a topic by id or earlier id, or a stage, which stands for
/// its topics. A topic's whole id wins over the start of a stage's, so that nobody marks a
/// stage by meaning a topic.
///
/// # Errors
/// [`SelectError`] with the nearest name, if one is near.
pub fn topics_named<'a>(roadmap: &'a Roadmap, word: &str) -> Result<Vec<&'a Topic>, SelectError> {
    let lower = word.to_lowercase();
    let is_stage = roadmap.stages.iter().any(|stage| stage.id == lower);
    if !is_stage && let Some(Selection::Topic(_, _, topic)) = topic_anywhere(roadmap, &lower) {
        return Ok(vec![topic]);
    }
    match select(roadmap, word) {
        Ok(Selection::Stage(_, stage)) => Ok(stage.topics.iter().collect()),
        Ok(Selection::Topic(_, _, topic)) => Ok(vec![topic]),
        Err(SelectError::Stage { word, .. }) if !word.contains('/') => {
            let topics = roadmap.topics().map(|(_, topic)| topic.id.as_str());
            let stages = roadmap.stages.iter().map(|stage| stage.id.as_str());
            let suggestion = nearest(&word, topics.chain(stages)).map(str::to_owned);
            Err(SelectError::Neither { word, suggestion })
        }
        Err(unknown) => Err(unknown),
    }
}

/// Finds `STAGE[/TOPIC]`: a stage by number, id or unambiguous start of an id; a topic
/// by id, an earlier id, or unambiguous start. A topic's id alone finds the topic too.
///
/// # Errors
/// [`SelectError`] with the nearest name, if one is near.
pub fn select<'a>(roadmap: &'a Roadmap, words: &str) -> Result<Selection<'a>, SelectError> {
    let (stage_word, topic_word) = match words.split_once('/') {
        Some((stage, topic)) => (stage, Some(topic)),
        None => (words, None),
    };
    let (index, stage) = match (stage(roadmap, stage_word), topic_word) {
        (Ok(selected), _) => selected,
        (Err(unknown), Some(_)) => return Err(unknown),
        (Err(unknown), None) => {
            return topic_anywhere(roadmap, stage_word).ok_or(unknown);
        }
    };
    let Some(topic_word) = topic_word.filter(|word| !word.is_empty()) else {
        return Ok(Selection::Stage(index, stage));
    };
    match topic(stage, topic_word) {
        Some(topic) => Ok(Selection::Topic(index, stage, topic)),
        None => Err(SelectError::Topic {
            stage: stage.id.clone(),
            word: topic_word.to_owned(),
            suggestion: nearest(topic_word, stage.topics.iter().map(|topic| topic.id.as_str()))
                .map(|id| format!("{}/{id}", stage.id)),
        }),
    }
}

/// A stage by number (from 1), id or unambiguous start of an id, with its index.
///
/// # Errors
/// [`SelectError::Stage`] or [`SelectError::Ambiguous`].
pub fn stage<'a>(roadmap: &'a Roadmap, word: &str) -> Result<(usize, &'a Stage), SelectError> {
    let stages = || roadmap.stages.iter().enumerate();
    if let Ok(number) = word.parse::<usize>()
        && let Some(selected) = stages().find(|(index, _)| index + 1 == number)
    {
        return Ok(selected);
    }
    let lower = word.to_lowercase();
    if let Some(selected) = stages().find(|(_, stage)| stage.id == lower) {
        return Ok(selected);
    }
    let starts: Vec<_> =
        stages().filter(|(_, stage)| !lower.is_empty() && stage.id.starts_with(&lower)).collect();
    match starts.as_slice() {
        [single] => Ok(*single),
        [] => Err(SelectError::Stage {
            word: word.to_owned(),
            suggestion: nearest(word, roadmap.stages.iter().map(|stage| stage.id.as_str()))
                .map(str::to_owned),
        }),
        several => Err(SelectError::Ambiguous {
            word: word.to_owned(),
            candidates: several.iter().map(|(_, stage)| stage.id.clone()).collect(),
        }),
    }
}

fn topic<'a>(stage: &'a Stage, word: &str) -> Option<&'a Topic> {
    let word = word.to_lowercase();
    let exact = |topic: &&Topic| topic.id == word || topic.aliases.contains(&word);
    if let Some(selected) = stage.topics.iter().find(exact) {
        return Some(selected);
    }
    let mut starts = stage.topics.iter().filter(|topic| topic.id.starts_with(&word));
    match (starts.next(), starts.next()) {
        (Some(single), None) => Some(single),
        _ => None,
    }
}

fn topic_anywhere<'a>(roadmap: &'a Roadmap, word: &str) -> Option<Selection<'a>> {
    let word = word.to_lowercase();
    roadmap.stages.iter().enumerate().find_map(|(index, stage)| {
        let exact = |topic: &&Topic| topic.id == word || topic.aliases.contains(&word);
        let topic = stage.topics.iter().find(exact)?;
        Some(Selection::Topic(index, stage, topic))
    })
}

/// Which topics stay: those of a path, down to a level.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    language: Option<String>,
    frameworks: Option<Vec<String>>,
    level: Option<Level>,
}

impl Filter {
    /// Keeps what is neutral and what is tagged with the path: the language and the
    /// framework, or all frameworks of the language; without either, every path.
    #[must_use]
    pub fn path(roadmap: &Roadmap, language: Option<&str>, framework: Option<&str>) -> Self {
        let of_language = |language: &str| {
            let frameworks = roadmap.frameworks.iter();
            let own = frameworks.filter(|framework| framework.language == language);
            own.map(|framework| framework.id.clone()).collect()
        };
        let frameworks = match (framework, language) {
            (Some(framework), _) => Some(vec![framework.to_owned()]),
            (None, language) => language.map(of_language),
        };
        Self { language: language.map(str::to_owned), frameworks, level: None }
    }

    /// Keeps what is neutral and what is tagged with this language or this framework of it.
    #[must_use]
    pub fn for_framework(language: &str, framework: &str) -> Self {
        Self {
            language: Some(language.to_owned()),
            frameworks: Some(vec![framework.to_owned()]),
            level: None,
        }
    }

    /// Keeps this level and the ones above it too.
    #[must_use]
    pub fn down_to(mut self, level: Level) -> Self {
        self.level = Some(level);
        self
    }

    /// Whether `topic` stays.
    #[must_use]
    pub fn includes(&self, topic: &Topic) -> bool {
        self.includes_tags(&topic.languages, &topic.frameworks, topic.level)
    }

    /// As [`Self::includes`], for a topic of an outline.
    #[must_use]
    pub fn includes_outline(&self, topic: &TopicOutline) -> bool {
        self.includes_tags(&topic.languages, &topic.frameworks, topic.level)
    }

    fn includes_tags(&self, languages: &[String], frameworks: &[String], level: Level) -> bool {
        let (language, own) = (self.language.as_ref(), self.frameworks.as_ref());
        (languages.is_empty() || language.is_none_or(|language| languages.contains(language)))
            && (frameworks.is_empty()
                || own.is_none_or(|own| own.iter().any(|framework| frameworks.contains(framework))))
            && self.level.is_none_or(|lowest| level <= lowest)
    }

    /// The roadmap with only the topics that stay.
    #[must_use]
    pub fn apply(&self, mut roadmap: Roadmap) -> Roadmap {
        for stage in &mut roadmap.stages {
            stage.topics.retain(|topic| self.includes(topic));
        }
        roadmap
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Roadmap {
        let text = include_str!("../../tests/fixtures/roadmap.yaml");
        crate::curriculum::parse("small.yaml", text).expect("sound")
    }

    fn selection(words: &str) -> Result<String, SelectError> {
        let roadmap = small();
        select(&roadmap, words).map(|selection| match selection {
            Selection::Stage(index, stage) => format!("{index} {}", stage.id),
            Selection::Topic(index, stage, topic) => format!("{index} {}/{}", stage.id, topic.id),
        })
    }

    #[test]
    fn a_stage_is_selected_by_number_id_and_start() {
        for words in ["1", "basics", "b", "Basics", "basics/"] {
            assert_eq!(selection(words).as_deref(), Ok("0 basics"), "{words}");
        }
        // An id wins over a longer one that starts with it.
        assert_eq!(selection("data").as_deref(), Ok("1 data"));
        assert_eq!(selection("datab").as_deref(), Ok("2 database-care"));
    }

    #[test]
    fn a_start_of_several_is_ambiguous() {
        let candidates = vec!["data".to_owned(), "database-care".to_owned()];
        assert_eq!(
            selection("dat"),
            Err(SelectError::Ambiguous { word: "dat".to_owned(), candidates })
        );
    }

    #[test]
    fn a_topic_is_selected_in_its_stage_or_anywhere() {
        for words in
            ["basics/http", "1/http", "bas/hypertext", "http", "HTTP", "Hypertext", "basics/htt"]
        {
            assert_eq!(selection(words).as_deref(), Ok("0 basics/http"), "{words}");
        }
        assert_eq!(selection("sqlx").as_deref(), Ok("1 data/sqlx"));
        // Exactly this one, though another starts with it.
        assert_eq!(selection("data/sql").as_deref(), Ok("1 data/sql"));
    }

    #[test]
    fn what_is_unknown_gets_the_nearest_name() {
        let suggestion = |words: &str| match selection(words) {
            Err(SelectError::Stage { suggestion, .. } | SelectError::Topic { suggestion, .. }) => {
                suggestion
            }
            _ => None,
        };
        assert_eq!(suggestion("basisc").as_deref(), Some("basics"));
        assert_eq!(suggestion("basics/htlm").as_deref(), Some("basics/html"));
        for words in ["0", "4", "99999999999999999999", "", "/", "cobol", "h", "data/h"] {
            assert!(selection(words).is_err(), "{words}");
        }
    }

    #[test]
    fn a_word_names_a_topic_or_all_topics_of_a_stage() {
        let roadmap = small();
        let named = |word: &str| {
            let topics = topics_named(&roadmap, word);
            topics.map(|all| all.iter().map(|topic| topic.id.as_str()).collect::<Vec<_>>())
        };
        assert_eq!(named("HTTP"), Ok(vec!["http"]));
        assert_eq!(named("hypertext"), Ok(vec!["http"]));
        assert_eq!(named("basics/html"), Ok(vec!["html"]));
        for stage in ["1", "basics", "bas"] {
            assert_eq!(named(stage), Ok(vec!["http", "html"]), "{stage}");
        }
        let suggestion = |word| match named(word) {
            Err(SelectError::Neither { suggestion, .. }) => suggestion,
            _ => None,
        };
        assert_eq!(suggestion("htpp").as_deref(), Some("http"));
        assert_eq!(suggestion("basisc").as_deref(), Some("basics"));
        assert!(named("basics/nothing").is_err());
    }

    fn ids_of(language: Option<&str>, framework: Option<&str>) -> Vec<String> {
        let roadmap = small();
        let part = Filter::path(&roadmap, language, framework).apply(roadmap);
        part.topics().map(|(_, topic)| topic.id.clone()).collect()
    }

    #[test]
    fn a_path_keeps_what_is_neutral_and_its_own() {
        let all = ["http", "html", "sql", "sqlx", "backups", "rocket-pools"];
        assert_eq!(ids_of(None, None), all);
        assert_eq!(ids_of(Some("rust"), None), all);
        assert_eq!(ids_of(Some("rust"), Some("axum")), all[..5]);
        assert_eq!(ids_of(Some("python"), None), ["http", "html", "sql", "backups"]);
    }

    #[test]
    fn a_level_keeps_those_above_it() {
        let roadmap = small();
        let count = |level| {
            let filter = Filter::default().down_to(level);
            roadmap.topics().filter(|(_, topic)| filter.includes(topic)).count()
        };
        assert_eq!([Level::Essential, Level::Recommended, Level::Optional].map(count), [3, 5, 6]);
    }
}
