//! `roadmap done` and `roadmap undo`.

use crate::harness::fixture;
use crate::harness::sandbox::Sandbox;
use serde_json::{Value, json};

fn done_topics(sandbox: &Sandbox) -> Value {
    let state: Value = serde_json::from_str(&sandbox.read("state/state.json")).expect("JSON");
    state["roadmaps"]["small"]["done"].clone()
}

#[test]
fn topics_and_stages_are_marked_and_shown_and_taken_back() {
    let sandbox = Sandbox::new();
    sandbox.run("done sql basics").done().matches("done");
    assert_eq!(done_topics(&sandbox), json!(["html", "http", "sql"]));
    assert!(sandbox.run("show").done().stdout.contains("✓ 1 The basics"));
    sandbox.run("undo http html").done().matches("undo");
    assert_eq!(done_topics(&sandbox), json!(["sql"]));
    sandbox.run("undo 2").done();
    assert_eq!(done_topics(&sandbox), json!([]));
}

#[test]
fn the_same_twice_changes_nothing() {
    let sandbox = Sandbox::new();
    sandbox.run("done http").done();
    let again = sandbox.run("done http hypertext basics/http").done();
    assert!(again.written.0.is_empty(), "{again}");
    assert!(again.stdout.contains("done before"), "{again}");
    sandbox.run("undo http").done();
    let again = sandbox.run("undo http").done();
    assert!(again.written.0.is_empty(), "{again}");
}

#[test]
fn json_has_the_topics_named_and_all_that_are_done() {
    let sandbox = Sandbox::new();
    sandbox.run("done sql").done();
    let answer = sandbox.run("done http sql --format json").done().json();
    assert_eq!(answer["done"], json!(["http", "sql"]));
    let first = json!({"id": "http", "stage": "basics", "title": "HTTP", "changed": true});
    assert_eq!(answer["marked"][0], first);
    assert_eq!(answer["marked"][1]["changed"], false);
    let answer = sandbox.run("undo sql --format json").done().json();
    assert_eq!(answer["done"], json!(["http"]));
}

#[test]
fn an_unknown_id_among_several_changes_nothing() {
    let sandbox = Sandbox::new();
    sandbox.run("done http htlm sql").refused().matches("done_unknown");
    assert!(!sandbox.path("state").exists());
    sandbox.run("undo nothing-like-it").refused().says(&["no stage or topic"]);
    sandbox.run("done dat").refused().says(&["several stages"]);
    sandbox.run("done").refused().says(&["ID"]);
}

#[test]
fn a_stage_is_marked_for_the_path_that_was_picked() {
    let sandbox = Sandbox::new();
    sandbox.run("pick --answer goal=site --answer know=python --answer hours=ten").done();
    sandbox.run("done data database-care").done();
    assert_eq!(done_topics(&sandbox), json!(["backups", "sql"]));
    // By its own id a topic of another path too.
    sandbox.run("done sqlx").done();
    assert_eq!(done_topics(&sandbox), json!(["backups", "sql", "sqlx"]));
}

#[test]
fn a_renamed_topic_stays_done_and_a_removed_topic_stays_saved() {
    let sandbox = Sandbox::new();
    sandbox.run("done http html sql").done();
    let renamed = fixture::edited("id: html", "id: pages\n        aliases: [html]").text;
    // And without the topic `sqlx`, which somebody has done.
    sandbox.run("done sqlx").done();
    let start = renamed.find("      - id: sqlx").expect("there");
    let end = renamed[start..].find("\n  - id: database-care").expect("there") + start;
    let file = sandbox.write("later.yaml", &format!("{}{}", &renamed[..start], &renamed[end..]));
    let show = sandbox.small("show").env("ROADMAP_FILE", &file).go().done();
    assert!(show.stdout.contains("2 of 2"), "{show}");
    let answer = sandbox.small("done backups --format json").env("ROADMAP_FILE", &file).go();
    assert_eq!(answer.done().json()["done"], json!(["http", "pages", "sql", "backups"]));
    assert_eq!(done_topics(&sandbox), json!(["backups", "html", "http", "sql", "sqlx"]));
    // Taken back by today's id, it is gone by its earlier one too.
    sandbox.small("undo pages").env("ROADMAP_FILE", &file).go().done();
    assert_eq!(done_topics(&sandbox), json!(["backups", "http", "sql", "sqlx"]));
}
