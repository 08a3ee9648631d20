//! The system calls of a run, and a run in which something happens at one of them.

use crate::place::{NEW, Place, ROADMAP};
use crate::state::{Start, prepare};
use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

/// The calls that need room on a disk, or ask for it.
const WRITES: &[&str] = &[
    "write",
    "pwrite64",
    "writev",
    "openat",
    "creat",
    "mkdir",
    "mkdirat",
    "rename",
    "renameat",
    "renameat2",
    "link",
    "linkat",
    "symlink",
    "fsync",
    "fdatasync",
    "ftruncate",
    "fallocate",
    "copy_file_range",
];

/// The calls for memory. How often a run makes them differs from run to run, so none is a place to stop at.
const MEMORY: &[&str] = &["brk", "mmap", "munmap", "mremap", "madvise", "mprotect"];

/// A system call of a run: strace counts the calls of each name by themselves.
#[derive(Debug, Clone)]
pub struct SystemCall {
    pub name: String,
    pub count: usize,
    /// Whether the run has begun to write.
    pub writing: bool,
    /// Whether the run has looked at what is in the target.
    pub looked: bool,
    /// Whether the call needs room on a disk, or asks for it.
    pub needs_room: bool,
}

/// [`NEW`] in one thread: strace counts the calls of each thread by themselves, and with its notes
/// on tools a run asks for their versions in threads, once the starter is whole.
fn words() -> impl Iterator<Item = &'static str> {
    NEW.split(' ').chain(["--quiet"])
}

/// Every system call of a run, in order, but those for memory.
pub fn system_calls(start: Start) -> Vec<SystemCall> {
    let place = Place::new();
    prepare(&place, start);
    let log = place.path("log");
    let mut command = place.command("/usr/bin/strace");
    command.args(["-f", "-qq", "-o"]).arg(&log).arg(ROADMAP).args(words());
    let output = command.output().expect("strace runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let log = fs::read_to_string(log).expect("a log");
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let (mut writing, mut looked) = (false, false);
    let mut system_calls = Vec::new();
    for line in log.lines() {
        let call = line.split_once(' ').map_or("", |(_, rest)| rest.trim_start());
        let Some((name, rest)) = call.split_once('(') else {
            continue;
        };
        if MEMORY.contains(&name) {
            continue;
        }
        let count = counts.entry(name.to_owned()).or_default();
        *count += 1;
        looked |= rest.contains("/blog/.roadmap-new");
        writing |= name == "mkdir" && rest.contains(".roadmap-new");
        // Opening what is there needs no room: a full disk does not refuse it.
        let opens = name.starts_with("open") && !rest.contains("O_CREAT");
        let needs_room = writing && WRITES.contains(&name) && !opens;
        let count = *count;
        system_calls.push(SystemCall { name: name.to_owned(), count, writing, looked, needs_room });
    }
    assert!(system_calls.iter().filter(|call| call.writing).count() > 200, "a run was traced");
    system_calls
}

impl SystemCall {
    /// A run of [`NEW`] in which `what` happens at this call.
    pub fn run(&self, place: &Place, what: &str, log: Option<&str>) -> Command {
        let mut command = place.command("/usr/bin/strace");
        let call = &self.name;
        let log = log.map_or_else(|| "/dev/null".into(), |name| place.path(name));
        // Not with `--seccomp-bpf`: strace injects no signal then.
        command.args(["-f", "-qq", "-o"]).arg(log);
        command.arg("-e").arg(format!("trace={call}"));
        command.arg("-e").arg(format!("inject={call}:{what}:when={}", self.count));
        command.arg(ROADMAP).args(words());
        command
    }

    pub fn label(&self) -> String {
        format!("{} {}", self.name, self.count)
    }
}
