//! What every command starts from: the roadmap, the templates, the state, the screen.

use crate::catalog::Catalog;
use crate::cli::Global;
use crate::curriculum::model::Roadmap;
use crate::curriculum::select::Filter;
use crate::curriculum::standing::counted_path;
use crate::curriculum::{self, outline::RoadmapOutline};
use crate::error::Error;
use crate::progress::{Document, Pick, Store};
use crate::starter::Library;
use crate::terminal::Screen;
use crate::terminal::views::roadmap::overview::Marks;
use crate::text_file;
use std::cell::OnceCell;
use std::env;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The largest file of the user's own content, in bytes.
const MAX_BYTES: u64 = 8 << 20;

/// The options of every command, and the ways to what they name.
pub(in crate::commands) struct Session<'a> {
    global: Global,
    pub(in crate::commands) screen: &'a Screen,
    /// The state as it was read first; nothing if it cannot be read.
    state: OnceCell<Option<Document>>,
}

impl<'a> Session<'a> {
    pub(in crate::commands) fn new(global: Global, screen: &'a Screen) -> Self {
        Self { global, screen, state: OnceCell::new() }
    }

    /// The roadmap that `--roadmap` names, else ours.
    pub(in crate::commands) fn roadmap(&self) -> Result<Roadmap, Error> {
        let Some(path) = &self.roadmap_file() else {
            return Ok(curriculum::builtin());
        };
        let text = read_content(path, "the roadmap").map_err(|error| {
            error.with_command_hint(
                "without --roadmap and ROADMAP_FILE it is ours:",
                "env -u ROADMAP_FILE roadmap show",
            )
        })?;
        Ok(curriculum::parse(&path.display().to_string(), &text)?)
    }

    fn roadmap_file(&self) -> Option<PathBuf> {
        named(self.global.roadmap.as_ref(), "ROADMAP_FILE")
    }

    /// The outline of the roadmap, without reading all of ours.
    pub(in crate::commands) fn outline(&self) -> Result<RoadmapOutline, Error> {
        match self.roadmap_file() {
            None => Ok(curriculum::builtin_outline()),
            Some(_) => Ok(RoadmapOutline::from_roadmap(&self.roadmap()?)),
        }
    }

    /// The template library that `--templates` names, else ours.
    pub(in crate::commands) fn library(&self) -> Result<Library, Error> {
        match named(self.global.templates.as_ref(), "ROADMAP_TEMPLATES") {
            Some(folder) => Ok(Library::open(folder)?),
            None => Ok(Library::Embedded),
        }
    }

    /// Whether the template library is one of the user's own.
    pub(in crate::commands) fn has_own_library(&self) -> bool {
        named(self.global.templates.as_ref(), "ROADMAP_TEMPLATES").is_some()
    }

    /// The roadmap's paths and projects, with the starters of the library.
    pub(in crate::commands) fn catalog<'r>(
        &self,
        roadmap: &'r Roadmap,
        library: &Library,
    ) -> Result<Catalog<'r>, Error> {
        let language_of = |framework: &str| {
            let known = roadmap.frameworks.iter().find(|known| known.id == framework);
            known.map(|framework| framework.language.clone())
        };
        Ok(Catalog::new(roadmap, library.starters(language_of)?))
    }

    /// The pick in the roadmap `id`. An unreadable state gives a note, and counts as empty.
    pub(in crate::commands) fn pick(&self, id: &str) -> Option<Pick> {
        self.state(|document| document.pick(id)).flatten()
    }

    /// The current ids of the topics done in `roadmap`.
    pub(in crate::commands) fn done(&self, roadmap: &RoadmapOutline) -> Vec<String> {
        roadmap.current_ids(self.state(|document| document.done(&roadmap.id)).unwrap_or_default())
    }

    /// Whether `new` has created a starter of the roadmap `id`; `None` if the state cannot be read.
    pub(in crate::commands) fn has_starter(&self, id: &str) -> Option<bool> {
        self.state(|document| document.has_starter(id))
    }

    /// What the views mark.
    pub(in crate::commands) fn marks(&self, roadmap: &RoadmapOutline) -> Marks {
        let read = self.state(|document| (document.done(&roadmap.id), document.pick(&roadmap.id)));
        let (done, pick) = read.unwrap_or_default();
        let done = roadmap.current_ids(done);
        let titles = |pick: &Pick| {
            let language =
                roadmap.languages.iter().find(|language| language.id == pick.language)?;
            let framework =
                roadmap.frameworks.iter().find(|framework| framework.id == pick.framework)?;
            Some(format!("{}, {}", language.title, framework.title))
        };
        let path = pick.as_ref().and_then(titles);
        Marks { done, path, picked: pick.map(|pick| (pick.language, pick.framework)) }
    }

    fn state<T>(&self, read: impl FnOnce(&Document) -> T) -> Option<T> {
        let document = self.state.get_or_init(|| {
            let document =
                Store::open().and_then(|store| store.read_valid().map(|read| (store, read)));
            match document {
                Ok((_, Some(document))) => Some(document),
                Ok((store, None)) => {
                    self.screen.note(&format!(
                        "your progress is not shown: {} is broken; the next change keeps it aside",
                        store.path().display()
                    ));
                    Some(Document::default())
                }
                Err(error) => {
                    self.screen.note(&format!("your progress is not shown: {error}"));
                    None
                }
            }
        });
        document.as_ref().map(read)
    }

    /// Changes the state, and tells if a broken one had to go.
    pub(in crate::commands) fn change(
        &self,
        change: impl FnOnce(&mut Document),
    ) -> Result<(), Error> {
        if let Some(aside) = Store::open()?.change(change)? {
            self.screen.note(&format!(
                "the file with your progress was broken; it was kept as {}",
                aside.display()
            ));
        }
        Ok(())
    }

    /// Changes the state beside the main work of a command: where that is impossible a note says so. Returns whether it was saved.
    pub(in crate::commands) fn change_or_note(&self, change: impl FnOnce(&mut Document)) -> bool {
        let saved = self.change(change);
        if let Err(error) = &saved {
            let causes = error.causes.join(", ");
            self.screen.note(&format!("your progress was not saved: {} ({causes})", error.message));
        }
        saved.is_ok()
    }

    /// The hint that comes next, by the state as it is.
    pub(in crate::commands) fn next_hint(&self, id: &str, milestone: &str, max: usize) -> usize {
        let next = |document: &Document| document.clone().next_hint(id, milestone, max);
        self.state(next).unwrap_or(1)
    }
}

/// The topics that are counted of a roadmap, one way for every command.
pub(in crate::commands) fn counted_topics(roadmap: &RoadmapOutline, marks: &Marks) -> Filter {
    let picked =
        marks.picked.as_ref().map(|(language, framework)| (language.as_str(), framework.as_str()));
    counted_path(roadmap, picked, &marks.done)
}

/// The topics of somebody's path; without a pick, of all.
pub(in crate::commands) fn path_filter(roadmap: &Roadmap, pick: Option<&Pick>) -> Filter {
    match pick {
        Some(pick) => Filter::path(roadmap, Some(&pick.language), Some(&pick.framework)),
        None => Filter::default(),
    }
}

/// Reads a file of the user's own, of a size that content can have.
pub(in crate::commands) fn read_content(path: &Path, what: &str) -> Result<String, Error> {
    let name = path.display();
    text_file::read(path, MAX_BYTES).map_err(|error| match error {
        text_file::Error::Read(error) => Error::io(&format!("read {what} {name}"), &error),
        text_file::Error::Large { .. } => Error::user(format!("{name} is too large: over 8 MiB"))
            .hint("content is a text of some hundred KiB; is it the file you meant?"),
        text_file::Error::NotText => Error::user(format!("failed to read {what} {name}"))
            .with_cause(error.to_string())
            .hint("save it as UTF-8, as every editor can"),
    })
}

/// Reads standard input, as [`read_content`] reads a file.
pub(in crate::commands) fn read_stdin(session: &Session<'_>) -> Result<String, Error> {
    if session.screen.stdin_is_terminal() {
        return Err(Error::user("standard input is this terminal, and nothing is piped into it")
            .with_command_hint("for example:", "roadmap progress import - < progress.json"));
    }
    let mut bytes = Vec::new();
    let read = io::stdin().lock().take(MAX_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|error| Error::io("read standard input", &error))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Error::user("standard input is too large: over 8 MiB"));
    }
    text_file::decode(bytes).map_err(|error| {
        Error::user("failed to read standard input")
            .with_cause(error.to_string())
            .hint("save it as UTF-8, as every editor can")
    })
}

/// What an option names, else what its variable does. One set to nothing names nothing.
fn named(option: Option<&PathBuf>, variable: &str) -> Option<PathBuf> {
    let from_environment = || env::var_os(variable).map(PathBuf::from);
    option.cloned().or_else(from_environment).filter(|path| !path.as_os_str().is_empty())
}
