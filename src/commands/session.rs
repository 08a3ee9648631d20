//! What every command starts from: the roadmap, the templates, the state, the screen.

use crate::catalog::Catalog;
use crate::cli::Global;
use crate::curriculum::model::Roadmap;
use crate::curriculum::{self, outline::Outline};
use crate::error::Error;
use crate::progress::{Pick, Store};
use crate::starter::Library;
use crate::terminal::Screen;
use crate::terminal::views::roadmap::Marks;
use std::fs;
use std::path::{Path, PathBuf};

/// The most bytes that content of the user's own may have.
const LARGEST: u64 = 8 << 20;

/// The options of every command, and the ways to what they name.
pub(super) struct Session<'a> {
    global: Global,
    pub(super) screen: &'a Screen,
}

impl<'a> Session<'a> {
    pub(super) fn new(global: Global, screen: &'a Screen) -> Self {
        Self { global, screen }
    }

    /// The roadmap that `--roadmap` names, else ours.
    pub(super) fn roadmap(&self) -> Result<Roadmap, Error> {
        let Some(path) = named(self.global.roadmap.as_ref()) else {
            return Ok(curriculum::builtin());
        };
        let text = read_content(path, "the roadmap").map_err(|error| {
            error.try_line(
                "without --roadmap and ROADMAP_FILE it is ours:",
                "env -u ROADMAP_FILE roadmap show",
            )
        })?;
        Ok(curriculum::parse(&path.display().to_string(), &text)?)
    }

    /// The outline of the roadmap, without reading all of ours.
    pub(super) fn outline(&self) -> Result<Outline, Error> {
        match named(self.global.roadmap.as_ref()) {
            None => Ok(curriculum::builtin_outline()),
            Some(_) => Ok(Outline::of(&self.roadmap()?)),
        }
    }

    /// The template library that `--templates` names, else ours.
    pub(super) fn library(&self) -> Result<Library, Error> {
        match named(self.global.templates.as_ref()) {
            Some(folder) => Ok(Library::open(folder.clone())?),
            None => Ok(Library::Embedded),
        }
    }

    /// The roadmap's paths and projects, with the starters of the library.
    pub(super) fn catalog<'r>(
        &self,
        roadmap: &'r Roadmap,
        library: &Library,
    ) -> Result<Catalog<'r>, Error> {
        let language_of = |framework: &str| {
            let known = roadmap.frameworks.iter().find(|one| one.id == framework);
            known.map(|one| one.language.clone())
        };
        Ok(Catalog::new(roadmap, library.starters(language_of)?))
    }

    /// What was picked in the roadmap `id`. A state that cannot be read is told, and counts as none.
    pub(super) fn pick(&self, id: &str) -> Option<Pick> {
        self.state(|document| document.pick(id)).flatten()
    }

    /// What the views mark.
    pub(super) fn marks(&self, roadmap: &Outline) -> Marks {
        let read = self.state(|document| (document.done(&roadmap.id), document.pick(&roadmap.id)));
        let (done, pick) = read.unwrap_or_default();
        let titles = |pick: &Pick| {
            let language = roadmap.languages.iter().find(|one| one.id == pick.language)?;
            let framework = roadmap.frameworks.iter().find(|one| one.id == pick.framework)?;
            Some(format!("{}, {}", language.title, framework.title))
        };
        let path = pick.as_ref().and_then(titles);
        Marks { done, path, picked: pick.map(|pick| (pick.language, pick.framework)) }
    }

    fn state<T>(&self, read: impl FnOnce(&crate::progress::Document) -> T) -> Option<T> {
        match Store::open().and_then(|store| store.read()) {
            Ok(document) => Some(read(&document)),
            Err(error) => {
                self.screen.note(&format!("your progress is not shown: {error}"));
                None
            }
        }
    }
}

/// Reads a file of the user's own, of a size that content can have.
pub(super) fn read_content(path: &Path, what: &str) -> Result<String, Error> {
    let name = path.display();
    let reading = |error| Error::io(&format!("read {what} {name}"), &error);
    let size = fs::metadata(path).map_err(reading)?.len();
    if size > LARGEST {
        return Err(Error::user(format!("{name} is too large: over 8 MiB")));
    }
    fs::read_to_string(path).map_err(reading)
}

/// A variable that is set to nothing names nothing.
fn named(path: Option<&PathBuf>) -> Option<&PathBuf> {
    path.filter(|path| !path.as_os_str().is_empty())
}
