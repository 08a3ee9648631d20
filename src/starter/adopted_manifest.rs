//! `starter.toml` of a repository that was not made by `new`.

use serde::Serialize;

/// How the server of a repository in any language is built and run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdoptedManifest<'a> {
    pub project: &'a str,
    /// The version of its contract.
    pub contract: u32,
    pub install: Vec<Vec<String>>,
    pub build: Vec<Vec<String>>,
    pub run: Vec<String>,
    /// The variable that tells the server where its database is.
    pub variable: &'a str,
    /// Its value, with `{path}` for the file.
    pub url: &'a str,
}

#[derive(Serialize)]
struct File<'a> {
    schema: u32,
    starter: Starter<'a>,
    commands: Commands<'a>,
    database: Database<'a>,
}

#[derive(Serialize)]
struct Starter<'a> {
    project: &'a str,
    language: &'a str,
    framework: &'a str,
    roadmap: &'a str,
    contract: u32,
}

#[derive(Serialize)]
struct Commands<'a> {
    install: &'a [Vec<String>],
    build: &'a [Vec<String>],
    run: &'a [String],
}

#[derive(Serialize)]
struct Database<'a> {
    variable: &'a str,
    url: &'a str,
}

impl AdoptedManifest<'_> {
    /// The text of the file.
    #[must_use]
    pub fn text(&self) -> String {
        let file = File {
            schema: 1,
            starter: Starter {
                project: self.project,
                language: "other",
                framework: "other",
                roadmap: env!("CARGO_PKG_VERSION"),
                contract: self.contract,
            },
            commands: Commands { install: &self.install, build: &self.build, run: &self.run },
            database: Database { variable: self.variable, url: self.url },
        };
        let text = toml::to_string(&file).unwrap_or_default();
        format!(
            "# What `roadmap check` knows of this repository: how to build and run its server.\n{text}"
        )
    }
}
