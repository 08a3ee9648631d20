//! Finds words in a roadmap, whatever the case: titles count before texts and texts before
//! links, and in each of them whole words before parts of words.

use super::model::{Resource, Roadmap, Stage, Topic};

/// A topic in which the word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit<'a> {
    /// The stage's number, from 1.
    pub number: usize,
    pub stage: &'a Stage,
    pub topic: &'a Topic,
}

/// How well a topic fits: the first is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// The word is its id.
    Id,
    Title(Part),
    Text(Part),
    Link(Part),
}

/// How a word stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Whole,
    OfAWord,
}

/// Every topic in which `word` stands, the best first, else in the order of the roadmap.
#[must_use]
pub fn search<'a>(roadmap: &'a Roadmap, word: &str) -> Vec<Hit<'a>> {
    let word = normal(word);
    let mut hits: Vec<(Rank, Hit<'a>)> = Vec::new();
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
    let word = normal(word);
    roadmap.resources.iter().filter(|resource| in_resource(resource, &word).is_some()).collect()
}

fn rank(topic: &Topic, word: &str) -> Option<Rank> {
    if topic.id == word {
        return Some(Rank::Id);
    }
    let title = [&topic.title, &topic.id].into_iter().filter_map(|text| find(text, word)).min();
    let texts = [&topic.what, &topic.why, &topic.practice];
    let text = || texts.into_iter().filter_map(|text| find(text, word)).min();
    let links = || topic.resources.iter().filter_map(|link| in_resource(link, word)).min();
    title.map(Rank::Title).or_else(|| text().map(Rank::Text)).or_else(|| links().map(Rank::Link))
}

fn in_resource(resource: &Resource, word: &str) -> Option<Part> {
    let author = resource.author.as_deref().unwrap_or_default();
    find(&resource.title, word).into_iter().chain(find(author, word)).min()
}

/// How `word` stands in `text`, at best. A sign of the word itself, as in `c#` and `.net`,
/// needs no space beside it; a letter or digit beside the word makes it a part.
fn find(text: &str, word: &str) -> Option<Part> {
    if word.is_empty() {
        return None;
    }
    // Spaces matter to several words alone, and a search goes through each text of the roadmap.
    let text = if word.contains(' ') { normal(text) } else { text.to_lowercase() };
    let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let whole = |(start, matched): (usize, &str)| {
        let before = text[..start].chars().next_back();
        let behind = text[start + matched.len()..].chars().next();
        if inside(before) || inside(behind) { Part::OfAWord } else { Part::Whole }
    };
    text.match_indices(word).map(whole).min()
}

/// In small letters, with one space between words.
fn normal(text: &str) -> String {
    let lowercase = text.to_lowercase();
    let mut normal = String::with_capacity(lowercase.len());
    for word in lowercase.split_whitespace() {
        if !normal.is_empty() {
            normal.push(' ');
        }
        normal.push_str(word);
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curriculum::builtin;

    fn ids(word: &str) -> Vec<String> {
        search(&builtin(), word).iter().map(|hit| hit.topic.id.clone()).collect()
    }

    #[test]
    fn what_people_type_finds_its_topic_first() {
        for (word, topic) in [
            ("n+1", "n-plus-one"),
            ("c#", "csharp"),
            (".net", "csharp"),
            ("ci/cd", "ci-cd"),
            ("go", "go"),
            ("golang", "go"),
            ("java", "java"),
            ("SQL", "sql"),
            ("  json   web token ", "jwt"),
        ] {
            assert_eq!(ids(word).first().map(String::as_str), Some(topic), "{word}");
        }
    }

    #[test]
    fn a_whole_word_comes_before_a_part_of_a_word() {
        assert_eq!(find("Go (Golang)", "go"), Some(Part::Whole));
        assert_eq!(find("MongoDB", "go"), Some(Part::OfAWord));
        assert_eq!(find("ASP.NET Core", ".net"), Some(Part::OfAWord));
        assert_eq!(find("C# and .NET", ".net"), Some(Part::Whole));
        let titles = ids("go");
        let place = |id: &str| titles.iter().position(|title| title == id);
        assert!(place("net-http") < place("django"), "{titles:?}");
    }

    #[test]
    fn titles_come_before_texts_and_texts_before_links() {
        assert!(Rank::Title(Part::OfAWord) < Rank::Text(Part::Whole));
        assert!(Rank::Text(Part::OfAWord) < Rank::Link(Part::Whole));
        assert!(Rank::Id < Rank::Title(Part::Whole));
    }

    #[test]
    fn nothing_finds_nothing() {
        assert!(ids(" ").is_empty());
        assert!(ids("xyzzy").is_empty());
    }

    fn all_ids(word: &str) -> Vec<String> {
        let text = include_str!("../../tests/fixtures/roadmap.yaml");
        let roadmap = crate::curriculum::parse("small.yaml", text).expect("sound");
        let hits = search(&roadmap, word).into_iter();
        let hits = hits.map(|hit| format!("{} {}", hit.number, hit.topic.id));
        let resources = search_resources(&roadmap, word).into_iter();
        hits.chain(resources.map(|resource| resource.title.clone())).collect()
    }

    #[test]
    fn hits_and_resources_come_in_their_order() {
        // In sqlx's title, and in nothing but the text of another.
        assert_eq!(all_ids("rust"), ["2 sqlx"]);
        // html's title has it, http's address does not count.
        assert_eq!(all_ids("server"), ["1 http", "1 html"]);
        assert_eq!(all_ids("page"), ["1 html"]);
        assert_eq!(all_ids("http"), ["1 http"]);
        assert_eq!(all_ids("tables"), ["2 sql", "2 sqlx"]);
        assert_eq!(all_ids("pools"), ["3 rocket-pools"]);
    }

    #[test]
    fn case_and_spaces_around_do_not_matter() {
        assert_eq!(all_ids("  SqL "), ["2 sql", "2 sqlx"]);
        assert_eq!(all_ids("備份"), ["3 backups"]);
    }

    #[test]
    fn authors_and_the_roadmaps_own_resources_are_searched() {
        assert_eq!(all_ids("a. writer"), ["1 html"]);
        assert_eq!(all_ids("b. author"), ["A book of everything"]);
        assert_eq!(all_ids("cobol"), Vec::<String>::new());
    }
}
