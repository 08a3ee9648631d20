//! Every starter with its own toolchain alone: created, taken through its README, checked, and migrated.
//!
//! `cargo test --test starters` runs those whose toolchain is here and reports the others as
//! ignored, with the reason. `ROADMAP_REQUIRE=cargo,node` names tools that must be here.

mod check;
mod commands;
mod description;
mod migration;
mod readme;
mod sandbox;
mod server;
mod trial;
mod unused;

use commands::Facts;
use libtest_mimic::{Arguments, Failed, Trial};
use std::process::{Command, ExitCode};

/// The variable that names the tools that must be here, with commas between them.
const REQUIRED: &str = "ROADMAP_REQUIRE";

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // Two toolchains at once would fight over two cores, and over their caches.
    arguments.test_threads = Some(1);
    let trials = starters().into_iter().map(|(project, framework)| trial(&project, &framework));
    let trials = trials.chain([descriptions()]).collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn roadmap() -> Command {
    Command::new(env!("CARGO_BIN_EXE_roadmap"))
}

fn starters() -> Vec<(String, String)> {
    let listed =
        roadmap().args(["list", "starters", "--format", "json"]).output().expect("roadmap runs");
    let listed: serde_json::Value = serde_json::from_slice(&listed.stdout).expect("JSON");
    let items = listed["items"].as_array().expect("items").iter();
    let word = |item: &serde_json::Value, key: &str| item[key].as_str().expect("a word").to_owned();
    items.map(|item| (word(item, "project"), word(item, "framework"))).collect()
}

fn descriptions() -> Trial {
    let required = std::env::var(REQUIRED).unwrap_or_default();
    let ignored = !description::has_npx() && !required.split(',').any(|tool| tool == "node");
    Trial::test("descriptions", || description::lint().map_err(Failed::from))
        .with_ignored_flag(ignored)
}

fn trial(project: &str, framework: &str) -> Trial {
    let framework = framework.to_owned();
    let name = format!("{project} {framework}");
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("starter");
    let created = roadmap()
        .args(["new", project])
        .arg(&root)
        .args(["--framework", &framework, "--format", "json"])
        .output()
        .expect("roadmap runs");
    assert!(created.status.success(), "{}", String::from_utf8_lossy(&created.stderr));
    let facts = Facts::read(&root);
    let missing = facts.missing_tool();
    let required = std::env::var(REQUIRED).unwrap_or_default();
    let must =
        missing.as_ref().is_some_and(|tool| required.split(',').any(|name| name == tool.name));
    let ignored = missing.is_some() && !must;
    if let (Some(tool), true) = (&missing, ignored) {
        // stderr beside the report: the harness shows no reason of its own.
        let mut err = std::io::stderr();
        let _ = std::io::Write::write_all(
            &mut err,
            format!("{name}: ignored, {}\n", tool.why).as_bytes(),
        );
    }
    Trial::test(name, move || {
        if let Some(tool) = missing {
            return Err(Failed::from(format!("a tool is required by {REQUIRED}: {}", tool.why)));
        }
        let result = trial::whole(&root, &framework, &facts);
        drop(folder);
        result.map_err(Failed::from)
    })
    .with_ignored_flag(ignored)
}
