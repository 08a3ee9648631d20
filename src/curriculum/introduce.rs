//! Which topic introduces which language or framework: its facts are printed there.

use super::model::{Facts, Roadmap, Topic};

/// A language or framework that a topic introduces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Introduced<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub used_for: &'a str,
    /// The typing of a language, the size of a framework.
    pub sort: IntroducedKind,
    pub facts: &'a Facts,
}

/// A word for the typing of a language, or for the size of a framework.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntroducedKind {
    Typing(&'static str),
    Size(&'static str),
}

/// What `topic` introduces: a topic that is tagged with one language or framework alone
/// introduces it, if no topic before it does.
#[must_use]
pub fn introduced<'a>(roadmap: &'a Roadmap, topic: &Topic) -> Option<Introduced<'a>> {
    let tag = |topic: &Topic| match (topic.languages.as_slice(), topic.frameworks.as_slice()) {
        ([language], []) => Some((language.clone(), false)),
        ([], [framework]) => Some((framework.clone(), true)),
        _ => None,
    };
    let own = tag(topic)?;
    let (_, first) = roadmap.topics().find(|(_, topic)| tag(topic).as_ref() == Some(&own))?;
    if first.id != topic.id {
        return None;
    }
    let (id, framework) = own;
    if framework {
        let framework = roadmap.frameworks.iter().find(|framework| framework.id == id)?;
        Some(Introduced {
            id: &framework.id,
            title: &framework.title,
            used_for: &framework.used_for,
            sort: IntroducedKind::Size(framework.size.as_str()),
            facts: framework.facts.as_ref()?,
        })
    } else {
        let language = roadmap.languages.iter().find(|language| language.id == id)?;
        Some(Introduced {
            id: &language.id,
            title: &language.title,
            used_for: &language.used_for,
            sort: IntroducedKind::Typing(language.typing.as_str()),
            facts: language.facts.as_ref()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curriculum::builtin;

    fn introduced_title(id: &str) -> Option<String> {
        let roadmap = builtin();
        let (_, topic) = roadmap.topics().find(|(_, topic)| topic.id == id)?;
        introduced(&roadmap, topic).map(|introduced_item| introduced_item.title.to_owned())
    }

    #[test]
    fn a_topic_introduces_the_language_or_framework_it_is_tagged_with() {
        assert_eq!(introduced_title("python").as_deref(), Some("Python"));
        assert_eq!(introduced_title("django").as_deref(), Some("Django"));
        assert_eq!(introduced_title("http"), None);
    }

    #[test]
    fn only_the_first_topic_introduces_it() {
        assert_eq!(introduced_title("javascript").as_deref(), Some("JavaScript (Node.js)"));
        assert_eq!(introduced_title("typescript"), None);
        assert_eq!(introduced_title("orm-python"), None);
    }

    #[test]
    fn each_language_and_framework_of_ours_is_introduced() {
        let roadmap = builtin();
        let topics = roadmap.topics().filter_map(|(_, topic)| introduced(&roadmap, topic));
        assert_eq!(topics.count(), roadmap.languages.len() + roadmap.frameworks.len());
    }
}
