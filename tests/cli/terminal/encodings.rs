//! Texts as Windows writes them, and files without end.

use crate::harness::fixture;
use crate::harness::sandbox::Sandbox;
use std::fs;

fn utf16(text: &str) -> Vec<u8> {
    let units = text.encode_utf16().flat_map(u16::to_le_bytes);
    [0xff, 0xfe].into_iter().chain(units).collect()
}

fn marked(text: &str) -> Vec<u8> {
    [b"\xef\xbb\xbf", text.as_bytes()].concat()
}

#[test]
fn an_export_is_imported_however_a_shell_wrote_it() {
    let sandbox = Sandbox::new();
    sandbox.run("done http").done();
    let export = sandbox.run("progress export").done().stdout;
    for (name, bytes) in [("marked", marked(&export)), ("utf16", utf16(&export))] {
        let other = Sandbox::new();
        fs::write(other.path("work").join(name), bytes).expect("written");
        let outcome = other.run(&format!("progress import {name}")).done();
        assert!(outcome.stdout.starts_with("1 topic is done now, 1 of them new"), "{outcome}");
    }
}

#[test]
fn a_state_that_an_editor_gave_a_mark_is_still_the_state() {
    let sandbox = Sandbox::new();
    sandbox.run("done http").done();
    let state = sandbox.read("state/state.json");
    for bytes in [marked(&state), utf16(&state)] {
        fs::write(sandbox.path("state/state.json"), bytes).expect("written");
        let outcome = sandbox.run("done html").done();
        assert!(outcome.stdout.contains("2 topics are done now"), "{outcome}");
        assert!(!sandbox.path("state/state.broken-1.json").exists());
        sandbox.run("undo html").done();
    }
}

#[test]
fn a_roadmap_is_read_with_a_mark_and_in_utf16() {
    let sandbox = Sandbox::new();
    let text = fs::read_to_string(fixture::roadmap()).expect("readable");
    let plain = sandbox.run("show").done().stdout;
    for bytes in [marked(&text), utf16(&text)] {
        let path = sandbox.path("my.yaml");
        fs::write(&path, bytes).expect("written");
        let outcome = sandbox.small("show").env("ROADMAP_FILE", path).go().done();
        assert_eq!(outcome.stdout, plain);
    }
}

#[test]
fn what_is_no_text_is_refused_with_a_way_out() {
    let sandbox = Sandbox::new();
    fs::write(sandbox.path("work/x.yaml"), b"\xff\xfe\x00").expect("written");
    sandbox.run("lint x.yaml").refused().says(&["no text in UTF-8 or UTF-16", "save it as UTF-8"]);
}

#[cfg(unix)]
#[test]
fn a_file_without_end_is_refused() {
    let sandbox = Sandbox::new();
    for line in ["lint /dev/zero", "show --roadmap /dev/zero", "progress import /dev/zero"] {
        sandbox.run(line).refused().says(&["/dev/zero is too large"]);
    }
}
