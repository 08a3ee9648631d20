//! Looks up languages, frameworks and projects by id or alias.

use super::Starter;
use crate::curriculum::model::Roadmap;
use crate::suggest::nearest;
use std::fmt;

/// What a word names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameKind {
    Language,
    Framework,
    Project,
}

impl fmt::Display for NameKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Language => "language",
            Self::Framework => "framework",
            Self::Project => "project",
        })
    }
}

/// A word that names nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown {kind} `{word}`")]
pub struct UnknownName {
    pub kind: NameKind,
    pub word: String,
    /// The nearest known word, if one is near.
    pub suggestion: Option<String>,
    /// Every id of the kind.
    pub known: Vec<String>,
}

/// The roadmap's paths and projects, joined with the starters of a template library.
#[derive(Debug)]
pub struct Catalog<'a> {
    roadmap: &'a Roadmap,
    starters: Vec<Starter>,
}

impl<'a> Catalog<'a> {
    /// Joins the two, the starters in the order of the roadmap's frameworks and projects.
    #[must_use]
    pub fn new(roadmap: &'a Roadmap, mut starters: Vec<Starter>) -> Self {
        let framework =
            |id: &str| roadmap.frameworks.iter().position(|framework| framework.id == id);
        let project = |id: &str| roadmap.projects.iter().position(|project| project.id == id);
        // What the roadmap does not know comes last: `None` would sort first.
        let last = |place: Option<usize>| place.unwrap_or(usize::MAX);
        starters.sort_by_key(|starter| {
            (last(framework(&starter.framework)), last(project(&starter.project)), starter.clone())
        });
        Self { roadmap, starters }
    }

    /// Every starter there is.
    #[must_use]
    pub fn starters(&self) -> &[Starter] {
        &self.starters
    }

    /// The id of the language that `word` names, whatever its case.
    ///
    /// # Errors
    /// [`UnknownName`] with the nearest word.
    pub fn language(&self, word: &str) -> Result<&str, UnknownName> {
        let names = self.roadmap.languages.iter().map(|language| (&language.id, &language.aliases));
        let extra = self.starters.iter().map(|starter| starter.language.as_str());
        find(NameKind::Language, word, names, extra)
    }

    /// The id of the framework that `word` names, whatever its case.
    ///
    /// # Errors
    /// [`UnknownName`] with the nearest word.
    pub fn framework(&self, word: &str) -> Result<&str, UnknownName> {
        let names =
            self.roadmap.frameworks.iter().map(|framework| (&framework.id, &framework.aliases));
        let extra = self.starters.iter().map(|starter| starter.framework.as_str());
        find(NameKind::Framework, word, names, extra)
    }

    /// The id of the project that `word` names, whatever its case.
    ///
    /// # Errors
    /// [`UnknownName`] with the nearest word.
    pub fn project(&self, word: &str) -> Result<&str, UnknownName> {
        static NO_ALIASES: Vec<String> = Vec::new();
        let names = self.roadmap.projects.iter().map(|project| (&project.id, &NO_ALIASES));
        let extra = self.starters.iter().map(|starter| starter.project.as_str());
        find(NameKind::Project, word, names, extra)
    }

    /// The language of the framework `id`.
    #[must_use]
    pub fn language_of(&self, id: &str) -> Option<&str> {
        let known = self.roadmap.frameworks.iter().find(|framework| framework.id == id);
        let known = known.map(|framework| framework.language.as_str());
        known.or_else(|| {
            let starter = self.starters.iter().find(|starter| starter.framework == id);
            starter.map(|starter| starter.language.as_str())
        })
    }

    /// The framework taken when only the language `id` is named.
    #[must_use]
    pub fn default_framework(&self, id: &str) -> Option<&str> {
        let known = self.roadmap.languages.iter().find(|language| language.id == id);
        let known = known.map(|language| language.default.as_str());
        known.or_else(|| {
            let starter = self.starters.iter().find(|starter| starter.language == id);
            starter.map(|starter| starter.framework.as_str())
        })
    }

    /// How the language `id` is called.
    #[must_use]
    pub fn language_title<'b>(&'b self, id: &'b str) -> &'b str {
        let known = self.roadmap.languages.iter().find(|language| language.id == id);
        known.map_or(id, |language| language.title.as_str())
    }

    /// How the framework `id` is called.
    #[must_use]
    pub fn framework_title<'b>(&'b self, id: &'b str) -> &'b str {
        let known = self.roadmap.frameworks.iter().find(|framework| framework.id == id);
        known.map_or(id, |framework| framework.title.as_str())
    }

    /// How a path is called: `Express (JavaScript)`, without what the language's title has in
    /// brackets.
    #[must_use]
    pub fn path_title(&self, language: &str, framework: &str) -> String {
        let language = self.language_title(language);
        let language = language.split_once(" (").map_or(language, |(name, _)| name);
        format!("{} ({language})", self.framework_title(framework))
    }

    /// The framework's own way to begin: a line to paste.
    #[must_use]
    pub fn generator(&self, id: &str) -> Option<&str> {
        let known = self.roadmap.frameworks.iter().find(|framework| framework.id == id);
        known.map(|framework| framework.generator.as_str())
    }

    /// How the project `id` is called.
    #[must_use]
    pub fn project_title<'b>(&'b self, id: &'b str) -> &'b str {
        let known = self.roadmap.projects.iter().find(|project| project.id == id);
        known.map_or(id, |project| project.title.as_str())
    }
}

/// `names` are ids with their aliases; `extra` are ids that only the templates know.
fn find<'a>(
    kind: NameKind,
    word: &str,
    names: impl Iterator<Item = (&'a String, &'a Vec<String>)> + Clone,
    extra: impl Iterator<Item = &'a str> + Clone,
) -> Result<&'a str, UnknownName> {
    let lower = word.to_lowercase();
    let known = names.clone().find(|(id, aliases)| **id == lower || aliases.contains(&lower));
    if let Some((id, _)) = known {
        return Ok(id);
    }
    if let Some(id) = extra.clone().find(|id| *id == lower) {
        return Ok(id);
    }
    let words = names.clone().flat_map(|(id, aliases)| {
        std::iter::once(id.as_str()).chain(aliases.iter().map(String::as_str))
    });
    Err(UnknownName {
        kind,
        word: word.to_owned(),
        suggestion: nearest(word, words.chain(extra)).map(str::to_owned),
        known: names.map(|(id, _)| id.clone()).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Roadmap {
        let text = include_str!("../../tests/fixtures/roadmap.yaml");
        crate::curriculum::parse("small.yaml", text).expect("sound")
    }

    fn starter(project: &str, language: &str, framework: &str) -> Starter {
        let [project, language, framework] = [project, language, framework].map(str::to_owned);
        Starter { project, language, framework }
    }

    #[test]
    fn ids_and_aliases_match_in_any_case() {
        let roadmap = small();
        let catalog = Catalog::new(&roadmap, Vec::new());
        for word in ["rust", "RS", "Rust"] {
            assert_eq!(catalog.language(word), Ok("rust"), "{word}");
        }
        assert_eq!(catalog.framework("Rkt"), Ok("rocket"));
        assert_eq!(catalog.project("BLOG"), Ok("blog"));
        assert_eq!(catalog.path_title("rust", "rocket"), "Rocket (Rust)");
        let ours = crate::curriculum::builtin();
        let catalog = Catalog::new(&ours, Vec::new());
        assert_eq!(catalog.path_title("javascript", "express"), "Express (JavaScript)");
    }

    #[test]
    fn an_unknown_word_gets_the_nearest_and_all_ids() {
        let roadmap = small();
        let unknown = Catalog::new(&roadmap, Vec::new()).language("pyhton").expect_err("unknown");
        assert_eq!(unknown.to_string(), "unknown language `pyhton`");
        assert_eq!(unknown.suggestion.as_deref(), Some("python"));
        assert_eq!(unknown.known, ["rust", "python"]);
    }

    #[test]
    fn what_only_the_templates_know_is_known() {
        let roadmap = small();
        let catalog = Catalog::new(&roadmap, vec![starter("shop", "zig", "zap")]);
        assert_eq!(catalog.language("zig"), Ok("zig"));
        assert_eq!(catalog.framework("Zap"), Ok("zap"));
        assert_eq!(catalog.project("shop"), Ok("shop"));
        assert_eq!(catalog.language_of("zap"), Some("zig"));
        assert_eq!(catalog.default_framework("zig"), Some("zap"));
        assert_eq!(catalog.language_title("zig"), "zig");
    }

    #[test]
    fn starters_stand_in_the_order_of_the_roadmap() {
        let roadmap = small();
        let starters = vec![
            starter("blog", "zig", "zap"),
            starter("blog", "python", "flask"),
            starter("chat", "rust", "axum"),
            starter("blog", "rust", "axum"),
        ];
        let mut expected = starters.clone();
        expected.reverse();
        assert_eq!(Catalog::new(&roadmap, starters).starters(), expected);
    }
}
