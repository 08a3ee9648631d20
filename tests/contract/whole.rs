//! `roadmap` as a whole, in a repository whose server is this program: what it printed, how it ended,
//! how much memory it took, and what it left behind.

use roadmap::contract::server::{all_processes, environment_of};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle, sleep};
use std::time::{Duration, Instant};

/// No run may take longer, whatever its server does.
pub const LONGEST: Duration = Duration::from_secs(120);
/// The variable that all processes of a run inherit.
const MARK: &str = "ROADMAP_TRIAL";
const PAUSE: Duration = Duration::from_millis(20);

/// A folder with a repository, a home and a state of its own.
pub struct Repository {
    folder: tempfile::TempDir,
}

impl Repository {
    /// A repository of `project` whose server is this program, started with `words`.
    pub fn new(project: &str, words: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["home", "work/.roadmap"] {
            fs::create_dir_all(folder.path().join(name)).expect("a folder");
        }
        let repository = Self { folder };
        let contract = format!("templates/projects/{project}/contract.yaml");
        let contract = Path::new(env!("CARGO_MANIFEST_DIR")).join(contract);
        fs::copy(contract, repository.path(".roadmap/contract.yaml")).expect("copied");
        repository.serve(project, words);
        repository
    }

    /// The reference server of `project`.
    pub fn from_project(project: &str) -> Self {
        Self::new(project, &["--project", project])
    }

    /// From now on the server is started with these words behind `serve`.
    pub fn serve(&self, project: &str, words: &[&str]) {
        let own = std::env::current_exe().expect("a path").display().to_string();
        let run: Vec<&str> = [own.as_str(), "serve"].iter().chain(words).copied().collect();
        self.command(project, &run);
    }

    /// From now on the server is started with this command.
    pub fn command(&self, project: &str, run: &[&str]) {
        let starter = format!(
            "schema = 1\n[starter]\nproject = \"{project}\"\nlanguage = \"rust\"\n\
             framework = \"axum\"\n[commands]\nrun = {}\n[database]\nvariable = \"DATABASE_URL\"\n\
             url = \"{{path}}\"\n",
            serde_json::to_string(run).expect("a list")
        );
        fs::write(self.path(".roadmap/starter.toml"), starter).expect("written");
    }

    /// A path in the repository.
    pub fn path(&self, below: &str) -> PathBuf {
        self.folder.path().join("work").join(below)
    }

    /// The ids in `passed.json`.
    pub fn passed(&self) -> Vec<String> {
        let text = fs::read_to_string(self.path(".roadmap/passed.json")).unwrap_or_default();
        let read: Value = serde_json::from_str(&text).unwrap_or_default();
        let ids = read["milestones"].as_array().cloned().unwrap_or_default();
        ids.iter().filter_map(|id| id.as_str().map(str::to_owned)).collect()
    }

    /// The state file of the user.
    pub fn state(&self) -> Value {
        let text = fs::read_to_string(self.folder.path().join("state/state.json"));
        text.map_or(Value::Null, |text| serde_json::from_str(&text).expect("JSON"))
    }

    /// Runs `roadmap` with these words to its end.
    pub fn run(&self, line: &str) -> Ran {
        self.start(line).end()
    }

    /// Runs `roadmap` where no other program is found.
    pub fn run_alone(&self, line: &str) -> Ran {
        self.start_with(line, "/nonexistent").end()
    }

    /// Begins to run `roadmap` with these words.
    pub fn start(&self, line: &str) -> Running {
        self.start_with(line, "/usr/bin:/bin")
    }

    fn start_with(&self, line: &str, path: &str) -> Running {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let mark = format!("{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let environment: BTreeMap<&str, PathBuf> = [
            ("HOME", self.folder.path().join("home")),
            ("PATH", path.into()),
            ("COLUMNS", "80".into()),
            ("ROADMAP_STATE_DIR", self.folder.path().join("state")),
            (MARK, PathBuf::from(&mark)),
        ]
        .into();
        let mut command = Command::new(env!("CARGO_BIN_EXE_roadmap"));
        command.args(line.split_whitespace()).env_clear().envs(environment);
        command.current_dir(self.path("")).stdin(Stdio::null());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("roadmap starts");
        let (stdout, stderr) = (Stream::default(), Stream::default());
        let readers = [
            stdout.follow(child.stdout.take().expect("piped")),
            stderr.follow(child.stderr.take().expect("piped")),
        ];
        let line = format!("roadmap {line}");
        let peak = Arc::default();
        watch(child.id(), Arc::clone(&peak));
        Running { line, child, mark, stdout, stderr, readers, begun: Instant::now(), peak }
    }
}

/// What a stream has given so far.
#[derive(Clone, Default)]
struct Stream(Arc<Mutex<Vec<u8>>>);

impl Stream {
    fn follow(&self, mut from: impl Read + Send + 'static) -> JoinHandle<()> {
        let stream = self.clone();
        thread::spawn(move || {
            let mut buffer = vec![0; 64 * 1024];
            while let Ok(count @ 1..) = from.read(&mut buffer) {
                stream.0.lock().expect("sound").extend_from_slice(&buffer[..count]);
            }
        })
    }

    /// What a server sent must not come through as it is, so all of it is UTF-8.
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().expect("sound").clone()).expect("UTF-8")
    }
}

/// Notes the most memory that a process ever held, while it runs.
fn watch(pid: u32, peak: Arc<AtomicU64>) {
    thread::spawn(move || {
        while let Some(bytes) = highest(pid) {
            peak.fetch_max(bytes, Ordering::Relaxed);
            sleep(PAUSE);
        }
    });
}

fn highest(pid: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1024)
}

/// A run that is under way; killed with its last owner.
pub struct Running {
    line: String,
    child: Child,
    mark: String,
    stdout: Stream,
    stderr: Stream,
    readers: [JoinHandle<()>; 2],
    begun: Instant,
    peak: Arc<AtomicU64>,
}

impl Running {
    /// Waits until `seen` says so of stdout and stderr.
    pub fn until(&mut self, what: &str, seen: impl Fn(&str, &str) -> bool) {
        while !seen(&self.stdout.text(), &self.stderr.text()) {
            let over = self.child.try_wait().expect("known").is_some();
            if over || self.begun.elapsed() > LONGEST {
                let _ = self.child.kill();
                panic!("no {what}:\n{}{}", self.stdout.text(), self.stderr.text());
            }
            sleep(PAUSE);
        }
    }

    /// Waits until a server of this run is there.
    pub fn until_it_serves(&mut self) {
        let own = self.child.id();
        let mark = self.mark.clone();
        self.until("server", |_, _| marked(&mark).iter().any(|pid| *pid != own));
    }

    /// Its stderr so far.
    pub fn stderr(&self) -> String {
        self.stderr.text()
    }

    /// Presses Ctrl-C.
    pub fn interrupt(&self) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &pid]).status().expect("kill").success());
    }

    /// Waits for the end.
    pub fn end(mut self) -> Ran {
        let code = loop {
            match self.child.try_wait().expect("known") {
                Some(status) => break status.code(),
                None if self.begun.elapsed() < LONGEST => sleep(PAUSE),
                None => {
                    let _ = self.child.kill();
                    panic!("{} does not end:\n{}", self.line, self.stdout.text());
                }
            }
        };
        let duration = self.begun.elapsed();
        // Where a process is left it would hold no stream of ours: servers have their own.
        self.readers.into_iter().for_each(|reader| reader.join().expect("read"));
        let left = marked(&self.mark);
        let (stdout, stderr) = (self.stdout.text(), self.stderr.text());
        let peak = self.peak.load(Ordering::Relaxed);
        Ran { line: self.line, code, stdout, stderr, duration, peak, left }
    }
}

/// The living processes that inherited this mark.
fn marked(mark: &str) -> Vec<u32> {
    let mark = format!("{MARK}={mark}");
    let has = |pid: u32| {
        let all = environment_of(&pid.to_string()).unwrap_or_default();
        all.split(|byte| *byte == 0).any(|entry| entry == mark.as_bytes())
    };
    let living =
        all_processes().into_iter().filter(|process| !process.zombie).map(|process| process.pid);
    living.filter(|pid| has(*pid)).collect()
}

/// A run that has ended.
pub struct Ran {
    line: String,
    /// Nothing where a signal ended it.
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
    pub duration: Duration,
    /// The most bytes of memory that it held, where the system tells.
    pub peak: u64,
    /// Processes that it left behind.
    pub left: Vec<u32>,
}

impl Ran {
    /// It ended with `code`, and left no process.
    #[track_caller]
    pub fn ended(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self}");
        assert!(self.left.is_empty(), "{:?} are left of {self}", self.left);
        self
    }

    /// All of these stand in the answer.
    #[track_caller]
    pub fn tells(self, all: &[&str]) -> Self {
        for text in all {
            assert!(self.stdout.contains(text), "no `{text}` in {self}");
        }
        self
    }

    /// All of these stand on stderr.
    #[track_caller]
    pub fn says(self, all: &[&str]) -> Self {
        for text in all {
            assert!(self.stderr.contains(text), "no `{text}` in {self}");
        }
        self
    }

    /// The answer, which is one JSON object and nothing else.
    #[track_caller]
    pub fn json(&self) -> Value {
        let value: Value =
            serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self}"));
        assert_eq!(value["schema"], 1, "{self}");
        value
    }
}

impl fmt::Display for Ran {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, code, stdout, stderr, duration, .. } = self;
        let (code, duration) = (code.unwrap_or(-1), duration.as_secs_f64());
        write!(f, "$ {line} (exit {code} after {duration:.1} s)\n{stdout}--- stderr\n{stderr}")
    }
}
