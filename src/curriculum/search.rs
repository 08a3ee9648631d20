//! Finds words in a roadmap, whatever the case: titles count before texts.

use super::model::{Resource, Roadmap, Stage, Topic};

/// A topic in which the word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit<'a> {
    /// The stage's number, from 1.
    pub number: usize,
    pub stage: &'a Stage,
    pub topic: &'a Topic,
}

/// Every topic in which `word` stands, those with it in id or title first, else in the
/// order of the roadmap.
#[must_use]
pub fn search<'a>(roadmap: &'a Roadmap, word: &str) -> Vec<Hit<'a>> {
    let word = word.trim().to_lowercase();
    let mut hits: Vec<(u8, Hit<'a>)> = Vec::new();
    for (index, stage) in roadmap.stages.iter().enumerate() {
        for topic in &stage.topics {
            if let Some(rank) = rank(topic, &word) {
                let number = index + 1;
                hits.push((rank, Hit { number, stage, topic }));
            }
        }
    }
    hits.sort_by_key(|(rank, _)| *rank);
    hits.into_iter().map(|(_, hit)| hit).collect()
}

/// Resources of the roadmap as a whole in which `word` stands.
#[must_use]
pub fn search_resources<'a>(roadmap: &'a Roadmap, word: &str) -> Vec<&'a Resource> {
    let word = word.trim().to_lowercase();
    let hit = |resource: &&Resource| in_resource(resource, &word);
    roadmap.resources.iter().filter(hit).collect()
}

/// 0 for id or title, 1 for the texts, 2 for the links.
fn rank(topic: &Topic, word: &str) -> Option<u8> {
    let has = |text: &str| text.to_lowercase().contains(word);
    if has(&topic.title) || has(&topic.id) {
        Some(0)
    } else if has(&topic.what) || has(&topic.why) || has(&topic.practice) {
        Some(1)
    } else if topic.resources.iter().any(|resource| in_resource(resource, word)) {
        Some(2)
    } else {
        None
    }
}

fn in_resource(resource: &Resource, word: &str) -> bool {
    let author = resource.author.as_deref().unwrap_or_default();
    resource.title.to_lowercase().contains(word) || author.to_lowercase().contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(word: &str) -> Vec<String> {
        let text = include_str!("../../tests/fixtures/roadmap.yaml");
        let roadmap = crate::curriculum::parse("small.yaml", text).expect("sound");
        let hits = search(&roadmap, word).into_iter();
        let hits = hits.map(|hit| format!("{} {}", hit.number, hit.topic.id));
        let resources = search_resources(&roadmap, word).into_iter();
        hits.chain(resources.map(|resource| resource.title.clone())).collect()
    }

    #[test]
    fn titles_come_before_texts_and_texts_before_links() {
        // In sqlx's title, and in nothing but the text of another.
        assert_eq!(found("rust"), ["2 sqlx"]);
        // html's title has it, http's address does not count.
        assert_eq!(found("server"), ["1 http", "1 html"]);
        assert_eq!(found("page"), ["1 html"]);
        assert_eq!(found("http"), ["1 http"]);
        assert_eq!(found("tables"), ["2 sql", "2 sqlx"]);
        assert_eq!(found("pools"), ["3 rocket-pools"]);
    }

    #[test]
    fn case_and_spaces_around_do_not_matter() {
        assert_eq!(found("  SqL "), ["2 sql", "2 sqlx"]);
        assert_eq!(found("備份"), ["3 backups"]);
    }

    #[test]
    fn authors_and_the_roadmaps_own_resources_are_found() {
        assert_eq!(found("a. writer"), ["1 html"]);
        assert_eq!(found("b. author"), ["A book of everything"]);
        assert_eq!(found("cobol"), Vec::<String>::new());
    }
}
