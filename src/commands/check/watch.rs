//! `check --watch`: again whenever a file of the repository changes.

use super::here;
use crate::cli::Check;
use crate::commands::session::Session;
use crate::contract::server::Repository;
use crate::error::{Error, Kind};
use std::collections::BTreeMap;
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
/// Folders that hold what others made of the sources.
const MADE: [&str; 8] =
    ["target", "node_modules", "data", "__pycache__", "dist", "build", "bin", "obj"];

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
    loop {
        let seen = look(&repository.root);
        match here(args, repository, session, stop) {
            Err(error) if !matches!(error.kind, Kind::Contract | Kind::Blocked) => {
                return Err(error);
            }
            Err(error) => session.screen.error(&error),
            Ok(()) => {}
        }
        session.screen.note("waiting for a change; Ctrl-C ends");
        // What the run itself changed, such as a lock file, is no reason to run again.
        let after = look(&repository.root);
        let changed_meanwhile = seen.iter().any(|(path, time)| after.get(path) != Some(time));
        let base = if changed_meanwhile { seen } else { after };
        while look(&repository.root) == base {
            if stop.load(Ordering::Relaxed) {
                return Err(Error::interrupted());
            }
            sleep(MOMENT);
        }
        settle(&repository.root, stop);
    }
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
            if name.starts_with('.') || found.len() >= MOST {
                continue;
            }
            if kind.is_dir() && !MADE.contains(&name.as_str()) {
                folders.push(entry.path());
            } else if kind.is_file()
                && let Ok(time) = entry.metadata().and_then(|about| about.modified())
            {
                found.insert(entry.path(), time);
            }
        }
    }
    found
}
