//! `.roadmap/starter.toml`: what a repository says of itself. Written for a starter by a template,
//! for a repository of somebody's own by `adopt`; read by whatever builds and runs its server.

use serde::{Deserialize, Serialize};

/// The form of the file that this program writes and reads.
pub const SCHEMA: u32 = 1;

/// The whole file. What it says beyond this is somebody else's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub schema: u32,
    pub starter: Starter,
    pub commands: Commands,
    pub database: Database,
    #[serde(default, skip_serializing_if = "Installed::is_empty")]
    pub installed: Installed,
    /// The programs that it needs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tools: Vec<Tool>,
}

/// What the starter is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Starter {
    pub project: String,
    pub language: String,
    pub framework: String,
    /// The version of `roadmap` that wrote it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub roadmap: String,
    /// The version of its contract.
    #[serde(default)]
    pub contract: u32,
    /// *Yours* milestones that the framework brings with it, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub already: Vec<String>,
}

/// Argument lists, run in the repository's root.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commands {
    #[serde(default)]
    pub install: Vec<Vec<String>>,
    #[serde(default)]
    pub build: Vec<Vec<String>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub run: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub test: Vec<Vec<String>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lint: Vec<Vec<String>>,
    /// What differs on Windows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub windows: Option<Box<Self>>,
}

/// The environment variable that names the database to the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Database {
    /// The environment variable.
    pub variable: String,
    /// Its value, with `{path}` for the file.
    pub url: String,
}

/// When the install commands have to run again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Installed {
    /// Manifests and lock files, by their paths; none named: every visible file of the root but `*.md`.
    #[serde(default)]
    pub manifests: Vec<String>,
    /// The folders that an install makes.
    #[serde(default)]
    pub folders: Vec<String>,
}

/// A program that the repository needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tool {
    pub name: String,
    /// The lowest version that works.
    pub minimum: String,
    /// The command that prints its version.
    pub version: Vec<String>,
    /// Where to get it.
    #[serde(default)]
    pub url: String,
}

impl Manifest {
    /// Reads the text of the file.
    ///
    /// # Errors
    /// It is no TOML, or lacks something: the place and what is wrong there.
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error: toml::de::Error| {
            // The first line of what TOML says names line and column; the next shows them.
            let all = error.to_string();
            format!("{}: {}", all.lines().next().unwrap_or_default(), error.message())
        })
    }

    /// The text of the file.
    ///
    /// # Errors
    /// A text cannot be written as TOML.
    pub fn text(&self) -> Result<String, String> {
        let text = toml::to_string(self).map_err(|error| error.to_string())?;
        Ok(format!(
            "# What `roadmap check` knows of this repository: how to build and run its server.\n{text}"
        ))
    }
}

impl Commands {
    /// Those for this system.
    #[must_use]
    pub fn for_this_system(mut self) -> Self {
        let Some(windows) = self.windows.take().filter(|_| cfg!(windows)) else {
            return self;
        };
        let either = |own: Vec<Vec<String>>, other: Vec<Vec<String>>| {
            if other.is_empty() { own } else { other }
        };
        Self {
            install: either(self.install, windows.install),
            build: either(self.build, windows.build),
            run: if windows.run.is_empty() { self.run } else { windows.run },
            test: either(self.test, windows.test),
            lint: either(self.lint, windows.lint),
            windows: None,
        }
    }
}

impl Installed {
    fn is_empty(&self) -> bool {
        self.manifests.is_empty() && self.folders.is_empty()
    }
}
