//! The state file: broken, later, unwritable, shared.

use crate::harness::sandbox::Sandbox;
use serde_json::{Value, json};

const PICK: &str = "pick --answer goal=site --answer know=rust --answer hours=ten";

#[test]
fn a_broken_state_file_is_moved_aside_and_reported() {
    for broken in ["{ not json", "", "[]", "{\"schema\":1,\"roadmaps\":3}"] {
        let sandbox = Sandbox::new();
        sandbox.write("state/state.json", broken);
        sandbox.run("show").done();
        let outcome = sandbox.run(PICK).done().says(&["note:", "broken"]);
        assert_eq!(sandbox.read("state/state.broken-1.json"), broken, "{outcome}");
        assert!(sandbox.run("show").done().stdout.contains("Your path"));
    }
}

#[test]
fn a_state_of_a_later_version_is_left_untouched() {
    let sandbox = Sandbox::new();
    let later = "{\"schema\": 2, \"news\": true}\n";
    sandbox.write("state/state.json", later);
    sandbox.write("state/lock", "");
    sandbox.run("done http").refused().matches("state_later");
    assert_eq!(sandbox.read("state/state.json"), later);
    sandbox.run("show").done().says(&["note: your progress is not shown", "state.json"]);
}

#[test]
fn an_unreadable_state_is_reported_once() {
    let sandbox = Sandbox::new();
    sandbox.write("state/state.json", "{\"schema\": 2}");
    for line in ["", "show", "show data", "show --format json", "new blog --lang rust"] {
        let outcome = sandbox.run(line).done();
        assert_eq!(outcome.stderr.matches("note:").count(), 1, "{outcome}");
    }
}

#[test]
fn the_state_of_a_later_version_or_another_roadmap_is_preserved() {
    let sandbox = Sandbox::new();
    let text = json!({
        "schema": 1,
        "theme": "dark",
        "roadmaps": {
            "other": {"pick": {"strange": 1}},
            "small": {"done": ["http", "no-topic-any-more"], "streak": 4},
        },
    });
    sandbox.write("state/state.json", &text.to_string());
    sandbox.run(PICK).done();
    let state: Value = serde_json::from_str(&sandbox.read("state/state.json")).expect("JSON");
    assert_eq!(state["theme"], "dark");
    assert_eq!(state["roadmaps"]["other"], text["roadmaps"]["other"]);
    assert_eq!(state["roadmaps"]["small"]["done"], text["roadmaps"]["small"]["done"]);
    assert_eq!(state["roadmaps"]["small"]["streak"], 4);
    assert_eq!(state["roadmaps"]["small"]["pick"]["framework"], "rocket");
}

#[test]
fn what_is_done_has_a_tick_everywhere() {
    let sandbox = Sandbox::new();
    sandbox
        .write("state/state.json", r#"{"schema":1,"roadmaps":{"small":{"done":["http","html"]}}}"#);
    sandbox.run("show").done().matches("show_done");
    assert!(sandbox.run("show 1").done().stdout.contains("✓ HTTP"));
    assert!(sandbox.run("show html").done().stdout.contains("HTML ✓"));
    assert!(sandbox.run("show --format markdown").done().stdout.contains("- [x] `http`"));
}

#[test]
fn without_a_state_folder_the_refusal_says_which_variable_names_it() {
    let sandbox = Sandbox::new();
    sandbox.write("file", "");
    let blocked = sandbox.path("file/state");
    let run = |line: &str| sandbox.small(line).env("ROADMAP_STATE_DIR", blocked.clone()).go();
    run("done http").refused().says(&["ROADMAP_STATE_DIR"]);
    // Whoever answered the questions sees what came of them; a script sees that it was not saved.
    let outcome = run(PICK).ended(2).says(&["ROADMAP_STATE_DIR"]);
    assert!(outcome.stdout.contains("roadmap new"), "{outcome}");
}

#[test]
fn a_hint_is_shown_where_nobody_can_note_that_it_was() {
    let sandbox = Sandbox::new();
    sandbox.write("file", "");
    let run = sandbox.bare("hint accounts --project tasks");
    let outcome = run.env("ROADMAP_STATE_DIR", sandbox.path("file/state")).go().done();
    let outcome = outcome.says(&["note: your progress was not saved"]);
    assert!(outcome.stdout.contains("A nudge (1 of 3)"), "{outcome}");
}

#[test]
fn without_the_variable_the_state_is_in_the_home_directory() {
    let sandbox = Sandbox::new();
    let outcome = sandbox.small(PICK).without("ROADMAP_STATE_DIR").go().done();
    let is_written = outcome.written.0.iter().any(|line| line.ends_with("roadmap/state.json"));
    assert!(is_written, "{outcome}");
}

#[test]
fn sixteen_picks_at_once_lose_nothing() {
    let sandbox = Sandbox::new();
    let text = std::fs::read_to_string(crate::harness::fixture::roadmap()).expect("readable");
    let mut running = Vec::new();
    for number in 0..16 {
        let own = text.replacen("id: small", &format!("id: small-{number}"), 1);
        let file = sandbox.write(&format!("own/{number}.yaml"), &own);
        let mut command = sandbox.small(PICK).env("ROADMAP_FILE", file).command();
        running.push(command.stdout(std::process::Stdio::null()).spawn().expect("starts"));
    }
    for mut child in running {
        assert!(child.wait().expect("ends").success());
    }
    let state: Value = serde_json::from_str(&sandbox.read("state/state.json")).expect("JSON");
    assert_eq!(state["roadmaps"].as_object().map(serde_json::Map::len), Some(16));
    let left: Vec<_> = std::fs::read_dir(sandbox.path("state")).expect("there").collect();
    assert_eq!(left.len(), 2, "the state and its lock");
}

#[test]
fn sixty_four_processes_at_once_mark_different_topics_and_lose_nothing() {
    let sandbox = Sandbox::new();
    let text = std::fs::read_to_string(crate::harness::fixture::roadmap()).expect("readable");
    let topic = |number: usize| {
        format!(
            "      - {{id: topic-{number}, title: T, level: optional, hours: 1, what: W., why: W., \
             practice: P., resources: [{{title: A, url: \"https://example.org/{number}\", kind: \
             article, cost: free}}]}}\n"
        )
    };
    let topics: String = (0..64).map(topic).collect();
    let start = "  - id: database-care";
    let file = sandbox.write("many.yaml", &text.replacen(start, &format!("{topics}\n{start}"), 1));
    let mut running = Vec::new();
    for number in 0..64 {
        let run = sandbox.small(&format!("done topic-{number}")).env("ROADMAP_FILE", &file);
        let mut command = run.command();
        running.push(command.stdout(std::process::Stdio::null()).spawn().expect("starts"));
    }
    for mut child in running {
        assert!(child.wait().expect("ends").success());
    }
    let state: Value = serde_json::from_str(&sandbox.read("state/state.json")).expect("JSON");
    assert_eq!(state["roadmaps"]["small"]["done"].as_array().map(Vec::len), Some(64));
}

#[cfg(unix)]
#[test]
fn a_write_killed_at_a_hundred_times_leaves_a_whole_file() {
    let sandbox = Sandbox::new();
    sandbox.run("done http").done();
    for round in 0..100 {
        // To and fro, so that every run has something to write.
        let line = if round % 2 == 0 { "done sql" } else { "undo sql" };
        let mut command = sandbox.small(line).command();
        let mut child = command.stdout(std::process::Stdio::null()).spawn().expect("starts");
        std::thread::sleep(std::time::Duration::from_micros(round * 200));
        child.kill().expect("killed, or ended before");
        child.wait().expect("ends");
        let state: Value = serde_json::from_str(&sandbox.read("state/state.json")).expect("whole");
        let done = &state["roadmaps"]["small"]["done"];
        assert!(*done == json!(["http"]) || *done == json!(["http", "sql"]), "{done}");
    }
    // What the killed left is cleared by the next who writes.
    sandbox.run("done sql html").done();
    let left: Vec<_> = std::fs::read_dir(sandbox.path("state")).expect("there").collect();
    assert_eq!(left.len(), 2, "the state and its lock");
}

#[test]
fn a_state_cut_anywhere_or_foreign_is_set_aside_and_reported() {
    let whole = r#"{"schema":1,"roadmaps":{"small":{"done":["http"]}}}"#;
    let foreign = ["{\"name\":\"left-pad\",\"version\":\"1.0.0\"}", "<html>", "\u{0}\u{0}\u{0}"];
    let cut = [1, 12, 30, 45, whole.len() - 1].map(|end| &whole[..end]);
    for text in cut.iter().chain(&foreign) {
        let sandbox = Sandbox::new();
        sandbox.write("state/state.json", text);
        sandbox.run("show").done().says(&["note:", "is broken"]);
        sandbox.run("done sql").done().says(&["note:", "was kept as"]);
        assert_eq!(sandbox.read("state/state.broken-1.json"), **text);
        assert!(sandbox.run("show 2").done().stdout.contains("✓ SQL"));
    }
}

#[test]
fn no_command_touches_a_state_of_a_later_version() {
    let sandbox = Sandbox::new();
    let later = "{\"schema\": 2, \"news\": true}\n";
    sandbox.write("state/state.json", later);
    sandbox.write("state/lock", "");
    sandbox.write("work/other.json", r#"{"schema":1,"roadmaps":{}}"#);
    for line in [
        "done http",
        "undo http",
        "progress export",
        "progress import other.json",
        "progress reset --yes",
    ] {
        sandbox.run(line).refused().says(&["later version"]);
    }
    for line in ["", "next", "progress", "doctor"] {
        sandbox.run(line).done().says(&["note: your progress is not shown"]);
    }
    assert_eq!(sandbox.read("state/state.json"), later);
}
