//! `roadmap progress`, and taking it along.

use crate::harness::sandbox::Sandbox;
use crate::harness::screen::{ENTER, Terminal};
use serde_json::json;

const PICK: &str = "pick --answer goal=site --answer know=rust --answer hours=ten";

#[test]
fn a_bar_for_each_stage_counts_the_picked_path() {
    let sandbox = Sandbox::new();
    sandbox.run("progress").done().matches("progress_nothing");
    sandbox.run(PICK).done();
    sandbox.run("done basics sql").done();
    for (columns, name) in
        [("40", "progress_at_40"), ("80", "progress"), ("120", "progress_at_120")]
    {
        sandbox.small("progress").env("COLUMNS", columns).go().done().matches(name);
    }
}

#[test]
fn json_has_topics_and_hours_of_each_stage_and_of_all() {
    let sandbox = Sandbox::new();
    sandbox.run("pick --answer goal=site --answer know=python --answer hours=ten").done();
    sandbox.run("done http sqlx").done();
    let answer = sandbox.run("progress --format json").done().json();
    assert_eq!(answer["path"], json!({"language": "python", "framework": "flask"}));
    let total = json!({"topics": 4, "topics_done": 1, "hours": 18, "hours_done": 4});
    assert_eq!(answer["total"], total);
    let first = json!({
        "number": 1, "id": "basics", "title": "The basics",
        "topics": 2, "topics_done": 1, "hours": 7, "hours_done": 4,
    });
    assert_eq!(answer["stages"][0], first);
}

#[test]
fn two_machines_that_import_each_other_twice_know_the_same() {
    let (first, second) = (Sandbox::new(), Sandbox::new());
    first.run(PICK).done();
    first.run("done http sql").done();
    second.run("done hypertext backups").done();
    for _ in 0..2 {
        let file = second.write("work/one.json", &first.run("progress export").done().stdout);
        second.small("progress import").arg(file).go().done();
        let file = first.write("work/two.json", &second.run("progress export").done().stdout);
        first.small("progress import").arg(file).go().done();
        let (left, right) =
            (first.run("progress export").done(), second.run("progress export").done());
        assert_eq!(left.stdout, right.stdout);
    }
    let again = first.run("progress import two.json --format json").done();
    assert!(again.written.0.is_empty(), "{again}");
    assert_eq!(again.json(), json!({"schema": 1, "done": 3, "added": 0}));
    let export = first.run("progress export").done().json();
    assert_eq!(export["roadmaps"]["small"]["done"], json!(["backups", "http", "sql"]));
    assert_eq!(export["roadmaps"]["small"]["pick"]["framework"], "rocket");
}

#[test]
fn an_import_keeps_the_pick_that_there_is() {
    let (first, second) = (Sandbox::new(), Sandbox::new());
    first.run(PICK).done();
    second.run("pick --answer goal=site --answer know=python --answer hours=ten").done();
    let file = second.write("work/one.json", &first.run("progress export").done().stdout);
    second.small("progress import").arg(file).go().done().matches("progress_import");
    assert!(second.run("show").done().stdout.contains("Flask"));
}

#[test]
fn what_is_no_whole_progress_of_ours_is_refused_and_nothing_is_lost() {
    let sandbox = Sandbox::new();
    sandbox.run("done http").done();
    let before = sandbox.read("state/state.json");
    let whole = sandbox.run("progress export").done().stdout;
    let later = whole.replace("\"schema\": 1", "\"schema\": 9");
    for text in [&whole[..whole.len() / 2], "", "[]", "{\"schema\":1}", "{\"name\":\"left-pad\"}"] {
        sandbox.write("work/other.json", text);
        sandbox.run("progress import other.json").refused().says(&["no progress of roadmap"]);
    }
    sandbox.run("progress import other.json").refused().matches("progress_import_foreign");
    sandbox.write("work/other.json", &later);
    sandbox.run("progress import other.json").refused().says(&["later version", "schema 9"]);
    sandbox.run("progress import nowhere.json").refused();
    assert_eq!(sandbox.read("state/state.json"), before);
}

#[test]
fn a_broken_state_is_not_exported_as_none() {
    let sandbox = Sandbox::new();
    sandbox.write("state/state.json", "{");
    sandbox.run("progress export").refused().says(&["is broken"]);
    sandbox.run("progress").done().says(&["note:", "broken"]);
}

#[test]
fn reset_needs_a_yes_and_forgets_this_roadmap_alone() {
    let sandbox = Sandbox::new();
    let text = r#"{"schema":1,"roadmaps":{"other":{"done":["x"]},"small":{"done":["http"]}}}"#;
    sandbox.write("state/state.json", text);
    sandbox.write("state/lock", "");
    sandbox.run("progress reset").refused().matches("progress_reset_asks");
    sandbox.run("progress reset --yes").done().matches("progress_reset");
    let export = sandbox.run("progress export").done().json();
    assert_eq!(export["roadmaps"], json!({"other": {"done": ["x"]}}));
    assert!(sandbox.run("progress reset --yes").done().written.0.is_empty());
}

#[test]
fn a_reset_that_is_not_wanted_is_one_object_in_json_too() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::start(&sandbox.small("progress reset --format json"), 30, 80);
    terminal.until("No, keep them").press(ENTER).until("\"reset\": false");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn an_import_from_standard_input_says_what_it_changed() {
    let (first, second) = (Sandbox::new(), Sandbox::new());
    first.run("done http sql").done();
    first.run("pick --framework axum").done();
    let text = first.run("progress export").done().stdout.replace("\"sql\"", "\"cobol\"");
    second.run("done backups").done();
    let outcome = second.small("progress import -").input(&text).go().done();
    outcome.matches("progress_import_stdin");
    assert_eq!(second.run("progress --format json").done().json()["total"]["topics_done"], 2);
    let again = second.small("progress import - --format json").input(&text).go().done().json();
    assert_eq!(again, json!({ "schema": 1, "done": 2, "added": 0 }));
    second.small("progress import -").input("{}").go().refused().says(&["no progress of roadmap"]);
}
