//! Tasks: write, read, change, replace, delete.

use super::TestApp;
use serde_json::{Value, json};

#[tokio::test]
async fn a_new_task_has_defaults_and_an_address() {
    let app = TestApp::new().await;
    let answer = app
        .post("/api/tasks", &json!({ "title": "  Water the šŸ \t" }))
        .await;
    assert_eq!(answer.status, 201);
    assert_eq!(answer.header("location"), "/api/tasks/1");
    let task = answer.json();
    let expected = json!({
        "id": 1, "title": "Water the šŸ", "description": "", "status": "todo",
        "priority": "normal", "due": null,
        "created_at": task["created_at"], "updated_at": task["created_at"],
    });
    assert_eq!(task, expected);
    assert_eq!(app.get("/api/tasks/1").await.json(), task);
}

#[tokio::test]
async fn a_change_touches_only_what_was_sent() {
    let app = TestApp::new().await;
    let new =
        json!({ "title": "A", "description": " b\n", "priority": "high", "due": "2028-02-29" });
    let before = app.post("/api/tasks", &new).await.json();
    let answer = app
        .send("PATCH", "/api/tasks/1", &json!({ "status": "doing" }))
        .await;
    assert_eq!(answer.status, 200);
    let after = answer.json();
    assert_eq!(after["status"], "doing");
    assert!(after["updated_at"].as_str() > before["updated_at"].as_str());
    for name in [
        "id",
        "title",
        "description",
        "priority",
        "due",
        "created_at",
    ] {
        assert_eq!(after[name], before[name], "{name}");
    }
    assert_eq!(app.get("/api/tasks/1").await.json(), after);
    assert_eq!(
        app.send("PATCH", "/api/tasks/1", &json!({})).await.json(),
        after
    );

    let cleared = app
        .send("PATCH", "/api/tasks/1", &json!({ "due": null }))
        .await
        .json();
    assert_eq!(cleared["due"], Value::Null);
}

#[tokio::test]
async fn changes_of_different_fields_at_once_both_hold() {
    let app = TestApp::new().await;
    app.post("/api/tasks", &json!({ "title": "A" })).await;
    for round in 0..10 {
        let (title, due) = (
            format!("title {round}"),
            format!("2030-01-{:02}", round + 1),
        );
        let (title_change, due_change) = (json!({ "title": title }), json!({ "due": due }));
        let (one, other) = tokio::join!(
            app.send("PATCH", "/api/tasks/1", &title_change),
            app.send("PATCH", "/api/tasks/1", &due_change),
        );
        assert_eq!((one.status.as_u16(), other.status.as_u16()), (200, 200));
        let task = app.get("/api/tasks/1").await.json();
        assert_eq!((&task["title"], &task["due"]), (&json!(title), &json!(due)));
    }
}

#[tokio::test]
async fn a_replaced_task_goes_back_to_its_defaults() {
    let app = TestApp::new().await;
    let new = json!({ "title": "A", "description": "b", "status": "done", "due": "2030-01-01" });
    let before = app.post("/api/tasks", &new).await.json();
    let answer = app
        .send("PUT", "/api/tasks/1", &json!({ "title": "B" }))
        .await;
    assert_eq!(answer.status, 200);
    let after = answer.json();
    let defaults = ["title", "description", "status", "priority", "due"].map(|name| &after[name]);
    assert_eq!(json!(defaults), json!(["B", "", "todo", "normal", null]));
    assert_eq!(after["created_at"], before["created_at"]);
    assert_eq!(
        app.send("PUT", "/api/tasks/1", &json!({}))
            .await
            .broken_fields(),
        ["title"]
    );
}

#[tokio::test]
async fn a_deleted_task_is_gone_and_its_id_with_it() {
    let app = TestApp::new().await;
    app.post("/api/tasks", &json!({ "title": "A" })).await;
    let answer = app.send("DELETE", "/api/tasks/1", &Value::Null).await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (204, ""));
    assert_eq!(
        app.send("DELETE", "/api/tasks/1", &Value::Null)
            .await
            .status,
        404
    );
    assert_eq!(app.get("/api/tasks/1").await.status, 404);
    assert_eq!(
        app.send("PATCH", "/api/tasks/1", &json!({})).await.status,
        404
    );
    assert_eq!(
        app.send("PUT", "/api/tasks/1", &json!({ "title": "A" }))
            .await
            .status,
        404
    );
    assert_eq!(
        app.post("/api/tasks", &json!({ "title": "A" }))
            .await
            .json()["id"],
        2
    );
}

#[tokio::test]
async fn what_is_no_id_leads_nowhere() {
    let app = TestApp::new().await;
    app.post("/api/tasks", &json!({ "title": "A" })).await;
    for id in ["0", "-1", "1.0", "x", "%31%00", "99999999999999999999"] {
        let answer = app.get(&format!("/api/tasks/{id}")).await;
        assert_eq!(answer.status, 404, "{id}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
}

#[tokio::test]
async fn broken_fields_are_named_all_at_once() {
    let app = TestApp::new().await;
    let all = ["description", "due", "priority", "status", "title"];
    let cases = [
        (json!({}), &all[4..]),
        (
            json!({ "title": 5, "description": null, "status": null, "priority": 1, "due": 1 }),
            &all,
        ),
        (
            json!({ "title": " \n", "description": "a\u{0}", "status": "Todo", "priority": "", "due": "" }),
            &all,
        ),
        (
            json!({ "title": "a\nb", "due": "2027-02-29" }),
            &[all[1], all[4]],
        ),
        (json!({ "title": "a", "due": "+12030-01-01" }), &all[1..2]),
        (
            json!({ "title": "x".repeat(201), "description": "x".repeat(10_001) }),
            &[all[0], all[4]],
        ),
    ];
    for (body, fields) in &cases {
        assert_eq!(
            &app.post("/api/tasks", body).await.broken_fields(),
            fields,
            "{body}"
        );
    }
    assert_eq!(
        app.get("/api/tasks").await.json()["total"],
        0,
        "nothing was stored"
    );

    let longest =
        json!({ "title": "🦀".repeat(200), "description": "🦀".repeat(10_000), "extra": 1 });
    let before = app.post("/api/tasks", &longest).await.json();
    let change = json!({ "title": "new", "status": "late" });
    assert_eq!(
        app.send("PATCH", "/api/tasks/1", &change)
            .await
            .broken_fields(),
        ["status"]
    );
    assert_eq!(app.get("/api/tasks/1").await.json(), before);
}

#[tokio::test]
async fn while_another_program_writes_reads_go_on_and_writes_are_to_come_again() {
    let app = TestApp::new().await;
    let lock = app.lock_database().await;
    assert_eq!(app.get("/api/tasks").await.status, 200);
    let answer = app.post("/api/tasks", &json!({ "title": "A" })).await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("retry-after")),
        (503, "1")
    );
    assert_eq!(answer.header("content-type"), "application/problem+json");
    drop(lock);
    assert_eq!(
        app.post("/api/tasks", &json!({ "title": "A" }))
            .await
            .status,
        201
    );
}
