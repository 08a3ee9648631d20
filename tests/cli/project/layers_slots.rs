//! Mistakes with slots: the slot, who uses it and who fills it are named.

use crate::project::layers::{changed, message_of};

#[test]
fn a_slot_that_nobody_fills() {
    let facts = changed("base/layer.yaml", "  run: one\n", "  run: one\n  farewell: one\n");
    let readme = changed("base/files/README.md.hbs", "{{> run}}", "{{> run}}{{> farewell}}");
    message_of(&[("base/layer.yaml", &facts), ("base/files/README.md.hbs", &readme)])
        .says(&["`farewell`", "base"])
        .matches("slots_missing");
}

#[test]
fn a_slot_for_a_single_text_that_two_layers_fill() {
    message_of(&[("languages/rust/slots/about.md", "x")])
        .says(&["projects/blog/slots/about.md.hbs", "languages/rust/slots/about.md"])
        .matches("slots_twice");
    // Twice in one layer, under two endings.
    message_of(&[("projects/blog/slots/about.txt", "x")])
        .says(&["projects/blog/slots/about.md.hbs", "projects/blog/slots/about.txt"]);
}

#[test]
fn a_slot_that_is_used_and_not_declared() {
    let facts = changed("base/layer.yaml", "  run: one\n", "");
    message_of(&[("base/layer.yaml", &facts)]).says(&["`run`"]);
    let readme = changed("base/files/README.md.hbs", "{{> run}}", "{{> rnu}}");
    message_of(&[("base/files/README.md.hbs", &readme)])
        .says(&["`rnu`", "base/files/README.md.hbs"]);
}

#[test]
fn a_slot_that_is_filled_and_not_declared() {
    message_of(&[("frameworks/axum/slots/rnu.md", "x")])
        .says(&["`rnu`", "frameworks/axum/slots/rnu.md"]);
}

#[test]
fn a_slot_that_is_declared_and_not_used() {
    let facts = changed("base/layer.yaml", "  run: one\n", "  run: one\n  spare: many\n");
    message_of(&[("base/layer.yaml", &facts)]).says(&["`spare`", "base/layer.yaml"]);
}

#[test]
fn a_slot_that_two_layers_declare() {
    message_of(&[("frameworks/axum/layer.yaml", "language: rust\nslots: {run: one}\n")]).says(&[
        "slot `run`",
        "base",
        "frameworks/axum",
    ]);
}

#[test]
fn slots_that_need_each_other_in_a_circle() {
    message_of(&[
        ("projects/blog/slots/about.md.hbs", "{{> run}}"),
        ("frameworks/axum/slots/run.md.hbs", "{{> about}}"),
    ])
    .says(&["about -> run -> about"]);
    message_of(&[("frameworks/axum/slots/run.md.hbs", "{{> run}}")]).says(&["run -> run"]);
}

#[test]
fn a_slot_in_a_block_counts_as_used() {
    let text = "{{#each tools}}{{> rnu}}{{/each}}";
    message_of(&[("frameworks/axum/files/x.hbs", text)])
        .says(&["`rnu`", "frameworks/axum/files/x.hbs"]);
    let text = "{{#each nothing}}{{else}}{{> rnu}}{{/each}}";
    message_of(&[("frameworks/axum/files/x.hbs", text)]).says(&["`rnu`"]);
}
