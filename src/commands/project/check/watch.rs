//! `check --watch`: again whenever a file of the repository changes.

use super::check_error::CheckError;
use super::{RepositoryCheck, chosen_milestones, nothing_to_check, own};
use crate::cli::CheckArgs;
use crate::commands::shared::contracts;
use crate::commands::shared::session::Session;
use crate::contract::format::{Contract, History, Milestone, choose};
use crate::contract::run::{RunReport, Verdict};
use crate::contract::server::{ManagedServer, Repository, Server};
use crate::error::{Error, ErrorKind};
use crate::terminal::Steps;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

/// How often to look.
const POLL_INTERVAL: Duration = Duration::from_millis(300);
/// How many files are watched.
const MAX_FILES: usize = 20_000;
/// Folders of generated files, wherever they stand.
const GENERATED: [&str; 2] = ["node_modules", "__pycache__"];
/// And those that do so in the root of a repository; deeper, such a name may be that of sources.
const GENERATED_IN_ROOT: [&str; 6] = ["target", "data", "dist", "build", "bin", "obj"];

/// Checks, waits for a change, and checks again, until it is interrupted. The server is left running
/// while it waits, and keeps its port. What failed last is checked first, and alone while it fails.
///
/// # Errors
/// Ended by Ctrl-C; or something that no change of the server's files would mend.
pub(super) fn run(
    args: &CheckArgs,
    repository: &Repository,
    session: &Session<'_>,
    stop: &Arc<AtomicBool>,
) -> Result<(), CheckError> {
    let mut watch = Watch { failed: BTreeSet::new(), port: None };
    // The files that the last run touched, and whether it came at once after another.
    let (mut touched, mut just_reran) = (BTreeSet::new(), false);
    loop {
        let seen = modification_times(&repository.root);
        let server = match watch.check(args, repository, session, stop) {
            Ok((server, Err(error))) => {
                session.screen.error(&error);
                server
            }
            Ok((server, Ok(()))) => server,
            Err(error) if error.kind == ErrorKind::Blocked => {
                session.screen.error(&error);
                None
            }
            Err(error) if error.kind == ErrorKind::Interrupted => return Err(Error::ended().into()),
            Err(error) => return Err(error.into()),
        };
        // Which of the changes during a run are the user's, nobody tells. Those in files that the run before changed too are its
        // own (a log, an output); for others it is run again, once, and what changes then again is known.
        let base = modification_times(&repository.root);
        let meanwhile = changed(&seen, &base);
        let is_new = meanwhile.iter().any(|path| !touched.contains(path));
        touched = meanwhile;
        if is_new && !std::mem::replace(&mut just_reran, true) {
            continue;
        }
        just_reran = false;
        session.screen.note(&match &server {
            Some(server) => format!(
                "waiting for a change (Ctrl-C ends); meanwhile your server runs at {}",
                server.url()
            ),
            None => "waiting for a change; Ctrl-C ends".to_owned(),
        });
        let file = loop {
            if stop.load(Ordering::Relaxed) {
                return Err(Error::ended().into());
            }
            if let Some(file) = changed(&base, &modification_times(&repository.root)).pop_first() {
                break file;
            }
            sleep(POLL_INTERVAL);
        };
        wait_until_unchanged(&repository.root, stop);
        // Its successor is to have its port.
        drop(server);
        let file = file.strip_prefix(&repository.root).unwrap_or(&file);
        session.screen.rule(&format!("{} changed", file.display()));
    }
}

struct Watch {
    /// The milestones that failed in the last run.
    failed: BTreeSet<String>,
    /// The port of the last server.
    port: Option<u16>,
}

impl Watch {
    /// One run, and the server that it leaves, if that still lives.
    fn check(
        &mut self,
        args: &CheckArgs,
        repository: &Repository,
        session: &Session<'_>,
        stop: &Arc<AtomicBool>,
    ) -> Result<(Option<Server>, Result<(), Error>), Error> {
        let contract = contracts::of_repository(repository, session)?;
        let known = contracts::known(repository, &contract);
        let run = RepositoryCheck { args, repository, contract: &contract, session };
        let milestones = Self::milestones(args, &contract, &known)?;
        let steps = Steps::new(session.screen);
        let mut server = own::start(repository, self.port, stop, &steps)?;
        self.port = server.url().rsplit(':').next().and_then(|port| port.parse().ok());
        let again: Vec<&Milestone> = milestones
            .iter()
            .filter(|milestone| self.failed.contains(&milestone.id))
            .copied()
            .collect();
        let mut report = None;
        if !again.is_empty() && again.len() < milestones.len() {
            let first = run.check(&mut server, &again, stop, &steps);
            report = (first.any(Verdict::Failed) || first.interrupted).then_some(first);
        }
        let report = match report {
            Some(report) => report,
            None => run.check(&mut server, &milestones, stop, &steps),
        };
        drop(steps);
        self.note(&report);
        let verdict = match run.report(&report, known, None) {
            Err(CheckError::NotRun(error)) => return Err(error),
            Err(CheckError::Reported(error)) => Err(error),
            Ok(()) => Ok(()),
        };
        if report.interrupted {
            return Err(Error::interrupted());
        }
        Ok((server.is_running().then_some(server), verdict))
    }

    fn milestones<'c>(
        args: &CheckArgs,
        contract: &'c Contract,
        known: &History,
    ) -> Result<Vec<&'c Milestone>, Error> {
        // Where `next` was asked for, the last one may have passed meanwhile.
        if nothing_to_check(args, contract, known) {
            return Ok(choose(contract, &[], known)?);
        }
        chosen_milestones(args, contract, known)
    }

    fn note(&mut self, report: &RunReport) {
        for milestone in &report.milestones {
            match milestone.verdict() {
                Verdict::Failed => drop(self.failed.insert(milestone.id.clone())),
                Verdict::Passed => drop(self.failed.remove(&milestone.id)),
                _ => {}
            }
        }
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

/// An editor writes several files: waits until two readings agree.
fn wait_until_unchanged(root: &Path, stop: &AtomicBool) {
    let mut before = modification_times(root);
    while !stop.load(Ordering::Relaxed) {
        sleep(POLL_INTERVAL);
        let now = modification_times(root);
        if now == before {
            return;
        }
        before = now;
    }
}

/// When each source file was changed.
fn modification_times(root: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
        for entry in entries {
            let name = entry.file_name().to_string_lossy().into_owned();
            let Ok(kind) = entry.file_type() else { continue };
            if files.len() >= MAX_FILES {
                break;
            }
            if kind.is_dir() {
                let in_root = folder == root && GENERATED_IN_ROOT.contains(&name.as_str());
                // Hidden folders are git's, an editor's, or ours; a hidden file may be the settings of the server.
                if !in_root && !GENERATED.contains(&name.as_str()) && !name.starts_with('.') {
                    folders.push(entry.path());
                }
            // Notes are no part of the server.
            } else if kind.is_file()
                && !name.ends_with(".md")
                && let Ok(time) = entry.metadata().and_then(|about| about.modified())
            {
                files.insert(entry.path(), time);
            }
        }
    }
    files
}
