//! `roadmap check` before a server runs, and what keeps it from running. What it does with one is
//! in `tests/contract`.

use crate::harness::sandbox::Sandbox;
use serde_json::json;
use std::fs;

/// A starter's repository in the folder in which the commands run.
fn repository(commands: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    let starter = format!(
        "schema = 1\n[starter]\nproject = \"blog\"\nlanguage = \"rust\"\nframework = \"axum\"\n\
         [commands]\n{commands}\n[database]\nvariable = \"DATABASE_URL\"\nurl = \"{{path}}\"\n"
    );
    sandbox.write("work/.roadmap/starter.toml", &starter);
    let contract = fs::read_to_string("tests/fixtures/templates/projects/blog/contract.yaml");
    sandbox.write("work/.roadmap/contract.yaml", &contract.expect("the small contract"));
    sandbox
}

#[test]
fn it_wants_a_repository_or_an_address() {
    let sandbox = Sandbox::new();
    sandbox.run("check").refused().matches("check_nowhere");
    sandbox.run("check --url http://127.0.0.1:1").refused().says(&["--project blog"]);
    sandbox.run("check --url ftp://x --project blog").refused().says(&["no address"]);
    sandbox.run("check --url http://x/path --project blog").refused().says(&["no address"]);
    sandbox.run("check --url https://x --project blog").refused().says(&["TLS"]);
    sandbox.run("check --url http://127.0.0.1:65536 --project blog").refused();
    sandbox.run("check --url http://[::1:80 --project blog").refused();
    sandbox.run("check --url HTTP://127.0.0.1:1 --project blog").ended(3);
    sandbox.run("check --url http://127.0.0.1:1 --project bolg").refused().says(&["`blog`"]);
    sandbox.run("check --project blog").refused();
}

#[test]
fn a_word_that_names_no_milestone_is_refused_before_anything_runs() {
    let sandbox = repository("run = [\"/bin/false\"]");
    sandbox.run("check acounts").refused().matches("check_unknown");
    sandbox.run("check feed").refused().says(&["does not check `feed` yet"]);
    sandbox.run("check --all serve").refused();
}

#[cfg(unix)]
#[test]
fn what_cannot_be_built_or_started_ends_with_3() {
    let built =
        repository("build = [[\"/bin/sh\", \"-c\", \"echo broken; exit 4\"]]\nrun = [\"x\"]");
    built.run("check").ended(3).matches("check_not_built");
    let died = repository("run = [\"/bin/sh\", \"-c\", \"echo oh no; exit 9\"]");
    died.run("check").ended(3).says(&["oh no", "9"]);
    let missing = repository("run = [\"no-such-program\"]");
    missing.run("check").ended(3).says(&["no-such-program"]);
}

#[cfg(unix)]
#[test]
fn programs_get_an_answer_where_no_run_was_possible() {
    let died = repository("run = [\"/bin/sh\", \"-c\", \"echo oh no; exit 9\"]");
    let answer = died.run("check --format json").ended(3).json();
    assert_eq!((&answer["schema"], &answer["project"]), (&1.into(), &"blog".into()));
    assert_eq!((&answer["error"]["kind"], &answer["milestones"]), (&"blocked".into(), &json!([])));
    assert!(answer["error"]["message"].as_str().is_some_and(|text| text.contains("ended")));
    assert!(answer["error"]["hints"].as_array().is_some_and(|all| !all.is_empty()));
    let junit = died.run("check --format junit").ended(3).stdout;
    let document = roxmltree::Document::parse(&junit).expect("well-formed");
    let error = document.descendants().find(|node| node.has_tag_name("error")).expect("an error");
    assert_eq!(error.text(), Some("oh no"), "{junit}");
    let answer = died.run("check acounts --format json").ended(2).json();
    assert_eq!(answer["error"]["kind"], "user");
}

#[test]
fn a_contract_that_gives_nothing_is_checked_by_a_line_to_type() {
    let sandbox = repository("run = [\"/bin/false\"]");
    let contract = sandbox.read("work/.roadmap/contract.yaml");
    let learners = contract.replace("given: true", "hints: [A, B, C]\n    rules: R");
    sandbox.write("work/.roadmap/contract.yaml", &learners);
    sandbox.run("check").ended(3).says(&["nothing to check", "roadmap check next"]);
}

/// A script may start a helper and then become us: the helper is none of ours.
#[cfg(target_os = "linux")]
#[test]
fn a_process_that_it_did_not_start_is_left_alone() {
    let sandbox = repository("run = [\"/bin/sh\", \"-c\", \"exit 9\"]");
    let pid = sandbox.path("helper.pid");
    let command = sandbox.bare("check").command();
    let mut script = std::process::Command::new("/bin/sh");
    let program = command.get_program().to_owned();
    let line = "setsid sleep 30 >/dev/null 2>&1 & echo $! > \"$PID_FILE\"; exec \"$PROGRAM\" check";
    script.args(["-c", line]).env("PID_FILE", &pid).env("PROGRAM", program);
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => script.env(name, value),
            None => script.env_remove(name),
        };
    }
    // Where the shell finds its programs.
    script.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    if let Some(folder) = command.get_current_dir() {
        script.current_dir(folder);
    }
    let ended = script.output().expect("run");
    assert_eq!(ended.status.code(), Some(3), "{}", String::from_utf8_lossy(&ended.stderr));
    let pid = fs::read_to_string(&pid).expect("a number");
    let helper = std::process::Command::new("kill").args(["-KILL", pid.trim()]).status();
    assert!(helper.expect("kill runs").success(), "the helper was ended");
}

#[test]
fn a_broken_repository_is_reported_with_its_place() {
    let sandbox = repository("run = [\"x\"");
    sandbox.run("check").refused().says(&["starter.toml is broken", "line"]);
    let sandbox = repository("");
    sandbox.run("check").refused().says(&["no command"]);
    let sandbox = repository("run = [\"x\"]");
    sandbox.write("work/.roadmap/contract.yaml", "schema: 1\nproject: [\n");
    sandbox.run("check").refused().says(&["contract.yaml:"]);
    sandbox.run("next").refused().says(&["contract.yaml:"]);
}

#[test]
fn a_hint_more_at_each_call() {
    let sandbox = repository("run = [\"x\"]");
    sandbox.run("hint accounts").done().matches("hint_first");
    sandbox.run("hint acc").done().matches("hint_second");
    let last = sandbox.run("hint accounts --format json").done().json();
    assert_eq!((last["hints"].as_array().map(Vec::len), &last["left"]), (Some(3), &0.into()));
    let same = sandbox.run("hint accounts --format json").done().json();
    assert_eq!(last, same);
    let state = sandbox.read("state/state.json");
    assert!(state.contains("\"blog/accounts\": 3"), "{state}");
}

#[test]
fn milestones_and_checks_are_named_as_outputs_print_them() {
    let sandbox = Sandbox::new();
    for word in ["tasks/accounts", "accounts/sign-up", "tasks/acc"] {
        let outcome = sandbox.bare("hint --project tasks").arg(word).go().done();
        assert!(outcome.stdout.starts_with("accounts\n"), "{outcome}");
    }
    sandbox.bare("hint --project tasks accounts/none-such").go().refused();
    sandbox.bare("hint --project tasks blog/accounts").go().refused();
}

#[test]
fn a_milestone_without_hints_says_why() {
    let sandbox = repository("run = [\"x\"]");
    sandbox.run("hint serve").refused().matches("hint_given");
    sandbox.run("hint feed").refused().says(&["has no hints yet"]);
    sandbox.run("hint acounts").refused().says(&["did you mean `accounts`?"]);
}

#[test]
fn elsewhere_a_hint_wants_a_project() {
    let sandbox = Sandbox::new();
    sandbox.run("hint accounts").refused().says(&["--project"]);
    let hint = sandbox.run("hint accounts --project blog").done();
    assert!(hint.stdout.contains("A nudge (1 of 3)"), "{hint}");
    sandbox.run("hint accounts --project chat").refused().says(&["no contract for `chat`"]);
}

#[test]
fn milestones_are_listed_by_project() {
    let sandbox = Sandbox::new();
    sandbox.run("list milestones").done().matches("list_milestones");
    let items = sandbox.run("list milestones --format json").done().json();
    let first = &items["items"][0];
    assert_eq!(first["project"], "blog");
    assert_eq!((&first["id"], &first["given"]), (&"serve".into(), &true.into()));
    assert_eq!((&first["title"], &first["stage"]), (&"The server answers".into(), &"web".into()));
}

#[test]
fn in_a_repository_the_next_step_is_its_first_milestone_not_passed() {
    let sandbox = repository("run = [\"x\"]");
    let next = sandbox.run("next --format json").done().json();
    assert_eq!((&next["step"], &next["milestone"]["id"]), (&"milestone".into(), &"serve".into()));
    sandbox.write("work/.roadmap/passed.json", "{\"schema\":1,\"milestones\":[\"serve\"]}");
    sandbox.run("next").done().matches("next_milestone");
    sandbox.run("").done().matches("welcome_in_a_repository");
    sandbox.write(
        "work/.roadmap/passed.json",
        "{\"schema\":1,\"milestones\":[\"serve\",\"accounts\"]}",
    );
    assert_eq!(sandbox.run("next --format json").done().json()["step"], "all_passed");
    sandbox.run("next").done().matches("next_all_passed");
    // What fails again comes first.
    sandbox.write(
        "work/.roadmap/passed.json",
        "{\"schema\":1,\"milestones\":[\"serve\",\"accounts\"],\"failing\":[\"accounts\"]}",
    );
    let next = sandbox.run("next --format json").done().json();
    assert_eq!(
        (&next["milestone"]["id"], &next["milestone"]["regression"]),
        (&"accounts".into(), &true.into())
    );
}

#[test]
fn when_all_has_passed_the_next_check_says_so_without_a_run() {
    let sandbox = repository("run = [\"x\"]");
    sandbox.write(
        "work/.roadmap/passed.json",
        "{\"schema\":1,\"milestones\":[\"serve\",\"accounts\"]}",
    );
    sandbox.run("check next").done().matches("check_all_passed");
    let answer = sandbox.run("check next --format json").done().json();
    assert_eq!((&answer["next"], &answer["milestones"]), (&json!(null), &json!([])));
}

#[cfg(unix)]
#[test]
fn install_and_build_do_not_get_the_callers_git() {
    let show = r#"["/bin/sh", "-c", "echo \"${GIT_DIR-none} ${GIT_INDEX_FILE-none}\" > NAME"]"#;
    let commands = format!(
        "install = [{}]\nbuild = [{}]\nrun = [\"/bin/false\"]",
        show.replace("NAME", "installed"),
        show.replace("NAME", "built")
    );
    let sandbox = repository(&commands);
    let run = sandbox.small("check").env("GIT_DIR", "/nowhere").env("GIT_INDEX_FILE", "/nothing");
    run.go().ended(3);
    assert_eq!(sandbox.read("work/installed"), "none none\n");
    assert_eq!(sandbox.read("work/built"), "none none\n");
}

#[test]
fn a_contract_of_ones_own_is_read_before_anything_runs() {
    let sandbox = Sandbox::new();
    sandbox.write("work/own.yaml", "schema: 1\nproject: own\nversion: 1\nmilestonse: []\n");
    let line = "check --url http://127.0.0.1:1 --contract";
    sandbox
        .run(&format!("{line} own.yaml"))
        .refused()
        .says(&["milestonse", "roadmap lint own.yaml"]);
    sandbox.run(&format!("{line} none.yaml")).refused().says(&["none.yaml"]);
    sandbox.run(&format!("{line} own.yaml --project blog")).refused();
}

#[test]
fn where_nothing_is_given_the_lines_to_paste_name_the_same_server_and_contract() {
    let sandbox = Sandbox::new();
    let hints = "hints: [a nudge, an approach, some pieces], rules: It answers.";
    let checks = "checks: [{id: up, title: It is up, steps: [{request: GET /}]}]";
    let milestone =
        format!("{{id: up, title: Up, stage: web, about: It is up., {hints}, {checks}}}");
    let contract = format!("schema: 1\nproject: own\nversion: 1\nmilestones: [{milestone}]\n");
    sandbox.write("work/my own.yaml", &contract);
    let run = sandbox.bare("check --url http://127.0.0.1:1 --contract").arg("my own.yaml").go();
    let again = "roadmap check --url http://127.0.0.1:1 --contract 'my own.yaml'";
    run.ended(3).says(&[&format!("{again} next"), &format!("{again} --all")]);
}
