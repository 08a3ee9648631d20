//! A starter's repository: where it is, how its server is run, what it is checked against.

use crate::manifest::{Manifest, SCHEMA};
use crate::text_file;
use std::env;
use std::io;
use std::path::{Path, PathBuf};

/// Where a starter says what it is.
const FACTS: &str = ".roadmap/starter.toml";
/// Where it keeps its contract.
const CONTRACT: &str = ".roadmap/contract.yaml";
/// The most bytes that either file may have.
const MAX_BYTES: u64 = 4 << 20;

/// What keeps a repository from being checked.
#[derive(Debug, thiserror::Error)]
pub enum RepositoryError {
    #[error("failed to read {}", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("{} is too large: over 4 MiB", path.display())]
    Large { path: PathBuf },
    #[error("{} is broken", path.display())]
    Broken { path: PathBuf, why: String },
    #[error("{} was written by a later version of roadmap (schema {schema})", path.display())]
    Later { path: PathBuf, schema: u32 },
    #[error("{} names no command that runs the server", path.display())]
    NoRun { path: PathBuf },
}

/// A starter's repository.
#[derive(Debug, Clone)]
pub struct Repository {
    /// The folder that holds `.roadmap`.
    pub root: PathBuf,
    pub facts: Manifest,
}

impl Repository {
    /// The repository in which `from` lies; nothing if it lies in none.
    ///
    /// # Errors
    /// Its `starter.toml` cannot be read, is broken, or is of a later version.
    pub fn find(from: &Path) -> Result<Option<Self>, RepositoryError> {
        let Some(root) = from.ancestors().find(|folder| folder.join(FACTS).is_file()) else {
            return Ok(None);
        };
        let path = root.join(FACTS);
        let text = read(&path)?;
        let broken = |why| RepositoryError::Broken { path: path.clone(), why };
        let mut facts = Manifest::parse(&text).map_err(broken)?;
        if facts.schema != SCHEMA {
            return Err(RepositoryError::Later { path, schema: facts.schema });
        }
        facts.commands = facts.commands.for_this_system();
        if facts.commands.run.is_empty() {
            return Err(RepositoryError::NoRun { path });
        }
        Ok(Some(Self { root: root.to_path_buf(), facts }))
    }

    /// The repository in which the process stands.
    ///
    /// # Errors
    /// As [`Self::find`]; a folder that is gone counts as none.
    pub fn here() -> Result<Option<Self>, RepositoryError> {
        env::current_dir().map_or(Ok(None), |folder| Self::find(&folder))
    }

    /// The contract pinned here: its path, and its text if there is one.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn contract(&self) -> Result<(PathBuf, Option<String>), RepositoryError> {
        let path = self.root.join(CONTRACT);
        let text = if path.exists() { Some(read(&path)?) } else { None };
        Ok((path, text))
    }
}

fn read(path: &Path) -> Result<String, RepositoryError> {
    let path = || path.to_path_buf();
    text_file::read(&path(), MAX_BYTES).map_err(|error| match error {
        text_file::Error::Large { .. } => RepositoryError::Large { path: path() },
        error => RepositoryError::Read { path: path(), source: error.into() },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    const TEXT: &str = r#"
        schema = 1
        [starter]
        project = "blog"
        language = "rust"
        framework = "axum"
        extra = 1
        [commands]
        build = [["cargo", "build"]]
        run = ["cargo", "run"]
        [commands.windows]
        run = ["run.exe"]
        [database]
        variable = "DATABASE_URL"
        url = "sqlite://{path}"
    "#;

    fn repository(text: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(folder.path().join(".roadmap")).expect("made");
        fs::create_dir_all(folder.path().join("src/deep")).expect("made");
        fs::write(folder.path().join(FACTS), text).expect("written");
        folder
    }

    #[test]
    fn any_folder_inside_belongs_to_the_repository() {
        let folder = repository(TEXT);
        let repository = Repository::find(&folder.path().join("src/deep")).expect("sound");
        let repository = repository.expect("found");
        assert_eq!(repository.root, folder.path());
        assert_eq!(repository.facts.starter.framework, "axum");
        assert!(repository.facts.starter.already.is_empty());
        let run = if cfg!(windows) { vec!["run.exe"] } else { vec!["cargo", "run"] };
        assert_eq!(repository.facts.commands.run, run);
        assert_eq!(repository.facts.commands.build, [["cargo", "build"]]);
    }

    #[test]
    fn elsewhere_there_is_none() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(Repository::find(folder.path()).expect("no error").is_none());
    }

    #[test]
    fn broken_and_later_manifests_are_errors() {
        let refused = |text: &str| {
            Repository::find(repository(text).path()).expect_err("refused").to_string()
        };
        assert!(refused("schema = ").ends_with("starter.toml is broken"));
        assert!(refused(&TEXT.replace("schema = 1", "schema = 2")).contains("later version"));
        let silent =
            TEXT.replace("run = [\"cargo\", \"run\"]", "").replace("run = [\"run.exe\"]", "");
        assert!(refused(&silent).contains("no command"));
    }

    #[cfg(unix)]
    #[test]
    fn a_contract_without_end_is_too_large_and_one_in_utf_16_is_read() {
        let folder = repository(TEXT);
        let repository = Repository::find(folder.path()).expect("sound").expect("found");
        let contract = folder.path().join(CONTRACT);
        std::os::unix::fs::symlink("/dev/zero", &contract).expect("made");
        assert!(matches!(repository.contract(), Err(RepositoryError::Large { .. })));
        fs::remove_file(&contract).expect("there");
        fs::write(&contract, b"\xff\xfea\0").expect("written");
        assert_eq!(repository.contract().expect("a text").1.as_deref(), Some("a"));
    }
}
