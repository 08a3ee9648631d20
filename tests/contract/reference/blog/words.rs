//! blog, milestone `search`: what a word is, and which words are the same.

use crate::reference::faults::fault;
use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word that is searched for.
pub struct Term {
    word: String,
    is_prefix: bool,
}

impl Term {
    /// Whether this word of a text is meant.
    pub fn fits(&self, word: &str) -> bool {
        match () {
            () if fault("search-substrings") => word.contains(&self.word),
            () if self.is_prefix => word.starts_with(&self.word),
            () => word == self.word,
        }
    }
}

/// The words of a query.
pub fn query(text: &str) -> Vec<Term> {
    let mut terms = Vec::new();
    for part in text.split_whitespace() {
        let is_prefix =
            fault("search-prefixes") || part.ends_with('*') && fault("search-star-operator");
        let words = split(part);
        let words = words.into_iter().map(|word| match fault("search-forms-of-texts-alone") {
            true => word,
            false => stem(word),
        });
        terms.extend(words.map(|word| Term { word, is_prefix }));
    }
    terms
}

/// The words of a text, each as the one that stands for all its forms.
pub fn words(text: &str) -> Vec<String> {
    split(text).into_iter().map(stem).collect()
}

fn stem(word: String) -> String {
    match fault("search-without-forms") {
        true => word,
        false => Stemmer::create(Algorithm::English).stem(&word).into_owned(),
    }
}

fn split(text: &str) -> Vec<String> {
    let folded = folded(text);
    let is_between = |character: char| match fault("search-splits-at-blanks") {
        true => character.is_whitespace(),
        false => !character.is_alphanumeric() && !is_combining_mark(character),
    };
    folded.split(is_between).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The text without the difference of case and of accents.
fn folded(text: &str) -> String {
    let text = match () {
        () if fault("search-by-case") => text.to_owned(),
        () if fault("search-case-of-ascii") => text.to_ascii_lowercase(),
        () => text.to_lowercase(),
    };
    if fault("search-with-accents") {
        return text.nfc().collect();
    }
    // An accent that is a character of its own ends the word, for the fault that does not know it.
    let apart =
        |character: char| fault("search-accents-composed-alone") && is_combining_mark(character);
    let text: String =
        text.chars().map(|character| if apart(character) { ' ' } else { character }).collect();
    text.nfd().filter(|character| !is_combining_mark(*character)).collect()
}
