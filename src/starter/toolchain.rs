//! Which programs a starter needs, and which of them this machine has.

use super::error::Error;
use super::facts::Tool;
use super::program;
use super::template::{Library, layers_of};
use crate::catalog::Starter;
use std::collections::HashSet;
use std::fmt;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

/// How long a program may take to say its version. A JVM on a busy machine needs some.
pub const VERSION_TIMEOUT: Duration = Duration::from_secs(5);

/// What a program reports of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ToolStatus {
    /// It is not on PATH.
    Missing,
    /// It is there, but does not say its version: it fails, hangs, or says something else.
    Silent,
    Version(String),
}

/// The programs that `starters` need, each with the first of them that does.
///
/// # Errors
/// What can be wrong with the facts of their layers.
pub fn tools<'a>(
    library: &Library,
    starters: &'a [Starter],
) -> Result<Vec<(Tool, &'a Starter)>, Error> {
    let mut read = HashSet::new();
    let mut tools: Vec<(Tool, &Starter)> = Vec::new();
    for starter in starters {
        for layer in layers_of(&starter.project, &starter.language, &starter.framework) {
            if !read.contains(&layer) {
                for tool in library.tools(&layer)? {
                    if !tools.iter().any(|(known, _)| *known == tool) {
                        tools.push((tool, starter));
                    }
                }
                read.insert(layer);
            }
        }
    }
    Ok(tools)
}

/// A program to look up: its name, the lowest version that works, the command that prints it.
#[derive(Debug, Clone, Copy)]
pub struct RequiredTool<'a> {
    pub name: &'a str,
    pub minimum: &'a str,
    pub version: &'a [String],
}

/// A program that is missing, or too old.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingTool {
    pub name: String,
    pub minimum: String,
    /// The version that is here; nothing where the program is missing.
    pub version: Option<String>,
}

impl fmt::Display for MissingTool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, minimum, version } = self;
        match version {
            Some(version) => write!(f, "{name} is {version}")?,
            None => write!(f, "{name} is not on your PATH")?,
        }
        write!(f, "; this starter needs {minimum} or later")
    }
}

/// Which of these programs are missing or too old, asked all at once in `folder`, so that a
/// version pinned there counts. One that is here and says no version within `timeout` is not.
#[must_use]
pub fn missing_tools(
    needed: &[RequiredTool<'_>],
    folder: &Path,
    timeout: Duration,
) -> Vec<MissingTool> {
    let commands: Vec<&[String]> = needed.iter().map(|command| command.version).collect();
    let status = ask_all(&commands, folder, timeout);
    let all = needed.iter().zip(status).filter_map(|(tool, status)| {
        let status = match status {
            ToolStatus::Missing => None,
            ToolStatus::Version(version) if !meets_minimum(&version, tool.minimum) => Some(version),
            ToolStatus::Version(_) | ToolStatus::Silent => return None,
        };
        Some(MissingTool {
            name: tool.name.to_owned(),
            minimum: tool.minimum.to_owned(),
            version: status,
        })
    });
    all.collect()
}

/// What each command says of its program's version, all at once: each may take a second.
#[must_use]
pub fn ask_all(commands: &[&[String]], folder: &Path, timeout: Duration) -> Vec<ToolStatus> {
    thread::scope(|scope| {
        let running: Vec<_> =
            commands.iter().map(|command| scope.spawn(|| ask(command, folder, timeout))).collect();
        running.into_iter().map(|thread| thread.join().unwrap_or(ToolStatus::Silent)).collect()
    })
}

/// Whether a program of this name is in a folder of PATH. A relative one is left out: another
/// program lies there at each place.
#[must_use]
pub fn is_on_path(name: &str) -> bool {
    program::find(name).is_some()
}

/// Runs the command that prints a version in `folder`, and ends it if it takes too long.
fn ask(command: &[String], folder: &Path, timeout: Duration) -> ToolStatus {
    let Some((program, words)) = command.split_first() else {
        return ToolStatus::Silent;
    };
    let Some(program) = program::find(program) else {
        return ToolStatus::Missing;
    };
    let mut command = Command::new(&program);
    command.args(words).current_dir(program::existing_folder(folder));
    let Some(output) = program::output(command, timeout) else {
        return if program.components().count() > 1 && !folder.join(&program).exists() {
            ToolStatus::Missing
        } else {
            ToolStatus::Silent
        };
    };
    // Some print their version to stderr, as Java did for long.
    let version = version_in(&output.stdout).or_else(|| version_in(&output.stderr));
    version.map_or(ToolStatus::Silent, ToolStatus::Version)
}

/// The first number with a dot in it, as `1.94.0`; else the first number.
fn version_in(text: &str) -> Option<String> {
    let is_part = |c: char| c.is_ascii_digit() || c == '.';
    let numbers = || {
        let parts = text.split(|c: char| !is_part(c)).map(|part| part.trim_matches('.'));
        parts.filter(|part| part.starts_with(|c: char| c.is_ascii_digit()))
    };
    numbers().find(|part| part.contains('.')).or_else(|| numbers().next()).map(str::to_owned)
}

/// Whether the installed version `actual` is `minimum` or later, number by number.
#[must_use]
pub fn meets_minimum(actual: &str, minimum: &str) -> bool {
    let numbers = |version: &str| -> Vec<u64> {
        let parts = version.split('.').map(|part| part.parse().unwrap_or(u64::MAX));
        let mut parts: Vec<u64> = parts.collect();
        while parts.last() == Some(&0) {
            parts.pop();
        }
        parts
    };
    numbers(actual) >= numbers(minimum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_programs_print() {
        for (text, version) in [
            ("cargo 1.94.0 (abc 2026-03-01)", "1.94.0"),
            ("git version 2.47.1.windows.2", "2.47.1"),
            ("v22.11.0\n", "22.11.0"),
            ("go version go1.26 linux/amd64", "1.26"),
            ("Python 3.13.0rc1", "3.13.0"),
            ("openjdk 25 2025-09-16", "25"),
            // Maven prints in bold, into a pipe too.
            ("\u{1b}[1mApache Maven 3.8.7\u{1b}[m", "3.8.7"),
        ] {
            assert_eq!(version_in(text).as_deref(), Some(version), "{text}");
        }
        assert_eq!(version_in("no version here."), None);
    }

    #[test]
    fn versions_compare_number_by_number() {
        assert!(meets_minimum("1.94.0", "1.94"));
        assert!(meets_minimum("1.100", "1.94"));
        assert!(meets_minimum("25", "21"));
        assert!(meets_minimum("3", "3.0"));
        assert!(!meets_minimum("1.9", "1.10"));
        assert!(!meets_minimum("1", "1.1"));
    }
}
