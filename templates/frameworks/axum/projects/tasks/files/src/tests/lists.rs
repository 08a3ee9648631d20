//! The list of tasks: filters, orders, pages.

use super::TestApp;
use serde_json::{Value, json};

/// Tasks named after what they are for.
async fn app_with(tasks: &[Value]) -> TestApp {
    let app = TestApp::new().await;
    for task in tasks {
        assert_eq!(app.post("/api/tasks", task).await.status, 201, "{task}");
    }
    app
}

async fn titles(app: &TestApp, query: &str) -> Vec<String> {
    let answer = app.get(&format!("/api/tasks?{query}")).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let list = answer.json();
    let items = list["items"].as_array().expect("items");
    let title = |task: &Value| task["title"].as_str().unwrap_or_default().to_owned();
    items.iter().map(title).collect()
}

#[tokio::test]
async fn the_newest_is_first_unless_an_order_is_asked_for() {
    let app = app_with(&["a", "b", "c"].map(|title| json!({ "title": title }))).await;
    assert_eq!(titles(&app, "").await, ["c", "b", "a"]);
    assert_eq!(titles(&app, "order=asc").await, ["a", "b", "c"]);
    assert_eq!(titles(&app, "sort=created_at").await, ["a", "b", "c"]);
    assert_eq!(
        titles(&app, "sort=created_at&order=desc").await,
        ["c", "b", "a"]
    );
}

#[tokio::test]
async fn tasks_without_a_day_come_last_in_both_directions() {
    let app = app_with(&[
        json!({ "title": "never" }),
        json!({ "title": "late", "due": "2031-01-01" }),
        json!({ "title": "soon", "due": "2030-01-01" }),
        json!({ "title": "never too" }),
    ])
    .await;
    assert_eq!(
        titles(&app, "sort=due").await,
        ["soon", "late", "never", "never too"]
    );
    assert_eq!(
        titles(&app, "sort=due&order=desc").await,
        ["late", "soon", "never too", "never"]
    );
}

#[tokio::test]
async fn priorities_go_from_low_to_high_and_ties_by_id() {
    let task = |(title, priority)| json!({ "title": title, "priority": priority });
    let tasks = [("h", "high"), ("l", "low"), ("n", "normal"), ("h2", "high")];
    let app = app_with(&tasks.map(task)).await;
    assert_eq!(titles(&app, "sort=priority").await, ["l", "n", "h", "h2"]);
    assert_eq!(
        titles(&app, "sort=priority&order=desc").await,
        ["h2", "h", "n", "l"]
    );
}

#[tokio::test]
async fn titles_are_sorted_without_the_case_of_ascii_letters() {
    let tasks = ["b", "A", "a", "B", "ä", "Z"].map(|title| json!({ "title": title }));
    let app = app_with(&tasks).await;
    assert_eq!(
        titles(&app, "sort=title").await,
        ["A", "a", "b", "B", "Z", "ä"]
    );
    assert_eq!(
        titles(&app, "sort=title&order=desc").await,
        ["ä", "Z", "B", "b", "a", "A"]
    );
}

#[tokio::test]
async fn filters_narrow_the_list_together() {
    let app = app_with(&[
        json!({ "title": "100% sure", "status": "doing", "priority": "high" }),
        json!({ "title": "snake_case", "description": "It's a \\ Backslash", "status": "doing" }),
        json!({ "title": "Ärger", "description": "日本", "priority": "high" }),
    ])
    .await;
    assert_eq!(
        titles(&app, "status=doing").await,
        ["snake_case", "100% sure"]
    );
    assert_eq!(titles(&app, "priority=high").await, ["Ärger", "100% sure"]);
    assert_eq!(
        titles(&app, "status=doing&priority=high").await,
        ["100% sure"]
    );
    for (search, title) in [
        ("%25", "100% sure"),
        ("_", "snake_case"),
        ("'S", "snake_case"),
        ("%5C+BACK", "snake_case"),
    ] {
        assert_eq!(titles(&app, &format!("q={search}")).await, [title]);
    }
    assert_eq!(titles(&app, "q=%C3%84RG").await, ["Ärger"]);
    assert_eq!(titles(&app, "q=%E6%9C%AC&status=todo").await, ["Ärger"]);
    assert_eq!(titles(&app, "q=nothing").await, [""; 0]);
}

#[tokio::test]
async fn pages_share_the_list_out() {
    let app = app_with(&["a", "b", "c"].map(|title| json!({ "title": title }))).await;
    assert_eq!(titles(&app, "per_page=2&page=2").await, ["a"]);
    assert_eq!(
        titles(&app, "per_page=2&page=9223372036854775807").await,
        [""; 0]
    );
    let list = app
        .get("/api/tasks?page=2&per_page=2&unknown=1")
        .await
        .json();
    let numbers = |name: &str| list[name].clone();
    assert_eq!(
        ["page", "per_page", "total"].map(numbers),
        [2, 2, 3].map(Value::from)
    );
}

#[tokio::test]
async fn a_query_that_breaks_a_rule_is_a_problem() {
    let app = TestApp::new().await;
    let query = "status=open&priority=urgent&sort=id&order=up&q=%00&page=0&per_page=101";
    let answer = app.get(&format!("/api/tasks?{query}")).await;
    let all = [
        "order", "page", "per_page", "priority", "q", "sort", "status",
    ];
    assert_eq!(answer.broken_fields(), all);
}
