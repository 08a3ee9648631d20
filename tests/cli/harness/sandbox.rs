//! A home directory of the test's own, and an environment with nothing else in it.

use crate::harness::fixture;
use crate::harness::outcome::{Outcome, Written};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::io::{Seek, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// The time of every commit in the tests.
pub const EPOCH: &str = "1700000000";

pub struct Sandbox {
    home: PathBuf,
    _folder: TempDir,
}

/// A command line about to be run in a sandbox.
pub struct Run<'a> {
    sandbox: &'a Sandbox,
    words: Vec<OsString>,
    environment: BTreeMap<String, OsString>,
    folder: PathBuf,
    input: Option<String>,
}

impl Sandbox {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary directory");
        let home = fs::canonicalize(folder.path()).expect("a real path");
        let sandbox = Self { home, _folder: folder };
        for name in ["bin", "work"] {
            fs::create_dir(sandbox.path(name)).expect("a new directory");
        }
        fs::write(sandbox.path("bin/cargo"), "").expect("written");
        sandbox.write(
            ".gitconfig",
            "[user]\n\tname = Ada\n\temail = ada@example.org\n[init]\n\tdefaultBranch = trunk\n",
        );
        sandbox
    }

    /// A path in the sandbox.
    pub fn path(&self, below: &str) -> PathBuf {
        self.home.join(below)
    }

    /// Writes a file, with the directories above it.
    pub fn write(&self, below: &str, text: &str) -> PathBuf {
        let path = self.path(below);
        fs::create_dir_all(path.parent().expect("a parent")).expect("directories");
        fs::write(&path, text).expect("written");
        path
    }

    pub fn read(&self, below: &str) -> String {
        let path = self.path(below);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// `roadmap` with the small roadmap and the small library of the tests.
    pub fn run(&self, line: &str) -> Outcome {
        self.small(line).go()
    }

    /// As [`Self::run`], to be changed first.
    pub fn small(&self, line: &str) -> Run<'_> {
        self.bare(line)
            .env("ROADMAP_FILE", fixture::roadmap())
            .env("ROADMAP_TEMPLATES", fixture::templates())
    }

    /// `roadmap` with the content that it carries.
    pub fn bare(&self, line: &str) -> Run<'_> {
        let environment = [
            ("HOME", self.home.clone().into_os_string()),
            ("PATH", self.path("bin").into_os_string()),
            ("COLUMNS", "80".into()),
            ("LANG", "C.UTF-8".into()),
            ("ROADMAP_STATE_DIR", self.path("state").into_os_string()),
            ("SOURCE_DATE_EPOCH", EPOCH.into()),
        ];
        Run {
            sandbox: self,
            words: line.split_whitespace().map(OsString::from).collect(),
            environment: environment.map(|(key, value)| (key.to_owned(), value)).into(),
            folder: self.path("work"),
            input: None,
        }
    }

    /// Every file and directory by its path, with its content.
    pub fn content(&self) -> BTreeMap<String, Vec<u8>> {
        let mut content = BTreeMap::new();
        collect(&self.home, &self.home, &mut content);
        content
    }
}

fn collect(root: &Path, folder: &Path, content: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("a directory") {
        let path = entry.expect("an entry").path();
        let name = path.strip_prefix(root).expect("below").display().to_string();
        let kind = fs::symlink_metadata(&path).expect("there").file_type();
        if kind.is_dir() {
            content.insert(format!("{name}/"), Vec::new());
            collect(root, &path, content);
        } else {
            let bytes = if kind.is_file() { fs::read(&path).unwrap_or_default() } else { vec![] };
            content.insert(name, bytes);
        }
    }
}

impl Run<'_> {
    /// Adds one argument as it is, whatever it holds.
    pub fn arg(mut self, word: impl Into<OsString>) -> Self {
        self.words.push(word.into());
        self
    }

    pub fn env(mut self, key: &str, value: impl Into<OsString>) -> Self {
        self.environment.insert(key.to_owned(), value.into());
        self
    }

    /// What is piped into it.
    pub fn input(mut self, text: &str) -> Self {
        self.input = Some(text.to_owned());
        self
    }

    pub fn without(mut self, key: &str) -> Self {
        self.environment.remove(key);
        self
    }

    /// Runs in this directory of the sandbox instead of `work`.
    pub fn inside(mut self, below: &str) -> Self {
        self.folder = self.sandbox.path(below);
        self
    }

    /// The process, not started yet.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_roadmap"));
        command.args(&self.words).env_clear().envs(&self.environment);
        command.current_dir(&self.folder).stdin(self.stdin());
        command
    }

    fn stdin(&self) -> Stdio {
        let Some(text) = &self.input else { return Stdio::null() };
        let mut file = tempfile::tempfile().expect("a temporary file");
        file.write_all(text.as_bytes()).and_then(|()| file.rewind()).expect("written");
        file.into()
    }

    pub fn go(self) -> Outcome {
        let before = self.sandbox.content();
        let output = self.command().output().expect("roadmap starts");
        let written = Written::between(&before, &self.sandbox.content());
        Outcome::new(&self.words, &output, written, &self.sandbox.home)
    }
}
