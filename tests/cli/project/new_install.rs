//! `roadmap new --install`: the starter's install commands, their failures, and their end by a signal.

use crate::harness::fixture;
use crate::harness::sandbox::{Run, Sandbox};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// `roadmap new` in a folder whose name has a space, with a starter that is installed by this shell script.
fn new_with<'a>(sandbox: &'a Sandbox, script: &str) -> Run<'a> {
    let library = fixture::library(sandbox);
    let layer = sandbox.read("templates/languages/rust/layer.yaml");
    let command = serde_json::json!([["/bin/sh", "-c", script]]);
    let changed =
        fixture::edit(&layer, "commands:\n", &format!("commands:\n  install: {command}\n"));
    sandbox.write("templates/languages/rust/layer.yaml", &changed.text);
    sandbox.write("work/my projects/.keep", "");
    let run = sandbox.small("new blog --lang rust --install --no-git");
    run.arg("my projects/mine").env("ROADMAP_TEMPLATES", library)
}

#[test]
fn install_commands_run_in_the_starter_without_the_callers_git() {
    let sandbox = Sandbox::new();
    let run = new_with(&sandbox, "echo \"${GIT_DIR-none}\" > installed").env("GIT_DIR", "/there");
    run.go().done();
    assert_eq!(sandbox.read("work/my projects/mine/installed"), "none\n");
}

#[test]
fn a_failed_install_leaves_the_starter_and_a_line_that_can_be_pasted() {
    let sandbox = Sandbox::new();
    let outcome = new_with(&sandbox, "echo not reachable >&2; exit 7").go().ended(2);
    let folder = sandbox.path("work/my projects/mine");
    let line = format!("cd '{}' && /bin/sh -c 'echo not reachable", folder.display());
    drop(outcome.says(&["the starter was made, but", "\n  not reachable\n", &line]));
    assert!(sandbox.path("work/my projects/mine/Cargo.toml").is_file());
}

#[test]
fn a_signal_ends_the_install_and_all_that_it_started() {
    let sandbox = Sandbox::new();
    let run = new_with(&sandbox, "/bin/sleep 61 & echo $! > started; wait");
    let mut command = run.command();
    let child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it runs");
    let begun = Instant::now();
    let started = sandbox.path("work/my projects/mine/started");
    let pid = loop {
        match std::fs::read_to_string(&started) {
            Ok(pid) if pid.ends_with('\n') => break pid.trim().to_owned(),
            _ => assert!(begun.elapsed() < Duration::from_secs(20), "the install does not start"),
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    let kill = |words: &[&str]| {
        let mut kill = Command::new("kill");
        kill.args(words).stderr(Stdio::null()).status().expect("kill runs").success()
    };
    assert!(kill(&["-TERM", &child.id().to_string()]));
    let ended = child.wait_with_output().expect("an end");
    let printed = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(130), "{printed}");
    assert!(printed.contains("the starter is made, and not installed yet"), "{printed}");
    assert!(begun.elapsed() < Duration::from_secs(30));
    assert!(!kill(&["-0", &pid]), "{pid} still runs");
}
