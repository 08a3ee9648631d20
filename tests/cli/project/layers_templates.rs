//! Mistakes in a template's text: its line and column, and what was meant.

use crate::harness::fixture;
use crate::harness::sandbox::Sandbox;
use crate::project::layers::message_of;

const FILE: &str = "frameworks/axum/files/x.txt.hbs";

#[track_caller]
fn refused(text: &str, place: &str, words: &[&str]) {
    message_of(&[(FILE, text)]).says(&[&format!("{FILE}:{place}: ")]).says(words);
}

#[test]
fn a_variable_with_a_typo() {
    refused("a\nb {{nmae}}\n", "2:3", &["`nmae`", "did you mean `name`?"]);
    refused("{{project.titel}}", "1:1", &["titel", "did you mean `project.title`?"]);
    refused("{{json facts.editoin}}", "1:1", &["editoin", "did you mean `facts.edition`?"]);
    message_of(&[(FILE, "{{nmae}}")]).matches("templates_typo");
}

#[test]
fn a_typo_in_a_block() {
    refused("{{#each tools}}\n{{nmae}}\n{{/each}}", "2:1", &["nmae"]);
    refused("{{#each toosl}}x{{/each}}", "1:1", &["toosl"]);
}

#[test]
fn a_helper_that_is_not_there() {
    refused("{{shout name}}", "1:1", &["shout"]);
}

#[test]
fn a_syntax_that_is_broken() {
    for text in ["\n{{name", "\n{{#each tools}}", "\n{{/each}}", "\n{{}}", "\n{{#each}}{{/if}}"] {
        let outcome = message_of(&[(FILE, text)]);
        let at = outcome.stderr.find(&format!("{FILE}:"));
        assert!(at.is_some(), "{outcome}");
    }
}

#[test]
fn a_mistake_in_a_slot_names_the_slots_file() {
    message_of(&[("frameworks/axum/slots/run.md.hbs", "one\ntwo {{nmae}}\n")])
        .says(&["frameworks/axum/slots/run.md.hbs:2:5: "]);
}

#[test]
fn a_template_that_is_no_text() {
    let sandbox = Sandbox::new();
    let library = fixture::library(&sandbox);
    std::fs::write(library.join(FILE), b"caf\xe9").expect("written");
    let run = sandbox.small("new blog --framework axum").env("ROADMAP_TEMPLATES", library);
    run.go().refused().says(&[FILE, "UTF-8"]);
}

#[test]
fn a_partial_that_is_no_slot() {
    let only = "only `{{> slot}}` is known";
    refused("{{#*inline \"me\"}}{{> me}}{{/inline}}{{> me}}", "1:1", &[only]);
    refused("{{> (lookup this \"name\")}}", "1:1", &[only]);
    refused("{{#> about}}{{/about}}", "1:1", &[only]);
}
