//! `roadmap show --open`: the map in the browser, and what is said where there is none.
#![cfg(unix)]

use crate::harness::outcome::Outcome;
use crate::harness::sandbox::Sandbox;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// A folder for temporary files, and a launcher that notes what it was given and ends with `code`.
fn sandbox(code: u8) -> Sandbox {
    let sandbox = Sandbox::new();
    fs::create_dir(sandbox.path("tmp")).expect("a new folder");
    let opened = sandbox.path("opened");
    let script = format!("#!/bin/sh\necho \"$1\" >> '{}'\nexit {code}\n", opened.display());
    let launcher = sandbox.write("bin/xdg-open", &script);
    fs::set_permissions(launcher, fs::Permissions::from_mode(0o755)).expect("set");
    sandbox
}

fn run(sandbox: &Sandbox, line: &str) -> Outcome {
    sandbox.small(line).env("TMPDIR", sandbox.path("tmp")).go()
}

#[test]
fn the_map_opens_as_a_temporary_file_that_only_its_owner_reads() {
    let sandbox = sandbox(0);
    let outcome = run(&sandbox, "show --open").done();
    let path = outcome.stdout.trim_end();
    assert!(path.starts_with(&sandbox.path("tmp").display().to_string()), "{outcome}");
    assert!(path.ends_with(".html"), "{outcome}");
    assert_eq!(outcome.stderr, "note: opened in your browser\n");
    assert_eq!(sandbox.read("opened"), outcome.stdout);
    let mode = fs::metadata(path).expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    run(&sandbox, "show -o map.html").done();
    assert_eq!(fs::read_to_string(path).expect("readable"), sandbox.read("work/map.html"));
}

#[test]
fn a_file_that_is_named_is_written_and_opened() {
    let sandbox = sandbox(0);
    let outcome = run(&sandbox, "show --open -o map.svg").done();
    assert_eq!(outcome.stdout, "map.svg\n");
    let opened = sandbox.read("opened");
    assert_eq!(Path::new(opened.trim_end()), sandbox.path("work/map.svg"));
    assert!(fs::read_dir(sandbox.path("tmp")).expect("a folder").next().is_none());
}

#[test]
fn without_a_browser_the_file_is_named() {
    for sandbox in [Sandbox::new(), sandbox(3)] {
        let outcome = sandbox.small("show --open -o map.html").go().done();
        assert_eq!(outcome.stdout, "map.html\n");
        assert_eq!(outcome.stderr, "note: no browser was found here: open this file in one\n");
        assert!(sandbox.path("work/map.html").is_file());
    }
}

#[test]
fn only_the_map_opens() {
    let sandbox = Sandbox::new();
    for line in ["show --open -o map.md", "show --open --format json"] {
        run(&sandbox, line).refused().says(&["a browser shows the map", "roadmap show --open"]);
    }
}

#[test]
fn a_folder_that_takes_no_temporary_file_is_named() {
    let sandbox = Sandbox::new();
    let outcome = sandbox.small("show --open").env("TMPDIR", sandbox.path("gone")).go();
    outcome.refused().says(&["gone", "roadmap show --open -o roadmap.html"]);
}
