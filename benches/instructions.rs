//! How many instructions each command takes that starts no server, beside an empty program.
//! Needs valgrind. It prints and judges nothing: the counts depend on the C library.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const ROADMAP: &str = env!("CARGO_BIN_EXE_roadmap");

/// The limit of each command, in instructions.
const MAX: u64 = 10_000_000;

/// Each command, and whether it runs in a starter's repository.
const COMMANDS: [(&str, bool); 16] = [
    ("show", false),
    ("show databases", false),
    ("show --search sql", false),
    ("next", true),
    ("done http", false),
    ("progress", false),
    ("pick --framework fastapi", false),
    ("doctor", true),
    ("list", false),
    ("list milestones", false),
    ("list starters", false),
    ("spec", true),
    ("spec tasks", false),
    ("hint", true),
    ("completions bash", false),
    ("help", false),
];

fn main() {
    let home = tempfile::tempdir().expect("a temporary directory");
    let starter = home.path().join("starter");
    let new = command(home.path(), home.path(), Path::new(ROADMAP))
        .args(["new", "tasks", "--lang", "python", "--no-git"])
        .arg(&starter)
        .output();
    assert!(new.expect("roadmap starts").status.success());

    let mut table = format!("{:<30}{:>12}{:>8}\n", "instructions, in millions", "ours", "max");
    let empty = empty_program(home.path());
    let mut row = |name: &str, program: &Path, arguments: &str, folder: &Path| {
        let count = instructions(home.path(), folder, program, arguments);
        let Some(count) = count else { return false };
        let mark = if count > MAX { " over" } else { "" };
        let millions = |count: u64| count as f64 / 1e6;
        table.push_str(&format!(
            "{name:<30}{:>12.2}{:>8.0}{mark}\n",
            millions(count),
            millions(MAX)
        ));
        true
    };
    if !row("an empty program", &empty, "", home.path()) {
        table = "no instructions counted: valgrind is missing\n".to_owned();
    } else {
        for (arguments, in_starter) in COMMANDS {
            let folder = if in_starter { starter.as_path() } else { home.path() };
            row(arguments, Path::new(ROADMAP), arguments, folder);
        }
    }
    print(&table);
}

/// The instructions of one run, its children apart; nothing without valgrind.
fn instructions(home: &Path, folder: &Path, program: &Path, arguments: &str) -> Option<u64> {
    let output = command(home, folder, Path::new("valgrind"))
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args(arguments.split_whitespace())
        .output()
        .ok()?;
    let messages = String::from_utf8_lossy(&output.stderr).into_owned();
    let (_, count) = messages.split_once("Collected : ")?;
    count.split_whitespace().next()?.parse().ok()
}

fn command(home: &Path, folder: &Path, program: &Path) -> Command {
    let mut command = Command::new(program);
    command.env_clear().env("PATH", env::var_os("PATH").unwrap_or_default());
    command.env("HOME", home).env("ROADMAP_STATE_DIR", home.join("state"));
    command.current_dir(folder).stdin(Stdio::null());
    command
}

fn empty_program(folder: &Path) -> PathBuf {
    let source = folder.join("empty.rs");
    fs::write(&source, "fn main() {}\n").expect("the source is written");
    let program = folder.join(format!("empty{}", env::consts::EXE_SUFFIX));
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let built = Command::new(rustc).arg("-O").arg("-o").arg(&program).arg(&source).status();
    assert!(built.expect("rustc starts").success());
    program
}

#[expect(clippy::print_stdout, reason = "a benchmark is there to print")]
fn print(text: &str) {
    print!("{text}");
}
