//! `roadmap pick` by `--answer`.

use crate::harness::fixture;
use crate::harness::sandbox::Sandbox;
use serde_json::{Value, json};

const SITE: &str = "pick --answer goal=site --answer know=rust --answer hours=ten";
const FLASK: &str = "pick --answer goal=site --answer know=python --answer hours=five";

#[test]
fn the_three_best_paths_are_printed_with_the_reason_for_every_point() {
    Sandbox::new().run(SITE).done().matches("pick");
}

#[test]
fn a_path_without_a_starter_is_printed_with_its_own_way_to_begin() {
    let sandbox = Sandbox::new();
    sandbox.run(FLASK).done().matches("pick_without_starter");
    sandbox.run(&format!("{FLASK} --answer goal=live")).refused().says(&["goal"]);
}

#[test]
fn json_has_the_promised_form() {
    let answer = Sandbox::new().run(&format!("{FLASK} --format json")).done().json();
    let first = &answer["recommendations"][0];
    assert_eq!(first["language"], "python");
    assert_eq!(first["framework"], "flask");
    assert_eq!(first["score"], 5);
    assert_eq!(first["starter"], false);
    let reasons = first["reasons"].as_array().expect("a list");
    let points: u64 = reasons.iter().filter_map(|reason| reason["points"].as_u64()).sum();
    assert_eq!(points, 5);
    assert_eq!(reasons[0]["because"], "you already know its language");
    assert_eq!(answer["recommendations"].as_array().map(Vec::len), Some(3));
    assert_eq!(answer["recommendations"][1]["starter"], true);
    assert_eq!(answer["project"], "blog");
    // Hours of http and sql, at five a week.
    assert_eq!(answer["weeks"], 3);
}

#[test]
fn the_command_works_when_pasted_for_every_answer() {
    for goal in ["site", "live"] {
        for know in ["none", "rust", "python", "rust,python", ""] {
            let sandbox = Sandbox::new();
            let line = format!("pick --answer goal={goal} --answer know={know} --answer hours=ten");
            let answer = sandbox.run(&format!("{line} --format json")).done().json();
            let command = answer["command"].as_str().expect("a line");
            let words = command.strip_prefix("roadmap ").expect("a line of ours");
            sandbox.run(words).done();
            assert!(sandbox.path("work/blog/Cargo.toml").exists(), "{command}");
        }
    }
}

#[test]
fn the_pick_is_saved_and_used_by_new_and_show() {
    let sandbox = Sandbox::new();
    let outcome = sandbox.run(SITE).done();
    assert!(outcome.written.0.contains("+ state/state.json"), "{outcome}");
    let state: Value = serde_json::from_str(&sandbox.read("state/state.json")).expect("JSON");
    let expected = json!({
        "language": "rust",
        "framework": "rocket",
        "project": "blog",
        "answers": {"goal": ["site"], "know": ["rust"], "hours": ["ten"]},
    });
    assert_eq!(state["roadmaps"]["small"]["pick"], expected);
    assert!(sandbox.run("show").done().stdout.contains("Your path: Rust, Rocket"));
    let created = sandbox.run("new blog --format json").done().json();
    assert_eq!(created["framework"], "rocket");
    let other = sandbox.run("new blog other --framework axum --format json").done().json();
    assert_eq!(other["framework"], "axum");
}

#[test]
fn no_save_writes_nothing() {
    let outcome = Sandbox::new().run(&format!("{SITE} --no-save")).done();
    assert!(outcome.written.0.is_empty(), "{outcome}");
}

#[test]
fn the_same_answers_give_the_same_bytes_in_any_order() {
    let sandbox = Sandbox::new();
    let first = sandbox.run(SITE).done().stdout;
    assert_eq!(sandbox.run(SITE).done().stdout, first);
    let turned = "pick --answer hours=ten --answer know=rust,rust --answer goal=site";
    assert_eq!(sandbox.run(turned).done().stdout, first);
}

#[test]
fn answers_that_fit_no_question_are_refused() {
    let sandbox = Sandbox::new();
    sandbox.run("pick --answer gaol=site").refused().matches("pick_unknown_question");
    sandbox.run("pick --answer goal=sit").refused().matches("pick_unknown_choice");
    sandbox.run("pick --answer goal").refused().matches("pick_no_answer");
    sandbox.run("pick --answer goal=site,live").refused().matches("pick_several");
    sandbox.run("pick --answer goal=").refused().says(&["goal="]);
}

#[test]
fn without_a_terminal_the_missing_answers_are_named_as_a_line_that_works() {
    let sandbox = Sandbox::new();
    let outcome = sandbox.run("pick --answer know=rust").refused();
    outcome.matches("pick_without_terminal");
    let mut lines = outcome.stderr.lines();
    let line = lines.find_map(|line| line.trim().strip_prefix("roadmap pick")).expect("a line");
    sandbox.run(&format!("pick{line}")).done();
}

#[test]
fn a_roadmap_without_frameworks_has_nothing_to_pick_from() {
    let sandbox = Sandbox::new();
    let text = std::fs::read_to_string(fixture::roadmap()).expect("readable");
    let start = text.find("\nlanguages:").expect("there");
    let end = text.find("\nprojects:").expect("there");
    let quiz = text.find("\nquiz:").expect("there");
    let resources = text.find("\nresources:").expect("there");
    let stages = text[..start].replace("        languages: [rust]\n", "");
    let stages = stages.replace("        frameworks: [rocket]\n", "");
    let text = format!(
        "{stages}\nlanguages: []\nframeworks: []{}\nquiz: []{}",
        &text[end..quiz],
        &text[resources..]
    );
    let file = sandbox.write("empty.yaml", &text);
    sandbox.small("pick").env("ROADMAP_FILE", file).go().refused().says(&["no frameworks"]);
}

#[test]
fn which_of_the_three_is_saved_can_be_chosen() {
    for (keep, framework) in [("1", "rocket"), ("2", "axum"), ("flask", "flask"), ("rkt", "rocket")]
    {
        let sandbox = Sandbox::new();
        let answer = sandbox.run(&format!("{SITE} --keep {keep} --format json")).done().json();
        assert_eq!(answer["kept"]["framework"], framework, "{keep}");
        assert_eq!(answer["recommendations"][0]["framework"], "rocket");
        let state: Value = serde_json::from_str(&sandbox.read("state/state.json")).expect("JSON");
        assert_eq!(state["roadmaps"]["small"]["pick"]["framework"], framework);
    }
    let sandbox = Sandbox::new();
    sandbox.run(&format!("{SITE} --keep 4")).refused().says(&["from 1 to 3"]);
    sandbox.run(&format!("{SITE} --keep 0")).refused().says(&["from 1 to 3"]);
    sandbox.run(&format!("{SITE} --keep flaks")).refused().says(&["did you mean `flask`"]);
    sandbox.run(&format!("{SITE} --keep 1 --no-save")).refused();
    assert!(!sandbox.path("state/state.json").exists());
}

#[test]
fn a_framework_is_saved_without_the_quiz() {
    let sandbox = Sandbox::new();
    sandbox.run("pick --framework rkt").done().matches("pick_framework");
    let state: Value = serde_json::from_str(&sandbox.read("state/state.json")).expect("JSON");
    assert_eq!(state["roadmaps"]["small"]["pick"]["framework"], "rocket");
    // What was answered earlier stays, and with it the hours a week.
    sandbox.run(SITE).done();
    let answer = sandbox.run("pick --framework axum --format json").done().json();
    assert_eq!((&answer["weeks"], &answer["hours"]), (&json!(2), &json!(14)));
    let state: Value = serde_json::from_str(&sandbox.read("state/state.json")).expect("JSON");
    assert_eq!(state["roadmaps"]["small"]["pick"]["answers"]["know"], json!(["rust"]));
    sandbox.run("pick --framework rocke").refused().says(&["did you mean `rocket`"]);
    sandbox.run("pick --framework axum --answer goal=site").refused();
}

#[test]
fn what_the_quiz_learnt_is_offered_as_done_and_takes_no_time() {
    let sandbox = Sandbox::new();
    let pick = "pick --answer goal=job --answer build=api --answer compiled=none \
                --answer matters=jobs --answer types=any --answer size=small --answer place=any \
                --answer hours=ten --keep 1";
    let answer = |know: &str| {
        let line = format!("{pick} --answer know={know} --format json");
        sandbox.bare(&line).go().done().json()
    };
    let (new, knows) = (answer("none"), answer("python"));
    assert_eq!(knows["known"], json!(["choosing-language", "python"]));
    assert_eq!(new["known"], json!([]));
    let text = sandbox.bare(&format!("{pick} --answer know=python")).go().done().stdout;
    assert!(text.contains("roadmap done choosing-language python"), "{text}");
    sandbox.bare("done choosing-language python").go().done();
    assert_eq!(answer("python")["known"], json!([]));
    assert_eq!(answer("python")["hours"], knows["hours"]);
}
