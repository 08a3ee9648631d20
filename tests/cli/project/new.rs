//! `roadmap new`: the files of a starter, and the answer about it.

use crate::harness::sandbox::Sandbox;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fs;

#[test]
fn a_starter_is_created_and_the_lines_to_run_it_are_printed() {
    let sandbox = Sandbox::new();
    sandbox.run("new blog --lang rust").done().matches("new");
    sandbox
        .run("new blog ../up/my-site --framework rkt --name Ada_1")
        .done()
        .matches("new_elsewhere");
    assert!(sandbox.read("up/my-site/README.md").starts_with("# Ada_1\n"));
}

#[test]
fn templates_are_rendered_without_escaping_and_other_files_are_copied() {
    let sandbox = Sandbox::new();
    sandbox.run("new blog --lang rust --name zebra").done();
    assert_eq!(
        sandbox.read("work/zebra/README.md"),
        "# zebra\n\nzebra is a blog of <posts> & comments.\nWritten in Rust with axum.\n\n\
         Run it with `cargo run`.\n- `PORT`: The port to listen on\n\
         - `SECRET_KEY`: What sessions are signed with\n"
    );
    assert_eq!(
        sandbox.read("work/zebra/scripts/run.sh"),
        "#!/bin/sh\n# {{ this is copied as it is }}\nexec cargo run\n"
    );
    assert_eq!(sandbox.read("work/zebra/.gitignore"), ".env\n/target\n");
    let lock = sandbox.read("work/zebra/Cargo.lock");
    let places = ["axum", "serde", "zebra"].map(|name| lock.find(&format!("\"{name}\"")));
    assert!(places.is_sorted(), "sorted by name:\n{lock}");
}

fn answer(sandbox: &Sandbox, line: &str) -> Value {
    sandbox.run(&format!("{line} --format json")).done().json()
}

#[test]
fn json_has_the_promised_form() {
    let sandbox = Sandbox::new();
    let answer = answer(&sandbox, "new blog my-site --lang rust");
    let keys: Vec<_> = answer.as_object().expect("an object").keys().cloned().collect();
    let expected =
        ["commit", "files", "framework", "language", "name", "next", "path", "project", "schema"];
    assert_eq!(keys.iter().filter(|key| expected.contains(&key.as_str())).count(), expected.len());
    assert_eq!(keys.len(), expected.len(), "{keys:?}");
    assert_eq!(answer["name"], "my-site");
    assert_eq!(answer["path"], sandbox.path("work/my-site").display().to_string());
    assert_eq!(answer["next"], json!(["cd my-site", "cargo build", "cargo run"]));
    assert_eq!(answer["commit"].as_str().map(str::len), Some(40));
}

#[test]
fn every_listed_file_is_there_with_its_size_its_hash_and_its_mode() {
    let sandbox = Sandbox::new();
    let answer = answer(&sandbox, "new blog --lang rust");
    let files = answer["files"].as_array().expect("a list");
    for file in files {
        let path = file["path"].as_str().expect("a path");
        let bytes = fs::read(sandbox.path("work/blog").join(path)).expect("it is there");
        assert_eq!(file["bytes"], bytes.len(), "{path}");
        let hash: String =
            Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(file["sha256"], hash, "{path}");
        assert_eq!(file["executable"], path == "scripts/run.sh", "{path}");
    }
    let paths = files.iter().filter_map(|file| file["path"].as_str());
    let paths: Vec<_> = paths.map(|path| format!("work/blog/{path}")).collect();
    let there = sandbox.content().into_keys().filter(|path| {
        path.starts_with("work/blog/") && !path.contains(".git/") && !path.ends_with('/')
    });
    let there: Vec<_> = there.filter(|path| path != "work/blog/.env").collect();
    assert_eq!(paths, there, "all files but .env");
}

#[test]
fn a_dry_run_writes_nothing_and_tells_the_same() {
    let sandbox = Sandbox::new();
    let outcome = sandbox.run("new blog --lang rust --dry-run --format json").done();
    assert!(outcome.written.0.is_empty(), "{outcome}");
    let mut dry = outcome.json();
    let mut created = answer(&sandbox, "new blog --lang rust");
    assert_eq!(dry["commit"].take(), Value::Null);
    assert_ne!(created["commit"].take(), Value::Null);
    assert_eq!(dry, created);
    let text = Sandbox::new().run("new blog --lang rust --dry-run").done();
    text.matches("new_dry_run");
}

#[cfg(unix)]
#[test]
fn scripts_are_executable_and_secrets_are_the_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::new();
    sandbox.run("new blog --lang rust").done();
    let mode = |path: &str| {
        let kind = fs::metadata(sandbox.path("work/blog").join(path)).expect("there");
        kind.permissions().mode() & 0o777
    };
    assert_eq!(mode("scripts/run.sh") & 0o111, mode("scripts/run.sh") & 0o444 >> 2);
    assert_ne!(mode("scripts/run.sh") & 0o100, 0);
    assert_eq!(mode("README.md") & 0o111, 0);
    assert_eq!(mode(".env"), 0o600);
}

#[test]
fn secrets_differ_with_every_run() {
    let sandbox = Sandbox::new();
    let secret = |name: &str| {
        sandbox.run(&format!("new blog {name} --lang rust")).done();
        let text = sandbox.read(&format!("work/{name}/.env"));
        let line = text.lines().find(|line| line.starts_with("SECRET_KEY=")).map(str::to_owned);
        line.expect("the secret")
    };
    let (first, second) = (secret("one"), secret("two"));
    assert_eq!(first.len(), "SECRET_KEY=".len() + 64);
    assert_ne!(first, second);
}

#[test]
fn a_tool_that_is_not_on_the_path_is_reported() {
    let sandbox = Sandbox::new();
    fs::remove_file(sandbox.path("bin/cargo")).expect("it was there");
    sandbox.run("new blog --lang rust --no-git").done().matches("new_without_tool");
}

#[test]
fn the_real_blog_is_created_too() {
    let sandbox = Sandbox::new();
    let answer = sandbox.bare("new blog --lang rust --format json").go().done().json();
    assert_eq!((&answer["project"], &answer["framework"]), (&json!("blog"), &json!("axum")));
    assert!(sandbox.path("work/blog/.roadmap/starter.toml").exists());
}

#[test]
fn a_starter_created_without_a_pick_saves_its_path_as_the_pick() {
    let sandbox = Sandbox::new();
    sandbox.run("new blog --framework rocket").done().says(&[]);
    assert!(sandbox.run("show").done().stdout.contains("Your path: Rust, Rocket"));
    // A pick that is there stays.
    let text = sandbox.run("new blog other --framework axum").done().stdout;
    assert!(!text.contains("Your path is now"), "{text}");
    assert!(sandbox.run("show").done().stdout.contains("Your path: Rust, Rocket"));
    let dry = Sandbox::new();
    dry.run("new blog --framework rocket --dry-run").done();
    assert!(!dry.path("state").exists());
}
