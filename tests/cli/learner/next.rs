//! `roadmap next`, and `roadmap` alone.

use crate::harness::sandbox::Sandbox;
use serde_json::json;

const PICK: &str = "pick --answer goal=site --answer know=rust --answer hours=ten";

#[test]
fn the_steps_lead_from_the_pick_over_the_starter_to_the_last_topic() {
    let sandbox = Sandbox::new();
    sandbox.run("next").done().matches("next_pick");
    sandbox.run(PICK).done();
    sandbox.run("next").done().matches("next_new");
    sandbox.run("new blog --dry-run").done();
    assert_eq!(sandbox.run("next --format json").done().json()["step"], "new");
    sandbox.run("new blog").done();
    sandbox.run("next").done().matches("next_topic");
    for topic in ["http", "sql", "rocket-pools"] {
        let answer = sandbox.run("next --format json").done().json();
        assert_eq!(answer["topic"]["id"], topic);
        let command = answer["command"].as_str().expect("a line");
        sandbox.run(command.strip_prefix("roadmap ").expect("ours")).done();
        sandbox.run(&format!("done {topic}")).done();
    }
    sandbox.run("next").done().matches("next_finished");
    sandbox.run("").done().matches("standing_finished");
}

#[test]
fn alone_it_says_where_somebody_stands() {
    let sandbox = Sandbox::new();
    let answer = sandbox.run("--format json").done().json();
    assert_eq!(answer["path"], json!(null));
    assert_eq!(answer["next"]["step"], "pick");
    sandbox.run(PICK).done();
    sandbox.run("new blog --framework axum").done();
    sandbox.run("done http").done();
    sandbox.run("").done().matches("standing");
    sandbox.small("").env("COLUMNS", "40").go().done().matches("standing_at_40");
    let answer = sandbox.run("--format json").done().json();
    let path = json!({"language": "rust", "framework": "rocket", "project": "blog"});
    assert_eq!(answer["path"], path);
    assert_eq!(answer["total"]["topics_done"], 1);
    assert_eq!(answer["next"]["topic"]["id"], "sql");
    sandbox.run("--format json show").refused().says(&["behind"]);
}

#[test]
fn a_starter_stays_whatever_becomes_of_the_state() {
    let sandbox = Sandbox::new();
    sandbox.write("file", "");
    let blocked = sandbox.path("file/state");
    let run = sandbox.small("new blog --lang rust").env("ROADMAP_STATE_DIR", blocked);
    let outcome = run.go().done();
    assert_eq!(outcome.stderr.matches("note:").count(), 1, "{outcome}");
    assert!(sandbox.path("work/blog/Cargo.toml").exists());
}

#[test]
fn a_path_that_the_roadmap_no_longer_has_is_picked_again() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "state/state.json",
        r#"{"schema":1,"roadmaps":{"small":{"pick":{"language":"cobol","framework":"x","project":"blog"}}}}"#,
    );
    assert_eq!(sandbox.run("next --format json").done().json()["step"], "pick");
    assert!(sandbox.run("").done().stdout.contains("roadmap pick"));
}
