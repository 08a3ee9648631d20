//! The name of a repository, safe as a directory on every system and as a package.

use super::facts::NameRule;
use std::fmt;

/// The most characters a name may have.
const MAX_CHARACTERS: usize = 64;

/// The name of the stage folder inside an existing target, and the start of the name of a stage
/// folder beside an absent target. No file of a starter may have it.
pub(super) const STAGE: &str = ".roadmap-new";

/// Characters that separate paths or that Windows refuses in a file name.
const REFUSED: &str = "/\\:*?\"<>|";

/// Device names of Windows, refused there with any ending too (`aux.txt`).
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// A name that can be a directory on every system. Holding one means that it was checked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProjectName(String);

/// Why a name is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    #[error("a name must not be empty")]
    Empty,
    #[error("`{0}` is a path, not a name")]
    Path(String),
    #[error("`{name}` holds {character}, which a name cannot")]
    Character { name: String, character: String },
    #[error("`{0}` starts with `-`, so that commands would take it for an option")]
    Hyphen(String),
    #[error("`{0}` starts with a dot or a space")]
    Start(String),
    #[error("`{0}` ends with a dot or a space, which Windows drops")]
    End(String),
    #[error("`{0}` is the name of a device on Windows")]
    Device(String),
    #[error("the name has {0} characters; {MAX_CHARACTERS} are allowed")]
    Long(usize),
    #[error("{by} does not take `{name}` as a name: {why}")]
    Package { name: String, by: String, why: String },
}

impl ProjectName {
    /// Checks a name.
    ///
    /// # Errors
    /// [`NameError`] with the first thing that is wrong with it.
    pub fn new(name: &str) -> Result<Self, NameError> {
        let owned = || name.to_owned();
        if name.is_empty() {
            return Err(NameError::Empty);
        }
        if name == "." || name == ".." || name.contains(['/', '\\']) {
            return Err(NameError::Path(owned()));
        }
        if let Some(bad) = name.chars().find(|c| c.is_control() || REFUSED.contains(*c)) {
            let character = if bad.is_control() {
                format!("the control character U+{:04X}", u32::from(bad))
            } else {
                format!("`{bad}`")
            };
            let name = name.chars().filter(|c| !c.is_control()).collect();
            return Err(NameError::Character { name, character });
        }
        if name.starts_with('-') {
            return Err(NameError::Hyphen(owned()));
        }
        if name.starts_with(['.', ' ']) {
            return Err(NameError::Start(owned()));
        }
        if name.ends_with(['.', ' ']) {
            return Err(NameError::End(owned()));
        }
        if is_device(name) {
            return Err(NameError::Device(owned()));
        }
        match name.chars().count() {
            count if count > MAX_CHARACTERS => Err(NameError::Long(count)),
            _ => Ok(Self(owned())),
        }
    }

    /// Checks the name against what the language's package manager takes.
    ///
    /// # Errors
    /// [`NameError::Package`].
    pub fn fits(&self, rule: &NameRule) -> Result<(), NameError> {
        let refuse = |why: String| {
            let (name, by) = (self.0.clone(), rule.by.clone());
            Err(NameError::Package { name, by, why })
        };
        let takes = |c: char| {
            c.is_ascii_lowercase()
                || c.is_ascii_digit()
                || (rule.upper_case && c.is_ascii_uppercase())
                || rule.punctuation.contains(c)
        };
        if let Some(bad) = self.0.chars().find(|c| !takes(*c)) {
            return refuse(format!("it holds `{bad}`"));
        }
        if !rule.digit_first && self.0.starts_with(|c: char| c.is_ascii_digit()) {
            return refuse("it starts with a digit".to_owned());
        }
        if rule.reserved.iter().any(|word| word.eq_ignore_ascii_case(&self.0)) {
            return refuse("the word is reserved".to_owned());
        }
        Ok(())
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ProjectName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether Windows takes `name`, or what stands before its first dot, for a device.
pub(super) fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_lowercase();
    let port = || {
        let number = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"))?;
        let mut digits = number.chars();
        let digit = digits.next()?;
        let is_single = digits.next().is_none();
        Some(is_single && (digit.is_ascii_digit() || "¹²³".contains(digit)))
    };
    DEVICES.contains(&stem.as_str()) || port().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_names_are_taken() {
        for name in ["blog", "my-blog", "My_Blog2", "a", "über", "comet", "com10", "v1.2", "日本"]
        {
            assert!(ProjectName::new(name).is_ok(), "{name}");
        }
        assert!(ProjectName::new(&"x".repeat(64)).is_ok());
    }

    #[test]
    fn names_that_could_hurt_are_refused() {
        let long = "x".repeat(65);
        for name in [
            "",
            ".",
            "..",
            "../x",
            "a/b",
            "a\\b",
            "/",
            "-x",
            "--help",
            ".git",
            " a",
            "a ",
            "a.",
            "con",
            "CON",
            "nul",
            "aux.txt",
            "Com1",
            "lpt9.tar.gz",
            "com¹",
            "conin$",
            "a:b",
            "a\0b",
            "a\nb",
            "a\u{1b}[31m",
            "what?",
            "a*",
            "<a>",
            "a|b",
            "\"",
            &long,
        ] {
            assert!(ProjectName::new(name).is_err(), "{name:?}");
        }
    }

    #[test]
    fn a_package_manager_has_its_own_rule() {
        let rule = NameRule {
            by: "Cargo".to_owned(),
            upper_case: true,
            digit_first: false,
            punctuation: "-_".to_owned(),
            reserved: vec!["test".to_owned()],
        };
        let fits = |name: &str| ProjectName::new(name).expect("a name").fits(&rule);
        assert!(fits("my-Blog_2").is_ok());
        for refused in ["2blog", "über", "a.b", "test", "Test", "a b"] {
            assert!(fits(refused).is_err(), "{refused}");
        }
    }
}
