//! What can go wrong on the way to a starter, as types; `crate::error` adds the advice.

use super::name::NameError;
use crate::yaml::Mistake;
use std::io;
use std::path::PathBuf;

/// Why no starter could be generated.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{} is no template library: it has no folder `base`", path.display())]
    NoLibrary { path: PathBuf },
    #[error("{layer}/layer.yaml does not say the framework's `language`")]
    NoLanguage { layer: String },
    #[error(transparent)]
    Layer(#[from] LayerError),
    #[error("`{path}` is written by two layers: {first} and {second}")]
    SecondWriter { path: String, first: String, second: String },
    #[error("`{first}` and `{second}` cannot both be there: {why}")]
    Clash { first: String, second: String, why: &'static str },
    #[error("the {what} `{key}` is given by two layers: {first} and {second}")]
    SecondFact { what: &'static str, key: String, first: String, second: String },
    #[error("no layer gives {0}")]
    NoFact(&'static str),
    #[error("{user} uses the slot `{slot}`, but its layer.yaml does not declare it")]
    SlotUndeclared { slot: String, user: String },
    #[error("{filler} fills the slot `{slot}`, which no layer declares")]
    SlotUnknown { slot: String, filler: String },
    #[error("{layer}/layer.yaml declares the slot `{slot}`, which no file uses")]
    SlotUnused { slot: String, layer: String },
    #[error("{layer} needs the slot `{slot}` filled, and no layer fills it")]
    SlotMissing { slot: String, layer: String },
    #[error("the slot `{slot}` takes one text and is filled by two: {first} and {second}")]
    SlotTwice { slot: String, first: String, second: String },
    #[error("the slots {} need each other in a circle", .0.join(" -> "))]
    SlotCircle(Vec<String>),
    #[error("{layer}/layer.yaml names `{path}`, but there is no such file in its place")]
    NotThere { layer: String, path: String },
    #[error("{origin}:{line}:{column}: {message}")]
    Template { origin: String, line: usize, column: usize, message: String },
    #[error(transparent)]
    Name(#[from] NameError),
    #[error("the system gave no random bytes for the secrets of `.env`: {0}")]
    Random(String),
}

/// A layer of the library cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LayerError {
    #[error(transparent)]
    Facts(Mistake),
    #[error("{origin} is no text in UTF-8")]
    NotText { origin: String },
    #[error("{origin} belongs to no part of a layer: `files/`, `slots/` or `layer.yaml`")]
    Stray { origin: String },
    #[error("{origin} cannot be written: {why}")]
    Target { origin: String, why: &'static str },
    #[error("{origin} is a link or a special file; a template library holds plain files only")]
    Link { origin: String },
    #[error("{origin} is too large: the bound is {bound}")]
    Large { origin: String, bound: &'static str },
    #[error("failed to read {origin}")]
    Read { origin: String, source: io::Error },
}

impl LayerError {
    pub(super) fn read(origin: &str, source: io::Error) -> Self {
        Self::Read { origin: origin.to_owned(), source }
    }
}

/// A starter could not be brought to disk; nothing of it is left there.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    #[error("{} is not empty", path.display())]
    NotEmpty { path: PathBuf, first: String },
    #[error("{} is a file, not a directory", path.display())]
    NotADirectory { path: PathBuf },
    #[error("another run of roadmap is writing to {}", path.display())]
    Busy { path: PathBuf },
    #[error(
        "another run of roadmap may be writing to {}; its file system has no locks to tell",
        path.display()
    )]
    MaybeBusy { path: PathBuf },
    #[error("{} was replaced while roadmap looked at it", path.display())]
    Swapped { path: PathBuf },
    #[error("failed to write {}", path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("failed to make the first commit in {}: {message}", path.display())]
    Git { path: PathBuf, message: String },
    #[error(
        "the repository in {} belongs to another user of this machine, and git trusts nothing in it",
        path.display()
    )]
    OtherOwner { path: PathBuf },
    #[error("SOURCE_DATE_EPOCH is `{0}`, which is no number of seconds since 1970")]
    Epoch(String),
    #[error("interrupted; nothing was left behind")]
    Interrupted,
}

impl PlaceError {
    pub(super) fn write(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Write { path, source }
    }
}
