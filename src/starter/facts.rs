//! The facts of a layer, `layer.yaml`: what builds a starter. (What teaches about it stands
//! in `roadmap.yaml`.)

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One `layer.yaml`. Every key may be left out; a missing file is an empty one.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LayerFacts {
    /// In a framework's layer: its language.
    pub language: Option<String>,
    /// The slots that this layer's files use, with how many may fill each.
    pub slots: BTreeMap<String, Arity>,
    /// Paths in the starter that are executable.
    pub executable: Vec<String>,
    /// Paths that an earlier layer writes, and that this one has no use for.
    pub without: Vec<String>,
    /// Free values for the templates: `{{facts.key}}`. A key belongs to one layer.
    pub facts: BTreeMap<String, serde_json::Value>,
    /// What the server reads from its environment.
    pub environment: Vec<Variable>,
    pub commands: Commands,
    /// The commands that differ on Windows.
    pub windows: Commands,
    pub database: Option<Database>,
    pub installed: Option<Installed>,
    pub tools: Vec<Tool>,
    /// In a language's layer: which names its package manager takes.
    pub names: Option<NameRule>,
    /// In a language's layer: manifests in a folder above that take a starter for their own.
    pub workspaces: Vec<Workspace>,
    /// Milestones of the learner that the framework brings with it.
    pub already: Vec<String>,
}

/// How many layers fill a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Arity {
    /// Exactly one.
    One,
    /// Any number; their texts follow each other in the order of the layers.
    Many,
}

/// An environment variable of the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variable {
    pub name: String,
    /// Empty for a secret.
    #[serde(default)]
    pub default: String,
    pub about: String,
    /// Made anew for each starter, into `.env`.
    #[serde(default)]
    pub secret: bool,
}

/// Argument lists, run in the starter's root. One layer gives each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Commands {
    pub install: Vec<Vec<String>>,
    pub build: Vec<Vec<String>>,
    pub run: Vec<String>,
    pub test: Vec<Vec<String>>,
    pub lint: Vec<Vec<String>>,
}

impl Commands {
    /// These on most systems; on Windows what `windows` says instead, as far as it says something.
    #[must_use]
    pub fn for_this_system(&self, windows: &Self) -> Self {
        if !cfg!(windows) {
            return self.clone();
        }
        let either = |own: &[Vec<String>], other: &[Vec<String>]| {
            if other.is_empty() { own.to_vec() } else { other.to_vec() }
        };
        Self {
            install: either(&self.install, &windows.install),
            build: either(&self.build, &windows.build),
            run: if windows.run.is_empty() { self.run.clone() } else { windows.run.clone() },
            test: either(&self.test, &windows.test),
            lint: either(&self.lint, &windows.lint),
        }
    }
}

/// When the install commands have to run again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Installed {
    /// Manifests and lock files, by their paths in the starter: one of them has changed.
    pub manifests: Vec<String>,
    /// The folders that an install makes: one of them is not there.
    pub folders: Vec<String>,
}

/// How the server is pointed at a database of one's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// The environment variable.
    pub variable: String,
    /// Its value, with `{path}` for the path of the file.
    pub url: String,
}

/// A program that the starter needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tool {
    pub name: String,
    /// The lowest version that works.
    pub minimum: String,
    /// The command that prints its version.
    pub version: Vec<String>,
    /// Where to get it.
    pub url: String,
    /// How to get it, a line to paste for each system.
    #[serde(default)]
    pub install: Install,
}

/// Lines to paste that install a tool.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Install {
    /// As its makers say, for any system with a shell.
    pub official: Option<String>,
    pub apt: Option<String>,
    pub dnf: Option<String>,
    pub brew: Option<String>,
    pub winget: Option<String>,
}

impl Install {
    /// The lines for a system that has these `installers`, the official way first.
    #[must_use]
    pub fn lines(&self, installers: &[&str]) -> Vec<String> {
        let ways = [
            ("apt", &self.apt),
            ("dnf", &self.dnf),
            ("brew", &self.brew),
            ("winget", &self.winget),
        ];
        let here = ways.into_iter().filter(|(name, _)| installers.contains(name));
        let official = self.official.as_ref().filter(|_| cfg!(unix));
        official.into_iter().chain(here.filter_map(|(_, line)| line.as_ref())).cloned().collect()
    }
}

/// Git itself: `new` works without it, the work on a starter does not.
#[must_use]
pub fn git() -> Tool {
    let line = |text: &str| Some(text.to_owned());
    Tool {
        name: "git".to_owned(),
        // The first with `init.defaultBranch`.
        minimum: "2.28".to_owned(),
        version: ["git", "--version"].map(str::to_owned).to_vec(),
        url: "https://git-scm.com/downloads".to_owned(),
        install: Install {
            official: None,
            apt: line("sudo apt-get install git"),
            dnf: line("sudo dnf install git"),
            brew: line("brew install git"),
            winget: line("winget install --id Git.Git -e"),
        },
    }
}

/// A manifest that makes a workspace of all folders below it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Workspace {
    /// Its file name.
    pub manifest: String,
    /// The text that makes it one.
    pub has: String,
    /// What to do about it, for the note.
    pub advice: String,
}

/// The names that a package manager takes: ASCII letters and digits, and what is said here.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameRule {
    /// Who refuses other names, for the message.
    pub by: String,
    pub upper_case: bool,
    pub digit_first: bool,
    pub punctuation: String,
    #[serde(default)]
    pub reserved: Vec<String>,
}
