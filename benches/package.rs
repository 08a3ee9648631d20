//! The size of the program against its goal; with `cargo bench --bench package -- build` also the time of a clean build,
//! which takes minutes. It prints and judges nothing: the time depends on the machine.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

const ROADMAP: &str = env!("CARGO_BIN_EXE_roadmap");
const SIZE_GOAL: u64 = 8_000_000;
const BUILD_GOAL: Duration = Duration::from_secs(180);
/// Of a small machine, for which the goal is.
const CORES: &str = "2";

fn main() {
    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    let size = fs::metadata(ROADMAP).expect("the program").len();
    print(&format!(
        "size of the program: {:.2} MB (goal {:.0} MB)\n",
        megabytes(size),
        megabytes(SIZE_GOAL)
    ));
    if env::args().any(|argument| argument == "build") {
        let (time, processor) = clean_build();
        let processor = processor
            .map(|seconds| format!(", {seconds:.0} s of processor time"))
            .unwrap_or_default();
        print(&format!(
            "clean build on {CORES} cores: {} s{processor} (goal {} s)\n",
            time.as_secs(),
            BUILD_GOAL.as_secs()
        ));
    }
}

/// How long `cargo build --release` takes in a new folder, without downloads; and its processor time, where
/// `/usr/bin/time` prints it.
fn clean_build() -> (Duration, Option<f64>) {
    let folder = tempfile::tempdir().expect("a temporary directory");
    let fetched = cargo(&mut Command::new(env!("CARGO"))).args(["fetch", "--locked"]).status();
    assert!(fetched.expect("cargo starts").success());
    let mut command = if Path::new("/usr/bin/time").exists() {
        let mut command = Command::new("/usr/bin/time");
        command.args(["-f", "%U %S", env!("CARGO")]);
        command
    } else {
        Command::new(env!("CARGO"))
    };
    cargo(&mut command).args(["build", "--release", "--locked", "--quiet", "--jobs", CORES]);
    command.arg("--target-dir").arg(folder.path());
    let begin = Instant::now();
    let output = command.output().expect("cargo starts");
    let time = begin.elapsed();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let last = errors.lines().last().unwrap_or_default();
    let seconds: Option<Vec<f64>> = last.split(' ').map(|word| word.parse().ok()).collect();
    (time, seconds.map(|seconds| seconds.iter().sum()))
}

fn cargo(command: &mut Command) -> &mut Command {
    command.current_dir(env!("CARGO_MANIFEST_DIR"))
}

#[expect(clippy::print_stdout, reason = "a benchmark is there to print")]
fn print(text: &str) {
    print!("{text}");
}
