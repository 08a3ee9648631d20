//! The commands and tools of a starter, as its `.roadmap/starter.toml` says.

use crate::sandbox::Sandbox;
use serde::Deserialize;
use std::fs;
use std::path::Path;
use std::process::Command;

#[derive(Debug, Deserialize)]
pub struct Facts {
    pub starter: Starter,
    pub commands: Commands,
    pub tools: Vec<Tool>,
}

#[derive(Debug, Deserialize)]
pub struct Starter {
    pub project: String,
}

#[derive(Debug, Deserialize)]
pub struct Commands {
    pub install: Vec<Vec<String>>,
    pub build: Vec<Vec<String>>,
    pub run: Vec<String>,
    pub test: Vec<Vec<String>>,
    pub lint: Vec<Vec<String>>,
}

impl Commands {
    /// All of them, as lines in a README.
    pub fn all(&self) -> Vec<String> {
        let lists = [&self.install, &self.build, &self.test, &self.lint].into_iter().flatten();
        lists.chain([&self.run]).map(|words| line(words)).collect()
    }
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
            let versions = numbers(&printed);
            if versions < numbers(&tool.minimum) {
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

/// The words as a README says them.
pub fn line(words: &[String]) -> String {
    shlex::try_join(words.iter().map(String::as_str)).expect("no NUL in a command")
}

/// The first version in a text: `cargo 1.95.0 (f2d3ce0bd)` is 1, 95, 0.
fn numbers(text: &str) -> Vec<u32> {
    let text = console::strip_ansi_codes(text);
    let start = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
    let version = text[start..].split(|c: char| !c.is_ascii_digit() && c != '.').next();
    version.unwrap_or_default().split('.').filter_map(|part| part.parse().ok()).collect()
}

/// A line as a person types it, which has to end with 0.
pub fn run(sandbox: &Sandbox, root: &Path, line: &str, port: u16) -> Result<(), String> {
    let mut command = sandbox.command("sh", root);
    command.args(["-c", line]).env("PORT", port.to_string());
    let output = command.output().map_err(|error| format!("{line}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let (out, err) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    Err(format!("`{line}` ended with {}\n{out}\n{err}", output.status))
}
