//! Mistakes in a template library: both sides are named, and the place where there is one.

use crate::harness::fixture;
use crate::harness::outcome::Outcome;
use crate::harness::sandbox::Sandbox;
#[cfg(unix)]
use std::path::Path;

/// What `roadmap new` says of the small library with these files written into it.
#[track_caller]
pub fn message_of(files: &[(&str, &str)]) -> Outcome {
    let sandbox = Sandbox::new();
    fixture::library(&sandbox);
    for (path, text) in files {
        sandbox.write(&format!("templates/{path}"), text);
    }
    refused_in(&sandbox)
}

#[track_caller]
fn refused_in(sandbox: &Sandbox) -> Outcome {
    let templates = sandbox.path("templates");
    let run = sandbox.small("new blog --framework axum").env("ROADMAP_TEMPLATES", templates);
    run.go().refused()
}

/// A file of the small library with one change.
pub fn changed(path: &str, old: &str, new: &str) -> String {
    let text = std::fs::read_to_string(fixture::templates().join(path)).expect("readable");
    fixture::edit(&text, old, new).text
}

#[test]
fn a_second_writer_of_a_path_names_both() {
    let outcome = message_of(&[("frameworks/axum/files/README.md", "mine")]);
    outcome.matches("layers_second_writer");
    message_of(&[("languages/rust/files/README.md.hbs", "mine")]).says(&[
        "`README.md`",
        "base/files/README.md.hbs",
        "languages/rust/files/README.md.hbs",
    ]);
}

#[test]
fn paths_that_differ_by_case_alone_name_both() {
    message_of(&[("frameworks/axum/files/readme.md", "mine")]).says(&[
        "base/files/README.md.hbs",
        "frameworks/axum/files/readme.md",
        "case",
    ]);
}

#[test]
fn a_file_where_another_layer_has_a_folder_names_both() {
    message_of(&[("base/files/src", "a file")]).says(&[
        "base/files/src",
        "frameworks/axum/files/src/main.rs",
        "folder",
    ]);
    message_of(&[("base/files/SRC", "a file")]).says(&["base/files/SRC", "axum/files/src/main.rs"]);
}

#[test]
fn a_fact_that_two_layers_give_names_both() {
    for (facts, word) in [
        ("facts: {edition: \"2021\"}", "fact `edition`"),
        ("commands: {run: [cargo, watch]}", "command `run`"),
        ("commands: {test: [[cargo, nextest]]}", "command `test`"),
        ("database: {variable: DB, url: x}", "fact `database`"),
        ("tools: [{name: cargo, minimum: '1', version: [cargo], url: x}]", "tool `cargo`"),
    ] {
        let facts = format!("language: rust\n{facts}\n");
        message_of(&[("frameworks/axum/layer.yaml", &facts)]).says(&[
            word,
            "languages/rust",
            "frameworks/axum",
        ]);
    }
    message_of(&[(
        "frameworks/axum/layer.yaml",
        "language: rust\nenvironment: [{name: PORT, about: x}]",
    )])
    .says(&["variable `PORT`", "base", "frameworks/axum"]);
}

#[test]
fn a_fact_that_nobody_gives_is_named() {
    let without = changed("languages/rust/layer.yaml", "  run: [cargo, run]\n", "");
    message_of(&[("languages/rust/layer.yaml", &without)]).says(&["command `run`"]);
    let database = "database:\n  variable: DATABASE_URL\n  url: \"sqlite:{path}\"\n";
    let without = changed("languages/rust/layer.yaml", database, "");
    message_of(&[("languages/rust/layer.yaml", &without)]).says(&["`database`"]);
}

#[test]
fn an_executable_that_is_not_there_names_its_layer() {
    let facts = changed("base/layer.yaml", "scripts/run.sh", "scripts/rnu.sh");
    message_of(&[("base/layer.yaml", &facts)]).says(&["base/layer.yaml", "`scripts/rnu.sh`"]);
}

#[test]
fn broken_facts_are_reported_with_line_and_column() {
    let file = "frameworks/axum/layer.yaml";
    message_of(&[(file, "language: rust\nlangauge: x\n")])
        .says(&[&format!("{file}:2:1: "), "langauge"]);
    message_of(&[(file, "language: rust\nfacts: [\n")]).says(&[&format!("{file}:")]);
    message_of(&[(file, "slots:\n  a: one\n  b: three\n")])
        .says(&[&format!("{file}:3:6: "), "three"]);
    message_of(&[(file, "commands:\n  run: cargo run\n")]).says(&[&format!("{file}:2:8: ")]);
}

#[test]
fn a_stray_file_is_named() {
    message_of(&[("frameworks/axum/notes.txt", "x")]).says(&["frameworks/axum/notes.txt"]);
    message_of(&[("base/file/README.md", "x")]).says(&["base/file/README.md"]);
}

#[test]
fn a_path_that_no_starter_may_have_is_named() {
    for path in
        [".git/hooks/post-checkout", "sub/.GIT/config", "con.txt", "a:b", "a\\..\\b", ".env"]
    {
        message_of(&[(&format!("base/files/{path}"), "x")]).says(&[&format!("base/files/{path}")]);
    }
    message_of(&[("base/files/.roadmap-new/x", "x")]).says(&[".roadmap-new"]);
    message_of(&[(&format!("base/files/{}", "long-name/".repeat(20) + "y"), "x")])
        .says(&["Windows"]);
}

#[cfg(unix)]
#[test]
fn a_link_in_the_library_is_refused_wherever_it_leads() {
    for (link, leads) in [
        ("base/files/passwd", "/etc/passwd"),
        ("base/files/up", "../.."),
        ("base/slots", "/etc"),
        ("languages/rust/files/gone", "nowhere"),
    ] {
        let sandbox = Sandbox::new();
        let library = fixture::library(&sandbox);
        std::os::unix::fs::symlink(Path::new(leads), library.join(link)).expect("made");
        refused_in(&sandbox).says(&[link]);
    }
}

#[test]
fn a_file_of_another_program_that_is_too_large_is_refused() {
    message_of(&[("base/files/large", &"x".repeat((8 << 20) + 1))])
        .says(&["base/files/large", "8 MiB"]);
}

#[test]
fn a_folder_that_is_no_library_is_refused() {
    let sandbox = Sandbox::new();
    for folder in [".", "nowhere"] {
        let run = sandbox.small(&format!("list starters --templates {folder}"));
        run.go().refused().says(&["no template library"]);
    }
}

#[test]
fn a_framework_that_the_roadmap_does_not_know_must_say_its_language() {
    let sandbox = Sandbox::new();
    let library = fixture::library(&sandbox);
    sandbox.write("templates/frameworks/own/projects/blog/files/x", "x");
    let list = || sandbox.small("list starters").env("ROADMAP_TEMPLATES", library.clone()).go();
    list().refused().says(&["frameworks/own/layer.yaml", "`language`"]);
    sandbox.write("templates/frameworks/own/layer.yaml", "language: rust\n");
    assert!(list().done().stdout.contains("roadmap new blog --framework own"));
}

#[test]
fn what_a_file_manager_leaves_in_a_library_is_no_part_of_it() {
    let sandbox = Sandbox::new();
    let library = fixture::library(&sandbox);
    for name in ["base/.DS_Store", "base/files/.DS_Store", "frameworks/axum/Thumbs.db"] {
        std::fs::write(library.join(name), "x").expect("written");
    }
    let run = sandbox.small("new blog --lang rust --format json");
    let answer = run.env("ROADMAP_TEMPLATES", &library).go().done().json();
    let plain = sandbox.run("new blog other --lang rust --name blog --format json").done().json();
    assert_eq!(answer["commit"], plain["commit"]);
}
