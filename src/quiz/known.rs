//! What the answers say of somebody's knowledge: the topics that they need not learn.

use super::Answers;
use crate::curriculum::model::Roadmap;
use crate::curriculum::select::Filter;

/// The topics that the choices taken name as known and that are on the path, in the order of the
/// roadmap.
#[must_use]
pub fn known_topics(
    roadmap: &Roadmap,
    answers: &Answers,
    language: &str,
    framework: &str,
) -> Vec<String> {
    let path = Filter::path(roadmap, Some(language), Some(framework));
    let known: Vec<&String> =
        answers.chosen(roadmap).flat_map(|(_, choice)| &choice.knows).collect();
    let topics = roadmap.topics().map(|(_, topic)| topic);
    let topics = topics.filter(|topic| path.includes(topic) && known.contains(&&topic.id));
    topics.map(|topic| topic.id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_on_the_path_counts() {
        let roadmap = crate::curriculum::builtin();
        let texts = ["know=python,javascript".to_owned()];
        let answers = Answers::read(&roadmap, &texts).expect("answers");
        let known = |language, framework| known_topics(&roadmap, &answers, language, framework);
        assert_eq!(known("python", "fastapi"), ["choosing-language", "python"]);
        assert_eq!(known("javascript", "express"), ["choosing-language", "javascript"]);
        assert_eq!(known("rust", "axum"), ["choosing-language"]);
        let none = Answers::read(&roadmap, &["know=none".to_owned()]).expect("answers");
        assert!(known_topics(&roadmap, &none, "python", "fastapi").is_empty());
    }
}
