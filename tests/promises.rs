//! What the roadmap that comes with the binary promises of its own content.

use roadmap::curriculum::model::{Facts, Level, Roadmap, Topic};
use roadmap::curriculum::select::Filter;
use roadmap::curriculum::standing::next_topic;
use roadmap::curriculum::{builtin, parse};
use roadmap::starter::Library;
use std::collections::{BTreeMap, BTreeSet};

const TEXT: &str = include_str!("../roadmap.yaml");
const STATEMENTS: &str = include_str!("../docs/statements.md");

/// Addresses that stand in several topics, and why. A section of a document has an address of
/// its own; the list of books and courses for the whole roadmap is not compared.
const REPEATED: &[(&str, &str)] =
    &[("https://dataintensive.net/", "the book as a whole, and its chapter on replication")];

fn facts(roadmap: &Roadmap) -> impl Iterator<Item = (&str, Option<&Facts>)> {
    let languages =
        roadmap.languages.iter().map(|language| (language.id.as_str(), language.facts.as_ref()));
    let frameworks = roadmap
        .frameworks
        .iter()
        .map(|framework| (framework.id.as_str(), framework.facts.as_ref()));
    languages.chain(frameworks)
}

#[test]
fn every_language_and_framework_has_facts_with_a_date_or_a_reason_for_none() {
    let roadmap = builtin();
    assert!(roadmap.checked.is_some());
    for (id, facts) in facts(&roadmap) {
        assert!(facts.is_some_and(|facts| facts.support.len() > 20), "{id}");
    }
}

#[test]
fn no_date_of_support_lies_in_the_past_without_being_marked() {
    let roadmap = builtin();
    let checked = roadmap.checked.as_deref().expect("the day of the check");
    for (id, facts) in facts(&roadmap) {
        let Some(facts) = facts else { continue };
        let Some(until) = &facts.until else { continue };
        let past = until.as_str() < &checked[..until.len()];
        assert_eq!(past, facts.ended, "{id}: until {until}, checked {checked}");
    }
}

/// The mistakes in our roadmap after a change of its text.
fn mistakes(from: &str, to: &str) -> Vec<String> {
    assert!(TEXT.contains(from), "{from}");
    let changed = TEXT.replacen(from, to, 1);
    let mistakes = parse("roadmap.yaml", &changed).err().unwrap_or_default();
    mistakes.into_iter().map(|mistake| mistake.message).collect()
}

#[test]
fn a_date_in_the_past_is_refused_unless_it_says_so() {
    let until = "until: \"2031-10\"";
    assert_eq!(
        mistakes(until, "until: \"2026-10\""),
        ["lies before 2026-11-28: mend it, or add `ended: true`"]
    );
    assert_eq!(mistakes(until, "until: \"2026-11\""), [""; 0], "a month lasts to its end");
    assert_eq!(mistakes(until, "until: \"2026-10\"\n      ended: true"), [""; 0]);
    assert_eq!(
        mistakes(until, "until: \"2031-10\"\n      ended: true"),
        ["does not lie before 2026-11-28: it has not ended"]
    );
}

#[test]
fn a_date_that_the_calendar_does_not_have_is_refused() {
    for date in ["2031-13", "2031", "10/2031", "2031-02-29", "2031-10-5", "soon"] {
        assert_eq!(
            mistakes("until: \"2031-10\"", &format!("until: \"{date}\"")),
            ["must be a month or a day, as `2028-11` or `2028-11-14`"],
            "{date}"
        );
    }
    assert_eq!(
        mistakes("checked: \"2026-11-28\"", "checked: \"2026-11\""),
        ["must be a day, as `2026-11-22`"]
    );
}

#[test]
fn the_essential_topics_of_every_path_can_be_walked() {
    let roadmap = builtin();
    for framework in &roadmap.frameworks {
        let path = Filter::path(&roadmap, Some(&framework.language), Some(&framework.id));
        let mut known: Vec<String> = Vec::new();
        let mut hours = 0;
        while let Some((_, topic)) = next_topic(&roadmap, &path, &known) {
            assert_eq!(topic.level, Level::Essential, "{}: {}", framework.id, topic.id);
            for need in &topic.needs {
                assert!(known.contains(need), "{}: {} needs {need}", framework.id, topic.id);
            }
            known.push(topic.id.clone());
            hours += topic.hours;
        }
        let place = |id: &str| known.iter().position(|entry| entry == id);
        assert!(place("git-basics") < place("frameworks"), "{}", framework.id);
        assert!((250..=450).contains(&hours), "{}: {hours} hours", framework.id);
    }
}

#[test]
fn no_two_links_are_alike_without_reason() {
    let roadmap = builtin();
    let mut places: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (_, topic) in roadmap.topics() {
        for resource in &topic.resources {
            places.entry(&resource.url).or_default().push(&topic.id);
        }
    }
    let allowed: BTreeSet<&str> = REPEATED.iter().map(|(url, _)| *url).collect();
    let repeated: BTreeMap<&str, Vec<&str>> =
        places.into_iter().filter(|(_, topics)| topics.len() > 1).collect();
    let repeated_links: BTreeSet<&str> = repeated.keys().copied().collect();
    assert_eq!(repeated_links, allowed, "{repeated:#?}");
    assert!(REPEATED.iter().all(|(_, why)| why.len() > 10));
}

#[test]
fn our_statements_stand_in_their_topics_word_for_word() {
    let roadmap = builtin();
    let rows: Vec<Vec<&str>> = STATEMENTS
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| subject"))
        .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect())
        .collect();
    assert_eq!(rows.len(), 30);
    for row in rows {
        let [subject, _, sentence, place, source] = row.as_slice() else {
            panic!("a row has five columns: {row:?}");
        };
        let (stage, id) = place.trim_matches('`').split_once('/').expect("STAGE/TOPIC");
        let topic = roadmap.topics().find(|(parent, topic)| parent.id == stage && topic.id == id);
        let (_, topic) = topic.unwrap_or_else(|| panic!("{subject}: no topic {place}"));
        assert!(says(topic, sentence), "{subject}: {place} does not say: {sentence}");
        assert!(source.contains("](https://"), "{subject}: no source");
    }
}

fn says(topic: &Topic, sentence: &str) -> bool {
    [&topic.what, &topic.why, &topic.practice].into_iter().any(|text| text.contains(sentence))
}

#[test]
fn facts_say_what_a_starter_shows_exactly_where_it_exists() {
    let starters = Library::Embedded.starters(|_| None).expect("the library can be read");
    let roadmap = builtin();
    for framework in &roadmap.frameworks {
        let says_starter = framework.facts.as_ref().is_some_and(|facts| facts.starter.is_some());
        assert_eq!(
            says_starter,
            starters.iter().any(|starter| starter.framework == framework.id),
            "{}",
            framework.id
        );
    }
    for language in &roadmap.languages {
        let says_starter = language.facts.as_ref().is_some_and(|facts| facts.starter.is_some());
        assert_eq!(
            says_starter,
            starters.iter().any(|starter| starter.language == language.id),
            "{}",
            language.id
        );
    }
}
