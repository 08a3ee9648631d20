//! `roadmap check` against servers that mean no good: it ends in time, in bounded memory, leaves no
//! process, and nothing that the server sent acts on the terminal.

use crate::whole::{Ran, Repository};
use std::io::Write;
use std::time::Duration;

/// A mode of the hostile server, and how a whole run of `check` against it goes.
pub struct Mode {
    pub name: &'static str,
    project: &'static str,
    /// The server does not meet the contract (1), or the run could not be done (3).
    code: i32,
    /// It is over so soon that plain `cargo test` tries it.
    pub soon: bool,
    /// What a person reads of it.
    message: &'static str,
}

const fn mode(
    name: &'static str,
    project: &'static str,
    code: i32,
    soon: bool,
    message: &'static str,
) -> Mode {
    Mode { name, project, code, soon, message }
}

pub const MODES: &[Mode] = &[
    mode("never-answers", "tasks", 3, false, "did not answer"),
    mode("dies-at-once", "tasks", 3, true, "exit status 3"),
    mode("dies-amid", "tasks", 1, true, "ended by itself three times"),
    mode("floods-stdout", "tasks", 1, false, "✗ serve"),
    mode("floods-stderr", "tasks", 1, false, "✗ serve"),
    mode("huge-answer", "tasks", 1, false, "✗ create"),
    mode("endless-body", "tasks", 1, false, "✗ create"),
    mode("endless-head", "tasks", 1, false, "more than 128 headers"),
    mode("invalid-utf8", "tasks", 1, false, "✗ create"),
    mode("deep-json", "tasks", 1, false, "✗ create"),
    mode("byte-a-second", "tasks", 1, false, "no whole response within 5 seconds"),
    mode("redirects", "tasks", 1, false, "302"),
    mode("closes-amid-body", "tasks", 1, false, "its body ends after"),
    mode("no-http", "tasks", 1, false, "no HTTP"),
    mode("answers-twice", "tasks", 1, false, "✗ create"),
    mode("escape-sequences", "tasks", 1, true, "✗ create"),
    mode("leaves-children", "tasks", 1, false, "✗ durable"),
    mode("leaves-a-group", "tasks", 1, false, "✗ durable"),
    mode("ignores-sigterm", "tasks", 1, false, "✗ durable"),
    mode("socket-flood", "chat", 1, false, "✗ talk"),
    mode("socket-silence", "chat", 1, false, "✗ talk"),
    mode("socket-huge-frame", "chat", 1, false, "✗ talk"),
    mode("socket-broken-frames", "chat", 1, false, "✗ talk"),
];

/// The most memory that a run may take, in MiB.
const MEMORY: u64 = 200;

/// The whole contract against one of them.
pub fn whole_run(mode: &Mode) {
    let repository = Repository::new(mode.project, &["--hostile", mode.name]);
    let ran = repository.run("check").ended(mode.code);
    judge(mode, &ran);
    let all = format!("{}{}", ran.stdout, ran.stderr);
    assert!(all.contains(mode.message), "{}: no `{}` in {ran}", mode.name, mode.message);
    assert!(!repository.passed().contains(&"create".to_owned()), "{ran}");
}

/// The other forms of the answer, against the one that drives terminals.
pub fn escapes_in_every_form() {
    let mode = MODES.iter().find(|mode| mode.name == "escape-sequences").expect("a mode");
    let repository = Repository::new(mode.project, &["--hostile", mode.name]);
    for form in ["json", "junit"] {
        let ran = repository.run(&format!("check serve create --format {form}")).ended(1);
        judge(mode, &ran);
    }
}

fn judge(mode: &Mode, ran: &Ran) {
    let peak = ran.peak / (1024 * 1024);
    let line = format!(
        "{:22} exit {}  {:6.1} s  {peak:4} MiB\n",
        mode.name,
        mode.code,
        ran.duration.as_secs_f64()
    );
    let _ = std::io::stderr().lock().write_all(line.as_bytes());
    assert!(peak < MEMORY, "{}: {peak} MiB", mode.name);
    assert!(ran.duration < Duration::from_secs(120), "{}: {:?}", mode.name, ran.duration);
    // C0 and C1, and what turns the direction of writing.
    let acts = |c: &char| {
        (c.is_control() && *c != '\n')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let acting: Vec<char> = ran.stdout.chars().chain(ran.stderr.chars()).filter(acts).collect();
    assert!(acting.is_empty(), "{}: {acting:?} in {ran}", mode.name);
}
