//! `roadmap lint`: mistakes and warnings in a roadmap of one's own.

use crate::harness::sandbox::Sandbox;

const SMALL: &str = include_str!("../../fixtures/roadmap.yaml");

#[test]
fn warnings_are_the_answer_and_end_with_zero() {
    let sandbox = Sandbox::new();
    sandbox.write("work/mine.yaml", SMALL);
    sandbox.run("lint mine.yaml").done().matches("lint_warnings");
    sandbox.run("lint mine.yaml --format json").done().matches("lint_warnings_json");
}

#[test]
fn mistakes_are_refused_with_their_places() {
    let sandbox = Sandbox::new();
    sandbox.write("work/mine.yaml", &SMALL.replacen("needs: [http]", "needs: [htpt]", 1));
    sandbox.run("lint mine.yaml").refused().matches("lint_mistakes");
    let outcome = sandbox.run("lint mine.yaml --format json");
    assert_eq!(outcome.code, Some(2));
    outcome.matches("lint_mistakes_json");
}

#[test]
fn what_is_no_roadmap_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.write("work/mine.yaml", "words: []\n");
    sandbox.run("lint mine.yaml").refused().matches("lint_no_roadmap");
    sandbox.run("lint nowhere.yaml").refused().matches("lint_no_file");
}

#[test]
fn a_contract_is_recognised_by_its_keys_and_checked() {
    const CONTRACT: &str = include_str!("../../fixtures/contract.yaml");
    let sandbox = Sandbox::new();
    sandbox.write("work/mine.yaml", CONTRACT);
    sandbox.bare("lint mine.yaml").go().done().matches("lint_contract");
    sandbox.bare("lint mine.yaml --format json").go().done().matches("lint_contract_json");
    let wrong = CONTRACT.replacen("GET /healthz", "get /healthz/${word}", 1);
    let wrong = wrong.replacen("$contains: json", "$contain: json", 1);
    sandbox.write("work/wrong.yaml", &wrong);
    sandbox.bare("lint wrong.yaml").go().refused().matches("lint_contract_mistakes");
    sandbox.write("work/stage.yaml", &CONTRACT.replacen("stage: apis", "stage: api", 1));
    sandbox.bare("lint stage.yaml").go().refused().matches("lint_contract_stage");
}

#[test]
fn our_own_roadmap_has_neither() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/roadmap.yaml");
    let outcome = Sandbox::new().bare("lint").arg(file).go().done();
    assert!(!outcome.stdout.contains("warning:"), "{}", outcome.stdout);
}

#[test]
fn a_flowchart_is_asked_for_by_format_or_by_the_files_ending() {
    let sandbox = Sandbox::new();
    let chart = sandbox.run("show --format mermaid").done();
    chart.matches("show_mermaid");
    sandbox.run("show -o a.mmd").done();
    assert_eq!(sandbox.read("work/a.mmd"), chart.stdout);
}

#[test]
fn mistakes_are_reported_in_plain_words() {
    let sandbox = Sandbox::new();
    let refused = |old: &str, new: &str, message: &str| {
        assert!(SMALL.contains(old), "{old}");
        sandbox.write("work/mine.yaml", &SMALL.replacen(old, new, 1));
        sandbox.run("lint mine.yaml").refused().says(&[message]);
    };
    refused("hours: 4", "hours: two", "`hours` takes a whole number from 0, not `two`");
    refused("level: essential", "level: esential", "did you mean `essential`?");
    refused("needs: [http]", "needs: http", "`needs` takes a list, as `[one, two]`");
    refused("multiple: false", "multiple: no", "`multiple` takes `true` or `false`, not `no`");
    refused("title: HTTP\n", "title: HTTP: the web\n", "needs quotes: \"HTTP: the web\"");
    refused("id: html", "id: http", "the first is in line 11");
    refused("id: small", "id: my class", "`my class` is no id");
}

#[test]
fn a_small_roadmap_needs_only_what_it_uses() {
    let sandbox = Sandbox::new();
    let end = SMALL.find("\nlanguages:").expect("the stages stand first");
    let alone = SMALL[..end].replace("        languages: [rust]\n", "");
    let alone = alone.replace("        frameworks: [rocket]\n", "");
    sandbox.write("work/mine.yaml", &alone);
    sandbox.run("lint mine.yaml").done();
    let run = |line: &str| sandbox.bare(line).arg("--roadmap").arg("mine.yaml").go();
    run("next").done().matches("next_without_paths");
    run("done http").done();
    let home = sandbox.bare("").env("ROADMAP_FILE", "mine.yaml").go().done().stdout;
    assert!(home.contains("Next: SQL") && !home.contains("roadmap pick"), "{home}");
    assert!(!run("show").done().stdout.contains("roadmap pick"));
    run("pick").refused().says(&["has no frameworks to pick from", "roadmap next"]);
}
