//! `roadmap show` as text and as Markdown.

use crate::harness::sandbox::Sandbox;
use std::fs;

#[test]
fn the_whole_a_stage_and_a_topic_are_shown() {
    let sandbox = Sandbox::new();
    sandbox.run("show").done().matches("show");
    sandbox.run("show data").done().matches("show_stage");
    sandbox.run("show data/sqlx").done().matches("show_topic");
}

#[test]
fn what_the_binary_carries_is_what_the_file_says() {
    let sandbox = Sandbox::new();
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/roadmap.yaml");
    for line in ["", "show", "show --level essential", "show web", "show --format json", "list"] {
        let own = sandbox.bare(line).env("ROADMAP_FILE", file).go().done().stdout;
        assert_eq!(sandbox.bare(line).go().done().stdout, own, "{line}");
    }
}

#[test]
fn a_variable_that_is_set_to_nothing_names_nothing() {
    let sandbox = Sandbox::new();
    let run = sandbox.bare("show").env("ROADMAP_FILE", "").env("ROADMAP_TEMPLATES", "");
    assert_eq!(run.go().done().stdout, sandbox.bare("show").go().done().stdout);
}

#[test]
fn forty_and_a_hundred_and_twenty_columns_have_layouts_of_their_own() {
    let sandbox = Sandbox::new();
    let run = |line: &str, columns: &str| sandbox.small(line).env("COLUMNS", columns).go().done();
    run("show", "40").matches("show_at_40");
    run("show", "120").matches("show_at_120");
    run("show basics", "40").matches("show_stage_at_40");
    run("show basics", "120").matches("show_stage_at_120");
    run("show basics/html", "40").matches("show_topic_at_40");
    run("show basics/html", "120").matches("show_topic_at_120");
}

#[test]
fn a_stage_answers_to_its_number_its_id_and_a_start_of_it() {
    let sandbox = Sandbox::new();
    let whole = sandbox.run("show basics").done().stdout;
    for word in ["1", "bas", "BASICS", "basics/"] {
        assert_eq!(sandbox.run(&format!("show {word}")).done().stdout, whole, "{word}");
    }
}

#[test]
fn a_search_in_a_stage_says_what_is_elsewhere() {
    let sandbox = Sandbox::new();
    let outcome = sandbox.bare("show web --search jwt").go().done();
    assert!(outcome.stdout.starts_with("Nothing in `web` speaks of `jwt`; elsewhere"), "{outcome}");
    assert!(outcome.stdout.ends_with("  roadmap show --search jwt\n"), "{outcome}");
    let outcome = sandbox.bare("show web --search xyzzy").go().done();
    assert!(outcome.stdout.contains("no other stage does"), "{outcome}");
}

#[test]
fn a_topic_answers_to_its_id_alone_and_to_an_earlier_id() {
    let sandbox = Sandbox::new();
    let whole = sandbox.run("show basics/http").done().stdout;
    for word in ["http", "hypertext", "1/http", "bas/hypertext", "bas/HTTP"] {
        assert_eq!(sandbox.run(&format!("show {word}")).done().stdout, whole, "{word}");
    }
}

#[test]
fn a_search_finds_words_in_titles_and_texts_and_resources() {
    let sandbox = Sandbox::new();
    sandbox.run("show --search TABLE").done().matches("show_search");
    sandbox.run("show --search everything").done().matches("show_search_resources");
    sandbox.run("show --search cobol").done().matches("show_search_nothing");
}

#[test]
fn a_path_and_a_level_leave_out_the_rest() {
    let sandbox = Sandbox::new();
    sandbox.run("show data --lang py").done().matches("show_lang");
    sandbox.run("show 3 --framework axum").done().matches("show_framework");
    sandbox.run("show --level essential").done().matches("show_level");
}

#[test]
fn markdown_has_every_topic() {
    Sandbox::new().run("show --format markdown").done().matches("show_markdown");
}

#[test]
fn the_ending_of_a_file_chooses_the_format() {
    let sandbox = Sandbox::new();
    for (file, start) in [("a.md", "# A small"), ("a.json", "{"), ("a.txt", "A small roadmap\n")] {
        let outcome = sandbox.run(&format!("show -o {file}")).done();
        assert_eq!(outcome.stdout, "", "{outcome}");
        assert!(sandbox.read(&format!("work/{file}")).starts_with(start), "{file}");
    }
    sandbox.run("show --format json -o b.md").done().matches("show_output");
    assert!(sandbox.read("work/b.md").starts_with('{'));
}

#[test]
fn an_ending_without_a_format_is_refused_and_so_is_a_folder_that_is_not_there() {
    let sandbox = Sandbox::new();
    sandbox.run("show -o a.docx").refused().matches("show_output_ending");
    sandbox.run("show -o nowhere/a.md").refused().matches("show_output_folder");
}

#[test]
fn a_file_that_is_there_is_replaced_whole() {
    let sandbox = Sandbox::new();
    fs::write(sandbox.path("work/a.txt"), "x".repeat(100_000)).expect("written");
    sandbox.run("show -o a.txt").done();
    assert_eq!(sandbox.read("work/a.txt"), sandbox.run("show").done().stdout);
}

#[test]
fn a_name_that_no_stage_or_topic_has_is_refused_with_the_nearest() {
    let sandbox = Sandbox::new();
    sandbox.run("show bascis").refused().matches("show_unknown_stage");
    sandbox.run("show dat").refused().matches("show_ambiguous_stage");
    sandbox.run("show basics/htpp").refused().matches("show_unknown_topic");
    sandbox.run("show --lang pyton").refused().matches("show_unknown_language");
    sandbox.run("show --framework flaks").refused().matches("show_unknown_framework");
    sandbox.run("show --lang python --framework axum").refused().matches("show_path_apart");
}
