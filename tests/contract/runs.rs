//! `roadmap check` as a learner meets it: the whole program, in a repository, with a server that
//! keeps the contract, lacks something, or is somebody else's.

use crate::whole::Repository;
use serde_json::Value;
use std::fs;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// The given milestones of the task API, in the order of its contract.
const GIVEN: [&str; 7] = ["serve", "create", "change", "validate", "list", "durable", "page"];

/// All green: it is reported, saved, and shown in the user's progress; the next milestone is named.
pub fn a_green_run() {
    let repository = Repository::from_project("tasks");
    let ran = repository.run("check").ended(0).tells(&["✓ serve ", "Next, yours to build: stats"]);
    assert!(!ran.stdout.contains('✗') && ran.stderr.is_empty(), "{ran}");
    assert!(ran.stdout.lines().all(|line| line.chars().count() <= 80), "{ran}");
    assert_eq!(repository.passed(), GIVEN);
    // The starter shows its topics; nobody has learnt them by that.
    let done = repository.state()["roadmaps"].to_string();
    assert!(ran.stdout.contains("Met in your server, worth reading:"), "{ran}");
    for topic in ["http-semantics", "openapi"] {
        assert!(!done.contains(&format!("\"{topic}\"")), "{done}");
        assert!(ran.stdout.contains(topic), "{ran}");
    }
    // What has passed has no news the second time; the next milestone is the learner's.
    let again = repository.run("check serve").ended(0).tells(&["Next, yours to build: stats"]);
    assert!(!again.stdout.contains("Met in your server"), "{again}");
    let next = repository.run("check next").ended(1).tells(&["✗ stats"]);
    assert!(!next.stdout.contains("✓ serve"), "{next}");
    assert_eq!(repository.passed(), GIVEN);
}

/// A starter is checked by its pinned contract: what later versions ask is not asked of it.
pub fn an_old_contract() {
    let repository = Repository::from_project("tasks");
    let old = include_str!("../fixtures/contract-version-1.yaml");
    fs::write(repository.path(".roadmap/contract.yaml"), old).expect("written");
    let given = ["serve", "create", "validate"];
    repository.run("check").ended(0).tells(&["✓ serve ", "✓ create ", "✓ validate "]);
    assert_eq!(repository.passed(), given);
    // Version 2 asks for it.
    repository.serve("tasks", &["--project", "tasks", "--fault", "host-ignored"]);
    repository.run("check serve").ended(0);
    repository.serve("tasks", &["--project", "tasks", "--fault", "any-media-type"]);
    repository.run("check validate").ended(1).tells(&["regression:", "415"]);
    repository.run("spec create").ended(0).tells(&["A new task is answered with 201"]);
}

/// The learner's part of a fresh server is red by checks that fail, not by checks that cannot run.
pub fn a_part_that_is_missing() {
    let ran = Repository::from_project("tasks").run("check accounts --format json").ended(1);
    let report = ran.json();
    let milestone = &report["milestones"][0];
    assert_eq!((&milestone["id"], &milestone["result"]), (&"accounts".into(), &"failed".into()));
    assert!(ran.stderr.starts_with("error: the server does not meet its contract"), "{ran}");
}

/// Where there is no broker nothing is red: the run says what is missing, and ends with 3.
pub fn a_broker_that_is_missing() {
    let repository = Repository::from_project("chat");
    let ran = repository.run_alone("check scale-out").ended(3);
    let ran = ran.tells(&["! scale-out", "14 of 14 blocked", "sudo apt install redis-server"]);
    assert!(ran.stderr.contains("14 checks could not be run"), "{ran}");
    assert_eq!(ran.stdout.matches("brew install redis").count(), 1, "{ran}");
}

/// Of two servers a failure names the one that was spoken to.
pub fn two_servers_apart() {
    let run = |fault| {
        let repository = Repository::new(
            "chat",
            &["--project", "chat", "--with", "scale-out", "--fault", fault],
        );
        repository.run("check scale-out --fail-fast").ended(1)
    };
    run("broker-names-apart").tells(&["/live?name=Ada at server second\n"]);
    run("broker-stop-untold").tells(&["the conversation:", "second gets SIGTERM\n"]);
    run("broker-ignored").tells(&["the conversation:", "/live?name=Bea at server second\n"]);
}

/// What a failure tells, and that what was green before is reported as a step back.
pub fn a_fault() {
    let repository = Repository::from_project("tasks");
    repository.run("check create").ended(0);
    assert_eq!(repository.passed(), ["create"]);
    repository.serve("tasks", &["--project", "tasks", "--fault", "default-wrong:priority"]);
    let ran = repository.run("check create").ended(1).tells(&[
        "✗ create",
        "regression:",
        "POST /api/tasks",
        "expected",
        "\"normal\"",
        "curl -i -X POST -H 'content-type: application/json' --data-raw '{",
    ]);
    assert!(ran.stderr.contains("hint:"), "{ran}");
    // It is not forgotten: the next run tells it again.
    assert_eq!(repository.passed(), ["create"]);
    let report = repository.run("check create --format json").ended(1).json();
    assert_eq!(report["regressions"], serde_json::json!(["create"]));
    // What passed before and fails now is next, for a run and for `roadmap next`.
    assert_eq!((&report["next"], &report["begin"]), (&"create".into(), &"create".into()));
    let next = repository.run("check next --format json").ended(1).json();
    assert_eq!(next["milestones"].as_array().map(Vec::len), Some(1));
    assert_eq!(next["milestones"][0]["id"], "create");
}

/// If the server broke down, the last lines of its log are printed.
pub fn a_fault_of_the_server_itself() {
    let repository = Repository::from_project("tasks");
    let own = std::env::current_exe().expect("a path").display().to_string();
    let line = format!(
        "echo 'no such table: tasks' >&2; exec '{own}' serve --project tasks --fault unhealthy"
    );
    repository.command("tasks", &["/bin/sh", "-c", &line]);
    let fragments = ["✗ serve", "503", "the server printed:", "no such table: tasks"];
    repository.run("check serve").ended(1).tells(&fragments);
}

/// `--fail-fast` ends at the first check that fails.
pub fn the_first_failure_ends_it() {
    let repository = Repository::new("tasks", &["--project", "tasks", "--fault", "camel-case"]);
    let report = repository.run("check --fail-fast --format json").ended(1).json();
    let results = |id: &str| -> Vec<String> {
        let matching = checks(&report).into_iter().filter(|check| check["result"] == id);
        matching.map(|check| check["id"].to_string()).collect()
    };
    assert_eq!(results("failed").len(), 1, "{report}");
    assert!(results("not_run").len() > 20, "{report}");
    assert!(report["ended"].as_str().is_some_and(|why| why.ends_with('.')), "{report}");
}

fn checks(report: &Value) -> Vec<Value> {
    let milestones = report["milestones"].as_array().expect("a list");
    milestones
        .iter()
        .flat_map(|milestone| milestone["checks"].as_array().expect("a list").clone())
        .collect()
}

/// A chat that sends nothing back to the speaker: it is reported with the conversation, and not waited
/// for in every check.
pub fn a_chat_that_sends_nothing_back() {
    let repository = Repository::new("chat", &["--project", "chat", "--fault", "not-to-sender"]);
    let begun = std::time::Instant::now();
    let ran = repository.run("check talk presence history crowd").ended(1).tells(&[
        "✗ talk",
        "nothing in 5 s",
        "the conversation:",
        "ada says {",
        "messages of type `message` did not come in 3 checks",
        "- crowd",
    ]);
    assert!(begun.elapsed() < Duration::from_secs(60), "{ran}");
}

/// Milestones by the start of an id, and by a stage.
pub fn milestones_by_words() {
    let repository = Repository::from_project("tasks");
    let ids = |line: &str| -> Vec<String> {
        let report = repository.run(&format!("check {line} --format json")).ended(0).json();
        let milestones = report["milestones"].as_array().expect("a list");
        milestones
            .iter()
            .filter_map(|milestone| milestone["id"].as_str().map(str::to_owned))
            .collect()
    };
    assert_eq!(ids("web"), ["serve", "page"]);
    assert_eq!(ids("cre"), ["create"]);
    // What is given and open is checked together.
    assert_eq!(ids("next"), ["change", "validate", "list", "durable"]);
    repository.run("check acounts").ended(2).says(&["did you mean `accounts`?"]);
}

/// The JSON is what scripts were promised, and stands alone on stdout.
pub fn the_form_of_json() {
    let repository = Repository::new("tasks", &["--project", "tasks", "--fault", "put-merges"]);
    let report = repository.run("check serve change --format json").ended(1).json();
    assert_eq!(report["project"], "tasks");
    assert_eq!(report["next"], "create");
    for milestone in report["milestones"].as_array().expect("a list") {
        for key in ["id", "title", "stage", "result"] {
            assert!(milestone[key].is_string(), "{key} of {milestone}");
        }
        assert!(milestone["given"].is_boolean(), "{milestone}");
    }
    for check in checks(&report) {
        let result = check["result"].as_str().expect("a text");
        assert!(["passed", "failed"].contains(&result), "{check}");
        for key in ["expected", "actual", "curl"] {
            let fragments = check.get(key).expect("a key");
            assert_eq!(fragments.is_string(), result == "failed", "{key} of {check}");
            assert_eq!(fragments.is_null(), result == "passed", "{key} of {check}");
        }
        assert!(check["id"].is_string() && check["title"].is_string(), "{check}");
    }
}

/// JUnit's form is XML that adds up.
pub fn the_form_of_junit() {
    let repository = Repository::new("tasks", &["--project", "tasks", "--fault", "put-merges"]);
    let ran = repository.run("check serve change --format junit").ended(1);
    let document = roxmltree::Document::parse(&ran.stdout).expect("well-formed");
    let suites: Vec<_> =
        document.root_element().children().filter(roxmltree::Node::is_element).collect();
    assert_eq!(suites.len(), 2);
    for suite in suites {
        let cases: Vec<_> = suite.children().filter(roxmltree::Node::is_element).collect();
        let failed =
            cases.iter().filter(|case| case.children().any(|node| node.has_tag_name("failure")));
        assert_eq!(suite.attribute("tests"), Some(cases.len().to_string().as_str()));
        assert_eq!(suite.attribute("failures"), Some(failed.count().to_string().as_str()));
        assert_eq!(
            suite.attribute("failures") == Some("0"),
            suite.attribute("name") == Some("serve")
        );
    }
}

/// A server that is not ours; it is killed with its last owner.
struct Stranger(Child);

impl Drop for Stranger {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A server that runs already: all is checked but what needs a restart.
pub fn a_server_that_runs_already() {
    let folder = tempfile::tempdir().expect("a folder");
    // Nobody uses it now, and the time until the server starts is short.
    let free =
        TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("bound").port();
    let mut command = Command::new(std::env::current_exe().expect("a path"));
    command.args(["serve", "--project", "tasks"]).env("PORT", free.to_string());
    command.env("DATABASE_URL", folder.path().join("data")).stdin(Stdio::null());
    let stranger = Stranger(command.stderr(Stdio::null()).spawn().expect("the server starts"));
    let repository = Repository::from_project("tasks");
    let line = format!("check --url http://127.0.0.1:{free}");
    for _ in 0..100 {
        if std::net::TcpStream::connect(("127.0.0.1", free)).is_ok() {
            break;
        }
        sleep(Duration::from_millis(50));
    }
    let ran = repository.run(&line).ended(0).tells(&["skipped", "✓ durable", "Next, yours"]);
    assert!(!ran.stdout.contains('✗'), "{ran}");
    // It need not be the repository's own server.
    assert_eq!(repository.passed(), [""; 0]);
    let report = repository.run(&format!("{line} durable --format json")).ended(0).json();
    let crash = checks(&report).into_iter().find(|check| check["id"] == "crash").expect("a check");
    assert_eq!(crash["result"], "skipped");
    let elsewhere = repository.run(&format!("{line} --project tasks")).ended(0);
    let ours = format!("roadmap check --url http://127.0.0.1:{free} --project tasks stats");
    let elsewhere = elsewhere.tells(&[&ours, "roadmap hint stats --project tasks"]);
    assert!(elsewhere.stderr.contains("note: this writes into the database"), "{elsewhere}");
    // Against a contract of somebody's own: its lines name it, and hint and spec know nothing of it.
    let own = "schema: 1\nproject: own\nversion: 1\nmilestones:\n  - {id: well, title: It is well, stage: web, given: true, \
               about: It is., checks: [{id: ok, title: It says ok, steps: [{request: GET /healthz, expect: {json: {status: WORD}}}]}]}\n";
    fs::write(repository.path("own.yaml"), own.replace("WORD", "ok")).expect("written");
    let with = format!("{line} --contract own.yaml");
    repository.run(&with).ended(0).tells(&["✓ well", "1 of 1"]);
    assert_eq!(repository.passed(), [""; 0]);
    fs::write(repository.path("own.yaml"), own.replace("WORD", "fine")).expect("written");
    let red = repository.run(&with).ended(1);
    assert!(red.stderr.contains("--contract own.yaml well"), "{red}");
    assert!(!red.stdout.contains("roadmap spec") && !red.stdout.contains("roadmap hint"), "{red}");
    repository.run("check --contract own.yaml").ended(1).tells(&["✗ well"]);
    assert_eq!(repository.passed(), [""; 0]);
    // That we may open few files ourselves says nothing about the server.
    #[cfg(unix)]
    {
        let script = format!("ulimit -n 24; exec \"$0\" {line} durable");
        let mut few = Command::new("/bin/sh");
        few.args(["-c", &script, env!("CARGO_BIN_EXE_roadmap")]).current_dir(repository.path(""));
        let few = few.env("ROADMAP_STATE_DIR", folder.path()).output().expect("roadmap starts");
        let stderr = String::from_utf8_lossy(&few.stderr).into_owned();
        assert_eq!(few.status.code(), Some(3), "{stderr}");
        assert!(String::from_utf8_lossy(&few.stdout).contains("ulimit -n 4096"), "{stderr}");
    }
    drop(stranger);
    let ran = repository.run(&format!("{line} --format json")).ended(3);
    assert!(ran.stderr.starts_with("error: nothing answers at"), "{ran}");
    assert!(ran.stderr.contains("hint: start your server:"), "{ran}");
    let report = ran.json();
    assert_eq!(
        (&report["milestones"], &report["project"]),
        (&serde_json::json!([]), &"tasks".into())
    );
    assert_eq!(report["error"]["kind"], "blocked");
}

/// Ctrl-C in the middle: 130, soon, and nobody is left. The results until then are reported and saved.
pub fn an_interrupt() {
    let repository = Repository::from_project("tasks");
    let mut running = repository.start("check");
    running.until_it_serves();
    sleep(Duration::from_millis(200));
    running.interrupt();
    let ran = running.end().ended(130);
    let fragments = ran.stdout.contains("ended: The run was interrupted.");
    assert!(fragments || ran.stdout.is_empty(), "{ran}");
    for milestone in repository.passed() {
        assert!(ran.stdout.contains(&format!("✓ {milestone}")), "{ran}");
    }
}

/// Ctrl-C while a server lets us wait: nobody waits for it.
pub fn an_interrupt_while_the_server_is_slow() {
    let repository = Repository::new("tasks", &["--hostile", "byte-a-second"]);
    let mut running = repository.start("check create");
    running.until_it_serves();
    sleep(Duration::from_millis(1_500));
    let begun = std::time::Instant::now();
    running.interrupt();
    running.end().ended(130);
    assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
}

/// `--watch` checks again after a change, leaves the server running while it waits, and ends with
/// 130 and without an error.
pub fn a_watch() {
    let repository = Repository::from_project("tasks");
    let mut running = repository.start("check page --watch");
    let reports = |stdout: &str| stdout.matches("checks passed").count();
    running.until("first report", |stdout, stderr| {
        reports(stdout) == 1 && stderr.contains("waiting for a change")
    });
    fs::write(repository.path("main.rs"), "changed").expect("written");
    running.until("second report", |stdout, stderr| {
        reports(stdout) == 2 && stderr.matches("waiting for a change").count() == 2
    });
    let stderr = running.stderr();
    let url = stderr.rsplit("http://").next().expect("an address").trim();
    assert!(std::net::TcpStream::connect(url).is_ok(), "{url} answers");
    running.interrupt();
    let ran = running.end().ended(130);
    assert!(!ran.stderr.contains("error:") && ran.stderr.contains("main.rs changed"), "{ran}");
}

/// A server that writes a log into the repository is no reason to check for ever; settings and sources at any depth are one.
pub fn a_watch_of_a_server_that_writes() {
    let repository = Repository::from_project("tasks");
    let own = std::env::current_exe().expect("a path").display().to_string();
    let line = format!("echo started >> access.log; exec '{own}' serve --project tasks");
    repository.command("tasks", &["/bin/sh", "-c", &line]);
    fs::create_dir_all(repository.path("src/bin")).expect("a folder");
    let mut running = repository.start("check page --watch");
    let reports = |stdout: &str| stdout.matches("checks passed").count();
    let waits = |stderr: &str| stderr.matches("waiting for a change").count();
    running.until("first wait", |stdout, stderr| reports(stdout) <= 2 && waits(stderr) == 1);
    sleep(Duration::from_secs(3));
    running.until("still the first wait", |stdout, stderr| {
        assert!(reports(stdout) <= 2 && waits(stderr) == 1, "{stdout}");
        true
    });
    for (number, file) in [(2, "src/bin/x.rs"), (3, ".env")] {
        fs::write(repository.path(file), "changed").expect("written");
        running.until(file, |_, stderr| waits(stderr) == number);
    }
    running.interrupt();
    running.end().ended(130);
}

/// A server that listens on a port of its own gets the advice about `PORT`, long before a minute has passed.
#[cfg(target_os = "linux")]
pub fn a_server_on_a_port_of_its_own() {
    let repository = Repository::from_project("tasks");
    let own = std::env::current_exe().expect("a path").display().to_string();
    let free =
        TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("bound").port();
    let line = format!("PORT={free} exec '{own}' serve --project tasks");
    repository.command("tasks", &["/bin/sh", "-c", &line]);
    let begun = std::time::Instant::now();
    let listens = format!("error: the server listens on port {free}, not on port ");
    let ran = repository.run("check").ended(3).says(&[&listens, "the variable PORT"]);
    assert!(begun.elapsed() < Duration::from_secs(20), "{ran}");
}
