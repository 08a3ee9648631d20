//! Running processes, read from `/proc`; on systems without `/proc` there are none.

use std::collections::HashSet;
use std::fs;

/// A running or dead process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Process {
    pub pid: u32,
    pub parent: u32,
    pub group: u32,
    pub session: u32,
    /// It has ended, and its parent has not waited for it.
    pub zombie: bool,
}

/// All processes of the system.
#[must_use]
pub fn all_processes() -> Vec<Process> {
    let Ok(entries) = fs::read_dir("/proc") else { return Vec::new() };
    let pids = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter_map(process).collect()
}

/// The process with this number.
#[must_use]
pub fn process(pid: u32) -> Option<Process> {
    let stat = fs::read(format!("/proc/{pid}/stat")).ok()?;
    let stat = String::from_utf8_lossy(&stat);
    // A program may bear any name, with spaces and parentheses; what follows its end is fixed.
    let mut fields = stat.get(stat.rfind(')')? + 1..)?.split_ascii_whitespace();
    let state = fields.next()?;
    let parent = fields.next()?.parse().ok()?;
    let group = fields.next()?.parse().ok()?;
    let session = fields.next()?.parse().ok()?;
    Some(Process { pid, parent, group, session, zombie: matches!(state, "Z" | "X") })
}

/// `roots` and all processes below them, of those in `all`.
#[must_use]
pub fn below(roots: &HashSet<u32>, all: &[Process]) -> HashSet<u32> {
    let mut descendants = roots.clone();
    loop {
        let before = descendants.len();
        for process in all.iter().filter(|process| process.pid > 1) {
            if descendants.contains(&process.parent) {
                descendants.insert(process.pid);
            }
        }
        if descendants.len() == before {
            return descendants;
        }
    }
}

/// The environment with which a process began, as the system keeps it; `self` is our own.
#[must_use]
pub fn environment_of(pid: &str) -> Option<Vec<u8>> {
    fs::read(format!("/proc/{pid}/environ")).ok().filter(|bytes| !bytes.is_empty())
}

/// The bytes of memory that a process holds.
#[must_use]
pub fn memory(pid: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descendants_are_listed_in_any_order() {
        let process =
            |pid, parent| Process { pid, parent, group: pid, session: pid, zombie: false };
        let all = [process(9, 8), process(8, 7), process(7, 1), process(5, 1), process(6, 5)];
        let descendants = below(&HashSet::from([7]), &all);
        assert_eq!(descendants, HashSet::from([7, 8, 9]));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_system_tells_of_ourselves() {
        let own = process(std::process::id()).expect("we run");
        assert!(!own.zombie);
        assert!(all_processes().contains(&own));
        assert!(memory(own.pid).expect("we hold memory") > 0);
    }
}
