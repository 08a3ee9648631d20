//! `roadmap adopt` and `roadmap spec`: a server in any language, and what is asked of it.

use crate::harness::outcome::Outcome;
use crate::harness::sandbox::Sandbox;

/// Says all of these on stdout.
fn prints(outcome: &Outcome, all: &[&str]) {
    for part in all {
        assert!(outcome.stdout.contains(part), "no `{part}` in {}", outcome.stdout);
    }
}

fn adopted(sandbox: &Sandbox, project: &str) -> Outcome {
    sandbox.bare(&format!("adopt {project} --run")).arg("./server --port 'a b'").go()
}

#[test]
fn adopt_writes_what_check_needs_and_the_page() {
    let sandbox = Sandbox::new();
    adopted(&sandbox, "tasks").done().matches("adopt_tasks");
    let manifest = sandbox.read("work/.roadmap/starter.toml");
    assert!(manifest.contains(r#"run = ["./server", "--port", "a b"]"#), "{manifest}");
    let page = sandbox.read("work/static/index.html");
    assert!(page.contains(r#"<a href="/openapi.json">API</a>"#), "{page}");
    prints(&sandbox.bare("next").go().done(), &["serve"]);
    sandbox.bare("doctor").go().done();
}

#[test]
fn a_repository_has_one_project_and_keeps_its_commands() {
    let sandbox = Sandbox::new();
    adopted(&sandbox, "tasks").done();
    // The same line again has nothing to say; another command has.
    let again = adopted(&sandbox, "tasks").done();
    assert!(!again.stderr.contains("note:"), "{again}");
    let other = sandbox.bare("adopt tasks --run ./other").go().done();
    drop(other.says(&["starter.toml was here and stays"]));
    let refused = sandbox.bare("adopt blog --run ./server").go().refused();
    drop(refused.says(&["this repository is `tasks` already"]));
}

#[test]
fn a_broken_starter_file_comes_back_from_git_only_where_git_has_it() {
    let sandbox = Sandbox::new();
    adopted(&sandbox, "tasks").done();
    sandbox.write("work/.roadmap/starter.toml", "schema = ");
    let refused = sandbox.bare("check").go().refused();
    assert!(!refused.stderr.contains("git checkout"), "{refused}");
    drop(refused.says(&["`roadmap adopt`"]));
}

#[test]
fn adopt_brings_each_file_that_the_rules_name() {
    let sandbox = Sandbox::new();
    adopted(&sandbox, "shop").done();
    let rules = sandbox.bare("spec shop").go().done().stdout;
    assert!(rules.contains("products.json"), "{rules}");
    let products: serde_json::Value =
        serde_json::from_str(&sandbox.read("work/products.json")).expect("it is JSON");
    assert_eq!(products["products"].as_array().map(Vec::len), Some(24));
}

#[test]
fn adopt_leaves_files_that_are_there() {
    let sandbox = Sandbox::new();
    sandbox.write("work/openapi.json", "{}");
    prints(&adopted(&sandbox, "chat").done(), &["stay as they are", "openapi.json"]);
    assert_eq!(sandbox.read("work/openapi.json"), "{}");
    let again = sandbox.bare("adopt chat --format json --run x").go().done().json();
    assert_eq!(again["written"].as_array().map(Vec::len), Some(0));
}

#[test]
fn adopt_writes_nothing_on_a_dry_run_or_a_mistake() {
    let sandbox = Sandbox::new();
    prints(&sandbox.bare("adopt shop --dry-run --run x").go().done(), &["Would write"]);
    sandbox.bare("adopt shoop --run x").go().refused().says(&["did you mean `shop`"]);
    sandbox.bare("adopt shop --run").arg("it's").go().refused().says(&["quote"]);
    sandbox.bare("adopt shop --run").arg("").go().refused().says(&["empty"]);
    sandbox.bare("adopt shop --run x --database D").go().refused().says(&["VARIABLE=URL"]);
    sandbox.bare("adopt shop --run x --database D=x").go().refused().says(&["{path}"]);
    let files = sandbox.content();
    assert!(!files.keys().any(|path| path.contains(".roadmap")), "{:?}", files.keys());
}

#[test]
fn adopt_takes_a_contract_of_ones_own() {
    let sandbox = Sandbox::new();
    let contract = "schema: 1\nproject: notes\nversion: 3\nrules: Be kind.\nmilestones:\n  \
        - {id: write, title: Write, stage: apis, given: true, about: It is., size: S, hours: 1, checks: \
        [{id: there, title: It is there, steps: [{request: GET /x}]}]}\n";
    sandbox.write("work/notes.yaml", contract);
    sandbox.bare("adopt notes --contract notes.yaml --run x").go().done();
    assert_eq!(sandbox.read("work/.roadmap/contract.yaml"), contract);
    prints(&sandbox.bare("spec").go().done(), &["Be kind.", "size S", "about 1 h"]);
    sandbox.bare("adopt other --contract notes.yaml --run x").go().refused().says(&["notes"]);
}

#[test]
fn spec_shows_a_project_a_milestone_and_the_description() {
    let sandbox = Sandbox::new();
    sandbox.bare("spec").go().refused().says(&["roadmap spec tasks"]);
    sandbox.bare("spec tasks/create").go().done().matches("spec_milestone");
    let whole = sandbox.bare("spec blog --format markdown").go().done().stdout;
    assert!(whole.starts_with("# ") && whole.contains("## blog/serve:"), "{whole}");
    let json = sandbox.bare("spec shop/cart --format json").go().done().json();
    assert_eq!(json["milestones"].as_array().map(Vec::len), Some(1));
    assert!(json["milestones"][0]["checks"].as_array().is_some_and(|checks| checks.len() > 5));
    let api = sandbox.bare("spec tasks --openapi").go().done().stdout;
    assert!(api.contains("\"openapi\": \"3."), "{api}");
    sandbox.bare("spec tasks/creat").go().done();
    sandbox.bare("spec tasks/craete").go().refused().says(&["create"]);
    sandbox.bare("spec tassks").go().refused().says(&["did you mean `tasks`"]);
}

#[test]
fn spec_in_a_repository_is_that_of_its_contract() {
    let sandbox = Sandbox::new();
    adopted(&sandbox, "tasks").done();
    prints(&sandbox.bare("spec create").go().done(), &["tasks/create", "roadmap check create"]);
    prints(&sandbox.bare("spec /create").go().done(), &["tasks/create"]);
    prints(&sandbox.bare("spec blog/write").go().done(), &["blog/write", "roadmap adopt blog"]);
}

#[test]
fn every_given_milestone_of_ours_says_what_is_asked() {
    let sandbox = Sandbox::new();
    for project in ["tasks", "blog", "shop", "chat"] {
        let json = sandbox.bare(&format!("spec {project} --format json")).go().done().json();
        assert!(json["rules"].as_str().is_some_and(|rules| rules.len() > 1000), "{project}");
        for milestone in json["milestones"].as_array().expect("milestones") {
            let id = milestone["id"].as_str().unwrap_or_default();
            let rules = milestone["rules"].as_str().unwrap_or_default();
            let checks = milestone["checks"].as_array().map_or(0, Vec::len);
            assert!(checks == 0 || rules.len() > 100, "{project}/{id} has checks and no rules");
            assert!(milestone["size"].is_string(), "{project}/{id} has no size");
            assert!(milestone["hours"].is_u64(), "{project}/{id} has no hours");
        }
    }
}

#[test]
fn where_nothing_is_given_the_next_line_checks_the_next_milestone() {
    let sandbox = Sandbox::new();
    let milestone = "{id: up, title: Up, stage: web, about: It is up., rules: It answers., hints: [a, b, c], \
        checks: [{id: up, title: It is up, steps: [{request: GET /}]}]}";
    let contract = format!("schema: 1\nproject: own\nversion: 1\nmilestones: [{milestone}]\n");
    sandbox.write("work/own.yaml", &contract);
    let adopted = sandbox.bare("adopt own --contract own.yaml --run x").go().done();
    prints(&adopted, &["roadmap check next"]);
}

#[test]
fn spec_fits_eighty_columns_with_its_examples() {
    let sandbox = Sandbox::new();
    for project in ["tasks", "blog", "shop", "chat"] {
        let text = sandbox.bare(&format!("spec {project}")).go().done().stdout;
        let long: Vec<&str> = text.lines().filter(|line| line.chars().count() > 80).collect();
        assert!(long.is_empty(), "spec {project}: {long:#?}");
    }
}

#[test]
fn check_of_an_adopted_server_that_ends_says_what_it_sets() {
    let sandbox = Sandbox::new();
    sandbox
        .bare("adopt tasks --database DB=file:{path} --run")
        .arg("git no-such-command")
        .go()
        .done();
    let ended = sandbox.bare("check").go().ended(3);
    let ended = ended.says(&["check sets HOST, PORT and DB=file:PATH", "no-such-command"]);
    assert!(!ended.stderr.contains("roadmap doctor"), "{ended}");
}
