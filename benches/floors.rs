//! How far `roadmap` is from what it cannot beat: an empty program, and the shell's own
//! `cp`, `git init`, `git add`, `git commit`.
//!
//! Both sides of a row run in turn, so that whatever slows the machine slows both. It prints
//! and judges nothing: time on a busy machine is no test.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const ROADMAP: &str = env!("CARGO_BIN_EXE_roadmap");

/// One comparison: ours, the floor, and the ratio that ours should stay within.
struct Row {
    what: &'static str,
    ours: Duration,
    floor: Duration,
    bound: Option<f64>,
}

/// A home directory with git's configuration, and a folder to write in.
struct Place {
    folder: tempfile::TempDir,
}

fn main() {
    let place = Place::new();
    let rows = [
        show(&place),
        new_with_commit(&place),
        new_without_git(&place),
        larger_library(&place, &[], "new blog, 10 times the library / the library"),
        larger_library(&place, &["--no-git"], "the same with --no-git"),
    ];
    let mut table =
        format!("{:<44}{:>10}{:>10}{:>8}{:>8}\n", "median", "ours", "floor", "ratio", "bound");
    for row in rows {
        let ratio = row.ours.as_secs_f64() / row.floor.as_secs_f64();
        let bound = row.bound.map_or_else(|| "-".to_owned(), |bound| format!("{bound:.1}"));
        let milliseconds = |time: Duration| format!("{:.2} ms", time.as_secs_f64() * 1e3);
        table.push_str(&format!(
            "{:<44}{:>10}{:>10}{ratio:>8.2}{bound:>8}\n",
            row.what,
            milliseconds(row.ours),
            milliseconds(row.floor),
        ));
    }
    if let Some(peak) = peak_of_new(&place) {
        table.push_str(&format!("new blog, peak memory: {peak} KiB (bound 16,384)\n"));
    }
    print(&table);
}

#[expect(clippy::print_stdout, reason = "a benchmark is there to print")]
fn print(text: &str) {
    print!("{text}");
}

fn show(place: &Place) -> Row {
    let empty = place.empty_program();
    let ours = || timed(place.command(ROADMAP).arg("show"));
    let floor = || timed(&mut place.command(&empty));
    let (ours, floor) = medians(400, ours, floor);
    Row { what: "show to a pipe / an empty program", ours, floor, bound: Some(1.5) }
}

fn new_with_commit(place: &Place) -> Row {
    let files = place.starter();
    let ours = || place.timed_in_fresh(|target| place.starting(target, &[]));
    let script =
        "cp -r \"$1\" \"$2\" && cd \"$2\" && git init -q && git add -A && git commit -qm x";
    let floor = || {
        place.timed_in_fresh(|target| {
            let mut command = place.command("sh");
            command.args(["-c", script, "sh"]).arg(&files).arg(target);
            command
        })
    };
    let (ours, floor) = medians(60, ours, floor);
    Row { what: "new blog / cp, git init, add, commit", ours, floor, bound: Some(0.5) }
}

fn new_without_git(place: &Place) -> Row {
    let files = place.starter();
    let ours = || place.timed_in_fresh(|target| place.starting(target, &["--no-git"]));
    let floor = || {
        place.timed_in_fresh(|target| {
            let mut command = place.command("cp");
            command.arg("-r").arg(&files).arg(target);
            command
        })
    };
    let (ours, floor) = medians(100, ours, floor);
    Row { what: "new blog --no-git / cp", ours, floor, bound: Some(2.0) }
}

/// The library as a folder, against one with nine more of each framework and project.
fn larger_library(place: &Place, options: &[&str], what: &'static str) -> Row {
    let (normal, large) = (place.path("library"), place.path("large-library"));
    if !large.exists() {
        let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        copy(&ours, &normal);
        copy(&ours, &large);
        for kind in ["frameworks", "projects", "languages"] {
            for name in names(&ours.join(kind)) {
                for number in 1..10 {
                    let twin = large.join(kind).join(format!("{name}-{number}"));
                    copy(&ours.join(kind).join(&name), &twin);
                }
            }
        }
    }
    let run = |library: &Path| {
        place.timed_in_fresh(|target| {
            let mut command = place.starting(target, options);
            command.arg("--templates").arg(library);
            command
        })
    };
    let (ours, floor) = medians(100, || run(&large), || run(&normal));
    Row { what, ours, floor, bound: Some(1.1) }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    entries
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("made");
    for name in names(from) {
        let (from, to) = (from.join(&name), to.join(&name));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(from, to).expect("copied");
        }
    }
}

/// The peak of memory of `new` in KiB, as the kernel counts it; Linux alone tells it here.
fn peak_of_new(place: &Place) -> Option<u64> {
    let target = place.path("work/blog");
    let mut command = place.command("/usr/bin/time");
    command.args(["-f", "%M", ROADMAP, "new", "blog", "--lang", "rust"]).arg(&target);
    let output = command.output().ok()?;
    fs::remove_dir_all(&target).ok()?;
    String::from_utf8_lossy(&output.stderr).lines().last()?.trim().parse().ok()
}

/// The medians of both after `count` runs each, in turn, and a few before that to warm up.
fn medians(
    count: usize,
    ours: impl Fn() -> Duration,
    floor: impl Fn() -> Duration,
) -> (Duration, Duration) {
    let mut times = (Vec::with_capacity(count), Vec::with_capacity(count));
    for _ in 0..5 {
        ours();
        floor();
    }
    for _ in 0..count {
        times.0.push(ours());
        times.1.push(floor());
    }
    times.0.sort_unstable();
    times.1.sort_unstable();
    (times.0[count / 2], times.1[count / 2])
}

/// Runs to the end with stdout in a pipe.
fn timed(command: &mut Command) -> Duration {
    let start = Instant::now();
    let output = command.output().expect("it starts");
    let time = start.elapsed();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    time
}

impl Place {
    fn new() -> Self {
        let place = Self { folder: tempfile::tempdir().expect("a temporary directory") };
        let identity = "[user]\n\tname = Ada\n\temail = ada@example.org\n";
        fs::write(place.path(".gitconfig"), identity).expect("written");
        fs::create_dir(place.path("work")).expect("made");
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(program.as_ref());
        command.env_clear().env("PATH", env::var_os("PATH").unwrap_or_default());
        command.env("HOME", self.folder.path()).env("ROADMAP_STATE_DIR", self.path("state"));
        command.current_dir(self.path("work")).stdin(Stdio::null());
        command
    }

    fn starting(&self, target: &Path, options: &[&str]) -> Command {
        let mut command = self.command(ROADMAP);
        command.args(["new", "blog", "--lang", "rust"]).args(options).arg(target);
        command
    }

    /// The files of the starter, for `cp`.
    fn starter(&self) -> PathBuf {
        let folder = self.path("starter");
        if !folder.exists() {
            timed(&mut self.starting(&folder, &["--no-git"]));
        }
        folder
    }

    /// Times a command that makes a directory; the directory is cleared outside that time.
    fn timed_in_fresh(&self, command: impl Fn(&Path) -> Command) -> Duration {
        let target = self.path("work/blog");
        let time = timed(&mut command(&target));
        assert!(target.join("README.md").exists());
        fs::remove_dir_all(&target).expect("cleared");
        time
    }

    fn empty_program(&self) -> PathBuf {
        let source = self.path("empty.rs");
        fs::write(&source, "fn main() {}\n").expect("written");
        let program = self.path(&format!("empty{}", env::consts::EXE_SUFFIX));
        let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let built = Command::new(rustc).arg("-O").arg("-o").arg(&program).arg(&source).status();
        assert!(built.expect("rustc runs").success());
        program
    }
}
