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
        all.find(|starter| starter.project == project && starter.framework == framework)
    }

    /// Whether any project has a starter in `framework`.
    #[must_use]
    pub fn has_starter(&self, framework: &str) -> bool {
        self.starters().iter().any(|starter| starter.framework == framework)
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
        let distance = |starter: &&Starter| {
            4 * u8::from(starter.framework != framework)
                + 2 * u8::from(starter.language != language)
                + u8::from(starter.project != project)
        };
        self.starters().iter().min_by_key(distance)
    }

    /// The line that begins a path: its starter, else the nearest one.
    #[must_use]
    pub fn begin_line(&self, project: &str, language: &str, framework: &str) -> Option<String> {
        let starter = self.starter(project, framework);
        let starter = starter.or_else(|| self.nearest_starter(project, language, framework))?;
        Some(format!("roadmap new {} --framework {}", starter.project, starter.framework))
    }

    /// Whether `framework` is the one taken when only its language is named.
    #[must_use]
    pub fn is_default(&self, language: &str, framework: &str) -> bool {
        self.default_framework(language) == Some(framework)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nearest(project: &str, language: &str, framework: &str) -> String {
        let text = include_str!("../../tests/fixtures/roadmap.yaml");
        let roadmap = crate::curriculum::parse("small.yaml", text).expect("sound");
        let starters = [
            ("blog", "rust", "axum"),
            ("chat", "rust", "axum"),
            ("blog", "rust", "rocket"),
            ("blog", "python", "flask"),
        ];
        let starters = starters.map(|(project, language, framework)| Starter {
            project: project.to_owned(),
            language: language.to_owned(),
            framework: framework.to_owned(),
        });
        let catalog = Catalog::new(&roadmap, starters.to_vec());
        let near = catalog.nearest_starter(project, language, framework).expect("one");
        format!("{} {}", near.project, near.framework)
    }

    #[test]
    fn the_framework_counts_most_then_the_language_then_the_project() {
        assert_eq!(nearest("blog", "rust", "rocket"), "blog rocket");
        assert_eq!(nearest("chat", "rust", "rocket"), "blog rocket");
        assert_eq!(nearest("chat", "rust", "actix"), "chat axum");
        assert_eq!(nearest("shop", "python", "django"), "blog flask");
        assert_eq!(nearest("chat", "go", "gin"), "chat axum");
        assert_eq!(nearest("shop", "go", "gin"), "blog axum");
    }

    #[test]
    fn without_starters_there_is_no_nearest() {
        let roadmap = crate::curriculum::builtin();
        assert_eq!(
            Catalog::new(&roadmap, Vec::new()).nearest_starter("blog", "rust", "axum"),
            None
        );
    }

    #[test]
    fn the_default_is_the_languages_own() {
        let roadmap = crate::curriculum::builtin();
        let catalog = Catalog::new(&roadmap, Vec::new());
        assert!(catalog.is_default("rust", "axum"));
        assert!(!catalog.is_default("rust", "actix-web"));
        assert!(!catalog.is_default("cobol", "axum"));
    }
}
