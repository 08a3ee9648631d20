//! `check --watch`: again whenever a file of the repository changes.

use super::here;
use crate::cli::Check;
use crate::commands::session::Session;
use crate::contract::server::Repository;
use crate::error::{Error, Kind};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

/// How often to look.
const MOMENT: Duration = Duration::from_millis(300);
/// The most files that are looked at.
const MOST: usize = 20_000;
/// Folders that hold what others made of the sources, wherever they stand.
const MADE: [&str; 2] = ["node_modules", "__pycache__"];
/// And those that do so in the root of a repository; deeper, such a name may be that of sources.
const MADE_IN_ROOT: [&str; 6] = ["target", "data", "dist", "build", "bin", "obj"];

/// Checks, waits for a change, and checks again, until it is interrupted.
///
/// # Errors
/// Interrupted; or something that no change of the server's files would mend.
pub(super) fn run(
    args: &Check,
    repository: &Repository,
    session: &Session<'_>,
    stop: &Arc<AtomicBool>,
) -> Result<(), Error> {
    // The files that the last run touched, and whether it came at once after another.
    let (mut touched, mut at_once) = (BTreeSet::new(), false);
    loop {
        let seen = look(&repository.root);
        match here(args, repository, session, stop) {
            Err(error) if !matches!(error.kind, Kind::Contract | Kind::Blocked) => {
                return Err(error);
            }
            Err(error) => session.screen.error(&error),
            Ok(()) => {}
        }
        // Which of the changes during a run are the user's, nobody tells. Those in files that the run before changed too are its
        // own (a log, an output); for others it is run again, once, and what changes then again is known.
        let base = look(&repository.root);
        let changed = changed(&seen, &base);
        let is_new = changed.iter().any(|path| !touched.contains(path));
        touched = changed;
        if is_new && !std::mem::replace(&mut at_once, true) {
            continue;
        }
        at_once = false;
        session.screen.note("waiting for a change; Ctrl-C ends");
        while look(&repository.root) == base {
            if stop.load(Ordering::Relaxed) {
                return Err(Error::interrupted());
            }
            sleep(MOMENT);
        }
        settle(&repository.root, stop);
    }
}

/// The files that are new, gone, or changed.
fn changed(
    before: &BTreeMap<PathBuf, SystemTime>,
    after: &BTreeMap<PathBuf, SystemTime>,
) -> BTreeSet<PathBuf> {
    let differs = |path: &&PathBuf| before.get(*path) != after.get(*path);
    before.keys().chain(after.keys()).filter(differs).cloned().collect()
}

/// An editor writes several files: waits until two looks agree.
fn settle(root: &Path, stop: &AtomicBool) {
    let mut before = look(root);
    while !stop.load(Ordering::Relaxed) {
        sleep(MOMENT);
        let now = look(root);
        if now == before {
            return;
        }
        before = now;
    }
}

/// When each source file was changed.
fn look(root: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
        for entry in entries {
            let name = entry.file_name().to_string_lossy().into_owned();
            let Ok(kind) = entry.file_type() else { continue };
            if found.len() >= MOST {
                break;
            }
            if kind.is_dir() {
                let in_root = folder == root && MADE_IN_ROOT.contains(&name.as_str());
                // Hidden folders are git's, an editor's, or ours; a hidden file may be the settings of the server.
                if !in_root && !MADE.contains(&name.as_str()) && !name.starts_with('.') {
                    folders.push(entry.path());
                }
            } else if kind.is_file()
                && let Ok(time) = entry.metadata().and_then(|about| about.modified())
            {
                found.insert(entry.path(), time);
            }
        }
    }
    found
}
