//! A process and everything that it starts: started as a group of its own, and ended to the last process.
//!
//! A group signal reaches children and grandchildren. Processes that left the group are looked
//! up in `/proc`, where there is one: below the leader, and by a mark in their environment, which children
//! inherit. Since orphans become our children on Linux, even those that cleared their environment are known.

use super::processes::{self, Process};
use std::collections::HashSet;
use std::io;
use std::process::{Child, Command, ExitStatus};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

/// The variable that marks the processes of a tree.
const MARK: &str = "ROADMAP_TREE";
/// How long a killed process may take to vanish.
const KILL_TIMEOUT: Duration = Duration::from_secs(2);
const POLL_INTERVAL: Duration = Duration::from_millis(5);
/// How long the end of the whole process waits for the list of trees.
const LOCK_TIMEOUT: Duration = Duration::from_millis(500);

/// The trees that run now, for the end of the whole process.
static RUNNING_TREES: Mutex<Vec<RunningTree>> = Mutex::new(Vec::new());
/// The children that we had before we started the first process: a script may start helpers and then become us. They
/// are nobody's we may end, and no more is any orphan that they leave to us.
static INHERITED_CHILDREN: OnceLock<HashSet<u32>> = OnceLock::new();

/// What the end of the whole process has to know of a tree.
#[derive(Debug)]
struct RunningTree {
    leader: u32,
    /// `MARK=...`, as it stands in an environment.
    mark: String,
    /// The leader has ended and was waited for: its number may be a stranger's by now.
    waited: bool,
}

/// A process that was started here, with all that it starts. Dropped, all of it ends.
#[derive(Debug)]
pub struct ProcessTree {
    child: Child,
    /// `MARK=...`, as it stands in an environment.
    mark: String,
    /// How the leader ended.
    ended: Option<ExitStatus>,
}

impl ProcessTree {
    /// Starts `command` as the leader of a group of its own.
    ///
    /// # Errors
    /// The program is not there, or the system starts no more.
    pub fn spawn(command: &mut Command) -> io::Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let own = std::process::id();
        let mark = format!("{own}-{}", COUNT.fetch_add(1, Ordering::Relaxed));
        command.env(MARK, &mark);
        let mark = format!("{MARK}={mark}");
        system::prepare(command);
        // Under the lock, so that no other tree takes a leader that is not listed yet for a stray.
        let mut trees = running_trees();
        INHERITED_CHILDREN.get_or_init(children);
        let child = command.spawn()?;
        trees.push(RunningTree { leader: child.id(), mark: mark.clone(), waited: false });
        Ok(Self { child, mark, ended: None })
    }

    /// The process that was started first.
    pub fn leader(&mut self) -> &mut Child {
        &mut self.child
    }

    /// How the leader ended, if it has.
    pub fn exited(&mut self) -> Option<ExitStatus> {
        if self.ended.is_none() {
            // Under the lock, so that nobody kills by a number that is free already.
            let mut trees = running_trees();
            self.ended = self.child.try_wait().ok().flatten();
            let leader = self.child.id();
            if let Some(tree) = trees.iter_mut().find(|tree| tree.leader == leader) {
                tree.waited = self.ended.is_some();
            }
        }
        self.ended
    }

    /// Asks the whole group to end. Not the leader alone: with `npm start` or
    /// `mvn spring-boot:run` the server is a child, and not every such program forwards the signal;
    /// service managers and Ctrl-C reach the whole group too.
    pub fn terminate(&self) {
        if self.ended.is_none() {
            system::terminate(self.child.id());
        }
    }

    /// Whether the leader and its whole group are gone, waiting for it so long.
    pub fn wait_for_exit(&mut self, limit: Duration) -> bool {
        let begun = Instant::now();
        loop {
            if self.exited().is_some() && !self.group_lives() {
                return true;
            }
            if begun.elapsed() >= limit {
                return false;
            }
            thread::sleep(POLL_INTERVAL);
        }
    }

    /// Kills every process of the tree, and waits until they are gone.
    pub fn kill(&mut self) {
        // A leader that was waited for may have left its number to a stranger.
        if self.ended.is_none() {
            system::kill_group(self.child.id());
        }
        let leader = self.child.id();
        let begun = Instant::now();
        let mut dying = HashSet::new();
        loop {
            let rest = members(leader, self.ended.is_none(), &self.mark, leaders);
            for pid in &rest {
                system::kill(*pid);
            }
            dying.extend(rest.iter().filter(|pid| **pid != leader));
            reap(&mut dying);
            if self.exited().is_some() && rest.is_empty() && dying.is_empty() {
                return;
            }
            if begun.elapsed() >= KILL_TIMEOUT {
                return;
            }
            thread::sleep(POLL_INTERVAL);
        }
    }

    /// The running processes of the tree, as far as the system reports them.
    #[must_use]
    pub fn members(&self) -> HashSet<u32> {
        members(self.child.id(), self.ended.is_none(), &self.mark, leaders)
    }

    /// The bytes of memory that all processes of the tree use, where the system reports it.
    #[must_use]
    pub fn memory(&self) -> Option<u64> {
        self.members().into_iter().filter_map(processes::memory).reduce(|sum, member| sum + member)
    }

    fn group_lives(&self) -> bool {
        let leader = self.child.id();
        let all = processes::all_processes();
        if all.is_empty() {
            return system::group_lives(leader);
        }
        all.iter().any(|process| process.group == leader && !process.zombie)
    }
}

impl Drop for ProcessTree {
    fn drop(&mut self) {
        self.kill();
        let leader = self.child.id();
        running_trees().retain(|tree| tree.leader != leader);
    }
}

/// Removes the variables of git from a command's environment: a git hook that calls us has set them, for another repository than
/// the checked repository.
pub fn remove_git_variables(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("GIT_") {
            command.env_remove(name);
        }
    }
}

/// Kills every tree that still runs: for an end of the process at which nothing is dropped.
pub fn kill_all_trees() {
    let until = Instant::now() + LOCK_TIMEOUT;
    let trees = loop {
        match RUNNING_TREES.try_lock() {
            Ok(trees) => break trees,
            Err(TryLockError::Poisoned(error)) => break error.into_inner(),
            // The thread that ends the process may hold it itself.
            Err(TryLockError::WouldBlock) if Instant::now() >= until => return,
            Err(TryLockError::WouldBlock) => thread::sleep(POLL_INTERVAL),
        }
    };
    let leaders: Vec<u32> = trees.iter().map(|tree| tree.leader).collect();
    for RunningTree { leader, mark, waited } in trees.iter() {
        if !waited {
            system::kill_group(*leader);
        }
        for pid in members(*leader, !waited, mark, || leaders.clone()) {
            system::kill(pid);
        }
    }
}

fn running_trees() -> MutexGuard<'static, Vec<RunningTree>> {
    RUNNING_TREES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The leaders of the trees that run now.
fn leaders() -> Vec<u32> {
    running_trees().iter().map(|tree| tree.leader).collect()
}

/// The processes whose parent we are.
fn children() -> HashSet<u32> {
    let own = std::process::id();
    processes::all_processes()
        .iter()
        .filter(|process| process.parent == own)
        .map(|process| process.pid)
        .collect()
}

/// Reaps ended orphans, which would stay as zombies: those of `dying`, of the trees' groups, and those that started a
/// session of their own. A tree waits for its leader, and the code that started any other child waits for that child. `dying`
/// keeps the processes that have not become our children yet.
fn reap(dying: &mut HashSet<u32>) {
    let own = std::process::id();
    let leaders = leaders();
    let is_ours =
        |pid: u32| INHERITED_CHILDREN.get().is_some_and(|inherited| !inherited.contains(&pid));
    let our_session = processes::process(own).map(|process| process.session);
    let orphans: Vec<u32> = processes::all_processes()
        .iter()
        .filter(|process| {
            process.zombie && process.parent == own && !leaders.contains(&process.pid)
        })
        .filter(|process| {
            let left = Some(process.session) != our_session;
            dying.contains(&process.pid)
                || leaders.contains(&process.group)
                || (left && is_ours(process.pid))
        })
        .map(|process| process.pid)
        .collect();
    orphans.into_iter().for_each(system::reap);
    let before = dying.clone();
    dying.retain(|pid| {
        let process = processes::process(*pid);
        process.is_some_and(|process| process.parent == own || before.contains(&process.parent))
    });
}

/// The living processes of a tree, as far as the system reports them. `unwaited`: nobody has waited for the leader yet, so its number
/// is no stranger's. `leaders` returns those of all trees.
fn members(
    leader: u32,
    unwaited: bool,
    mark: &str,
    leaders: impl FnOnce() -> Vec<u32>,
) -> HashSet<u32> {
    let own = std::process::id();
    let all = processes::all_processes();
    // After the processes: a tree that starts in between would be among them, and its leader not among the leaders.
    let leaders = leaders();
    let our_group = processes::process(own).map(|process| process.group);
    let ours = processes::environment_of("self");
    let stray = |process: &&Process| {
        let orphan = process.parent == own || process.parent == 1;
        if !orphan || process.zombie || process.pid == own {
            return false;
        }
        // Of another tree, whatever its environment says: a server that writes a title for itself over its arguments
        // overwrites its environment too, as Redis does.
        if process.group != leader && leaders.contains(&process.group) {
            return false;
        }
        let Some(environment) = processes::environment_of(&process.pid.to_string()) else {
            return false;
        };
        let has = |is_match: &dyn Fn(&[u8]) -> bool| environment.split(|b| *b == 0).any(is_match);
        if has(&|entry| entry == mark.as_bytes()) {
            return true;
        }
        // An orphan of ours without any mark wiped it; a child that does not run its program yet
        // still has our own environment.
        process.parent == own
            && INHERITED_CHILDREN.get().is_some_and(HashSet::is_empty)
            && Some(process.group) != our_group
            && Some(&environment) != ours.as_ref()
            && !has(&|entry| entry.starts_with(MARK.as_bytes()))
    };
    let in_group = all.iter().filter(|process| {
        (unwaited && process.pid == leader) || (process.group == leader && process.pid != leader)
    });
    let roots: HashSet<u32> =
        in_group.chain(all.iter().filter(stray)).map(|process| process.pid).collect();
    let mut members = processes::below(&roots, &all);
    members.retain(|pid| {
        *pid > 1 && *pid != own && all.iter().any(|process| process.pid == *pid && !process.zombie)
    });
    members
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_tree_without_its_mark_outlives_the_end_of_another() {
        let start = |words: &[&str]| {
            let mut command = Command::new(words[0]);
            ProcessTree::spawn(command.args(&words[1..])).expect("it starts")
        };
        let mut wiped = start(&["env", "-i", "/bin/sleep", "60"]);
        let other = start(&["sleep", "60"]);
        // Until it runs the second program it has the environment of the first.
        thread::sleep(Duration::from_millis(200));
        drop(other);
        assert!(wiped.exited().is_none());
    }
}

#[cfg(unix)]
mod system {
    use rustix::process::{self, Pid, Signal, WaitOptions};
    use std::os::unix::process::CommandExt;
    use std::process::Command;

    pub(super) fn prepare(command: &mut Command) {
        command.process_group(0);
        // Orphans become our children, not those of the system's first process.
        #[cfg(target_os = "linux")]
        let _ = process::set_child_subreaper(Some(process::getpid()));
    }

    pub(super) fn terminate(leader: u32) {
        to_group(leader, Signal::TERM);
    }

    pub(super) fn kill_group(leader: u32) {
        to_group(leader, Signal::KILL);
    }

    fn to_group(leader: u32, signal: Signal) {
        if let Some(pid) = number(leader) {
            let _ = process::kill_process_group(pid, signal);
        }
    }

    pub(super) fn group_lives(leader: u32) -> bool {
        number(leader).is_some_and(|pid| process::test_kill_process_group(pid).is_ok())
    }

    pub(super) fn kill(pid: u32) {
        if let Some(pid) = number(pid) {
            let _ = process::kill_process(pid, Signal::KILL);
        }
    }

    /// Takes note of the end of an orphan, so that nothing of it is left.
    pub(super) fn reap(pid: u32) {
        if let Some(pid) = number(pid) {
            let _ = process::waitpid(Some(pid), WaitOptions::NOHANG);
        }
    }

    fn number(pid: u32) -> Option<Pid> {
        i32::try_from(pid).ok().and_then(Pid::from_raw)
    }
}

/// Windows knows no groups; its own tool ends a process with those below it.
#[cfg(not(unix))]
mod system {
    use std::process::{Command, Stdio};

    pub(super) fn prepare(_: &mut Command) {}

    pub(super) fn terminate(leader: u32) {
        kill_group(leader);
    }

    pub(super) fn kill_group(leader: u32) {
        let mut tool = Command::new("taskkill");
        tool.args(["/T", "/F", "/PID", &leader.to_string()]);
        let _ = tool.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    }

    pub(super) fn group_lives(_: u32) -> bool {
        false
    }

    pub(super) fn kill(pid: u32) {
        kill_group(pid);
    }

    pub(super) fn reap(_: u32) {}
}
