//! What to type next where the server of a repository could not be built or started.

use super::{Error, ErrorKind};
use crate::contract::server::{PrepareError, Repository, StartError};
use crate::shell;
use crate::starter::MissingTool;
use std::path::Path;

/// In a repository it speaks of that repository's tools.
const DOCTOR: &str = "roadmap doctor";

impl Error {
    /// Tools of a repository that are missing or too old: nothing was installed.
    #[must_use]
    pub fn missing_tools(tools: &[MissingTool]) -> Self {
        let mut messages = tools.iter().map(ToString::to_string);
        let blocked = blocked(messages.next().unwrap_or_default());
        messages.fold(blocked, Self::with_cause).with_command_hint("how to get it:", DOCTOR)
    }

    /// An install or build command of a repository that failed.
    #[must_use]
    pub fn not_prepared(error: &PrepareError) -> Self {
        let blocked = || blocked(format!("the server could not be built: {error}"));
        match error {
            PrepareError::Interrupted => Self::interrupted(),
            PrepareError::NotRun { source, .. } => blocked()
                .with_cause(source.to_string())
                .with_command_hint("what this starter needs:", DOCTOR),
            PrepareError::Failed { log, words, .. } => {
                let error = log.iter().fold(blocked(), Self::with_cause);
                error.with_command_hint("see all that it says:", line(words))
            }
        }
    }

    /// A starter that was made, but whose install command failed in `folder`.
    #[must_use]
    pub fn not_installed(error: &PrepareError, command: &str, folder: &Path) -> Self {
        let folder = folder.to_string_lossy();
        let line = format!("{} && {command}", shell::line(["cd", &folder]));
        let failed = || Self::user(format!("the starter was made, but `{command}` failed"));
        let failed = match error {
            PrepareError::Interrupted => {
                let text = "the starter is made, and not installed yet:";
                return Self::interrupted().with_command_hint(text, line);
            }
            PrepareError::NotRun { source, .. } => failed().with_cause(source.to_string()),
            PrepareError::Failed { log, .. } => log.iter().fold(failed(), Self::with_cause),
        };
        failed.with_command_hint("try it by hand:", line)
    }

    /// A server that did not come up.
    #[must_use]
    pub fn not_started(error: &StartError, repository: &Repository) -> Self {
        let commands = &repository.facts.commands;
        if matches!(error, StartError::Interrupted) {
            return Self::interrupted();
        }
        let blocked = error.log().iter().fold(blocked(error.to_string()), Self::with_cause);
        if let StartError::OtherPort { expected: given, .. } = error {
            return blocked
                .hint("check names a port in the variable PORT; your server has to read it, and listen there")
                .with_command_hint(
                    "start it yourself to try:",
                    format!("PORT={given} {}", line(&commands.run)),
                );
        }
        let advised =
            blocked.with_command_hint("start it yourself to see more:", line(&commands.run));
        let facts = &repository.facts;
        let advised = match facts.tools.is_empty() {
            // Adopted: what doctor would look for is not known, but started by hand it gets other values.
            true => advised.hint(format!(
                "check sets HOST, PORT and {}={} for it, with a new file's full path",
                facts.database.variable,
                facts.database.url.replace("{path}", "PATH")
            )),
            false => advised.with_command_hint("what it needs to run:", DOCTOR),
        };
        if commands.install.is_empty() {
            return advised;
        }
        let install = commands.install.iter().map(|words| line(words));
        advised.with_command_hint("or install again:", install.collect::<Vec<_>>().join(" && "))
    }
}

fn blocked(message: String) -> Error {
    Error { kind: ErrorKind::Blocked, ..Error::user(message) }
}

/// A command as a line to paste.
fn line(words: &[String]) -> String {
    shell::line(words.iter().map(String::as_str))
}
