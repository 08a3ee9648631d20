//! What to type next, for the errors of names, files and starters.

use super::{Error, ErrorKind, reason};
use crate::catalog::UnknownName;
use crate::contract::format::UnknownMilestone;
use crate::contract::server::RepositoryError;
use crate::curriculum::select;
use crate::progress;
use crate::quiz::AnswerError;
use crate::shell::{line, word};
use crate::starter::{self, AdoptError, NameError, PlaceError, is_tracked};
use crate::yaml::Mistake;
use std::error::Error as _;
use std::path::Path;

/// Writes what can be imported elsewhere, beside whatever lies there already.
pub const EXPORT: &str = "roadmap progress export > my-progress.json";

impl From<UnknownName> for Error {
    fn from(unknown: UnknownName) -> Self {
        let kind = unknown.kind;
        Self::user(unknown.to_string())
            .suggestion(unknown.suggestion.as_ref())
            .hint(format!("there are: {}", unknown.known.join(", ")))
            .with_command_hint(format!("every {kind}:"), format!("roadmap list {kind}s"))
    }
}

impl From<select::SelectError> for Error {
    fn from(unknown: select::SelectError) -> Self {
        let error = Self::user(unknown.to_string());
        match unknown {
            select::SelectError::Stage { word, suggestion }
            | select::SelectError::Neither { word, suggestion } => {
                let search = line(["roadmap", "show", "--search", &word]);
                error
                    .suggestion(suggestion.as_ref())
                    .with_command_hint("every stage:", "roadmap show")
                    .with_command_hint("or look for the word:", search)
            }
            select::SelectError::Ambiguous { candidates, .. } => match candidates.first() {
                Some(candidate) => error
                    .with_command_hint("name one of them:", format!("roadmap show {candidate}")),
                None => error,
            },
            select::SelectError::Topic { stage, suggestion, .. } => error
                .suggestion(suggestion.as_ref())
                .with_command_hint("its topics:", format!("roadmap show {stage}")),
        }
    }
}

impl From<AnswerError> for Error {
    fn from(bad: AnswerError) -> Self {
        let error = Self::user(bad.to_string());
        let error = match &bad {
            AnswerError::Question { suggestion, known, .. }
            | AnswerError::Choice { suggestion, known, .. } => error
                .suggestion(suggestion.as_ref())
                .hint(format!("there are: {}", known.join(", "))),
            _ => error,
        };
        error.with_command_hint("every question with its choices:", "roadmap list questions")
    }
}

impl From<UnknownMilestone> for Error {
    fn from(unknown: UnknownMilestone) -> Self {
        use UnknownMilestone as U;
        let error = Self::user(unknown.to_string());
        let every = ("every milestone:", "roadmap list milestones");
        match unknown {
            U::Milestone { suggestion, known, .. } => error
                .suggestion(suggestion.as_ref())
                .hint(format!("there are: {}", known.join(", ")))
                .with_command_hint(every.0, every.1),
            U::Ambiguous { candidates, .. } => match candidates.first() {
                Some(candidate) => error
                    .with_command_hint("name one of them:", format!("roadmap check {candidate}")),
                None => error,
            },
            U::Unchecked { .. } => error
                .hint("it is named for the way ahead; its checks come with a later version")
                .with_command_hint(every.0, every.1),
            U::AllPassed { .. } => {
                error.with_command_hint("check them all again:", "roadmap check --all")
            }
        }
    }
}

/// How a file of the folder `.roadmap` comes back: from git, if git has it.
fn as_it_was_made(error: Error, path: &Path) -> Error {
    if is_tracked(path) {
        return error.with_command_hint("as it was committed:", "git checkout -- .roadmap");
    }
    error.hint("mend it, or move it away and write it anew with `roadmap adopt`")
}

impl From<RepositoryError> for Error {
    fn from(error: RepositoryError) -> Self {
        use RepositoryError as E;
        let advised = Self::user(error.to_string());
        match &error {
            E::Read { source, .. } => advised.with_cause(reason(source)),
            E::Broken { path, why } => as_it_was_made(advised.with_cause(why.clone()), path),
            E::Later { .. } => advised.hint("update roadmap to check this repository"),
            E::Large { path } | E::NoRun { path } => as_it_was_made(advised, path),
        }
    }
}

impl From<Vec<Mistake>> for Error {
    fn from(mistakes: Vec<Mistake>) -> Self {
        let mut advised = mistakes.iter().map(ToString::to_string);
        let first = Self::user(advised.next().unwrap_or_default());
        let rest: Vec<String> = advised.collect();
        Self { causes: rest, ..first }.hint("mend the file at the place named, and run this again")
    }
}

impl From<progress::Error> for Error {
    fn from(error: progress::Error) -> Self {
        use progress::Error as E;
        let advised = Self::user(error.to_string());
        match &error {
            E::NoHome | E::UnexpandedTilde { .. } => advised.with_command_hint(
                "name a folder for it:",
                r#"export ROADMAP_STATE_DIR="$HOME/.roadmap""#,
            ),
            E::Read { source, .. } | E::Write { source, .. } => {
                advised.with_cause(reason(source)).with_command_hint(
                    "make that folder writable, or name another:",
                    r#"export ROADMAP_STATE_DIR="$HOME/.roadmap""#,
                )
            }
            E::Later { .. } => advised.hint("it was left untouched; update roadmap to use it"),
        }
    }
}

impl From<progress::ImportError> for Error {
    fn from(not: progress::ImportError) -> Self {
        let advised = Self::user(format!("the file {not}"));
        match not {
            progress::ImportError::Foreign => {
                advised.with_command_hint("on the machine that has your progress:", EXPORT)
            }
            progress::ImportError::Later(_) => advised.hint("update roadmap to import it"),
        }
    }
}

impl From<NameError> for Error {
    fn from(bad: NameError) -> Self {
        Self::user(bad.to_string()).with_command_hint(
            "letters, digits, `-` and `_` make a good name:",
            "roadmap new blog --name my-blog",
        )
    }
}

impl From<starter::Error> for Error {
    fn from(error: starter::Error) -> Self {
        match error {
            starter::Error::Name(bad) => bad.into(),
            starter::Error::NoLibrary { .. } => Self::user(error.to_string()).hint(
                "--templates takes a folder with `base`, `projects`, `languages` and `frameworks`",
            ),
            starter::Error::Random(_) => {
                Self::user(error.to_string()).hint("try again; nothing was written")
            }
            other => {
                let cause = other.source().map(ToString::to_string);
                let advised = Self::user(other.to_string())
                    .hint("mend the template library; docs/starters.md in roadmap's sources says how layers, slots and facts fit together");
                match cause {
                    Some(cause) => advised.with_cause(cause),
                    None => advised,
                }
            }
        }
    }
}

impl From<AdoptError> for Error {
    fn from(error: AdoptError) -> Self {
        let cause = error.source().map(ToString::to_string).unwrap_or_default();
        Self::user(error.to_string())
            .with_cause(cause)
            .hint("nothing was written; mend the folder, and type the same line again")
    }
}

impl Error {
    /// A path that begins with a `~` that no shell has expanded to the home directory; `command` takes
    /// it as its last word.
    #[must_use]
    pub fn unexpanded_tilde(path: &Path, command: &str) -> Self {
        let below = path.strip_prefix("~").unwrap_or(path).to_string_lossy();
        let text = path.display().to_string();
        let home = match &*below {
            "" => "\"$HOME\"".to_owned(),
            below => format!("\"$HOME\"/{}", word(below)),
        };
        Self::user(format!("`{text}` begins with a `~` that no shell has expanded"))
            .with_command_hint("in your home directory:", format!("{command} {home}"))
            .with_command_hint(
                "if it is called so:",
                format!("{command} {}", word(&format!("./{text}"))),
            )
    }

    /// Why a starter of `project` did not come into place.
    #[must_use]
    pub fn not_placed(error: &PlaceError, project: &str) -> Self {
        let advised = Self::user(error.to_string());
        let elsewhere = format!("roadmap new {project} my-{project}");
        match error {
            PlaceError::NotEmpty { first, .. } => advised
                .with_cause(format!("it holds `{first}`"))
                .with_command_hint("name a directory that is new or empty:", elsewhere),
            PlaceError::NotADirectory { .. } => {
                advised.with_command_hint("name a directory that is new or empty:", elsewhere)
            }
            PlaceError::Busy { .. } => advised.hint("wait until it has ended, then try again"),
            PlaceError::MaybeBusy { .. } => advised.hint(
                "what a killed run left there is cleared after an hour; until then name another directory",
            ),
            PlaceError::Epoch(_) => advised
                .with_command_hint("without it the commit has the time of now:", "unset SOURCE_DATE_EPOCH"),
            PlaceError::Swapped { .. } => {
                advised.hint("nothing was written to what is there now; look at it, then try again")
            }
            PlaceError::Write { source, .. } => advised
                .with_cause(reason(source))
                .hint("nothing was left behind; mend that and try again"),
            PlaceError::Git { .. } => advised
                .with_cause("nothing was left behind")
                .hint("--no-git makes the starter without a repository"),
            PlaceError::OtherOwner { path } => {
                let path = path.display().to_string();
                let trust = ["git", "config", "--global", "--add", "safe.directory", &path];
                advised.with_cause("nothing was left behind")
                    .with_command_hint("trust it, if you know whose it is:", line(trust))
                    .hint("--no-git makes the starter without a commit")
            }
            PlaceError::Interrupted => Self { kind: ErrorKind::Interrupted, ..advised },
        }
    }
}
