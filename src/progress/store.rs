//! The state file on disk: read whole, written whole, one writer at a time.

use super::document::{Document, Unreadable};
use etcetera::{AppStrategy, AppStrategyArgs};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The variable that names another folder for the state.
const VARIABLE: &str = "ROADMAP_STATE_DIR";

/// The state could not be read or kept.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("there is no home directory to keep the state in")]
    NoHome,
    #[error("failed to read {}", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("failed to write {}", path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("{} was written by a later version of roadmap (schema {schema})", path.display())]
    Later { path: PathBuf, schema: u64 },
}

/// Where the state is kept.
#[derive(Debug, Clone)]
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// The store in the platform's folder for state, or where `ROADMAP_STATE_DIR` says.
    ///
    /// # Errors
    /// No home directory is known.
    pub fn open() -> Result<Self, Error> {
        if let Some(folder) = std::env::var_os(VARIABLE).filter(|folder| !folder.is_empty()) {
            return Ok(Self { folder: folder.into() });
        }
        let strategy = etcetera::choose_app_strategy(AppStrategyArgs {
            top_level_domain: String::new(),
            author: String::new(),
            app_name: "roadmap".to_owned(),
        })
        .map_err(|_| Error::NoHome)?;
        let folder = strategy.state_dir().unwrap_or_else(|| strategy.data_dir());
        Ok(Self { folder })
    }

    /// The state file's path.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.folder.join("state.json")
    }

    /// Reads the state. A broken file counts as none; [`Store::change`] moves it aside.
    ///
    /// # Errors
    /// The file cannot be read, or is of a later version.
    pub fn read(&self) -> Result<Document, Error> {
        let path = self.path();
        match fs::read_to_string(&path) {
            Ok(text) => match Document::read(&text) {
                Ok(document) => Ok(document),
                Err(Unreadable::Later(schema)) => Err(Error::Later { path, schema }),
                Err(Unreadable::Broken) => Ok(Document::default()),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Document::default()),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => Ok(Document::default()),
            Err(source) => Err(Error::Read { path, source }),
        }
    }

    /// Changes the state under a lock and writes it at once and whole. Gives the place to
    /// which a broken file was moved.
    ///
    /// # Errors
    /// The file cannot be read or written, or is of a later version.
    pub fn change(&self, change: impl FnOnce(&mut Document)) -> Result<Option<PathBuf>, Error> {
        fs::create_dir_all(&self.folder).map_err(writing(&self.folder))?;
        let lock = self.folder.join("lock");
        let lock_file =
            File::options().create(true).append(true).open(&lock).map_err(writing(&lock))?;
        lock_file.lock().map_err(writing(&lock))?;
        let mut document = self.read()?;
        let aside = self.move_broken_aside()?;
        change(&mut document);
        let path = self.path();
        let mut file = tempfile::NamedTempFile::new_in(&self.folder).map_err(writing(&path))?;
        file.write_all(document.text().as_bytes()).map_err(writing(&path))?;
        file.as_file().sync_all().map_err(writing(&path))?;
        file.persist(&path).map_err(|error| writing(&path)(error.error))?;
        Ok(aside)
    }

    /// A file that is there but no state keeps its bytes under the first free name.
    fn move_broken_aside(&self) -> Result<Option<PathBuf>, Error> {
        let path = self.path();
        let Ok(bytes) = fs::read(&path) else {
            return Ok(None);
        };
        if std::str::from_utf8(&bytes).is_ok_and(|text| Document::read(text).is_ok()) {
            return Ok(None);
        }
        let aside = |number: u32| self.folder.join(format!("state.broken-{number}.json"));
        let free = (1..).map(aside).find(|name| !name.exists()).unwrap_or_else(|| aside(0));
        fs::rename(&path, &free).map_err(writing(&path))?;
        Ok(Some(free))
    }
}

fn writing(path: &Path) -> impl Fn(io::Error) -> Error {
    let path = path.to_path_buf();
    move |source| Error::Write { path: path.clone(), source }
}
