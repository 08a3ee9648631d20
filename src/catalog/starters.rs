//! Which starters there are, and which one is nearest to one that is missing.

use super::Catalog;

/// A project in a framework for which there are templates.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Starter {
    pub project: String,
    pub language: String,
    pub framework: String,
}

impl Catalog<'_> {
    /// The starter of `project` in `framework`, if there is one.
    #[must_use]
    pub fn starter(&self, project: &str, framework: &str) -> Option<&Starter> {
        let mut all = self.starters().iter();
        all.find(|one| one.project == project && one.framework == framework)
    }

    /// The starter nearest to `project` in `framework` of `language`. The framework counts
    /// most, then the language, then the project, then the order of the list.
    #[must_use]
    pub fn nearest_starter(
        &self,
        project: &str,
        language: &str,
        framework: &str,
    ) -> Option<&Starter> {
        let distance = |one: &&Starter| {
            4 * u8::from(one.framework != framework)
                + 2 * u8::from(one.language != language)
                + u8::from(one.project != project)
        };
        self.starters().iter().min_by_key(distance)
    }

    /// Whether `framework` is the one taken when only its language is named.
    #[must_use]
    pub fn is_default(&self, language: &str, framework: &str) -> bool {
        self.default_framework(language) == Some(framework)
    }
}
