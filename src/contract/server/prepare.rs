//! What comes before a server can start: its install and build commands, outside any time limit.

use super::log::Log;
use super::passed::Passed;
use super::process_tree::{ProcessTree, remove_git_variables};
use super::repository::Repository;
use crate::shell::line;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::Duration;

/// How often is checked whether a command has ended.
const POLL_INTERVAL: Duration = Duration::from_millis(10);
/// How long is waited for the last output of a command that failed.
const OUTPUT_TIMEOUT: Duration = Duration::from_secs(2);
/// How many of the last lines of its output explain why a command failed.
const MAX_LOG_LINES: usize = 20;

/// A command of the repository did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum PrepareError {
    #[error("`{program}` could not be run")]
    NotRun { program: String, source: io::Error },
    #[error("`{line}` failed ({how})")]
    Failed { line: String, words: Vec<String>, how: String, log: Vec<String> },
    #[error("interrupted")]
    Interrupted,
}

/// Installs where that is needed, then builds; `report` gets each command line before it runs.
///
/// An install is needed when a manifest changed since the last one that succeeded, a folder that an install makes is
/// missing, or the program that runs the server is one of the repository's own and not there.
///
/// # Errors
/// The first command that does not succeed.
pub fn prepare(
    repository: &Repository,
    passed: &mut Passed,
    stop: &AtomicBool,
    report: &mut dyn FnMut(&str),
) -> Result<(), PrepareError> {
    let (root, commands) = (&repository.root, &repository.facts.commands);
    if !commands.install.is_empty() && !is_installed(repository, passed) {
        for words in &commands.install {
            run_command(root, words, stop, report)?;
        }
        passed.set_installed(root, &repository.facts.installed.manifests);
        // If this cannot be stored, the next run installs again, and nothing else.
        let _ = passed.save(root);
    }
    commands.build.iter().try_for_each(|words| run_command(root, words, stop, report))
}

fn is_installed(repository: &Repository, passed: &Passed) -> bool {
    let installed = &repository.facts.installed;
    let program = repository.facts.commands.run.first();
    let own = program.filter(|word| word.contains('/') || word.contains('\\'));
    own.is_none_or(|word| repository.root.join(word).exists())
        && installed.folders.iter().all(|folder| repository.root.join(folder).is_dir())
        && passed.is_installed(&repository.root, &installed.manifests)
}

/// Runs a command of the repository at `root` to its end; `report` gets its line first. Once `stop` is set, the command and all
/// that it started are killed.
///
/// # Errors
/// The program is not there, the command does not succeed, or `stop` was set.
pub fn run_command(
    root: &Path,
    words: &[String],
    stop: &AtomicBool,
    report: &mut dyn FnMut(&str),
) -> Result<(), PrepareError> {
    let Some((program, rest)) = words.split_first() else { return Ok(()) };
    let line = line(words.iter().map(String::as_str));
    report(&line);
    let mut command = Command::new(program_of(root, program));
    command.args(rest).current_dir(root).stdin(Stdio::null());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    remove_git_variables(&mut command);
    let not_run = |source| PrepareError::NotRun { program: program.clone(), source };
    let mut tree = ProcessTree::spawn(&mut command).map_err(not_run)?;
    let log = Log::default();
    if let Some(out) = tree.leader().stdout.take() {
        log.follow(out);
    }
    if let Some(err) = tree.leader().stderr.take() {
        log.follow(err);
    }
    let status = loop {
        if stop.load(Ordering::Relaxed) {
            return Err(PrepareError::Interrupted);
        }
        match tree.exited() {
            Some(status) => break status,
            None => sleep(POLL_INTERVAL),
        }
    };
    if status.success() {
        return Ok(());
    }
    // Its last output may not have been read yet; what it left running may hold the streams open.
    log.complete(OUTPUT_TIMEOUT);
    let (words, how) = (words.to_vec(), status.to_string());
    Err(PrepareError::Failed { line, words, how, log: log.last_lines(MAX_LOG_LINES) })
}

/// A program with a slash is one of the repository's own.
fn program_of(root: &Path, program: &str) -> std::path::PathBuf {
    if program.contains('/') { root.join(program) } else { program.into() }
}
