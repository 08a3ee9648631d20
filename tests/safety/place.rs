//! A home of its own for each run, and the runs that a situation takes.

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use tempfile::TempDir;

pub const ROADMAP: &str = env!("CARGO_BIN_EXE_roadmap");
/// The line that nearly every run is started with; the target is `work/blog`.
pub const NEW: &str = "new blog --lang rust";

/// What became of the runs of a situation.
#[derive(Default)]
pub struct Tried {
    pub runs: usize,
    pub failures: Vec<String>,
}

pub type Verdict = Result<(), String>;

/// Tries every item, on two threads.
pub fn each<T: Sync>(items: &[T], verdict: impl Fn(&T) -> Verdict + Sync) -> Tried {
    let (next, failures) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(failure) = verdict(item) {
                        failures.lock().expect("no panic").push(failure);
                    }
                }
            });
        }
    });
    Tried { runs: items.len(), failures: failures.into_inner().expect("no panic") }
}

/// An error unless `holds`.
pub fn must(holds: bool, problem: impl FnOnce() -> String) -> Verdict {
    if holds { Ok(()) } else { Err(problem()) }
}

pub struct Place {
    home: PathBuf,
    _folder: TempDir,
}

/// How a run ended.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub signal: Option<i32>,
    pub stderr: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            signal: output.status.signal(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl Ran {
    pub fn is(&self, code: i32) -> Verdict {
        must(self.code == Some(code), || format!("not exit {code}: {self}"))
    }

    pub fn says(&self, text: &str) -> Verdict {
        must(self.stderr.contains(text), || format!("no `{text}`: {self}"))
    }

    /// Exit 2 with one error, and advice.
    pub fn refused(&self) -> Verdict {
        self.is(2)?;
        let is_explained = self.stderr.starts_with("error: ") && self.stderr.contains("\nhint: ");
        must(is_explained, || format!("no error with a hint: {self}"))
    }
}

impl std::fmt::Display for Ran {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.code, self.signal) {
            (Some(code), _) => write!(f, "exit {code}, ")?,
            (None, Some(signal)) => write!(f, "signal {signal}, ")?,
            (None, None) => {}
        }
        f.write_str(self.stderr.trim())
    }
}

impl Place {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let home = fs::canonicalize(folder.path()).expect("real");
        let place = Self { home, _folder: folder };
        fs::create_dir(place.path("bin")).expect("made");
        fs::create_dir(place.path("work")).expect("made");
        fs::write(place.path("bin/cargo"), "").expect("written");
        let identity =
            "[user]\n\tname = Ada\n\temail = ada@example.org\n[init]\n\tdefaultBranch = trunk\n";
        place.write(".gitconfig", identity);
        place
    }

    pub fn path(&self, below: &str) -> PathBuf {
        self.home.join(below)
    }

    pub fn target(&self) -> PathBuf {
        self.path("work/blog")
    }

    pub fn write(&self, below: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(below);
        fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        fs::write(&path, bytes).expect("written");
        path
    }

    /// A program with our environment and nothing else in it.
    pub fn command(&self, program: &str) -> Command {
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
        let mut command = Command::new(program);
        command.env_clear().current_dir(self.path("work")).stdin(Stdio::null());
        command.env("HOME", &self.home).env("PATH", self.path("bin")).env("COLUMNS", "80");
        command.env("ROADMAP_STATE_DIR", self.path("state"));
        command.env("SOURCE_DATE_EPOCH", "1700000000");
        command.env("ROADMAP_FILE", fixtures.join("roadmap.yaml"));
        command.env("ROADMAP_TEMPLATES", fixtures.join("templates"));
        command
    }

    /// `roadmap` with these words, not started yet.
    pub fn roadmap(&self, line: &str) -> Command {
        let mut command = self.command(ROADMAP);
        command.args(line.split_whitespace());
        command
    }

    pub fn run(&self, line: &str) -> Ran {
        ran(self.roadmap(line))
    }

    /// The names in a folder, sorted.
    pub fn names(&self, below: &str) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.path(below)) else {
            return Vec::new();
        };
        let name = |entry: fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
        let mut names: Vec<_> = entries.flatten().map(name).collect();
        names.sort();
        names
    }
}

pub fn ran(mut command: Command) -> Ran {
    command.output().expect("it starts").into()
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("made");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("copied");
        }
    }
}
