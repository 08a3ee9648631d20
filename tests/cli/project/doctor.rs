//! `roadmap doctor`: the tools of a path, with programs of the test's own.

#![cfg(unix)]

use crate::harness::sandbox::Sandbox;
use serde_json::json;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, Instant};

fn program(sandbox: &Sandbox, name: &str, script: &str) {
    let path = sandbox.write(&format!("bin/{name}"), &format!("#!/bin/sh\n{script}\n"));
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("executable");
}

fn with(cargo: &str, git: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    program(&sandbox, "cargo", cargo);
    program(&sandbox, "git", git);
    sandbox
}

#[test]
fn installed_tools_are_listed_with_their_version() {
    let sandbox = with("echo 'cargo 1.94.0 (abc 2026-01-01)'", "echo git version 2.47.1");
    sandbox.run("doctor --lang rs --strict").done().matches("doctor");
    let answer = sandbox.run("doctor --format json").done().json();
    assert_eq!(answer["tools"][1]["found"], "1.94.0");
    assert_eq!(answer["tools"][1]["state"], "ready");
    assert_eq!(answer["tools"][1]["minimum"], "1.85");
    assert_eq!(answer["tools"].as_array().map(Vec::len), Some(2));
}

#[test]
fn old_and_missing_tools_are_reported_with_the_ways_to_install_them() {
    let sandbox = with("echo cargo 1.9.3", "exit 0");
    fs::remove_file(sandbox.path("bin/git")).expect("removed");
    program(&sandbox, "apt-get", "exit 1");
    sandbox.run("doctor --framework axum").done().matches("doctor_old");
    let outcome = sandbox.run("doctor --framework axum --strict --format json");
    assert_eq!(outcome.code, Some(2), "{outcome}");
    let answer = outcome.json();
    assert_eq!(answer["tools"][0]["state"], "missing");
    assert_eq!(answer["tools"][1]["state"], "old");
    let ways = json!(["sh rustup.sh", "sudo apt-get install rustup"]);
    assert_eq!(answer["tools"][1]["get"], ways);
    outcome.says(&["error: missing, too old, or silent: git, cargo", "hint:"]);
}

#[test]
fn a_program_that_hangs_fails_or_chatters_is_silent_and_keeps_nobody() {
    let begin = Instant::now();
    let sandbox = with("exec sleep 600", "exit 1");
    let answer = sandbox.small("doctor --format json").env("PATH", path(&sandbox)).go().done();
    assert_eq!(answer.json()["tools"][0]["state"], "silent");
    assert_eq!(answer.json()["tools"][1]["state"], "silent");
    let sandbox = with("exec yes no-number", "sleep 10 & echo 2.50.1");
    let answer = sandbox.small("doctor --format json").env("PATH", path(&sandbox)).go().done();
    assert_eq!(answer.json()["tools"][1]["state"], "silent");
    assert!(begin.elapsed() < Duration::from_secs(30));
}

fn path(sandbox: &Sandbox) -> String {
    format!("{}:/usr/bin:/bin", sandbox.path("bin").display())
}

#[test]
fn a_path_without_a_starter_is_reported_as_such() {
    let sandbox = with("echo cargo 1.94.0", "echo git version 2.47.1");
    sandbox.run("doctor --lang python").done().matches("doctor_no_starter");
    sandbox.run("pick --answer goal=site --answer know=python --answer hours=ten").done();
    let answer = sandbox.run("doctor --format json").done().json();
    assert_eq!(answer["without_starter"]["framework"], "flask");
    sandbox.run("doctor --lang pyhton").refused().says(&["did you mean `python`"]);
}

#[test]
fn in_a_starter_it_speaks_of_that_starter() {
    let sandbox = with("echo cargo 1.94.0", "echo git version 2.47.1");
    program(&sandbox, "node", "echo v20.20.2");
    sandbox.run("pick --answer goal=site --answer know=python --answer hours=ten").done();
    sandbox.write("work/.roadmap/starter.toml", &starter_that_needs_node());
    sandbox.run("doctor").done().matches("doctor_in_a_starter");
    let named = sandbox.run("doctor --framework axum --format json").done().json();
    assert_eq!(named["tools"][1]["name"], "cargo");
}

#[test]
fn check_looks_at_the_tools_before_it_installs() {
    let sandbox = with("echo cargo 1.94.0", "echo git version 2.47.1");
    program(&sandbox, "node", "echo v20.20.2");
    sandbox.write("work/.roadmap/starter.toml", &starter_that_needs_node());
    let contract = fs::read_to_string("tests/fixtures/templates/projects/blog/contract.yaml");
    sandbox.write("work/.roadmap/contract.yaml", &contract.expect("the small contract"));
    sandbox.run("check").ended(3).matches("check_old_tool");
    assert!(!sandbox.path("work/installed").exists());
    program(&sandbox, "node", "echo v22.18.0");
    sandbox.run("check").ended(3).says(&["/bin/false"]);
    assert!(sandbox.path("work/installed").exists());
}

#[test]
fn new_notes_a_tool_that_is_too_old_unless_a_script_asks() {
    let sandbox = with("echo cargo 1.9.3; exit 0", "exit 0");
    sandbox.run("new blog --framework axum").done().says(&["note: cargo is 1.9.3", "1.85"]);
    let silent = sandbox.run("new blog other --framework axum --no-git").done();
    assert!(!silent.stderr.contains("cargo"), "{silent}");
}

fn starter_that_needs_node() -> String {
    "schema = 1\n[starter]\nproject = \"blog\"\nlanguage = \"javascript\"\n\
     framework = \"express\"\n[commands]\ninstall = [[\"/bin/sh\", \"-c\", \"true > installed\"]]\n\
     build = [[\"/bin/false\"]]\nrun = [\"x\"]\n[database]\nvariable = \"D\"\nurl = \"{path}\"\n\
     [[tools]]\nname = \"node\"\nminimum = \"22.18\"\nversion = [\"node\", \"--version\"]\n\
     url = \"https://nodejs.org\"\n"
        .to_owned()
}

#[cfg(unix)]
#[test]
fn a_temporary_folder_that_is_gone_makes_no_tool_missing() {
    let sandbox = Sandbox::new();
    program(&sandbox, "git", "echo git version 2.47.1");
    let run = sandbox.small("doctor --lang rust").env("TMPDIR", sandbox.path("gone"));
    let outcome = run.go();
    assert!(outcome.stdout.contains("git 2.47.1"), "{outcome}");
}

#[cfg(unix)]
#[test]
fn a_program_in_a_folder_that_path_names_relatively_is_not_run() {
    let sandbox = Sandbox::new();
    let planted = format!("/bin/touch {}", sandbox.path("ran").display());
    for folder in ["tmp", "work"] {
        for name in ["git", "cargo"] {
            program(&sandbox, &format!("../{folder}/{name}"), &planted);
        }
    }
    for path in ["", ".", "/nowhere:", ":/nowhere", "./."] {
        for line in ["doctor --lang rust", "new blog --lang rust --dry-run"] {
            let run = sandbox.small(line).env("TMPDIR", sandbox.path("tmp")).env("PATH", path);
            run.go();
            assert!(!sandbox.path("ran").exists(), "PATH={path} {line}");
        }
    }
}
