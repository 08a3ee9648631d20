//! The state file on disk: read whole, written whole, one writer at a time.

use super::document::{Document, ReadError};
use crate::atomic_write::{self, is_unsupported};
use crate::shell;
use crate::text_file;
use etcetera::{AppStrategy, AppStrategyArgs};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The variable that names another folder for the state.
const STATE_DIR_VARIABLE: &str = "ROADMAP_STATE_DIR";

/// The prefix of a temporary file that becomes the state.
const TEMPORARY_PREFIX: &str = ".state-";

/// Readable by its owner alone, and on the disk before a command reports it.
const STATE: atomic_write::Options =
    atomic_write::Options { mode: 0o600, durable: true, prefix: TEMPORARY_PREFIX };

/// The largest state file, in bytes: far more than all topics and hints take.
const MAX_BYTES: u64 = 8 << 20;

/// How long other runs may hold the state: a write takes some milliseconds, on a busy disk a second.
const LOCK_TIMEOUT: Duration = Duration::from_secs(20);
/// How long to wait between two tries to lock it.
const POLL_INTERVAL: Duration = Duration::from_millis(5);

/// The state could not be read or saved.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("there is no home directory to keep the state in")]
    NoHome,
    #[error("ROADMAP_STATE_DIR is `{}`: no shell has expanded the `~`", folder.display())]
    UnexpandedTilde { folder: PathBuf },
    #[error("failed to read {}", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("failed to write {}", path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("{} was written by a later version of roadmap (schema {schema})", path.display())]
    Later { path: PathBuf, schema: u64 },
}

/// The folder of the state.
#[derive(Debug, Clone)]
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// The store in the platform's folder for state, or where `ROADMAP_STATE_DIR` says.
    ///
    /// # Errors
    /// No home directory is known; or the variable begins with `~`.
    pub fn open() -> Result<Self, Error> {
        if let Some(folder) =
            std::env::var_os(STATE_DIR_VARIABLE).filter(|folder| !folder.is_empty())
        {
            let folder = PathBuf::from(folder);
            if shell::has_unexpanded_tilde(&folder) {
                return Err(Error::UnexpandedTilde { folder });
            }
            return Ok(Self { folder });
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
        Ok(self.read_valid()?.unwrap_or_default())
    }

    /// Reads the state. `None` if the file is broken.
    ///
    /// # Errors
    /// The file cannot be read, or is of a later version.
    pub fn read_valid(&self) -> Result<Option<Document>, Error> {
        use text_file::Error as E;
        let path = self.path();
        match text_file::read(&path, MAX_BYTES) {
            Ok(text) => match Document::read(&text) {
                Ok(document) => Ok(Some(document)),
                Err(ReadError::Later(schema)) => Err(Error::Later { path, schema }),
                Err(ReadError::Broken) => Ok(None),
            },
            Err(E::Read(error)) if error.kind() == io::ErrorKind::NotFound => {
                Ok(Some(Document::default()))
            }
            Err(E::Read(source)) => Err(Error::Read { path, source }),
            Err(E::NotText | E::Large { .. }) => Ok(None),
        }
    }

    /// Changes the state under a lock, and writes it whole if it did change. Returns the path to
    /// which a broken file was moved.
    ///
    /// # Errors
    /// The file cannot be read or written, or is of a later version.
    pub fn change(&self, change: impl FnOnce(&mut Document)) -> Result<Option<PathBuf>, Error> {
        fs::create_dir_all(&self.folder).map_err(write_error(&self.folder))?;
        let lock = self.folder.join("lock");
        let lock_file =
            File::options().create(true).append(true).open(&lock).map_err(write_error(&lock))?;
        wait_for(&lock_file).map_err(write_error(&lock))?;
        let (mut document, aside) = match self.read_valid()? {
            Some(document) => (document, None),
            None => (Document::default(), Some(self.move_aside()?)),
        };
        self.clear_leftovers();
        let before = document.clone();
        change(&mut document);
        if document == before {
            return Ok(aside);
        }
        let path = self.path();
        atomic_write::write(&path, document.text().as_bytes(), STATE)
            .map_err(write_error(&path))?;
        Ok(aside)
    }

    /// Removes what killed processes left. Whoever holds the lock is the only one who writes, so
    /// whatever is unfinished is dead. One that stays does no harm.
    fn clear_leftovers(&self) {
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(TEMPORARY_PREFIX) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// A file that is there but no state keeps its bytes under the first free name.
    fn move_aside(&self) -> Result<PathBuf, Error> {
        let path = self.path();
        let aside = |number: u32| self.folder.join(format!("state.broken-{number}.json"));
        let free = (1..).map(aside).find(|name| fs::symlink_metadata(name).is_err());
        let free = free.unwrap_or_else(|| aside(0));
        fs::rename(&path, &free).map_err(write_error(&path))?;
        Ok(free)
    }
}

/// Takes the lock, with a timeout: the process that holds it may be stopped. On a file system
/// without locks the state is still replaced whole; of two changes at the same time the later
/// counts there.
fn wait_for(lock: &File) -> io::Result<()> {
    let begun = Instant::now();
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::Error(error)) if is_unsupported(&error) => return Ok(()),
            Err(TryLockError::Error(error)) => return Err(error),
            Err(TryLockError::WouldBlock) if begun.elapsed() < LOCK_TIMEOUT => sleep(POLL_INTERVAL),
            Err(TryLockError::WouldBlock) => {
                return Err(io::Error::other("another run of roadmap holds it"));
            }
        }
    }
}

fn write_error(path: &Path) -> impl Fn(io::Error) -> Error {
    let path = path.to_path_buf();
    move |source| Error::Write { path: path.clone(), source }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Pick;
    use std::collections::BTreeMap;
    use std::thread;
    use tempfile::TempDir;

    fn store() -> (TempDir, Store) {
        let folder = tempfile::tempdir().expect("a temporary directory");
        let store = Store { folder: folder.path().join("deep/state") };
        (folder, store)
    }

    fn pick(framework: &str) -> Pick {
        Pick {
            language: "rust".to_owned(),
            framework: framework.to_owned(),
            project: "blog".to_owned(),
            answers: BTreeMap::new(),
        }
    }

    #[test]
    fn sixty_four_at_once_lose_nothing() {
        let (_folder, store) = store();
        thread::scope(|scope| {
            for number in 0..64 {
                let store = &store;
                scope.spawn(move || {
                    let id = format!("roadmap-{number}");
                    store.change(|document| document.set_pick(&id, &pick(&id))).expect("saved");
                });
            }
        });
        let document = store.read().expect("readable");
        for number in 0..64 {
            let id = format!("roadmap-{number}");
            assert_eq!(document.pick(&id), Some(pick(&id)));
        }
    }

    #[test]
    fn a_missing_state_is_empty_and_reading_makes_no_folder() {
        let (_folder, store) = store();
        assert_eq!(store.read().expect("readable"), Document::default());
        assert!(!store.folder.exists());
    }

    #[test]
    fn a_broken_file_counts_as_none_and_is_moved_aside_by_a_change() {
        let (_folder, store) = store();
        fs::create_dir_all(&store.folder).expect("made");
        for (number, broken) in [&b"{"[..], b"\xff\xfe"].into_iter().enumerate() {
            fs::write(store.path(), broken).expect("written");
            assert_eq!(store.read().expect("readable"), Document::default());
            let aside = store.change(|document| document.set_pick("a", &pick("axum")));
            let aside = aside.expect("saved").expect("moved aside");
            assert_eq!(aside, store.folder.join(format!("state.broken-{}.json", number + 1)));
            assert_eq!(fs::read(aside).expect("readable"), broken);
            assert_eq!(store.read().expect("readable").pick("a"), Some(pick("axum")));
        }
    }

    #[test]
    fn a_later_file_is_refused_and_left_alone() {
        let (_folder, store) = store();
        fs::create_dir_all(&store.folder).expect("made");
        fs::write(store.path(), "{\"schema\": 9}").expect("written");
        let error = store.change(|_| panic!("nothing is changed")).expect_err("refused");
        assert!(matches!(error, Error::Later { schema: 9, .. }));
        assert_eq!(fs::read_to_string(store.path()).expect("readable"), "{\"schema\": 9}");
    }

    #[test]
    fn nothing_but_the_state_and_its_lock_is_left() {
        let (_folder, store) = store();
        store.change(|document| document.set_pick("a", &pick("axum"))).expect("saved");
        let names = fs::read_dir(&store.folder).expect("a folder");
        let mut names: Vec<_> = names.map(|entry| entry.expect("an entry").file_name()).collect();
        names.sort();
        assert_eq!(names, ["lock", "state.json"]);
    }
}
