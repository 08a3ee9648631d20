//! `roadmap show --format json`: the whole model.

use crate::harness::sandbox::Sandbox;
use serde_json::{Value, json};

fn show(line: &str) -> Value {
    Sandbox::new().run(&format!("show --format json {line}")).done().json()
}

fn ids(list: &Value) -> Vec<&str> {
    list.as_array()
        .expect("a list")
        .iter()
        .map(|item| item["id"].as_str().expect("an id"))
        .collect()
}

#[test]
fn the_whole_model_is_there() {
    let answer = show("");
    assert_eq!((&answer["id"], &answer["title"]), (&json!("small"), &json!("A small roadmap")));
    assert_eq!(ids(&answer["stages"]), ["basics", "data", "database-care"]);
    assert_eq!(ids(&answer["languages"]), ["rust", "python"]);
    assert_eq!(ids(&answer["frameworks"]), ["axum", "rocket", "flask"]);
    assert_eq!(answer["resources"][0]["author"], "B. Author");
}

#[test]
fn a_stage_and_a_topic_have_the_keys_that_are_promised() {
    let answer = show("");
    let stage = &answer["stages"][1];
    assert_eq!(stage["number"], 2);
    assert_eq!(stage["summary"], "Where the data live.");
    let topic = &stage["topics"][0];
    let expected = json!({
        "id": "sql",
        "title": "SQL",
        "level": "essential",
        "hours": 10,
        "what": "A language for questions to tables.",
        "why": "Most data are in tables.",
        "practice": "Ask a table three questions.",
        "needs": ["http"],
    });
    for (key, value) in expected.as_object().expect("an object") {
        assert_eq!(&topic[key], value, "{key}");
    }
    let resource = &topic["resources"][0];
    for (key, value) in [
        ("title", "A book of tables"),
        ("url", "https://example.org/tables"),
        ("kind", "book"),
        ("cost", "mixed"),
    ] {
        assert_eq!(resource[key], value, "{key}");
    }
}

#[test]
fn a_part_keeps_the_number_that_it_has_in_the_whole() {
    let stage = show("database-care");
    assert_eq!(stage["stages"][0]["number"], 3);
    assert_eq!(ids(&stage["stages"]), ["database-care"]);
    let topic = show("data/sqlx");
    assert_eq!(ids(&topic["stages"][0]["topics"]), ["sqlx"]);
    let result = show("--search backups");
    assert_eq!(result["stages"][0]["number"], 3);
    assert_eq!(ids(&result["stages"]), ["database-care"]);
}

#[test]
fn a_filter_leaves_topics_out_and_no_stage() {
    let answer = show("--lang python --level recommended");
    let stages = answer["stages"].as_array().expect("a list");
    let topics: Vec<_> = stages.iter().map(|stage| ids(&stage["topics"])).collect();
    assert_eq!(topics, [vec!["http"], vec!["sql"], vec!["backups"]]);
}

#[test]
fn a_search_that_finds_nothing_is_an_empty_answer() {
    let answer = show("--search cobol");
    assert_eq!(answer["stages"], json!([]));
    assert_eq!(answer["resources"], json!([]));
}

#[test]
fn the_real_roadmap_is_a_single_object_and_nothing_else() {
    let outcome = Sandbox::new().bare("show --format json").go().done();
    assert_eq!(outcome.stderr, "");
    assert_eq!(outcome.json()["stages"].as_array().map(Vec::len), Some(14));
}
