//! The commands and tools of a starter, as its `.roadmap/starter.toml` says.

use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(Debug, Deserialize)]
pub struct Facts {
    pub commands: Commands,
    pub tools: Vec<Tool>,
}

#[derive(Debug, Deserialize)]
pub struct Commands {
    pub install: Vec<Vec<String>>,
    pub build: Vec<Vec<String>>,
    pub test: Vec<Vec<String>>,
    pub lint: Vec<Vec<String>>,
}

#[derive(Debug, Deserialize)]
pub struct Tool {
    pub name: String,
    pub minimum: String,
    pub version: Vec<String>,
}

/// A tool that is not here, or too old.
pub struct Missing {
    pub name: String,
    pub why: String,
}

impl Facts {
    pub fn read(root: &Path) -> Self {
        let text = fs::read_to_string(root.join(".roadmap/starter.toml")).expect("starter.toml");
        toml::from_str(&text).expect("the form of starter.toml")
    }

    pub fn missing_tool(&self) -> Option<Missing> {
        self.tools.iter().find_map(|tool| {
            let (program, rest) = tool.version.split_first()?;
            let missing = |why: String| Some(Missing { name: tool.name.clone(), why });
            let Ok(output) = Command::new(program).args(rest).output() else {
                return missing(format!("{} is not here", tool.name));
            };
            let printed = String::from_utf8_lossy(&output.stdout).into_owned();
            let found = numbers(&printed);
            if found < numbers(&tool.minimum) {
                return missing(format!(
                    "{} {} is needed, {} is here",
                    tool.name,
                    tool.minimum,
                    printed.trim()
                ));
            }
            None
        })
    }
}

/// The first version in a text: `cargo 1.95.0 (f2d3ce0bd)` is 1, 95, 0.
fn numbers(text: &str) -> Vec<u32> {
    let start = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
    let version = text[start..].split(|c: char| !c.is_ascii_digit() && c != '.').next();
    version.unwrap_or_default().split('.').filter_map(|part| part.parse().ok()).collect()
}

/// A command in the starter, with the caches that all starters of a toolchain share.
pub fn command(root: &Path, words: &[String]) -> Command {
    let (program, rest) = words.split_first().expect("a command has a program");
    let mut command = Command::new(program);
    let cache = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("starters");
    command.args(rest).current_dir(root).env("CARGO_TARGET_DIR", cache.join("cargo"));
    // What cargo tells a test of this crate is not meant for a starter.
    for (name, _) in std::env::vars()
        .filter(|(name, _)| name.starts_with("CARGO_PKG") || name.starts_with("CARGO_MANIFEST"))
    {
        command.env_remove(name);
    }
    command.env_remove("RUSTFLAGS");
    command
}

pub fn run(root: &Path, words: &[String]) -> Result<(), String> {
    let line = words.join(" ");
    let output = command(root, words).output().map_err(|error| format!("{line}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let (out, err) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    Err(format!("`{line}` ended with {}\n{out}\n{err}", output.status))
}
