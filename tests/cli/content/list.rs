//! `roadmap list`.

use crate::harness::sandbox::Sandbox;
use serde_json::Value;

#[test]
fn each_kind_is_listed_as_text() {
    let sandbox = Sandbox::new();
    sandbox.run("list").done().matches("list");
    sandbox.run("list starters").done().matches("list_starters");
    sandbox.run("list projects").done().matches("list_projects");
    sandbox.run("list languages").done().matches("list_languages");
    sandbox.run("list frameworks").done().matches("list_frameworks");
    sandbox.run("list questions").done().matches("list_questions");
}

#[test]
fn a_narrow_terminal_gets_blocks_instead_of_columns() {
    let sandbox = Sandbox::new();
    sandbox.small("list questions").env("COLUMNS", "40").go().done().matches("list_narrow");
}

fn items(kind: &str) -> Vec<Value> {
    let answer = Sandbox::new().run(&format!("list {kind} --format json")).done().json();
    assert_eq!(answer.as_object().map(serde_json::Map::len), Some(2), "schema and items alone");
    answer["items"].as_array().expect("a list").clone()
}

#[test]
fn json_counts_each_kind() {
    let counts: Vec<_> = items("").iter().map(|item| item["count"].clone()).collect();
    assert_eq!(counts, [2, 2, 2, 3, 3, 3].map(Value::from));
}

#[test]
fn json_tells_a_starters_project_language_framework_and_whether_it_is_the_default() {
    let expected = serde_json::json!([
        {"project": "blog", "language": "rust", "framework": "axum", "default": true},
        {"project": "blog", "language": "rust", "framework": "rocket", "default": false},
    ]);
    assert_eq!(Value::from(items("starters")), expected);
}

#[test]
fn json_has_the_facts_of_projects_languages_and_frameworks() {
    assert_eq!(items("projects")[1]["id"], "chat");
    assert_eq!(items("languages")[0]["aliases"], serde_json::json!(["rs"]));
    assert_eq!(items("languages")[1]["default"], "flask");
    assert_eq!(items("frameworks")[1]["language"], "rust");
    assert_eq!(items("frameworks")[2]["generator"], "python3 -m pip install flask");
}

#[test]
fn json_has_each_question_with_its_choices_and_no_more() {
    let expected = serde_json::json!({
        "id": "hours",
        "text": "How many hours a week?",
        "multiple": false,
        "choices": [{"id": "five", "text": "Five"}, {"id": "ten", "text": "Ten"}],
    });
    assert_eq!(items("questions")[2], expected);
    assert_eq!(items("questions")[1]["multiple"], true);
}

#[test]
fn the_milestones_of_a_project_are_listed() {
    let sandbox = Sandbox::new();
    let answer = sandbox.run("list milestones blog --format json").done().json();
    let items = answer["items"].as_array().expect("a list");
    assert!(!items.is_empty() && items.iter().all(|item| item["project"] == "blog"));
    sandbox.run("list milestones bolg").refused().says(&["did you mean `blog`"]);
    sandbox.run("list languages blog").refused().says(&["roadmap list milestones blog"]);
}
