//! Programs of this machine: where they are, and what they print before a timeout.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};
use std::{env, thread};

/// How often to look whether a program has ended.
const POLL_INTERVAL: Duration = Duration::from_millis(5);
/// How long its output may take to arrive after it has ended.
const OUTPUT_TIMEOUT: Duration = Duration::from_millis(200);
/// How much of its output is read, in bytes per stream.
const MAX_BYTES: u64 = 64 << 10;

/// The extensions of programs on Windows; scripts such as `npm.cmd` are programs there.
const EXTENSIONS: &[&str] = if cfg!(windows) { &[".exe", ".cmd", ".bat", ""] } else { &[""] };

/// What a program printed that ended with success.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Output {
    pub stdout: String,
    pub stderr: String,
}

/// Where PATH has the program `name`. Parts of PATH that are no absolute path are left out: they
/// would mean a folder in which anybody may have put a program.
pub(super) fn find(name: &str) -> Option<PathBuf> {
    find_in(name, &env::var_os("PATH")?)
}

fn find_in(name: &str, path: &std::ffi::OsStr) -> Option<PathBuf> {
    if Path::new(name).components().count() != 1 {
        // A path, which PATH has nothing to do with.
        return Some(PathBuf::from(name));
    }
    let folders = env::split_paths(path).filter(|folder| folder.is_absolute());
    let files = folders.flat_map(|folder| {
        EXTENSIONS.iter().map(move |extension| folder.join(format!("{name}{extension}")))
    });
    let files: Vec<PathBuf> = files.filter(|file| file.is_file()).collect();
    // One that may not be run is there, though it does not help.
    files.iter().find(|file| is_program(file)).or(files.first()).cloned()
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|kind| kind.is_file() && kind.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

/// `folder` if it exists, else the root: TMPDIR may name a folder that was removed.
pub(super) fn existing_folder(folder: &Path) -> &Path {
    if folder.is_dir() { folder } else { Path::new(std::path::MAIN_SEPARATOR_STR) }
}

/// Runs `command` with empty input, and kills it after `timeout`. `None` if it fails.
pub(super) fn output(mut command: Command, timeout: Duration) -> Option<Output> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().ok()?;
    let stdout = child.stdout.take().map(read);
    let stderr = child.stderr.take().map(read);
    if !wait_for_success(&mut child, timeout) {
        return None;
    }
    let text = |pipe: Option<mpsc::Receiver<String>>| {
        pipe.and_then(|pipe| pipe.recv_timeout(OUTPUT_TIMEOUT).ok()).unwrap_or_default()
    };
    Some(Output { stdout: text(stdout), stderr: text(stderr) })
}

fn wait_for_success(child: &mut Child, timeout: Duration) -> bool {
    let end = Instant::now() + timeout;
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) if Instant::now() < end => thread::sleep(POLL_INTERVAL),
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                return false;
            }
        }
    }
}

/// Reads in the background: a grandchild may keep the pipe open for ever.
fn read(pipe: impl Read + Send + 'static) -> mpsc::Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = pipe.take(MAX_BYTES).read_to_end(&mut bytes);
        let _ = sender.send(String::from_utf8_lossy(&bytes).into_owned());
    });
    receiver
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn only_absolute_parts_of_path_are_looked_into() {
        let here = env::current_dir().expect("a folder");
        let cwd = here.join("tests");
        assert!(cwd.is_dir());
        for path in ["", ".", "tests", ":", "./tests:", "tests:."] {
            assert_eq!(find_in("sh", path.as_ref()), None, "{path}");
        }
        let path = find_in("sh", ":.:/nowhere:/bin:/usr/bin".as_ref());
        assert_eq!(path.as_deref(), Some(Path::new("/bin/sh")));
        assert_eq!(find_in("bin/sh", "/bin".as_ref()).as_deref(), Some(Path::new("bin/sh")));
    }

    #[test]
    fn a_program_that_fails_or_takes_too_long_prints_nothing() {
        let shell = |line: &str| {
            let mut command = Command::new("/bin/sh");
            command.args(["-c", line]);
            output(command, Duration::from_millis(500))
        };
        let text = shell("echo out; echo err >&2").expect("it ends well");
        assert_eq!((text.stdout.as_str(), text.stderr.as_str()), ("out\n", "err\n"));
        assert_eq!(shell("echo out; exit 1"), None);
        assert_eq!(shell("sleep 5"), None);
    }
}
