//! The error that a person sees: what happened, why, and what to type next.
//!
//! The domain returns typed errors without advice; the advice is added here.

mod advice;
mod server_advice;

pub use advice::EXPORT;

use std::io;

/// The exit codes, as `--help` and the README name them.
pub mod exit {
    /// Done. A closed pipe too.
    pub const DONE: u8 = 0;
    /// The server does not meet its contract.
    pub const CONTRACT: u8 = 1;
    /// Something that the user can mend: usage, a name, a file.
    pub const USER: u8 = 2;
    /// A check could not be run.
    pub const BLOCKED: u8 = 3;
    /// A bug in roadmap.
    pub const BUG: u8 = 70;
    /// Interrupted.
    pub const INTERRUPTED: u8 = 130;
}

/// The kind of an error; decides the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The user can mend it.
    User,
    /// The server does not meet its contract.
    Contract,
    /// A check could not be run.
    Blocked,
    /// A mistake in roadmap itself.
    Bug,
    Interrupted,
    /// What runs until Ctrl-C was ended by it: not an error to anybody.
    Ended,
    /// The reader of our output went away: not an error to them.
    ClosedPipe,
}

impl ErrorKind {
    /// The exit code of the process.
    #[must_use]
    pub fn exit_code(self) -> u8 {
        match self {
            Self::ClosedPipe => exit::DONE,
            Self::User => exit::USER,
            Self::Contract => exit::CONTRACT,
            Self::Blocked => exit::BLOCKED,
            Self::Bug => exit::BUG,
            Self::Interrupted | Self::Ended => exit::INTERRUPTED,
        }
    }
}

impl ErrorKind {
    /// The kind, as JSON output names it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Contract => "contract",
            Self::Blocked => "blocked",
            Self::Bug => "bug",
            Self::Interrupted | Self::Ended => "interrupted",
            Self::ClosedPipe => "closed_pipe",
        }
    }
}

/// Advice, with a line to paste where there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    pub text: String,
    pub line: Option<String>,
}

/// An error with everything that is printed about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    pub kind: ErrorKind,
    pub message: String,
    pub causes: Vec<String>,
    pub hints: Vec<Hint>,
}

impl Error {
    /// An error that the user can mend.
    #[must_use]
    pub fn user(message: impl Into<String>) -> Self {
        Self {
            kind: ErrorKind::User,
            message: message.into(),
            causes: Vec::new(),
            hints: Vec::new(),
        }
    }

    /// The user broke off.
    #[must_use]
    pub fn interrupted() -> Self {
        Self { kind: ErrorKind::Interrupted, ..Self::user("interrupted") }
    }

    /// Ctrl-C ended what runs until then.
    #[must_use]
    pub fn ended() -> Self {
        Self { kind: ErrorKind::Ended, ..Self::interrupted() }
    }

    /// Adds a cause.
    #[must_use]
    pub fn with_cause(mut self, cause: impl Into<String>) -> Self {
        self.causes.push(cause.into());
        self
    }

    /// Adds advice.
    #[must_use]
    pub fn hint(mut self, text: impl Into<String>) -> Self {
        self.hints.push(Hint { text: text.into(), line: None });
        self
    }

    /// Adds advice with a line to paste.
    #[must_use]
    pub fn with_command_hint(mut self, text: impl Into<String>, line: impl Into<String>) -> Self {
        self.hints.push(Hint { text: text.into(), line: Some(line.into()) });
        self
    }

    /// An input or output error on `what`.
    #[must_use]
    pub fn io(what: &str, error: &io::Error) -> Self {
        Self::user(format!("failed to {what}")).with_cause(reason(error))
    }

    /// Asks whether the nearest known word was meant, if there is one.
    fn suggestion(self, suggestion: Option<&String>) -> Self {
        match suggestion {
            Some(word) => self.hint(format!("did you mean `{word}`?")),
            None => self,
        }
    }
}

/// An input or output error in words, without the system's number.
fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}
