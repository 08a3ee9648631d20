//! Why a check does not end well: before its run, or by its report.

use crate::error::Error;

/// Why `check` does not end with 0.
#[derive(Debug)]
pub(super) enum CheckError {
    /// No run was possible; a program that reads the output gets this error in it.
    NotRun(Error),
    /// What the report that was printed says already.
    Reported(Error),
}

impl From<Error> for CheckError {
    fn from(error: Error) -> Self {
        Self::NotRun(error)
    }
}
